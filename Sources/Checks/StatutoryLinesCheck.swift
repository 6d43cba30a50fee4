internal import Agreements
internal import Findings
internal import Ledger
internal import Statements

/// What a safeguarding children partnership's yearly report must show of its money, by the guidance in force.
///
/// Working Together to Safeguard Children, 2013 and 2015, chapter 3: contributions by partner, and spending on child
/// death reviews, serious case reviews and other specific items such as training. The list ends with the boards
/// themselves, replaced by September 2019. The editions of 2018 and 2023 ask that funding by each partner be
/// transparent, and that of 2023 for a breakdown of the costs as well.
enum StatutoryLinesCheck: Check {
    static let title = "The statutory list is complete"

    static func run(_ year: CheckedYear) -> CheckResult {
        let agreement = year.outturn.agreement
        // An agreement that states such lines is one of a board, whether it names its kind or not.
        guard agreement.kind == .safeguardingChildren || (agreement.kind == nil && !agreement.statutory.isEmpty) else {
            return .notRun("no such list for this kind of partnership")
        }
        switch year.ledger.year.startYear {
        case 2013...2018:
            let items = StatutoryLine.Item.allCases
            return CheckResult(
                CheckResult.count(items.count + 1, "item"), missingItems(agreement) + missingContributions(agreement))
        case 2019...2022: return CheckResult("1 item", missingContributions(agreement))
        case 2023...: return CheckResult("2 items", missingContributions(agreement) + missingCosts(agreement))
        default: return .notRun("no such list for \(year.ledger.year)")
        }
    }

    private static func missingItems(_ agreement: Agreement) -> [Finding] {
        StatutoryLine.Item.allCases.filter { item in !agreement.statutory.contains { $0.item == item } }.map { item in
            Finding(
                .statutoryLineMissing, found: item.rawValue,
                "the report must show what was spent on \(words(item)), and the agreement doesn't say where",
                hint: "add: statutory \(item.rawValue) in HEADING, or: statutory \(item.rawValue) nil")
        }
    }

    /// What each partner put in: a contributor's line, or members' own budgets in columns of their own.
    private static func missingContributions(_ agreement: Agreement) -> [Finding] {
        let isPrinted = agreement.layout.rows.contains {
            switch $0.content {
            case .line(.contribution): true
            case .line(.approvedBudget): agreement.chart.contributors.isEmpty
            default: false
            }
        }
        guard !isPrinted else { return [] }
        return [
            Finding(
                .statutoryLineMissing, found: "contributions",
                "the report must show each partner's contribution, and the statement has no line for one",
                hint: "add to a section: from CONTRIBUTOR \"its printed label\"")
        ]
    }

    private static func missingCosts(_ agreement: Agreement) -> [Finding] {
        guard agreement.chart.headings.count(where: { $0.kind == .cost }) < 2 else { return [] }
        return [
            Finding(
                .statutoryLineMissing, found: "costs",
                "the report must break the costs down, and the statement has one line for all",
                hint: "add to a section a line for each kind of cost: cost training \"Training\"")
        ]
    }

    private static func words(_ item: StatutoryLine.Item) -> String {
        switch item {
        case .childDeathReviews: "child death reviews"
        case .caseReviews: "serious case reviews"
        case .training: "training and learning events"
        }
    }
}
