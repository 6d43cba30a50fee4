/// Rows of SpreadsheetML as Excel and finance systems write them:
///
///     <Row><Cell ss:StyleID="s62"><Data ss:Type="Number">1234.5</Data></Cell></Row>
///
/// Knows these elements, these attributes in double quotes and one blank apart, XML's own references
/// and valid UTF-8. Whatever else a stretch holds, libxml2 reads all of it: the scanner is a short cut
/// that has been proven equal, never a second opinion.
final class SpreadsheetMLScanner: RowScanner {
    let row: Literal
    private let rowEnd, cell, cellEnd, data, dataEnd, dataCellEnd, namedCell: Literal
    private let number, string, dateTime: Literal
    private let index, span, hidden, height, autoFit, style: Literal
    private let mergeAcross, mergeDown, formula: Literal

    init?(namespaces: [String: String]) {
        let prefixes = namespaces.filter { $0.value == SpreadsheetML.namespace }.keys.sorted()
        guard let first = prefixes.first else { return nil }
        let element = first.isEmpty ? "" : first + ":"
        let attribute = prefixes.first { !$0.isEmpty }.map { $0 + ":" } ?? ""
        guard Literal.fits("</\(element)Data></\(element)Cell>"), Literal.fits(" \(attribute)AutoFitHeight=\""),
            Literal.fits("<\(element)Data \(attribute)Type=\"")
        else { return nil }
        func open(_ name: String) -> Literal { Literal("<" + element + name) }
        func end(_ name: String) -> Literal { Literal("</" + element + name + ">") }
        func named(_ name: String) -> Literal { Literal(" " + attribute + name + "=\"") }
        row = open("Row")
        rowEnd = end("Row")
        cell = open("Cell")
        cellEnd = end("Cell")
        data = Literal("<\(element)Data \(attribute)Type=\"")
        dataEnd = end("Data")
        dataCellEnd = Literal("</\(element)Data></\(element)Cell>")
        namedCell = open("NamedCell")
        number = Literal("Number\">")
        string = Literal("String\">")
        dateTime = Literal("DateTime\">")
        index = named("Index")
        span = named("Span")
        hidden = named("Hidden")
        height = named("Height")
        autoFit = named("AutoFitHeight")
        style = named("StyleID")
        mergeAcross = named("MergeAcross")
        mergeDown = named("MergeDown")
        formula = named("Formula")
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
            i = XMLScan.skipBlanks(p, i)
            guard cell.isAt(p + i) else { break }
            var one = Scanned(column: nextColumn)
            i = cellTag(p, i, &one)
            if i < 0 || one.column < nextColumn || one.column &+ one.across > Limits.columns { return -1 }
            nextColumn = one.column &+ one.across &+ 1
            if p[i] == UInt8(ascii: "/") {
                guard p[i &+ 1] == UInt8(ascii: ">") else { return -1 }
                i &+= 2
            } else {
                guard p[i] == UInt8(ascii: ">") else { return -1 }
                i = content(block, &p, i &+ 1, &one)
                if i < 0 { return -1 }
            }
            if one.kind != .text {
                while one.from < one.to, p[one.from] <= 0x20 { one.from &+= 1 }
                while one.from < one.to, p[one.to &- 1] <= 0x20 { one.to &-= 1 }
            }
            if one.to > one.from {
                // How many characters the longest cell has is for one place to count.
                if one.to &- one.from > Limits.cellCharacters { return -1 }
            } else {
                if !one.hasFormula || (one.hasData && one.kind == .text) { continue }
                one.kind = .valueless
            }
            cells[cellCount] = RowBuffer.Cell(
                column: one.column, kind: one.kind, offset: one.from, length: one.to &- one.from,
                flags: one.hasFormula ? RowBuffer.Cell.formula : 0, mergeAcross: one.across, mergeDown: one.down)
            cellCount &+= 1
        }
        guard rowEnd.isAt(p + i), i &- start < Limits.rowBytes else { return -1 }
        block.close(found, cells: cellCount)
        return i &+ rowEnd.count
    }

    /// What has been seen of a cell.
    private struct Scanned {
        var column: Int
        var across = 0
        var down = 0
        var hasFormula = false
        var hasData = false
        var kind = RowBuffer.Kind.text
        var from = 0
        var to = 0

        init(column: Int) { self.column = column }
    }

    /// - Returns: where the row's start tag ends, at `>` or `/`; below zero where libxml2 must decide.
    @inline(__always)
    private func rowTag(_ p: UnsafePointer<UInt8>, _ start: Int, _ found: inout RowBlock.Row) -> Int {
        var i = start &+ row.count
        var seen = 0
        while p[i] == 0x20 {
            var value = 0, attribute = 0
            let at = p + i
            if index.isAt(at) {
                attribute = 1
                i = XMLScan.integer(p, i &+ index.count, &value)
                if value == 0 { return -1 }
                found.given = Int32(truncatingIfNeeded: value)
            } else if span.isAt(at) {
                attribute = 2
                i = XMLScan.integer(p, i &+ span.count, &value)
                if value > Limits.rows { return -1 }
                found.emptyRowsAfter = Int32(truncatingIfNeeded: value)
            } else if hidden.isAt(at) {
                attribute = 4
                i = XMLScan.integer(p, i &+ hidden.count, &value)
                if value > 1 { return -1 }
                found.isHidden = value == 1
            } else if autoFit.isAt(at) {
                attribute = 8
                i = XMLScan.skipValue(p, i &+ autoFit.count)
            } else if height.isAt(at) {
                attribute = 16
                i = XMLScan.skipValue(p, i &+ height.count)
            } else if style.isAt(at) {
                attribute = 32
                i = XMLScan.skipValue(p, i &+ style.count)
            }
            // Unknown, or the second of its kind.
            if i < 0 || attribute == 0 || seen & attribute != 0 { return -1 }
            seen |= attribute
        }
        return i &- start > Limits.tagBytes &- 64 ? -1 : i
    }

    /// - Returns: where the cell's start tag ends, at `>` or `/`; below zero where libxml2 must decide.
    @inline(__always)
    private func cellTag(_ p: UnsafePointer<UInt8>, _ start: Int, _ one: inout Scanned) -> Int {
        var i = start &+ cell.count
        var seen = 0
        while p[i] == 0x20 {
            var attribute = 0
            let at = p + i
            if style.isAt(at) {
                attribute = 1
                i = XMLScan.skipValue(p, i &+ style.count)
            } else if index.isAt(at) {
                attribute = 2
                i = XMLScan.integer(p, i &+ index.count, &one.column)
            } else if mergeAcross.isAt(at) {
                attribute = 4
                i = XMLScan.integer(p, i &+ mergeAcross.count, &one.across)
            } else if mergeDown.isAt(at) {
                attribute = 8
                i = XMLScan.integer(p, i &+ mergeDown.count, &one.down)
            } else if formula.isAt(at) {
                attribute = 16
                i = XMLScan.skipValue(p, i &+ formula.count)
                one.hasFormula = true
            }
            if i < 0 || attribute == 0 || seen & attribute != 0 { return -1 }
            seen |= attribute
        }
        return i &- start > Limits.tagBytes &- 64 ? -1 : i
    }

    /// A cell's data, to behind the cell.
    @inline(__always)
    private func content(_ block: RowBlock, _ p: inout UnsafePointer<UInt8>, _ start: Int, _ one: inout Scanned) -> Int
    {
        var i = p[start] == UInt8(ascii: "<") ? start : XMLScan.skipBlanks(p, start)
        guard data.isAt(p + i) else { return endCell(p, i) }
        one.hasData = true
        i &+= data.count
        if number.isAt(p + i) {
            one.kind = .number
            i &+= number.count
        } else if string.isAt(p + i) {
            i &+= string.count
        } else if dateTime.isAt(p + i) {
            one.kind = .date
            i &+= dateTime.count
        } else {
            one.kind = SpreadsheetML.kind(p[i])
            i = XMLScan.skipValue(p, i)
            if i < 0 || p[i] != UInt8(ascii: ">") { return -1 }
            i &+= 1
        }
        var hasReference = false
        one.from = i
        one.to = XMLScan.textEnd(p, i, hasReference: &hasReference)
        if one.to < 0 { return -1 }
        i = one.to
        if hasReference {
            let decoded = block.arenaOffset
            XMLScan.store(block, from: one.from, to: one.to)
            p = UnsafePointer(block.base)
            (one.from, one.to) = (decoded, block.arenaOffset)
        }
        if dataCellEnd.isAt(p + i) { return i &+ dataCellEnd.count }
        return dataEnd.isAt(p + i) ? endCell(p, i &+ dataEnd.count) : -1
    }

    /// From behind a cell's value to behind the cell; named ranges may stand between.
    private func endCell(_ p: UnsafePointer<UInt8>, _ start: Int) -> Int {
        var i = XMLScan.skipBlanks(p, start)
        while namedCell.isAt(p + i) {
            let tag = i
            i = XMLScan.skipAttributes(p, i &+ namedCell.count)
            guard i > 0, p[i] == UInt8(ascii: "/"), i &- tag < Limits.tagBytes &- 64 else { return -1 }
            i = XMLScan.skipBlanks(p, i &+ 2)
        }
        return cellEnd.isAt(p + i) ? i &+ cellEnd.count : -1
    }
}
