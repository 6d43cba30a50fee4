internal import Sterling
internal import Findings
internal import Ledger

/// Postings that share document number, code, amount and date. They are reported and never removed.
enum DuplicatesCheck: Check {
    static let title = "No likely duplicates"

    static func run(_ year: CheckedYear) -> CheckResult {
        let findings = year.ledger.postings.likelyDuplicates.map { posting, earlier in
            Finding(
                .likelyDuplicate, at: posting.place, found: posting.document,
                "the same document, code, amount (\(posting.amount)) and date as \(earlier.place)",
                hint: "if it was keyed twice, have one reversed in the ledger; both are in the statement")
        }
        return CheckResult(CheckResult.count(year.ledger.postings.count, "posting"), findings)
    }
}
