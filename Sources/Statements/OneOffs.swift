internal import Agreements
internal import Sharing
internal import Ledger
internal import Sterling

/// What happens once in a year and is in no trend: last year's year-end entries taken back, rows that the export calls
/// accruals, and the invoices that came for them.
struct OneOffs {
    private var sums: [BudgetLine: Money] = [:]

    /// - Parameter lastYear: whose year-end entries this year takes back.
    init(_ outturn: Outturn, lastYear: YearClose?) {
        let ledger = outturn.ledger, chart = outturn.agreement.chart
        let reversed = lastYear?.entriesToReverse ?? [], expected = ledger.accrualsBroughtForward
        let isAnyAccrual = ledger.postings.contains { $0.isAccrual }
        guard !reversed.isEmpty || !expected.isEmpty || isAnyAccrual else { return }
        var invoices = ledger.postings.filter { $0.journal == nil && !$0.isAccrual }
        func add(_ account: Account, _ flow: Money) {
            switch account {
            case .heading(let name):
                sums[.heading(name), default: .zero] += chart.heading(name)?.kind == .cost ? flow : -flow
            case .cash(.contributor(let name)): sums[.contribution(name), default: .zero] -= flow
            case .cash, .fund, .reserve, .suspense: break
            }
        }
        /// The invoice for an entry is as large at least; the nearest is taken, once.
        func addInvoice(_ ledgerOf: Name<Member>, _ account: Account, _ reversal: Money) {
            let found = invoices.indices.filter { index in
                let flow = invoices[index].flow(into: account)
                return invoices[index].ledgerOf == ledgerOf && flow.isNegative != reversal.isNegative
                    && flow.magnitude >= reversal.magnitude
            }.min { invoices[$0].amount < invoices[$1].amount }
            guard let found else { return }
            add(account, invoices[found].flow(into: account))
            invoices.remove(at: found)
        }
        for entry in reversed {
            let flow = entry.isToAccount ? -entry.amount : entry.amount
            add(entry.account, flow)
            addInvoice(entry.ledgerOf, entry.account, flow)
        }
        for accrual in expected {
            let index = invoices.firstIndex { posting in
                posting.ledgerOf == accrual.ledgerOf && posting.code == accrual.code
                    && posting.document == accrual.document && posting.amount == accrual.amount.magnitude
            }
            guard let index, let heading = invoices[index].headings.first else { continue }
            let flow = invoices[index].flow(into: .heading(heading))
            add(.heading(heading), flow)
            invoices.remove(at: index)
            addInvoice(accrual.ledgerOf, .heading(heading), flow)
        }
        for posting in ledger.postings where posting.isAccrual {
            for heading in posting.headings { add(.heading(heading), posting.flow(into: .heading(heading))) }
        }
    }

    /// As the statement's row has it: income and costs alike are above zero.
    subscript(line: BudgetLine) -> Money { sums[line] ?? .zero }
}
