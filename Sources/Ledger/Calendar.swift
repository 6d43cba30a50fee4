/// A day. There are no times and no time zones in a ledger.
///
/// Months and days count from 1.
public struct CalendarDate: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let year: Int
    public let month: Int
    public let day: Int

    /// `nil` unless there is such a day between 1900 and 2199.
    public init?(year: Int, month: Int, day: Int) {
        guard (1900..<2200).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        guard day <= Self.days(inMonth: month, of: year) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// `2018-04-30`, `2018-04-30T00:00:00.000`, `30/04/2018`, `30.4.18`, `30-Apr-2018`: the day before
    /// the month, as England writes it.
    public init?(written text: some StringProtocol) {
        if let date = Self.plain(text.utf8) {
            self = date
            return
        }
        // Only a date that begins with its year is followed by T and a time; 15-OCT-18 has a T of its own.
        let isTimestamp = text.count > 10 && text.dropFirst(10).first == "T" && text.dropFirst(4).first == "-"
        let date = isTimestamp ? String(text.prefix(10)) : String(text)
        let parts = date.split(whereSeparator: { "-/. ".contains($0) }).map(String.init)
        guard parts.count == 3 else { return nil }
        func digits(_ part: String) -> Int? { part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil }
        if parts[0].count == 4 {
            guard let year = digits(parts[0]), let month = digits(parts[1]), let day = digits(parts[2]) else {
                return nil
            }
            self.init(year: year, month: month, day: day)
            return
        }
        guard let day = digits(parts[0]), var year = digits(parts[2]) else { return nil }
        if parts[2].count == 2 { year += 2000 } else if parts[2].count != 4 { return nil }
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        guard
            let month = digits(parts[1])
                ?? names.firstIndex(where: { parts[1].lowercased().hasPrefix($0) }).map({ $0 + 1 })
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// `30/04/2018` and `2018-04-30`, alone or with a time after them, the commonest by far.
    private static func plain(_ text: some Collection<UInt8>) -> CalendarDate? {
        let bytes = Array(text.prefix(11))
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for index in range {
                guard bytes[index] &- 48 < 10 else { return nil }
                value = value * 10 + Int(bytes[index] &- 48)
            }
            return value
        }
        guard bytes.count >= 10 else { return nil }
        let isAlone = bytes.count == 10 || bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " ")
        if bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), isAlone {
            guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
            return CalendarDate(year: year, month: month, day: day)
        }
        guard isAlone, bytes[2] == UInt8(ascii: "/"), bytes[5] == UInt8(ascii: "/"),
            let day = number(0..<2), let month = number(3..<5), let year = number(6..<10)
        else { return nil }
        return CalendarDate(year: year, month: month, day: day)
    }

    /// Days since 1 March 1600, so that two dates' difference is the days between them.
    public var dayNumber: Int {
        // The year begins in March, so that the leap day is its last.
        let shifted = month > 2 ? year : year - 1
        let monthsFromMarch = (month + 9) % 12
        return (shifted - 1600) * 365 + (shifted - 1600) / 4 - (shifted - 1600) / 100 + (shifted - 1600) / 400
            + (monthsFromMarch * 153 + 2) / 5 + day - 1
    }

    public var isLastOfMonth: Bool { day == Self.days(inMonth: month, of: year) }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// The day before another, over the ends of months and years. Before 1 January 1900 it is made all the same.
    public init(dayBefore date: CalendarDate) {
        (year, month) =
            date.day > 1 ? (date.year, date.month) : date.month == 1 ? (date.year - 1, 12) : (date.year, date.month - 1)
        day = date.day > 1 ? date.day - 1 : Self.days(inMonth: month, of: year)
    }

    /// The day after another, over the ends of months and years. After 31 December 2199 it is made all the same.
    public init(dayAfter date: CalendarDate) {
        let isLast = date.isLastOfMonth
        year = isLast && date.month == 12 ? date.year + 1 : date.year
        month = isLast ? date.month % 12 + 1 : date.month
        day = isLast ? 1 : date.day + 1
    }

    /// `2018-04-30`, which `init(written:)` reads back.
    public var description: String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(year)-\(two(month))-\(two(day))"
    }

    /// The earlier day is the smaller.
    public static func < (a: CalendarDate, b: CalendarDate) -> Bool {
        (a.year, a.month, a.day) < (b.year, b.month, b.day)
    }
}

/// A year from 1 April to 31 March, named `2018-19` for the calendar years it spans.
public struct FinancialYear: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// The calendar year of its April: 2018 for `2018-19`.
    public let startYear: Int

    /// - Parameter startYear: not checked here, but to ask for days before 1900 or after `latest` traps.
    public init(startYear: Int) { self.startYear = startYear }

    /// The last whose days can all be counted.
    public static let latest = FinancialYear(startYear: 2198)

    /// `2018-19`, `2018/19`, `2018-2019`, `2018/2019`.
    public init?(written text: some StringProtocol) {
        let parts = text.split(whereSeparator: { "-/".contains($0) })
        guard parts.count == 2, parts[0].count == 4, let start = Int(parts[0]), let end = Int(parts[1]),
            (1901...Self.latest.startYear).contains(start),
            parts[1].count == 2 ? end == (start + 1) % 100 : end == start + 1
        else { return nil }
        startYear = start
    }

    /// The year that a date falls in.
    public init(of date: CalendarDate) { startYear = date.month >= 4 ? date.year : date.year - 1 }

    /// 1 April.
    public var firstDay: CalendarDate { CalendarDate(year: startYear, month: 4, day: 1)! }

    /// A month's first day; April is 1.
    public func firstDay(ofMonth month: Int) -> CalendarDate {
        CalendarDate(year: month <= 9 ? startYear : startYear + 1, month: (month + 2) % 12 + 1, day: 1)!
    }

    /// A month's last day; April is 1.
    public func lastDay(ofMonth month: Int) -> CalendarDate {
        let first = firstDay(ofMonth: month)
        return (28...31).reversed().lazy.compactMap { CalendarDate(year: first.year, month: first.month, day: $0) }
            .first!
    }

    /// May be past `latest`, whose own days are the last that can be asked for.
    public var next: FinancialYear { FinancialYear(startYear: startYear + 1) }
    public var previous: FinancialYear { FinancialYear(startYear: startYear - 1) }

    /// Whether a day lies in the year, 1 April and 31 March included.
    public func contains(_ date: CalendarDate) -> Bool { FinancialYear(of: date) == self }

    /// The period that a date falls in: April is P1.
    public func period(of date: CalendarDate) -> Period? {
        contains(date) ? Period((date.month + 8) % 12 + 1) : nil
    }

    /// `2018-19`, which `init(written:)` reads back.
    public var description: String {
        let end = (startYear + 1) % 100
        return "\(startYear)-\(end < 10 ? "0" : "")\(end)"
    }

    /// The earlier year is the smaller.
    public static func < (a: FinancialYear, b: FinancialYear) -> Bool { a.startYear < b.startYear }
}

/// An accounting period: P1 is April, P12 March, P13 to P16 are for closing, P0 holds what was
/// brought forward.
public struct Period: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 0 to 16.
    public let number: Int

    /// `nil` outside 0 to 16.
    public init?(_ number: Int) {
        guard (0...16).contains(number) else { return nil }
        self.number = number
    }

    /// `P9`, `p09`, `9`.
    public init?(written text: some StringProtocol) {
        let digits = text.drop { $0 == "P" || $0 == "p" }
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits) else {
            return nil
        }
        self.init(number)
    }

    /// The month that it stands for, April being 1: closing periods belong to March.
    public var month: Int { min(max(number, 1), 12) }

    /// `P9`, which `init(written:)` reads back.
    public var description: String { "P\(number)" }
    /// By number: P0 comes before April, and the closing periods after March.
    public static func < (a: Period, b: Period) -> Bool { a.number < b.number }
}
