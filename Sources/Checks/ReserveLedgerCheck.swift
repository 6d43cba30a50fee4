internal import Agreements
internal import Ledger
internal import Findings
internal import Sterling
internal import Statements

/// The reserve agrees with its own balance-sheet code, where an export carries it.
enum ReserveLedgerCheck: Check {
    static let title = "Reserves agree with the ledgers' own balances"

    static func run(_ year: CheckedYear) -> CheckResult {
        var findings: [Finding] = []
        var looked = 0, ofMovements = 0
        for reserve in year.outturn.reserves {
            let label = year.outturn.agreement.chart.label(reserve.member)
            if let broughtForward = reserve.ledgerBroughtForward, broughtForward != reserve.broughtForward,
                broughtForward != reserve.broughtForward + reserve.adjustment
            {
                findings.append(
                    Finding(
                        .reserveDiffersFromLedger, at: year.ledger.openings[reserve.member]?.place,
                        found: "\(reserve.broughtForward)",
                        "the ledger of \(label) brings forward \(broughtForward) on the reserve's code, and the "
                            + "opening table \(reserve.broughtForward): "
                            + "\(broughtForward - reserve.broughtForward) apart",
                        hint: "find which is the certified balance, and correct the other"))
            }
            guard let balance = reserve.ledgerBalance else { continue }
            looked += 1
            let toPost = reserve.journalToPost
            let rest = reserve.carriedForward - balance - toPost
            // An export of the year's movements alone has no row that brings the balance forward.
            let isOfMovements = reserve.ledgerBroughtForward == nil && !rest.isZero && rest == reserve.broughtForward
            if isOfMovements { ofMovements += 1 }
            if !rest.isZero, !isOfMovements {
                findings.append(
                    Finding(
                        .reserveDiffersFromLedger, found: "\(balance)",
                        "the ledger of \(label) holds \(balance) on the reserve's code at the year's end, and the "
                            + "statement carries forward \(reserve.carriedForward); with the journal of \(toPost) "
                            + "still to be posted, \(rest.magnitude) is unexplained",
                        hint: "look for postings to the reserve's code that no transfer explains"))
            } else if !toPost.isZero {
                findings.append(
                    Finding(
                        .reserveJournalUnposted, found: "\(toPost)",
                        "the reserve of \(label) will hold \(reserve.carriedForward) once the journal of \(toPost) "
                            + "is posted",
                        hint:
                            "post both lines of the journal that `outturn recharges` prints in the member's own ledger")
                )
            }
        }
        return looked == 0
            ? .notRun("no export carries the reserves' code", findings)
            : CheckResult(
                CheckResult.count(looked, "reserve")
                    + (ofMovements == 0 ? "" : ", \(ofMovements) by the year's movements alone"), findings)
    }
}
