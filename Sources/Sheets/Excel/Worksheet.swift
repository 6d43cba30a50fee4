/// One worksheet of an xlsx workbook.
///
///     <row r="3"><c r="F3" s="2"><v>1234.5</v></c><c r="G3" t="s"><v>17</v></c></row>
///
/// A text is a number in the workbook's table, a date is a number with a date's format, and merged
/// ranges are listed behind the rows.
/// Source: ECMA-376, part 1, 18.3 (transitional and strict).
final class Worksheet: RowGrammar {
    var block: RowBlock
    private let sink: (any DocumentSink)?
    private let workbook: WorkbookContext

    private var isInSheetData = false
    private var isInRow = false
    private var isInCell = false
    private var isInValue = false
    private var isInInline = false
    private var phoneticDepth = 0
    private var end = SheetEnd()

    private var row = RowBlock.Row.next
    private var rowArenaStart = 0
    private var nextColumn = 1
    private var cell = WorksheetCell()
    private(set) var hasWorksheet = false

    private struct Names {
        var transitional, strict, worksheet, sheetData, row, c, v, f, inline, t, phonetic, mergeCell: SAXName
        var reference, style, type, hidden, range, column, first, last: SAXName
    }
    private var names: Names!

    init(block: RowBlock, sink: (any DocumentSink)?, workbook: WorkbookContext) {
        self.block = block
        self.sink = sink
        self.workbook = workbook
    }

    static let namespaces = [
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ]

    static func format(_ workbook: WorkbookContext) -> RowFormat {
        RowFormat(
            row: "row", namespaces: namespaces,
            makeGrammar: { Worksheet(block: $0, sink: $1, workbook: workbook) },
            makeScanner: { WorksheetScanner(namespaces: $0, workbook: workbook) })
    }

    var isBetweenRows: Bool { isInSheetData && !isInRow }

    func intern(_ name: (String) -> SAXName) {
        names = Names(
            transitional: name(Self.namespaces[0]), strict: name(Self.namespaces[1]),
            worksheet: name("worksheet"), sheetData: name("sheetData"), row: name("row"), c: name("c"), v: name("v"),
            f: name("f"),
            inline: name("is"), t: name("t"), phonetic: name("rPh"), mergeCell: name("mergeCell"),
            reference: name("r"), style: name("s"), type: name("t"), hidden: name("hidden"), range: name("ref"),
            column: name("col"), first: name("min"), last: name("max"))
    }

    private func isOurs(_ namespace: SAXName) -> Bool {
        namespace == names.transitional || namespace == names.strict || namespace.isNone
    }

    func start(_ name: SAXName, namespace: SAXName, _ attributes: SAXAttributes) -> SAXFailure? {
        guard isOurs(namespace) else { return nil }
        if isInCell {
            if name == names.v {
                // Which of two is meant can't be told.
                if cell.hasValue, !isInInline { return .outOfPlace("a cell holds two values") }
                isInValue = phoneticDepth == 0 && !isInInline
            } else if name == names.t {
                isInValue = isInInline && phoneticDepth == 0
            } else if name == names.f {
                cell.hasFormula = true
            } else if name == names.inline {
                isInInline = true
            } else if name == names.phonetic {
                phoneticDepth += 1
            } else if name == names.c || name == names.row {
                return .outOfPlace("a cell or row stands inside a cell")
            }
            if isInValue { cell.hasValue = true }
            return nil
        }
        if name == names.c { return startCell(attributes) }
        if name == names.row { return startRow(attributes) }
        if name == names.sheetData {
            isInSheetData = true
        } else if name == names.column {
            readColumn(attributes)
        } else if name == names.mergeCell {
            return merge(attributes)
        } else if name == names.worksheet {
            hasWorksheet = true
        }
        return nil
    }

    func end(_ name: SAXName, namespace: SAXName) -> SAXFailure? {
        guard isOurs(namespace) else { return nil }
        if name == names.v || name == names.t {
            isInValue = false
        } else if name == names.c {
            return endCell()
        } else if name == names.row {
            return endRow()
        } else if name == names.inline {
            isInInline = false
        } else if name == names.phonetic {
            phoneticDepth -= 1
        } else if name == names.sheetData {
            isInSheetData = false
        } else if name == names.worksheet {
            sink?.endSheet(end)
        }
        return nil
    }

    func characters(_ bytes: UnsafeBufferPointer<UInt8>) -> SAXFailure? {
        guard isInValue else { return nil }
        block.store(bytes)
        if block.arenaOffset - rowArenaStart > Limits.rowBytes {
            return .limit("\(Limits.rowBytes >> 20) MB in one row")
        }
        return nil
    }

    /// `<col min="3" max="4" hidden="1"/>`
    private func readColumn(_ attributes: SAXAttributes) {
        var first = 0, last = 0, isHidden = false
        attributes.forEach { name, namespace, value in
            guard namespace.isNone else { return }
            if name == names.first {
                first = value.smallInteger ?? 0
            } else if name == names.last {
                last = value.smallInteger ?? 0
            } else if name == names.hidden {
                isHidden = value.reads("1") || value.reads("true")
            }
        }
        if isHidden { end.hide(first, last) }
    }

    private func startRow(_ attributes: SAXAttributes) -> SAXFailure? {
        guard isInSheetData, !isInRow else {
            return .outOfPlace("a row stands \(isInRow ? "inside another row" : "outside the sheet's rows")")
        }
        row = .next
        row.firstCell = Int32(block.cellCount)
        var wrong: SAXFailure?
        attributes.forEach { name, namespace, value in
            guard namespace.isNone else { return }
            if name == names.reference {
                if let given = value.smallInteger, given > 0 {
                    row.given = Int32(given)
                } else {
                    wrong = .outOfPlace("a row's number is \"\(value.attributeText.prefix(20))\"")
                }
            } else if name == names.hidden {
                row.isHidden = value.reads("1") || value.reads("true")
            }
        }
        if let wrong { return wrong }
        nextColumn = 1
        isInRow = true
        rowArenaStart = block.arenaOffset
        return nil
    }

    private func endRow() -> SAXFailure? {
        guard isInRow else { return nil }
        isInRow = false
        row.cellCount = Int32(block.cellCount) - row.firstCell
        block.append(row)
        return sink?.endRow()
    }

    private func startCell(_ attributes: SAXAttributes) -> SAXFailure? {
        guard isInRow else { return .outOfPlace("a cell stands outside any row") }
        cell = WorksheetCell()
        cell.column = nextColumn
        isInCell = true
        var wrong: SAXFailure?
        attributes.forEach { name, namespace, value in
            guard namespace.isNone else { return }
            if name == names.reference {
                guard let (column, number) = WorksheetCell.reference(value) else {
                    wrong = .outOfPlace("a cell's place is \"\(value.attributeText.prefix(20))\"")
                    return
                }
                cell.column = column
                if row.given == 0 { row.given = Int32(number) }
                if row.given != Int32(number) {
                    wrong = .outOfPlace("a cell of row \(number) stands in row \(row.given)")
                }
            } else if name == names.style {
                cell.format = value.smallInteger.map { workbook.format($0) } ?? .number
            } else if name == names.type {
                cell.type = WorksheetCell.type(value)
            }
        }
        if let wrong { return wrong }
        if cell.column < nextColumn || cell.column > Limits.columns {
            return .outOfPlace("column \(cell.column) comes after column \(nextColumn - 1)")
        }
        nextColumn = cell.column + 1
        cell.start = block.arenaOffset
        return nil
    }

    private func endCell() -> SAXFailure? {
        guard isInCell else { return nil }
        (isInCell, isInValue, isInInline, phoneticDepth) = (false, false, false, 0)
        cell.end = block.arenaOffset
        return cell.append(to: block, workbook)
    }

    private func merge(_ attributes: SAXAttributes) -> SAXFailure? {
        attributes.forEach { name, namespace, value in
            guard namespace.isNone, name == names.range else { return }
            guard let colon = value.firstIndex(of: UInt8(ascii: ":")),
                let (left, top) = WorksheetCell.reference(UnsafeBufferPointer(rebasing: value[..<colon])),
                let (right, bottom) = WorksheetCell.reference(UnsafeBufferPointer(rebasing: value[(colon + 1)...])),
                left <= right, top <= bottom
            else { return }
            end.merges.append(CellRange(rows: top...bottom, columns: left...right))
        }
        return end.merges.count > Limits.merges ? .limit("\(Limits.merges) merged ranges in a sheet") : nil
    }
}

/// What a workbook's sheets share: its texts, its cells' formats and its date system.
final class WorkbookContext: @unchecked Sendable {
    let texts: SharedTexts
    private let formats: UnsafeMutableBufferPointer<NumberFormat>
    let is1904: Bool

    init(texts: SharedTexts, formats: [NumberFormat], is1904: Bool) {
        self.texts = texts
        self.formats = .allocate(capacity: formats.count)
        _ = self.formats.initialize(from: formats)
        self.is1904 = is1904
    }

    deinit { formats.deallocate() }

    @inline(__always) func format(_ style: Int) -> NumberFormat { style < formats.count ? formats[style] : .number }
}

/// A cell of a worksheet as it is read; the grammar and the scanner end it alike.
struct WorksheetCell {
    enum ValueType { case number, shared, text, boolean, error, date }

    var column = 0
    var type = ValueType.number
    var format = NumberFormat.number
    var hasFormula = false
    var hasValue = false
    /// Where its value's bytes lie in the block.
    var start = 0
    var end = 0

    @inline(__always) static func type(_ value: UnsafeBufferPointer<UInt8>) -> ValueType {
        if value.count == 1 {
            switch value[0] {
            case UInt8(ascii: "s"): return .shared
            case UInt8(ascii: "b"): return .boolean
            case UInt8(ascii: "e"): return .error
            case UInt8(ascii: "d"): return .date
            default: return .number
            }
        }
        // `str` and `inlineStr`.
        return .text
    }

    /// `AB12` is column 28 of row 12.
    @inline(__always) static func reference(_ bytes: UnsafeBufferPointer<UInt8>) -> (column: Int, row: Int)? {
        var column = 0, row = 0, index = 0
        while index < bytes.count, index < 4 {
            let letter = bytes[index] & 0xDF &- 64
            guard bytes[index] >= 65, (1...26).contains(letter) else { break }
            column = column * 26 + Int(letter)
            index += 1
        }
        let digits = index
        while index < bytes.count, bytes[index] &- 48 < 10, index - digits < 8 {
            row = row * 10 + Int(bytes[index] - 48)
            index += 1
        }
        return column > 0 && row > 0 && index == bytes.count ? (column, row) : nil
    }

    enum Ended {
        case cell(RowBuffer.Cell)
        case nothing
        case noSuchText
        case failure(SAXFailure)
    }

    /// Puts the cell into the block, if it holds anything.
    func append(to block: RowBlock, _ workbook: WorkbookContext) -> SAXFailure? {
        switch ended(in: block, workbook) {
        case .cell(let cell): block.append(cell)
        case .nothing: break
        case .noSuchText: block.append(RowBlock.Fault(what: .noSuchText, row: block.rowCount, column: column))
        case .failure(let failure): return failure
        }
        return nil
    }

    func ended(in block: RowBlock, _ workbook: WorkbookContext) -> Ended {
        var start = start, end = end
        if type != .text {
            while start < end, block.base[start] <= 0x20 { start += 1 }
            while start < end, block.base[end - 1] <= 0x20 { end -= 1 }
        }
        var flags = hasFormula ? RowBuffer.Cell.formula : 0
        guard end > start else {
            return hasFormula && !(hasValue && type == .text)
                ? .cell(RowBuffer.Cell(column: column, kind: .valueless, offset: 0, length: 0, flags: flags)) : .nothing
        }
        let kind: RowBuffer.Kind
        switch type {
        case .number:
            if format == .otherCurrency { flags |= RowBuffer.Cell.otherCurrency }
            kind =
                format == .number || format == .otherCurrency ? .number : date(block, &start, &end, workbook)
        case .shared:
            guard let index = index(block, start, end), index < workbook.texts.count else { return .noSuchText }
            let (offset, length) = workbook.texts.entry(index)
            flags |= RowBuffer.Cell.shared
            return length == 0
                ? .nothing
                : .cell(RowBuffer.Cell(column: column, kind: .text, offset: offset, length: length, flags: flags))
        case .text:
            if let decoded = EscapedText.decode(block, start, end) { (start, end) = decoded }
            if end == start { return .nothing }
            kind = .text
        case .boolean:
            kind = .boolean
            let first = block.base[start]
            if end - start > 1, first == UInt8(ascii: "t") || first == UInt8(ascii: "f") {
                start = block.arenaOffset
                block.store(first == UInt8(ascii: "t") ? UInt8(ascii: "1") : UInt8(ascii: "0"))
                end = start + 1
            }
        case .error: kind = .error
        case .date: kind = .date
        }
        if end - start > Limits.cellCharacters, SpreadsheetML.isTooLong(block, start, end) {
            return .failure(.limit("\(Limits.cellCharacters) characters in one cell"))
        }
        return .cell(RowBuffer.Cell(column: column, kind: kind, offset: start, length: end - start, flags: flags))
    }

    private func index(_ block: RowBlock, _ start: Int, _ end: Int) -> Int? {
        guard end - start < 10 else { return nil }
        var index = 0
        for offset in start..<end {
            let digit = block.base[offset] &- 48
            guard digit < 10 else { return nil }
            index = index * 10 + Int(digit)
        }
        return index
    }

    private func date(_ block: RowBlock, _ start: inout Int, _ end: inout Int, _ workbook: WorkbookContext)
        -> RowBuffer.Kind
    {
        let serial = UnsafeBufferPointer(start: UnsafePointer(block.base + start), count: end - start)
        let offset = block.arenaOffset
        guard SerialDate.store(serial, as: format, is1904: workbook.is1904, in: block) else { return .number }
        (start, end) = (offset, block.arenaOffset)
        return .date
    }
}

/// `_x000D_` in a text of xlsx stands for the character of that number: ECMA-376, part 1, 22.9.2.19.
enum EscapedText {
    /// - Returns: where the decoded text lies in the arena; `nil` where there is nothing to decode.
    @inline(__always)
    static func decode(_ block: RowBlock, _ start: Int, _ end: Int) -> (start: Int, end: Int)? {
        var index = start
        while index < end {
            if block.base[index] == UInt8(ascii: "_"), unit(block.base + index, end - index) != nil {
                return decodeAll(block, start, end)
            }
            index += 1
        }
        return nil
    }

    private static func decodeAll(_ block: RowBlock, _ start: Int, _ end: Int) -> (start: Int, end: Int) {
        let copy = Array(UnsafeBufferPointer(start: UnsafePointer(block.base + start), count: end - start))
        let offset = block.arenaOffset
        for byte in decoded(copy) { block.store(byte) }
        return (offset, block.arenaOffset)
    }

    static func decoded(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(UInt8(ascii: "_")) else { return text }
        var output: [UInt8] = []
        var halves: [UInt16] = []
        var index = 0
        func flush() {
            output.append(contentsOf: String(decoding: halves, as: UTF16.self).utf8)
            halves.removeAll()
        }
        text.withUnsafeBufferPointer { bytes in
            while index < bytes.count {
                if bytes[index] == UInt8(ascii: "_"), let unit = unit(bytes.baseAddress! + index, bytes.count - index) {
                    halves.append(unit)
                    index += 7
                } else {
                    flush()
                    output.append(bytes[index])
                    index += 1
                }
            }
        }
        flush()
        return output
    }

    private static func unit(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt16? {
        guard count >= 7, bytes[1] == UInt8(ascii: "x"), bytes[6] == UInt8(ascii: "_") else { return nil }
        var unit: UInt16 = 0
        for index in 2..<6 {
            let byte = bytes[index]
            let digit = byte &- 48 < 10 ? byte &- 48 : (byte | 0x20) &- 87
            guard byte &- 48 < 10 || (10...15).contains(digit) else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }
}
