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
        var faults: [Finding] = []
        for row in collector.rows.dropFirst() where row.fields.count > width && source.sheet == "" {
            faults.append(Finding(
                .rowTooLong, at: Place(source, row: row.number, column: width + 1), found: row.fields[width], "the row has more fields than the header, so its amount may be cut in two",
                hint: "put quotation marks around fields that hold the separator"))
        }
        for (index, title) in header.fields.enumerated() where !title.isEmpty && header.fields[..<index].contains(where: { $0.lowercased() == title.lowercased() }) {
            faults.append(Finding(.tableBroken, at: Place(source, row: header.number, column: index + 1), found: title, "two columns have one header", hint: "give them different headers, or take one away"))
        }
        let rows = collector.rows.dropFirst().map { row in
            Row(number: row.number, fields: Array(row.fields.prefix(width)) + Array(repeating: "", count: max(0, width - row.fields.count)), source: source)
        }
        return (Table(file: file, headers: header.fields, rows: Array(rows), source: source), report.findings + collector.findings + faults)
    }

    /// The column with one of these titles.
    public func column(_ titles: String...) -> Int? {
        headers.firstIndex { titles.contains($0.lowercased()) }
    }

    private final class Collector: SheetReceiver {
        var source: Place.Source?
        var rows: [(number: Int, fields: [String])] = []
        var isTooLong = false
        var findings: [Finding] = []
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
                if cell.kind == .boolean || cell.kind == .error, findings.count < 1_000, let source {
                    findings.append(Finding(
                        .tableBroken, at: Place(source, row: row.number, column: cell.column), found: row.text(cell), "the cell is \(cell.kind == .error ? "an error value" : "a yes or no")", hint: "mend the cell"))
                }
                if cell.kind == .valueless, findings.count < 1_000, let source {
                    findings.append(Finding(
                        .formulaWithoutValue, at: Place(source, row: row.number, column: cell.column), "the cell is a formula without its value",
                        hint: "open the table in a spreadsheet program, recalculate and save it"))
                }
                fields.append(row.text(cell).trimmed)
            }
            if fields.contains(where: { !$0.isEmpty }) { rows.append((row.number, fields)) }
        }
    }
}
