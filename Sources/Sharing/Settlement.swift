public import Agreements
public import Sterling
public import Ledger

/// Who owes whom: what each member bears against what its own ledger already carries.
public struct Settlement: Sendable {
    /// In the agreement's order.
    public let members: [Position]
    /// Payments that settle all positions, netted to the fewest.
    public let recharges: [Recharge]

    /// A member's position; `owes` says which parts add to what it owes, and which are taken off.
    public struct Position: Sendable {
        public let member: Name<Member>
        /// Its share of costs, its reserve's, what the funds that it holds met, and as host what contributors
        /// met whose money it holds.
        public let share: Money
        /// Costs posted in its ledger, less refunds; those that wait for a member concerned are not among them.
        public let paidInOwnLedger: Money
        /// Its share of earned income and of pooled contributions; of the host also what contributors paid towards
        /// costs.
        public let shareOfIncome: Money
        /// Earned income, pooled contributions and contributors' payments towards costs in its ledger, and its own
        /// approved budget where those are pooled.
        public let incomeHeld: Money
        /// What it must pay on as the holder of funds, or for what they met; below zero is due to it.
        public let throughFunds: Money
        /// What the sharing of the partnership's net outturn moves to it; below zero from it.
        public let sharedNet: Money
        /// Recharges posted: paid, less received.
        public let rechargesPaid: Money

        /// More than zero: it owes the others.
        public var owes: Money {
            share - paidInOwnLedger - shareOfIncome + incomeHeld + throughFunds - sharedNet - rechargesPaid
        }
    }

    /// A payment from one member to another; the amount is above zero.
    public struct Recharge: Sendable {
        public let from: Name<Member>
        public let to: Name<Member>
        public let amount: Money
    }

    /// - Parameters:
    ///   - sharedNet: by member in the agreement's order, what the sharing of the net outturn moves to it.
    ///   - further: pools beside those of the rules: what funds met of a deficit, or left.
    public init(_ sharing: CostSharing, sharedNet: [Money], further: [Allocation]) {
        let agreement = sharing.agreement
        var sums = PositionSums(sharing)
        sums.addShares(further)
        sums.addReceipts()
        sums.addMovements()
        members = agreement.chart.members.enumerated().map { index, member in
            sums.position(of: member.name, sharedNet: sharedNet[index])
        }
        let last = sharing.ledger.year.lastDay(ofMonth: sharing.upTo?.month ?? 12)
        recharges = agreement.recharges(members.map { ($0.member, $0.owes) }, on: last)
    }

    /// Each member pays one what it owes, or is paid by it what it is owed.
    private static func net(_ positions: [(member: Name<Member>, owes: Money)], through hub: Name<Member>) -> [Recharge]
    {
        positions.filter { $0.member != hub && !$0.owes.isZero }.map { member, owes in
            owes > .zero
                ? Recharge(from: member, to: hub, amount: owes) : Recharge(from: hub, to: member, amount: -owes)
        }
    }

    fileprivate static func recharges(
        _ positions: [(member: Name<Member>, owes: Money)], through hub: Name<Member>?
    ) -> [Recharge] {
        hub.map { net(positions, through: $0) } ?? net(positions)
    }

    /// Positions that cancel among themselves need no payment to the others, so the fewest payments come
    /// of the most groups that each net to zero: one payment fewer than members in each.
    ///
    /// - Parameter positions: above zero owes. They net to zero.
    public static func net(_ positions: [(member: Name<Member>, owes: Money)]) -> [Recharge] {
        let open = positions.filter { !$0.owes.isZero }
        return groups(open.map(\.owes.pence)).flatMap { group in settle(group.map { open[$0] }) }
            .sorted { a, b in
                (position(a.from, positions), position(a.to, positions)) < (
                    position(b.from, positions), position(b.to, positions)
                )
            }
    }

    private static func position(_ name: Name<Member>, _ positions: [(member: Name<Member>, owes: Money)]) -> Int {
        positions.firstIndex { $0.member == name } ?? 0
    }

    /// More members than this are settled by the greatest debtor and creditor alone.
    static let mostForFewest = 16

    /// The most disjoint groups whose amounts net to zero, each as indices; a search over all subsets.
    private static func groups(_ amounts: [Int]) -> [[Int]] {
        let count = amounts.count
        guard count > 2, count <= mostForFewest else { return [Array(amounts.indices)] }
        let size = 1 << count
        var sums = Array(repeating: 0, count: size), best = Array(repeating: 0, count: size),
            last = Array(repeating: 0, count: size)
        for set in 1..<size {
            let low = set.trailingZeroBitCount
            sums[set] = sums[set & (set - 1)] + amounts[low]
            // The groups of a set are those of it without one element, and one more where the set itself nets to
            // zero.
            for index in 0..<count
            where set & (1 << index) != 0 && (best[set & ~(1 << index)] > best[set] || last[set] == 0) {
                best[set] = best[set & ~(1 << index)]
                last[set] = 1 << index
            }
            if sums[set] == 0 { best[set] += 1 }
        }
        var groups: [[Int]] = [], set = size - 1, group: [Int] = []
        while set != 0 {
            if sums[set] == 0, !group.isEmpty { groups.append(group.sorted()); group = [] }
            group.append(last[set].trailingZeroBitCount)
            set &= ~last[set]
        }
        if !group.isEmpty { groups.append(group.sorted()) }
        return groups.sorted { $0[0] < $1[0] }
    }

    /// The largest debtor pays the largest creditor, until nobody owes: at most one payment fewer
    /// than members. On a tie the earlier member comes first.
    private static func settle(_ positions: [(member: Name<Member>, owes: Money)]) -> [Recharge] {
        var open = positions
        var recharges: [Recharge] = []
        while let debtor = open.indices.max(by: { (open[$0].1, -$0) < (open[$1].1, -$1) }),
            let creditor = open.indices.min(by: { (open[$0].1, $0) < (open[$1].1, $1) }),
            open[debtor].1 > .zero, open[creditor].1 < .zero
        {
            let amount = min(open[debtor].1, -open[creditor].1)
            recharges.append(Recharge(from: open[debtor].0, to: open[creditor].0, amount: amount))
            open[debtor].1 -= amount
            open[creditor].1 += amount
        }
        return recharges
    }
}

extension Agreement {
    /// The payments that settle positions by the end of a day, as the agreement says: through one member, or by the
    /// fewest payments.
    ///
    /// - Parameter positions: above zero owes. They net to zero.
    public func recharges(_ positions: [(member: Name<Member>, owes: Money)], on date: CalendarDate)
        -> [Settlement.Recharge]
    {
        payments(settling(positions, on: date), on: date)
    }

    /// The same of positions that have passed to successors already.
    public func payments(_ positions: [(member: Name<Member>, owes: Money)], on date: CalendarDate)
        -> [Settlement.Recharge]
    {
        // Whoever stands in its place by then is settled through.
        Settlement.recharges(positions, through: settlesThrough.map { successor(of: $0, by: date) })
    }

    /// What a body owes or is owed passes to its successor once that is in its place.
    public func settling(_ positions: [(member: Name<Member>, owes: Money)], on date: CalendarDate) -> [(
        member: Name<Member>, owes: Money
    )] {
        var open = positions
        // In the order of their days, so that a chain of successions passes all of it on.
        for succession in successions.sorted(by: { $0.from < $1.from }) where succession.from <= date {
            guard case .member(let old) = succession.predecessor, case .member(let new) = succession.successor,
                let from = open.firstIndex(where: { $0.member == old }),
                let to = open.firstIndex(where: { $0.member == new })
            else { continue }
            open[to].owes += open[from].owes
            open[from].owes = .zero
        }
        return open
    }
}

extension Payer {
    /// Whether it is money kept from other years rather than a body.
    public var isBalance: Bool {
        switch self {
        case .reserve, .fund: true
        case .member, .direct, .contributor: false
        }
    }
}

/// What each member bears, paid and holds, added up from allocations, receipts and movements.
private struct PositionSums {
    let sharing: CostSharing
    private var shares: [Name<Member>: Money] = [:]
    private var incomeShares: [Name<Member>: Money] = [:]
    private var costs: [Name<Member>: Money] = [:]
    private var income: [Name<Member>: Money] = [:]
    private var throughFunds: [Name<Member>: Money] = [:]
    private var recharges: [Name<Member>: Money] = [:]

    init(_ sharing: CostSharing) { self.sharing = sharing }

    private var agreement: Agreement { sharing.agreement }
    private var chart: Chart { agreement.chart }

    /// - Parameter further: pools beside those of the rules.
    mutating func addShares(_ further: [Allocation]) {
        for allocation in sharing.allocations {
            for payer in allocation.payers {
                let column = payer.column(chart)
                switch allocation.pool.kind {
                case .cost: shares[column, default: .zero] += allocation.total(of: payer)
                case .income: incomeShares[column, default: .zero] += allocation.total(of: payer)
                }
            }
        }
        for allocation in further {
            for payer in allocation.payers {
                let column = payer.column(chart), amount = allocation.total(of: payer)
                switch allocation.pool.source {
                case .net(isSurplus: true): if payer.isBalance { throughFunds[column, default: .zero] -= amount }
                case .net(isSurplus: false): if payer.isBalance { throughFunds[column, default: .zero] += amount }
                case .left(let fund):
                    throughFunds[column, default: .zero] -= amount
                    throughFunds[Payer.fund(fund).column(chart), default: .zero] += amount
                case .rule, .contributions: break
                }
            }
        }
    }

    mutating func addReceipts() {
        if agreement.approvedBudgetKey != nil {
            for member in chart.members {
                income[member.name, default: .zero] +=
                    sharing.ledger.budget.figure(.approvedBudget, member.name)?.amount ?? .zero
            }
        }
        for receipt in sharing.receipts {
            // What meets a cost stands in the host's column, whoever's bank it reached.
            income[receipt.ledgerOf, default: .zero] += receipt.metCosts
            incomeShares[chart.host, default: .zero] += receipt.metCosts
            if agreement.poolKey(of: receipt.contributor, to: receipt.ledgerOf, in: sharing.ledger.year) != nil {
                income[receipt.ledgerOf, default: .zero] += receipt.contributed
            }
        }
    }

    mutating func addMovements() {
        let year = sharing.ledger.year
        let withoutBooks = sharing.membersWithoutBooks
        let kinds = Dictionary(uniqueKeysWithValues: chart.headings.map { ($0.name, $0.kind) })
        let split = Dictionary(
            uniqueKeysWithValues: chart.headings.map { heading in
                (heading.name, (1...12).map { agreement.isSplit(heading.name, month: $0, of: year) })
            })
        for movement in sharing.movements {
            let ledgerOf = movement.ledgerOf
            for (account, amount) in movement.flows {
                switch account {
                case .heading(let name):
                    if movement.concerning == nil, split[name]?[movement.period.month - 1] ?? false { continue }
                    if kinds[name] == .income {
                        income[ledgerOf, default: .zero] -= amount
                    } else {
                        costs[ledgerOf, default: .zero] += amount
                    }
                case .fund(let name):
                    // A fund's money is its holder's to keep, whoever's bank it reached.
                    throughFunds[ledgerOf, default: .zero] += amount
                    throughFunds[Payer.fund(name).column(chart), default: .zero] -= amount
                case .cash, .reserve, .suspense: break
                }
            }
            if let paid = movement.rechargePaid {
                recharges[ledgerOf, default: .zero] += paid
                // The other side stands nowhere else, so this one says it for both.
                if let other = movement.rechargeCounterpart, withoutBooks.contains(other) {
                    recharges[other, default: .zero] -= paid
                }
            }
        }
    }

    func position(of member: Name<Member>, sharedNet: Money) -> Settlement.Position {
        Settlement.Position(
            member: member, share: shares[member] ?? .zero, paidInOwnLedger: costs[member] ?? .zero,
            shareOfIncome: incomeShares[member] ?? .zero, incomeHeld: income[member] ?? .zero,
            throughFunds: throughFunds[member] ?? .zero, sharedNet: sharedNet,
            rechargesPaid: recharges[member] ?? .zero)
    }
}
