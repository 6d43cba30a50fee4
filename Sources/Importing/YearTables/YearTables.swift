public import Sterling
public import Ledger
public import Findings

/// The documents of a year's folder beside the exports: opening, budget, journals, explanations,
/// accruals brought forward. Each adds to the ledger; faults are findings with their cell.
public struct YearTables: Sendable {
    /// Grows table by table.
    public internal(set) var ledger: GeneralLedger
    /// Journals of the table being read whose amounts have a minus.
    var negativeJournals: (count: Int, first: (place: Place, written: String)?) = (0, nil)
    /// In the order in which the tables were read.
    public internal(set) var findings: [Finding] = []
    /// Every total that a table prints, against what its figures come to.
    public internal(set) var printedTotals: [PrintedTotal] = []

    /// A total that a table prints, and what its figures come to; both have the table's signs.
    public struct PrintedTotal: Sendable {
        public let place: Place
        /// The header of the total's column, or the name of its row.
        public let label: String
        public let printed: Money
        public let computed: Money
        /// At the end of a row, rather than at the foot of a column.
        public let isCross: Bool
    }

    /// - Parameter ledger: the year's books with what its exports posted, to which the tables add.
    public init(ledger: GeneralLedger) { self.ledger = ledger }

    var chart: Chart { ledger.chart }
    var memberNames: [String] { chart.members.map(\.name.text) }

    /// An amount, `nil` for a blank or a dash; a finding where it can't be read.
    mutating func amount(_ text: String, _ place: Place) -> Money? {
        // 5,000.00 without quotation marks is two fields of a CSV, 5 and 000.00.
        if text.count > 2, text.hasPrefix("00") {
            report(.amountCut, at: place, found: text)
            return nil
        }
        switch AmountReader.read(text) {
        case .amount(let amount, marker: .none): return amount
        case .blank, .dash: return nil
        case .amount, .notAvailable: report(.amountUnreadable(reason: nil), at: place, found: text)
        case .unreadable(let reason):
            if case .amount(let amount, _) = AmountReader.readNumber(text) { return amount }
            report(.amountUnreadable(reason: reason), at: place, found: text)
        }
        return nil
    }

    func isTotal(_ text: String) -> Bool { text.lowercased().hasPrefix("total") }

    /// A line by its name or its printed label: `approved budget`, `salaries`, `Salary expenditure`.
    func line(_ text: String) -> BudgetLine? {
        if ["approved budget", "approved-budget"].contains(text.lowercased()) { return .approvedBudget }
        if let heading = chart.heading(written: text) { return .heading(heading.name) }
        return chart.contributor(written: text).map { .contribution($0) }
    }

    var lineNames: [String] {
        ["approved budget"] + chart.headings.map(\.name.text) + chart.contributors.map(\.name.text)
    }

    mutating func line(_ row: Table.Row, _ column: Int) -> BudgetLine? {
        if let line = line(row.fields[column]) { return line }
        report(.nameUnknown(.line, known: lineNames), at: row.place(column), found: row.fields[column])
        return nil
    }

    mutating func member(_ row: Table.Row, _ column: Int) -> Name<Member>? {
        if let member = chart.member(written: row.fields[column]) { return member }
        report(
            .nameUnknown(.member, known: chart.members.map(\.name.text)), at: row.place(column),
            found: row.fields[column])
        return nil
    }

    mutating func positive(_ row: Table.Row, _ column: Int) -> Money? {
        guard let amount = amount(row.fields[column], row.place(column)) else {
            if row.fields[column].isEmpty || row.fields[column] == "-" {
                report(.amountMissing(of: .row), at: row.place(column))
            }
            return nil
        }
        if amount.isNegative {
            report(.amountNegative, at: row.place(column), found: row.fields[column]);
            return nil
        }
        return amount
    }

    mutating func day(_ row: Table.Row, _ column: Int?) -> CalendarDate? {
        guard let column, !row.fields[column].isEmpty else { return nil }
        if let date = CalendarDate(written: row.fields[column]) { return date }
        report(.dateUnreadable, at: row.place(column), found: row.fields[column])
        return nil
    }
}
