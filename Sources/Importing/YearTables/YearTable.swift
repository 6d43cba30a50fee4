internal import Findings
internal import Ledger
public import Sheets

/// One of the tables that a year's folder may hold beside its exports, in any readable format.
///
///     2018-19/opening.csv        reserve of, brought forward, adjustment, reason
///     2018-19/virements.xlsx     number, period, from, to, amount, agreed by, reason (a sheet a quarter, perhaps)
///
/// All that is known of a table stands here once: its name, its columns with what they hold, what help says of
/// it, and how its rows are read. Loading, help, findings, fuzzing and the tests go by `all`.
public struct YearTable: Sendable {
    /// `budget`, of a file `budget.csv` or `budget.xlsx`.
    public let name: String
    /// What it holds, as help says it.
    public let purpose: String
    /// Without those of the members; the reader finds required ones by their order here.
    public let columns: [Column]
    /// Whether a column for each member stands beside them.
    public let hasMemberColumns: Bool
    /// Whether a row that stands there twice counts twice, and nothing else tells of it.
    let addsUp: Bool
    let reader: Reader

    /// How rows become part of the year.
    enum Reader: Sendable {
        /// Table by table; few enough to be held in memory.
        case whole(@Sendable (inout YearTables, Table, TableColumns) -> Void)
        /// Row by row as they stream by: there may be a million.
        case streamed(@Sendable (inout YearTables, FileContent, _ file: String) throws(FileFailure) -> Void)
    }

    /// One column: its header, what its cells hold, and whether it must be there.
    public struct Column: Sendable {
        /// In lower case, because headers are compared so.
        public let title: String
        public let kind: Kind
        /// Whether a table without the column is refused.
        public let isRequired: Bool
        /// What help adds in brackets.
        public let note: String

        /// What a column's cells hold.
        public enum Kind: Hashable, Sendable {
            case member, memberOrFund, memberOrContributor, contributor, fund
            /// A heading, a contributor, or the approved budget.
            case line
            /// Cash, suspense, a reserve, a fund, a heading or a contributor.
            case account
            case amount(Sign)
            /// In hundredths of a day at most.
            case days
            /// In hundredths at most, never below zero.
            case quantity
            case period, date
            /// A number or a document's name, as it stands.
            case reference
            case words
            case oneOf([String])
        }

        /// What a sign means in a column of amounts.
        public enum Sign: String, Sendable {
            /// Funding and expenditure alike are above zero; a minus takes back.
            case natural = "income and costs alike without a minus"
            /// Held is above zero.
            case balance = "a balance held without a minus"
            case debit = "a debit without a minus"
            case notNegative = "never below zero"
        }

        /// - Parameter title: in lower case.
        public init(_ title: String, _ kind: Kind, isRequired: Bool = true, note: String = "") {
            self.title = title
            self.kind = kind
            self.isRequired = isRequired
            self.note = note
        }

        static func optional(_ title: String, _ kind: Kind, note: String = "") -> Column {
            Column(title, kind, isRequired: false, note: note)
        }
    }

    init(
        _ name: String, _ purpose: String, columns: [Column], hasMemberColumns: Bool = false, addsUp: Bool = false,
        reader: Reader
    ) {
        self.name = name
        self.purpose = purpose
        self.columns = columns
        self.hasMemberColumns = hasMemberColumns
        self.addsUp = addsUp
        self.reader = reader
    }

    /// Every table of a year, in the order in which they are read: virements look for the budget's lines.
    public static let all: [YearTable] = [
        opening, budget, virements, commitments, forecast, carryForward, explanations, accruals, inKind, activity,
        invoices, closing, journals, answers,
    ]

    /// Columns that any table may have and nothing reads.
    static let free = ["source", "note", "document"]
}

extension YearTables {
    /// Reads one of the year's tables, all sheets of it.
    ///
    /// - Throws: `FileFailure` where its content can't be read.
    public mutating func read(_ table: YearTable, _ content: FileContent, file: String) throws(FileFailure) {
        switch table.reader {
        case .streamed(let read): try read(&self, content, file)
        case .whole(let read):
            let (tables, faults) = try Table.readAll(content, file: file)
            findings += faults
            // Where no sheet has the table's columns, the first one says what is missing.
            let known = tables.filter { $0.isAny(of: table) }
            for sheet in tables where !known.isEmpty && !sheet.isAny(of: table) { findings.append(sheet.notRead) }
            var rows = RowsSeen(table)
            for sheet in known.isEmpty ? Array(tables.prefix(1)) : known {
                guard let columns = columns(sheet, table) else { continue }
                for row in sheet.rows {
                    if let first = rows.earlier(row, sheet) {
                        report(.rowTwice(first: first), at: row.place(0), found: rows.reference(row, sheet))
                    }
                }
                read(&self, sheet, columns)
            }
        }
    }

    /// Where a table's columns stand; any other than those it has is a slip that would otherwise be passed over
    /// in silence.
    mutating func columns(_ table: Table, _ description: YearTable) -> TableColumns? {
        let required = description.columns.filter(\.isRequired)
        let optional = description.columns.filter { !$0.isRequired }
        let known = description.columns.map(\.title) + YearTable.free
        for (index, title) in table.headers.enumerated() where !title.isEmpty && !known.contains(title.lowercased()) {
            let place = Place(table.source, row: 1, column: index + 1)
            if description.hasMemberColumns {
                guard chart.member(written: title) == nil else { continue }
                report(.nameUnknown(.member, known: memberNames), at: place, found: title)
            } else {
                report(.columnUnknown(known: known), at: place, found: title)
            }
        }
        var places: [Int] = []
        for column in required {
            guard let place = table.column(column.title) else {
                report(.columnMissing(column.title, all: required.map(\.title)), at: Place(table.source, row: 1))
                continue
            }
            places.append(place)
        }
        guard places.count == required.count else { return nil }
        var further: [String: Int] = [:]
        for column in optional { further[column.title] = table.column(column.title) }
        return TableColumns(required: places, optional: further)
    }
}

extension Table {
    /// Whether its header names any of a table's required columns.
    func isAny(of table: YearTable) -> Bool { table.columns.contains { $0.isRequired && column($0.title) != nil } }

    var notRead: Finding {
        TableFault.sheetNotRead(source.sheet ?? "").finding(at: Place(source))
    }
}

/// Where a table's columns stand in its rows, counted from zero: required ones by their order in `YearTable`,
/// others by their title.
struct TableColumns {
    private let required: [Int]
    private let optional: [String: Int]

    init(required: [Int], optional: [String: Int]) {
        self.required = required
        self.optional = optional
    }

    subscript(number: Int) -> Int { required[number] }

    /// `nil` where the table hasn't got it.
    subscript(title: String) -> Int? { optional[title] }
}
