import Findings
import Proof
@testable import Sheets
import Testing

/// Each limit is kept at the limit and one past it.
@Suite struct LimitsTests {
    private func nested(_ depth: Int) -> String {
        // Workbook, Worksheet and Table are three of them.
        String(repeating: "<x>", count: depth - 3) + String(repeating: "</x>", count: depth - 3)
    }

    private func tag(_ bytes: Int) -> String {
        // `<Row a=""/>` is 11 bytes.
        "<Row a=\"\(String(repeating: "y", count: bytes - 11))\"/>"
    }

    private func attributes(_ count: Int) -> String {
        "<Row \((0..<count).map { "a\($0)=\"\"" }.joined(separator: " "))/>"
    }

    private func text(_ characters: Int) -> String {
        "<Row><Cell><Data ss:Type=\"String\">\(String(repeating: "é", count: characters))</Data></Cell></Row>"
    }

    private func comment(_ bytes: Int) -> String { "<!--\(String(repeating: "c", count: bytes))-->" }

    @Test("Depth") func depth() throws {
        #expect(try Grid(rows: nested(Limits.depth)).codes.isEmpty)
        #expect(try Grid(rows: nested(Limits.depth + 1)).codes == ["E0105"])
    }

    @Test("Bytes in one tag") func tags() throws {
        #expect(try Grid(rows: tag(Limits.tagBytes)).codes.isEmpty)
        #expect(try Grid(rows: tag(Limits.tagBytes + 1)).codes == ["E0105"])
    }

    @Test("A tag can't hide its length behind a > inside quotes") func quotedTag() throws {
        #expect(try Grid(rows: "<Row a=\"\(String(repeating: ">", count: 9_000))\"/>").codes == ["E0105"])
    }

    @Test("Attributes on one element") func attributeCount() throws {
        #expect(try Grid(rows: attributes(Limits.attributes)).codes.isEmpty)
        #expect(try Grid(rows: attributes(Limits.attributes + 1)).codes == ["E0105"])
    }

    @Test("Characters in one cell") func cellText() throws {
        #expect(try Grid(rows: text(Limits.cellCharacters)).codes.isEmpty)
        #expect(try Grid(rows: text(Limits.cellCharacters + 1)).codes == ["E0105"])
    }

    @Test("A comment") func comments() throws {
        #expect(try Grid(rows: comment(Limits.runBytes - 10)).codes.isEmpty)
        #expect(try Grid(rows: comment(Limits.runBytes + 10)).codes == ["E0105"])
    }

    @Test("Distinct names") func names() throws {
        #expect(try Grid(rows: (0..<1_000).map { "<n\($0)/>" }.joined()).codes.isEmpty)
        #expect(try Grid(rows: (0..<21_000).map { "<n\($0)/>" }.joined()).codes == ["E0105"])
    }

    @Test("One row") func row() throws {
        let cell = "<Cell><Data ss:Type=\"String\">\(String(repeating: "x", count: 32_000))</Data></Cell>"
        #expect(try Grid(rows: "<Row>\(String(repeating: cell, count: 520))</Row>").codes.isEmpty)
        #expect(try Grid(rows: "<Row>\(String(repeating: cell, count: 530))</Row>").codes == ["E0105"])
    }

    @Test("A reference without an end") func reference() throws {
        #expect(try Grid(rows: "<Row>&\(String(repeating: "a", count: 100))").codes == ["E0105"])
    }

    @Test(
        "A DOCTYPE is refused, with and without entities",
        arguments: [
            "<!DOCTYPE Workbook>", "<!DOCTYPE w SYSTEM \"file:///etc/hostname\">",
            "<!DOCTYPE w [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>",
        ])
    func doctype(declaration: String) throws {
        let file = Grid.workbook("<Row><Cell><Data ss:Type=\"String\">&a;</Data></Cell></Row>").replacing(
            "<?mso-application progid=\"Excel.Sheet\"?>", with: declaration)
        let grid = try Grid(file)
        #expect(grid.codes == ["E0104"])
        #expect(grid.cells.isEmpty)
    }

    @Test("Sheets in a workbook") func sheets() throws {
        func workbook(_ count: Int) -> String {
            "<Workbook "
                + "xmlns=\"\(SpreadsheetML.namespace)\">"
                + "\(String(repeating: "<Worksheet><Table/></Worksheet>", count: count))</Workbook>"
        }
        #expect(try Grid(workbook(Limits.sheets)).codes.isEmpty)
        #expect(try Grid(workbook(Limits.sheets + 1)).codes == ["E0105"])
    }

    @Test("Merged ranges of a sheet") func merges() throws {
        func ranges(_ count: Int) -> String {
            "<mergeCells>\(String(repeating: "<mergeCell ref=\"A1:B2\"/>", count: count))</mergeCells>"
        }
        #expect(try Grid(xlsx: "", after: ranges(Limits.merges)).codes.isEmpty)
        #expect(try Grid(xlsx: "", after: ranges(Limits.merges + 1)).codes == ["E0105"])
    }

    @Test("Formats of a workbook's cells") func formats() throws {
        // One stands there already.
        func formats(_ count: Int) -> String { String(repeating: "<xf numFmtId=\"1\"/>", count: count - 1) }
        #expect(try Grid(xlsx: "", formats: formats(Limits.formats)).codes.isEmpty)
        #expect(try Grid(xlsx: "", formats: formats(Limits.formats + 1)).codes == ["E0105"])
    }

    @Test("Characters in a text of the workbook's table") func sharedText() throws {
        func texts(_ count: Int) -> String { "<si><t>\(String(repeating: "é", count: count))</t></si>" }
        #expect(try Grid(xlsx: "", texts: texts(Limits.cellCharacters)).codes.isEmpty)
        #expect(try Grid(xlsx: "", texts: texts(Limits.cellCharacters + 1)).codes == ["E0105"])
    }

    @Test("What the table of texts takes in memory") func sharedTexts() {
        let texts = SharedTexts()
        let text = [UInt8](repeating: 120, count: 32_000)
        var accepted = 0
        while text.withUnsafeBufferPointer({ texts.append($0) }) { accepted += text.count }
        // A piece more is taken than the limit says, and none beyond.
        #expect((Limits.sharedTextBytes - (4 << 20)...Limits.sharedTextBytes + (2 << 20)).contains(accepted))
        #expect(texts.entry(7).length == 32_000)
    }

    private final class Counter: SheetReceiver {
        var cells = 0
        func beginSheet(_ sheet: Sheet) {}
        func receive(_ row: RowBuffer) { cells += row.cells.count }
    }

    @Test("Cells that repeat others") func repeats() throws {
        func codes(_ rows: Int) throws -> [String] {
            // Each row has a hundred cells more than its first, and each but the first repeats them all.
            let row =
                "<table:table-row table:number-rows-repeated=\"\(rows)\"><table:table-cell "
                + "table:number-columns-repeated=\"100\" office:value-type=\"float\" "
                + "office:value=\"1\"/></table:table-row>"
            return try SheetReader.read(
                bytes: Array(Parts.content(row, root: "document").utf8), name: "f", into: Counter()
            ).findings.map(\.code.rawValue)
        }
        // 99 cells of the first row and 100 of each other.
        #expect(try codes(Limits.repeatedCells / 100).isEmpty)
        #expect(try codes(Limits.repeatedCells / 100 + 2) == ["E0105"])
    }

    // MARK: ZIP

    private func directory(_ entries: [Zip.Entry]) throws -> String {
        do {
            _ = try ZipDirectory(FileBytes(Zip.archive(entries), path: "f"))
            return "sound"
        } catch let failure as ZipDirectory.Failure {
            if case .limit = failure { return "limit" }
            return "\(failure)"
        }
    }

    /// An entry that says of itself that so many bytes come out of so many.
    private func entry(_ name: String, packed: Int, size: Int) -> Zip.Entry {
        var entry = Zip.Entry(name, [UInt8](repeating: 0, count: packed))
        (entry.crc, entry.method, entry.localMethod, entry.size) = (0, 8, 8, UInt32(size))
        return entry
    }

    @Test("The directory's length") func directoryBytes() throws {
        // A directory's entry is 46 bytes and the name.
        func entries(_ extra: Int) -> [Zip.Entry] {
            (0..<16).map {
                Zip.Entry(
                    "\($0 % 10)\($0 / 10)"
                        + String(repeating: "n", count: Limits.directoryBytes / 16 - 48 + ($0 == 0 ? extra : 0)), "")
            }
        }
        #expect(try directory(entries(0)) == "sound")
        #expect(try directory(entries(1)) == "limit")
    }

    @Test("How far a part may inflate") func ratio() throws {
        let packed = Limits.freeInflatedBytes / Limits.inflationRatio + 1
        #expect(try directory([entry("a", packed: packed, size: packed * Limits.inflationRatio)]) == "sound")
        #expect(try directory([entry("a", packed: packed, size: packed * Limits.inflationRatio + 1)]) == "limit")
        // Small parts may inflate as far as they like.
        #expect(try directory([entry("a", packed: 1, size: Limits.freeInflatedBytes)]) == "sound")
        #expect(try directory([entry("a", packed: 1, size: Limits.freeInflatedBytes + 1)]) == "limit")
    }

    @Test("What a part and what all parts inflate to") func inflated() throws {
        let packed = Limits.entryBytes / Limits.inflationRatio + 1
        #expect(try directory([entry("a", packed: packed, size: Limits.entryBytes)]) == "sound")
        #expect(try directory([entry("a", packed: packed, size: Limits.entryBytes + 1)]) == "limit")
        let whole = (0..<Limits.inflatedBytes / Limits.entryBytes).map {
            entry("a\($0)", packed: packed, size: Limits.entryBytes)
        }
        #expect(try directory(whole) == "sound")
        #expect(try directory(whole + [entry("b", packed: 1, size: 1)]) == "limit")
    }
}
