internal import Findings

/// Numbers the rows of blocks, lets repeats stand for what they repeat, and hands each on.
final class RowConsumer: BlockConsumer {
    private let file: String
    private let receiver: any SheetReceiver
    private let view = RowBuffer()
    private let progress: ((_ rows: Int) -> Void)?
    private var wide: [RowBuffer.Cell] = []

    private(set) var sheets = 0
    private var source: Place.Source
    private var nextNumber = 1
    private var hiddenRows = 0
    private var repeated = 0
    private(set) var rows = 0
    private(set) var findings: [Finding] = []

    init(file: String, receiver: any SheetReceiver, texts: SharedTexts?, progress: ((_ rows: Int) -> Void)? = nil) {
        self.file = file
        self.receiver = receiver
        self.progress = progress
        source = Place.Source(file: file)
        view.sharedTexts = texts
    }

    /// Where a row that can't be read would stand.
    var place: Place { Place(source, row: nextNumber) }

    func beginSheet(name: String) {
        sheets += 1
        source = Place.Source(file: file, sheet: name)
        nextNumber = 1
        hiddenRows = 0
        receiver.beginSheet(Sheet(source: source, index: sheets, isTyped: true))
    }

    func endSheet(_ end: SheetEnd) {
        var end = end
        end.hiddenRows = hiddenRows
        if end.visibility != .visible {
            let how = end.visibility == .hidden ? "hidden" : "hidden so that the program's menu doesn't list it"
            findings.append(
                Finding(
                    .hiddenRead, at: Place(source), "the sheet is \(how); it was read like any other",
                    hint:
                        "look whether its rows belong to the export: show the sheet in a spreadsheet program, or "
                        + "delete it"
                ))
        }
        if hiddenRows > 0 {
            findings.append(
                Finding(
                    .hiddenRead, at: Place(source),
                    "\(hiddenRows) row\(hiddenRows == 1 ? " is" : "s are") hidden, by hand or by a filter; "
                        + "\(hiddenRows == 1 ? "it was" : "they were") read like any other",
                    hint:
                        "clear the filter at the source if it was left on by mistake, or delete the rows that "
                        + "don't belong"
                ))
        }
        receiver.endSheet(end)
    }

    /// Hands on a block's rows.
    func consume(_ block: RowBlock) -> SAXFailure? {
        for fault in block.faults { add(fault, block) }
        for index in 0..<block.rowCount {
            if let failure = consume(block.rows[index], of: block) { return failure }
        }
        progress?(rows)
        return nil
    }

    private func consume(_ row: RowBlock.Row, of block: RowBlock) -> SAXFailure? {
        let given = Int(row.given)
        if given != 0, given < nextNumber { return .outOfPlace("row \(given) comes after row \(nextNumber - 1)") }
        if given > Limits.rows { return .outOfPlace("a row stands in row \(given)") }
        let number = given == 0 ? nextNumber : given
        let repeats = Int(row.repeats)
        nextNumber = number + repeats + Int(row.emptyRowsAfter)
        guard row.cellCount > 0 else {
            // Formats for all rows below the last filled one are common, beyond the grid's end too.
            nextNumber = min(nextNumber, Limits.rows + 1)
            return nil
        }
        if number + repeats - 1 > Limits.rows { return .outOfPlace("a row stands in row \(number + repeats - 1)") }
        if row.isHidden { hiddenRows += repeats }
        view.isHidden = row.isHidden
        view.bytes = UnsafePointer(block.base)
        let start = UnsafePointer(block.cells + Int(row.firstCell))
        if row.hasRepeats {
            wide.removeAll(keepingCapacity: true)
            for index in 0..<Int(row.cellCount) {
                var cell = start[index]
                let first = cell.columnNumber, count = cell.repeats
                repeated += Int(count) - 1
                if repeated > Limits.repeatedCells { return repeatsFailure }
                cell.repeats = 1
                for position in 0..<count {
                    cell.columnNumber = first + position
                    wide.append(cell)
                }
            }
            return wide.withUnsafeBufferPointer { deliver($0.baseAddress!, $0.count, number, repeats) }
        }
        return deliver(start, Int(row.cellCount), number, repeats)
    }

    @inline(__always)
    private func deliver(_ start: UnsafePointer<RowBuffer.Cell>, _ count: Int, _ number: Int, _ repeats: Int)
        -> SAXFailure?
    {
        view.cells = RowBuffer.Cells(start: start, count: count)
        if repeats > 1 {
            repeated += (repeats - 1) * count
            if repeated > Limits.repeatedCells { return repeatsFailure }
        }
        for position in 0..<repeats {
            view.number = number + position
            receiver.receive(view)
        }
        rows += repeats
        return nil
    }

    private var repeatsFailure: SAXFailure { .limit("\(Limits.repeatedCells) cells that repeat others") }

    private func add(_ fault: RowBlock.Fault, _ block: RowBlock) {
        guard findings.count < Limits.findings else { return }
        // A fault's row may be the last of the block that is still open, and rows may give no number.
        var number = nextNumber
        for index in 0...min(fault.row, block.rowCount) {
            if index < block.rowCount, block.rows[index].given != 0 { number = Int(block.rows[index].given) }
            if index == fault.row { break }
            if index < block.rowCount {
                number += Int(block.rows[index].repeats) + Int(block.rows[index].emptyRowsAfter)
            }
        }
        switch fault.what {
        case .noSuchText:
            findings.append(
                Finding(
                    .cellOutOfPlace, at: Place(source, row: number, column: fault.column),
                    "the cell names a text that the workbook's table doesn't hold, so its value is lost",
                    hint: "open the file in a spreadsheet program and save it again, or export it anew"))
        }
    }
}
