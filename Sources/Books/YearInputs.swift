public import Findings
public import Importing
public import Ledger

/// One year as its documents say it, and nothing else: what its exports posted, its tables, what was found wrong
/// in reading them. What earlier years left is not in it.
public struct YearInputs: Sendable {
    public let year: FinancialYear
    public let ledger: GeneralLedger
    public let imports: [FileImport]
    public let printedTotals: [YearTables.PrintedTotal]
    public let findings: [Finding]
    /// What it was read from, in that order.
    public let documents: [ReadDocument]
}
