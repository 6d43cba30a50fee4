public import Agreements
public import Sterling
public import Ledger

/// All that one rule covers for the year to date: its costs, or its earned income, and in a split
/// rule those of one member concerned. Caps, balances and the rounding bind the pool, never an invoice.
public struct Pool: Sendable {
    public let source: Source
    public let kind: Heading.Kind
    public let concerning: Name<Member>?
    /// In the statement's order.
    public let rows: [Row]

    public enum Source: Hashable, Sendable {
        case rule(Int)
        /// Contributions that reduce what members owe.
        case contributions(SplitKey)
        /// The partnership's surplus or deficit, taken together.
        case net(isSurplus: Bool)
        /// What an ended fund left.
        case left(Name<Fund>)
    }

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

    public var total: Money { rows.map(\.total).sum() }
}

/// A pool and who bears how much of it.
public struct Allocation: Sendable {
    public let pool: Pool
    public let payers: [Payer]
    /// `exact[row][payer]`, in pence, before the one rounding.
    public let exact: [[Fraction]]
    /// `shares[row][payer]`: rows and payers add up to the penny.
    public let shares: [[Money]]
    /// What each line of the rule took, in the rule's order.
    public let takes: [TakeResult]

    public struct TakeResult: Sendable {
        public let take: Take
        /// Exact pence, by payer.
        public let amounts: [(payer: Payer, amount: Fraction)]
        /// What a cap or a balance held it to.
        public let limit: Fraction?

        public var total: Fraction { amounts.map(\.amount).sum() }
    }

    public func total(of payer: Payer) -> Money {
        guard let column = payers.firstIndex(of: payer) else { return .zero }
        return shares.map { $0[column] }.sum()
    }

    public func exactTotal(of payer: Payer) -> Fraction {
        guard let column = payers.firstIndex(of: payer) else { return .zero }
        return exact.map { $0[column] }.sum()
    }

    /// Payers whose total the rounding moved, and by how much (under a penny).
    public var oddPennies: [(payer: Payer, moved: Fraction)] {
        payers.map { ($0, Fraction(pence: total(of: $0)) - exactTotal(of: $0)) }.filter { !$0.1.isZero }
    }
}
