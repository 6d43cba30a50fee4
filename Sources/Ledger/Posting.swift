public import Sterling
public import Findings

/// Where money lies or goes.
public enum Account: Hashable, Sendable {
    /// Cash held by a party.
    case cash(Party)
    case heading(Name<Heading>)
    /// A member's reserve.
    case reserve(Name<Member>)
    /// A fund or grant: what flows into it was received for it, or moved to it.
    case fund(Name<Fund>)
    /// A row whose heading isn't known yet, in the books of a member.
    case suspense(Name<Member>)
}

/// One movement of money: a positive amount from one account to another.
///
/// A cost goes from its payer's cash to a heading, income from a heading to its holder's cash, so a
/// ledger can't be out of balance. A refund of a cost goes back the same way; nothing is edited.
///
/// Three parties never stand in for each other: `ledgerOf` (whose books it is in), `contributor`
/// (who paid it in) and `concerning` (whose case it is).
public struct Posting: Sendable {
    public let amount: Money
    public let from: Account
    public let to: Account
    public let ledgerOf: Name<Member>
    public let concerning: Name<Member>?
    public let period: Period
    public let date: CalendarDate?
    public let document: String
    public let code: String
    public let description: String
    /// Whether the map calls the document an accrual.
    public let isAccrual: Bool
    /// The number of the journal that made it; `nil` for a row of an export.
    public let journal: String?
    /// The cell that the amount came from.
    public let place: Place

    /// - Parameter amount: not negative; a movement the other way swaps the accounts.
    public init(
        amount: Money, from: Account, to: Account, ledgerOf: Name<Member>, concerning: Name<Member>? = nil, period: Period,
        date: CalendarDate? = nil, document: String = "", code: String = "", description: String = "",
        isAccrual: Bool = false, journal: String? = nil, place: Place
    ) {
        precondition(!amount.isNegative, "a posting moves a positive amount")
        self.amount = amount
        self.from = from
        self.to = to
        self.ledgerOf = ledgerOf
        self.concerning = concerning
        self.period = period
        self.date = date
        self.document = document
        self.code = code
        self.description = description
        self.isAccrual = isAccrual
        self.journal = journal
        self.place = place
    }

    /// What this posting adds to an account: more than nought where the money goes to it.
    public func flow(into account: Account) -> Money {
        if to == account { return from == account ? .zero : amount }
        return from == account ? -amount : .zero
    }

    /// The headings it touches: one as a rule, two where a journal moves a cost between them.
    public var headings: [Name<Heading>] {
        [from, to].compactMap { if case .heading(let name) = $0 { name } else { nil } }
    }
}
