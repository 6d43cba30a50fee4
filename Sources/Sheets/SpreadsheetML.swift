internal import Findings

/// SpreadsheetML 2003, Excel's "XML Spreadsheet 2003": rows to a receiver, as they are parsed.
///
///     <Row ss:Index="3"><Cell ss:Index="6"><Data ss:Type="Number">1234.5</Data></Cell></Row>
///
/// `Index` leaves gaps, `MergeAcross` moves the next cell on, `Span` stands for further empty rows;
/// text inside `Data` may be rich, and a `Comment` has a `Data` of its own that is no value.
/// Source: Microsoft, "XML Spreadsheet Reference", 2001; what files really hold is in the tests.
final class SpreadsheetML: SAXEvents {
    private let file: String
    private let receiver: any SheetReceiver
    private let row = RowBuffer()

    private var sheets = 0
    private var rowNumber = 0
    private var emptyRowsAfter = 0
    private var nextColumn = 1
    private var isInRow = false
    private var isInCell = false
    private var isInData = false
    private var hasData = false
    private var commentDepth = 0
    private var cellOffset = 0
    private var kind = RowBuffer.Kind.text
    private var column = 0
    private var mergeAcross = 0
    private var mergeDown = 0
    private var hasFormula = false

    /// Whether the file is a workbook at all.
    private(set) var hasWorkbook = false

    private struct Names {
        var namespace, workbook, worksheet, table, row, cell, data, comment: SAXName
        var name, index, span, mergeAcross, mergeDown, type, formula: SAXName
    }
    private var names: Names!

    init(file: String, receiver: any SheetReceiver) {
        self.file = file
        self.receiver = receiver
    }

    static let namespace = "urn:schemas-microsoft-com:office:spreadsheet"

    func intern(_ name: (String) -> SAXName) {
        names = Names(
            namespace: name(Self.namespace), workbook: name("Workbook"), worksheet: name("Worksheet"), table: name("Table"),
            row: name("Row"), cell: name("Cell"), data: name("Data"), comment: name("Comment"),
            name: name("Name"), index: name("Index"), span: name("Span"), mergeAcross: name("MergeAcross"),
            mergeDown: name("MergeDown"), type: name("Type"), formula: name("Formula"))
    }

    func start(_ name: SAXName, namespace: SAXName, _ attributes: SAXAttributes) -> SAXFailure? {
        guard namespace == names.namespace || namespace.isNone else { return nil }
        if name == names.cell { return startCell(attributes) }
        if name == names.data { return startData(attributes) }
        if name == names.row { return startRow(attributes) }
        else if name == names.comment { commentDepth += 1 }
        else if name == names.worksheet { startSheet(attributes) }
        else if name == names.workbook { hasWorkbook = true }
        return nil
    }

    func end(_ name: SAXName, namespace: SAXName) -> SAXFailure? {
        guard namespace == names.namespace || namespace.isNone else { return nil }
        if name == names.data { if commentDepth == 0 { isInData = false } }
        else if name == names.cell { return endCell() }
        else if name == names.row { endRow() }
        else if name == names.comment { commentDepth -= 1 }
        return nil
    }

    func characters(_ bytes: UnsafeBufferPointer<UInt8>) -> SAXFailure? {
        guard isInData, commentDepth == 0 else { return nil }
        row.bytes.append(contentsOf: bytes)
        if row.bytes.count > Limits.rowBytes { return .limit("\(Limits.rowBytes >> 20) MB in one row") }
        return nil
    }

    private func startSheet(_ attributes: SAXAttributes) {
        sheets += 1
        rowNumber = 0
        emptyRowsAfter = 0
        var title = "Sheet\(sheets)"
        forEach(attributes) { name, value in
            // Where it doesn't replace entities, libxml2 hands an attribute's ampersand on as a reference.
            if name == names.name { title = String(decoding: value, as: UTF8.self).split(separator: "&#38;", omittingEmptySubsequences: false).joined(separator: "&") }
        }
        receiver.beginSheet(Sheet(source: Place.Source(file: file, sheet: title), index: sheets))
    }

    private func startRow(_ attributes: SAXAttributes) -> SAXFailure? {
        var index = rowNumber + 1 + emptyRowsAfter
        let least = index
        emptyRowsAfter = 0
        var isWrong = false
        forEach(attributes) { name, value in
            if name == names.index { if let given = Self.integer(value) { index = given } else { isWrong = true } }
            else if name == names.span { if let given = Self.integer(value) { emptyRowsAfter = given } else { isWrong = true } }
        }
        if isInRow || sheets == 0 { return .outOfPlace("a row stands \(isInRow ? "inside another row" : "outside any worksheet")", row: least) }
        if isWrong || index < least || index > Limits.rows || emptyRowsAfter > Limits.rows {
            return .outOfPlace("row \(index) comes after row \(least - 1)", row: least)
        }
        rowNumber = index
        nextColumn = 1
        isInRow = true
        row.clear(number: index)
        return nil
    }

    private func endRow() {
        isInRow = false
        if !row.cells.isEmpty { receiver.receive(row) }
    }

    private func startCell(_ attributes: SAXAttributes) -> SAXFailure? {
        guard isInRow, !isInCell else { return .outOfPlace("a cell stands \(isInCell ? "inside another cell" : "outside any row")", row: rowNumber) }
        column = nextColumn
        (mergeAcross, mergeDown, hasFormula, hasData) = (0, 0, false, false)
        kind = .text
        cellOffset = row.bytes.count
        isInCell = true
        var isWrong = false
        forEach(attributes) { name, value in
            if name == names.index { if let given = Self.integer(value) { column = given } else { isWrong = true } }
            else if name == names.mergeAcross { if let given = Self.integer(value) { mergeAcross = given } else { isWrong = true } }
            else if name == names.mergeDown { if let given = Self.integer(value) { mergeDown = given } else { isWrong = true } }
            else if name == names.formula { hasFormula = true }
        }
        if isWrong || column < nextColumn || column + mergeAcross > Limits.columns {
            return .outOfPlace("column \(column) comes after column \(nextColumn - 1)", row: rowNumber)
        }
        nextColumn = column + mergeAcross + 1
        return nil
    }

    private func startData(_ attributes: SAXAttributes) -> SAXFailure? {
        guard isInCell, commentDepth == 0 else { return nil }
        if hasData { return .outOfPlace("a cell holds two values", row: rowNumber) }
        isInData = true
        hasData = true
        forEach(attributes) { name, value in
            guard name == names.type else { return }
            kind = switch value.first {
            case UInt8(ascii: "N"): .number
            case UInt8(ascii: "D"): .date
            case UInt8(ascii: "B"): .boolean
            case UInt8(ascii: "E"): .error
            default: .text
            }
        }
        return nil
    }

    private func endCell() -> SAXFailure? {
        guard isInCell else { return nil }
        (isInCell, isInData) = (false, false)
        var offset = cellOffset
        var end = row.bytes.count
        if kind != .text {
            // Some writers pad a number; a text's blanks are its own.
            while offset < end, row.bytes[offset] <= 0x20 { offset += 1 }
            while offset < end, row.bytes[end - 1] <= 0x20 { end -= 1 }
        }
        if end - offset > Limits.cellCharacters,
           String(decoding: row.bytes[offset..<end], as: UTF8.self).utf16.count > Limits.cellCharacters {
            return .limit("\(Limits.cellCharacters) characters in one cell")
        }
        guard end > offset || (hasFormula && !(hasData && kind == .text)) else { return nil }
        row.cells.append(RowBuffer.Cell(
            column: column, kind: end > offset ? kind : .valueless, offset: offset, length: end - offset,
            mergeAcross: mergeAcross, mergeDown: mergeDown, hasFormula: hasFormula))
        return nil
    }

    /// The attributes in the format's namespace, or in none (some writers leave the prefix out).
    private func forEach(_ attributes: SAXAttributes, _ body: (SAXName, UnsafeBufferPointer<UInt8>) -> Void) {
        attributes.forEach { name, namespace, value in
            if namespace == names.namespace || namespace.isNone { body(name, value) }
        }
    }

    /// Digits alone, up to seven of them: the grid needs no more.
    private static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard (1...7).contains(bytes.count), bytes.allSatisfy({ $0 &- 48 < 10 }) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int($1 - 48) }
    }
}
