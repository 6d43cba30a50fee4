internal import Findings
public import Sterling

/// Sums by code, series of like postings, and dates against periods: questions that need no text.
extension Postings {
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

    /// The one posting of a series that is of another size than the others, or goes the other way.
    ///
    /// A series is the postings of one ledger, code and heading, all but one of them about as large as their median.
    public struct OddOne: Sendable {
        public let posting: Posting
        public let median: Money
        public let count: Int
        /// Whether it is as large as the others and goes the other way, in a month in which nothing goes theirs.
        public let isTurned: Bool
    }

    /// What a series is, and how far from it a posting must be to be told of. Set by 1,000 tables with one slip each.
    private enum Series {
        /// Fewer prove nothing; more have refunds and small orders of every size.
        static let size = 5...48
        /// A turned sign is seen among a few months' more.
        static let leastTurned = 8
        /// The others are at most so many times as large or as small as their median.
        static let likeness = 4
        /// Pounds in thousands are a thousand times too small, less what one posting differs from another.
        static let far = 200
        /// Pence in whole numbers are a hundred times too large.
        static let farInPence = 90
        /// Of smaller postings nothing can be said; in pence.
        static let leastMedian = 1_000
    }

    /// The odd one of each series that has one, in the order of their places.
    public var oddOnes: [OddOne] {
        let storage = storage
        let isHeading = storage.accounts.values.map { if case .heading = $0 { true } else { false } }
        var series: [UInt64: [Int32]] = [:]
        for (index, record) in storage.records.enumerated() {
            let heading = isHeading[Int(record.to)] ? record.to : record.from
            guard isHeading[Int(heading)], record.from != record.to else { continue }
            let key = UInt64(record.ledgerOf) << 48 | UInt64(heading) << 32 | UInt64(record.code)
            if series[key]?.count ?? 0 <= Series.size.upperBound { series[key, default: []].append(Int32(index)) }
        }
        return series.values.filter { Series.size.contains($0.count) }.compactMap { oddOne($0.map(Int.init)) }
            .sorted { $0.posting.place < $1.posting.place }
    }

    private func oddOne(_ indices: [Int]) -> OddOne? {
        let storage = storage
        func pence(_ index: Int) -> Int { storage.records[index].amountPence }
        let median = indices.map(pence).sorted()[indices.count / 2]
        guard median >= Series.leastMedian else { return nil }
        func isLike(_ index: Int) -> Bool {
            pence(index) / Series.likeness <= median && median / Series.likeness <= pence(index)
        }
        // A whole number among others that have pence may be of pence itself.
        func isInPence(_ index: Int) -> Bool {
            pence(index) % 100 == 0 && pence(index) / Series.farInPence >= median
                && indices.filter { pence($0) % 100 != 0 }.count * 2 > indices.count
        }
        let odd = indices.filter { !isLike($0) }
        if odd.count == 1,
            pence(odd[0]) / Series.far >= median || median / Series.far >= pence(odd[0]) || isInPence(odd[0])
        {
            return OddOne(
                posting: self[odd[0]], median: Money(pence: median), count: indices.count, isTurned: false)
        }
        guard odd.isEmpty else { return nil }
        let direction = Dictionary(grouping: indices) { storage.records[$0].to }
        guard direction.count == 2, let one = direction.values.first(where: { $0.count == 1 })?[0] else { return nil }
        let month = storage.records[one].period
        // Last year's accruals are taken back in P1, and this year's made after P12; a short series tells nothing.
        guard indices.count >= Series.leastTurned, (2...12).contains(month), !storage.records[one].isAccrual else {
            return nil
        }
        guard indices.allSatisfy({ $0 == one || storage.records[$0].period != month }),
            Set(indices.map { storage.records[$0].period }).count == indices.count
        else { return nil }
        return OddOne(posting: self[one], median: Money(pence: median), count: indices.count, isTurned: true)
    }

    /// Of a file's dated rows in the months of a year, how many are dated later than their period can have been open,
    /// and how many two months or more from it; with the first of each.
    public struct DatesApart: Sendable {
        public let dated: Int
        public let after: Int
        public let apart: Int
        public let firstAfter: Posting?
        public let firstApart: Posting?
    }

    /// By file or sheet, in the order of their first rows; P13 and later have no month of their own.
    ///
    /// A period stays open for some days of the next month, and many ledgers post a month's invoices in the next, so
    /// neither is told of.
    public func datesApart(in year: FinancialYear) -> [DatesApart] {
        let storage = storage
        // What a period's close may take: ten days.
        func isOpen(_ date: Int32, period: Int) -> Bool {
            let next = year.firstDay(ofMonth: period + 1)
            return date < CalendarDate(year: next.year, month: next.month, day: 11)!.packed
        }
        let days = year.firstDay.packed...year.lastDay(ofMonth: 12).packed
        let starts = (1...12).map { year.firstDay(ofMonth: $0).packed }
        var counts = storage.sources.values.map { _ in (dated: 0, after: 0, apart: 0, firstAfter: -1, firstApart: -1) }
        for (index, record) in storage.records.enumerated()
        where record.date != 0 && (1...12).contains(record.period) && days.contains(record.date) {
            let source = Int(record.source), period = Int(record.period)
            let month = starts.lastIndex { $0 <= record.date }! + 1
            counts[source].dated += 1
            if abs(month - period) > 1 {
                counts[source].apart += 1
                if counts[source].firstApart < 0 { counts[source].firstApart = index }
            }
            if month > period, !isOpen(record.date, period: period) {
                counts[source].after += 1
                if counts[source].firstAfter < 0 { counts[source].firstAfter = index }
            }
        }
        return counts.filter { $0.apart + $0.after > 0 }.map { count in
            DatesApart(
                dated: count.dated, after: count.after, apart: count.apart,
                firstAfter: count.firstAfter < 0 ? nil : self[count.firstAfter],
                firstApart: count.firstApart < 0 ? nil : self[count.firstApart])
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
