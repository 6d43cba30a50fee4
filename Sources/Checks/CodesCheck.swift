internal import Agreements
internal import Statements
internal import Findings
internal import Sterling
internal import Ledger

/// Income stands on income codes and expenditure on expenditure codes, each code taken as a whole:
/// a single refund is no income.
enum CodesCheck: Check {
    static let title = "Income and expenditure are on codes of their kind"

    private struct Key: Hashable {
        let ledgerOf: Name<Member>
        let code: String
        let heading: Name<Heading>
    }

    static func run(_ year: CheckedYear) -> CheckResult {
        var sums: [Key: (sum: Money, place: Place)] = [:]
        var order: [Key] = []
        for posting in year.ledger.postings where posting.hasCode {
            for heading in posting.headings {
                let key = Key(ledgerOf: posting.ledgerOf, code: posting.code, heading: heading)
                if sums[key] == nil { order.append(key) }
                sums[key, default: (.zero, posting.place)].sum += posting.flow(into: .heading(heading))
            }
        }
        let findings = order.compactMap { key -> Finding? in
            let (sum, place) = sums[key]!
            let isIncome = year.ledger.chart.heading(key.heading)?.kind == .income
            guard isIncome ? sum > .zero : sum.isNegative else { return nil }
            let label = year.outturn.agreement.chart.label(key.ledgerOf)
            return Finding(
                isIncome ? .expenditureOnIncomeCode : .incomeOnExpenditureCode, at: place, found: key.code,
                "code \(key.code) in the ledger of \(label) is \(isIncome ? "income" : "expenditure"), and as a whole "
                    + "stands in \(isIncome ? "debit" : "credit") by \(sum.magnitude)",
                hint:
                    "see whether its rows belong to another code; if they are refunds, nothing is wrong; if every "
                    + "code of the file is turned, so is the map's `amounts`"
            )
        }
        return CheckResult(CheckResult.count(order.count, "code"), findings)
    }
}
