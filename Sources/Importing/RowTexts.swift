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
        cells = row.cells.map { ($0, row.text($0)) }
    }

    func cell(_ column: Int) -> (cell: RowBuffer.Cell, text: String)? { cells.first { $0.cell.column == column } }

    func text(_ column: Int) -> String { cell(column)?.text ?? "" }

    func place(_ column: Int) -> Place { Place(sheet.source, row: number, column: column) }

    /// The column whose cell reads so, in any case and with blanks folded.
    func column(titled title: String) -> Int? {
        cells.first { Self.reads($0.text, title) }?.cell.column
    }

    func isTitledTwice(_ title: String) -> Bool {
        cells.count { Self.reads($0.text, title) } > 1
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
            while let first = rest.first, first <= 0x20 { rest.removeFirst() }
        }

        mutating func next() -> UInt8? {
            guard let byte = rest.popFirst() else { return nil }
            if byte > 0x20 { return (65...90).contains(byte) ? byte + 32 : byte }
            while let first = rest.first, first <= 0x20 { rest.removeFirst() }
            return rest.isEmpty ? nil : 0x20
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
