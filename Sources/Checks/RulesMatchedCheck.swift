internal import Agreements
internal import Sharing
internal import Ledger
internal import Findings
internal import Statements

/// A rule that matched nothing is normal, and worth knowing.
enum RulesMatchedCheck: Check {
    static let title = "Every rule matched something"

    static func run(_ year: CheckedYear) -> CheckResult {
        let agreement = year.outturn.agreement
        let findings = agreement.rules.enumerated().filter { index, _ in
            !year.outturn.sharing.allocations.contains { $0.pool.source == .rule(index) }
        }.map { _, rule in
            Finding(
                .ruleMatchedNothing, found: rule.title,
                "the rule \"\(rule.title)\" (line \(rule.line.number)) matched nothing in \(year.ledger.year)",
                hint: "nothing to do, if there was no such cost")
        }
        return CheckResult(CheckResult.count(agreement.rules.count, "rule"), findings)
    }
}
