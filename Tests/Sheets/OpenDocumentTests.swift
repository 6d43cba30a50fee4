import Proof
@testable import Sheets
import Testing

@Suite struct OpenDocumentTests {
    private func cell(_ attributes: String, _ text: String = "") -> String {
        "<table:table-cell \(attributes)>\(text.isEmpty ? "" : "<text:p>\(text)</text:p>")</table:table-cell>"
    }

    private func row(_ cells: String, _ attributes: String = "") -> String {
        "<table:table-row \(attributes)>\(cells)</table:table-row>"
    }

    @Test("The value counts, not what is shown") func values() throws {
        let grid = try Grid(
            ods: row(
                cell("office:value-type=\"float\" office:value=\"1234.567\"", "1,234.57")
                    + cell("office:value-type=\"currency\" office:currency=\"GBP\" office:value=\"-2.5\"", "-£2.50")
                    + cell("office:value-type=\"percentage\" office:value=\"0.25\"", "25%")
                    + cell("office:value-type=\"date\" office:date-value=\"2018-04-01\"", "1 April")
                    + cell("office:value-type=\"time\" office:time-value=\"PT36H00M00S\"", "36:00")
                    + cell("office:value-type=\"boolean\" office:boolean-value=\"true\"", "TRUE")
                    + cell("office:value-type=\"string\"", "text")
                    + cell("office:value-type=\"string\" office:string-value=\"the value &amp; more\"", "shown")))
        #expect(
            grid.cells == [
                "S!A1": "number 1234.567", "S!B1": "number -2.5", "S!C1": "number 0.25", "S!D1": "date 2018-04-01",
                "S!E1": "date PT36H00M00S", "S!F1": "boolean 1",
                "S!G1": "text text", "S!H1": "text the value & more",
            ])
    }

    @Test("Zipped and flat are the same") func flat() throws {
        let rows = row(cell("office:value-type=\"float\" office:value=\"7\"", "7"))
        let flat = try Grid(Parts.content(rows, root: "document"))
        #expect(flat.cells == ["S!A1": "number 7"])
        #expect(flat.report.format == .fods)
        #expect(try Grid(ods: rows).cells == flat.cells)
    }

    @Test("Cells and rows that repeat stand for as many; empty ones only move on") func repeats() throws {
        let grid = try Grid(
            ods: row("", "table:number-rows-repeated=\"2\"")
                + row(
                    "<table:table-cell table:number-columns-repeated=\"3\"/>"
                        + cell("table:number-columns-repeated=\"2\" office:value-type=\"float\" office:value=\"5\"")
                        + cell("office:value-type=\"float\" office:value=\"6\""),
                    "table:number-rows-repeated=\"2\""))
        #expect(
            grid.cells == [
                "S!D3": "number 5", "S!E3": "number 5", "S!F3": "number 6", "S!D4": "number 5", "S!E4": "number 5",
                "S!F4": "number 6",
            ])
    }

    @Test(
        "A row of few bytes that claims a thousand million cells is refused; empty ones to the grid's end are none"
    ) func manyRepeats() throws {
        let all = "table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\""
        #expect(try Grid(ods: row(cell(all), "table:number-rows-repeated=\"1048576\"")).codes == ["E0105"])
        #expect(
            try Grid(
                ods: row(
                    "<table:table-cell table:number-columns-repeated=\"16384\"/>",
                    "table:number-rows-repeated=\"1048576\"") + row("", "table:number-rows-repeated=\"1048576\"")
            ).codes.isEmpty)
        #expect(
            try Grid(
                ods: row(
                    "<table:table-cell table:number-columns-repeated=\"16384\"/>"
                        + cell("office:value-type=\"float\" office:value=\"1\""))
            ).codes == ["E0107"])
    }

    @Test("Paragraphs are lines, blanks are one unless they are spelt, a note is no text, and a link's text is")
    func paragraphs() throws {
        let grid = try Grid(
            ods: row(
                cell(
                    "office:value-type=\"string\"",
                    " two  blanks\n</text:p><text:p>a<text:s text:c=\"3\"/>b<text:tab/>c<text:line-break/>d")
                    + "<table:table-cell "
                    + "office:value-type=\"string\"><office:annotation><text:p>note</text:p></office:annotation>"
                    + "<text:p><text:a>link</text:a> <text:span>ed</text:span></text:p></table:table-cell>"
            ))
        #expect(grid.cells == ["S!A1": "text two blanks \na   b\tc\nd", "S!B1": "text link ed"])
    }

    @Test("An error is told by its type, or by what a formula shows; a formula without a value is one") func errors()
        throws
    {
        let grid = try Grid(
            ods: row(
                cell(
                    "table:formula=\"of:=1/0\" office:value-type=\"string\" office:string-value=\"\" "
                        + "calcext:value-type=\"error\"",
                    "#DIV/0!")
                    + cell("table:formula=\"of:=x\" office:value-type=\"float\" office:value=\"0\"", "#NAME?")
                    + cell("table:formula=\"of:=x\" office:value-type=\"float\" office:value=\"0\"", "Err:502")
                    + cell("table:formula=\"of:=1+1\"") + cell("table:formula=\"of:=A1\" office:value-type=\"string\"")
                    + cell("office:value-type=\"string\"", "#REF!")
                    + cell("table:formula=\"of:=1+1\" office:value-type=\"float\" office:value=\"2\"", "2")))
        #expect(
            grid.cells == [
                "S!A1": "error #DIV/0!", "S!B1": "error #NAME?", "S!C1": "error Err:502", "S!D1": "valueless ",
                "S!F1": "text #REF!", "S!G1": "number 2",
            ])
    }

    @Test("A merged cell says what it covers, and what lies under it is read as merged") func merges() throws {
        let grid = try Grid(
            ods: row(
                cell(
                    "table:number-columns-spanned=\"2\" table:number-rows-spanned=\"3\" office:value-type=\"float\" "
                        + "office:value=\"1\""
                ) + "<table:covered-table-cell office:value-type=\"float\" office:value=\"2\"/>"
                    + cell("office:value-type=\"float\" office:value=\"3\"")))
        #expect(grid.cells == ["S!A1": "number 1", "S!B1": "number 2", "S!C1": "number 3"])
        #expect(grid.merges == ["S!A1": "1x2", "S!B1": "0x0"])
    }

    @Test("Hidden rows and sheets are read, and told; groups and header rows are rows") func hidden() throws {
        let one = cell("office:value-type=\"float\" office:value=\"1\"")
        let grid = try Grid(
            zip: Parts.ods(
                rows:
                    "<table:table-header-rows>\(row(one))</table:table-header-rows><table:table-row-group>"
                    + "<table:table-row-group>\(row(one, "table:visibility=\"collapse\""))</table:table-row-group>"
                    + "</table:table-row-group>"
                    + row(one, "table:visibility=\"filter\" table:number-rows-repeated=\"2\""),
                styles:
                    "<style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties "
                    + "table:display=\"false\"/></style:style>",
                table: " table:style-name=\"ta2\""))
        #expect(grid.hiddenRows == [2, 3, 4])
        #expect(grid.cells.count == 4)
        #expect(grid.codes == ["W0112", "W0112"])
        #expect(grid.ends.map(\.visibility) == [.hidden])
    }

    @Test("Tables that are no sheets are not read: links to other files, and their cache") func otherTables() throws {
        let rows = row(cell("office:value-type=\"float\" office:value=\"1\""))
        let grid = try Grid(
            zip: Parts.ods(
                rows: rows,
                around:
                    "<table:dde-links><table:dde-link><table:table>\(rows)</table:table></table:dde-link>"
                    + "</table:dde-links><table:table table:name=\"'file:///other.ods'#T\" "
                    + "table:style-name=\"ta_extref\">\(rows)</table:table>"
            ))
        #expect(grid.sheets == ["S"])
        #expect(grid.cells == ["S!A1": "number 1"])
    }

    @Test("Where a value is missing, what is shown is read as text and not lost") func missingValues() throws {
        let grid = try Grid(
            ods: row(
                cell("office:value-type=\"float\"", "1,234.50")
                    + cell("office:value-type=\"float\" office:value=\"\"", "7")
                    + cell("office:value-type=\"date\"", "1 April")
                    + cell("office:value-type=\"string\" office:string-value=\"\"", "x")
                    + cell("", "no type")
                    + "<table:table-cell office:value-type=\"string\"><text:h>heading</text:h></table:table-cell>"))
        #expect(
            grid.cells == [
                "S!A1": "text 1,234.50", "S!B1": "text 7", "S!C1": "text 1 April", "S!D1": "text x",
                "S!E1": "text no type", "S!F1": "text heading",
            ])
    }
}
