public import Findings
internal import Sheets

/// A small table of a year's folder, in any readable format: a header row and what stands below it.
public struct Table: Sendable {
    public let file: String
    public let headers: [String]
    public let rows: [Row]
    public let source: Place.Source

    public struct Row: Sendable {
        public let number: Int
        /// As many as the headers.
        public let fields: [String]
        public let source: Place.Source

        public func place(_ column: Int) -> Place { Place(source, row: number, column: column + 1) }
    }

    /// More rows than this are no table that a person keeps.
    static let mostRows = 20_000

    /// - Throws: `FileFailure` where the file can't be opened.
    /// - Returns: the first sheet's table; `nil` where it can't be read, with findings.
    public static func read(path: String, file: String) throws -> (table: Table?, findings: [Finding]) {
        let collector = Collector()
        let report = try SheetReader.read(path: path, name: file, into: collector)
        guard report.isWhole else { return (nil, report.findings) }
        guard let header = collector.rows.first, let source = collector.source else {
            return (nil, report.findings + [Finding(.tableBroken, at: Place(file: file), "the table is empty", hint: "its first row names the columns")])
        }
        if collector.isTooLong {
            return (nil, report.findings + [Finding(.tableBroken, at: Place(file: file), "the table has more than \(mostRows) rows", hint: "it is probably an export: put it under exports/")])
        }
        let width = header.fields.count
        let rows = collector.rows.dropFirst().map { row in
            Row(number: row.number, fields: Array(row.fields.prefix(width)) + Array(repeating: "", count: max(0, width - row.fields.count)), source: source)
        }
        return (Table(file: file, headers: header.fields, rows: Array(rows), source: source), report.findings)
    }

    /// The column with one of these titles.
    public func column(_ titles: String...) -> Int? {
        headers.firstIndex { titles.contains($0.lowercased()) }
    }

    private final class Collector: SheetReceiver {
        var source: Place.Source?
        var rows: [(number: Int, fields: [String])] = []
        var isTooLong = false
        private var isInFirst = true

        func beginSheet(_ sheet: Sheet) {
            isInFirst = source == nil || rows.isEmpty
            if isInFirst { source = sheet.source }
        }

        func receive(_ row: RowBuffer) {
            guard isInFirst else { return }
            guard rows.count <= Table.mostRows else { isTooLong = true; return }
            var fields: [String] = []
            for cell in row.cells where cell.column <= 256 {
                while fields.count < cell.column - 1 { fields.append("") }
                fields.append(row.text(cell).trimmed)
            }
            if fields.contains(where: { !$0.isEmpty }) { rows.append((row.number, fields)) }
        }
    }
}
