internal import Sterling
internal import Findings
internal import Ledger

/// Postings that share document number, code, amount and date. They are told and never removed.
enum DuplicatesCheck: Check {
    static let title = "No likely duplicates"

    private struct Key: Hashable {
        let ledgerOf: Name<Member>
        let document: String
        let code: String
        let amount: Int
        let to: Account
        let date: CalendarDate?
    }

    static func run(_ year: CheckedYear) -> CheckResult {
        var first: [Key: Posting] = [:]
        var findings: [Finding] = []
        for posting in year.ledger.postings where posting.hasDocument && !posting.isJournal {
            let key = Key(
                ledgerOf: posting.ledgerOf, document: posting.document, code: posting.code,
                amount: posting.amount.pence, to: posting.to, date: posting.date)
            guard let earlier = first[key] else {
                first[key] = posting
                continue
            }
            findings.append(
                Finding(
                    .likelyDuplicate, at: posting.place, found: posting.document,
                    "the same document, code, amount (\(posting.amount)) and date as \(earlier.place)",
                    hint: "if it was keyed twice, have one reversed in the ledger; both are in the statement"))
        }
        return CheckResult(CheckResult.count(year.ledger.postings.count, "posting"), findings)
    }
}
