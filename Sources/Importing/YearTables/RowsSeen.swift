internal import Findings
internal import Ledger
internal import Sterling

/// The rows of a table that have been met, on whichever of its sheets, by what they say.
///
/// `100` and `100.00` say the same, and so do `P4` and `4`. What stands in columns that nothing reads, such as a note,
/// tells two rows apart only for a reader.
struct RowsSeen {
    private let table: YearTable
    private var seen: [[String]: Place] = [:]

    init(_ table: YearTable) { self.table = table }

    /// - Returns: where the same row stands before; `nil` for the first, and for a table whose rows don't add up.
    mutating func earlier(_ row: Table.Row, _ sheet: Table) -> Place? {
        guard table.addsUp, row.fields.contains(where: { !$0.isEmpty }) else { return nil }
        let said = table.columns.map { column -> String in
            guard let index = sheet.headers.firstIndex(where: { $0.lowercased() == column.title }) else { return "" }
            return Self.meaning(row.fields[index], column.kind)
        }
        if let first = seen[said] { return first }
        seen[said] = row.place(0)
        return nil
    }

    /// The number or name that a row goes by, or else its first cell.
    func reference(_ row: Table.Row, _ sheet: Table) -> String? {
        let title = table.columns.first { $0.kind == .reference }?.title
        return row.fields[sheet.headers.firstIndex { $0.lowercased() == title } ?? 0]
    }

    private static func meaning(_ text: String, _ kind: YearTable.Column.Kind) -> String {
        switch kind {
        case .amount, .quantity:
            if case .amount(let amount, marker: .none) = AmountReader.read(text) { return "\(amount)" }
        case .period: if let period = Period(written: text) { return "\(period)" }
        case .date: if let date = CalendarDate(written: text) { return "\(date)" }
        case .member, .memberOrFund, .memberOrContributor, .contributor, .fund, .line, .account, .days, .reference,
            .words, .oneOf:
            break
        }
        return text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
