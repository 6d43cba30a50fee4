/// Rows of an OpenDocument sheet as LibreOffice and the common libraries write them:
///
///     <table:table-row table:style-name="ro1"><table:table-cell office:value-type="float"
///     office:value="1234.5" calcext:value-type="float"><text:p>1234.5</text:p></table:table-cell></table:table-row>
///
/// As strict as the other scanners: whatever else a stretch holds, libxml2 reads all of it.
final class OpenDocumentScanner: RowScanner {
    let row: Literal
    private let rowEnd, cell, cellEnd, covered, coveredEnd, paragraph, paragraphEnd, emptyParagraph: Literal
    private let rowsRepeated, visibility, rowStyle: Literal
    private let columnsRepeated, style, formula, columnsSpanned, rowsSpanned: Literal
    private let valueType, value, dateValue, timeValue, booleanValue, stringValue, currency: Literal
    /// LibreOffice's own type, which alone tells an error; a file may not have its namespace.
    private let extendedType: Literal?

    init?(namespaces: [String: String]) {
        // Exactly one prefix each: with a second one, an attribute could stand twice.
        func prefix(_ namespace: String) -> String? {
            let bound = namespaces.filter { $0.value == namespace }.keys
            guard bound.count == 1, let prefix = bound.first, !prefix.isEmpty, prefix.utf8.count <= 7 else {
                return nil
            }
            return prefix + ":"
        }
        guard let table = prefix(OpenDocument.tableNamespace), let office = prefix(OpenDocument.officeNamespace),
            let text = prefix(OpenDocument.textNamespace)
        else { return nil }
        let calc = namespaces.values.contains(OpenDocument.calcNamespace) ? prefix(OpenDocument.calcNamespace) : nil
        if calc == nil, namespaces.values.contains(OpenDocument.calcNamespace) { return nil }
        row = Literal("<\(table)table-row")
        rowEnd = Literal("</\(table)table-row>")
        cell = Literal("<\(table)table-cell")
        cellEnd = Literal("</\(table)table-cell>")
        covered = Literal("<\(table)covered-table-cell")
        coveredEnd = Literal("</\(table)covered-table-cell>")
        paragraph = Literal("<\(text)p>")
        paragraphEnd = Literal("</\(text)p>")
        emptyParagraph = Literal("<\(text)p/>")
        func named(_ name: String) -> Literal { Literal(" " + name + "=\"") }
        rowsRepeated = named(table + "number-rows-repeated")
        visibility = named(table + "visibility")
        rowStyle = named(table + "style-name")
        columnsRepeated = named(table + "number-columns-repeated")
        style = rowStyle
        formula = named(table + "formula")
        columnsSpanned = named(table + "number-columns-spanned")
        rowsSpanned = named(table + "number-rows-spanned")
        valueType = named(office + "value-type")
        value = named(office + "value")
        dateValue = named(office + "date-value")
        timeValue = named(office + "time-value")
        booleanValue = named(office + "boolean-value")
        stringValue = named(office + "string-value")
        currency = named(office + "currency")
        extendedType = calc.map { named($0 + "value-type") }
    }

    func scanRow(_ block: RowBlock, _ start: Int) -> Int {
        var p = UnsafePointer(block.base)
        var found = RowBlock.Row.next
        var i = rowTag(p, start, &found)
        if i < 0 { return -1 }
        if p[i] == UInt8(ascii: "/") {
            guard p[i &+ 1] == UInt8(ascii: ">") else { return -1 }
            block.close(found, cells: 0)
            return i &+ 2
        }
        guard p[i] == UInt8(ascii: ">") else { return -1 }
        i &+= 1

        let cells = block.openRow()
        var cellCount = 0
        var nextColumn = 1
        while true {
            if p[i] != UInt8(ascii: "<") { i = XMLScan.skipBlanks(p, i) }
            var one = OpenDocumentCell()
            one.isCovered = covered.isAt(p + i)
            guard one.isCovered || cell.isAt(p + i) else { break }
            i = content(block, &p, i, &one)
            if i < 0 { return -1 }
            one.column = nextColumn
            nextColumn = min(nextColumn &+ one.repeats, Limits.columns &+ 1)
            if one.end &- one.start > Limits.cellCharacters || one.textEnd &- one.textStart > Limits.cellCharacters {
                return -1
            }
            if !one.hasFormula, !one.isError, one.textEnd == one.textStart, one.end == one.start { continue }
            // The common kind is recognised here; the others end as the grammar's cells do.
            if one.type == .number, !one.hasFormula, !one.isError, !one.isOtherCurrency, one.repeats == 1,
                one.end > one.start, p[one.start] > 0x20, p[one.end &- 1] > 0x20,
                one.column <= Limits.columns
            {
                cells[cellCount] = RowBuffer.Cell(
                    column: one.column, kind: .number, offset: one.start, length: one.end &- one.start,
                    flags: one.isCovered ? RowBuffer.Cell.covered : 0,
                    mergeAcross: one.mergeAcross, mergeDown: one.mergeDown)
                cellCount &+= 1
                continue
            }
            switch one.ended(in: block) {
            case .cell(let ended):
                cells[cellCount] = ended
                cellCount &+= 1
                if one.repeats > 1 { found.hasRepeats = true }
            case .nothing: break
            case .failure: return -1
            }
            p = UnsafePointer(block.base)
        }
        guard rowEnd.isAt(p + i), i &- start < Limits.rowBytes else { return -1 }
        block.close(found, cells: cellCount)
        return i &+ rowEnd.count
    }

    /// - Returns: where the row's start tag ends, at `>` or `/`; below zero where libxml2 must decide.
    @inline(__always)
    private func rowTag(_ p: UnsafePointer<UInt8>, _ start: Int, _ found: inout RowBlock.Row) -> Int {
        var i = start &+ row.count
        var seen = 0
        while p[i] == 0x20 {
            var attribute = 0
            let at = p + i
            if rowStyle.isAt(at) {
                attribute = 1
                i = XMLScan.skipValue(p, i &+ rowStyle.count)
            } else if rowsRepeated.isAt(at) {
                attribute = 2
                var count = 0
                i = XMLScan.integer(p, i &+ rowsRepeated.count, &count)
                if count == 0 { return -1 }
                found.repeats = Int32(truncatingIfNeeded: count)
            } else if visibility.isAt(at) {
                attribute = 4
                let from = i &+ visibility.count
                i = XMLScan.skipValue(p, from)
                if i < 0 { return -1 }
                found.isHidden = !UnsafeBufferPointer(start: p + from, count: i &- from &- 1).reads("visible")
            }
            if i < 0 || attribute == 0 || seen & attribute != 0 { return -1 }
            seen |= attribute
        }
        return i &- start > Limits.tagBytes &- 64 ? -1 : i
    }

    /// A cell from its start tag to behind its end.
    @inline(__always)
    private func content(
        _ block: RowBlock, _ p: inout UnsafePointer<UInt8>, _ start: Int, _ one: inout OpenDocumentCell
    ) -> Int {
        var hasReference = false
        var i = cellTag(p, start, &one, &hasReference)
        if i < 0 { return -1 }
        if hasReference {
            let decoded = block.arenaOffset
            XMLScan.store(block, from: one.start, to: one.end)
            p = UnsafePointer(block.base)
            (one.start, one.end) = (decoded, block.arenaOffset)
        }
        if p[i] == UInt8(ascii: "/") { return p[i &+ 1] == UInt8(ascii: ">") ? i &+ 2 : -1 }
        guard p[i] == UInt8(ascii: ">") else { return -1 }
        i = text(block, &p, i &+ 1, &one)
        if i < 0 { return -1 }
        let end = one.isCovered ? coveredEnd : cellEnd
        return end.isAt(p + i) ? i &+ end.count : -1
    }

    /// - Returns: where the cell's start tag ends, at `>` or `/`; below zero where libxml2 must decide.
    @inline(__always)
    private func cellTag(
        _ p: UnsafePointer<UInt8>, _ start: Int, _ one: inout OpenDocumentCell, _ hasReference: inout Bool
    ) -> Int {
        var i = start &+ (one.isCovered ? covered.count : cell.count)
        var seen = 0
        while p[i] == 0x20 {
            var attribute = 0
            let at = p + i
            if style.isAt(at) {
                attribute = 1
                i = XMLScan.skipValue(p, i &+ style.count)
            } else if valueType.isAt(at) {
                attribute = 2
                let from = i &+ valueType.count
                i = XMLScan.skipValue(p, from)
                if i < 0 { return -1 }
                one.type = OpenDocumentCell.type(UnsafeBufferPointer(start: p + from, count: i &- from &- 1))
            } else if value.isAt(at) {
                attribute = 4
                i = keep(p, i &+ value.count, &one, &hasReference)
            } else if let extendedType, extendedType.isAt(at) {
                attribute = 8
                let from = i &+ extendedType.count
                i = XMLScan.skipValue(p, from)
                if i < 0 { return -1 }
                one.isError = UnsafeBufferPointer(start: p + from, count: i &- from &- 1).reads("error")
            } else if columnsRepeated.isAt(at) {
                attribute = 16
                i = XMLScan.integer(p, i &+ columnsRepeated.count, &one.repeats)
                if one.repeats == 0 { return -1 }
            } else if dateValue.isAt(at) {
                attribute = 32
                i = keep(p, i &+ dateValue.count, &one, &hasReference)
            } else if formula.isAt(at) {
                attribute = 64
                i = XMLScan.skipValue(p, i &+ formula.count)
                one.hasFormula = true
            } else if currency.isAt(at) {
                attribute = 128
                let from = i &+ currency.count
                i = XMLScan.skipValue(p, from)
                if i < 0 { return -1 }
                one.isOtherCurrency = OpenDocumentCell.isOtherCurrency(
                    UnsafeBufferPointer(start: p + from, count: i &- from &- 1))
            } else if booleanValue.isAt(at) {
                attribute = 256
                i = keep(p, i &+ booleanValue.count, &one, &hasReference)
            } else if timeValue.isAt(at) {
                attribute = 512
                i = keep(p, i &+ timeValue.count, &one, &hasReference)
            } else if columnsSpanned.isAt(at) {
                attribute = 1_024
                i = XMLScan.integer(p, i &+ columnsSpanned.count, &one.mergeAcross)
                if one.mergeAcross == 0 { return -1 }
                one.mergeAcross &-= 1
            } else if rowsSpanned.isAt(at) {
                attribute = 2_048
                i = XMLScan.integer(p, i &+ rowsSpanned.count, &one.mergeDown)
                if one.mergeDown == 0 { return -1 }
                one.mergeDown &-= 1
            } else if stringValue.isAt(at) {
                attribute = 4_096
                i = keep(p, i &+ stringValue.count, &one, &hasReference)
            }
            // Two values in one cell are for libxml2's way to choose from.
            if i < 0 || attribute == 0 || seen & attribute != 0 { return -1 }
            seen |= attribute
        }
        if i &- start > Limits.tagBytes &- 64 { return -1 }
        let values = seen & (4 | 32 | 256 | 512 | 4_096)
        return values & (values &- 1) != 0 ? -1 : i
    }

    /// Notes where a value lies.
    @inline(__always)
    private func keep(
        _ p: UnsafePointer<UInt8>, _ start: Int, _ cell: inout OpenDocumentCell, _ hasReference: inout Bool
    ) -> Int {
        let end = XMLScan.valueEnd(p, start, hasReference: &hasReference)
        if end < 0 { return -1 }
        cell.hasValue = true
        (cell.start, cell.end) = (start, end)
        return end &+ 1
    }

    /// Over a cell's paragraphs of plain text, of which the cell keeps what it needs.
    private func text(_ block: RowBlock, _ p: inout UnsafePointer<UInt8>, _ start: Int, _ cell: inout OpenDocumentCell)
        -> Int
    {
        var i = XMLScan.skipBlanks(p, start)
        var paragraphs = 0
        let isWanted = cell.wantsText
        while true {
            var from = i, to = i
            var hasReference = false
            if paragraph.isAt(p + i) {
                from = i &+ paragraph.count
                to = XMLScan.textEnd(p, from, hasReference: &hasReference)
                if to < 0 || !paragraphEnd.isAt(p + to) { return -1 }
                i = to &+ paragraphEnd.count
            } else if emptyParagraph.isAt(p + i) {
                i &+= emptyParagraph.count
            } else {
                return i
            }
            i = XMLScan.skipBlanks(p, i)
            paragraphs &+= 1
            guard isWanted else { continue }
            // Runs of blanks, and a blank at the start, mean less than they show.
            if hasOddBlanks(p, from, to) { return -1 }
            if hasReference {
                // A reference may stand for a blank, which joins the others.
                if hasNumericReference(p, from, to) { return -1 }
                let decoded = paragraphs == 1 ? block.arenaOffset : -1
                if decoded < 0 { block.store(0x0A) }
                XMLScan.store(block, from: from, to: to)
                p = UnsafePointer(block.base)
                if decoded >= 0 { cell.textStart = decoded }
                cell.textEnd = block.arenaOffset
                continue
            }
            if paragraphs == 1, !paragraph.isAt(p + i), !emptyParagraph.isAt(p + i) {
                (cell.textStart, cell.textEnd) = (from, to)
                continue
            }
            if paragraphs == 1 { cell.textStart = block.arenaOffset } else { block.store(0x0A) }
            block.store(UnsafeBufferPointer(start: p + from, count: to &- from))
            cell.textEnd = block.arenaOffset
            p = UnsafePointer(block.base)
        }
    }

    private func hasNumericReference(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        for i in start..<end where p[i] == UInt8(ascii: "&") && p[i &+ 1] == UInt8(ascii: "#") { return true }
        return false
    }

    @inline(__always)
    private func hasOddBlanks(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard end > start else { return false }
        if p[start] <= 0x20 { return true }
        var i = start
        while i < end {
            if p[i] <= 0x20, p[i] != 0x20 || (i &+ 1 < end && p[i &+ 1] <= 0x20) { return true }
            i &+= 1
        }
        return false
    }
}
