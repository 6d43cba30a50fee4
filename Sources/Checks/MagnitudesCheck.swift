internal import Agreements
internal import Findings
internal import Ledger
internal import Statements
internal import Sterling

/// A figure in thousands, or in pence, stands out beside those that it is compared with.
enum MagnitudesCheck: Check {
    static let title = "Figures are of the size of those beside them"

    /// How many times as large or as small a figure must be: thousands are a thousand, and no two figures that belong
    /// together are that far apart by chance. Set by 1,000 tables with a figure in thousands.
    private static let times = 200

    /// Less than this is small enough to be anything.
    private static let least = Money(pence: 100_000)

    static func run(_ year: CheckedYear) -> CheckResult {
        let budgets = ofBudgets(year)
        let findings = budgets.findings + ofForecasts(year) + ofApprovedBudgets(year) + ofSeries(year)
        let postings = year.ledger.postings.count
        guard budgets.count + year.ledger.forecasts.count + postings > 0 else {
            return .notRun("no budget and no posting")
        }
        return CheckResult(
            "\(CheckResult.count(budgets.count, "budget")), \(CheckResult.count(postings, "posting"))", findings)
    }

    private static func isFar(_ a: Money, _ b: Money) -> Bool {
        let (small, large) = (min(a.magnitude.pence, b.magnitude.pence), max(a.magnitude.pence, b.magnitude.pence))
        return small > 0 && large >= least.pence && large / times >= small
    }

    private static func unlikely(_ figure: Money, _ place: Place?, _ message: String) -> Finding {
        Finding(
            .sizeUnlikely, at: place, found: "\(figure)", message,
            hint: "write it in pounds and pence; if it is meant, answer it in the year's `answers` table")
    }

    /// A line's budget against what the whole year came to. Far less than its budget comes to a line whose work hardly
    /// began; far more comes to none.
    private static func ofBudgets(_ year: CheckedYear) -> (count: Int, findings: [Finding]) {
        guard year.outturn.upTo == nil else { return (0, []) }
        let rows = BudgetVariances(year.outturn).rows
        let findings = rows.filter { isFar($0.budget, $0.actual) && $0.budget.magnitude < $0.actual.magnitude }.map {
            row in
            unlikely(
                row.budget, year.ledger.budget.place(row.line),
                "the budget of \"\(row.label)\" is \(row.budget), and the year came to \(row.actual)")
        }
        return (rows.count, findings)
    }

    private static func ofForecasts(_ year: CheckedYear) -> [Finding] {
        let actuals = year.outturn.rows
        return year.ledger.forecasts.values.sorted { $0.place < $1.place }.compactMap { entry in
            guard case .typed(let amount) = entry.method,
                let row = actuals.first(where: { $0.content == .line(entry.line) }), isFar(amount, row.total)
            else { return nil }
            return unlikely(
                amount, entry.place, "the typed forecast of \"\(row.label)\" is \(amount), and \(row.total) is posted")
        }
    }

    /// What a member approved against what it approved last year.
    private static func ofApprovedBudgets(_ year: CheckedYear) -> [Finding] {
        guard let last = year.lastYear?.contributions.first(where: { $0.line == .approvedBudget })?.agreed else {
            return []
        }
        let budget = year.ledger.budget,
            given = year.outturn.members.compactMap { member in
                budget.figure(.approvedBudget, member.name)
            }
        let sum = given.map(\.amount).sum()
        guard isFar(sum, last) else { return [] }
        return [
            unlikely(
                sum, given.map(\.place).min(),
                "the members' approved budgets are \(sum) in all, and were \(last) in \(year.ledger.year.previous)")
        ]
    }

    private static func ofSeries(_ year: CheckedYear) -> [Finding] {
        year.oddOnes.filter { !$0.isTurned }.map { odd in
            unlikely(
                odd.posting.amount, odd.posting.place,
                "the other \(odd.count - 1) postings of its code are about \(odd.median) each")
        }
    }
}
