internal import Findings
internal import Sheets

/// A row's cells as text, with their places.
struct RowTexts {
    let sheet: Sheet
    let number: Int
    let cells: [(cell: RowBuffer.Cell, text: String)]

    init(_ row: RowBuffer, _ sheet: Sheet) {
        self.sheet = sheet
        number = row.number
        // A file without types holds texts, and theirs is the form that counts.
        cells = row.cells.map { cell in
            let text = row.text(cell)
            return (cell, cell.kind == .number && sheet.isTyped ? Self.wholeNumber(text) ?? text : text)
        }
    }

    /// `4000` for `4000.0` and `4.0E3`, as libraries store what a spreadsheet shows as 4000.
    ///
    /// - Returns: `nil` for a number that is written plainly or has a fraction, and for any other text.
    static func wholeNumber(_ text: String) -> String? {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }) else {
            return nil
        }
        let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
        let sign = parts[0].hasPrefix("-") ? "-" : ""
        let mantissa = parts[0].drop { $0 == "-" || $0 == "+" }.split(
            separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, mantissa.count <= 2, !mantissa[0].isEmpty,
            mantissa.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let exponent = parts.count == 2 ? Int(parts[1]) : 0, (0...15).contains(exponent)
        else { return nil }
        let fraction = mantissa.count == 2 ? String(mantissa[1]) : ""
        guard fraction.dropFirst(exponent).allSatisfy({ $0 == "0" }) else { return nil }
        let moved = fraction.prefix(exponent)
        let digits = mantissa[0] + moved + String(repeating: "0", count: exponent - moved.count)
        let significant = digits.drop { $0 == "0" }
        // A double holds fifteen digits.
        guard significant.count <= 15 else { return nil }
        return significant.isEmpty ? "0" : sign + significant
    }

    /// Whether a spreadsheet has put a long number into another form, whose last digits are gone: `1.23457E+11`.
    static func isRewritten(_ text: String) -> Bool {
        text.firstMatch(of: /^-?[0-9](\.[0-9]+)?E\+[0-9]{1,3}$/) != nil
    }

    func cell(_ column: Int) -> (cell: RowBuffer.Cell, text: String)? { cells.first { $0.cell.column == column } }

    func text(_ column: Int) -> String { cell(column)?.text ?? "" }

    func place(_ column: Int) -> Place { Place(sheet.source, row: number, column: column) }

    /// The column whose cell reads so, in any case and with blanks folded.
    func column(titled title: String) -> Int? {
        cells.first { Self.reads($0.text, title) }?.cell.column
    }

    /// The columns that a map's name may mean: those headed so, the second of them for `Actual (2)`, or by its letters
    /// as a spreadsheet has them for `column B`. A header that reads so itself comes first.
    func columns(named name: String) -> [Int] {
        func headed(_ title: String) -> [Int] {
            cells.filter { Self.reads($0.text, title) }.map(\.cell.column)
        }
        let literal = headed(name)
        if !literal.isEmpty { return literal }
        if let counted = name.trimmed.wholeMatch(of: /(.+) \(([1-9])\)/), let number = Int(counted.2) {
            let all = headed(String(counted.1))
            return all.count >= max(number, 2) ? [all[number - 1]] : []
        }
        return Self.column(lettered: name).map { [$0] } ?? []
    }

    /// 28 for `column AB`.
    static func column(lettered name: String) -> Int? {
        guard let letters = name.trimmed.lowercased().wholeMatch(of: /column ([a-z]{1,3})/)?.1 else { return nil }
        let number = letters.utf8.reduce(0) { $0 * 26 + Int($1) - 96 }
        return number <= Limits.columns ? number : nil
    }

    /// A header of several rows as one: the texts above each column, an upper one standing for the empty cells to its
    /// right as well.
    init(joining rows: [RowTexts]) {
        let last = rows[rows.count - 1]
        (sheet, number) = (last.sheet, last.number)
        var columns: [Int: RowBuffer.Cell] = [:]
        for row in rows {
            for (cell, text) in row.cells where !text.trimmed.isEmpty { columns[cell.column] = cell }
        }
        let texts = HeaderRows.join(
            rows.map { row in
                Dictionary(
                    row.cells.map { ($0.cell.column, $0.text.trimmed) }.filter { !$0.1.isEmpty }
                ) { first, _ in first }
            })
        cells = columns.sorted { $0.key < $1.key }.map { ($0.value, texts[$0.key] ?? "") }
    }

    /// Every row is asked whether it is the header again, so nothing is copied here.
    private static func reads(_ text: String, _ title: String) -> Bool {
        var a = FoldedBytes(text.utf8), b = FoldedBytes(title.utf8)
        while true {
            let (x, y) = (a.next(), b.next())
            if x != y { return false }
            if x == nil { return true }
        }
    }

    /// A text's bytes, without blanks at its ends, one for several within, and A to Z as a to z.
    private struct FoldedBytes: IteratorProtocol {
        private var rest: Substring.UTF8View

        init(_ bytes: String.UTF8View) {
            rest = bytes[...]
            _ = passBlanks()
        }

        mutating func next() -> UInt8? {
            if passBlanks() { return rest.isEmpty ? nil : 0x20 }
            guard let byte = rest.popFirst() else { return nil }
            return (65...90).contains(byte) ? byte + 32 : byte
        }

        /// Blanks that the eye doesn't tell apart are one: a web page's no-break space, and those without a width.
        private mutating func passBlanks() -> Bool {
            var hasPassed = false
            while let first = rest.first {
                let length =
                    if first <= 0x20 {
                        1
                    } else if first < 0x80 {
                        0
                    } else {
                        Self.wideBlanks.first { rest.starts(with: $0) }?.count ?? 0
                    }
                guard length > 0 else { break }
                rest.removeFirst(length)
                hasPassed = true
            }
            return hasPassed
        }

        private static let wideBlanks = ["\u{A0}", "\u{202F}", "\u{2007}", "\u{2009}", "\u{200B}", "\u{FEFF}"].map {
            Array($0.utf8)
        }
    }

    /// The row as one line, with a caret's place under the column.
    func excerpt(_ column: Int?) -> Finding.Excerpt {
        var line = ""
        var offset = 0
        var length = 1
        for (cell, text) in cells {
            if !line.isEmpty { line += " | " }
            let shown = text.count > 40 ? text.prefix(37) + "..." : text
            let flat = String(shown.map { $0.isNewline || $0 == "\t" ? " " : $0 })
            if cell.column == column {
                offset = line.count
                length = max(1, flat.count)
            }
            line += flat
        }
        return Finding.Excerpt(line: line, offset: offset, length: length)
    }
}
