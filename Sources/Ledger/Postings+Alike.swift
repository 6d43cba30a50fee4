/// Which postings say the same: questions that need few texts, so that a million rows are asked at once.
extension Postings {
    /// Postings of exports that share ledger, document, code, amount, direction and date with an earlier one, in
    /// their order, each with the first such.
    public var likelyDuplicates: [(posting: Posting, earlier: Posting)] {
        let storage = storage, numbers = storage.documents.numbersWithoutLeadingZeros()
        func isAlike(_ a: Int32, _ b: PostingStorage.Record) -> Bool {
            storage.records[Int(a)].isLikelyDuplicate(of: b, documents: numbers)
        }
        // By document, the first posting that has it; further ones that differ from it form a chain.
        var first = [Int32](repeating: -1, count: storage.documents.count + 1)
        var next: [Int32: Int32] = [:]
        var found: [(posting: Posting, earlier: Posting)] = []
        var crowded: [DuplicateKey: Int32] = [:]
        for (index, record) in storage.records.enumerated() where record.document != 0 && !record.isJournal {
            let document = Int(numbers[Int(record.document)])
            guard first[document] >= 0 else {
                first[document] = Int32(index)
                continue
            }
            var at = first[document], length = 1
            while !isAlike(at, record), let following = next[at], length < 8 {
                (at, length) = (following, length + 1)
            }
            if isAlike(at, record) {
                found.append((self[index], self[Int(at)]))
            } else if length < 8 {
                next[at] = Int32(index)
            } else {
                // One document with many lines: its further ones are looked up.
                let key = DuplicateKey(record, document: document)
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
        let unnumbered = storage.records.indices.filter { index in
            let record = storage.records[index]
            return record.document == 0 && !record.isJournal && record.description != 0
        }
        // Few rows have another of their amount, day and code; of those alone the texts are read.
        var counts: [UnnumberedKey: Int] = [:]
        for index in unnumbered { counts[UnnumberedKey(storage.records[index]), default: 0] += 1 }
        var first: [RowKey: Int] = [:]
        var twice: [(later: Int, earlier: Int)] = []
        for index in unnumbered {
            let record = storage.records[index]
            guard counts[UnnumberedKey(record)]! > 1 else { continue }
            let key = RowKey(
                record, storage.descriptions[record.description], ownCash: ownCash[Int(record.ledgerOf)],
                isLedgerRead: true)
            if let earlier = first[key] {
                twice.append((index, earlier))
            } else {
                first[key] = index
            }
        }
        guard !twice.isEmpty else { return [] }
        // Rows that take one back: as much the other way, with the same text; each takes back one.
        func taking(_ index: Int, isTurned: Bool) -> RowKey {
            let record = storage.records[index]
            return RowKey(record, storage.descriptions[record.description], isTurned: isTurned)
        }
        var back: [RowKey: Int] = [:]
        for index in unnumbered { back[taking(index, isTurned: true), default: 0] += 1 }
        var found: [UInt16: (count: Int, later: Int, earlier: Int)] = [:]
        for (later, earlier) in twice {
            let key = taking(later, isTurned: false)
            guard back[key, default: 0] == 0 else {
                back[key]! -= 1
                continue
            }
            found[storage.records[later].source, default: (0, later, earlier)].count += 1
        }
        return found.values.sorted { $0.later < $1.later }.map { rows in
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

        init(_ record: PostingStorage.Record, document: Int) {
            numbers = [
                Int(record.ledgerOf), document, Int(record.code), record.amountPence, Int(record.to),
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
    /// period, date, document and description, as often as both have them. One row alone must have a
    /// document, or a date and a text.
    public var rowsInTwoFiles: [SharedRows] {
        let storage = storage
        var rows = [Int](repeating: 0, count: storage.sources.values.count)
        for record in storage.records where !record.isJournal { rows[Int(record.source)] += 1 }
        guard rows.count(where: { $0 > 0 }) > 1 else { return [] }
        let ownCash = ownCash, documents = storage.documents.numbersWithoutLeadingZeros()
        // Rows that say the same, by source.
        var alike: [RowKey: [UInt16: (count: Int, first: Int32)]] = [:]
        for (index, record) in storage.records.enumerated() where !record.isJournal {
            let key = RowKey(
                record, storage.descriptions[record.description], ownCash: ownCash[Int(record.ledgerOf)],
                document: documents[Int(record.document)])
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
            record.document != 0 || record.date != 0 && record.description != 0
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

        /// - Parameters:
        ///   - ownCash: the cash of the ledger's own member: a row says the same in any member's ledger.
        ///   - document: what stands for its number; the record's own if `nil`.
        ///   - isCodeRead: each ledger has codes of its own, so between two they aren't compared.
        ///   - isLedgerRead: whether rows of two ledgers are told apart.
        init(
            _ record: PostingStorage.Record, _ description: String, ownCash: Int, document: UInt32? = nil,
            isCodeRead: Bool = true, isLedgerRead: Bool = false
        ) {
            func account(_ number: UInt16) -> Int { Int(number) == ownCash ? -1 : Int(number) }
            numbers = [
                Int(document ?? record.document), isCodeRead ? Int(record.code) : 0, record.amountPence,
                Int(record.date),
                Int(record.period), account(record.to), account(record.from),
                isLedgerRead ? Int(record.ledgerOf) : -1,
            ]
            self.description = description
        }

        /// All that a journal says.
        init(ofJournal record: PostingStorage.Record, _ description: String) {
            numbers = [
                Int(record.ledgerOf), Int(record.document), Int(record.code), record.amountPence, Int(record.date),
                Int(record.period), Int(record.to), Int(record.from), Int(record.concerning),
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
        // Of most numbers there is one journal; of those with more, what each says.
        var first = [Int32](repeating: -1, count: storage.documents.count + 1)
        var said: [RowKey: Int] = [:]
        func key(_ index: Int) -> RowKey {
            RowKey(ofJournal: storage.records[index], storage.descriptions[storage.records[index].description])
        }
        var found: [(posting: Posting, earlier: Posting)] = []
        for index in start..<storage.records.count where storage.records[index].isJournal {
            let document = Int(storage.records[index].document)
            guard first[document] >= 0 else {
                first[document] = Int32(index)
                continue
            }
            said[key(Int(first[document]))] = Int(first[document])
            let own = key(index)
            if let earlier = said[own] {
                found.append((self[index], self[earlier]))
            } else {
                said[own] = index
            }
        }
        return found
    }
}
