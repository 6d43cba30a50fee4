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

    private func attributes(_ count: Int) -> String { "<Row \((0..<count).map { "a\($0)=\"\"" }.joined(separator: " "))/>" }

    private func text(_ characters: Int) -> String { "<Row><Cell><Data ss:Type=\"String\">\(String(repeating: "é", count: characters))</Data></Cell></Row>" }

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

    @Test("A DOCTYPE is refused, with and without entities", arguments: ["<!DOCTYPE Workbook>", "<!DOCTYPE w SYSTEM \"file:///etc/hostname\">", "<!DOCTYPE w [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>"])
    func doctype(declaration: String) throws {
        let file = Grid.workbook("<Row><Cell><Data ss:Type=\"String\">&a;</Data></Cell></Row>").replacing("<?mso-application progid=\"Excel.Sheet\"?>", with: declaration)
        let grid = try Grid(file)
        #expect(grid.codes == ["E0104"])
        #expect(grid.cells.isEmpty)
    }
}
