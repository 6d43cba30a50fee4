public import Findings
internal import CLibXML2

/// The tables of a web page, for reading what somebody published there. A page is never imported: an
/// export that is HTML under another name is refused by `SheetReader`.
public enum WebPage {
    public struct Table: Sendable {
        /// `table 2`: counts from 1 in the page's order.
        public let name: String
        public let caption: String
        /// Texts by row and column; a cell that spans several stands in the first of them, and a spanning header in
        /// all.
        public let rows: [[String]]
    }

    /// Pages beyond this are no statement.
    static let mostBytes = 32 << 20
    static let mostCells = 400_000

    /// - Throws: `FileFailure` where the file can't be opened or read.
    /// - Returns: `nil` where the file is no web page.
    public static func tables(path: String) throws(FileFailure) -> (tables: [Table], findings: [Finding])? {
        let file = try FileBytes(path: path)
        guard try Head(file).isWebPage else { return nil }
        guard file.count <= mostBytes else {
            return (
                [],
                [
                    Finding(
                        .limitPassed, at: Place(file: path), "the page has more than \(mostBytes >> 20) MB",
                        hint: "save the part of it that holds the table")
                ]
            )
        }
        var bytes: [UInt8] = []
        while bytes.count < file.count {
            let next = try file.bytes(at: bytes.count, count: min(1 << 20, file.count - bytes.count))
            if next.isEmpty { break }
            bytes += next
        }
        SAXParser.prepare()
        return read(bytes, path)
    }

    /// For bytes that are no file.
    package static func tables(bytes: [UInt8]) -> [Table] {
        SAXParser.prepare()
        return read(bytes, "page").tables
    }

    private static func read(_ bytes: [UInt8], _ path: String) -> (tables: [Table], findings: [Finding]) {
        // No network, no entity of the page's own: HTML has none. Pages are seldom well-formed, so faults are mended
        // as browsers do.
        let options = Int32(
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
                | HTML_PARSE_NONET.rawValue)
        // Without a byte order mark or a declaration, today's pages are UTF-8.
        let isDeclared =
            bytes.prefix(4_096).withContiguousStorageIfAvailable { $0.find(Array("charset".utf8)) != nil } ?? false
        let hasMark =
            bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            || bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let document = bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) {
                htmlReadMemory($0.baseAddress, Int32($0.count), nil, isDeclared || hasMark ? nil : "UTF-8", options)
            }
        }
        guard let document else {
            return (
                [],
                [
                    Finding(
                        .fileDamaged, at: Place(file: path), "the page can't be read",
                        hint: "save it again from the browser")
                ]
            )
        }
        defer { xmlFreeDoc(document) }
        var tables: [Table] = [], cells = 0
        guard let root = xmlDocGetRootElement(document) else { return ([], []) }
        walk(root) { node in
            if isElement(node, "table") {
                let table = self.table(node, name: "table \(tables.count + 1)", &cells)
                tables.append(table)
            }
            return cells <= mostCells && !isElement(node, "script") && !isElement(node, "style")
        }
        let findings =
            cells > mostCells
            ? [
                Finding(
                    .limitPassed, at: Place(file: path), "the page's tables have more than \(mostCells) cells",
                    hint: "save the part of it that holds the table")
            ] : []
        return (tables, findings)
    }

    private static func table(_ node: xmlNodePtr, name: String, _ count: inout Int) -> Table {
        var caption = "", rows: [[String]] = []
        /// Cells that reach down from rows above: by column, how many rows they still cover.
        var reaching: [Int: (text: String, rows: Int)] = [:]
        walk(node, inside: true) { child in
            if isElement(child, "table") { return false }
            if isElement(child, "caption") { caption = text(child); return false }
            guard isElement(child, "tr") else { return true }
            if isHidden(child) { return false }
            var row: [String] = []
            func fill() {
                while let above = reaching[row.count] {
                    reaching[row.count] = above.rows > 1 ? (above.text, above.rows - 1) : nil
                    row.append(above.text)
                }
            }
            walk(child, inside: true) { cell in
                guard isElement(cell, "td") || isElement(cell, "th") else { return !isElement(cell, "table") }
                if isHidden(cell) { return false }
                fill()
                let words = text(cell), across = span(cell, "colspan", most: 500),
                    down = span(cell, "rowspan", most: 2_000)
                for index in 0..<across where count <= mostCells {
                    // A header says the same of all columns below it; a figure is one figure.
                    let own = index == 0 || isElement(cell, "th") && across < 60 ? words : ""
                    if down > 1 {
                        reaching[row.count] = (
                            isElement(cell, "th") || index == 0 && !words.contains(where: \.isNumber) ? own : "",
                            down - 1
                        )
                    }
                    row.append(own)
                    count += 1
                }
                return false
            }
            fill()
            count += 1
            rows.append(row)
            return false
        }
        return Table(name: name, caption: caption, rows: rows)
    }

    private static func span(_ node: xmlNodePtr, _ name: String, most: Int) -> Int {
        min(most, max(1, attribute(node, name).flatMap { Int($0.filter { !$0.isWhitespace }) } ?? 1))
    }

    /// A cell's words on one line, without footnote marks and what the page hides.
    private static func text(_ node: xmlNodePtr) -> String {
        var text = ""
        walk(node, inside: true) { child in
            if child.pointee.type == XML_TEXT_NODE || child.pointee.type == XML_CDATA_SECTION_NODE,
                let content = child.pointee.content
            {
                text += String(
                    decoding: UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content))), as: UTF8.self)
            }
            if isElement(child, "br") || isElement(child, "p") || isElement(child, "div") || isElement(child, "li") {
                text += " "
            }
            return !isElement(child, "sup") && !isElement(child, "script") && !isElement(child, "style")
                && !isElement(child, "table") && !isHidden(child)
        }
        return text.split { $0.isWhitespace }.joined(separator: " ")
    }

    private static func isHidden(_ node: xmlNodePtr) -> Bool {
        guard node.pointee.type == XML_ELEMENT_NODE else { return false }
        if attribute(node, "hidden") != nil { return true }
        return attribute(node, "style")?.filter { !$0.isWhitespace }.lowercased().contains("display:none") ?? false
    }

    /// - Returns: an attribute's text, empty where it stands alone.
    private static func attribute(_ node: xmlNodePtr, _ name: String) -> String? {
        guard let found = xmlHasProp(node, name) else { return nil }
        guard let content = found.pointee.children?.pointee.content else { return "" }
        return String(decoding: UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content))), as: UTF8.self)
    }

    private static func isElement(_ node: xmlNodePtr, _ name: String) -> Bool {
        node.pointee.type == XML_ELEMENT_NODE && xmlStrcasecmp(node.pointee.name, name) == 0
    }

    /// Every node from `root` on, outer before inner, without recursion: a page may nest as deep as it likes.
    ///
    /// - Parameter enter: whether to go into a node's children.
    private static func walk(_ root: xmlNodePtr, inside: Bool = false, _ enter: (xmlNodePtr) -> Bool) {
        var node: xmlNodePtr? = inside ? root.pointee.children : root
        while let current = node {
            if enter(current), current.pointee.type == XML_ELEMENT_NODE, let child = current.pointee.children {
                node = child; continue
            }
            var up: xmlNodePtr? = current
            while let here = up, here != root, here.pointee.next == nil { up = here.pointee.parent }
            node = up == nil || up == root ? nil : up!.pointee.next
        }
    }
}
