import Casting
import Foundation
import Testing

/// Pages as browsers mend them.
@Suite struct WebPageTests {
    private func tables(_ page: String) throws -> [PrintedTable] {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + ".html").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(page.utf8).write(to: URL(filePath: path))
        return try TableReader.tables(path: path).tables
    }

    private func texts(_ table: PrintedTable) -> [[String]] { table.rows.map { $0.cells.map(\.text) } }

    @Test("Spans, captions, footnote marks and what is hidden") func spans() throws {
        let found = try tables(
            """
            <!DOCTYPE html><html><body><table><caption>Budget 2019</caption>
            <tr><th rowspan="2">Line<th colspan=2>To date</tr><tr><th>Budget<th>Actual</tr>
            <tr><td>Staff<sup>1</sup><td>1,234<sup>2</sup><td>1,3<b>00</b></tr>
            <tr><td style="display: none">x</td><td>Rent<br>and \
            rates</td><td>&pound;50</td><td>(2)</td></tr></table></body></html>
            """)
        #expect(found.count == 1 && found[0].title == "Budget 2019")
        #expect(texts(found[0])[0] == ["Line", "To date", "To date"])
        #expect(texts(found[0])[2] == ["Staff", "1,234", "1,300"])
    }

    @Test("Several tables of a page stand apart, nested ones too, and scripts are no text") func several() throws {
        let found = try tables(
            "<html><body><table><tr><td>a</td><td><table><tr><td>inner</td></tr></table></td></tr></table><script>"
                + "document.write('<table><tr><td>no')</script><table><tr><td>b<td>2</table></body></html>"
        )
        #expect(found.count == 3)
        #expect(texts(found[1]) == [["inner"]] && texts(found[2]) == [["b", "2"]])
    }

    @Test("A page that nests without end, claims vast spans or breaks off is read, and ends") func hostile() throws {
        _ = try tables("<html>" + String(repeating: "<table><tr><td>", count: 4_000))
        _ = try tables(
            "<html><table><tr><td colspan=99999999 rowspan=99999999>1<td>2</table>"
                + String(repeating: "<table><tr><td colspan=500 rowspan=2000>", count: 300))
        _ = try tables("<html><table><tr><td>&bogus;&#0;&#xFFFFFFFF;<td>\u{1}</tr><tr")
        #expect(try tables("<html><body>no table</body></html>").isEmpty)
    }
}
