internal import Agreements
internal import Findings
internal import Importing
internal import Ledger
internal import Statements
internal import Sterling

/// A table that somebody published: labels, then a column for each member, or for each year.
struct PublishedTable {
    let table: Table
    let format: AmountFormat

    /// All sheets of a published workbook, one after the other.
    static func compare(_ tables: [Table], with work: YearWork, format: AmountFormat) -> Comparison {
        let parts = tables.map { PublishedTable($0, format: format).compare(with: work) }
        return Comparison(cells: parts.flatMap(\.cells), unknown: parts.flatMap(\.unknown))
    }

    private init(_ table: Table, format: AmountFormat) {
        self.table = table
        self.format = format
    }

    private enum Column {
        case member(Int), total, year(FinancialYear)
    }

    private func compare(with work: YearWork) -> Comparison {
        let outturn = work.outturn
        var columns: [(index: Int, column: Column)] = []
        for (index, title) in table.headers.enumerated() {
            if let member = outturn.agreement.chart.member(written: title) {
                columns.append((index, .member(outturn.members.firstIndex { $0.name == member }!)))
            } else if Self.folded(title) == "total" {
                columns.append((index, .total))
            } else if let year = FinancialYear(written: title) {
                columns.append((index, .year(year)))
            }
        }
        let labelColumn = (columns.first?.index ?? 1) - 1
        let sectionColumn = labelColumn > 0 ? labelColumn - 1 : nil
        let contributions = work.contributions
        var cells: [Comparison.Cell] = []
        var unknown: [(Place, String)] = []
        let knownColumns = Set(columns.map(\.index))
        for (index, title) in table.headers.enumerated() where index > labelColumn && !knownColumns.contains(index) {
            unknown.append((Place(table.source, row: 1, column: index + 1), title))
        }
        for row in table.rows {
            let label = labelColumn >= 0 ? row.fields[labelColumn] : ""
            let section = sectionColumn.map { row.fields[$0] }
            var isKnown = false
            for (index, column) in columns {
                let ours: Money?
                switch column {
                case .member, .total:
                    guard let found = Self.row(label, section, outturn) else { continue }
                    let printed = outturn.printed(found)
                    if case .member(let member) = column { ours = printed[member] } else { ours = printed.last! }
                case .year(let year):
                    guard let yearIndex = contributions.years.firstIndex(of: year) else { continue }
                    if Self.folded(label) == "total" {
                        ours = contributions.total { $0.contributed(yearIndex) }
                    } else if let found = contributions.rows.first(where: {
                        Self.folded($0.label) == Self.folded(label)
                    }) {
                        ours = found.contributed(yearIndex)
                    } else {
                        continue
                    }
                }
                isKnown = true
                let text = row.fields[index]
                let cellFormat = text.contains(".") && format == .pounds ? AmountFormat.pence : format
                guard let verdict = Comparison.judge(text, ours: ours, format: cellFormat) else { continue }
                cells.append(
                    Comparison.Cell(
                        row: label, column: table.headers[index], place: row.place(index), published: text, ours: ours,
                        format: cellFormat, verdict: verdict))
            }
            if !isKnown { unknown.append((row.place(max(0, labelColumn)), label)) }
        }
        return Comparison(cells: cells, unknown: unknown)
    }

    /// By its printed label, in the section of that title where the table names one.
    private static func row(_ label: String, _ section: String?, _ outturn: Outturn) -> Outturn.Row? {
        let wanted = folded(label)
        let inSection = outturn.sections.filter { section == nil || folded($0.title) == folded(section!) }.flatMap(
            \.rows)
        return inSection.first { folded($0.label) == wanted } ?? outturn.rows.first { folded($0.label) == wanted }
    }

    /// Case, blanks and a closing colon are no difference.
    private static func folded(_ text: String) -> String {
        var text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        if text.hasSuffix(":") { text.removeLast() }
        return text
    }
}
