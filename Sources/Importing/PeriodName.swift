internal import Ledger

/// A period as finance systems name it with its year: `201809`, `2018-09`, `001/2025`, `2526/01`, `2025-26 P1`,
/// `APR-25`.
///
/// Which month of which year it is, the map's period format says.
struct PeriodName: Equatable {
    enum Part: Equatable {
        /// `APR`, 4 for April.
        case month(Int)
        /// `P9`, which is never a month's number.
        case period(Int)
        /// `9`, one or the other.
        case number(Int)
    }

    /// The accounting period's number; `nil` for a month's name.
    var period: Int? {
        switch part {
        case .period(let number), .number(let number): number
        case .month: nil
        }
    }

    /// The calendar's month; `nil` where it says that it is a period.
    var month: Int? {
        switch part {
        case .month(let number), .number(let number): number
        case .period: nil
        }
    }

    /// The year that is written; the first of two.
    let year: Int
    let part: Part
    /// Whether the financial year is named by both its years, so that nothing is left to be said of it.
    let namesBothYears: Bool

    /// A year and what stands for a period in another column, as one text: `2025/26` for `25/26`.
    static func joined(year: String, _ period: String) -> String {
        let isShort = year.wholeMatch(of: /[0-9]{2}[\/-][0-9]{2}/) != nil
        return (isShort ? "20" + year : year) + " " + period
    }

    init?(written text: String) {
        var year: Int?, part: Part?, hasBoth = false, isNumbered = false
        for group in Self.groups(text) {
            if group.first!.isLetter {
                if let month = MonthName.number(group), part == nil {
                    part = .month(month)
                } else if ["p", "per", "period"].contains(group), !isNumbered {
                    isNumbered = true
                } else if group != "fy" {
                    return nil
                }
                continue
            }
            guard let number = Int(group) else { return nil }
            switch (year, group.count) {
            // The second of `2025-26` or `2025/2026`.
            case (let first?, 2) where part == nil && !hasBoth && number == (first + 1) % 100,
                (let first?, 4) where part == nil && !hasBoth && number == first + 1:
                hasBoth = true
            case (nil, 4...6):
                guard let written = Self.year(group.prefix(4)) else { return nil }
                (year, hasBoth) = written
                if group.count > 4 {
                    guard part == nil else { return nil }
                    part = .number(Int(group.dropFirst(4))!)
                }
            // Beside a month's name two digits are a year's.
            case (nil, 2) where part.map({ if case .month = $0 { true } else { false } }) ?? false:
                year = 2000 + number
            case (_, 1...3):
                guard part == nil else { return nil }
                part = .number(number)
            default: return nil
            }
        }
        guard let year, let part else { return nil }
        self.year = year
        if isNumbered {
            guard case .number(let number) = part else { return nil }
            self.part = .period(number)
        } else {
            self.part = part
        }
        namesBothYears = hasBoth
    }

    /// `2025`, or `2526` for the year that begins in 2025; years outside 1900 to 2199 are none.
    private static func year(_ digits: Substring) -> (Int, isBoth: Bool)? {
        let number = Int(digits)!
        if (1900..<2200).contains(number) { return (number, false) }
        return number % 100 == (number / 100 + 1) % 100 ? (2000 + number / 100, true) : nil
    }

    /// Runs of digits and of letters, in lower case; nothing where anything else than blanks, `-`, `/`, `.` and `'`
    /// stands between them.
    private static func groups(_ text: String) -> [String] {
        var groups: [String] = []
        var isOpen = false
        for character in text.lowercased() {
            if character.isASCII, character.isNumber || character.isLetter {
                if isOpen, groups[groups.count - 1].last!.isLetter == character.isLetter {
                    groups[groups.count - 1].append(character)
                } else {
                    groups.append(String(character))
                }
                isOpen = true
            } else if " -/.'\u{A0}".contains(character) {
                isOpen = false
            } else {
                return []
            }
        }
        return groups
    }
}

extension Period {
    /// `P9`, `9`, and with a word before it, as in `Period 9` and `Month 09`.
    init?(named text: String) {
        let words = text.lowercased().split(separator: " ")
        let isWorded = words.count == 2 && ["period", "month", "pd", "per", "prd", "p"].contains(words[0])
        self.init(written: isWorded ? String(words[1]) : text)
    }
}

/// The months' names, long and short.
enum MonthName {
    private static let long = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    /// 1 for `jan` and `january`; in lower case.
    static func number(_ name: some StringProtocol) -> Int? {
        long.firstIndex { $0 == name || $0.prefix(3) == name || ($0 == "september" && name == "sept") }.map { $0 + 1 }
    }
}

/// The header of a column that belongs to a period: `Apr`, `Apr-18`, `April 2018 actual`, `P1`.
struct PeriodTitle {
    /// 1 for April.
    let period: Int
    /// What else stands there, but for a year: `actual`.
    let rest: String
    /// The year in which the financial year starts; `nil` where none is written.
    let year: Int?

    init?(_ title: String) {
        var words = title.folded.split(separator: " ").map(String.init)
        guard let first = words.first else { return nil }
        words.removeFirst()
        // `Apr18` and `P1` are a word each.
        let letters = String(first.prefix(while: \.isLetter)), digits = first.dropFirst(letters.count)
        guard digits.allSatisfy(\.isNumber) else { return nil }
        if let month = MonthName.number(letters) {
            period = (month + 8) % 12 + 1
            var written = digits.isEmpty ? nil : String(digits)
            if written == nil, let next = words.first, next.allSatisfy(\.isNumber) { written = words.removeFirst() }
            year = written.flatMap { Int($0) }.map { ($0 < 100 ? 2000 + $0 : $0) - (month < 4 ? 1 : 0) }
        } else if ["p", "period", "pd", "per"].contains(letters),
            let number = Int(digits.isEmpty ? words.first ?? "" : String(digits)),
            (1...12).contains(number)
        {
            (period, year) = (number, nil)
            if digits.isEmpty { words.removeFirst() }
        } else {
            return nil
        }
        rest = words.joined(separator: " ")
    }
}

extension String {
    /// `Trans.date` and `TRANS  DATE` are one name.
    var folded: String {
        var words = ""
        for character in lowercased() {
            if character.isLetter || character.isNumber || character == "£" {
                words.append(character)
            } else if !words.hasSuffix(" "), !words.isEmpty {
                words.append(" ")
            }
        }
        return words.trimmed
    }
}

extension CalendarDate {
    /// A date as exports write it: as people do, as `20250410`, and as a spreadsheet's count of days, which a file
    /// without types keeps when its format is gone. Of a date and a time the date counts.
    ///
    /// - Parameter isMonthFirst: whether `04/13/2025` is meant by such dates.
    init?(exported text: String, isMonthFirst: Bool = false) {
        if isMonthFirst, let found = text.firstMatch(of: Self.slashed) {
            let year = Int(found.3)!
            self.init(year: year < 100 ? 2000 + year : year, month: Int(found.1)!, day: Int(found.2)!)
            return
        }
        let date = text.firstMatch(of: /^(.*[0-9])[ T]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AaPp][Mm])?$/).map { $0.1 }
        if let date = CalendarDate(written: text) ?? date.flatMap({ CalendarDate(written: $0) }) {
            self = date
            return
        }
        guard text.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(text) else { return nil }
        switch text.count {
        case 8: self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
        // From 1954 to 2118.
        case 5 where (20_000..<80_000).contains(number): self.init(daysSince1900: number)
        default: return nil
        }
    }

    /// `4/13/2025`, perhaps with a time after it.
    private static var slashed: Regex<(Substring, Substring, Substring, Substring)> {
        /^([0-9]{1,2})[\/.-]([0-9]{1,2})[\/.-]([0-9]{4}|[0-9]{2})(?![0-9])/
    }

    /// What the numbers of such dates tell: whether the second can't be a month, and whether the first can't.
    static func order(_ text: String) -> (isSecondDay: Bool, isFirstDay: Bool)? {
        guard let found = text.firstMatch(of: slashed) else { return nil }
        return (Int(found.2)! > 12, Int(found.1)! > 12)
    }

    /// Day 61 is 1 March 1900, as spreadsheets count.
    private init(daysSince1900 number: Int) {
        let first = CalendarDate(year: 1900, month: 3, day: 1)!
        var date = first, left = number - 61
        while let next = CalendarDate(year: date.year + 1, month: 3, day: 1),
            left >= next.dayNumber - date.dayNumber
        {
            left -= next.dayNumber - date.dayNumber
            date = next
        }
        for _ in 0..<left { date = CalendarDate(dayAfter: date) }
        self = date
    }
}
