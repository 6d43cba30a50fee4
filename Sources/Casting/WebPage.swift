public import Findings
public import Sheets

/// The tables of a web page, for reading what somebody published there. A page is never imported: an
/// export that is HTML under another name is refused by `SheetReader`.
public enum WebPage {
    /// A table of the page, as a reader sees it: what the page hides is not in it.
    public struct Table: Sendable {
        /// `table 2`: counts from 1 in the page's order.
        public let name: String
        /// Empty where the page gives none.
        public let caption: String
        /// Texts by row and column; a cell that spans several stands in the first of them, and a spanning header in
        /// all.
        public let rows: [[String]]
    }

    /// Pages beyond this are no statement.
    static let mostBytes = 32 << 20
    static let mostCells = 400_000

    /// - Throws: `FileFailure` where the file can't be opened or read.
    /// - Returns: `nil` for a file that is no web page.
    public static func tables(path: String) throws(FileFailure) -> (tables: [Table], findings: [Finding])? {
        let file = try FileContent(path: path)
        guard try HTMLTree.isWebPage(file) else { return nil }
        guard file.byteCount <= mostBytes else {
            let fault = Finding(
                .limitPassed, at: Place(file: path), "the page has more than \(mostBytes >> 20) MB",
                hint: "save the part of it that holds the table")
            return ([], [fault])
        }
        return read(try file.bytes(), path)
    }

    /// For bytes that are no file.
    package static func tables(bytes: [UInt8]) -> [Table] { read(bytes, "page").tables }

    private static func read(_ bytes: [UInt8], _ path: String) -> (tables: [Table], findings: [Finding]) {
        guard let tree = HTMLTree(bytes) else {
            let fault = Finding(
                .fileDamaged, at: Place(file: path), "the page can't be read", hint: "save it again from the browser")
            return ([], [fault])
        }
        var reader = PageReader(tree: tree)
        reader.read()
        guard reader.cells > mostCells else { return (reader.tables, []) }
        let fault = Finding(
            .limitPassed, at: Place(file: path), "the page's tables have more than \(mostCells) cells",
            hint: "save the part of it that holds the table")
        return (reader.tables, [fault])
    }
}

/// Makes tables of a page's elements.
private struct PageReader {
    let tree: HTMLTree
    private(set) var tables: [WebPage.Table] = []
    private(set) var cells = 0

    init(tree: HTMLTree) { self.tree = tree }

    mutating func read() {
        var tables: [Int] = []
        walk(tree.nodes.indices) { node in
            if isElement(node, "table") { tables.append(node) }
            return !isElement(node, "script") && !isElement(node, "style")
        }
        for table in tables where cells <= WebPage.mostCells {
            self.tables.append(self.table(table, name: "table \(self.tables.count + 1)"))
        }
    }

    private mutating func table(_ table: Int, name: String) -> WebPage.Table {
        var caption = "", rows: [Int] = []
        walk(inside(table)) { node in
            if isElement(node, "caption") { caption = text(node) }
            if isElement(node, "tr") {
                if !isHidden(node) { rows.append(node) }
                return false
            }
            return !isElement(node, "table") && !isElement(node, "caption")
        }
        /// Cells that reach down from rows above: by column, how many rows they still cover.
        var reaching: [Int: (text: String, rows: Int)] = [:]
        return WebPage.Table(name: name, caption: caption, rows: rows.map { row($0, &reaching) })
    }

    private mutating func row(_ row: Int, _ reaching: inout [Int: (text: String, rows: Int)]) -> [String] {
        var found: [Int] = []
        walk(inside(row)) { node in
            guard isElement(node, "td") || isElement(node, "th") else { return !isElement(node, "table") }
            if !isHidden(node) { found.append(node) }
            return false
        }
        var texts: [String] = []
        func fill() {
            while let above = reaching[texts.count] {
                reaching[texts.count] = above.rows > 1 ? (above.text, above.rows - 1) : nil
                texts.append(above.text)
            }
        }
        for cell in found {
            fill()
            let words = text(cell), isHeader = isElement(cell, "th")
            let across = span(cell, "colspan", most: 500), down = span(cell, "rowspan", most: 2_000)
            for index in 0..<across where cells <= WebPage.mostCells {
                // A header says the same of all columns below it; a figure is one figure.
                let own = index == 0 || isHeader && across < 60 ? words : ""
                if down > 1 {
                    let below = isHeader || index == 0 && !words.contains(where: \.isNumber) ? own : ""
                    reaching[texts.count] = (below, down - 1)
                }
                texts.append(own)
                cells += 1
            }
        }
        fill()
        cells += 1
        return texts
    }

    private func span(_ node: Int, _ name: String, most: Int) -> Int {
        min(most, max(1, attribute(node, name).flatMap { Int($0.filter { !$0.isWhitespace }) } ?? 1))
    }

    /// A cell's words on one line, without footnote marks and what the page hides.
    private func text(_ node: Int) -> String {
        var text = ""
        walk(inside(node)) { child in
            switch tree.nodes[child].content {
            case .text(let words): text += words
            case .element(let name, _):
                if ["br", "p", "div", "li"].contains(name) { text += " " }
                return !["sup", "script", "style", "table"].contains(name) && !isHidden(child)
            }
            return true
        }
        return text.split { $0.isWhitespace }.joined(separator: " ")
    }

    private func isHidden(_ node: Int) -> Bool {
        if attribute(node, "hidden") != nil { return true }
        return attribute(node, "style")?.filter { !$0.isWhitespace }.lowercased().contains("display:none") ?? false
    }

    private func attribute(_ node: Int, _ name: String) -> String? {
        if case .element(_, let attributes) = tree.nodes[node].content { attributes[name] } else { nil }
    }

    private func isElement(_ node: Int, _ name: String) -> Bool {
        if case .element(name, _) = tree.nodes[node].content { true } else { false }
    }

    private func inside(_ node: Int) -> Range<Int> { node + 1..<tree.nodes[node].end }

    /// - Parameter enter: whether to go into what stands inside a node.
    private func walk(_ range: Range<Int>, _ enter: (Int) -> Bool) {
        var node = range.lowerBound
        while node < range.upperBound { node = enter(node) ? node + 1 : tree.nodes[node].end }
    }
}
