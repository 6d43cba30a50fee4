internal import Findings
internal import Importing

/// Totals typed into opening, budget and the like are the sums of their figures.
enum TablesCastCheck: Check {
    static let title = "The year's tables cast and cross-cast"

    static func run(_ year: CheckedYear) -> CheckResult {
        guard !year.printedTotals.isEmpty else { return .notRun("no table prints a total") }
        let findings = year.printedTotals.filter { $0.printed != $0.computed }.map { total in
            Finding(
                total.isCross ? .tableDoesNotCrossCast : .tableDoesNotCast, at: total.place, found: "\(total.printed)",
                "the total of \"\(total.label)\" is \(total.printed), and its figures add up to \(total.computed): "
                    + "\(total.printed - total.computed) apart",
                hint: "mend the figure that is wrong, or the total")
        }
        return CheckResult(CheckResult.count(year.printedTotals.count, "total"), findings)
    }
}
