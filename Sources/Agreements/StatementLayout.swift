public import Ledger
public import Sterling

/// How the agreement has its statement printed: sections, rows with their labels, signs.
public struct StatementLayout: Hashable, Sendable {
    public let signs: Signs
    public let sections: [Section]

    public init(signs: Signs, sections: [Section]) {
        self.signs = signs
        self.sections = sections
    }

    /// `signs funding negative, expenditure positive`: how amounts that are more than zero print.
    public struct Signs: Hashable, Sendable {
        public let funding: Sign
        public let expenditure: Sign

        public init(funding: Sign, expenditure: Sign) {
            self.funding = funding
            self.expenditure = expenditure
        }

        public func printed(_ amount: Money, _ side: Side) -> Money {
            (side == .funding ? funding : expenditure) == .negative ? -amount : amount
        }
    }

    public enum Sign: String, Hashable, Sendable { case positive, negative }

    /// Whether more of it leaves the partnership better or worse off.
    public enum Side: Hashable, Sendable { case funding, expenditure }

    public struct Section: Hashable, Sendable {
        public let title: String
        public let rows: [Row]

        public init(title: String, rows: [Row]) {
            self.title = title
            self.rows = rows
        }
    }

    public struct Row: Hashable, Sendable {
        public let content: Content
        public let label: String

        public init(content: Content, label: String) {
            self.content = content
            self.label = label
        }
    }

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

    public var rows: [Row] { sections.flatMap(\.rows) }
}
