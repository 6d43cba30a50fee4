public import Sterling
public import Findings

/// A year's postings, held compactly: one record of 48 bytes each, and their texts once.
///
/// Their sums by accounts, ledger, period and case are kept as they come in, so that sharing costs and
/// stating them don't depend on how many postings there are.
public struct Postings: RandomAccessCollection, Sendable, ExpressibleByArrayLiteral {
    /// Other files of this type read it; only this one writes it.
    private(set) var storage = PostingStorage()

    /// No postings.
    public init() {}

    /// Appends one after the other.
    public init(_ postings: some Sequence<Posting>) { for posting in postings { append(posting) } }

    /// Appends one after the other.
    public init(arrayLiteral postings: Posting...) { self.init(postings) }

    /// More than this in all is no partnership's year. Whatever is added up of postings then fits a word.
    public static let mostPence = 1_000_000_000_000_000_000

    /// Whether a posting was refused because all of them together passed `mostPence`.
    public var isFull: Bool { storage.isFull }

    public var startIndex: Int { 0 }
    public var endIndex: Int { storage.records.count }
    /// A view of a posting, whose texts are made when they are asked for.
    public subscript(index: Int) -> Posting { Posting(storage: storage, index: index) }

    private mutating func makeUnique() {
        if !isKnownUniquelyReferenced(&storage) { storage = PostingStorage(copying: storage) }
    }

    /// - Parameters:
    ///   - amount: not negative; a movement the other way swaps the accounts.
    ///   - journal: the number of the journal, which is then its document.
    public mutating func append(
        amount: Money, from: Account, to: Account, ledgerOf: Name<Member>, concerning: Name<Member>? = nil,
        period: Period,
        date: CalendarDate? = nil, document: String = "", code: String = "", description: String = "",
        isAccrual: Bool = false, journal: String? = nil, place: Place
    ) {
        precondition(!amount.isNegative, "a posting moves a positive amount")
        makeUnique()
        let storage = storage
        storage.append(
            PostingStorage.Record(
                amountPence: amount.pence, date: date?.packed ?? 0, row: place.row,
                document: storage.documents.id(journal ?? document),
                description: storage.descriptions.id(description), code: storage.codes.id(code),
                from: storage.accounts.id(from), to: storage.accounts.id(to), ledgerOf: storage.members.id(ledgerOf),
                concerning: concerning.map { storage.members.id($0) } ?? .max, source: storage.sources.id(place.source),
                column: UInt16(clamping: place.column), period: UInt8(period.number), isAccrual: isAccrual,
                isJournal: journal != nil))
    }

    /// Appends a posting of another collection, whose numbers for names and texts are others.
    public mutating func append(_ posting: Posting) {
        append(
            amount: posting.amount, from: posting.from, to: posting.to, ledgerOf: posting.ledgerOf,
            concerning: posting.concerning, period: posting.period,
            date: posting.date, document: posting.document, code: posting.code, description: posting.description,
            isAccrual: posting.isAccrual,
            journal: posting.journal, place: posting.place)
    }

    /// Takes another's postings in; the first to come hands its storage over.
    public mutating func append(_ others: Postings) {
        if isEmpty { storage = others.storage } else { for posting in others { append(posting) } }
    }

    /// Numbers that stand for accounts, members, files and texts, for a reader that appends a million rows.
    public mutating func account(_ account: Account) -> UInt16 {
        makeUnique()
        return storage.accounts.id(account)
    }
    /// The number of a member, for `ledgerOf` and `concerning` of a `Row`.
    public mutating func member(_ name: Name<Member>) -> UInt16 {
        makeUnique()
        return storage.members.id(name)
    }
    /// The number of a file, or of one sheet of it, for `source` of a `Row`.
    public mutating func source(_ source: Place.Source) -> UInt16 {
        makeUnique()
        return storage.sources.id(source)
    }
    /// A document's number or name, in UTF-8; equal ones have one number.
    public mutating func document(_ bytes: Span<UInt8>) -> UInt32 {
        makeUnique()
        return storage.documents.id(bytes)
    }
    /// A code of the ledger; equal ones have one number, and 0 is the empty one.
    public mutating func code(_ text: String) -> UInt32 {
        makeUnique()
        return storage.codes.id(text)
    }
    /// A description in UTF-8; equal ones may have several numbers, and 0 is the empty one.
    public mutating func description(_ bytes: Span<UInt8>) -> UInt32 {
        makeUnique()
        return storage.descriptions.id(bytes)
    }

    /// A posting in numbers: what the other `append` makes of names and texts.
    ///
    /// Accounts, members, sources and texts are numbers that this collection gave. `row` and `column` count from 1.
    public struct Row: Sendable {
        /// Not below zero: the accounts say which way it goes.
        public var pence: Int
        public var from: UInt16
        public var to: UInt16
        public var ledgerOf: UInt16
        /// `nil` where it concerns no member.
        public var concerning: UInt16?
        public var period: Period
        public var date: CalendarDate?
        /// The journal's number where `isJournal`.
        public var document: UInt32
        public var code: UInt32
        public var description: UInt32
        public var isAccrual: Bool
        public var isJournal: Bool
        public var source: UInt16
        public var row: Int
        public var column: Int

        /// Takes its parts as they are; `append` checks the amount.
        public init(
            pence: Int, from: UInt16, to: UInt16, ledgerOf: UInt16, concerning: UInt16?, period: Period,
            date: CalendarDate?, document: UInt32, code: UInt32, description: UInt32, isAccrual: Bool,
            isJournal: Bool, source: UInt16, row: Int, column: Int
        ) {
            (self.pence, self.from, self.to, self.ledgerOf) = (pence, from, to, ledgerOf)
            (self.concerning, self.period, self.date) = (concerning, period, date)
            (self.document, self.code, self.description) = (document, code, description)
            (self.isAccrual, self.isJournal) = (isAccrual, isJournal)
            (self.source, self.row, self.column) = (source, row, column)
        }
    }

    /// - Precondition: the numbers are those that this collection gave; the amount is not below zero.
    public mutating func append(_ row: Row) {
        precondition(row.pence >= 0, "a posting moves a positive amount")
        makeUnique()
        storage.append(
            PostingStorage.Record(
                amountPence: row.pence, date: row.date?.packed ?? 0, row: Int32(clamping: row.row),
                document: row.document, description: row.description, code: row.code, from: row.from, to: row.to,
                ledgerOf: row.ledgerOf, concerning: row.concerning ?? .max, source: row.source,
                column: UInt16(clamping: row.column), period: UInt8(row.period.number), isAccrual: row.isAccrual,
                isJournal: row.isJournal))
    }

    /// The postings up to a period.
    public func upTo(_ period: Period) -> Postings {
        var postings = Postings()
        postings.storage = PostingStorage(copying: storage, upTo: UInt8(period.number))
        return postings
    }

    /// Sums by accounts, ledger, case and period, in no order that means anything.
    public var movements: [Movement] {
        storage.sums.map { sum in
            let record = sum.record
            return Movement(
                from: storage.accounts.values[Int(record.from)], to: storage.accounts.values[Int(record.to)],
                ledgerOf: storage.members.values[Int(record.ledgerOf)],
                concerning: record.concerning == .max ? nil : storage.members.values[Int(record.concerning)],
                period: Period(Int(record.period))!,
                isJournal: record.isJournal, amount: Money(pence: sum.pence), postings: sum.count)
        }
    }
}

/// What `Postings` holds.
///
/// It may be sent anywhere without being checked, because `Postings` copies it before the first change that another
/// collection or a posting could see: whoever shares it only ever reads it.
final class PostingStorage: @unchecked Sendable {
    struct Record {
        let amountPence: Int
        let date: Int32
        let row: Int32
        let document: UInt32
        let description: UInt32
        let code: UInt32
        let from: UInt16
        let to: UInt16
        let ledgerOf: UInt16
        /// The greatest number where it concerns no member.
        let concerning: UInt16
        let source: UInt16
        let column: UInt16
        let period: UInt8
        let isAccrual: Bool
        let isJournal: Bool

        /// - Parameter documents: what stands for each document's number.
        func isLikelyDuplicate(of other: Record, documents: [UInt32]) -> Bool {
            documents[Int(document)] == documents[Int(other.document)] && code == other.code
                && amountPence == other.amountPence && to == other.to
                && date == other.date && ledgerOf == other.ledgerOf
        }
    }

    struct Sum {
        let record: Record
        var pence: Int
        var count: Int
    }

    private(set) var records: [Record] = []
    /// The one limit on sums of postings: all of them, whatever their direction.
    private var totalPence = 0
    private(set) var isFull = false
    var accounts = Interned<Account>()
    var members = Interned<Name<Member>>()
    var sources = Interned<Place.Source>()
    var documents = TextPool(isComplete: true)
    var codes = TextPool(isComplete: true)
    var descriptions = TextPool(isComplete: false)
    private(set) var sums: [Sum] = []
    private var sumIndices: [Key: Int] = [:]
    private var lastKey: Key?
    private var lastSum = 0

    private struct Key: Hashable {
        let parts: UInt64
        let period: UInt8
        let isJournal: Bool
    }

    init() {}

    init(copying other: PostingStorage) {
        (records, accounts, members, sources) = (other.records, other.accounts, other.members, other.sources)
        (documents, codes, descriptions) = (other.documents, other.codes, other.descriptions)
        (totalPence, isFull) = (other.totalPence, other.isFull)
        (sums, sumIndices) = (other.sums, other.sumIndices)
    }

    init(copying other: PostingStorage, upTo period: UInt8) {
        (accounts, members, sources) = (other.accounts, other.members, other.sources)
        (documents, codes, descriptions) = (other.documents, other.codes, other.descriptions)
        for record in other.records where record.period <= period { append(record) }
    }

    func append(_ record: Record) {
        guard record.amountPence <= Postings.mostPence - totalPence else { return isFull = true }
        totalPence += record.amountPence
        records.append(record)
        let accounts: UInt64 = UInt64(record.from) << 16 | UInt64(record.to)
        let parties: UInt64 = UInt64(record.ledgerOf) << 16 | UInt64(record.concerning)
        let key = Key(parts: accounts << 32 | parties, period: record.period, isJournal: record.isJournal)
        if key != lastKey {
            lastKey = key
            lastSum =
                sumIndices[key]
                ?? {
                    sums.append(Sum(record: record, pence: 0, count: 0))
                    sumIndices[key] = sums.count - 1
                    return sums.count - 1
                }()
        }
        sums[lastSum].pence += record.amountPence
        sums[lastSum].count += 1
    }
}

/// Values named by small numbers.
struct Interned<Value: Hashable & Sendable>: Sendable {
    private(set) var values: [Value] = []
    private var ids: [Value: UInt16] = [:]
    private var last: (value: Value, id: UInt16)?

    mutating func id(_ value: Value) -> UInt16 {
        if let last, last.value == value { return last.id }
        let id =
            ids[value]
            ?? {
                // An agreement declares its names, and a year has its files: far fewer than this.
                precondition(values.count < Int(UInt16.max), "more names than a ledger can hold")
                values.append(value)
                ids[value] = UInt16(values.count - 1)
                return UInt16(values.count - 1)
            }()
        last = (value, id)
        return id
    }
}

extension CalendarDate {
    /// Year, month and day in one number; never 0.
    var packed: Int32 { Int32(year * 512 + month * 32 + day) }

    init?(packed: Int32) {
        guard packed != 0 else { return nil }
        self.init(year: Int(packed) / 512, month: Int(packed) / 32 % 16, day: Int(packed) % 32)
    }
}
