internal import Agreements
internal import Findings
internal import Ledger
internal import Statements

/// The partnership's own examples come out as they say.
enum ExamplesCheck: Check {
    static let title = "The agreement's examples come out as written"

    static func run(_ year: CheckedYear) -> CheckResult {
        guard !year.examples.isEmpty else { return .notRun("no `examples` beside the agreement") }
        return CheckResult(
            "\(CheckResult.count(year.examples.count, "example")), "
                + "\(CheckResult.count(year.examples.map(\.expectations.count).reduce(0, +), "figure"))",
            year.examples.flatMap { $0.run(year.outturn.agreement, year: year.ledger.year) })
    }
}
