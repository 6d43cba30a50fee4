public import Sterling
public import Ledger

/// `police at most £10,000 in all`: what a body bears of all rules' costs of a year, at most.
///
/// What is more passes to the line after the one that asks for it, or to the others of its group.
public struct CapInAll: Hashable, Sendable {
    public let party: Party
    public let amount: Money
    public let line: AgreementLine
}

/// `fee hosting 7% of costs`: what the host charges for keeping the partnership, reckoned on the costs to date.
///
/// It is a cost of its heading, posted in the host's ledger by the agreement itself.
public struct Fee: Hashable, Sendable {
    public let heading: Name<Heading>
    /// As a part of 1.
    public let share: Fraction
    /// As the line writes it: `7%`.
    public let written: String
    /// The costs that it is a part of; `nil` is all costs but fees.
    public let of: [Name<Heading>]?
    public let line: AgreementLine
}

/// `clause "Notice" "A member may leave at a year's end, with six months' notice."`
///
/// Printed among the agreement's clauses, and never reckoned.
public struct TextClause: Hashable, Sendable {
    public let title: String
    public let text: String
    public let line: AgreementLine
}

/// `kind safeguarding children`: what a partnership is for, which decides what its report must show.
public enum PartnershipKind: String, Hashable, Sendable, CaseIterable {
    case safeguardingChildren = "safeguarding children"
    case safeguardingAdults = "safeguarding adults"
    case youthJustice = "youth justice"
    case communitySafety = "community safety"
    case pooledBudget = "pooled budget"
    case other
}
