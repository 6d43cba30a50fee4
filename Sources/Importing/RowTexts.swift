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
        let wanted = Self.folded(title)
        return cells.first { Self.folded($0.text) == wanted }?.cell.column
    }

    func isTitledTwice(_ title: String) -> Bool {
        let wanted = Self.folded(title)
        return cells.count { Self.folded($0.text) == wanted } > 1
    }

    private static func folded(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
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
