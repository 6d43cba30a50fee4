public import Sterling
public import Ledger
internal import Sharing

/// Contributions agreed against posted, by contributor and year.
public struct ContributionTable: Sendable {
    public let years: [FinancialYear]
    public let rows: [Row]

    public struct Row: Sendable {
        public let label: String
        public let line: BudgetLine
        /// One a year; `nil` where the body was no contributor, which is not nought.
        public let agreed: [Money?]
        public let posted: [Money?]
    }

    /// - Parameter outturns: one a year, in any order, of the same partnership.
    public init(_ outturns: [Outturn]) {
        let outturns = outturns.sorted { $0.ledger.year < $1.ledger.year }
        years = outturns.map(\.ledger.year)
        guard let last = outturns.last else {
            rows = []
            return
        }
        rows = last.agreement.layout.rows.compactMap { layout in
            switch layout.content {
            case .line(.approvedBudget):
                let figures = outturns.map { outturn in
                    let given = outturn.members.compactMap {
                        outturn.ledger.budget.figure(.approvedBudget, $0.name)?.amount
                    }
                    return given.isEmpty ? nil : given.sum()
                }
                return Row(label: layout.label, line: .approvedBudget, agreed: figures, posted: figures)
            case .line(.contribution(let name)):
                let agreed = outturns.map { outturn -> Money? in
                    let agreed = outturn.agreement.agreed(name, in: outturn.ledger.year).map(\.amount)
                    // What it bears of a cost is due on top of what it declared.
                    if outturn.agreement.paysUnderRule(name) {
                        return outturn.sharing.allocations.map { $0.total(of: .contributor(name)) }.sum() + agreed.sum()
                    }
                    return agreed.isEmpty ? nil : agreed.sum()
                }
                let posted = outturns.map { outturn -> Money? in
                    let flows = outturn.sharing.movements.flatMap(\.flows).filter {
                        $0.account == .cash(.contributor(name))
                    }
                    return flows.isEmpty ? nil : -flows.map(\.amount).sum()
                }
                // Only who neither owes nor paid is no contributor.
                return Row(
                    label: layout.label, line: .contribution(name),
                    agreed: zip(agreed, posted).map { $0 ?? ($1 == nil ? nil : .zero) },
                    posted: zip(agreed, posted).map { $1 ?? ($0 == nil ? nil : .zero) })
            default: return nil
            }
        }
    }

    /// Of what was posted in a year.
    public func total(_ year: Int) -> Money { rows.compactMap { $0.posted[year] }.sum() }
}
