/// A sheet of a binary workbook.
final class BinarySheet {
    enum Failure {
        case damaged(String)
        case rows(SAXFailure)
    }

    private let stream: [UInt8]
    private let isUnicode: Bool
    private let is1904: Bool
    private let formats: [NumberFormat]
    private let texts: BinaryTexts
    private let consumer: RowConsumer
    /// Whether any formula of the workbook has a value: a library that works none out leaves all of them empty.
    private let hasFormulaValues: Bool
    private let block = RowBlock()
    private var end = SheetEnd()
    private var hiddenRows: Set<Int> = []
    /// Cells of rows that aren't handed on yet, as they come; their bytes lie in the block.
    private var cells: [(row: Int, cell: RowBuffer.Cell)] = []
    private var isInOrder = true
    /// The last row of those that are.
    private var lastDelivered = -1
    /// The formula whose text comes in a record of its own.
    private var awaited: (row: Int, column: Int)?
    private var storedTexts = 0
    /// Whether a cell stood beyond the last column.
    private var isOutside = false
    /// Whether letters outside ASCII were met.
    private(set) var hasOtherLetters = false

    init(
        stream: [UInt8], isUnicode: Bool, is1904: Bool, formats: [NumberFormat], texts: BinaryTexts,
        hasFormulaValues: Bool, consumer: RowConsumer
    ) {
        (self.stream, self.isUnicode, self.is1904) = (stream, isUnicode, is1904)
        (self.formats, self.texts, self.consumer) = (formats, texts, consumer)
        self.hasFormulaValues = hasFormulaValues
    }

    /// - Parameter textBytes: how many letters the workbook's sheets have handed on so far.
    func read(_ name: String, at offset: Int, visibility: UInt8, _ textBytes: inout Int) -> Failure? {
        consumer.beginSheet(name: name)
        end.visibility = visibility == 0 ? .visible : visibility == 1 ? .hidden : .veryHidden
        storedTexts = textBytes
        defer { textBytes = storedTexts }
        var records = BinaryRecords(stream, at: offset)
        guard offset < stream.count, records.next() ?? false, records.kind == .begin else {
            return .damaged("a sheet doesn't begin where the workbook says")
        }
        // A chart within the sheet has records of its own, down to its end.
        var depth = 1
        while depth > 0 {
            guard records.next() ?? false else { return .damaged("a sheet breaks off") }
            switch records.kind {
            case .begin: depth += 1
            case .end: depth -= 1
            case let kind? where depth == 1:
                if let failure = take(kind, records) { return failure }
            default: break
            }
        }
        if let failure = deliver() { return failure }
        consumer.endSheet(end)
        return nil
    }

    private func take(_ kind: BinaryRecords.Kind, _ records: BinaryRecords) -> Failure? {
        switch kind {
        case .row:
            if let row = records.number16(0), let options = records.number16(12), options & 0x20 != 0 {
                hiddenRows.insert(row)
            }
            return nil
        case .columns:
            if let first = records.number16(0), let last = records.number16(2), let options = records.number16(8),
                options & 1 != 0
            {
                end.hide(first + 1, last + 1)
            }
            return nil
        case .merges: return takeMerges(records)
        case .formulaText: return takeFormulaText(records)
        case .number, .compactNumber, .compactNumbers, .sharedText, .text, .richText, .formula, .truthOrError:
            break
        default: return nil
        }
        awaited = nil
        guard let row = records.number16(0), let column = records.number16(2), let format = records.number16(4) else {
            return .damaged("a cell's record is too short")
        }
        if row <= lastDelivered { return .rows(.outOfPlace("row \(row + 1) comes after row \(lastDelivered + 1)")) }
        if cells.count > Self.cellsAtATime, let last = cells.last?.row, row > last, let failure = deliver() {
            return failure
        }
        let isWhole =
            switch kind {
            case .number: takeNumber(records.number64(6), row, column, format)
            case .compactNumber: takeCompact(records.number32(6), row, column, format)
            case .compactNumbers: takeCompacts(records, row, column)
            case .sharedText: takeSharedText(records.number32(6), row, column)
            case .text, .richText: takeText(records, row, column)
            case .formula: takeFormula(records, row, column, format)
            case .truthOrError: takeTruth(records, row, column)
            default: true
            }
        guard isWhole else { return .damaged("a cell's record can't be read") }
        if isOutside { return .rows(.outOfPlace("a cell stands beyond column \(Limits.columns)")) }
        if block.arenaOffset > Limits.rowBytes, cells.count <= Self.cellsAtATime {
            return .rows(.limit("\(Limits.rowBytes >> 20) MB in one row"))
        }
        if storedTexts > Self.mostTextBytes {
            return .rows(.limit("\(Self.mostTextBytes >> 20) MB of texts in its cells"))
        }
        return nil
    }

    private static let cellsAtATime = 4_096
    private static let mostTextBytes = 512 << 20

    // MARK: Cells

    private func append(
        _ row: Int, _ column: Int, _ kind: RowBuffer.Kind, from start: Int, flags: UInt8 = 0
    ) {
        guard column < Limits.columns else {
            isOutside = true
            return
        }
        let cell = RowBuffer.Cell(
            column: column + 1, kind: kind, offset: start, length: block.arenaOffset - start, flags: flags)
        if let last = cells.last, (row, column + 1) <= (last.row, last.cell.column) { isInOrder = false }
        cells.append((row, cell))
    }

    private func store(_ text: some Collection<UInt8>) -> Int {
        let start = block.arenaOffset
        for byte in text { block.store(byte) }
        return start
    }

    private func takeNumber(_ bits: UInt64?, _ row: Int, _ column: Int, _ format: Int) -> Bool {
        guard let bits else { return false }
        takeNumber(Double(bitPattern: bits), row, column, format)
        return true
    }

    private func takeNumber(_ number: Double, _ row: Int, _ column: Int, _ format: Int, flags: UInt8 = 0) {
        guard number.isFinite else {
            return append(row, column, .error, from: store("#NUM!".utf8), flags: flags)
        }
        let isWhole = number.magnitude < 1e15 && number == number.rounded()
        let text = isWhole ? "\(Int64(number))" : "\(number)".uppercased()
        let shown = format < formats.count ? formats[format] : .number
        if shown == .date || shown == .elapsed {
            let start = block.arenaOffset
            let isDate = Array(text.utf8).withUnsafeBufferPointer {
                SerialDate.store($0, as: shown, is1904: is1904, in: block)
            }
            if isDate { return append(row, column, .date, from: start, flags: flags) }
        }
        append(
            row, column, .number, from: store(text.utf8),
            flags: flags | (shown == .otherCurrency ? RowBuffer.Cell.otherCurrency : 0))
    }

    /// Thirty bits of a number, whole or not, perhaps in hundredths.
    private static func compact(_ bits: UInt32) -> Double {
        let number =
            bits & 2 != 0
            ? Double(Int32(bitPattern: bits) >> 2) : Double(bitPattern: UInt64(bits & 0xFFFF_FFFC) << 32)
        return bits & 1 != 0 ? number / 100 : number
    }

    private func takeCompact(_ bits: UInt32?, _ row: Int, _ column: Int, _ format: Int) -> Bool {
        guard let bits else { return false }
        takeNumber(Self.compact(bits), row, column, format)
        return true
    }

    private func takeCompacts(_ records: BinaryRecords, _ row: Int, _ first: Int) -> Bool {
        // Behind them stands the last column's number.
        let count = (records.range.count - 6) / 6
        guard records.range.count >= 6, count * 6 + 6 == records.range.count else { return false }
        for index in 0..<count {
            guard let format = records.number16(4 + 6 * index), let bits = records.number32(6 + 6 * index) else {
                return false
            }
            takeNumber(Self.compact(bits), row, first + index, format)
        }
        return true
    }

    private func takeSharedText(_ index: UInt32?, _ row: Int, _ column: Int) -> Bool {
        guard let index, Int(index) < texts.count else { return false }
        let range = texts[Int(index)]
        guard !range.isEmpty else { return true }
        takeText(texts.bytes[range], row, column)
        return true
    }

    private func takeText(_ text: some Collection<UInt8>, _ row: Int, _ column: Int, flags: UInt8 = 0) {
        if !hasOtherLetters { hasOtherLetters = text.contains { $0 >= 0x80 } }
        storedTexts += text.count
        append(row, column, .text, from: store(text), flags: flags)
    }

    private func takeText(_ records: BinaryRecords, _ row: Int, _ column: Int) -> Bool {
        guard let text = records.text(6, isWide: true, isUnicode: isUnicode) else { return false }
        if !text.isEmpty { takeText(text, row, column) }
        return true
    }

    private func takeTruth(_ records: BinaryRecords, _ row: Int, _ column: Int) -> Bool {
        guard let value = records.byte(6), let isError = records.byte(7) else { return false }
        takeTruth(value, isError: isError != 0, row, column, flags: 0)
        return true
    }

    private func takeTruth(_ value: UInt8, isError: Bool, _ row: Int, _ column: Int, flags: UInt8) {
        guard isError else {
            return append(row, column, .boolean, from: store(value == 0 ? "0".utf8 : "1".utf8), flags: flags)
        }
        let names: [UInt8: String] = [
            0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
            0x2A: "#N/A",
        ]
        append(row, column, .error, from: store((names[value] ?? "#ERROR!").utf8), flags: flags)
    }

    /// The value that a formula came to when the file was saved.
    private func takeFormula(_ records: BinaryRecords, _ row: Int, _ column: Int, _ format: Int) -> Bool {
        guard let bits = records.number64(6), let options = records.number16(14) else { return false }
        let flags = RowBuffer.Cell.formula
        guard bits >> 48 == 0xFFFF else {
            // A library that can't work formulas out leaves a zero, and asks Excel to.
            if bits == 0, options & 2 != 0 {
                append(row, column, .valueless, from: block.arenaOffset, flags: flags)
            } else {
                takeNumber(Double(bitPattern: bits), row, column, format, flags: flags)
            }
            return true
        }
        let value = UInt8(truncatingIfNeeded: bits >> 16)
        switch UInt8(truncatingIfNeeded: bits) {
        case 0: awaited = (row, column)
        case 1: takeTruth(value, isError: false, row, column, flags: flags)
        case 2: takeTruth(value, isError: true, row, column, flags: flags)
        default:
            // An empty text, which is a value like others in a workbook that has them.
            if !hasFormulaValues { append(row, column, .valueless, from: block.arenaOffset, flags: flags) }
        }
        return true
    }

    private func takeFormulaText(_ records: BinaryRecords) -> Failure? {
        guard let (row, column) = awaited else { return nil }
        awaited = nil
        guard let text = records.text(0, isWide: true, isUnicode: isUnicode) else {
            // A text of more than a record's length goes on in the next, which no finance system's formula needs.
            append(row, column, .valueless, from: block.arenaOffset, flags: RowBuffer.Cell.formula)
            return nil
        }
        if !text.isEmpty { takeText(text, row, column, flags: RowBuffer.Cell.formula) }
        return nil
    }

    private func takeMerges(_ records: BinaryRecords) -> Failure? {
        for index in 0..<(records.number16(0) ?? 0) {
            let at = 2 + 8 * index
            guard let top = records.number16(at), let bottom = records.number16(at + 2),
                let left = records.number16(at + 4), let right = records.number16(at + 6)
            else { return .damaged("its list of merged cells breaks off") }
            guard top <= bottom, left <= right else { continue }
            end.merges.append(CellRange(rows: (top + 1)...(bottom + 1), columns: (left + 1)...(right + 1)))
        }
        return end.merges.count > Limits.merges
            ? .rows(.limit("\(Limits.merges) merged ranges in a sheet")) : nil
    }

    // MARK: Rows

    /// Hands on what has come so far: rows in their order, and the cells of each in theirs, which few writers leave to
    /// their readers.
    private func deliver() -> Failure? {
        if !isInOrder {
            cells.sort { ($0.row, $0.cell.column) < ($1.row, $1.cell.column) }
            for (before, after) in zip(cells, cells.dropFirst())
            where before.row == after.row && before.cell.column == after.cell.column {
                return .rows(.outOfPlace("a cell holds two values"))
            }
        }
        var start = 0
        while start < cells.count {
            let number = cells[start].row
            var row = RowBlock.Row.next
            row.given = Int32(number + 1)
            row.firstCell = Int32(block.cellCount)
            row.isHidden = hiddenRows.contains(number)
            var index = start
            while index < cells.count, cells[index].row == number {
                block.append(cells[index].cell)
                index += 1
            }
            row.cellCount = Int32(block.cellCount) - row.firstCell
            block.append(row)
            start = index
        }
        lastDelivered = cells.last?.row ?? lastDelivered
        let failure = consumer.consume(block)
        block.clear()
        cells.removeAll(keepingCapacity: true)
        isInOrder = true
        return failure.map { .rows($0) }
    }
}
