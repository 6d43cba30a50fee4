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
        let source = Place.Source(file: "agreement")
        let withoutBudget = Set(year.outturn.sharing.budgetsMissing.map(\.number)).sorted().map { number in
            Finding(
                .budgetMissing, at: Place(source, row: number),
                "the line takes up to the budget, and no heading of its rule has a budget in \(year.ledger.year)",
                hint: "give the budget of the rule's headings in the year's `budget` table")
        }
        return CheckResult(
            "the keys of the agreement",
            withoutBudget + halfBudgets(year) + ofActivity(year) + ofLastYear(year)
                + Set(lines.map(\.number)).sorted().map { number in
                    Finding(
                        .noContributionsToGoBy, at: Place(source, row: number),
                        "the line shares by contributions, and for some time this year none of its members there "
                            + "has an approved budget",
                        hint: "give the approved budgets in `budget`, or share by weights")
                })
    }

    /// Headings without a budget, of rules that go by the budget of all their headings.
    private static func halfBudgets(_ year: CheckedYear) -> [Finding] {
        let outturn = year.outturn, chart = outturn.agreement.chart
        let missing = Set(outturn.sharing.budgetsMissing.map(\.number))
        return outturn.sharing.headingsWithoutBudget.filter { !missing.contains($0.line.number) }.map { line, heading in
            let label = chart.heading(heading)?.label ?? heading.text
            return Finding(
                .budgetOfHeadingMissing, at: Place(Place.Source(file: "agreement"), row: line.number), found: label,
                "the line goes by the budget of its rule's headings, and \(label) has none",
                hint: "give it one in the year's `budget` table: 0.00, if it has nothing")
        }
    }

    /// What the agreement counts is in the table, and the table names nothing else.
    private static func ofActivity(_ year: CheckedYear) -> [Finding] {
        let agreement = year.outturn.agreement, source = Place.Source(file: "agreement")
        let counted = Set(agreement.rules.flatMap(\.takes).compactMap(\.activity))
        let lines = Set(year.outturn.sharing.activitiesMissing.map(\.number)).sorted()
        let missing = lines.map { number in
            let unit = agreement.rules.flatMap(\.takes).first { $0.line.number == number }?.activity?.text ?? ""
            return Finding(
                .activityMissing, at: Place(source, row: number), found: unit,
                "the line goes by each \(unit), and the year's `activity` table counts none",
                hint: "add rows to it: \(unit), of whom, the period, the quantity")
        }
        var told: Set<Name<Activity>> = []
        let unused = year.ledger.activity.filter { !counted.contains($0.activity) && told.insert($0.activity).inserted }
        return missing
            + unused.map { count in
                Finding(
                    .activityUnused, at: count.place, found: count.activity.text,
                    "no line of the agreement counts \"\(count.activity)\"",
                    hint: Nearest.hint(count.activity.text, in: counted.map(\.text).sorted()))
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
                    .lastYearUnknown, at: Place(Place.Source(file: "agreement"), row: take.line.number),
                    found: rule.title,
                    "the line limits what each pays by what it bore last year, and "
                        + (outturn.ledger.borneLastYear == nil
                            ? "the books have no last year" : "no rule had the title \"\(rule.title)\" then"),
                    hint: "put last year's books beside this year's; in the agreement's first year there is no limit")
            }
        }
    }
}
