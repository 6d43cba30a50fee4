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
            withoutBudget
                + Set(lines.map(\.number)).sorted().map { number in
                    Finding(
                        .noContributionsToGoBy, at: Place(source, row: number),
                        "the line shares by contributions, and for some time this year none of its members there "
                            + "has an approved budget",
                        hint: "give the approved budgets in `budget`, or share by weights")
                })
    }
}
