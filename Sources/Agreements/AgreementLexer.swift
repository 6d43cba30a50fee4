internal import Sterling
internal import Ledger

/// A word of an agreement's line, and where it stands (columns count from 1).
struct Token {
    let kind: Kind
    let text: String
    let column: Int

    var length: Int { max(1, text.count) }

    /// Stands where a line has no word.
    static let nothing = Token(kind: .word, text: "", column: 1)

    enum Kind: Equatable {
        case word
        case quoted(String)
        case amount(Money)
        case share(Fraction)
        case number(Int)
        /// A number with decimals.
        case decimal(Fraction)
        case date(CalendarDate)
        case year(FinancialYear)
        case comma, semicolon
        /// Starts like an amount, a percentage or a quotation, and isn't one; the text says why.
        case broken(String)
    }
}

/// Cuts a line into tokens; `#` begins a comment.
enum AgreementLexer {
    static func tokens(_ line: String) -> [Token] {
        let characters = Array(line)
        var tokens: [Token] = []
        var index = 0
        while index < characters.count {
            let character = characters[index]
            if character == "#" { break }
            if character.isWhitespace { index += 1; continue }
            let start = index
            if character == "," || character == ";" {
                index += 1
                tokens.append(
                    Token(kind: character == "," ? .comma : .semicolon, text: String(character), column: start + 1))
            } else if isQuotation(character) {
                index += 1
                while index < characters.count, !isQuotation(characters[index]) { index += 1 }
                let isClosed = index < characters.count
                let inner = String(characters[start + 1..<index])
                index = min(index + 1, characters.count)
                tokens.append(
                    Token(
                        kind: isClosed ? .quoted(inner) : .broken("the quotation mark is never closed"),
                        text: String(characters[start..<index]), column: start + 1))
            } else {
                while index < characters.count, !ends(characters, index) { index += 1 }
                let text = String(characters[start..<index])
                tokens.append(Token(kind: kind(text), text: text, column: start + 1))
            }
        }
        return joined(tokens)
    }

    /// Word processors turn quotation marks.
    private static func isQuotation(_ character: Character) -> Bool {
        ["\"", "\u{201C}", "\u{201D}", "\u{201E}", "\u{201F}"].contains(character)
    }

    /// What is written in several words and is one thing: `40 %`, `31 March 2019`.
    private static func joined(_ tokens: [Token]) -> [Token] {
        var result: [Token] = []
        for token in tokens {
            result.append(token)
            if token.text == "%", result.count > 1, result[result.count - 2].text.first?.isNumber == true {
                result.removeLast()
                let number = result.removeLast()
                result.append(Token(kind: kind(number.text + "%"), text: number.text + "%", column: number.column))
            }
            if let date = longDate(result.suffix(3)) {
                let written = result.suffix(3)
                result.removeLast(3)
                let first = written.first!, text = written.map(\.text).joined(separator: " ")
                result.append(Token(kind: .date(date), text: text, column: first.column))
            }
        }
        return result
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    /// `31 March 2019`, `1st April 2018`
    private static func longDate(_ tokens: ArraySlice<Token>) -> CalendarDate? {
        guard tokens.count == 3, let written = tokens.first, let last = tokens.last,
            let year = Int(last.text), last.text.count == 4,
            let day = Int(written.text.prefix { $0.isNumber }),
            ["", "st", "nd", "rd", "th"].contains(written.text.drop { $0.isNumber }.lowercased())
        else { return nil }
        let name = tokens[tokens.startIndex + 1].text.lowercased()
        guard name.count >= 3, let month = months.firstIndex(where: { $0.hasPrefix(name) }) else { return nil }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return CalendarDate(written: "\(year)-\(two(month + 1))-\(two(day))")
    }

    /// `£30k` is thirty thousand pounds, `£1.2m` a million and two hundred thousand.
    private static func thousands(_ text: String) -> Money? {
        let scale: Int
        switch text.last {
        case "k", "K": scale = 1_000
        case "m", "M": scale = 1_000_000
        default: return nil
        }
        guard case .amount(let amount, marker: .none) = AmountReader.read(String(text.dropLast())), !amount.isNegative
        else { return nil }
        let (pence, isOver) = amount.pence.multipliedReportingOverflow(by: scale)
        return isOver || Money(pence: pence) > Money.largest ? nil : Money(pence: pence)
    }

    /// A comma between two digits belongs to the number, whether it stands in a good place or not.
    private static func ends(_ characters: [Character], _ index: Int) -> Bool {
        let character = characters[index]
        if character == "," {
            return
                !(index > 0 && characters[index - 1].isNumber && index + 1 < characters.count
                && characters[index + 1].isNumber)
        }
        return character.isWhitespace || character == ";" || isQuotation(character) || character == "#"
    }

    private static func kind(_ text: String) -> Token.Kind {
        if text.hasPrefix("£") || text.hasPrefix("-£") {
            switch AmountReader.read(text) {
            case .amount(let amount, marker: .none) where !amount.isNegative: return .amount(amount)
            case .amount: return .broken("amounts are not negative")
            case .unreadable(let reason): return thousands(text).map { .amount($0) } ?? .broken(reason)
            case .blank, .dash, .notAvailable: return .broken("no digits")
            }
        }
        guard let first = text.first, first.isASCII, first.isNumber || first == "-" || first == "." else {
            return .word
        }
        if text.hasSuffix("%") {
            guard let share = percentage(text.dropLast()) else {
                return .broken("a percentage is written 80% or 12.5%")
            }
            return .share(share)
        }
        if let date = CalendarDate(written: text), text.count == 10, text.contains("-") || text.contains("/") {
            return .date(date)
        }
        if let year = FinancialYear(written: text) { return .year(year) }
        if text.contains("/") {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
            guard parts.count == 2, let over = parts[0], let under = parts[1], over >= 0, under > 0 else {
                return .broken("a fraction is written 1/3")
            }
            return .share(Fraction(over) / Fraction(under))
        }
        if case .amount(let amount, marker: .none) = AmountReader.read(text), !text.contains("."), !amount.isNegative {
            return .number(amount.pence / 100)
        }
        if let decimal = decimal(text) { return .decimal(decimal) }
        return .broken(
            "neither an amount (£12,000), a percentage (80%), a fraction (1/3), a number nor a date (2018-04-01)")
    }

    private static func percentage(_ digits: some StringProtocol) -> Fraction? {
        decimal(digits).map { $0 / Fraction(100) }
    }

    /// `12.5`, with at most nine digits on either side of the point.
    private static func decimal(_ digits: some StringProtocol) -> Fraction? {
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            parts.allSatisfy({ !$0.isEmpty && $0.count < 10 && $0.allSatisfy { $0.isASCII && $0.isNumber } })
        else { return nil }
        let decimals = parts.count == 2 ? parts[1].count : 0
        guard let value = Int(parts.joined()) else { return nil }
        var scale = 1
        for _ in 0..<decimals { scale *= 10 }
        return Fraction(value) / Fraction(scale)
    }
}
