public import Sterling
public import Findings

/// Where money lies or goes.
public enum Account: Hashable, Sendable, Codable {
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
/// Three parties never stand in for each other: `ledgerOf` (whose books it is in), the body whose cash `from` is (who
/// paid it in) and `concerning` (whose case it is).
///
/// A posting is a view of one row of `Postings`, which holds a million of them in some 60 bytes each;
/// its texts are made when they are asked for.
public struct Posting: Sendable {
    let storage: PostingStorage
    let index: Int

    init(storage: PostingStorage, index: Int) {
        self.storage = storage
        self.index = index
    }

    /// A posting that stands alone.
    ///
    /// - Parameter amount: not negative; a movement the other way swaps the accounts.
    public init(
        amount: Money, from: Account, to: Account, ledgerOf: Name<Member>, concerning: Name<Member>? = nil,
        period: Period,
        date: CalendarDate? = nil, document: String = "", code: String = "", description: String = "",
        isAccrual: Bool = false, journal: String? = nil, place: Place
    ) {
        var postings = Postings()
        postings.append(
            amount: amount, from: from, to: to, ledgerOf: ledgerOf, concerning: concerning, period: period, date: date,
            document: document,
            code: code, description: description, isAccrual: isAccrual, journal: journal, place: place)
        self = postings[0]
    }

    private var record: PostingStorage.Record { storage.records[index] }

    /// Not below zero: the accounts say which way it goes.
    public var amount: Money { Money(pence: record.amountPence) }
    public var from: Account { storage.accounts.values[Int(record.from)] }
    public var to: Account { storage.accounts.values[Int(record.to)] }
    public var ledgerOf: Name<Member> { storage.members.values[Int(record.ledgerOf)] }
    /// The member whose case it is; `nil` where it concerns none.
    public var concerning: Name<Member>? {
        record.concerning == .max ? nil : storage.members.values[Int(record.concerning)]
    }
    public var period: Period { Period(Int(record.period))! }
    /// The day of the transaction; `nil` where its row has none.
    public var date: CalendarDate? { CalendarDate(packed: record.date) }
    /// The document's number as the export has it, or the number of the journal; empty where there is none.
    public var document: String { storage.documents[record.document] }
    /// The ledger's own code; empty where there is none, as in a journal.
    public var code: String { storage.codes[record.code] }
    /// Empty where there is none.
    public var description: String { storage.descriptions[record.description] }
    /// Whether the map calls the document an accrual.
    public var isAccrual: Bool { record.isAccrual }
    /// Whether a numbered journal made it, rather than a row of an export.
    public var isJournal: Bool { record.isJournal }
    /// The number of the journal that made it; `nil` for a row of an export.
    public var journal: String? { isJournal ? document : nil }
    /// The cell that the amount came from.
    public var place: Place {
        Place(storage.sources.values[Int(record.source)], row: Int(record.row), column: Int(record.column))
    }

    /// What this posting adds to an account: above zero where the money goes to it.
    public func flow(into account: Account) -> Money {
        if to == account { return from == account ? .zero : amount }
        return from == account ? -amount : .zero
    }

    /// The headings it touches: one as a rule, two where a journal moves a cost between them.
    public var headings: [Name<Heading>] {
        [from, to].compactMap { if case .heading(let name) = $0 { name } else { nil } }
    }
}

/// All that moved between two accounts in one ledger, period and case: what a year's figures are made of.
public struct Movement: Sendable {
    public let from: Account
    public let to: Account
    public let ledgerOf: Name<Member>
    /// `nil` for postings that concern no member.
    public let concerning: Name<Member>?
    public let period: Period
    /// Journals and rows of exports are added up apart.
    public let isJournal: Bool
    /// Not below zero.
    public let amount: Money
    /// How many postings it adds up.
    public let postings: Int
}
