public import Sterling
public import Ledger

/// Who owes whom: what each member bears against what its own ledger already carries.
public struct Settlement: Sendable {
    public let members: [Position]
    /// Payments that settle all positions, netted.
    public let recharges: [Recharge]

    /// A member's position, each part with its sign as it adds to what the member owes.
    public struct Position: Sendable {
        public let member: Name<Member>
        /// Its share of costs, its reserve's, and as host those of contributors whose money it holds.
        public let share: Money
        public let paidInOwnLedger: Money
        public let shareOfIncome: Money
        public let incomeHeld: Money
        /// Recharges posted: paid, less received.
        public let rechargesPaid: Money

        /// More than nought: it owes the others.
        public var owes: Money { share - paidInOwnLedger - shareOfIncome + incomeHeld - rechargesPaid }
    }

    public struct Recharge: Sendable {
        public let from: Name<Member>
        public let to: Name<Member>
        public let amount: Money
    }

    public init(_ sharing: CostSharing) {
        let chart = sharing.agreement.chart
        let kinds = Dictionary(uniqueKeysWithValues: chart.headings.map { ($0.name, $0.kind) })
        var shares: [Name<Member>: Money] = [:]
        var incomeShares: [Name<Member>: Money] = [:]
        for allocation in sharing.allocations {
            for payer in allocation.payers {
                let column = payer.column(host: chart.host)
                switch allocation.pool.kind {
                case .cost: shares[column, default: .zero] += allocation.total(of: payer)
                case .income: incomeShares[column, default: .zero] += allocation.total(of: payer)
                }
            }
        }
        var costs: [Name<Member>: Money] = [:]
        var income: [Name<Member>: Money] = [:]
        var recharges: [Name<Member>: Money] = [:]
        let splitHeadings = Set(chart.headings.map(\.name).filter { sharing.agreement.rules[sharing.agreement.rule(for: $0)].isSplitByMemberConcerned })
        for posting in sharing.ledger.postings {
            for name in posting.headings where posting.concerning != nil || !splitHeadings.contains(name) {
                let flow = posting.flow(into: .heading(name))
                if kinds[name] == .income { income[posting.ledgerOf, default: .zero] -= flow } else { costs[posting.ledgerOf, default: .zero] += flow }
            }
            for contributor in chart.contributors where posting.isContribution(from: contributor.name) {
                let amount = posting.contribution(of: contributor.name)
                if sharing.agreement.paysUnderRule(contributor.name) {
                    // It meets costs that stand in the host's column, whoever's bank it reached.
                    income[posting.ledgerOf, default: .zero] += amount
                    incomeShares[chart.host, default: .zero] += amount
                } else if sharing.agreement.poolKey(of: contributor.name, to: posting.ledgerOf, in: sharing.ledger.year) != nil {
                    income[posting.ledgerOf, default: .zero] += amount
                }
            }
            if let paid = posting.rechargePaid { recharges[posting.ledgerOf, default: .zero] += paid }
        }
        members = chart.members.map { member in
            Position(
                member: member.name, share: shares[member.name] ?? .zero, paidInOwnLedger: costs[member.name] ?? .zero,
                shareOfIncome: incomeShares[member.name] ?? .zero, incomeHeld: income[member.name] ?? .zero,
                rechargesPaid: recharges[member.name] ?? .zero)
        }
        self.recharges = Self.net(members)
    }

    /// The largest debtor pays the largest creditor, until nobody owes: at most one payment fewer
    /// than members. On a tie the earlier member comes first.
    private static func net(_ positions: [Position]) -> [Recharge] {
        var open = positions.map { ($0.member, $0.owes) }
        var recharges: [Recharge] = []
        while let debtor = open.indices.max(by: { (open[$0].1, -$0) < (open[$1].1, -$1) }),
              let creditor = open.indices.min(by: { (open[$0].1, $0) < (open[$1].1, $1) }),
              open[debtor].1 > .zero, open[creditor].1 < .zero {
            let amount = min(open[debtor].1, -open[creditor].1)
            recharges.append(Recharge(from: open[debtor].0, to: open[creditor].0, amount: amount))
            open[debtor].1 -= amount
            open[creditor].1 += amount
        }
        return recharges
    }
}

extension Posting {
    /// A recharge between members, as its own ledger sees it: what it paid, less than nought where
    /// it received. `nil` for any other posting.
    public var rechargePaid: Money? {
        guard case .cash(.member(let payer)) = from, case .cash(.member(let receiver)) = to, payer != receiver else { return nil }
        return payer == ledgerOf ? amount : -amount
    }

    /// The other member of a recharge.
    public var rechargeCounterpart: Name<Member>? {
        guard case .cash(.member(let payer)) = from, case .cash(.member(let receiver)) = to, payer != receiver else { return nil }
        return payer == ledgerOf ? receiver : payer
    }
}
