internal import Agreements
internal import Sharing
internal import Findings
internal import Ledger
internal import Statements
internal import Sterling

/// Whoever shares by contributions has contributions to share by.
enum BasisCheck: Check {
    static let title = "There is something to share by"

    static func run(_ year: CheckedYear) -> CheckResult {
        let lines = year.outturn.sharing.keysWithoutContributions
        let withoutBudget = Set(year.outturn.sharing.budgetsMissing.map(\.number)).sorted().map { number in
            Finding(
                .budgetMissing, at: .agreement(line: number),
                "the line takes up to the budget, and no heading of its rule has a budget in \(year.ledger.year)",
                hint: "give the budget of the rule's headings in the year's `budget` table")
        }
        return CheckResult(
            "the keys of the agreement",
            withoutBudget + halfBudgets(year) + ofActivity(year) + ofLastYear(year)
                + Set(lines.map(\.number)).sorted().map { number in
                    Finding(
                        .noContributionsToGoBy, at: .agreement(line: number),
                        "the line shares by contributions, and for some time this year none of its members there "
                            + "has an approved budget",
                        hint: "give the approved budgets in `budget`, or share by weights")
                })
    }

    /// Headings without a budget, of rules that go by the budget of all their headings.
    private static func halfBudgets(_ year: CheckedYear) -> [Finding] {
        let chart = year.outturn.agreement.chart
        return year.outturn.sharing.headingsWithoutBudget.map { line, heading in
            let label = chart.heading(heading)?.label ?? heading.text
            return Finding(
                .budgetOfHeadingMissing, at: .agreement(line: line.number), found: label,
                "the line goes by the budget of its rule's headings, and \(label) has none",
                hint: "give it one in the year's `budget` table: 0.00, if it has nothing")
        }
    }

    /// Limits by last year need a last year, with a rule of the same title.
    private static func ofLastYear(_ year: CheckedYear) -> [Finding] {
        let outturn = year.outturn
        return outturn.agreement.rules.enumerated().flatMap { index, rule -> [Finding] in
            guard outturn.sharing.allocations.contains(where: { $0.pool.source == .rule(index) }),
                outturn.ledger.borneLastYear?[rule.title] == nil
            else { return [] }
            return rule.takes.filter(\.usesLastYear).map { take in
                Finding(
                    .lastYearUnknown, at: .agreement(line: take.line.number),
                    found: rule.title,
                    "the line limits what each pays by what it bore last year, and "
                        + (outturn.ledger.borneLastYear == nil
                            ? "the books have no last year" : "no rule had the title \"\(rule.title)\" then"),
                    hint: outturn.ledger.borneLastYear == nil
                        ? "put last year's books beside this year's; in the agreement's first year there is no limit"
                        : "keep the title that the rule had; if it is new this year, there is no limit: answer it")
            }
        }
    }
}
