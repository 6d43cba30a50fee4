internal import Agreements
internal import Findings
internal import Ledger
internal import Statements
internal import Sterling

/// Reserves end above their floors, and only bodies that still take part have one.
enum ReserveFloorsCheck: Check {
    static let title = "Reserves are above their floors"

    static func run(_ year: CheckedYear) -> CheckResult {
        let outturn = year.outturn, agreement = outturn.agreement
        var findings: [Finding] = []
        var looked = 0
        for reserve in outturn.reserves {
            let label = agreement.chart.label(reserve.member)
            if let floor = agreement.floor(of: reserve.member) {
                looked += 1
                if reserve.carriedForward < floor {
                    findings.append(
                        Finding(
                            .reserveBelowFloor, at: year.ledger.openings[reserve.member]?.place,
                            found: "\(reserve.carriedForward)",
                            "the reserve of \(label) ends at \(reserve.carriedForward), "
                                + "\(floor - reserve.carriedForward) below its floor of \(floor)",
                            hint:
                                "see `outturn forecast --reserves` for the years to come; put money to it by a "
                                + "journal, or answer how it is made good in the year's `answers` table"
                        ))
                }
            }
            let isGone =
                outturn.upTo == nil && agreement.days(of: .member(reserve.member), month: 12, of: year.ledger.year) == 0
            if isGone, !reserve.carriedForward.isZero {
                findings.append(
                    Finding(
                        .reserveWithoutMember, at: year.ledger.openings[reserve.member]?.place,
                        found: "\(reserve.carriedForward)",
                        "\(label) takes part no more, and its reserve carries \(reserve.carriedForward) forward",
                        hint:
                            "journal it from reserve to cash in its books, and from cash to reserve in those of "
                            + "whoever it passes to"
                    ))
            }
        }
        return looked == 0
            ? .notRun("no floor agreed", findings) : CheckResult(CheckResult.count(looked, "floor"), findings)
    }
}
