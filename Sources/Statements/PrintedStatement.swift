internal import Agreements
public import Sterling
public import Ledger

/// A statement's figures alone, whether they were worked out now or read from a file: what two of them can be
/// compared by.
public struct PrintedStatement: Sendable {
    /// How people call it: `2018-19`, `outturn.json`.
    public let name: String
    public let year: FinancialYear
    /// Which way amounts are printed: `funding negative, expenditure positive`.
    public let signs: String
    /// The members' names, as the agreement writes them, and `total` last.
    public let columns: [String]
    public let rows: [Row]

    /// A printed line of a section.
    public struct Row: Sendable {
        public let section: String
        public let label: String
        public let isTotal: Bool
        /// Exact, with the statement's signs: one a column.
        public let amounts: [Money]

        /// Takes its parts as they are, unchecked: there is an amount for each column.
        public init(section: String, label: String, isTotal: Bool, amounts: [Money]) {
            self.section = section
            self.label = label
            self.isTotal = isTotal
            self.amounts = amounts
        }
    }

    /// Takes its parts as they are, unchecked: each row has an amount for each column.
    public init(name: String, year: FinancialYear, signs: String, columns: [String], rows: [Row]) {
        self.name = name
        self.year = year
        self.signs = signs
        self.columns = columns
        self.rows = rows
    }

    /// The exact figures of a statement that was worked out now; it is named for its year and period, `2018-19 to P9`.
    public init(_ outturn: Outturn) {
        self.init(
            name: "\(outturn.ledger.year)\(outturn.upTo.map { " to \($0)" } ?? "")", year: outturn.ledger.year,
            signs:
                "funding \(outturn.agreement.layout.signs.funding.rawValue), expenditure "
                + "\(outturn.agreement.layout.signs.expenditure.rawValue)",
            columns: outturn.members.map(\.name.text) + ["total"],
            rows: outturn.sections.flatMap { section in
                section.rows.map {
                    Row(section: section.title, label: $0.label, isTotal: $0.isTotal, amounts: outturn.printed($0))
                }
            })
    }
}

/// Two printed statements side by side: this year and last, two versions of one year, ours and another's.
public struct PrintedDifference: Sendable {
    public let before: PrintedStatement
    public let after: PrintedStatement
    /// Columns that both have, the total last.
    public let columns: [String]
    /// Columns that only one has, and which.
    public let lone: [(column: String, statement: String)]
    /// In the order of the later statement; what only the earlier has stands after the row it followed there.
    public let rows: [Row]

    /// One row of both, matched by section, label and whether it is a total.
    public struct Row: Sendable {
        public let section: String
        public let label: String
        public let isTotal: Bool
        /// One a common column; `nil` where that statement hasn't got the row.
        public let before: [Money]?
        public let after: [Money]?

        /// After less before, one a common column; a row that a statement hasn't got is zero there.
        public var difference: [Money] {
            (before ?? after!).indices.map { (after?[$0] ?? .zero) - (before?[$0] ?? .zero) }
        }
        /// Whether any figure differs, or one statement hasn't got the row, be it of zeros.
        public var isChanged: Bool { before != after }
    }

    /// Matches columns by their names and rows by section, label and whether they are totals.
    public init(_ before: PrintedStatement, _ after: PrintedStatement) {
        self.before = before
        self.after = after
        let columns = before.columns.filter(after.columns.contains)
        self.columns = columns
        lone =
            before.columns.filter { !after.columns.contains($0) }.map { ($0, before.name) }
            + after.columns.filter { !before.columns.contains($0) }.map { ($0, after.name) }
        func pick(_ statement: PrintedStatement, _ row: PrintedStatement.Row) -> [Money] {
            columns.map { column in row.amounts[statement.columns.firstIndex(of: column)!] }
        }
        func isSame(_ a: PrintedStatement.Row, _ b: PrintedStatement.Row) -> Bool {
            a.section == b.section && a.label == b.label && a.isTotal == b.isTotal
        }
        // In the later statement's order; what only the earlier has stands after the row it followed.
        var rows: [Row] = after.rows.map { row in
            Row(
                section: row.section, label: row.label, isTotal: row.isTotal,
                before: before.rows.first { isSame($0, row) }.map { pick(before, $0) }, after: pick(after, row))
        }
        for (index, row) in before.rows.enumerated() where !after.rows.contains(where: { isSame($0, row) }) {
            let gone = Row(
                section: row.section, label: row.label, isTotal: row.isTotal, before: pick(before, row), after: nil)
            let above = before.rows[..<index].last { above in
                rows.contains { $0.section == above.section && $0.label == above.label && $0.isTotal == above.isTotal }
            }
            let place =
                above.flatMap { above in
                    rows.lastIndex {
                        $0.section == above.section && $0.label == above.label && $0.isTotal == above.isTotal
                    }
                }.map { $0 + 1 } ?? 0
            rows.insert(gone, at: place)
        }
        self.rows = rows
    }

    /// Whether both have the same columns, rows and figures.
    public var isNothing: Bool { rows.allSatisfy { !$0.isChanged } && lone.isEmpty }
}
