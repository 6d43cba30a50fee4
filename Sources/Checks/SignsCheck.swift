internal import Agreements
internal import Findings
internal import Ledger
internal import Statements
internal import Sterling

/// Figures typed with the sign of a ledger rather than of their table.
enum SignsCheck: Check {
    static let title = "Signs are as the year's tables mean them"

    static func run(_ year: CheckedYear) -> CheckResult {
        let ledger = year.ledger, budget = ledger.budget, chart = year.outturn.agreement.chart
        func isFunding(_ line: BudgetLine) -> Bool {
            guard case .heading(let name) = line else { return true }
            return chart.heading(name)?.kind == .income
        }
        let budgets =
            budget.figures.filter { isFunding($0.key.line) }.map(\.value)
            + budget.totals.filter { isFunding($0.key) }.map(\.value)
        var findings = budgets.filter(\.amount.isNegative).sorted { $0.place < $1.place }.map { figure in
            unexpected(
                figure.amount, figure.place, "a budget of income is below zero",
                "write income without a minus, whatever the ledger prints")
        }
        // A cost's budget may be below zero, what vacancies are expected to save; what was spent says whether it is.
        for row in BudgetVariances(year.outturn).rows where row.side == .expenditure {
            // As it was typed: virements may take more from it than it had.
            guard let typed = budget.total(row.line, of: chart.members), typed.isNegative, row.actual > .zero,
                let place = budget.place(row.line)
            else { continue }
            findings.append(
                unexpected(
                    typed, place, "the budget of \"\(row.label)\" is below zero, and \(row.actual) was spent",
                    "write costs without a minus"))
        }
        findings += year.oddOnes.filter(\.isTurned).map { odd in
            unexpected(
                odd.posting.amount, odd.posting.place,
                "it goes the other way than the other \(odd.count - 1) postings of its code, and nothing goes theirs "
                    + "in \(odd.posting.period)",
                "if it is a refund, answer it; else have its sign mended where it comes from")
        }
        for entry in ledger.forecasts.values.sorted(by: { $0.place < $1.place }) {
            guard case .typed(let amount) = entry.method, amount.isNegative else { continue }
            findings.append(
                unexpected(
                    amount, entry.place, "a typed forecast is below zero",
                    "write income and costs alike without a minus"))
        }
        for member in year.outturn.members {
            guard let opening = ledger.openings[member.name], opening.broughtForward.isNegative else { continue }
            let last = year.lastYear?.reserves.first { $0.member == member.name }
            guard last?.carriedForward != opening.broughtForward else { continue }
            findings.append(
                unexpected(
                    opening.broughtForward, opening.place, "the reserve of \(member.label) begins below zero",
                    "write what a reserve holds without a minus, though the ledger has it as a credit"))
        }
        for fund in year.outturn.funds {
            guard let opening = ledger.fundOpenings[fund.term.name] else { continue }
            let last = year.lastYear?.funds.first { $0.fund == fund.term.name }
            // A grant that is claimed in arrears is a debtor.
            if opening.broughtForward.isNegative, !fund.term.isGrant, last?.carriedForward != opening.broughtForward {
                findings.append(
                    unexpected(
                        opening.broughtForward, opening.place, "\(chart.label(fund.term.name)) begins below zero",
                        "write what a fund holds without a minus"))
            }
            if opening.usedBefore.isNegative {
                findings.append(
                    unexpected(
                        opening.usedBefore, opening.place,
                        "less than nothing of \(chart.label(fund.term.name)) was used before",
                        "write what was used without a minus"))
            }
        }
        let looked = budgets.count + ledger.openings.count + ledger.fundOpenings.count
        return looked == 0
            ? .notRun("no budget of income and no opening balance")
            : CheckResult(CheckResult.count(looked, "figure"), findings)
    }

    private static func unexpected(_ amount: Money, _ place: Place, _ message: String, _ hint: String) -> Finding {
        Finding(.signUnexpected, at: place, found: "\(amount)", message, hint: hint)
    }
}
