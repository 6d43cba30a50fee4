internal import Sharing
internal import Agreements
internal import Findings
internal import Sterling
internal import Ledger
internal import Statements

/// What contributors agreed is what the ledgers show, and it is this year's sum.
enum ContributionsCheck: Check {
    static let title = "Contributions agreed are posted"

    static func run(_ year: CheckedYear) -> CheckResult {
        // Before the year's end not all is due.
        guard year.outturn.upTo == nil else { return .notRun("part of the year") }
        let agreement = year.outturn.agreement
        var findings: [Finding] = []
        var looked = 0
        for contributor in agreement.chart.contributors {
            let terms = agreement.agreed(contributor.name, in: year.ledger.year)
            let isAny = year.outturn.sharing.movements.contains {
                $0.flows.contains { $0.account == .cash(.contributor(contributor.name)) }
            }
            let all = isAny ? year.ledger.postings.filter { $0.isContribution(from: contributor.name) } : []
            func receiver(_ posting: Posting) -> Name<Member> {
                agreement.receiver(
                    of: contributor.name, paidTo: posting.ledgerOf, month: posting.period.month, in: year.ledger.year)
            }
            let strays = all.filter { posting in !terms.contains { $0.to == receiver(posting) } }
            if let first = strays.first, !strays.map({ $0.contribution(of: contributor.name) }).sum().isZero,
                !terms.isEmpty, !agreement.paysUnderRule(contributor.name),
                all.map({ $0.contribution(of: contributor.name) }).sum() == terms.map(\.amount).sum()
            {
                looked += 1
                findings.append(
                    Finding(
                        .contributionNotPosted, at: first.place,
                        found: "\(strays.map { $0.contribution(of: contributor.name) }.sum())",
                        "\(contributor.label) paid to \(agreement.chart.label(first.ledgerOf)) what it agreed to pay "
                            + "to \(terms.map { agreement.chart.label($0.to) }.joined(separator: ", "))",
                        hint:
                            "don't invoice it again: change the agreement's line, or have the money moved between the "
                            + "two ledgers"
                    ))
                continue
            }
            for member in agreement.chart.members {
                let rows = all.filter { receiver($0) == member.name }
                // What was written off is agreed no more; the ledger may have taken it back already, or not yet.
                let inFull = year.outturn.sharing.owed(by: contributor.name, to: member.name)
                let agreed =
                    inFull
                    - year.ledger.invoices.filter {
                        $0.from == .contributor(contributor.name) && $0.to == member.name
                    }.map(\.writtenOff).sum()
                guard !agreed.isZero || !rows.isEmpty else { continue }
                looked += 1
                let posted = rows.map { $0.contribution(of: contributor.name) }.sum()
                guard posted != agreed, posted != inFull else { continue }
                let who = "\(contributor.label) to \(member.label)"
                let last = agreement.agreed(contributor.name, in: year.ledger.year.previous).filter {
                    $0.to == member.name
                }.map(\.amount).sum()
                if !posted.isZero, posted == last, last != inFull {
                    findings.append(
                        Finding(
                            .contributionLastYears, at: rows.first?.place, found: "\(posted)",
                            "\(who): agreed for \(year.ledger.year) is \(agreed), and posted is last year's \(posted)",
                            hint: "invoice the difference of \(agreed - posted)"))
                } else if agreed.isNegative {
                    // It bears its part of income beyond what it declared.
                    findings.append(
                        Finding(
                            .contributionNotPosted, at: rows.first?.place, found: "\(posted)",
                            "\(member.label) owes \(contributor.label) \(agreed.magnitude) of income, and "
                                + "\(posted.isZero ? "nothing is paid" : "posted is \(posted)")",
                            hint: posted > agreed
                                ? "pay it \(posted - agreed), or accrue it by a journal from cash to "
                                    + "\(contributor.label)"
                                : "ask it for the \(agreed - posted) that was paid too much"))
                } else {
                    findings.append(
                        Finding(
                            .contributionNotPosted, at: rows.first?.place, found: "\(posted)",
                            "\(who): agreed is \(agreed), posted is \(posted), \((agreed - posted).magnitude) "
                                + "\(posted < agreed ? "outstanding" : "more than agreed")",
                            hint: posted < agreed
                                ? "see that it is invoiced and posted, or accrue it as a debtor in `closing`"
                                : "see whether it is next year's, paid early (a receipt in advance)"))
                }
            }
        }
        findings += invoicedOtherwise(year) + budgetedOtherwise(year)
        return looked == 0
            ? .notRun("no contribution agreed or posted")
            : CheckResult(CheckResult.count(looked, "contribution"), findings)
    }

    /// Contributors whose invoices of the year don't add to what they agreed.
    private static func invoicedOtherwise(_ year: CheckedYear) -> [Finding] {
        let agreement = year.outturn.agreement, start = year.ledger.year.firstDay
        return agreement.chart.contributors.compactMap { contributor in
            let invoices = year.ledger.invoices.filter { $0.from == .contributor(contributor.name) && $0.date >= start }
            guard let first = invoices.first else { return nil }
            let agreed = year.outturn.sharing.owed(by: contributor.name)
            let terms = agreement.agreed(contributor.name, in: year.ledger.year)
            if !agreement.paysUnderRule(contributor.name),
                let astray = invoices.first(where: { invoice in
                    !terms.isEmpty && !terms.contains { $0.to == invoice.to }
                })
            {
                return Finding(
                    .invoicedOtherwise, at: astray.place, found: agreement.chart.label(astray.to),
                    "\(contributor.label) was invoiced by \(agreement.chart.label(astray.to)), and agreed to pay "
                        + terms.map { agreement.chart.label($0.to) }.joined(separator: ", "),
                    hint: "name the member that sent the invoice, or change the agreement's line")
            }
            let invoiced = invoices.map(\.net).sum()
            guard invoiced != agreed else { return nil }
            return Finding(
                .invoicedOtherwise, at: first.place, found: "\(invoiced)",
                "\(contributor.label) was invoiced \(invoiced) in all, and agreed is \(agreed)",
                hint: invoiced < agreed
                    ? "invoice the other \(agreed - invoiced), or mend the invoice that is mistyped"
                    : "mend the invoice that is mistyped, or credit what is more")
        }
    }

    /// Contributors whose budget is another sum than they agreed.
    private static func budgetedOtherwise(_ year: CheckedYear) -> [Finding] {
        let agreement = year.outturn.agreement
        return agreement.chart.contributors.compactMap { contributor in
            let line = BudgetLine.contribution(contributor.name)
            let agreed = agreement.agreed(contributor.name, in: year.ledger.year).map(\.amount).sum()
            guard let budget = year.ledger.budget.total(line, of: agreement.chart.members),
                let place = year.ledger.budget.place(line), !agreed.isZero, budget != agreed,
                !agreement.paysUnderRule(contributor.name), year.ledger.virements.allSatisfy({ $0.to != line })
            else { return nil }
            return Finding(
                .contributionBudgetedOtherwise, at: place, found: "\(budget)",
                "\(contributor.label) is budgeted with \(budget), and agreed is \(agreed)",
                hint: "write what was agreed, or change the agreement's line")
        }
    }
}
