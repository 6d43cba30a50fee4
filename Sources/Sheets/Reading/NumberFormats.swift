/// What a cell's number is shown as, which in xlsx alone tells a date from an amount.
enum NumberFormat: UInt8 {
    case number
    /// A date, a time of day, or both.
    case date
    /// `[h]:mm`: a length of time, which may exceed a day.
    case elapsed

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
        scan: while let character = characters.next() {
            switch character {
            case ";": break scan
            case "\"": while let next = characters.next(), next != "\"" {}
            // The next character is shown as it is, its width is left blank, or it fills the cell.
            case "\\", "_", "*": _ = characters.next()
            case "[":
                var inside = ""
                while let next = characters.next(), next != "]" { inside.unicodeScalars.append(next) }
                let letters = Set(inside.lowercased())
                if letters == ["h"] || letters == ["m"] || letters == ["s"] {
                    self = .elapsed
                    return
                }
            // `General` is no date for its `e`, and in it no letter of the list below occurs.
            case "y", "Y", "m", "M", "d", "D", "h", "H", "s", "S": found = .date
            default: break
            }
        }
        self = found
    }
}
