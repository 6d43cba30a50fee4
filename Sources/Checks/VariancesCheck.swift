internal import Findings
internal import Sterling
internal import Ledger
internal import Statements

/// A variance over the agreement's threshold has its explanation.
enum VariancesCheck: Check {
    static let title = "Large variances are explained"

    static func run(_ year: CheckedYear) -> CheckResult {
        let rows = BudgetVariances(year.outturn).rows
        guard !rows.isEmpty else {
            return .notRun(
                "no budget",
                [
                    Finding(
                        .noBudget, "no budget by heading is given, so there are no variances",
                        hint: "add lines to the year's `budget` table: line, a column for each member, or total")
                ])
        }
        guard year.outturn.upTo == nil else { return .notRun("part of the year: the budget is the whole year's") }
        let findings = rows.filter { $0.needsExplanation && ($0.explanation ?? "").isEmpty }.map { row in
            Finding(
                .varianceUnexplained, found: "\(row.variance.magnitude)",
                "\"\(row.label)\" is \(row.variance.magnitude) \(row.direction.rawValue) against a budget of "
                    + "\(row.budget)",
                hint: "add a line to the year's `explanations` table")
        }
        return CheckResult(CheckResult.count(rows.count, "line"), findings)
    }
}
