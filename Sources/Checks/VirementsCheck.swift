internal import Agreements
internal import Findings
internal import Ledger
internal import Statements
internal import Sterling

/// Budget moved within the year, against the sum that needs no agreement of the members.
enum VirementsCheck: Check {
    static let title = "Virements are within the limit"

    static func run(_ year: CheckedYear) -> CheckResult {
        let virements = year.ledger.virements
        guard !virements.isEmpty else { return CheckResult("no virements") }
        guard let limit = year.outturn.agreement.virementLimit else {
            return CheckResult("\(CheckResult.count(virements.count, "virement")), and no limit agreed")
        }
        let findings = virements.filter {
            $0.amount > limit && !["members", "board", "all members"].contains($0.agreedBy.lowercased())
        }.map { virement in
            Finding(
                .virementOverLimit, at: virement.place, found: "\(virement.amount)",
                "virement \(virement.number) moves more than \(limit), and was agreed by "
                    + "\(virement.agreedBy.isEmpty ? "nobody" : virement.agreedBy)",
                hint: "have the members agree it, and say so in the column \"agreed by\": members")
        }
        return CheckResult(CheckResult.count(virements.count, "virement"), findings)
    }
}
