public import Sterling
public import Ledger

/// `grant dfe £120,000, 2016-03-01 to 2017-02-28, for training, unspent returned`
/// `fund risk-pool, held by icb, unspent carried forward`
///
/// A grant's award and cap run over its life, across years. It is earned as eligible cost is met, so it
/// may be used before it is received; a fund can give no more than it holds.
public struct FundTerm: Hashable, Sendable {
    public let name: Name<Fund>
    /// A grant's award; `nil` for a fund that holds what is put to it.
    public let award: Money?
    /// When cost is eligible; a fund's is always.
    public let life: Span
    /// What it may be spent on; `nil` is anything.
    public let ringFence: [Name<Heading>]?
    /// An unconditional grant belongs to the partnership when it is received.
    public let isConditional: Bool
    /// As what its balance stands in a statement.
    public let holdsAs: HeldAs
    /// For whom it is held; `nil` where the line says nothing of it.
    public let owner: Party?
    /// The part of an eligible cost that others must meet.
    public let match: Fraction?
    /// As the line writes it: `20%`.
    public let matchWritten: String?
    /// How much of the match may be given in kind.
    public let inKindMost: Money?
    public let unspent: Unspent
    public let line: AgreementLine

    public var isGrant: Bool { award != nil }

    /// Law 7: a balance states as what it is held.
    public enum HeldAs: String, Hashable, Sendable, CaseIterable {
        case earmarkedReserve = "earmarked reserve"
        case receiptInAdvance = "receipt in advance"
        case creditor
    }

    /// What becomes of what is left; `ends(in:)` says when.
    public enum Unspent: Hashable, Sendable {
        case returned
        case carriedForward
        case shared(SplitKey)
    }

    /// Whether what is left leaves the fund at a year's end: a grant's when its life ends, a fund's every year.
    public func ends(in year: FinancialYear) -> Bool {
        guard unspent != .carriedForward else { return false }
        guard isGrant, let last = life.to else { return true }
        return last <= year.lastDay(ofMonth: 12)
    }
}

/// `scheme equipment "Community equipment", led by icb, for equipment adaptations`
public struct Scheme: Hashable, Sendable {
    public let name: Name<Scheme>
    public let title: String
    /// Whom a rule for the scheme means by `lead`.
    public let lead: Name<Member>
    /// In the line's order; a heading belongs to one scheme at most.
    public let headings: [Name<Heading>]
    public let line: AgreementLine
}
