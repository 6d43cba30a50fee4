public import Sterling

/// A table of figures beside the statement: one model for every form it is written in.
///
///     Funds and grants                 Brought forward   Received     Used  Carried forward
///       DfE innovation grant                104,000.00  16,000.00  ...
public struct FigureTable: Sendable {
    /// What files and JSON call it: `reserveForecast`.
    public let key: String
    public let title: String
    /// What a reader must know of the figures: their unit, their basis.
    public let caption: String
    /// Without that of the rows' labels, which stands before them.
    public let columns: [Column]
    /// In the order in which they were added.
    public private(set) var rows: [Row] = []

    /// A column: what JSON calls it, and what people do.
    public struct Column: Sendable {
        public let key: String
        public let title: String
        /// The columns that make it, by key: what carries forward from what.
        public let parts: [(key: String, sign: Int)]

        /// - Parameter parts: empty for a column that isn't made of others. The sum is made a formula only in rows
        ///   where it holds.
        public init(_ key: String, _ title: String, of parts: [(key: String, sign: Int)] = []) {
            self.key = key
            self.title = title
            self.parts = parts
        }
    }

    /// What stands in a cell. Amounts are exact; a form rounds them when it prints.
    public enum Cell: Sendable {
        case amount(Money)
        /// Not available, which is not zero.
        case none
        case text(String)
        case blank
    }

    /// A line of the table. Blanks before its label set it in, for people alone.
    public struct Row: Sendable {
        public let label: String
        public let cells: [Cell]
        public let isTotal: Bool
    }

    /// A table without rows yet.
    public init(key: String, title: String, caption: String, columns: [Column]) {
        self.key = key
        self.title = title
        self.caption = caption
        self.columns = columns
    }

    /// - Precondition: as many cells as columns.
    public mutating func add(_ label: String, _ cells: [Cell], isTotal: Bool = false) {
        precondition(cells.count == columns.count)
        rows.append(Row(label: label, cells: cells, isTotal: isTotal))
    }

    /// - Precondition: as many amounts as columns.
    public mutating func add(_ label: String, _ amounts: [Money], isTotal: Bool = false) {
        add(label, amounts.map { Cell.amount($0) }, isTotal: isTotal)
    }

    /// What the lines above a row add up to in a column; totals among them don't count.
    func sum(above row: Int, _ column: Int) -> Money? {
        var sum = Money.zero
        for line in rows[..<row] {
            if line.isTotal { return nil }
            if case .amount(let amount) = line.cells[column] { sum = sum + amount }
        }
        return sum
    }

    /// The columns whose amounts make this one in a row; `nil` where it stands for itself, or they don't.
    func parts(of column: Int, in row: Row) -> [(column: Int, sign: Int)]? {
        let found = columns[column].parts.compactMap { part in
            columns.firstIndex { $0.key == part.key }.map { (column: $0, sign: part.sign) }
        }
        guard !found.isEmpty, case .amount(let whole) = row.cells[column] else { return nil }
        var sum = Money.zero
        for part in found {
            guard case .amount(let amount) = row.cells[part.column] else { return nil }
            sum = part.sign < 0 ? sum - amount : sum + amount
        }
        return sum == whole ? found : nil
    }

    func text(_ cell: Cell, _ format: AmountFormat) -> String {
        switch cell {
        case .amount(let amount): format.statementString(amount)
        case .none: "N/A"
        case .text(let text): text
        case .blank: ""
        }
    }

    /// Columns that hold words and no amount: they begin where the column begins.
    private var wordColumns: [Int] {
        columns.indices.filter { column in
            rows.contains { if case .text = $0.cells[column] { true } else { false } }
                && !rows.contains { if case .amount = $0.cells[column] { true } else { false } }
        }
    }

    /// For a terminal: title and caption, then aligned columns with a rule above each total.
    public func text(_ format: AmountFormat) -> String {
        var table = TextTable(words: Set(wordColumns.map { $0 + 1 }))
        table.add(.cells([""] + columns.map(\.title)))
        for row in rows {
            if row.isTotal { table.add(.rule("-")) }
            table.add(.cells(["  " + row.label] + row.cells.map { text($0, format) }))
        }
        return title + (caption.isEmpty ? "" : " (\(caption))") + "\n\n" + table.text
    }

    /// Exact pounds and pence, whatever is printed.
    public var csv: String {
        let header = (["row"] + columns.map(\.title)).map(CSVWriter.Field.text)
        return CSVWriter.text(
            [header]
                + rows.map { row in
                    // Only a person's table is indented.
                    [.text(String(row.label.drop { $0 == " " }))]
                        + row.cells.map { cell in
                            switch cell {
                            case .amount(let amount): .number(AmountFormat.exact(amount))
                            case .none: .text("N/A")
                            case .text(let text): .text(text)
                            case .blank: .text("")
                            }
                        }
                })
    }

    /// Exact pounds and pence as texts; a cell that is blank or not available is `null`.
    public var json: JSONValue {
        .object([
            ("table", .string(key)), ("title", .string(title)), ("basis", .string(caption)),
            (
                "rows",
                .array(
                    rows.map { row in
                        .object([
                            ("label", .string(String(row.label.drop { $0 == " " }))), ("isTotal", .bool(row.isTotal)),
                            (
                                "figures",
                                .object(
                                    zip(columns, row.cells).map { column, cell in
                                        switch cell {
                                        case .amount(let amount): (column.key, .string(AmountFormat.exact(amount)))
                                        case .none, .blank: (column.key, .null)
                                        case .text(let text): (column.key, .string(text))
                                        }
                                    })
                            ),
                        ])
                    })
            ),
        ])
    }

    /// Finished strings for the page's template.
    func model(_ format: AmountFormat) -> [String: Any] {
        [
            "title": title, "caption": caption,
            "columns": columns.indices.map {
                wordColumns.contains($0) ? ["label": columns[$0].title, "word": "word"] : ["label": columns[$0].title]
            },
            "rows": rows.map { row -> [String: Any] in
                // A page draws no blanks at a line's start.
                let indent = row.label.prefix { $0 == " " }.count
                var model: [String: Any] = [
                    "label": String(repeating: "\u{2003}", count: indent / 2) + row.label.dropFirst(indent),
                    "figures": row.cells.map { cell -> [String: Any] in
                        if case .text(let text) = cell { return ["text": text, "word": "word"] }
                        return ["text": StatementDocument.typeset(text(cell, format))]
                    },
                ]
                if row.isTotal { model["total"] = "total" }
                return model
            },
        ]
    }
}
