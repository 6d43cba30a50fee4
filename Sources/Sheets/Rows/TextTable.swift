/// A workbook's table of texts, read as if each text were a row of one cell.
///
///     <si><t>Training venue</t></si><si><r><t>Rich</t></r><r><t> text</t></r></si>
///
/// A text's reading aid (`rPh`) is none of it.
final class TextTable: RowGrammar {
    var block: RowBlock
    private let sink: (any DocumentSink)?
    private var isInTable = false
    private var isInItem = false
    private var isInText = false
    private var phoneticDepth = 0
    private var start = 0
    private var row = RowBlock.Row.next
    private struct Names { var transitional, strict, table, item, t, phonetic: SAXName }
    private var names: Names!

    init(block: RowBlock, sink: (any DocumentSink)?) {
        self.block = block
        self.sink = sink
    }

    static let format = RowFormat(
        row: "si", namespaces: Worksheet.namespaces, makeGrammar: { TextTable(block: $0, sink: $1) },
        makeScanner: { TextTableScanner(namespaces: $0) })

    var isBetweenRows: Bool { isInTable && !isInItem }

    func intern(_ name: (String) -> SAXName) {
        names = Names(
            transitional: name(Worksheet.namespaces[0]), strict: name(Worksheet.namespaces[1]), table: name("sst"),
            item: name("si"), t: name("t"), phonetic: name("rPh"))
    }

    private func isOurs(_ namespace: SAXName) -> Bool {
        namespace == names.transitional || namespace == names.strict || namespace.isNone
    }

    func start(_ name: SAXName, namespace: SAXName, _ attributes: SAXAttributes) -> SAXFailure? {
        guard isOurs(namespace) else { return nil }
        if name == names.t {
            isInText = isInItem && phoneticDepth == 0
        } else if name == names.item {
            if isInItem || !isInTable { return .outOfPlace("the table of texts is out of order") }
            isInItem = true
            start = block.arenaOffset
            row = .next
            row.firstCell = Int32(block.cellCount)
        } else if name == names.phonetic {
            phoneticDepth += 1
        } else if name == names.table {
            isInTable = true
        }
        return nil
    }

    func end(_ name: SAXName, namespace: SAXName) -> SAXFailure? {
        guard isOurs(namespace) else { return nil }
        if name == names.t {
            isInText = false
        } else if name == names.phonetic {
            phoneticDepth -= 1
        } else if name == names.table {
            isInTable = false
        } else if name == names.item {
            isInItem = false
            var (from, to) = (start, block.arenaOffset)
            if let decoded = EscapedText.decode(block, from, to) { (from, to) = decoded }
            if to - from > Limits.cellCharacters, SpreadsheetML.isTooLong(block, from, to) {
                return .limit("\(Limits.cellCharacters) characters in one cell")
            }
            block.append(RowBuffer.Cell(column: 1, kind: .text, offset: from, length: to - from))
            row.cellCount = 1
            block.append(row)
            return sink?.endRow()
        }
        return nil
    }

    func characters(_ bytes: UnsafeBufferPointer<UInt8>) -> SAXFailure? {
        guard isInText else { return nil }
        block.store(bytes)
        // A character takes three bytes, and written as `_x0041_` seven.
        return block.arenaOffset - start > 7 * Limits.cellCharacters
            ? .limit("\(Limits.cellCharacters) characters in one cell") : nil
    }
}

/// `<si><t>text</t></si>`, with or without `xml:space`.
final class TextTableScanner: RowScanner {
    let row: Literal
    private let text, textItemEnd: Literal
    private let space = Literal(" xml:space=\"preserve\">")

    init?(namespaces: [String: String]) {
        let prefixes = namespaces.filter { Worksheet.namespaces.contains($0.value) }.keys.sorted()
        guard let first = prefixes.first else { return nil }
        let prefix = first.isEmpty ? "" : first + ":"
        guard Literal.fits("</\(prefix)t></\(prefix)si>") else { return nil }
        row = Literal("<\(prefix)si>")
        text = Literal("<\(prefix)t")
        textItemEnd = Literal("</\(prefix)t></\(prefix)si>")
    }

    func scanRow(_ block: RowBlock, _ start: Int) -> Int {
        let p = UnsafePointer(block.base)
        var i = start &+ row.count
        guard text.isAt(p + i) else { return -1 }
        i &+= text.count
        if p[i] == UInt8(ascii: ">") { i &+= 1 } else if space.isAt(p + i) { i &+= space.count } else { return -1 }
        var hasReference = false
        var from = i
        var to = XMLScan.textEnd(p, i, hasReference: &hasReference)
        guard to >= 0, textItemEnd.isAt(p + to), to &- from <= Limits.cellCharacters else { return -1 }
        i = to &+ textItemEnd.count
        if hasReference {
            let decoded = block.arenaOffset
            XMLScan.store(block, from: from, to: to)
            (from, to) = (decoded, block.arenaOffset)
        }
        if let decoded = EscapedText.decode(block, from, to) { (from, to) = decoded }
        block.append(RowBuffer.Cell(column: 1, kind: .text, offset: from, length: to &- from))
        var item = RowBlock.Row.next
        item.firstCell = Int32(block.cellCount - 1)
        item.cellCount = 1
        block.append(item)
        return i
    }
}

/// Puts the texts into the table, in order.
final class TextTableConsumer: BlockConsumer {
    private let texts: SharedTexts

    init(_ texts: SharedTexts) { self.texts = texts }

    func beginSheet(name: String) {}

    func consume(_ block: RowBlock) -> SAXFailure? {
        for index in 0..<block.cellCount {
            let cell = block.cells[index]
            guard
                texts.append(
                    UnsafeBufferPointer(start: UnsafePointer(block.base + Int(cell.offset)), count: Int(cell.length)))
            else {
                return .limit("\(Limits.sharedTextBytes >> 20) MB of texts")
            }
        }
        return nil
    }

    func endSheet(_ end: SheetEnd) {}
}
