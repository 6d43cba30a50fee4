internal import Agreements
public import Ledger
public import Sterling

/// What a contributor paid into one member's ledger, divided by what it pays for.
///
/// A contributor may owe a declared sum and bear part of a cost under a rule as well. What it pays
/// fills the declared sum first, in the order of periods; what is more meets its part of the cost.
///
/// What it paid in is above zero, and what was paid back to it below.
public struct Receipt: Sendable {
    public let contributor: Name<Contributor>
    public let ledgerOf: Name<Member>
    /// By month, April first.
    public let contribution: [Money]
    /// By month, April first: what is more than the declared sum.
    public let towardsCosts: [Money]

    /// The year to date of `contribution`.
    public var contributed: Money { contribution.sum() }
    /// The year to date of `towardsCosts`.
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
            let members = chart.members.map(\.name).filter { paid[contributor.name]?[$0] != nil }
            guard paysUnderRule else {
                return members.map { member in
                    let months = paid[contributor.name]![member]!
                    return Receipt(
                        contributor: contributor.name, ledgerOf: member, contribution: months,
                        towardsCosts: months.map { _ in .zero })
                }
            }
            var filled = members.map { member in
                Filled(paid[contributor.name]![member]!, upTo: sums.filter { $0.to == member }.map(\.amount).sum())
            }
            // Money that reached another member than agreed fills the sum all the same, where all of it has one use.
            if Set(sums.map(\.term.use)).count == 1 {
                var open = sums.map(\.amount).sum() - filled.map { $0.contribution.sum() }.sum()
                for index in filled.indices where open > .zero {
                    let further = Filled(filled[index].rest, upTo: open)
                    open -= further.contribution.sum()
                    filled[index].add(further)
                }
            }
            return zip(members, filled).map { member, filled in
                Receipt(
                    contributor: contributor.name, ledgerOf: member, contribution: filled.contribution,
                    towardsCosts: filled.rest)
            }
        }
    }
}

/// Payments by month, of which the first fill a sum.
private struct Filled {
    private(set) var contribution: [Money]
    /// What they are more than the sum.
    private(set) var rest: [Money]

    init(_ months: [Money], upTo sum: Money) {
        var toDate = Money.zero, contributed = Money.zero
        contribution = months.map { amount in
            toDate += amount
            let filled = min(max(toDate, .zero), sum)
            defer { contributed = filled }
            return filled - contributed
        }
        rest = zip(months, contribution).map { $0 - $1 }
    }

    /// - Parameter further: of this one's rest.
    mutating func add(_ further: Filled) {
        contribution = zip(contribution, further.contribution).map { $0 + $1 }
        rest = further.rest
    }
}
