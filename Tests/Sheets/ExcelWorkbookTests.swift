import Findings
import Proof
@testable import Sheets
import Testing

@Suite struct ExcelWorkbookTests {
    @Test("Every type of cell is told by its t") func types() throws {
        let grid = try Grid(
            xlsx: """
                <row r="1"><c r="A1"><v>12.5</v></c><c r="B1" t="n"><v> -3E2 </v></c><c r="C1" t="s"><v>1</v></c><c \
                r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#REF!</v></c>
                <c r="F1" t="str"><f>A1&amp;""</f><v>12.5</v></c><c r="G1" t="inlineStr"><is><t>in &amp; \
                line</t></is></c><c r="H1" t="d"><v>2018-04-01T00:00:00</v></c></row>
                """,
            texts: "<si><t>no</t></si><si><t xml:space=\"preserve\"> Café £ </t></si>")
        #expect(
            grid.cells == [
                "S!A1": "number 12.5", "S!B1": "number -3E2", "S!C1": "text  Café £ ", "S!D1": "boolean 1",
                "S!E1": "error #REF!", "S!F1": "text 12.5",
                "S!G1": "text in & line", "S!H1": "date 2018-04-01T00:00:00",
            ])
        #expect(grid.codes.isEmpty)
    }

    @Test("Rich runs are joined, and a reading aid is no part of the text") func runs() throws {
        let rich =
            "<r><rPr><b/></rPr><t>Training</t></r><r><t xml:space=\"preserve\"> venue</t></r><rPh sb=\"0\" "
            + "eb=\"1\"><t>トレーニング</t></rPh>"
        let grid = try Grid(
            xlsx: "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is>\(rich)</is></c></row>",
            texts: "<si>\(rich)</si>")
        #expect(grid.cells == ["S!A1": "text Training venue", "S!B1": "text Training venue"])
    }

    @Test("A character written as _x000D_ is that character, and an escaped underscore an underscore") func escapes()
        throws
    {
        let grid = try Grid(
            xlsx:
                "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"str\"><v>_x005F_x0041_ _x0041_ "
                + "_x00G1_</v></c></row>",
            texts: "<si><t>a_x000D_b _xD83D__xDE00_</t></si>")
        #expect(grid.cells == ["S!A1": "text a\rb 😀", "S!B1": "text _x0041_ A _x00G1_"])
    }

    @Test(
        "A date is told by its format: built in, of its own, a length of time, and texts that only look like one",
        arguments: [
            ("14", "", "date 2018-04-01"), ("22", "", "date 2018-04-01"), ("0", "", "number 43191"),
            ("4", "", "number 43191"), ("49", "", "number 43191"),
            ("164", "dd/mm/yyyy", "date 2018-04-01"), ("164", "[$-809]d mmmm yyyy;@", "date 2018-04-01"),
            ("164", "#,##0.00", "number 43191"),
            ("164", "&quot;days &quot;0", "number 43191"), ("164", "\\d0", "number 43191"),
            ("164", "[Red]0.00;[Blue]-0.00", "number 43191"),
            ("164", "0_);[Red]\\(0\\)", "number 43191"), ("164", "[h]:mm", "date PT1036584H00M00S"),
            ("164", "[mm]:ss", "date PT1036584H00M00S"), ("46", "", "date PT1036584H00M00S"),
            ("164", "General", "number 43191"), ("164", "0.00E+00", "number 43191"),
            ("164", "_-£* #,##0.00_-;-£* #,##0.00_-;_-£* &quot;-&quot;??_-;_-@_-", "number 43191"),
            ("164", "0;dd/mm/yyyy", "number 43191"), ("164", "h:mm AM/PM", "date 2018-04-01"),
        ])
    func formats(id: String, code: String, cell: String) throws {
        let grid = try Grid(
            xlsx: "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>43191</v></c></row>", formats: "<xf numFmtId=\"\(id)\"/>",
            codes: code.isEmpty ? "" : "<numFmt numFmtId=\"164\" formatCode=\"\(code)\"/>")
        #expect(grid.cells == ["S!A1": cell])
    }

    @Test(
        "Days are counted from 1900 with its false leap day, or from 1904",
        arguments: [
            ("1", "1900-01-01", "1904-01-02"), ("59", "1900-02-28", "1904-02-29"), ("60", "1900-02-29", "1904-03-01"),
            ("61", "1900-03-01", "1904-03-02"),
            ("0", "1899-12-31T00:00:00", "1904-01-01"), ("0.5", "1899-12-31T12:00:00", "1904-01-01T12:00:00"),
            ("36526", "2000-01-01", "2004-01-02"),
            ("2958465", "9999-12-31", nil), ("2958466", nil, nil), ("-1", nil, nil),
            ("43191.999999999", "2018-04-02", "2022-04-03"),
            ("43191.4375", "2018-04-01T10:30:00", "2022-04-02T10:30:00"),
            ("43191.00001157", "2018-04-01T00:00:01", "2022-04-02T00:00:01"),
            ("0.000005", "1899-12-31T00:00:00.432", "1904-01-01T00:00:00.432"),
            ("4.3191E4", "2018-04-01", "2022-04-02"),
        ] as [(String, String?, String?)])
    func serials(serial: String, since1900: String?, since1904: String?) throws {
        for (start, date) in [("", since1900), ("<workbookPr date1904=\"1\"/>", since1904)] {
            let grid = try Grid(
                xlsx: "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>\(serial)</v></c></row>", formats: "<xf numFmtId=\"14\"/>",
                workbook: start)
            #expect(grid.cells == ["S!A1": date.map { "date \($0)" } ?? "number \(serial)"])
        }
    }

    @Test("A formula's cached value is its value; without one it is a cell without a value, never zero")
    func formulas() throws {
        let grid = try Grid(
            xlsx: """
                <row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>1+1</f><v></v></c><c \
                r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>
                """)
        #expect(
            grid.cells == ["S!A1": "number 2", "S!B1": "valueless ", "S!C1": "valueless ", "S!E1": "error #DIV/0!"])
    }

    @Test("Rows and cells without r follow one another; a cell's own place counts") func withoutPlaces() throws {
        let grid = try Grid(
            xlsx:
                "<row><c><v>1</v></c><c><v>2</v></c></row><row r=\"5\"><c><v>3</v></c><c "
                + "r=\"D5\"><v>4</v></c><c><v>5</v></c></row><row><c r=\"B9\"><v>6</v></c></row>"
        )
        #expect(
            grid.cells == [
                "S!A1": "number 1", "S!B1": "number 2", "S!A5": "number 3", "S!D5": "number 4", "S!E5": "number 5",
                "S!B9": "number 6",
            ])
    }

    @Test(
        "What stands out of place ends the reading, and says where",
        arguments: [
            "<row r=\"2\"/><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
            "<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"><v>1</v></c></row>", "<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>",
            "<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>", "<row r=\"1048577\"><c><v>1</v></c></row>",
            "<row r=\"1\"><c r=\"1A\"><v>1</v></c></row>", "<row r=\"0\"/>",
            "<row r=\"1\"><row r=\"2\"/></row>", "<row r=\"1\"><c r=\"A1\"><c r=\"B1\"/></c></row>",
        ])
    func outOfPlace(rows: String) throws { #expect(try Grid(xlsx: rows).codes == ["E0107"]) }

    @Test("A text that the table doesn't hold is told by its cell, and the rest is read") func missingText() throws {
        let grid = try Grid(
            xlsx: "<row r=\"4\"><c r=\"B4\" t=\"s\"><v>7</v></c><c r=\"C4\"><v>1</v></c></row>",
            texts: "<si><t>only</t></si>")
        #expect(grid.codes == ["E0107"])
        #expect(grid.report.findings.first?.place?.description == "f:S!B4")
        #expect(grid.cells == ["S!C4": "number 1"])
    }

    @Test("Strict namespaces, prefixes, absolute part names, back slashes and another case mean the same")
    func spellings() throws {
        let row = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>", texts = "<si><t>x</t></si>"
        let strict = Parts.xlsx(
            rows: row, texts: texts, namespace: "http://purl.oclc.org/ooxml/spreadsheetml/main",
            relations: "http://purl.oclc.org/ooxml/officeDocument/relationships")
        let absolute = Parts.xlsx(rows: row, texts: texts, target: "/xl/worksheets/sheet1.xml")
        let slashes = Parts.xlsx(
            rows: row, texts: texts, target: "worksheets\\sheet1.xml", sheetPart: "xl\\worksheets\\sheet1.xml")
        let cased = Parts.xlsx(rows: row, texts: texts, target: "Worksheets/Sheet1.XML")
        let upward = Parts.xlsx(rows: row, texts: texts, target: "../xl/worksheets/./sheet1.xml")
        for parts in [strict, absolute, slashes, cased, upward] {
            let grid = try Grid(zip: parts)
            #expect(grid.cells == ["S!A1": "text x"])
            #expect(grid.codes.isEmpty)
        }
        var prefixed = Parts.xlsx(rows: "", texts: texts)
        let sheet =
            "<x:worksheet xmlns:x=\"\(Parts.main)\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" t=\"s\">"
            + "<x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>"
        prefixed[5].bytes = Array(sheet.utf8)
        #expect(try Grid(zip: prefixed).cells == ["S!A1": "text x"])
    }

    @Test("A part may be in UTF-16 or in a declared legacy encoding") func encodings() throws {
        let sheet = Parts.sheet("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>£é</v></c></row>")
        var wide: [UInt8] = [0xFF, 0xFE]
        for unit in sheet.replacing("UTF-8", with: "UTF-16").utf16 { wide += [UInt8(unit & 255), UInt8(unit >> 8)] }
        let legacy = sheet.replacing("UTF-8", with: "windows-1252").unicodeScalars.map { UInt8($0.value) }
        for (name, bytes) in [("UTF-16", wide), ("windows-1252", legacy)] {
            var parts = Parts.xlsx(rows: "")
            parts[5].bytes = bytes
            #expect(try Grid(zip: parts).cells == ["S!A1": "text £é"], "\(name)")
        }
    }

    @Test("Hidden rows and sheets are read, and told") func hidden() throws {
        let grid = try Grid(
            xlsx:
                "<row r=\"1\" hidden=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\" hidden=\"true\"><c "
                + "r=\"A2\"><v>2</v></c></row><row r=\"3\" hidden=\"0\"><c r=\"A3\"><v>3</v></c></row>"
        )
        #expect(grid.hiddenRows == [1, 2])
        #expect(grid.codes == ["W0112"])
        #expect(grid.report.findings[0].message.hasPrefix("2 rows are hidden"))
        for (state, visibility) in [("hidden", SheetEnd.Visibility.hidden), ("veryHidden", .veryHidden)] {
            let sheet = try Grid(
                zip: Parts.xlsx(rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", state: " state=\"\(state)\""))
            #expect(sheet.codes == ["W0112"])
            #expect(sheet.ends.map(\.visibility) == [visibility])
            #expect(sheet.cells == ["S!A1": "number 1"])
        }
    }

    @Test("Merged ranges are listed when the sheet ends") func merges() throws {
        let grid = try Grid(
            xlsx: "<row r=\"1\"><c r=\"B1\"><v>1</v></c></row>",
            after: "<mergeCells count=\"2\"><mergeCell ref=\"B1:C3\"/><mergeCell ref=\"AA10:AB10\"/></mergeCells>")
        #expect(
            grid.ends.map(\.merges) == [
                [CellRange(rows: 1...3, columns: 2...3), CellRange(rows: 10...10, columns: 27...28)]
            ])
    }

    @Test("A sheet that isn't there is told; a sheet of charts is none") func missingSheet() throws {
        var missing = Parts.xlsx(rows: "")
        missing.remove(at: 5)
        #expect(try Grid(zip: missing).codes == ["E0111"])
        var chart = Parts.xlsx(rows: "")
        chart[3].bytes = Array(
            String(decoding: chart[3].bytes, as: UTF8.self).replacing("/worksheet\"", with: "/chartsheet\"").utf8)
        let grid = try Grid(zip: chart)
        #expect(grid.sheets.isEmpty && grid.codes.isEmpty)
    }

    @Test(
        "What is no workbook is refused by name",
        arguments: [
            ([Zip.Entry("hello.txt", "hello")], "no spreadsheet"),
            (
                [
                    Zip.Entry(
                        "_rels/.rels",
                        "<Relationships xmlns=\"x\"><Relationship Id=\"1\" Type=\"\(Parts.relations)/officeDocument\" "
                            + "Target=\"xl/workbook.bin\"/></Relationships>"
                    )
                ], "xlsb"
            ),
            ([Zip.Entry("mimetype", "application/vnd.oasis.opendocument.text")], "no spreadsheet"),
            (
                [
                    Zip.Entry("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                    Zip.Entry("content.xml", "<x/>"), Zip.Entry("META-INF/manifest.xml", "<m><encryption-data/></m>"),
                ], "password"
            ),
        ] as [([Zip.Entry], String)])
    func refused(entries: [Zip.Entry], word: String) throws {
        let grid = try Grid(zip: entries)
        #expect(grid.codes == ["E0102"])
        #expect(grid.report.findings[0].message.contains(word))
        #expect(!grid.report.isWhole)
    }
}
