/// A figure as a table prints it: `1,234`, `(3,577)`, `18.9%`, `£0.846m`, `12.5k`.
///
/// Unlike an amount of a ledger it has no unit of its own: whole pounds, thousands, millions with three
/// decimals are all figures, and what one printed unit is worth is shown by its decimals.
public struct PrintedNumber: Hashable, Sendable {
    /// The digits with their sign, without the decimal mark: `0.846` has 846.
    public let mantissa: Int
    /// How many of the digits stand behind the mark: 0 to 6.
    public let decimals: Int
    /// The power of ten that a letter behind it stands for: 3 for `k`, 6 for `m`, else 0.
    public let exponent: Int
    public let isPercentage: Bool

    /// What a cell of a printed table says.
    public enum Reading: Hashable, Sendable {
        case number(PrintedNumber)
        /// A dash alone, which is nil in a published table.
        case dash
        /// `N/A` and its like, which is not zero.
        case notAvailable
        case blank
        case text
    }

    /// The most digits that a figure may have: sums of twenty thousand such still fit.
    static let mostDigits = 13

    /// Reads a text as it is printed. Brackets, a minus on either side or `CR` make a figure negative, and two of these
    /// at once make it none.
    public static func read(_ text: String) -> Reading {
        var rest = Substring(text)
        func trim() {
            while let first = rest.first, first.isWhitespace || first == "\u{feff}" { rest.removeFirst() }
            while let last = rest.last, last.isWhitespace || last == "\u{feff}" { rest.removeLast() }
        }
        trim()
        guard !rest.isEmpty else { return .blank }
        if rest.count == 1, isDash(rest.first!) { return .dash }
        if ["n/a", "n.a.", "na", "not applicable", "..", "..."].contains(rest.lowercased()) { return .notAvailable }
        guard rest.contains(where: \.isASCIIDigit), rest.count <= 40 else { return .text }
        // Marks of footnotes.
        while let last = rest.last, "*†‡".contains(last) { rest.removeLast(); trim() }
        var negatives = 0, isPercentage = false, exponent = 0, isBracketed = false
        while true {
            guard let first = rest.first, let last = rest.last else { return .text }
            if first == "(", last == ")", !isBracketed {
                rest = rest.dropFirst().dropLast()
                isBracketed = true
                negatives += 1
            } else if last == ")", !isBracketed, !rest.contains("(") {
                return .text
            } else if isDash(first) || first == "+" {
                rest.removeFirst()
                negatives += first == "+" ? 0 : 1
            } else if isDash(last) {
                rest.removeLast()
                negatives += 1
            } else if first == "£" {
                rest.removeFirst()
            } else if last == "%", !isPercentage {
                rest.removeLast()
                isPercentage = true
            } else if exponent == 0, last == "m" || last == "M" {
                rest.removeLast()
                exponent = 6
            } else if exponent == 0, last == "k" || last == "K" {
                rest.removeLast()
                exponent = 3
            } else if let sign = ["CR", "DR"].first(where: { rest.uppercased().hasSuffix($0) }) {
                rest.removeLast(2)
                negatives += sign == "CR" ? 1 : 0
            } else {
                break
            }
            trim()
        }
        // `£000` heads a column of thousands.
        if rest.count > 1, rest.allSatisfy({ $0 == "0" }) { return .text }
        guard negatives < 2, let (mantissa, decimals) = digits(rest) else { return .text }
        return .number(
            PrintedNumber(
                mantissa: negatives == 1 ? -mantissa : mantissa, decimals: decimals, exponent: exponent,
                isPercentage: isPercentage))
    }

    /// A workbook's number as the file spells it, `1.2345E3`; what a double adds beyond six decimals is noise.
    public static func read(literal: String) -> Reading {
        let parts = literal.lowercased().split(separator: "e", omittingEmptySubsequences: false)
        guard parts.count <= 2,
            let shift = parts.count == 2 ? Int(parts[1].hasPrefix("+") ? parts[1].dropFirst() : parts[1]) : 0,
            abs(shift) < 40
        else { return .text }
        var body = parts[0]
        let isNegative = body.hasPrefix("-")
        if isNegative || body.hasPrefix("+") { body.removeFirst() }
        let halves = body.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count <= 2, let whole = halves.first, body.allSatisfy({ $0.isASCIIDigit || $0 == "." }),
            body.contains(where: \.isASCIIDigit)
        else { return .text }
        var digits = Array(whole) + (halves.count == 2 ? Array(halves[1]) : [])
        var point = whole.count + shift
        while point < 0 { digits.insert("0", at: 0); point += 1 }
        while digits.count < point { digits.append("0") }
        var decimals = digits.count - point
        var isRoundedUp = false
        if decimals > 6 {
            isRoundedUp = digits[point + 6] >= "5"
            digits = Array(digits.prefix(point + 6))
            decimals = 6
        }
        guard digits.drop(while: { $0 == "0" }).count <= mostDigits + 5,
            var mantissa = digits.isEmpty ? 0 : Int(String(digits))
        else { return .text }
        if isRoundedUp { mantissa += 1 }
        while decimals > 0, mantissa.isMultiple(of: 10) { mantissa /= 10; decimals -= 1 }
        guard mantissa < power(mostDigits) else { return .text }
        return .number(
            PrintedNumber(
                mantissa: isNegative ? -mantissa : mantissa, decimals: decimals, exponent: 0, isPercentage: false))
    }

    /// Ten to the power of `exponent`, which is 0 to 18.
    static func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { product, _ in product * 10 } }

    private static func isDash(_ character: Character) -> Bool {
        "-\u{2212}\u{2013}\u{2014}\u{2010}\u{2011}".contains(character)
    }

    /// Digits with thousands separators of one kind and at most one decimal point.
    private static func digits(_ text: Substring) -> (mantissa: Int, decimals: Int)? {
        let halves = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count) else { return nil }
        let groups = halves[0].split(omittingEmptySubsequences: false) {
            ",'\u{2019} \u{a0}\u{2009}\u{202f}".contains($0)
        }
        let marks = Set(halves[0].filter { !$0.isASCIIDigit })
        guard marks.count <= 1,
            groups.count == 1 || (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy({ $0.count == 3 })
        else { return nil }
        let whole = groups.joined()
        let decimals = halves.count == 2 ? halves[1] : ""
        guard whole.allSatisfy(\.isASCIIDigit), decimals.allSatisfy(\.isASCIIDigit), decimals.count <= 6,
            halves.count == 1 || !decimals.isEmpty
        else { return nil }
        let all = (whole + decimals).drop { $0 == "0" }
        guard !(whole + decimals).isEmpty, all.count <= mostDigits else { return nil }
        return (all.isEmpty ? 0 : Int(all)!, decimals.count)
    }
}

extension Character {
    var isASCIIDigit: Bool { asciiValue.map { (48...57).contains($0) } ?? false }
}
