internal import Agreements
internal import Findings
internal import Ledger
internal import Statements

/// What a board's report must list, by the guidance in force for the year.
///
/// Working Together to Safeguard Children, 2013 and 2015, chapter 3: contributions by partner, and
/// spending on child death reviews, serious case reviews and other specific items such as training.
/// The list ends with the boards themselves, replaced by September 2019.
enum StatutoryLinesCheck: Check {
    static let title = "The statutory list is complete"

    static func run(_ year: CheckedYear) -> CheckResult {
        guard (2013...2018).contains(year.ledger.year.startYear) else {
            return .notRun("no such list for \(year.ledger.year)")
        }
        let agreement = year.outturn.agreement
        var findings: [Finding] = []
        for item in StatutoryLine.Item.allCases where !agreement.statutory.contains(where: { $0.item == item }) {
            findings.append(
                Finding(
                    .statutoryLineMissing, found: item.rawValue,
                    "the report must show what was spent on \(words(item)), and the agreement doesn't say where",
                    hint: "add: statutory \(item.rawValue) in HEADING, or: statutory \(item.rawValue) nil"))
        }
        let printed = agreement.layout.rows.contains {
            if case .line(.contribution) = $0.content { true } else { false }
        }
        if !printed {
            findings.append(
                Finding(
                    .statutoryLineMissing, found: "contributions",
                    "the report must show each partner's contribution, and the statement has no line for one",
                    hint: "add to a section: from CONTRIBUTOR \"its printed label\""))
        }
        return CheckResult(CheckResult.count(StatutoryLine.Item.allCases.count + 1, "item"), findings)
    }

    private static func words(_ item: StatutoryLine.Item) -> String {
        switch item {
        case .childDeathReviews: "child death reviews"
        case .caseReviews: "serious case reviews"
        case .training: "training and learning events"
        }
    }
}
