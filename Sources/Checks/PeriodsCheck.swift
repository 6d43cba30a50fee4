internal import Ledger

/// Rows of another year were told and left out when their file was read; here is how many periods
/// the rest spans.
enum PeriodsCheck: Check {
    static let title = "Every posting's period is in the year"

    static func run(_ year: CheckedYear) -> CheckResult {
        let periods = year.ledger.postings.map(\.period)
        guard let first = periods.min(), let last = periods.max() else { return CheckResult("no postings") }
        return CheckResult("\(CheckResult.count(periods.count, "posting")), \(first) to \(last)")
    }
}
