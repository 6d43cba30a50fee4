internal import Findings
internal import Sterling
internal import Ledger
internal import Sharing
internal import Statements

/// Suspense is cleared before closing: by a line in a map, or by a journal.
enum SuspenseCheck: Check {
    static let title = "Suspense is clear"

    static func run(_ year: CheckedYear) -> CheckResult {
        var findings: [Finding] = []
        for member in year.outturn.members {
            let rows = year.ledger.postings.filter { !$0.flow(into: .suspense(member.name)).isZero }
            let balance = rows.map { $0.flow(into: .suspense(member.name)) }.sum()
            guard let first = rows.first, !balance.isZero else { continue }
            findings.append(Finding(
                .suspenseOpen, at: first.place, found: "\(balance)",
                "suspense in the books of \(member.label) holds \(balance), in \(CheckResult.count(rows.count, "posting")): it is in no heading and in no share",
                hint: "give the codes a class in the map, or clear it by a journal from suspense to a heading"))
        }
        for posting in year.outturn.sharing.withoutMemberConcerned {
            findings.append(Finding(
                .suspenseOpen, at: posting.place, found: "\(posting.amount)", "a cost shared by the member concerned names no member: it is in no share",
                hint: "name the member concerned in the export, or clear it by a journal that does"))
        }
        return CheckResult(CheckResult.count(year.outturn.members.count, "ledger"), findings)
    }
}
