public import Agreements
public import Sterling
public import Ledger

/// All that one rule covers for the year to date: its costs, or its earned income, and in a split
/// rule those of one member concerned. Caps, balances and the rounding bind the pool, never an invoice.
public struct Pool: Sendable {
    public let source: Source
    /// What an amount above zero is; a net outturn counts as a cost, and what a fund left as income.
    public let kind: Heading.Kind
    /// In a split rule the member concerned; else `nil`.
    public let concerning: Name<Member>?
    /// In the statement's order.
    public let rows: [Row]

    /// What holds its rows together.
    public enum Source: Hashable, Sendable {
        /// The rule's index in the agreement.
        case rule(Int)
        /// Contributions that reduce what members owe.
        case contributions(SplitKey)
        /// The partnership's surplus or deficit, taken together.
        case net(isSurplus: Bool)
        /// What an ended fund left.
        case left(Name<Fund>)
    }

    /// A line of the statement, as far as it belongs to the pool.
    public struct Row: Sendable {
        /// `nil` where the pool is no line of the statement: a net outturn, or what a fund left.
        public let line: BudgetLine?
        /// By month, April first, where the rule asks when a cost fell; else one sum.
        let segments: [Money]

        init(line: BudgetLine?, segments: [Money]) {
            self.line = line
            self.segments = segments
        }

        init(line: BudgetLine?, total: Money) { self.init(line: line, segments: [total]) }

        /// More than zero is a cost in a pool of costs and income in a pool of income.
        public var total: Money { segments.sum() }
    }

    /// Of all rows, signed as they are.
    public var total: Money { rows.map(\.total).sum() }

    /// The same rows with the other sign, as one of another kind.
    func turned(_ kind: Heading.Kind) -> Pool {
        Pool(
            source: source, kind: kind, concerning: concerning,
            rows: rows.map { Row(line: $0.line, segments: $0.segments.map { -$0 }) })
    }
}

extension Allocation {
    /// A pool of costs less income, shared as one, as the two that a statement shows: costs, and income with its own
    /// sign. Either is `nil` where it has no rows.
    func split(costs: Int) -> (cost: Allocation?, income: Allocation?) {
        func part(_ rows: Range<Int>, isIncome: Bool) -> Allocation? {
            guard !rows.isEmpty else { return nil }
            let bearing = payers.indices.filter { payer in rows.contains { !exact[$0][payer].isZero } }
            let cost = Pool(source: pool.source, kind: .cost, concerning: pool.concerning, rows: Array(pool.rows[rows]))
            return Allocation(
                pool: isIncome ? cost.turned(.income) : cost, payers: bearing.map { payers[$0] },
                exact: rows.map { row in bearing.map { isIncome ? -exact[row][$0] : exact[row][$0] } },
                shares: rows.map { row in bearing.map { isIncome ? -shares[row][$0] : shares[row][$0] } }, takes: takes)
        }
        return (part(0..<costs, isIncome: false), part(costs..<pool.rows.count, isIncome: true))
    }
}

/// A pool and who bears how much of it.
public struct Allocation: Sendable {
    public let pool: Pool
    /// Those that bear any of it: members, members directly, reserves, contributors and funds, each kind in the
    /// agreement's order.
    public let payers: [Payer]
    /// `exact[row][payer]`, in pence, before the one rounding.
    public let exact: [[Fraction]]
    /// `shares[row][payer]`: rows and payers add up to the penny.
    public let shares: [[Money]]
    /// What each line of the rule took, in the rule's order.
    public let takes: [TakeResult]

    /// What one line of the rule took.
    public struct TakeResult: Sendable {
        public let take: Take
        /// Exact pence, by payer.
        public let amounts: [(payer: Payer, amount: Fraction)]
        /// What a cap or a balance held it to.
        public let limit: Fraction?

        /// Exact pence, of all payers.
        public var total: Fraction { amounts.map(\.amount).sum() }
    }

    /// What a payer bears of all rows, signed as they are; zero for one that bears nothing.
    public func total(of payer: Payer) -> Money {
        guard let column = payers.firstIndex(of: payer) else { return .zero }
        return shares.map { $0[column] }.sum()
    }

    /// What a payer bears: of a pool of income, what it receives of it lowers that.
    public func borne(by payer: Payer) -> Money { pool.kind == .cost ? total(of: payer) : -total(of: payer) }

    /// The same in exact pence, before the one rounding.
    public func exactTotal(of payer: Payer) -> Fraction {
        guard let column = payers.firstIndex(of: payer) else { return .zero }
        return exact.map { $0[column] }.sum()
    }

    /// Payers whose total the rounding moved, and by how much (under a penny).
    public var oddPennies: [(payer: Payer, moved: Fraction)] {
        payers.map { ($0, Fraction(pence: total(of: $0)) - exactTotal(of: $0)) }.filter { !$0.1.isZero }
    }
}
