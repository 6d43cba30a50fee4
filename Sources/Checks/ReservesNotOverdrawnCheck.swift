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
        return CheckResult(CheckResult.count(year.outturn.reserves.count, "reserve"), findings)
    }
}
