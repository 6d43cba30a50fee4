public import Ledger
public import Sterling

/// How the agreement has its statement printed: sections, rows with their labels, signs.
public struct StatementLayout: Hashable, Sendable {
    public let signs: Signs
    /// In the order in which they are printed.
    public let sections: [Section]

    /// Takes its parts as they are, unchecked.
    public init(signs: Signs, sections: [Section]) {
        self.signs = signs
        self.sections = sections
    }

    /// `signs funding negative, expenditure positive`: how amounts that are more than zero print.
    public struct Signs: Hashable, Sendable {
        public let funding: Sign
        public let expenditure: Sign

        /// The sign of either side's amounts above zero.
        public init(funding: Sign, expenditure: Sign) {
            self.funding = funding
            self.expenditure = expenditure
        }

        /// - Parameter amount: natural, so above zero on both sides.
        /// - Returns: the amount with the sign that the side is printed with.
        public func printed(_ amount: Money, _ side: Side) -> Money {
            (side == .funding ? funding : expenditure) == .negative ? -amount : amount
        }
    }

    /// How an amount above zero is printed: `1,234` or `-1,234`.
    public enum Sign: String, Hashable, Sendable { case positive, negative }

    /// Whether more of it leaves the partnership better or worse off.
    public enum Side: Hashable, Sendable { case funding, expenditure }

    /// `section "Expenditure"` and the rows below it, in their order.
    public struct Section: Hashable, Sendable {
        public let title: String
        public let rows: [Row]

        /// Takes its parts as they are, unchecked.
        public init(title: String, rows: [Row]) {
            self.title = title
            self.rows = rows
        }
    }

    /// `cost training "Training"`: what a row shows, and the label that it prints.
    public struct Row: Hashable, Sendable {
        public let content: Content
        public let label: String

        /// Takes its parts as they are, unchecked.
        public init(content: Content, label: String) {
            self.content = content
            self.label = label
        }
    }

    /// What a row's amounts are: a line's own, a total, or what is worked out.
    public enum Content: Hashable, Sendable {
        case line(BudgetLine)
        /// Of the lines named, or of all lines above in the section.
        case total(of: [BudgetLine]?)
        case metFromReserves
        case metFromPartners
        /// Costs that grants and funds met.
        case metFromFunds
        case netOutturn
        /// What the partnership's surplus or deficit, shared by its own line, moves between members.
        case sharedNetOutturn
        case broughtForward
        case adjustment
        case appropriations
        case spentFromReserves
        /// What ended funds left, shared among the members' reserves.
        case sharedFromFunds
        case contributionToReserves
        case metFromGeneralFund
        case returnedToGeneralFund
        case carriedForward
    }

    /// Of all sections, one after the other.
    public var rows: [Row] { sections.flatMap(\.rows) }
}
