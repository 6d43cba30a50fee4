internal import Agreements
public import Ledger
public import Sterling

/// What a contributor paid into one member's ledger, divided by what it pays for.
///
/// A contributor may owe a declared sum and bear part of a cost under a rule as well. What it pays
/// fills the declared sum first, in the order of periods; what is more meets its part of the cost.
public struct Receipt: Sendable {
    public let contributor: Name<Contributor>
    public let ledgerOf: Name<Member>
    /// By month, April first.
    public let contribution: [Money]
    public let towardsCosts: [Money]

    public var contributed: Money { contribution.sum() }
    public var metCosts: Money { towardsCosts.sum() }
}

extension Agreement {
    /// - Parameter movements: of the year to date.
    func receipts(_ movements: [Movement], in year: FinancialYear) -> [Receipt] {
        var paid: [Name<Contributor>: [Name<Member>: [Money]]] = [:]
        for movement in movements {
            for (account, amount) in movement.flows {
                guard case .cash(.contributor(let name)) = account else { continue }
                paid[name, default: [:]][movement.ledgerOf, default: Array(repeating: .zero, count: 12)][
                    movement.period.month - 1] -= amount
            }
        }
        return chart.contributors.flatMap { contributor -> [Receipt] in
            let sums = agreed(contributor.name, in: year)
            let paysUnderRule = paysUnderRule(contributor.name)
            return chart.members.compactMap { member in
                guard let months = paid[contributor.name]?[member.name] else { return nil }
                let nothing = months.map { _ in Money.zero }
                guard paysUnderRule else {
                    return Receipt(
                        contributor: contributor.name, ledgerOf: member.name, contribution: months,
                        towardsCosts: nothing)
                }
                let declared = sums.filter { $0.to == member.name }.map(\.amount).sum()
                var toDate = Money.zero, contributed = Money.zero
                let contribution = months.map { amount -> Money in
                    toDate += amount
                    let filled = min(max(toDate, .zero), declared)
                    defer { contributed = filled }
                    return filled - contributed
                }
                return Receipt(
                    contributor: contributor.name, ledgerOf: member.name, contribution: contribution,
                    towardsCosts: zip(months, contribution).map { $0 - $1 })
            }
        }
    }
}
