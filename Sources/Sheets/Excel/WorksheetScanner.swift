/// Rows of a worksheet as spreadsheet programs and libraries write them:
///
///     <row r="3" spans="1:2"><c r="A3" s="2"><v>1234.5</v></c><c r="B3" t="s"><v>17</v></c></row>
///
/// As strict as the other scanners: whatever else a stretch holds, libxml2 reads all of it.
final class WorksheetScanner: RowScanner {
    private let workbook: WorkbookContext
    let row: Literal
    private let rowEnd, cell, cellEnd, value, valueEnd, valueCellEnd, formula, formulaEnd: Literal
    private let inline, inlineEnd, text, textEnd: Literal
    private let reference = Literal(" r=\""), style = Literal(" s=\""), type = Literal(" t=\""),
        hidden = Literal(" hidden=\"")
    /// Of a row, and known to mean nothing here.
    private let ignored = [
        " spans=\"", " s=\"", " customFormat=\"", " ht=\"", " customHeight=\"", " outlineLevel=\"", " collapsed=\"",
        " thickTop=\"",
        " thickBot=\"", " x14ac:dyDescent=\"",
    ].map { Literal($0) }

    init?(namespaces: [String: String], workbook: WorkbookContext) {
        self.workbook = workbook
        let prefixes = namespaces.filter { Worksheet.namespaces.contains($0.value) }.keys.sorted()
        guard let first = prefixes.first else { return nil }
        let prefix = first.isEmpty ? "" : first + ":"
        guard Literal.fits("</\(prefix)v></\(prefix)c>"), Literal.fits("</\(prefix)row>") else { return nil }
        func open(_ name: String) -> Literal { Literal("<" + prefix + name) }
        func end(_ name: String) -> Literal { Literal("</" + prefix + name + ">") }
        row = open("row")
        rowEnd = end("row")
        cell = open("c")
        cellEnd = end("c")
        value = open("v>")
        valueEnd = end("v")
        valueCellEnd = Literal("</\(prefix)v></\(prefix)c>")
        formula = open("f")
        formulaEnd = end("f")
        inline = open("is>")
        inlineEnd = end("is")
        text = open("t")
        textEnd = end("t")
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
            guard cell.isAt(p + i) else { break }
            var one = WorksheetCell()
            one.column = nextColumn
            i = cellTag(p, i, &one, &found)
            if i < 0 || one.column < nextColumn || one.column > Limits.columns { return -1 }
            nextColumn = one.column &+ 1
            if p[i] == UInt8(ascii: "/") {
                guard p[i &+ 1] == UInt8(ascii: ">") else { return -1 }
                i &+= 2
                continue
            }
            guard p[i] == UInt8(ascii: ">") else { return -1 }
            var hasReference = false
            i = content(p, i &+ 1, &one, &hasReference)
            if i < 0 { return -1 }
            if hasReference {
                let decoded = block.arenaOffset
                XMLScan.store(block, from: one.start, to: one.end)
                p = UnsafePointer(block.base)
                (one.start, one.end) = (decoded, block.arenaOffset)
            }
            if one.end &- one.start > Limits.cellCharacters { return -1 }
            switch ended(one, in: block, p) {
            case .cell(let ended):
                cells[cellCount] = ended
                cellCount &+= 1
            case .nothing: break
            case .noSuchText, .failure: return -1
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
            var number = 0, attribute = 0
            let at = p + i
            if reference.isAt(at) {
                attribute = 1
                i = XMLScan.integer(p, i &+ reference.count, &number)
                if number == 0 { return -1 }
                found.given = Int32(truncatingIfNeeded: number)
            } else if hidden.isAt(at) {
                attribute = 2
                i = XMLScan.integer(p, i &+ hidden.count, &number)
                // A wider spelling of yes or no is for libxml2's way to read.
                if number > 1 || i &- hidden.count != at - p + 2 { return -1 }
                found.isHidden = number == 1
            } else {
                for (index, literal) in ignored.enumerated() where literal.isAt(at) {
                    attribute = 4 << index
                    i = XMLScan.skipValue(p, i &+ literal.count)
                    break
                }
            }
            if i < 0 || attribute == 0 || seen & attribute != 0 { return -1 }
            seen |= attribute
        }
        return i &- start > Limits.tagBytes &- 64 ? -1 : i
    }

    /// - Returns: where the cell's start tag ends, at `>` or `/`; below zero where libxml2 must decide.
    @inline(__always)
    private func cellTag(
        _ p: UnsafePointer<UInt8>, _ start: Int, _ one: inout WorksheetCell, _ found: inout RowBlock.Row
    ) -> Int {
        var i = start &+ cell.count
        var seen = 0
        while p[i] == 0x20 {
            var attribute = 0
            let at = p + i
            if reference.isAt(at) {
                attribute = 1
                i &+= reference.count
                var letters = 0, number = 0
                let from = i
                while p[i] &- 65 < 26, i &- from < 3 {
                    letters = letters &* 26 &+ Int(p[i] &- 64)
                    i &+= 1
                }
                if i == from { return -1 }
                i = XMLScan.integer(p, i, &number)
                if number == 0 { return -1 }
                if found.given == 0 { found.given = Int32(truncatingIfNeeded: number) }
                if found.given != Int32(truncatingIfNeeded: number) { return -1 }
                one.column = letters
            } else if style.isAt(at) {
                attribute = 2
                var number = 0
                i = XMLScan.integer(p, i &+ style.count, &number)
                one.format = workbook.format(number)
            } else if type.isAt(at) {
                attribute = 4
                let from = i &+ type.count
                var ignored = false
                i = XMLScan.valueEnd(p, from, hasReference: &ignored)
                if i <= from || ignored { return -1 }
                one.type = WorksheetCell.type(UnsafeBufferPointer(start: p + from, count: i &- from))
                i &+= 1
            }
            if i < 0 || attribute == 0 || seen & attribute != 0 { return -1 }
            seen |= attribute
        }
        return i &- start > Limits.tagBytes &- 64 ? -1 : i
    }

    /// A cell's formula and its value, or its text in place.
    ///
    /// - Returns: what stands behind the cell; below zero where libxml2 must decide.
    @inline(__always)
    private func content(
        _ p: UnsafePointer<UInt8>, _ start: Int, _ one: inout WorksheetCell, _ hasReference: inout Bool
    ) -> Int {
        var i = start
        if formula.isAt(p + i) {
            one.hasFormula = true
            i = element(p, i, formula, formulaEnd)
            if i < 0 { return -1 }
        }
        if value.isAt(p + i) {
            one.hasValue = true
            one.start = i &+ value.count
            one.end = XMLScan.textEnd(p, one.start, hasReference: &hasReference)
            if one.end < 0 { return -1 }
            i = one.end
            if valueCellEnd.isAt(p + i) { return i &+ valueCellEnd.count }
            guard valueEnd.isAt(p + i) else { return -1 }
            i = XMLScan.skipBlanks(p, i &+ valueEnd.count)
            return cellEnd.isAt(p + i) ? i &+ cellEnd.count : -1
        }
        if inline.isAt(p + i) {
            i = XMLScan.skipBlanks(p, i &+ inline.count)
            guard text.isAt(p + i) else { return -1 }
            one.hasValue = true
            let open = i
            i = XMLScan.skipAttributes(p, i &+ text.count)
            guard i > 0, p[i] == UInt8(ascii: ">"), i &- open < Limits.tagBytes &- 64 else { return -1 }
            one.start = i &+ 1
            one.end = XMLScan.textEnd(p, one.start, hasReference: &hasReference)
            guard one.end >= 0, textEnd.isAt(p + one.end) else { return -1 }
            i = XMLScan.skipBlanks(p, one.end &+ textEnd.count)
            guard inlineEnd.isAt(p + i) else { return -1 }
            i &+= inlineEnd.count
        }
        i = XMLScan.skipBlanks(p, i)
        return cellEnd.isAt(p + i) ? i &+ cellEnd.count : -1
    }

    /// The common kinds are recognised here; the others end as the grammar's cells do.
    @inline(__always)
    private func ended(_ one: WorksheetCell, in block: RowBlock, _ p: UnsafePointer<UInt8>) -> WorksheetCell.Ended {
        let (from, to) = (one.start, one.end)
        let flags: UInt8 = one.hasFormula ? RowBuffer.Cell.formula : 0
        if one.type == .number, one.format == .number, to > from, p[from] > 0x20, p[to &- 1] > 0x20 {
            return .cell(
                RowBuffer.Cell(column: one.column, kind: .number, offset: from, length: to &- from, flags: flags))
        }
        guard one.type == .shared, to > from, to &- from < 10 else { return one.ended(in: block, workbook) }
        var index = 0
        var at = from
        while at < to, p[at] &- 48 < 10 {
            index = index &* 10 &+ Int(p[at] &- 48)
            at &+= 1
        }
        guard at == to, index < workbook.texts.count else { return .noSuchText }
        let (offset, length) = workbook.texts.entry(index)
        guard length > 0 else { return .nothing }
        return .cell(
            RowBuffer.Cell(
                column: one.column, kind: .text, offset: offset, length: length,
                flags: RowBuffer.Cell.shared | flags))
    }

    /// Over an element that holds only text, or nothing.
    private func element(_ p: UnsafePointer<UInt8>, _ start: Int, _ open: Literal, _ end: Literal) -> Int {
        var i = XMLScan.skipAttributes(p, start &+ open.count)
        if i < 0 || i &- start > Limits.tagBytes &- 64 { return -1 }
        if p[i] == UInt8(ascii: "/") { return i &+ 2 }
        var ignored = false
        i = XMLScan.textEnd(p, i &+ 1, hasReference: &ignored)
        return i >= 0 && end.isAt(p + i) ? i &+ end.count : -1
    }
}
