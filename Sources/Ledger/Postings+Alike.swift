/// Which postings say the same: questions that need few texts, so that a million rows are asked at once.
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
}
