internal import Findings
package import Ledger
internal import Sterling

extension Agreement {
    /// The journal under which the agreement itself posts its fees.
    static let feeJournal = "fee"

    /// The books with what the host charges by the agreement: a cost of the fee's heading in each period, in the host's
    /// ledger, so that all periods to date together come to the fee on all costs to date, rounded once.
    package func withFees(_ ledger: GeneralLedger) -> GeneralLedger {
        guard !fees.isEmpty else { return ledger }
        var charged = ledger
        // Books that a statement was made of hold its fees already, and a what-if changes the costs below them.
        if ledger.postings.contains(where: \.isFee) {
            charged.postings = Postings(ledger.postings.lazy.filter { !$0.isFee })
        }
        let movements = charged.postings.movements
        let ofFees = Set(fees.map(\.heading))
        for fee in fees {
            let base = Set(
                fee.of ?? chart.headings.filter { $0.kind == .cost && !ofFees.contains($0.name) }.map(\.name))
            var costs: [Period: Money] = [:]
            for movement in movements {
                for (account, amount) in movement.flows {
                    guard case .heading(let name) = account, base.contains(name) else { continue }
                    costs[movement.period, default: .zero] += amount
                }
            }
            var toDate = Money.zero, posted = Money.zero
            for period in costs.keys.sorted() {
                toDate += costs[period]!
                let due = (fee.share * Fraction(pence: toDate)).roundedToPence
                charged.postings.append(due - posted, of: fee, in: period, host: chart.host)
                posted = due
            }
        }
        return charged
    }
}

extension Posting {
    /// Whether the agreement posted it: what the host is paid for its work, a part of costs.
    package var isFee: Bool { journal == Agreement.feeJournal && place.file == "agreement" }
}

extension Postings {
    /// - Parameter amount: below zero takes back what earlier periods were charged.
    fileprivate mutating func append(_ amount: Money, of fee: Fee, in period: Period, host: Name<Member>) {
        guard !amount.isZero else { return }
        let cash = Account.cash(.member(host)), heading = Account.heading(fee.heading)
        append(
            amount: amount.magnitude, from: amount.isNegative ? heading : cash, to: amount.isNegative ? cash : heading,
            ledgerOf: host, period: period, description: "\(fee.written) of costs", journal: Agreement.feeJournal,
            place: .agreement(line: fee.line.number))
    }
}
