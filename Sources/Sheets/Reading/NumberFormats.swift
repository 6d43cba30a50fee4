/// What a cell's number is shown as, which in xlsx alone tells a date from an amount.
enum NumberFormat: UInt8 {
    case number
    /// A date, a time of day, or both.
    case date
    /// `[h]:mm`: a length of time, which may exceed a day.
    case elapsed
    /// A number beside the sign of another currency than pounds.
    case otherCurrency

    /// Of the built-in formats: ECMA-376, part 1, 18.8.30, with the national ones that hold dates.
    init(builtIn id: Int) {
        switch id {
        case 14...17, 22, 27...31, 36, 50...54, 57, 58: self = .date
        case 18...21, 32...35, 45, 47, 55, 56: self = .date
        case 46: self = .elapsed
        default: self = .number
        }
    }

    /// Of a format code, by its first section: `dd/mm/yyyy;@` is a date, `"Paid" 0` is not, nor is
    /// `[Red]0.00`; `[h]:mm` is a length of time.
    init(code: String) {
        var characters = code.unicodeScalars.makeIterator()
        var found = NumberFormat.number
        var shown = "", symbol: Substring?
        scan: while let character = characters.next() {
            switch character {
            case ";": break scan
            case "\"": while let next = characters.next(), next != "\"" { shown.unicodeScalars.append(next) }
            case "\\":
                if let next = characters.next() { shown.unicodeScalars.append(next) }
            // The next character's width is left blank, or it fills the cell.
            case "_", "*": _ = characters.next()
            case "[":
                var inside = ""
                while let next = characters.next(), next != "]" { inside.unicodeScalars.append(next) }
                let letters = Set(inside.lowercased())
                if letters == ["h"] || letters == ["m"] || letters == ["s"] {
                    self = .elapsed
                    return
                }
                // `[$€-2]`: a currency's sign and a place's number; `[$-809]` is a place alone.
                if inside.hasPrefix("$") { symbol = inside.dropFirst().prefix { $0 != "-" } }
            // `General` is no date for its `e`, and in it no letter of the list below occurs.
            case "y", "Y", "m", "M", "d", "D", "h", "H", "s", "S": found = .date
            default: shown.unicodeScalars.append(character)
            }
        }
        let isOther = symbol.map { !$0.isEmpty && !Self.isPounds($0) } ?? false || Self.namesOtherCurrency(shown)
        self = found == .number && isOther ? .otherCurrency : found
    }

    private static func isPounds(_ symbol: Substring) -> Bool {
        ["£", "GBP", "STG", "UKP"].contains { symbol.uppercased().contains($0) }
    }

    /// Signs and ISO 4217's codes of the currencies that English ledgers meet, besides pounds; SpreadsheetML calls one
    /// of its formats by a name.
    private static func namesOtherCurrency(_ shown: String) -> Bool {
        if shown.contains(where: { "€$¥₹".contains($0) }) { return true }
        let words = shown.uppercased().split { !$0.isLetter }
        return words.contains {
            ["EUR", "EURO", "USD", "CHF", "JPY", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "INR"].contains($0)
        }
    }
}
