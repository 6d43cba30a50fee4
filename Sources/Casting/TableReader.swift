public import Findings
public import Sheets

/// Reads a file's tables as they are printed: a table a sheet, or more where headers repeat, or each table of
/// a web page.
public enum TableReader {
    /// A table with more cells than this is a list, not something that a person prints.
    static let mostCells = 400_000

    /// - Throws: `FileFailure` where the file can't be opened or read.
    /// - Returns: the tables, with findings where something can't be read.
    public static func tables(path: String) throws(FileFailure) -> (tables: [PrintedTable], findings: [Finding]) {
        if let page = try WebPage.tables(path: path) {
            return (
                page.tables.flatMap {
                    PrintedTable(source: Place.Source(file: path, sheet: $0.name), title: $0.caption, rows: rows($0))
                        .parts
                }, page.findings
            )
        }
        let collector = Collector()
        let report = try SheetReader.read(path: path, into: collector)
        return (collector.tables.flatMap(\.parts), report.findings + collector.findings)
    }

    /// For bytes that are no file: a page's tables.
    package static func tables(page bytes: [UInt8]) -> [PrintedTable] {
        WebPage.tables(bytes: bytes).flatMap {
            PrintedTable(source: Place.Source(file: "page", sheet: $0.name), title: $0.caption, rows: rows($0)).parts
        }
    }

    /// For bytes that are no file: lines of fields between `|`.
    package static func table(lines text: String) -> [PrintedTable] {
        let rows = text.split(separator: "\n").prefix(400).enumerated().map { index, line in
            PrintedTable.Row(
                number: index + 1,
                cells: line.split(separator: "|", maxSplits: 40, omittingEmptySubsequences: false).map {
                    PrintedTable.Cell(String($0))
                })
        }
        return rows.isEmpty
            ? [] : PrintedTable(source: Place.Source(file: "lines", sheet: ""), title: "", rows: rows).parts
    }

    private static func rows(_ table: WebPage.Table) -> [PrintedTable.Row] {
        table.rows.enumerated().map {
            PrintedTable.Row(number: $0.offset + 1, cells: $0.element.map { PrintedTable.Cell($0) })
        }
    }

    private final class Collector: SheetReceiver {
        var tables: [PrintedTable] {
            sheets.map { PrintedTable(source: $0.source, title: $0.source.sheet ?? "", rows: $0.rows) }.filter {
                !$0.rows.isEmpty
            }
        }
        var findings: [Finding] = []
        private var sheets: [(source: Place.Source, rows: [PrintedTable.Row])] = []
        private var cells = 0
        private var isTyped = true

        func beginSheet(_ sheet: Sheet) {
            sheets.append((sheet.source, []))
            isTyped = sheet.isTyped
            cells = 0
        }

        func receive(_ row: RowBuffer) {
            guard cells <= TableReader.mostCells else { return }
            var line: [PrintedTable.Cell] = []
            for cell in row.cells where cell.column <= 512 {
                while line.count < cell.column - 1 { line.append(.blank) }
                let text = row.text(cell)
                switch cell.kind {
                // In a file of text the figures are as they were printed; a workbook's are numbers.
                case .number:
                    line.append(
                        isTyped ? PrintedTable.Cell(literal: text) : PrintedTable.Cell(text))
                case .text, .date, .boolean, .error, .valueless:
                    line.append(cell.kind == .text ? PrintedTable.Cell(text) : PrintedTable.Cell(word: text))
                }
                if cell.kind == .error || cell.kind == .valueless, findings.count < 1_000,
                    let source = sheets.last?.source
                {
                    findings.append(
                        Finding(
                            cell.kind == .error ? .amountIsError : .formulaWithoutValue,
                            at: Place(source, row: row.number, column: cell.column), found: text,
                            cell.kind == .error
                                ? "the cell is an error value" : "the cell is a formula without its value",
                            hint: "open the table in a spreadsheet program, mend or recalculate it and save it"))
                }
            }
            guard line.contains(where: { !$0.isBlank }) else { return }
            cells += line.count
            guard cells <= TableReader.mostCells else {
                findings.append(
                    Finding(
                        .limitPassed, at: sheets.last.map { Place($0.source, row: row.number) },
                        "the sheet has more than \(TableReader.mostCells) cells",
                        hint: "check the part of it that is a table"))
                return
            }
            sheets[sheets.count - 1].rows.append(PrintedTable.Row(number: row.number, cells: line))
        }
    }
}
