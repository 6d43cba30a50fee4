internal import Agreements
internal import Sharing
internal import Ledger
internal import Findings
internal import Statements
internal import Sterling

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
        return CheckResult(CheckResult.count(agreement.rules.count, "rule"), findings + outsideTheirRules(year))
    }

    /// Headings that a rule names for part of the time, with postings that fell to anything else for that reason.
    private static func outsideTheirRules(_ year: CheckedYear) -> [Finding] {
        let agreement = year.outturn.agreement, time = year.ledger.year
        return agreement.rules.filter { $0.span != .always }.flatMap { rule -> [Finding] in
            rule.headings.compactMap { heading in
                let months = Set(
                    (1...12).filter { month in
                        !rule.span.contains(time.lastDay(ofMonth: month))
                            && agreement.rules[agreement.rule(for: heading, month: month, of: time)].subject
                                == .anythingElse
                    })
                let outside =
                    months.isEmpty
                    ? nil
                    : year.ledger.postings.first {
                        months.contains($0.period.month) && !$0.flow(into: .heading(heading)).isZero
                    }
                guard let outside else { return nil }
                let label = agreement.chart.heading(heading)?.label ?? heading.text
                return Finding(
                    .ruleEnded, at: outside.place, found: label,
                    "the rule \"\(rule.title)\" (line \(rule.line.number)) is for \(label) \(rule.span), and "
                        + "what fell outside that time goes to anything else",
                    hint: "say in a rule who pays for it then, or lengthen the rule")
            }
        }
    }
}
