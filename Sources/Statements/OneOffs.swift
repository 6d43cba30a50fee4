internal import Agreements
internal import Sharing
internal import Ledger
internal import Sterling

/// What happens once in a year and is in no trend: last year's year-end entries taken back, and an invoice of the same
/// amount that came for one.
///
/// Which entries they are, last year's `closing` says, this year's `accruals`, or the export itself, where it takes
/// back an accrual that it hasn't made. Accruals made and taken back within the year are part of its trend.
struct OneOffs {
    private var sums: [BudgetLine: Money] = [:]
    private let chart: Chart
    /// Rows of the exports that may be an invoice for an entry; each is one once.
    private var invoices: [Posting] = []

    /// - Parameter lastYear: whose year-end entries this year takes back.
    init(_ outturn: Outturn, lastYear: YearClose?) {
        let ledger = outturn.ledger, reversed = lastYear?.entriesToReverse ?? []
        chart = outturn.agreement.chart
        let flagged = ledger.postings.filter(\.isAccrual)
        guard !reversed.isEmpty || !ledger.accrualsBroughtForward.isEmpty || !flagged.isEmpty else { return }
        invoices = ledger.postings.filter { $0.journal == nil && !$0.isAccrual }
        for entry in reversed {
            add(entry.isToAccount ? -entry.amount : entry.amount, to: entry.account, of: entry.ledgerOf)
        }
        for accrual in ledger.accrualsBroughtForward {
            let index = invoices.firstIndex { posting in
                posting.ledgerOf == accrual.ledgerOf && posting.code == accrual.code
                    && posting.document == accrual.document && posting.amount == accrual.amount.magnitude
            }
            guard let index, let heading = invoices[index].headings.first else { continue }
            let reversal = invoices.remove(at: index)
            add(reversal.flow(into: .heading(heading)), to: .heading(heading), of: accrual.ledgerOf)
        }
        for reversal in flagged {
            for heading in reversal.headings where isTakingBack(reversal, of: heading, among: flagged) {
                add(reversal.flow(into: .heading(heading)), to: .heading(heading), of: reversal.ledgerOf)
            }
        }
    }

    /// Whether a row takes back what no row of this year has accrued.
    private func isTakingBack(_ reversal: Posting, of heading: Name<Heading>, among flagged: [Posting]) -> Bool {
        let flow = reversal.flow(into: .heading(heading)), isCost = chart.heading(heading)?.kind == .cost
        guard flow.isNegative == isCost else { return false }
        return !flagged.contains {
            $0.ledgerOf == reversal.ledgerOf && $0.document == reversal.document
                && $0.flow(into: .heading(heading)) == -flow
        }
    }

    /// Takes an entry that is taken back out of its line's trend, and the invoice for it where one of its amount is
    /// there.
    private mutating func add(_ flow: Money, to account: Account, of ledgerOf: Name<Member>) {
        count(flow, account)
        let invoice = invoices.firstIndex { $0.ledgerOf == ledgerOf && $0.flow(into: account) == -flow }
        guard let invoice, !flow.isZero else { return }
        count(-flow, account)
        invoices.remove(at: invoice)
    }

    private mutating func count(_ flow: Money, _ account: Account) {
        switch account {
        case .heading(let name):
            sums[.heading(name), default: .zero] += chart.heading(name)?.kind == .cost ? flow : -flow
        case .cash(.contributor(let name)): sums[.contribution(name), default: .zero] -= flow
        case .cash, .fund, .reserve, .suspense: break
        }
    }

    /// As the statement's row has it: income and costs alike are above zero. `nil` where nothing of the line happens
    /// once; zero where what does cancels out.
    subscript(line: BudgetLine) -> Money? { sums[line] }
}
