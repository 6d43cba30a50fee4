public import Findings
public import Sheets

/// A small table of a year's folder, in any readable format: a header row and what stands below it.
public struct Table: Sendable {
    public let file: String
    /// As they stand, without blanks around them; empty above a column without a title.
    public let headers: [String]
    public let rows: [Row]
    public let source: Place.Source

    /// A row below the header; blank ones are passed over.
    public struct Row: Sendable {
        /// In its sheet, counted from 1.
        public let number: Int
        /// As many as the headers.
        public let fields: [String]
        public let source: Place.Source

        /// - Parameter column: counted from zero, as in `fields`.
        public func place(_ column: Int) -> Place { Place(source, row: number, column: column + 1) }
    }

    /// More rows than this are no table that a person keeps.
    static let mostRows = 20_000

    /// - Throws: `FileFailure` where the file can't be opened.
    /// - Returns: the first sheet's table; `nil` where it can't be read, with findings.
    public static func read(_ content: FileContent, file: String) throws(FileFailure) -> (
        table: Table?, findings: [Finding]
    ) {
        let (tables, findings) = try readAll(content, file: file)
        return (tables.first, findings)
    }

    /// - Throws: `FileFailure` where the file can't be opened.
    /// - Returns: a table for each sheet that holds anything, each with a header of its own; none where the file
    ///   can't be read whole, with findings.
    public static func readAll(_ content: FileContent, file: String) throws(FileFailure) -> (
        tables: [Table], findings: [Finding]
    ) {
        let collector = Collector()
        let report = try SheetReader.read(content, name: file, into: collector)
        guard report.isWhole else { return ([], report.findings) }
        if collector.isTooLong {
            let fault = TableFault.tooLong(mostRows: mostRows).finding(at: Place(file: file))
            return ([], report.findings + [fault])
        }
        var findings = report.findings + collector.findings
        let tables = collector.sheets.compactMap { table($0, file: file, &findings) }
        if tables.isEmpty {
            findings.append(TableFault.empty.finding(at: Place(file: file)))
        }
        return (tables, findings)
    }

    private static func table(_ sheet: Collector.Sheet, file: String, _ findings: inout [Finding]) -> Table? {
        guard let header = sheet.rows.first else { return nil }
        let width = header.fields.count
        for row in sheet.rows.dropFirst() where row.fields.count > width && !sheet.isTyped {
            findings.append(tooLong(sheet.source, row.number, width, row.fields[width]))
        }
        findings += titledTwice(header.fields, sheet.source, header.number)
        let rows = sheet.rows.dropFirst().map { row in
            let missing = Array(repeating: "", count: max(0, width - row.fields.count))
            return Row(number: row.number, fields: Array(row.fields.prefix(width)) + missing, source: sheet.source)
        }
        return Table(file: file, headers: header.fields, rows: Array(rows), source: sheet.source)
    }

    /// The column with one of these titles.
    public func column(_ titles: String...) -> Int? {
        headers.firstIndex { titles.contains($0.lowercased()) }
    }

    /// A row's texts from the first column on, with a finding for each cell that holds none.
    static func fields(_ row: RowBuffer, _ source: Place.Source?, _ findings: inout [Finding]) -> [String] {
        var fields: [String] = []
        for cell in row.cells where cell.column <= 256 {
            while fields.count < cell.column - 1 { fields.append("") }
            if cell.kind == .boolean || cell.kind == .error, findings.count < 1_000, let source {
                findings.append(
                    TableFault.notText(isError: cell.kind == .error).finding(
                        at: Place(source, row: row.number, column: cell.column), found: row.text(cell)))
            }
            if cell.kind == .valueless, findings.count < 1_000, let source {
                findings.append(
                    TableFault.formulaWithoutValue.finding(
                        at: Place(source, row: row.number, column: cell.column)))
            }
            fields.append(row.text(cell).trimmed)
        }
        return fields
    }

    static func tooLong(_ source: Place.Source, _ row: Int, _ width: Int, _ field: String) -> Finding {
        ImportFault.rowTooLong.finding(at: Place(source, row: row, column: width + 1), found: field)
    }

    static func titledTwice(_ headers: [String], _ source: Place.Source, _ row: Int) -> [Finding] {
        headers.enumerated().compactMap { index, title in
            guard !title.isEmpty, headers[..<index].contains(where: { $0.lowercased() == title.lowercased() }) else {
                return nil
            }
            return TableFault.columnTwice.finding(at: Place(source, row: row, column: index + 1), found: title)
        }
    }

    private final class Collector: SheetReceiver {
        struct Sheet {
            let source: Place.Source
            let isTyped: Bool
            var rows: [(number: Int, fields: [String])] = []
        }

        private(set) var sheets: [Sheet] = []
        private(set) var isTooLong = false
        private(set) var findings: [Finding] = []
        private var count = 0

        func beginSheet(_ sheet: Sheets.Sheet) { sheets.append(Sheet(source: sheet.source, isTyped: sheet.isTyped)) }

        func receive(_ row: RowBuffer) {
            guard !isTooLong else { return }
            let fields = Table.fields(row, sheets.last?.source, &findings)
            guard fields.contains(where: { !$0.isEmpty }) else { return }
            // The header is one more.
            guard count <= Table.mostRows else { return isTooLong = true }
            count += 1
            sheets[sheets.count - 1].rows.append((row.number, fields))
        }
    }
}
