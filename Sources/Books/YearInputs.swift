public import Findings
public import Importing
public import Ledger

/// One year as its documents say it, and nothing else: what its exports posted, its tables, what was found wrong
/// in reading them. What earlier years left is not in it.
public struct YearInputs: Sendable {
    public let year: FinancialYear
    /// With what the exports and the tables posted, and nothing that last year's end takes back.
    public let ledger: GeneralLedger
    /// By their files' names, ascending. Their postings have gone to the ledger.
    public let imports: [FileImport]
    public let printedTotals: [YearTables.PrintedTotal]
    /// As they were found; `inOrder()` sorts them.
    public let findings: [Finding]
    /// What it was read from, in that order.
    public let documents: [ReadDocument]
}
