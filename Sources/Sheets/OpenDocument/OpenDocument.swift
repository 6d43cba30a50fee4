/// The content of an OpenDocument spreadsheet, zipped (.ods) or flat (.fods).
///
///     <table:table-row><table:table-cell office:value-type="float" office:value="1234.5">
///       <text:p>1,234.50</text:p></table:table-cell></table:table-row>
///
/// The value is in the attribute and what is shown in the paragraph: the value counts. Cells and rows
/// that repeat stand once with a number.
/// Source: OASIS, "Open Document Format for Office Applications", 1.3, part 3, sections 6, 9 and 19.
final class OpenDocument: RowGrammar {
    var block: RowBlock
    private let sink: (any DocumentSink)?

    private var depth = 0
    private var spreadsheetDepth = -1
    /// Depth of the sheet's table, or of the group of rows that is open in it.
    private var containers: [Int] = []
    private var rowDepth = -1
    /// Depth of what holds tables of its own beside a sheet's rows: a drawing, the cache of a link.
    private var asideDepth = -1
    private var cellDepth = -1
    private var paragraphDepth = -1
    private var sheets = 0
    private var end = SheetEnd()
    /// Columns that the sheet has described so far.
    private var columnsMet = 0
    private var hiddenStyles: Set<[UInt8]> = []
    private var tableStyle: [UInt8]?
    /// A cache of another file's sheet, which LibreOffice keeps among the sheets.
    private var isCache = false

    private var row = RowBlock.Row.next
    private var rowArenaStart = 0
    private var nextColumn = 1
    private var cell = OpenDocumentCell()
    private var paragraphs = 0
    private var isAfterBlank = true
    private var hasPendingBlank = false

    private(set) var hasSpreadsheet = false

    private struct Names {
        var table, office, text, style, calc, draw: SAXName
        var spreadsheet, tableElement, row, cell, covered, group, headerRows, rows, p, h, s, tab, lineBreak, annotation,
            styleElement, tableProperties, shapes, links, changes, tableColumn: SAXName
        var name, styleName, columnsRepeated, rowsRepeated, visibility, formula, columnsSpanned, rowsSpanned: SAXName
        var valueType, value, dateValue, timeValue, booleanValue, stringValue, count, display, family,
            currency: SAXName
    }
    private var names: Names!

    init(block: RowBlock, sink: (any DocumentSink)?) {
        self.block = block
        self.sink = sink
    }

    static let tableNamespace = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    static let officeNamespace = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    static let textNamespace = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    static let calcNamespace = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"

    static let format = RowFormat(
        row: "table-row", namespaces: [tableNamespace],
        makeGrammar: { OpenDocument(block: $0, sink: $1) }, makeScanner: { OpenDocumentScanner(namespaces: $0) })

    var isBetweenRows: Bool { containers.last == depth && rowDepth < 0 && !isCache }

    func intern(_ name: (String) -> SAXName) {
        names = Names(
            table: name(Self.tableNamespace), office: name(Self.officeNamespace), text: name(Self.textNamespace),
            style: name("urn:oasis:names:tc:opendocument:xmlns:style:1.0"), calc: name(Self.calcNamespace),
            draw: name("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"),
            spreadsheet: name("spreadsheet"), tableElement: name("table"), row: name("table-row"),
            cell: name("table-cell"),
            covered: name("covered-table-cell"), group: name("table-row-group"), headerRows: name("table-header-rows"),
            rows: name("table-rows"),
            p: name("p"), h: name("h"), s: name("s"), tab: name("tab"), lineBreak: name("line-break"),
            annotation: name("annotation"),
            styleElement: name("style"), tableProperties: name("table-properties"),
            shapes: name("shapes"), links: name("dde-links"), changes: name("tracked-changes"),
            tableColumn: name("table-column"),
            name: name("name"), styleName: name("style-name"), columnsRepeated: name("number-columns-repeated"),
            rowsRepeated: name("number-rows-repeated"), visibility: name("visibility"), formula: name("formula"),
            columnsSpanned: name("number-columns-spanned"), rowsSpanned: name("number-rows-spanned"),
            valueType: name("value-type"), value: name("value"), dateValue: name("date-value"),
            timeValue: name("time-value"),
            booleanValue: name("boolean-value"), stringValue: name("string-value"), count: name("c"),
            display: name("display"), family: name("family"), currency: name("currency"))
    }

    func start(_ name: SAXName, namespace: SAXName, _ attributes: SAXAttributes) -> SAXFailure? {
        depth += 1
        if spreadsheetDepth > 0, asideDepth < 0 {
            if namespace == names.draw
                || namespace == names.table && (name == names.shapes || name == names.links || name == names.changes)
            {
                asideDepth = depth
            } else if let failure = misplaced(name, namespace) {
                return failure
            }
        }
        if namespace == names.table, name == names.tableColumn, !containers.isEmpty, asideDepth < 0 {
            readColumn(attributes)
        }
        if cellDepth > 0 { return startInCell(name, namespace, attributes) }
        if namespace == names.table {
            if rowDepth > 0 {
                if depth == rowDepth + 1, name == names.cell || name == names.covered {
                    return startCell(attributes, isCovered: name == names.covered)
                }
            } else if let container = containers.last {
                guard depth == container + 1 else { return nil }
                if name == names.row { return startRow(attributes) }
                if name == names.group || name == names.headerRows || name == names.rows { containers.append(depth) }
            } else if name == names.tableElement, depth == spreadsheetDepth + 1 {
                return startSheet(attributes)
            }
        } else if namespace == names.office, name == names.spreadsheet {
            spreadsheetDepth = depth
            hasSpreadsheet = true
        } else if namespace == names.style {
            if name == names.styleElement {
                startStyle(attributes)
            } else if name == names.tableProperties {
                readTableProperties(attributes)
            }
        }
        return nil
    }

    func end(_ name: SAXName, namespace: SAXName) -> SAXFailure? {
        defer { depth -= 1 }
        if depth == asideDepth { asideDepth = -1 }
        if cellDepth > 0 {
            if depth == paragraphDepth {
                // The standard drops a blank at a paragraph's end; LibreOffice writes one there and means it.
                if hasPendingBlank { block.store(0x20) }
                (paragraphDepth, hasPendingBlank) = (-1, false)
            }
            if depth == cellDepth { return endCell() }
        } else if depth == rowDepth {
            return endRow()
        } else if depth == containers.last {
            containers.removeLast()
            if containers.isEmpty, !isCache { sink?.endSheet(end) }
        } else if depth == spreadsheetDepth {
            spreadsheetDepth = -1
        } else if namespace == names.style, name == names.styleElement {
            tableStyle = nil
        }
        return nil
    }

    /// A part of a table that stands where the standard has none: what it holds would be passed over.
    private func misplaced(_ name: SAXName, _ namespace: SAXName) -> SAXFailure? {
        guard namespace == names.table else { return nil }
        let isCell = name == names.cell || name == names.covered
        let isPart =
            isCell || name == names.row || name == names.group || name == names.headerRows || name == names.rows
        guard isPart || name == names.tableElement else { return nil }
        let (parent, isRight) =
            if cellDepth > 0 {
                ("a cell", false)
            } else if rowDepth > 0 {
                ("a row", isCell && depth == rowDepth + 1)
            } else if let container = containers.last {
                ("a sheet", isPart && !isCell && depth == container + 1)
            } else {
                ("the document", !isPart && depth == spreadsheetDepth + 1)
            }
        if isRight { return nil }
        let part = isCell ? "a cell" : name == names.tableElement ? "a table" : "a row"
        return .outOfPlace("\(part) stands directly in \(parent)")
    }

    func characters(_ bytes: UnsafeBufferPointer<UInt8>) -> SAXFailure? {
        guard paragraphDepth > 0, cell.wantsText else { return nil }
        for byte in bytes {
            // A run of blanks is one, and none begins a paragraph.
            if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
                if !isAfterBlank { hasPendingBlank = true }
            } else {
                if hasPendingBlank { block.store(0x20) }
                (hasPendingBlank, isAfterBlank) = (false, false)
                block.store(byte)
            }
        }
        return rowLimit
    }

    private var rowLimit: SAXFailure? {
        block.arenaOffset - rowArenaStart > Limits.rowBytes ? .limit("\(Limits.rowBytes >> 20) MB in one row") : nil
    }

    // MARK: Sheets

    private func startStyle(_ attributes: SAXAttributes) {
        var isTable = false
        var title: [UInt8] = []
        attributes.forEach { name, namespace, value in
            guard namespace == names.style else { return }
            if name == names.family {
                isTable = value.reads("table")
            } else if name == names.name {
                title = Array(value)
            }
        }
        tableStyle = isTable ? title : nil
    }

    private func readTableProperties(_ attributes: SAXAttributes) {
        guard let tableStyle, hiddenStyles.count < Limits.sheets else { return }
        attributes.forEach { name, namespace, value in
            if namespace == names.table, name == names.display, value.reads("false") { hiddenStyles.insert(tableStyle) }
        }
    }

    private func startSheet(_ attributes: SAXAttributes) -> SAXFailure? {
        containers = [depth]
        end = SheetEnd()
        columnsMet = 0
        isCache = false
        guard let sink else { return nil }
        var title: String?
        attributes.forEach { name, namespace, value in
            guard namespace == names.table else { return }
            if name == names.name {
                title = value.attributeText
            } else if name == names.styleName {
                if hiddenStyles.contains(Array(value)) { end.visibility = .hidden }
                isCache = value.reads("ta_extref")
            }
        }
        if isCache { return nil }
        sheets += 1
        if sheets > Limits.sheets { return .limit("\(Limits.sheets) sheets") }
        sink.beginSheet(name: title ?? "Sheet\(sheets)")
        return nil
    }

    /// `<table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>`
    private func readColumn(_ attributes: SAXAttributes) {
        var count = 1, isHidden = false
        attributes.forEach { name, namespace, value in
            guard namespace == names.table else { return }
            if name == names.columnsRepeated {
                count = max(1, value.smallInteger ?? 1)
            } else if name == names.visibility {
                isHidden = !value.reads("visible")
            }
        }
        let first = columnsMet + 1
        columnsMet = min(columnsMet + count, Limits.columns)
        if isHidden { end.hide(first, columnsMet) }
    }

    // MARK: Rows

    private func startRow(_ attributes: SAXAttributes) -> SAXFailure? {
        row = .next
        row.firstCell = Int32(block.cellCount)
        rowDepth = depth
        rowArenaStart = block.arenaOffset
        nextColumn = 1
        var wrong: SAXFailure?
        attributes.forEach { name, namespace, value in
            guard namespace == names.table else { return }
            if name == names.rowsRepeated {
                if let count = value.smallInteger, count > 0 {
                    row.repeats = Int32(count)
                } else {
                    wrong = .outOfPlace("a row repeats \"\(value.attributeText.prefix(20))\" times")
                }
            } else if name == names.visibility {
                row.isHidden = !value.reads("visible")
            }
        }
        return wrong
    }

    private func endRow() -> SAXFailure? {
        rowDepth = -1
        guard !isCache else { return nil }
        row.cellCount = Int32(block.cellCount) - row.firstCell
        block.append(row)
        return sink?.endRow()
    }

    // MARK: Cells

    private func startCell(_ attributes: SAXAttributes, isCovered: Bool) -> SAXFailure? {
        cellDepth = depth
        paragraphs = 0
        cell = OpenDocumentCell()
        cell.isCovered = isCovered
        var wrong: SAXFailure?
        func count(_ value: UnsafeBufferPointer<UInt8>) -> Int {
            if let count = value.smallInteger, count > 0 { return count }
            wrong = .outOfPlace("a cell repeats or spans \"\(value.attributeText.prefix(20))\" cells")
            return 1
        }
        attributes.forEach { name, namespace, value in
            if namespace == names.office {
                if name == names.valueType {
                    cell.type = OpenDocumentCell.type(value)
                } else if name == names.value || name == names.dateValue || name == names.timeValue
                    || name == names.booleanValue || name == names.stringValue
                {
                    cell.hasValue = true
                    cell.start = block.arenaOffset
                    storeAttribute(value)
                    cell.end = block.arenaOffset
                } else if name == names.currency {
                    cell.isOtherCurrency = OpenDocumentCell.isOtherCurrency(value)
                }
            } else if namespace == names.table {
                if name == names.columnsRepeated {
                    cell.repeats = count(value)
                } else if name == names.formula {
                    cell.hasFormula = true
                } else if name == names.columnsSpanned {
                    cell.mergeAcross = count(value) - 1
                } else if name == names.rowsSpanned {
                    cell.mergeDown = count(value) - 1
                }
            } else if namespace == names.calc, name == names.valueType {
                cell.isError = value.reads("error")
            }
        }
        if let wrong { return wrong }
        cell.column = nextColumn
        nextColumn = min(nextColumn + cell.repeats, Limits.columns + 1)
        if cell.wantsText { cell.textStart = block.arenaOffset }
        return rowLimit
    }

    /// Elements of a cell: paragraphs and what stands in for blanks in them. A note's paragraphs lie
    /// deeper than a cell's own.
    private func startInCell(_ name: SAXName, _ namespace: SAXName, _ attributes: SAXAttributes) -> SAXFailure? {
        guard namespace == names.text, cell.wantsText else { return nil }
        if depth == cellDepth + 1, name == names.p || name == names.h {
            paragraphDepth = depth
            if paragraphs > 0 { block.store(0x0A) }
            paragraphs += 1
            (isAfterBlank, hasPendingBlank) = (true, false)
        } else if paragraphDepth > 0 {
            var blanks = 0
            var blank: UInt8 = 0x20
            if name == names.s {
                blanks = 1
                attributes.forEach { name, namespace, value in
                    if namespace == names.text, name == names.count {
                        blanks = min(value.smallInteger ?? 1, Limits.cellCharacters + 1)
                    }
                }
            } else if name == names.tab {
                (blanks, blank) = (1, 0x09)
            } else if name == names.lineBreak {
                (blanks, blank) = (1, 0x0A)
            }
            if blanks > 0 {
                if hasPendingBlank { block.store(0x20) }
                for _ in 0..<blanks { block.store(blank) }
                (hasPendingBlank, isAfterBlank) = (false, true)
            }
        }
        return rowLimit
    }

    private func endCell() -> SAXFailure? {
        (cellDepth, paragraphDepth) = (-1, -1)
        cell.textEnd = block.arenaOffset
        return isCache ? nil : cell.append(to: block, &row)
    }

    private func storeAttribute(_ value: UnsafeBufferPointer<UInt8>) {
        if !value.contains(UInt8(ascii: "&")) { return block.store(value) }
        for byte in value.attributeText.utf8 { block.store(byte) }
    }
}

/// A cell of an OpenDocument sheet as it is read; the grammar and the scanner end it alike.
struct OpenDocumentCell {
    enum ValueType { case none, number, date, boolean, text }

    var column = 0
    var type = ValueType.none
    var isError = false
    var isCovered = false
    var hasFormula = false
    var hasValue = false
    var isOtherCurrency = false
    var repeats = 1
    var mergeAcross = 0
    var mergeDown = 0
    /// The value's attribute in the block.
    var start = 0
    var end = 0
    /// What is shown, in the block; kept only where it is needed.
    var textStart = 0
    var textEnd = 0

    @inline(__always) static func type(_ value: UnsafeBufferPointer<UInt8>) -> ValueType {
        guard let first = value.first else { return .none }
        switch first {
        case UInt8(ascii: "f"), UInt8(ascii: "c"), UInt8(ascii: "p"): return .number
        case UInt8(ascii: "d"), UInt8(ascii: "t"): return .date
        case UInt8(ascii: "b"): return .boolean
        case UInt8(ascii: "s"): return .text
        default: return .none
        }
    }

    /// Of a currency's ISO 4217 code.
    @inline(__always) static func isOtherCurrency(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        !value.isEmpty && !value.reads("GBP")
    }

    /// A text is in the paragraphs, unless an attribute gives it; a formula's error is recognised there by
    /// programs that have no type for it; and where a value is missing, what is shown is all there is.
    @inline(__always) var wantsText: Bool { isError || hasFormula || type == .none || end == start }

    enum Ended {
        case cell(RowBuffer.Cell)
        case nothing
        case failure(SAXFailure)
    }

    /// Puts the cell into the block, if it holds anything.
    func append(to block: RowBlock, _ row: inout RowBlock.Row) -> SAXFailure? {
        switch ended(in: block) {
        case .cell(let cell):
            block.append(cell)
            if repeats > 1 { row.hasRepeats = true }
        case .nothing: break
        case .failure(let failure): return failure
        }
        return nil
    }

    func ended(in block: RowBlock) -> Ended {
        var (start, end) = (start, end)
        var kind: RowBuffer.Kind
        switch type {
        case .number: kind = .number
        case .date: kind = .date
        case .boolean: kind = .boolean
        case .text, .none: kind = .text
        }
        if isError || (hasFormula && Self.readsAsError(block, textStart, textEnd)) {
            kind = .error
            if textEnd > textStart { (start, end) = (textStart, textEnd) }
        } else if end == start {
            // A number without its value may still be shown: what a person sees must not be lost.
            (start, end) = (textStart, textEnd)
            kind = .text
        } else if kind != .text {
            while start < end, block.base[start] <= 0x20 { start += 1 }
            while start < end, block.base[end - 1] <= 0x20 { end -= 1 }
            if kind == .boolean, end > start {
                let isTrue = block.base[start] == UInt8(ascii: "t") || block.base[start] == UInt8(ascii: "1")
                start = block.arenaOffset
                block.store(isTrue ? UInt8(ascii: "1") : UInt8(ascii: "0"))
                end = start + 1
            }
        }
        if end - start > Limits.cellCharacters, SpreadsheetML.isTooLong(block, start, end) {
            return .failure(.limit("\(Limits.cellCharacters) characters in one cell"))
        }
        if end == start {
            // A formula with an empty text for its result has a type; one without has no result.
            guard hasFormula, type != .text else { return .nothing }
            kind = .valueless
        }
        if column + repeats - 1 > Limits.columns {
            return .failure(.outOfPlace("a cell stands in column \(column + repeats - 1)"))
        }
        return .cell(
            RowBuffer.Cell(
                column: column, kind: kind, offset: start, length: end - start,
                flags: (hasFormula ? RowBuffer.Cell.formula : 0) | (isCovered ? RowBuffer.Cell.covered : 0)
                    | (isOtherCurrency && kind == .number ? RowBuffer.Cell.otherCurrency : 0),
                mergeAcross: mergeAcross, mergeDown: mergeDown, repeats: repeats))
    }

    private static func readsAsError(_ block: RowBlock, _ start: Int, _ end: Int) -> Bool {
        guard end - start > 3 else { return false }
        let text = block.base + start
        if text[0] == UInt8(ascii: "#") {
            return ErrorValue.isOne(UnsafeBufferPointer(start: UnsafePointer(text), count: end - start))
        }
        return text[0] == UInt8(ascii: "E") && text[1] == UInt8(ascii: "r") && text[2] == UInt8(ascii: "r")
            && text[3] == UInt8(ascii: ":")
    }
}

/// The error values that spreadsheet programs show.
enum ErrorValue {
    private static let all = [
        "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!",
    ].map { Array($0.utf8) }

    static func isOne(_ text: UnsafeBufferPointer<UInt8>) -> Bool { all.contains { $0.elementsEqual(text) } }
}
