/// SpreadsheetML 2003, Excel's "XML Spreadsheet 2003".
///
///     <Row ss:Index="3"><Cell ss:Index="6"><Data ss:Type="Number">1234.5</Data></Cell></Row>
///
/// `Index` leaves gaps, `MergeAcross` moves the next cell on, `Span` stands for further empty rows;
/// text inside `Data` may be rich, and a `Comment` has a `Data` of its own that is no value.
/// Source: Microsoft, "XML Spreadsheet Reference", 2001; what files really hold is in the tests.
final class SpreadsheetML: RowGrammar {
    var block: RowBlock
    private let sink: (any DocumentSink)?

    private var sheets = 0
    private var isInTable = false
    private var isInRow = false
    private var isInCell = false
    private var isInData = false
    private var hasData = false
    private var commentDepth = 0
    private var isInVisible = false
    private var visibleText: [UInt8] = []

    private var row = RowBlock.Row.next
    private var nextColumn = 1
    private var cellOffset = 0
    private var kind = RowBuffer.Kind.text
    private var column = 0
    private var mergeAcross = 0
    private var mergeDown = 0
    private var hasFormula = false
    private var rowArenaStart = 0
    /// The style that is being read, and those whose numbers are amounts of another currency than pounds.
    private var style: [UInt8] = []
    private var foreignStyles: Set<[UInt8]> = []
    /// Whether the columns' styles, the row's and the cell's are among them.
    private var foreignColumns: [ClosedRange<Int>] = []
    private var nextStyledColumn = 1
    private var isRowForeign = false
    private var end = SheetEnd()
    private var isCellForeign: Bool?

    /// Whether the file is a workbook at all.
    private(set) var hasWorkbook = false

    private struct Names {
        var namespace, excel, workbook, worksheet, table, row, cell, data, comment, visible: SAXName
        var name, index, span, mergeAcross, mergeDown, type, formula, hidden: SAXName
        var style, numberFormat, column, id, parent, format, styleID: SAXName
    }
    private var names: Names!

    init(block: RowBlock, sink: (any DocumentSink)?) {
        self.block = block
        self.sink = sink
    }

    static let namespace = "urn:schemas-microsoft-com:office:spreadsheet"

    static let format = RowFormat(
        row: "Row", namespaces: [namespace],
        makeGrammar: { SpreadsheetML(block: $0, sink: $1) }, makeScanner: { SpreadsheetMLScanner(namespaces: $0) })

    /// A stretch knows no styles, and reads only what needs none.
    var isBetweenRows: Bool { isInTable && !isInRow && commentDepth == 0 && foreignStyles.isEmpty }

    func intern(_ name: (String) -> SAXName) {
        names = Names(
            namespace: name(Self.namespace), excel: name("urn:schemas-microsoft-com:office:excel"),
            workbook: name("Workbook"), worksheet: name("Worksheet"), table: name("Table"),
            row: name("Row"), cell: name("Cell"), data: name("Data"), comment: name("Comment"),
            visible: name("Visible"),
            name: name("Name"), index: name("Index"), span: name("Span"), mergeAcross: name("MergeAcross"),
            mergeDown: name("MergeDown"), type: name("Type"), formula: name("Formula"), hidden: name("Hidden"),
            style: name("Style"), numberFormat: name("NumberFormat"), column: name("Column"), id: name("ID"),
            parent: name("Parent"), format: name("Format"), styleID: name("StyleID"))
    }

    func start(_ name: SAXName, namespace: SAXName, _ attributes: SAXAttributes) -> SAXFailure? {
        if namespace == names.excel, name == names.visible, !isInTable {
            isInVisible = true
            visibleText.removeAll()
        }
        guard namespace == names.namespace || namespace.isNone else { return nil }
        if name == names.cell { return startCell(attributes) }
        if name == names.data { return startData(attributes) }
        if name == names.row { return startRow(attributes) }
        if name == names.comment {
            commentDepth += 1
        } else if name == names.worksheet {
            return startSheet(attributes)
        } else if name == names.style || name == names.numberFormat || name == names.column {
            readStyle(name, attributes)
        } else if name == names.table {
            (foreignColumns, nextStyledColumn) = ([], 1)
            if sheets > 0 { isInTable = true }
        } else if name == names.workbook {
            hasWorkbook = true
            // A stretch begins inside these, and its document has reported the sheet.
            if sink == nil { sheets = 1 }
        }
        return nil
    }

    func end(_ name: SAXName, namespace: SAXName) -> SAXFailure? {
        if isInVisible, namespace == names.excel, name == names.visible { isInVisible = false }
        guard namespace == names.namespace || namespace.isNone else { return nil }
        if name == names.data {
            if commentDepth == 0 { isInData = false }
        } else if name == names.cell {
            return endCell()
        } else if name == names.row {
            return endRow()
        } else if name == names.comment {
            commentDepth -= 1
        } else if name == names.table {
            isInTable = false
        } else if name == names.worksheet {
            endSheet()
        }
        return nil
    }

    func characters(_ bytes: UnsafeBufferPointer<UInt8>) -> SAXFailure? {
        if isInVisible { if visibleText.count < 64 { visibleText.append(contentsOf: bytes) } }
        guard isInData, commentDepth == 0 else { return nil }
        block.store(bytes)
        if block.arenaOffset - rowArenaStart > Limits.rowBytes {
            return .limit("\(Limits.rowBytes >> 20) MB in one row")
        }
        return nil
    }

    /// `<Style ss:ID="s63"><NumberFormat ss:Format="[$€-2] #,##0.00"/></Style>`, and a column's style.
    private func readStyle(_ name: SAXName, _ attributes: SAXAttributes) {
        var index: Int?, span = 0, isForeign: Bool?, isHidden = false
        if name == names.style { style = [] }
        forEach(attributes) { attribute, value in
            if attribute == names.id {
                style = Array(value)
            } else if attribute == names.parent || attribute == names.styleID {
                isForeign = foreignStyles.contains(Array(value))
            } else if attribute == names.format {
                isForeign = NumberFormat(code: value.attributeText) == .otherCurrency
            } else if attribute == names.index {
                index = value.smallInteger
            } else if attribute == names.span {
                span = value.smallInteger ?? 0
            } else if attribute == names.hidden {
                isHidden = value.reads("1")
            }
        }
        if name == names.column {
            let first = index ?? nextStyledColumn, last = min(first + span, Limits.columns)
            nextStyledColumn = last + 1
            if isHidden { end.hide(first, last) }
            if isForeign ?? false, first <= last, foreignColumns.count < Limits.columns {
                foreignColumns.append(first...last)
            }
        } else if !style.isEmpty, let isForeign {
            if !isForeign {
                foreignStyles.remove(style)
            } else if foreignStyles.count < Limits.formats {
                foreignStyles.insert(style)
            }
        }
    }

    private func startSheet(_ attributes: SAXAttributes) -> SAXFailure? {
        sheets += 1
        visibleText.removeAll()
        guard let sink else { return nil }
        if sheets > Limits.sheets { return .limit("\(Limits.sheets) sheets") }
        var title = "Sheet\(sheets)"
        forEach(attributes) { name, value in if name == names.name { title = value.attributeText } }
        sink.beginSheet(name: title)
        return nil
    }

    private func endSheet() {
        isInTable = false
        var end = end
        self.end = SheetEnd()
        switch String(decoding: visibleText, as: UTF8.self) {
        case "SheetHidden": end.visibility = .hidden
        case "SheetVeryHidden": end.visibility = .veryHidden
        default: break
        }
        sink?.endSheet(end)
    }

    private func startRow(_ attributes: SAXAttributes) -> SAXFailure? {
        row = .next
        row.firstCell = Int32(block.cellCount)
        var wrong: SAXFailure?
        isRowForeign = false
        forEach(attributes) { name, value in
            if name == names.styleID, !foreignStyles.isEmpty {
                isRowForeign = foreignStyles.contains(Array(value))
            } else if name == names.index {
                if let given = value.smallInteger, given > 0 {
                    row.given = Int32(given)
                } else {
                    wrong = .outOfPlace("a row's Index is \"\(value.attributeText.prefix(20))\"")
                }
            } else if name == names.span {
                if let given = value.smallInteger, given <= Limits.rows {
                    row.emptyRowsAfter = Int32(given)
                } else {
                    wrong = .outOfPlace("a row's Span is \"\(value.attributeText.prefix(20))\"")
                }
            } else if name == names.hidden {
                row.isHidden = value.reads("1")
            }
        }
        if isInRow || sheets == 0 {
            return .outOfPlace("a row stands \(isInRow ? "inside another row" : "outside any worksheet")")
        }
        if let wrong { return wrong }
        nextColumn = 1
        isInRow = true
        rowArenaStart = block.arenaOffset
        return nil
    }

    private func endRow() -> SAXFailure? {
        isInRow = false
        row.cellCount = Int32(block.cellCount) - row.firstCell
        block.append(row)
        return sink?.endRow()
    }

    private func startCell(_ attributes: SAXAttributes) -> SAXFailure? {
        guard isInRow, !isInCell else {
            return .outOfPlace("a cell stands \(isInCell ? "inside another cell" : "outside any row")")
        }
        column = nextColumn
        (mergeAcross, mergeDown, hasFormula, hasData) = (0, 0, false, false)
        kind = .text
        cellOffset = block.arenaOffset
        isInCell = true
        isCellForeign = nil
        var isWrong = false
        forEach(attributes) { name, value in
            if name == names.styleID, !foreignStyles.isEmpty {
                isCellForeign = foreignStyles.contains(Array(value))
            } else if name == names.index {
                if let given = value.smallInteger { column = given } else { isWrong = true }
            } else if name == names.mergeAcross {
                if let given = value.smallInteger { mergeAcross = given } else { isWrong = true }
            } else if name == names.mergeDown {
                if let given = value.smallInteger { mergeDown = given } else { isWrong = true }
            } else if name == names.formula {
                hasFormula = true
            }
        }
        if isWrong || column < nextColumn || column + mergeAcross > Limits.columns {
            return .outOfPlace("column \(column) comes after column \(nextColumn - 1)")
        }
        nextColumn = column + mergeAcross + 1
        return nil
    }

    private func startData(_ attributes: SAXAttributes) -> SAXFailure? {
        guard isInCell, commentDepth == 0 else { return nil }
        if hasData { return .outOfPlace("a cell holds two values") }
        isInData = true
        hasData = true
        forEach(attributes) { name, value in
            guard name == names.type else { return }
            kind = Self.kind(value.first ?? 0)
        }
        return nil
    }

    /// `Number`, `DateTime`, `Boolean`, `Error`; anything else is text.
    @inline(__always) static func kind(_ first: UInt8) -> RowBuffer.Kind {
        switch first {
        case UInt8(ascii: "N"): .number
        case UInt8(ascii: "D"): .date
        case UInt8(ascii: "B"): .boolean
        case UInt8(ascii: "E"): .error
        default: .text
        }
    }

    private func endCell() -> SAXFailure? {
        guard isInCell else { return nil }
        (isInCell, isInData) = (false, false)
        return Self.append(
            to: block, column: column, kind: kind, from: cellOffset, to: block.arenaOffset, hasFormula: hasFormula,
            hasData: hasData, isOtherCurrency: isShownForeign, mergeAcross: mergeAcross, mergeDown: mergeDown)
    }

    /// By the cell's own style, or else the row's or the column's.
    private var isShownForeign: Bool {
        guard !foreignStyles.isEmpty, kind == .number else { return false }
        return isCellForeign ?? (isRowForeign || foreignColumns.contains { $0.contains(column) })
    }

    /// A cell as it ends; the scanner's cells come this way too.
    @inline(__always)
    static func append(
        to block: RowBlock, column: Int, kind: RowBuffer.Kind, from start: Int, to end: Int, hasFormula: Bool,
        hasData: Bool, isOtherCurrency: Bool = false, mergeAcross: Int, mergeDown: Int
    ) -> SAXFailure? {
        var start = start, end = end
        if kind != .text {
            // Some writers pad a number; a text's blanks are its own.
            while start < end, block.base[start] <= 0x20 { start += 1 }
            while start < end, block.base[end - 1] <= 0x20 { end -= 1 }
        }
        if end - start > Limits.cellCharacters, isTooLong(block, start, end) {
            return .limit("\(Limits.cellCharacters) characters in one cell")
        }
        guard end > start || (hasFormula && !(hasData && kind == .text)) else { return nil }
        block.append(
            RowBuffer.Cell(
                column: column, kind: end > start ? kind : .valueless, offset: start, length: end - start,
                flags: (hasFormula ? RowBuffer.Cell.formula : 0)
                    | (isOtherCurrency ? RowBuffer.Cell.otherCurrency : 0), mergeAcross: mergeAcross,
                mergeDown: mergeDown))
        return nil
    }

    static func isTooLong(_ block: RowBlock, _ start: Int, _ end: Int) -> Bool {
        String(decoding: UnsafeBufferPointer(start: block.base + start, count: end - start), as: UTF8.self).utf16.count
            > Limits.cellCharacters
    }

    /// The attributes in the format's namespace, or in none (some writers leave the prefix out).
    private func forEach(_ attributes: SAXAttributes, _ body: (SAXName, UnsafeBufferPointer<UInt8>) -> Void) {
        attributes.forEach { name, namespace, value in
            if namespace == names.namespace || namespace.isNone { body(name, value) }
        }
    }
}
