public import Sterling
public import Findings

/// A year's postings, held compactly: one record of 48 bytes each, and their texts once.
///
/// Their sums by accounts, ledger, period and case are kept as they come in, so that sharing costs and
/// stating them don't depend on how many postings there are.
public struct Postings: RandomAccessCollection, Sendable, ExpressibleByArrayLiteral {
    private var storage = PostingStorage()

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

// MARK: Questions that need no text

extension Postings {
    /// Postings of exports that share ledger, document, code, amount, direction and date with an earlier one, in
    /// their order, each with the first such.
    public var likelyDuplicates: [(posting: Posting, earlier: Posting)] {
        let storage = storage
        // By document, the first posting that has it; further ones that differ from it form a chain.
        var first = [Int32](repeating: -1, count: storage.documents.count + 1)
        var next: [Int32: Int32] = [:]
        var found: [(posting: Posting, earlier: Posting)] = []
        var crowded: [DuplicateKey: Int32] = [:]
        for (index, record) in storage.records.enumerated() where record.document != 0 && !record.isJournal {
            let document = Int(record.document)
            guard first[document] >= 0 else {
                first[document] = Int32(index)
                continue
            }
            var at = first[document], length = 1
            while !storage.records[Int(at)].isLikelyDuplicate(of: record), let following = next[at], length < 8 {
                (at, length) = (following, length + 1)
            }
            if storage.records[Int(at)].isLikelyDuplicate(of: record) {
                found.append((self[index], self[Int(at)]))
            } else if length < 8 {
                next[at] = Int32(index)
            } else {
                // One document with many lines: its further ones are looked up.
                let key = DuplicateKey(record)
                if let earlier = crowded[key] {
                    found.append((self[index], self[Int(earlier)]))
                } else {
                    crowded[key] = Int32(index)
                }
            }
        }
        return found
    }

    /// Rows of exports that stand in another member's ledger too: of one document, date, amount, description, heading
    /// and direction, in their order, each with the first such. Both sides of a recharge are not alike.
    public var rowsInTwoLedgers: [(posting: Posting, earlier: Posting)] {
        let storage = storage
        // Documents that several ledgers have; most have one.
        var ledger = [UInt16](repeating: .max, count: storage.documents.count + 1)
        var isShared = [Bool](repeating: false, count: storage.documents.count + 1), isAny = false
        for record in storage.records where record.document != 0 && record.date != 0 && !record.isJournal {
            let document = Int(record.document)
            if ledger[document] == .max { ledger[document] = record.ledgerOf }
            if ledger[document] != record.ledgerOf { (isShared[document], isAny) = (true, true) }
        }
        guard isAny else { return [] }
        let ownCash = ownCash
        var first: [RowKey: Int32] = [:]
        var found: [(posting: Posting, earlier: Posting)] = []
        for (index, record) in storage.records.enumerated()
        where !record.isJournal && record.date != 0 && isShared[Int(record.document)] {
            guard self[index].headings.count == 1, record.description != 0 else { continue }
            // Each ledger has codes of its own.
            let key = RowKey(
                record, storage.descriptions[record.description], ownCash: ownCash[Int(record.ledgerOf)],
                isCodeRead: false)
            guard let earlier = first[key] else {
                first[key] = Int32(index)
                continue
            }
            if storage.records[Int(earlier)].ledgerOf != record.ledgerOf {
                found.append((self[index], self[Int(earlier)]))
            }
        }
        return found
    }

    /// Rows of exports without a document's number that say in all what an earlier row of their ledger says, and have a
    /// description: how many there are in a file or sheet, with the first of them and the row like it.
    public var unnumberedTwice: [SharedRows] {
        let storage = storage, ownCash = ownCash
        var first: [UnnumberedKey: [Int32]] = [:]
        var found: [UInt16: (count: Int, of: Int, later: Int, earlier: Int)] = [:]
        var twice: [(later: Int, earlier: Int)] = []
        // Rows that take one back: as much the other way, with the same text; each takes back one.
        var back: [RowKey: Int] = [:]
        func taking(_ record: PostingStorage.Record, isTurned: Bool) -> RowKey {
            RowKey(record, storage.descriptions[record.description], isTurned: isTurned)
        }
        for (index, record) in storage.records.enumerated() where record.document == 0 && !record.isJournal {
            guard record.description != 0 else { continue }
            let key = UnnumberedKey(record)
            let alike = first[key]?.first { earlier in
                let other = storage.records[Int(earlier)]
                return RowKey(other, storage.descriptions[other.description], ownCash: ownCash[Int(other.ledgerOf)])
                    == RowKey(record, storage.descriptions[record.description], ownCash: ownCash[Int(record.ledgerOf)])
            }
            if let alike {
                twice.append((index, Int(alike)))
            } else {
                first[key, default: []].append(Int32(index))
            }
        }
        if !twice.isEmpty {
            for record in storage.records where record.document == 0 && !record.isJournal && record.description != 0 {
                back[taking(record, isTurned: true), default: 0] += 1
            }
        }
        for (later, earlier) in twice {
            let key = taking(storage.records[later], isTurned: false)
            guard back[key, default: 0] == 0 else {
                back[key]! -= 1
                continue
            }
            found[storage.records[later].source, default: (0, 0, later, earlier)].count += 1
        }
        return found.sorted { $0.value.later < $1.value.later }.map { _, rows in
            SharedRows(count: rows.count, of: rows.count, later: self[rows.later], earlier: self[rows.earlier])
        }
    }

    /// What is compared before any text is.
    private struct UnnumberedKey: Hashable {
        let pence: Int
        let place: UInt64
        let date: Int32
        let period: UInt8

        init(_ record: PostingStorage.Record) {
            pence = record.amountPence
            place = UInt64(record.code) << 32 | UInt64(record.to) << 16 | UInt64(record.ledgerOf)
            date = record.date
            period = record.period
        }
    }

    /// The cash of each ledger's own member: a row says the same in any member's ledger.
    private var ownCash: [Int] {
        storage.members.values.map { member in storage.accounts.values.firstIndex(of: .cash(.member(member))) ?? -1 }
    }

    private struct DuplicateKey: Hashable {
        let numbers: [Int]

        init(_ record: PostingStorage.Record) {
            numbers = [
                Int(record.ledgerOf), Int(record.document), Int(record.code), record.amountPence, Int(record.to),
                Int(record.date),
            ]
        }
    }

    /// A file or sheet nearly all of whose rows stand in another one, too.
    public struct SharedRows: Sendable {
        /// Of the source with fewer rows, how many stand in the other, of how many that it has.
        public let count: Int
        public let of: Int
        /// The first such row of the source with fewer rows, and the one like it.
        public let later: Posting
        public let earlier: Posting
    }

    /// Exports, or sheets of them, of which four in five rows stand in another: rows of one code, amount, direction,
    /// period, date, document and description, as often as both have them. One row alone must have a date and a text.
    public var rowsInTwoFiles: [SharedRows] {
        let storage = storage
        var rows = [Int](repeating: 0, count: storage.sources.values.count)
        for record in storage.records where !record.isJournal { rows[Int(record.source)] += 1 }
        guard rows.count(where: { $0 > 0 }) > 1 else { return [] }
        let ownCash = ownCash
        // Rows that say the same, by source.
        var alike: [RowKey: [UInt16: (count: Int, first: Int32)]] = [:]
        for (index, record) in storage.records.enumerated() where !record.isJournal {
            let key = RowKey(record, storage.descriptions[record.description], ownCash: ownCash[Int(record.ledgerOf)])
            alike[key, default: [:]][record.source, default: (0, Int32(index))].count += 1
        }
        struct Shared {
            var count = 0
            var first: Int32 = .max
            var other: Int32 = .max
        }
        var shared: [[UInt16]: Shared] = [:]
        for sources in alike.values where sources.count > 1 {
            let ordered = sources.sorted { (rows[Int($0.key)], $1.key) < (rows[Int($1.key)], $0.key) }
            for (place, small) in ordered.enumerated() {
                for large in ordered.dropFirst(place + 1) {
                    var found = shared[[small.key, large.key]] ?? Shared()
                    found.count += Swift.min(small.value.count, large.value.count)
                    if small.value.first < found.first {
                        (found.first, found.other) = (small.value.first, large.value.first)
                    }
                    shared[[small.key, large.key]] = found
                }
            }
        }
        func saysEnough(_ record: PostingStorage.Record) -> Bool {
            record.date != 0 && (record.document != 0 || record.description != 0)
        }
        return shared.filter { sources, found in
            (found.count > 1 || saysEnough(storage.records[Int(found.first)]))
                && found.count * 5 >= rows[Int(sources[0])] * 4
        }.sorted { $0.value.first < $1.value.first }.map { sources, found in
            SharedRows(
                count: found.count, of: rows[Int(sources[0])], later: self[Int(found.first)],
                earlier: self[Int(found.other)])
        }
    }

    private struct RowKey: Hashable {
        let numbers: [Int]
        let description: String

        /// - Parameter ownCash: the cash of the ledger's own member: a row says the same in any member's ledger.
        init(_ record: PostingStorage.Record, _ description: String, ownCash: Int, isCodeRead: Bool = true) {
            func account(_ number: UInt16) -> Int { Int(number) == ownCash ? -1 : Int(number) }
            numbers = [
                Int(record.document), isCodeRead ? Int(record.code) : 0, record.amountPence, Int(record.date),
                Int(record.period), account(record.to), account(record.from),
            ]
            self.description = description
        }

        /// What a row and the one that takes it back have alike, whenever they came.
        ///
        /// - Parameter isTurned: of the row that takes back.
        init(_ record: PostingStorage.Record, _ description: String, isTurned: Bool) {
            numbers = [
                Int(record.code), record.amountPence, Int(isTurned ? record.from : record.to),
                Int(isTurned ? record.to : record.from), Int(record.ledgerOf),
            ]
            self.description = description
        }
    }

    /// Journals that say in all what an earlier one says, in their order, each with the first such.
    ///
    /// - Parameter start: only postings from this index on are looked at.
    public func journalsTwice(from start: Int) -> [(posting: Posting, earlier: Posting)] {
        let storage = storage
        var first = [Int32](repeating: -1, count: storage.documents.count + 1)
        var others: [DuplicateKey: [Int32]] = [:]
        var found: [(posting: Posting, earlier: Posting)] = []
        for index in start..<storage.records.count where storage.records[index].isJournal {
            let record = storage.records[index], document = Int(record.document)
            guard first[document] >= 0 else {
                first[document] = Int32(index)
                continue
            }
            // A journal of several rows: those that move as much the same way are compared in all they say.
            let key = DuplicateKey(record)
            let alike = ([first[document]] + (others[key] ?? [])).map(Int.init)
            if let earlier = alike.first(where: { says(index, the: $0) }) {
                found.append((self[index], self[earlier]))
            } else {
                others[key, default: []].append(Int32(index))
            }
        }
        return found
    }

    private func says(_ index: Int, the other: Int) -> Bool {
        let a = storage.records[index], b = storage.records[other]
        return a.isLikelyDuplicate(of: b) && a.from == b.from && a.period == b.period && a.concerning == b.concerning
            && self[index].description == self[other].description
    }

    /// What the rows of each code moved to each heading, by ledger, in the order first met.
    public var flowsByCode: [(ledgerOf: Name<Member>, code: String, heading: Name<Heading>, sum: Money, first: Posting)]
    {
        let storage = storage
        // One number for ledger, code and heading's account.
        var indices: [UInt64: Int] = [:]
        var sums: [(key: UInt64, pence: Int, first: Int)] = []
        var last: (key: UInt64, index: Int)?
        func add(_ record: PostingStorage.Record, _ account: UInt16, _ pence: Int, _ posting: Int) {
            let key = UInt64(record.ledgerOf) << 48 | UInt64(account) << 32 | UInt64(record.code)
            let index: Int
            if let last, last.key == key {
                index = last.index
            } else if let known = indices[key] {
                index = known
            } else {
                index = sums.count
                indices[key] = index
                sums.append((key, 0, posting))
            }
            last = (key, index)
            sums[index].pence += pence
        }
        let isHeading = storage.accounts.values.map { if case .heading = $0 { true } else { false } }
        for (index, record) in storage.records.enumerated() where record.code != 0 {
            // From an account to itself nothing flows.
            let pence = record.from == record.to ? 0 : record.amountPence
            if isHeading[Int(record.from)] { add(record, record.from, -pence, index) }
            if isHeading[Int(record.to)] { add(record, record.to, pence, index) }
        }
        return sums.compactMap { sum in
            guard case .heading(let heading) = storage.accounts.values[Int(sum.key >> 32 & 0xFFFF)] else { return nil }
            return (
                storage.members.values[Int(sum.key >> 48)], storage.codes[UInt32(truncatingIfNeeded: sum.key)], heading,
                Money(pence: sum.pence), self[sum.first]
            )
        }
    }

    /// Postings of few and like ones of one ledger, code and heading: all but one within four times their median.
    public struct OddOne: Sendable {
        public let posting: Posting
        public let median: Money
        public let count: Int
        /// Whether it is as large as the others and goes the other way, in a month in which nothing goes theirs.
        public let isTurned: Bool
    }

    /// The one posting of a series that is two hundred times as large or as small as the others, or goes the other way.
    public var oddOnes: [OddOne] {
        let storage = storage
        let isHeading = storage.accounts.values.map { if case .heading = $0 { true } else { false } }
        var series: [UInt64: [Int32]] = [:]
        for (index, record) in storage.records.enumerated() {
            let heading = isHeading[Int(record.to)] ? record.to : record.from
            guard isHeading[Int(heading)], record.from != record.to else { continue }
            let key = UInt64(record.ledgerOf) << 48 | UInt64(heading) << 32 | UInt64(record.code)
            // A series of more has refunds and small orders of every size.
            if series[key]?.count ?? 0 <= 48 { series[key, default: []].append(Int32(index)) }
        }
        return series.values.filter { (5...48).contains($0.count) }.compactMap { oddOne($0.map(Int.init)) }
            .sorted { $0.posting.place < $1.posting.place }
    }

    private func oddOne(_ indices: [Int]) -> OddOne? {
        let storage = storage
        func pence(_ index: Int) -> Int { storage.records[index].amountPence }
        let median = indices.map(pence).sorted()[indices.count / 2]
        guard median >= 1_000 else { return nil }
        func isLike(_ index: Int) -> Bool { pence(index) / 4 <= median && median / 4 <= pence(index) }
        let odd = indices.filter { !isLike($0) }
        if odd.count == 1, pence(odd[0]) / 200 >= median || median / 200 >= pence(odd[0]) {
            return OddOne(
                posting: self[odd[0]], median: Money(pence: median), count: indices.count, isTurned: false)
        }
        guard odd.isEmpty else { return nil }
        let direction = Dictionary(grouping: indices) { storage.records[$0].to }
        guard direction.count == 2, let one = direction.values.first(where: { $0.count == 1 })?[0] else { return nil }
        let month = storage.records[one].period
        // Last year's accruals are taken back in P1, and this year's made after P12; a short series tells nothing.
        guard indices.count >= 8, (2...12).contains(month), !storage.records[one].isAccrual else { return nil }
        guard indices.allSatisfy({ $0 == one || storage.records[$0].period != month }),
            Set(indices.map { storage.records[$0].period }).count == indices.count
        else { return nil }
        return OddOne(posting: self[one], median: Money(pence: median), count: indices.count, isTurned: true)
    }

    /// Of a file's dated rows in the months of a year, how many are dated after their period's month, and how many in
    /// another month; with the first of each.
    public struct DatesApart: Sendable {
        public let dated: Int
        public let after: Int
        public let apart: Int
        public let firstAfter: Posting?
        public let firstApart: Posting?
    }

    /// By file or sheet, in the order of their first rows; P13 and later have no month of their own.
    public func datesApart(in year: FinancialYear) -> [DatesApart] {
        let storage = storage
        let months = (1...12).map { year.firstDay(ofMonth: $0).packed...year.lastDay(ofMonth: $0).packed }
        var counts = storage.sources.values.map { _ in (dated: 0, after: 0, apart: 0, firstAfter: -1, firstApart: -1) }
        for (index, record) in storage.records.enumerated()
        where record.date != 0 && (1...12).contains(record.period) && months[0].lowerBound <= record.date
            && record.date <= months[11].upperBound
        {
            let source = Int(record.source), month = months[Int(record.period) - 1]
            counts[source].dated += 1
            guard !month.contains(record.date) else { continue }
            counts[source].apart += 1
            if counts[source].firstApart < 0 { counts[source].firstApart = index }
            guard record.date > month.upperBound else { continue }
            counts[source].after += 1
            if counts[source].firstAfter < 0 { counts[source].firstAfter = index }
        }
        return counts.filter { $0.apart > 0 }.sorted { $0.firstApart < $1.firstApart }.map { count in
            DatesApart(
                dated: count.dated, after: count.after, apart: count.apart,
                firstAfter: count.firstAfter < 0 ? nil : self[count.firstAfter], firstApart: self[count.firstApart])
        }
    }

    /// How many dated rows of each file there are, and how many are dated outside a year, with the first of those (or
    /// of all, where none is); by file.
    public func datedRows(outside year: FinancialYear) -> [(file: String, all: Int, outside: Int, first: Posting)] {
        let storage = storage
        let days = year.firstDay.packed...year.lastDay(ofMonth: 12).packed
        var counts = storage.sources.values.map { _ in (all: 0, outside: 0, first: -1) }
        for (index, record) in storage.records.enumerated() where !record.isJournal && record.date != 0 {
            let source = Int(record.source), isOutside = !days.contains(record.date)
            if counts[source].first < 0 || isOutside && counts[source].outside == 0 { counts[source].first = index }
            counts[source].all += 1
            if isOutside { counts[source].outside += 1 }
        }
        var files: [String: (all: Int, outside: Int, first: Int)] = [:]
        for (source, count) in zip(storage.sources.values, counts) where count.all > 0 {
            guard let file = files[source.file] else {
                files[source.file] = count
                continue
            }
            let first = file.outside == 0 && count.outside > 0 ? count.first : file.first
            files[source.file] = (file.all + count.all, file.outside + count.outside, first)
        }
        return files.sorted { $0.key < $1.key }.map { ($0.key, $0.value.all, $0.value.outside, self[$0.value.first]) }
    }

    /// Postings of the year's own periods that are dated outside it, in their order.
    public func datedOutside(_ year: FinancialYear) -> [Posting] {
        let days = year.firstDay.packed...year.lastDay(ofMonth: 12).packed
        return storage.records.indices.filter {
            let record = storage.records[$0]
            return record.date != 0 && record.period > 0 && !days.contains(record.date)
        }.map { self[$0] }
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

        func isLikelyDuplicate(of other: Record) -> Bool {
            document == other.document && code == other.code && amountPence == other.amountPence && to == other.to
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
