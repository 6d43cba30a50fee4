public import Sterling
public import Findings

/// A year's postings, held compactly: one record of 48 bytes each, and their texts once.
///
/// Their sums by accounts, ledger, period and case are kept as they come in, so that sharing costs and
/// stating them don't depend on how many postings there are.
public struct Postings: RandomAccessCollection, Sendable, ExpressibleByArrayLiteral {
    private var storage = PostingStorage()

    public init() {}

    public init(_ postings: some Sequence<Posting>) { for posting in postings { append(posting) } }

    public init(arrayLiteral postings: Posting...) { self.init(postings) }

    /// More than this in all is no partnership's year. Whatever is added up of postings then fits a word.
    public static let mostPence = 1_000_000_000_000_000_000

    /// Whether a posting was refused because all of them together passed `mostPence`.
    public var isFull: Bool { storage.isFull }

    public var startIndex: Int { 0 }
    public var endIndex: Int { storage.records.count }
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
                document: storage.texts.id(journal ?? document), description: storage.texts.id(description),
                code: storage.texts.id(code),
                from: storage.accounts.id(from), to: storage.accounts.id(to), ledgerOf: storage.members.id(ledgerOf),
                concerning: concerning.map { storage.members.id($0) } ?? .max, source: storage.sources.id(place.source),
                column: UInt16(clamping: place.column), period: UInt8(period.number), isAccrual: isAccrual,
                isJournal: journal != nil))
    }

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
    public mutating func account(_ account: Account) -> UInt16 { makeUnique(); return storage.accounts.id(account) }
    public mutating func member(_ name: Name<Member>) -> UInt16 { makeUnique(); return storage.members.id(name) }
    public mutating func source(_ source: Place.Source) -> UInt16 { makeUnique(); return storage.sources.id(source) }

    /// The same as the other `append`, with numbers from `account`, `member` and `source`, and texts as bytes of UTF-8.
    public mutating func append(
        pence: Int, from: UInt16, to: UInt16, ledgerOf: UInt16, concerning: UInt16?, period: Period,
        date: CalendarDate?,
        journal: UnsafeBufferPointer<UInt8>, description: UnsafeBufferPointer<UInt8>, source: UInt16, row: Int,
        column: Int
    ) {
        precondition(pence >= 0, "a posting moves a positive amount")
        makeUnique()
        let storage = storage
        storage.append(
            PostingStorage.Record(
                amountPence: pence, date: date?.packed ?? 0, row: Int32(clamping: row),
                document: storage.texts.id(journal), description: storage.texts.id(description),
                code: 0, from: from, to: to, ledgerOf: ledgerOf, concerning: concerning ?? .max, source: source,
                column: UInt16(clamping: column),
                period: UInt8(period.number), isAccrual: false, isJournal: true))
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

/// What `Postings` holds; changed only while one collection alone refers to it.
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
    var texts = TextPool()
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
        (records, accounts, members, sources, texts) = (
            other.records, other.accounts, other.members, other.sources, other.texts
        )
        (totalPence, isFull) = (other.totalPence, other.isFull)
        (sums, sumIndices) = (other.sums, other.sumIndices)
    }

    init(copying other: PostingStorage, upTo period: UInt8) {
        (accounts, members, sources, texts) = (other.accounts, other.members, other.sources, other.texts)
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

/// Values told apart by small numbers.
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

/// Texts one after the other; those that come again soon are held once. The number 0 is the empty text.
struct TextPool: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = [0]
    /// By a few bits of its hash, the text last seen.
    private var recent = Array(repeating: UInt32(0), count: 1 << 12)

    subscript(id: UInt32) -> String {
        id == 0 ? "" : String(decoding: bytes[ends[Int(id) - 1]..<ends[Int(id)]], as: UTF8.self)
    }

    mutating func id(_ text: String) -> UInt32 {
        if text.isEmpty { return 0 }
        var text = text
        return text.withUTF8 { id($0) }
    }

    mutating func id(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        if text.isEmpty { return 0 }
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let slot = Int(truncatingIfNeeded: hash >> 52)
        let known = Int(recent[slot])
        if known != 0, ends[known] - ends[known - 1] == text.count,
            bytes[ends[known - 1]..<ends[known]].elementsEqual(text)
        {
            return UInt32(known)
        }
        precondition(ends.count < Int(UInt32.max), "more texts than a ledger can hold")
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        recent[slot] = UInt32(ends.count - 1)
        return recent[slot]
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
