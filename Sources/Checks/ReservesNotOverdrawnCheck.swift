internal import Agreements
internal import Ledger
internal import Findings
internal import Sterling
internal import Statements

/// A reserve is never below zero, and no member's overdrawn reserve hides behind another's.
enum ReservesNotOverdrawnCheck: Check {
    static let title = "No reserve is below zero"

    static func run(_ year: CheckedYear) -> CheckResult {
        let findings = year.outturn.reserves.filter { $0.carriedForward.isNegative }.map { reserve in
            Finding(
                .reserveOverdrawn, at: year.ledger.openings[reserve.member]?.place, found: "\(reserve.carriedForward)",
                "the reserve of \(year.outturn.agreement.chart.label(reserve.member)) would carry forward "
                    + "\(reserve.carriedForward)",
                hint: "correct the opening balance or its adjustment, or meet the excess from elsewhere by a journal")
        }
        return CheckResult(CheckResult.count(year.outturn.reserves.count, "reserve"), findings + ofFunds(year))
    }

    /// What of a grant is used to date; of one that ended last year its books say it. Of one that ended before nobody
    /// need say it any more, and nothing is known unless somebody does.
    private static func used(_ fund: FundRollForward, _ year: CheckedYear) -> Money? {
        let this = year.ledger.year
        guard let last = fund.term.life.to, last < this.firstDay else { return fund.usedToDate }
        let ofLastYear = year.lastYear?.funds.first { $0.fund == fund.term.name }?.usedToDate
        guard last < this.previous.firstDay else { return ofLastYear }
        let said = max(fund.usedToDate, ofLastYear ?? .zero)
        return said == .zero ? nil : said
    }

    /// A fund gives no more than it holds; a grant may be used before it comes, and then is still to be received.
    private static func ofFunds(_ year: CheckedYear) -> [Finding] {
        year.outturn.funds.compactMap { fund in
            let label = year.outturn.agreement.chart.label(fund.term.name)
            let place = year.ledger.fundOpenings[fund.term.name]?.place
            guard fund.term.isGrant else {
                guard fund.carriedForward.isNegative else { return nil }
                return Finding(
                    .reserveOverdrawn, at: place, found: "\(fund.carriedForward)",
                    "\(label) would carry forward \(fund.carriedForward)",
                    hint: "correct the opening balance or its adjustment, or the journal that took more than it held")
            }
            let before = fund.broughtForward + fund.adjustment
            if !before.isNegative, (before + fund.received).isNegative {
                return Finding(
                    .reserveOverdrawn, at: place, found: "\(fund.carriedForward)",
                    "\(-fund.received) was taken out of \(label), which held \(before)",
                    hint: "correct the opening balance, or the journal that took more than it held")
            }
            guard let used = used(fund, year) else {
                // Nothing is used any more, so what is still to be received can only grow less.
                guard before.isNegative, fund.received.isNegative else { return nil }
                return Finding(
                    .reserveOverdrawn, at: place, found: "\(fund.carriedForward)",
                    "\(-fund.received) was taken out of \(label), of which \(-before) was still to be received",
                    hint: "correct the journal, or say in \"used before\" of opening.csv what was used")
            }
            guard (fund.receivedToDate - fund.usedToDate + used).isNegative else { return nil }
            return Finding(
                .reserveOverdrawn, at: place, found: "\(fund.carriedForward)",
                "\(label) would be owed \(-fund.carriedForward), and \(used) of it is used to date",
                hint: "correct the opening balance, or the journal that took more than was used")
        }
    }
}
