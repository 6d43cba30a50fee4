internal import Agreements
internal import Statements
internal import Findings
internal import Sterling
internal import Ledger

/// Income stands on income codes and expenditure on expenditure codes, each code taken as a whole:
/// a single refund is no income.
enum CodesCheck: Check {
    static let title = "Income and expenditure are on codes of their kind"

    static func run(_ year: CheckedYear) -> CheckResult {
        let flows = year.ledger.postings.flowsByCode
        guard !flows.isEmpty else { return .notRun("no posting has a code") }
        let findings = flows.compactMap { flow -> Finding? in
            let isIncome = year.ledger.chart.heading(flow.heading)?.kind == .income
            guard isIncome ? flow.sum > .zero : flow.sum.isNegative else { return nil }
            let label = year.outturn.agreement.chart.label(flow.ledgerOf)
            return Finding(
                isIncome ? .expenditureOnIncomeCode : .incomeOnExpenditureCode, at: flow.first.place, found: flow.code,
                "code \(flow.code) in the ledger of \(label) is \(isIncome ? "income" : "expenditure"), and as a whole "
                    + "stands in \(isIncome ? "debit" : "credit") by \(flow.sum.magnitude)",
                hint: "see whether its rows belong to another code; if they are refunds, nothing is wrong; if every "
                    + "code of the file is turned, so is the map's `amounts`")
        }
        return CheckResult(CheckResult.count(flows.count, "code"), findings)
    }
}
