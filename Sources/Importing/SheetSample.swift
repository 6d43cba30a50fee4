internal import Sheets

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

    func beginSheet(_ sheet: Sheet) {
        if sheets.count < 50 { sheets.append((sheet.name, [], [])) }
    }

    func receive(_ row: RowBuffer) {
        guard sheets.count < 50 else { return }
        var cells: [Int: (text: String, kind: RowBuffer.Kind)] = [:]
        for cell in row.cells.prefix(300) { cells[cell.column] = (row.text(cell).trimmed, cell.kind) }
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
