internal import Agreements
internal import Findings
internal import Sterling
internal import Ledger
internal import Statements

/// A balance does not change between 31 March and 1 April.
enum BroughtForwardCheck: Check {
    static let title = "Brought forward is last year's carried forward"

    static func run(_ year: CheckedYear) -> CheckResult {
        guard year.outturn.agreement.layout.rows.contains(where: { $0.content == .broughtForward }) else {
            return CheckResult("the statement shows no reserves")
        }
        var findings: [Finding] = []
        for member in year.outturn.members where year.ledger.openings[member.name] == nil {
            if let last = year.lastYear?.reserves.first(where: { $0.member == member.name }),
                !last.carriedForward.isZero
            {
                findings.append(
                    Finding(
                        .broughtForwardMoved, found: member.label,
                        "nothing is brought forward for \(member.label), and \(year.ledger.year.previous) carried "
                            + "forward \(last.carriedForward)",
                        hint:
                            "add to the year's `opening` table: "
                            + "\(member.name),\(AmountFormat.exact(last.carriedForward))"
                    ))
                continue
            }
            findings.append(
                Finding(
                    .openingMissing, found: member.label,
                    "no opening balance is given for the reserve of \(member.label): it starts from zero",
                    hint: "add a row to the year's `opening` table; a reserve that held nothing has 0.00"))
        }
        guard let lastYear = year.lastYear else {
            findings.append(
                Finding(
                    .noLastYear,
                    "the folder has no \(year.ledger.year.previous), so brought forward was not compared with it",
                    hint: "nothing to do in a partnership's first year; else add last year's folder"))
            return CheckResult("no last year", findings)
        }
        for last in lastYear.reserves {
            guard let opening = year.ledger.openings[last.member], opening.broughtForward != last.carriedForward else {
                continue
            }
            findings.append(
                Finding(
                    .broughtForwardMoved, at: opening.place, found: "\(opening.broughtForward)",
                    "\(lastYear.year) carried forward \(last.carriedForward) for "
                        + "\(year.outturn.agreement.chart.label(last.member)): "
                        + "\(opening.broughtForward - last.carriedForward) apart",
                    hint:
                        "bring forward what was carried forward, and give any change a line of its own under "
                        + "adjustment, with its reason"
                ))
        }
        return CheckResult(CheckResult.count(lastYear.reserves.count, "reserve"), findings)
    }
}
