import Findings
import Foundation
@testable import Sheets
import Testing

@Suite struct SpreadsheetMLTests {
    private func data(_ value: String, _ type: String = "Number") -> String {
        "<Cell><Data ss:Type=\"\(type)\">\(value)</Data></Cell>"
    }

    @Test("Index leaves gaps between rows and cells, and Span stands for further empty rows") func gaps() throws {
        let grid = try Grid(
            rows:
                "<Row ss:Index=\"3\" ss:Span=\"2\">\(data("1"))<Cell ss:Index=\"6\"><Data "
                + "ss:Type=\"Number\">2</Data></Cell>\(data("3"))</Row><Row>\(data("4"))</Row>"
        )
        #expect(grid.cells == ["S!A3": "number 1", "S!F3": "number 2", "S!G3": "number 3", "S!A6": "number 4"])
        #expect(grid.report.findings.isEmpty)
    }

    @Test("MergeAcross moves the next cell on, MergeDown doesn't") func merges() throws {
        let grid = try Grid(
            rows:
                "<Row><Cell ss:MergeAcross=\"2\" ss:MergeDown=\"1\"><Data "
                + "ss:Type=\"String\">t</Data></Cell>\(data("1"))</Row><Row>\(data("2"))</Row>"
        )
        #expect(grid.cells == ["S!A1": "text t", "S!D1": "number 1", "S!A2": "number 2"])
        #expect(grid.merges == ["S!A1": "2x1"])
    }

    @Test("Every type is told by its Type") func types() throws {
        let grid = try Grid(
            rows:
                "<Row>\(data("-1.5E3"))\(data("2018-04-01T00:00:00.000", "DateTime"))\(data("1", "Boolean"))"
                + "\(data("#REF!", "Error"))\(data("x", "String"))\(data("y", "Text"))</Row>"
        )
        #expect(
            grid.cells == [
                "S!A1": "number -1.5E3", "S!B1": "date 2018-04-01T00:00:00.000", "S!C1": "boolean 1",
                "S!D1": "error #REF!", "S!E1": "text x", "S!F1": "text y",
            ])
    }

    @Test("Rich text is joined, and a comment's Data is no value") func richText() throws {
        let grid = try Grid(
            rows: """
                <Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">a <B>bold</B><Font \
                html:Color="#FF0000"> red</Font></ss:Data>\
                <Comment ss:Author="a"><ss:Data \
                xmlns="http://www.w3.org/TR/REC-html40"><B>no</B></ss:Data></Comment></Cell>\
                <Cell><Comment><Data ss:Type="Number">9</Data></Comment><Data ss:Type="Number">5</Data></Cell></Row>
                """)
        #expect(grid.cells == ["S!A1": "text a bold red", "S!B1": "number 5"])
    }

    @Test("The ss: prefix, the bare names and a Type without its prefix mean the same") func prefixes() throws {
        let grid = try Grid(
            """
            <ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><ss:Worksheet \
            ss:Name="P"><ss:Table><ss:Row>\
            <ss:Cell ss:Index="2"><ss:Data ss:Type="Number">7</ss:Data></ss:Cell><ss:Cell><ss:Data \
            Type="Number">8</ss:Data></ss:Cell></ss:Row></ss:Table></ss:Worksheet></ss:Workbook>
            """)
        #expect(grid.sheets == ["P"])
        #expect(grid.cells == ["P!B1": "number 7", "P!C1": "number 8"])
    }

    @Test("CDATA, character references and entities of XML's own are text") func cdata() throws {
        let grid = try Grid(
            rows:
                "<Row>\(data("<![CDATA[1 < 2 & ]] > 3]]>", "String"))\(data("a&amp;b&#13;&#x41;&lt;", "String"))"
                + "\(data("<![CDATA[12.5]]>"))</Row>"
        )
        #expect(grid.cells == ["S!A1": "text 1 < 2 & ]] > 3", "S!B1": "text a&b\rA<", "S!C1": "number 12.5"])
    }

    @Test("A sheet's name keeps its ampersands and quotes") func sheetNames() throws {
        let grid = try Grid(
            Grid.workbook("<Row>\(data("1"))</Row>").replacing(
                "ss:Name=\"S\"", with: "ss:Name=\"a &amp; b &lt;&quot;&#38;&amp;#38;\""))
        #expect(grid.sheets == ["a & b <\"&&#38;"])
    }

    @Test("Blanks around a number are no part of it; a text keeps its own") func blanks() throws {
        let grid = try Grid(rows: "<Row>\(data("  -1\n"))\(data("  x ", "String"))\(data(" ", "Number"))</Row>")
        #expect(grid.cells == ["S!A1": "number -1", "S!B1": "text   x "])
    }

    @Test("A formula's cached value is its value; without one it is a cell without a value") func formulas() throws {
        let grid = try Grid(
            rows:
                "<Row><Cell ss:Formula=\"=1+1\"><Data ss:Type=\"Number\">2</Data></Cell><Cell "
                + "ss:Formula=\"=A1\"/><Cell ss:Formula=\"=&quot;&quot;\"><Data "
                + "ss:Type=\"String\"></Data></Cell></Row>"
        )
        #expect(grid.cells == ["S!A1": "number 2", "S!B1": "valueless "])
    }

    @Test("UTF-16 with and without a mark, and declared legacy encodings") func encodings() throws {
        let text = Grid.workbook("<Row>\(data("Caf\u{e9} £5 \u{1F600}", "String"))</Row>").replacing(
            "<?xml version=\"1.0\"?>", with: "<?xml version=\"1.0\" encoding=\"UTF-16\"?>")
        for (isBig, hasMark) in [(false, true), (true, true), (false, false), (true, false)] {
            var bytes: [UInt8] = hasMark ? (isBig ? [0xFE, 0xFF] : [0xFF, 0xFE]) : []
            for unit in text.utf16 {
                bytes += isBig ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
            }
            #expect(try Grid(bytes).cells == ["S!A1": "text Caf\u{e9} £5 \u{1F600}"])
        }
        let legacy = Grid.workbook("<Row>\(data("£5 \u{201C}x\u{201D} \u{20AC}", "String"))</Row>").replacing(
            "<?xml version=\"1.0\"?>", with: "<?xml version='1.0' encoding='windows-1252'?>")
        let bytes = legacy.unicodeScalars.map { scalar -> UInt8 in
            switch scalar {
            case "\u{201C}": 0x93;
            case "\u{201D}": 0x94;
            case "\u{20AC}": 0x80;
            default: UInt8(scalar.value)
            }
        }
        #expect(try Grid(bytes).cells == ["S!A1": "text £5 \u{201C}x\u{201D} \u{20AC}"])
        #expect(
            try Grid([0xEF, 0xBB, 0xBF] + Array(Grid.workbook("<Row>\(data("1"))</Row>").utf8)).cells == [
                "S!A1": "number 1"
            ])
    }

    @Test("Characters that XML forbids are replaced, counted and told; what follows is read") func forbidden() throws {
        let grid = try Grid(rows: "<Row>\(data("a&#7;b\u{1}c&#x1F;\u{0}", "String"))\(data("5"))</Row>")
        #expect(grid.cells == ["S!A1": "text a\u{FFFD}b\u{FFFD}c\u{FFFD}\u{FFFD}", "S!B1": "number 5"])
        #expect(grid.codes == ["W0109"])
        #expect(grid.report.findings[0].message.hasPrefix("4 characters"))
    }

    @Test("Cut anywhere in the file, it is told and never taken for whole") func truncation() throws {
        let whole = Array(Grid.workbook("<Row>\(data("1"))\(data("a&amp;b", "String"))</Row>").utf8)
        for length in 1..<(whole.count - 1) {
            let report = try Grid(Array(whole[..<length])).report!
            // Before its root tells what it is, a cut file may look like anything; but XML never passes as CSV.
            #expect(!report.isWhole, "cut at \(length)")
        }
    }

    @Test(
        "A row or a cell that goes backwards, or out of the grid, ends the reading",
        arguments: [
            "<Row ss:Index=\"2\"/><Row ss:Index=\"2\"/>", "<Row ss:Index=\"0\"/>", "<Row ss:Index=\"1048577\"/>",
            "<Row ss:Index=\"x\"/>",
            "<Row><Cell ss:Index=\"3\"/><Cell ss:Index=\"3\"/></Row>", "<Row><Cell ss:Index=\"16385\"/></Row>",
            "<Row><Cell ss:MergeAcross=\"16384\"/></Row>",
            "<Row><Cell ss:Index=\"-1\"/></Row>", "<Row ss:Span=\"99999999999999999999\"/>",
        ])
    func outOfPlace(rows: String) throws { #expect(try Grid(rows: rows).codes == ["E0107"]) }

    @Test("The last row and column of the grid are read") func lastCell() throws {
        let grid = try Grid(
            rows: "<Row ss:Index=\"1048576\"><Cell ss:Index=\"16384\"><Data ss:Type=\"Number\">1</Data></Cell></Row>")
        #expect(grid.cells == ["S!XFD1048576": "number 1"])
    }

    @Test("Blanks before the declaration are passed over; the line of a fault counts every line") func lines() throws {
        #expect(
            try Grid("\n\n" + Grid.workbook("<Row><Cell><Data ss:Type=\"Number\">1</Data></Cell></Row>")).cells == [
                "S!A1": "number 1"
            ])
        let rows = String(repeating: "<Row>\n<Cell><Data ss:Type=\"Number\">1</Data></Cell>\n</Row>\n", count: 20_000)
        let broken = try Grid("\n" + Grid.workbook(rows + "<Row></Cell></Row>"))
        #expect(broken.codes == ["E0103"])
        #expect(broken.cells.count == 20_000)
        #expect(broken.report.findings[0].place?.row == 60_005)
    }

    @Test("A control character inside a reference is refused, wherever the file is cut") func brokenReferences() throws
    {
        let bytes = Array(
            Grid.workbook("<Row><Cell><Data ss:Type=\"String\">a&#-\u{1}0;&am\u{7}p;b</Data></Cell></Row>").utf8)
        #expect(try Grid(bytes, options: .plain).codes.contains("E0103"))
        for size in 16..<140 {
            #expect(
                try Grid(bytes, options: .close(bytes: size)).codes == Grid(bytes, options: .plain).codes, "\(size)")
        }
    }
}
