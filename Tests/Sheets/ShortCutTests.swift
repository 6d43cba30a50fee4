import Findings
import Foundation
import Proof
@testable import Sheets
import Testing

/// Whole documents, cut at every kind of place, on one thread and several: the same as libxml2 alone.
@Suite struct ShortCutTests {
    /// All that a reading hands over.
    private final class Log: SheetReceiver {
        var lines: [String] = []
        var report: SheetReader.Report!

        init(_ bytes: [UInt8], _ options: SheetReader.Options) throws {
            report = try SheetReader.read(bytes: bytes, name: "f", options: options, into: self)
        }

        func beginSheet(_ sheet: Sheet) { lines.append("sheet \(sheet.index) \(sheet.name)") }
        func endSheet(_ end: SheetEnd) { lines.append("end \(end)") }
        func receive(_ row: RowBuffer) {
            lines.append(
                "\(row.number)\(row.isHidden ? " hidden" : ""): "
                    + row.cells.map {
                        "\($0.column) \($0.kind) \(row.text($0)) "
                            + "\($0.mergeAcross)x\($0.mergeDown)\($0.hasFormula ? "=" : "")"
                    }.joined(separator: "|"))
        }
    }

    /// What may stand between rows, or in them, besides what scanners know.
    private static let between = [
        "", "", "", "\n", "<!-- </Row> </row> </table:table-row> -->", "<?p </Row>?>", "<x>&#233;</x>", "<!---->",
    ]

    private func spreadsheetML(_ random: inout SplitMix) -> String {
        var text =
            "<?xml version=\"1.0\"?>\n"
            + "<!-- <Row> --><Workbook xmlns=\"\(SpreadsheetML.namespace)\" "
            + "xmlns:ss=\"\(SpreadsheetML.namespace)\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">"
        for sheet in 0..<random.below(4) + 1 {
            text += "<Worksheet ss:Name=\"S\(sheet)\"><Table><Column ss:Width=\"9\"/>"
            for row in 0..<random.below(30) {
                text += Self.between[random.below(Self.between.count)]
                text +=
                    ["<Row>", "<Row ss:Hidden=\"1\">", "<Row\nss:Height='9'>", "<ss:Row>"][min(3, random.below(12))]
                let isPrefixed = text.hasSuffix("<ss:Row>")
                for cell in 0..<random.below(4) {
                    text +=
                        [
                            "<Cell><Data ss:Type=\"Number\">\(row).\(cell)</Data></Cell>",
                            "<Cell ss:MergeAcross=\"1\"><Data ss:Type=\"String\">a &amp; b\u{7}</Data></Cell>",
                            "<Cell><Data ss:Type=\"String\"><![CDATA[</Row>]]></Data></Cell>",
                            "<Cell><Data ss:Type=\"String\">é£😀</Data><Comment><Data>no</Data></Comment></Cell>",
                            "<Cell/>",
                        ][random.below(cell == 0 ? 2 : 5)]
                }
                text += isPrefixed ? "</ss:Row>" : random.below(9) == 0 ? "</Row >" : "</Row>"
            }
            let hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
            text += "</Table>\(random.below(3) == 0 ? hidden : "")</Worksheet>"
        }
        return text + "</Workbook>"
    }

    private func worksheet(_ random: inout SplitMix) -> String {
        var rows = ""
        var number = 0
        for _ in 0..<random.below(60) {
            number += random.below(3) + 1
            rows += Self.between[random.below(Self.between.count)]
            rows += random.below(9) == 0 ? "<row>" : "<row r=\"\(number)\" spans=\"1:3\">"
            if rows.hasSuffix("<row>") { number = 2_000 + number }
            rows = rows.hasSuffix("<row>") ? String(rows.dropLast(5)) + "<row r=\"\(number)\">" : rows
            rows +=
                [
                    "<c r=\"A\(number)\"><v>\(number).5</v></c>",
                    "<c r=\"A\(number)\" t=\"s\"><v>\(random.below(3))</v></c><c><f>1</f></c>",
                    "<c t=\"inlineStr\"><is><t>a</t><r><t>&lt;b</t></r></is></c>",
                    "<c r='A\(number)' s='1'><v>43191</v></c>",
                ][random.below(4)]
            rows += "</row>"
        }
        return rows
    }

    private func openDocument(_ random: inout SplitMix) -> String {
        var rows = ""
        var open = 0
        for row in 0..<random.below(60) {
            if random.below(8) == 0 { rows += "<table:table-row-group>"; open += 1 }
            rows += Self.between[random.below(3)]
            rows += random.below(6) == 0 ? "<table:table-row table:number-rows-repeated=\"2\">" : "<table:table-row>"
            rows +=
                [
                    "<table:table-cell office:value-type=\"float\" "
                        + "office:value=\"\(row)\"><text:p>x</text:p></table:table-cell>",
                    "<table:table-cell office:value-type=\"string\"><text:p>a<text:s/>b</text:p></table:table-cell>",
                    "<table:table-cell table:number-columns-repeated=\"3\"/><table:table-cell "
                        + "office:value-type=\"string\"><text:p>é &amp; £</text:p><text:p/></table:table-cell>",
                    "<table:table-cell/><!-- c -->",
                ][random.below(4)]
            rows += "</table:table-row>"
            if open > 0, random.below(3) == 0 { rows += "</table:table-row-group>"; open -= 1 }
        }
        return rows + String(repeating: "</table:table-row-group>", count: open)
    }

    @Test("However a document is cut, and on however many threads, the same comes out", arguments: 0..<60)
    func cuts(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed) &* 7_919)
        let documents = [
            Array(spreadsheetML(&random).utf8),
            Zip.archive(
                Parts.xlsx(
                    rows: worksheet(&random),
                    texts: "<si><t>one</t></si><si><r><t>t</t></r><r><t>wo</t></r></si><si><t/></si>",
                    formats: "<xf numFmtId=\"14\"/>")),
            Array(Parts.content(openDocument(&random), root: "document").utf8),
        ]
        for bytes in documents {
            let plain = try Log(bytes, .plain)
            #expect(plain.report.isWhole, "\(plain.report.findings.map(\.message))")
            for size in [17, 64, 150, 400, 1_000 + random.below(3_000), Limits.chunkBytes] {
                for options in [
                    SheetReader.Options.close(bytes: size), .close(bytes: size, threads: 3),
                    .close(bytes: size, scanner: false),
                ] {
                    let cut = try Log(bytes, options)
                    #expect(cut.lines == plain.lines, "\(size) bytes")
                    #expect(cut.report.findings == plain.report.findings, "\(size) bytes")
                }
            }
        }
    }
}
