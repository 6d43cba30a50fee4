internal import Sheets
internal import Sterling

/// The first rows of each sheet and its last ones, which is where totals stand.
final class SheetSample: SheetReceiver {
    struct Row {
        let number: Int
        let cells: [Int: (text: String, kind: RowBuffer.Kind)]

        /// What is filled, by column.
        var texts: [Int: String] { cells.mapValues(\.text).filter { !$0.value.isEmpty } }
    }

    private(set) var sheets: [(name: String, rows: [Row], last: [Row])] = []
    static let mostRows = 4_000
    private static let lastRows = 6

    private var isTyped = false

    func beginSheet(_ sheet: Sheet) {
        isTyped = sheet.isTyped
        if sheets.count < 50 { sheets.append((sheet.name, [], [])) }
    }

    func receive(_ row: RowBuffer) {
        guard sheets.count < 50 else { return }
        var cells: [Int: (text: String, kind: RowBuffer.Kind)] = [:]
        for cell in row.cells.prefix(300) { cells[cell.column] = (row.plainText(cell, isTyped: isTyped), cell.kind) }
        let taken = Row(number: row.number, cells: cells)
        let index = sheets.count - 1
        if sheets[index].rows.count < Self.mostRows {
            sheets[index].rows.append(taken)
        } else {
            sheets[index].last.append(taken)
            if sheets[index].last.count > Self.lastRows { sheets[index].last.removeFirst() }
        }
    }
}

extension RowBuffer {
    /// A cell's text without blanks around it; a number as it is meant: 4000 for a workbook's `4000.0`, 8295.04 for its
    /// `8295.040000000001`.
    ///
    /// - Parameter isTyped: whether the sheet's cells have types; in delimited text a number is as it is written.
    func plainText(_ cell: Cell, isTyped: Bool) -> String {
        let text = text(cell).trimmed
        guard isTyped, cell.kind == .number,
            text.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") })
        else { return text }
        if let whole = RowTexts.wholeNumber(text) { return whole }
        guard text.drop(while: { $0 != "." }).count > 3, case .amount(let amount, _) = AmountReader.readNumber(text)
        else {
            return text
        }
        return "\(amount)".filter { $0 != "," }
    }
}
