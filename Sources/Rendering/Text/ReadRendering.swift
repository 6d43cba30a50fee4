public import Findings
internal import Sterling
public import Sheets

/// What `outturn read` shows: the program's own view of a file, cell by cell or in sum.
public final class ReadSummary: SheetReceiver {
    /// What a sheet holds, counted.
    public struct SheetSummary {
        public let name: String
        /// Rows that hold at least one cell that isn't empty.
        public var rows = 0
        /// Those that aren't empty.
        public var cells = 0
        private var counts = InlineArray<8, Int>(repeating: 0)
        var numbers = DecimalSum()

        init(name: String) { self.name = name }

        /// How many cells are of a kind.
        public func count(_ kind: RowBuffer.Kind) -> Int { counts[Int(kind.rawValue)] }

        /// - Returns: the cells that aren't what they say.
        mutating func add(_ row: RowBuffer) -> [RowBuffer.Cell] {
            var faults: [RowBuffer.Cell] = []
            rows += 1
            cells += row.cells.count
            for cell in row.cells {
                counts[Int(cell.kind.rawValue)] += 1
                if cell.kind == .number {
                    if !row.withBytes(cell, { numbers.add($0) }) { faults.append(cell) }
                } else if cell.kind == .valueless {
                    faults.append(cell)
                }
            }
            return faults
        }

        /// The exact sum of the numbers as the file spells them.
        public var sum: String { numbers.string }
    }

    /// In the file's order.
    public private(set) var sheets: [SheetSummary] = []
    /// Cells of type Number that aren't one, and formulas without a value.
    public private(set) var unreadable: [Finding] = []
    private var source: Place.Source?

    /// A summary of nothing yet: it takes a file's sheets and rows as they are read.
    public init() {}

    /// Begins the sheet's counts.
    public func beginSheet(_ sheet: Sheet) {
        sheets.append(SheetSummary(name: sheet.name))
        source = sheet.source
    }

    /// Counts the row's cells; a cell that isn't what it says is a finding, up to a thousand of them.
    public func receive(_ row: RowBuffer) {
        let faults = sheets[sheets.count - 1].add(row)
        for cell in faults where unreadable.count < 1_000 {
            let place = source.map { Place($0, row: row.number, column: cell.column) }
            unreadable.append(
                cell.kind == .number
                    ? Finding(
                        .amountUnreadable, at: place, found: row.text(cell), "the cell is of type Number and is none",
                        hint: "mend the cell at its source")
                    : Finding(
                        .formulaWithoutValue, at: place, "the cell holds a formula without its value",
                        hint: "open the file in a spreadsheet program, recalculate and save it"))
        }
    }

    /// A row a sheet, for a terminal.
    public var text: String {
        var table = TextTable()
        table.add(.cells(["Sheet", "rows", "cells", "numbers", "dates", "booleans", "errors", "texts", "sum"]))
        for sheet in sheets {
            table.add(
                .cells(
                    [sheet.name.isEmpty ? "-" : sheet.name] + Self.counts(sheet).map { AmountFormat.grouped($0.1) } + [
                        sheet.sum
                    ]))
        }
        return table.text
    }

    private static func counts(_ sheet: SheetSummary) -> [(String, Int)] {
        [
            ("rows", sheet.rows), ("cells", sheet.cells), ("numbers", sheet.count(.number)),
            ("dates", sheet.count(.date)),
            ("booleans", sheet.count(.boolean)), ("errors", sheet.count(.error)), ("texts", sheet.count(.text)),
        ]
    }

    /// A row a sheet; the sum is exact.
    public var csv: String {
        CSVWriter.text(
            [
                ["sheet", "rows", "cells", "numbers", "dates", "booleans", "errors", "texts", "sum"].map(
                    CSVWriter.Field.text)
            ]
                + sheets.map { sheet in
                    [.text(sheet.name)] + Self.counts(sheet).map { .number("\($0.1)") } + [.number(sheet.sum)]
                })
    }

    /// A list of the sheets, each with its counts and its exact sum as a text.
    public var json: JSONValue {
        .array(
            sheets.map { sheet in
                .object(
                    [("sheet", .string(sheet.name))] + Self.counts(sheet).map { ($0.0, .int($0.1)) } + [
                        ("sum", .string(sheet.sum))
                    ])
            })
    }
}

/// Writes every cell as it is read, row by row, so that a file of any size can be shown.
public final class CellWriter: SheetReceiver {
    /// How the cells are written: a row a cell, or a list of objects.
    public enum Format { case csv, json }

    private let format: Format
    private let write: (String) -> Void
    private var sheet = ""
    private var isFirst = true
    private var hasBegun = false

    /// - Parameter write: takes each piece of the output as it is made.
    public init(_ format: Format, write: @escaping (String) -> Void) {
        self.format = format
        self.write = write

    }

    /// Writes the beginning of the output with the first sheet.
    public func beginSheet(_ sheet: Sheet) {
        self.sheet = sheet.name
        begin()
    }

    /// Not before the file has turned out to be readable.
    private func begin() {
        guard !hasBegun else { return }
        hasBegun = true
        write(format == .csv ? "sheet,cell,kind,value\r\n" : "[")
    }

    /// Writes the row's cells.
    public func receive(_ row: RowBuffer) {
        begin()
        var output = ""
        for cell in row.cells {
            let place = Place.letters(cell.column) + "\(row.number)"
            let kind = Self.name(cell.kind)
            switch format {
            case .csv:
                // Whatever its type says, only digits go out unescaped.
                let text = row.text(cell)
                let value: CSVWriter.Field =
                    cell.kind == .number && Decimal10(text) != nil ? .number(text) : .text(text)
                output += CSVWriter.text([[.text(sheet), .text(place), .text(kind), value]])
            case .json:
                let object = JSONValue.object(
                    [
                        ("sheet", .string(sheet)), ("cell", .string(place)), ("kind", .string(kind)),
                        ("value", .string(row.text(cell))),
                    ]
                        + (cell.isMerged
                            ? [("mergeAcross", .int(cell.mergeAcross)), ("mergeDown", .int(cell.mergeDown))] : []))
                output += (isFirst ? "\n" : ",\n") + object.text.dropLast()
                isFirst = false
            }
        }
        write(output)
    }

    /// Ends the output; to be called once, after the last row.
    public func finish() {
        begin()
        if format == .json { write("\n]\n") }
    }

    private static func name(_ kind: RowBuffer.Kind) -> String {
        switch kind {
        case .text: "text"
        case .number: "number"
        case .date: "date"
        case .boolean: "boolean"
        case .error: "error"
        case .valueless: "formula without value"
        }
    }
}
