/// Reads an amount as a council's system, or a person, wrote it: `1,234.50-`, `(1,234.50)`,
/// `£1,234.50CR`, `1.234,56`, `−12.00`.
///
/// Nothing passes through floating point. What can be read in two ways is not read: `1,23` may be a
/// slip of the pen or a decimal comma, so it comes back as `.unreadable` with the reason.
public enum AmountReader {
    /// Which of `CR` and `DR` stood beside an amount.
    public enum Marker: Sendable { case none, credit, debit }

    /// What a text says: an amount, nothing, or why it can't be read.
    public enum Reading: Equatable, Sendable {
        /// The amount with its sign; `marker` tells a `CR` or `DR` that stood beside it, whose
        /// direction only the reader of the export knows.
        case amount(Money, marker: Marker)
        case blank
        /// A dash alone: nil in a statement, blank in an export.
        case dash
        /// `N/A`, which is not zero.
        case notAvailable
        /// The reason, as part of a sentence: `two minus signs`.
        case unreadable(String)
    }

    /// A typed text, in a cell or a line of an agreement.
    public static func read(_ text: some StringProtocol) -> Reading {
        let bytes = Array(text.utf8)
        if let amount = plain(bytes.span) { return .amount(amount, marker: .none) }
        var scan = Scan(text)
        guard let first = scan.rest.first else { return .blank }
        if scan.rest.count == 1, isDash(first) { return .dash }
        if ["n/a", "n.a.", "na", "not applicable"].contains(String(scan.rest).lowercased()) { return .notAvailable }

        var negatives = 0
        var marker = Marker.none
        if scan.take(prefix: "(") {
            guard scan.take(suffix: ")") else { return .unreadable("an opening bracket without its closing one") }
            negatives += 1
        }
        // Signs, the currency and CR/DR may stand before or after, in any order that people use.
        while true {
            if let last = scan.rest.last, isDash(last) || last == "+" {
                guard scan.rest.count > 1 else { return .unreadable("no digits") }
                scan.rest.removeLast()
                negatives += last == "+" ? 0 : 1
            } else if let start = scan.rest.first, isDash(start) || start == "+" {
                scan.rest.removeFirst()
                negatives += start == "+" ? 0 : 1
            } else if scan.take(prefix: "£") || scan.take(prefix: "GBP") || scan.take(suffix: "GBP")
                || scan.take(suffix: "£")
            {
                // The currency says nothing more.
            } else if scan.take(suffix: "CR") || scan.take(prefix: "CR") {
                guard marker == .none else { return .unreadable("CR or DR twice") }
                marker = .credit
            } else if scan.take(suffix: "DR") || scan.take(prefix: "DR") {
                guard marker == .none else { return .unreadable("CR or DR twice") }
                marker = .debit
            } else if negatives == 0, scan.take(prefix: "(") {
                guard scan.take(suffix: ")") else { return .unreadable("an opening bracket without its closing one") }
                negatives += 1
            } else {
                break
            }
            scan.trim()
        }
        guard negatives < 2 else { return .unreadable("two minus signs") }
        guard negatives == 0 || marker == .none else { return .unreadable("a minus sign and CR or DR together") }
        switch digits(scan.rest) {
        case .failure(let reason): return .unreadable(reason.text)
        case .success(let pence):
            return .amount(Money(pence: negatives == 1 ? -pence : pence), marker: marker)
        }
    }

    /// A workbook's number as the file spells it: `1234.5`, `1.2345E3`, `1234.4999999999`.
    ///
    /// A double that was meant as pence lies within a millionth of a pound of them; anything further
    /// off is no amount of money, and is reported rather than rounded.
    public static func readNumber(_ literal: some StringProtocol) -> Reading {
        let bytes = Array(literal.utf8)
        if let amount = plainNumber(bytes.span) { return .amount(amount, marker: .none) }
        guard let decimal = Decimal10(literal) else { return .unreadable("not a number") }
        guard let pence = decimal.pence(withinMillionths: 1) else {
            return .unreadable(
                decimal.isBeyond(Money.largest)
                    ? "beyond ten thousand million pounds" : "not a whole number of pence")
        }
        return .amount(Money(pence: pence), marker: .none)
    }

    /// `1234.50`, `-12`: the commonest amounts by far, read without making a text of them: up to twelve digits, two
    /// decimals or none.
    ///
    /// - Returns: `nil` for all else, which `read` may well understand.
    public static func plain(_ bytes: Span<UInt8>) -> Money? {
        var pence = 0, digits = 0, decimals = -1, index = 0
        let isNegative = bytes.count > 0 && bytes[0] == UInt8(ascii: "-")
        if isNegative { index = 1 }
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte &- 48 < 10 {
                digits += 1
                if decimals >= 0 { decimals += 1 }
                guard digits <= 12, decimals <= 2 else { return nil }
                pence = pence * 10 + Int(byte &- 48)
            } else if byte == UInt8(ascii: "."), decimals < 0, digits > 0 {
                decimals = 0
            } else {
                return nil
            }
        }
        guard digits > 0, decimals == -1 || decimals == 2 else { return nil }
        if decimals == -1 { pence *= 100 }
        guard pence <= Money.largest.pence else { return nil }
        return Money(pence: isNegative ? -pence : pence)
    }

    /// A workbook's number in plain digits, `12.5`, `1234.4999999999999`: what `readNumber` reads, without an exponent
    /// and with up to eighteen digits.
    ///
    /// - Returns: `nil` for all else, and for what is no whole number of pence.
    public static func plainNumber(_ bytes: Span<UInt8>) -> Money? {
        var mantissa = 0, digits = 0, decimals = 0, index = 0, sawPoint = false
        let isNegative = bytes.count > 0 && bytes[0] == UInt8(ascii: "-")
        if isNegative { index = 1 }
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte &- 48 < 10 {
                digits += 1
                if sawPoint { decimals += 1 }
                guard digits <= 18 else { return nil }
                mantissa = mantissa * 10 + Int(byte &- 48)
            } else if byte == UInt8(ascii: "."), !sawPoint, digits > 0 {
                sawPoint = true
            } else {
                return nil
            }
        }
        guard digits > 0, !sawPoint || decimals > 0 else { return nil }
        var pence = mantissa
        if decimals < 2 {
            // Twelve digits are ten thousand million pounds in pence, and there is room for two more.
            guard digits <= 14 else { return nil }
            pence *= decimals == 0 ? 100 : 10
        } else if decimals > 2 {
            let scale = powers[decimals - 2]
            let (whole, part) = mantissa.quotientAndRemainder(dividingBy: scale)
            let isUp = part > scale / 2
            pence = whole + (isUp ? 1 : 0)
            // Meant as pence where it lies within a millionth of a pound of them.
            let distance = isUp ? scale - part : part
            guard distance <= (decimals < 6 ? 0 : powers[decimals - 6]) else { return nil }
            guard pence < Money.largest.pence else { return nil }
        }
        guard pence <= Money.largest.pence else { return nil }
        return Money(pence: isNegative ? -pence : pence)
    }

    /// Powers of ten, from zero to eighteen.
    private static let powers = (0...18).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

    private struct Reason: Error { let text: String }

    private static func isDash(_ character: Character) -> Bool {
        "-\u{2212}\u{2013}\u{2014}\u{2010}\u{2011}".contains(character)
    }

    /// Digits with thousands separators and at most one decimal mark, as pence.
    private static func digits(_ text: some Collection<Character>) -> Result<Int, Reason> {
        guard !text.isEmpty else { return .failure(Reason(text: "no digits")) }
        var groups: [[UInt8]] = [[]]
        var marks: [Character] = []
        for character in text {
            if let digit = character.asciiDigit {
                groups[groups.count - 1].append(digit)
            } else if ".,' \u{a0}\u{2009}\u{202f}\u{2019}".contains(character) {
                marks.append(character)
                groups.append([])
            } else {
                return .failure(Reason(text: "an unexpected \"\(character)\""))
            }
        }
        // The last mark is the decimal one where it differs from those before it, or is a lone point.
        var decimals: [UInt8] = []
        if let last = marks.last, last == "." || last == "," {
            let others = marks.dropLast()
            let isDecimal = others.isEmpty ? last == "." : !others.contains(last)
            if isDecimal {
                // 1.234 may be a thousand or so to one writer and one and a bit to another.
                if others.isEmpty, groups[1].count == 3, (1...3).contains(groups[0].count), groups[0] != [0] {
                    return .failure(Reason(text: "a point with three digits after it may mean thousands"))
                }
                decimals = groups.removeLast()
                marks.removeLast()
                if decimals.isEmpty { return .failure(Reason(text: "nothing after the decimal mark")) }
            }
        }
        if groups.count > 1 {
            guard Set(marks).count == 1 else {
                return .failure(Reason(text: "different thousands separators in one amount"))
            }
            guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
                return .failure(Reason(text: "a separator in an odd place"))
            }
        }
        let whole = groups.flatMap { $0 }
        guard !whole.isEmpty || !decimals.isEmpty else { return .failure(Reason(text: "no digits")) }
        while decimals.count > 2, decimals.last == 0 { decimals.removeLast() }
        guard decimals.count <= 2 else { return .failure(Reason(text: "not a whole number of pence")) }
        let padded = decimals + Array(repeating: 0, count: 2 - decimals.count)
        let significant = (whole + padded).drop { $0 == 0 }
        guard significant.count <= 13 else { return .failure(Reason(text: "beyond ten thousand million pounds")) }
        let pence = significant.reduce(0) { $0 * 10 + Int($1) }
        guard pence <= Money.largest.pence else { return .failure(Reason(text: "beyond ten thousand million pounds")) }
        return .success(pence)
    }

    /// The text still to be read, without white space at its ends.
    private struct Scan {
        var rest: ArraySlice<Character>

        init(_ text: some StringProtocol) {
            rest = Array(text)[...]
            trim()
        }

        mutating func trim() {
            while let first = rest.first, first.isWhitespace || first == "\u{feff}" { rest.removeFirst() }
            while let last = rest.last, last.isWhitespace || last == "\u{feff}" { rest.removeLast() }
        }

        mutating func take(prefix: String) -> Bool {
            guard rest.prefix(prefix.count).map({ $0.uppercased() }).joined() == prefix else { return false }
            rest.removeFirst(prefix.count)
            trim()
            return true
        }

        mutating func take(suffix: String) -> Bool {
            guard rest.suffix(suffix.count).map({ $0.uppercased() }).joined() == suffix else { return false }
            rest.removeLast(suffix.count)
            trim()
            return true
        }
    }
}

extension Character {
    /// 0 to 9 for an ASCII digit; other scripts' digits are no part of an English export.
    var asciiDigit: UInt8? {
        guard let value = asciiValue, (48...57).contains(value) else { return nil }
        return value - 48
    }
}
