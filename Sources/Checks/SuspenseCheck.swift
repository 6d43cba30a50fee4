internal import Sharing
internal import Findings
internal import Sterling
internal import Ledger
internal import Statements

/// Suspense is cleared before closing: by a line in a map, or by a journal.
enum SuspenseCheck: Check {
    static let title = "Suspense is clear"

    static func run(_ year: CheckedYear) -> CheckResult {
        let findings = year.outturn.members.compactMap { member -> Finding? in
            let (balance, postings) = year.outturn.sharing.suspense(of: member.name)
            guard let first = postings.first, !year.outturn.sharing.isSuspenseClear(of: member.name) else { return nil }
            let unassigned = year.outturn.sharing.withoutMemberConcerned.count { $0.posting.ledgerOf == member.name }
            let why =
                unassigned > 0
                ? "; \(CheckResult.count(unassigned, "cost")) shared by the member concerned "
                    + "\(unassigned == 1 ? "names" : "name") no member"
                : ""
            return Finding(
                .suspenseOpen, at: first.place, found: "\(balance)",
                "suspense in the books of \(member.label) holds \(balance), in "
                    + "\(CheckResult.count(postings.count, "posting")): it is in no heading and in no share\(why)",
                hint:
                    "give the codes a class in the map, name the member concerned, or clear it by a journal from "
                    + "suspense to a heading (with the member `concerning`, where the heading is shared by it)"
            )
        }
        return CheckResult(CheckResult.count(year.outturn.members.count, "ledger"), findings)
    }
}
