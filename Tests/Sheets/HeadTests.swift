import Findings
import Sheets
import Testing

/// Files that are no table are named for what they are, whatever their name says.
@Suite struct HeadTests {
    private final class Nothing: SheetReceiver {
        func beginSheet(_ sheet: Sheet) {}
        func receive(_ row: RowBuffer) {}
    }

    private func read(_ text: String) throws -> SheetReader.Report {
        let content = FileContent(Array(text.utf8), name: "a.csv")
        return try SheetReader.read(content, name: "a.csv", into: Nothing())
    }

    @Test(
        arguments: [
            ("JSON", "[\n  {\"account\": 4000, \"amount\": 5}\n]"), ("JSON", "{\"rows\": []}"),
            ("MT940", "{1:F01BANKGB2LAXXX0000000000}{2:I940}{4:\r\n:20:START\r\n:25:1234\r\n"),
            ("MT940", ":20:START\r\n:25:20203040/12345678\r\n:28C:1/1\r\n:60F:C250401GBP0,00\r\n"),
            ("QIF", "!Type:Bank\nD10/04/2025\nT-5.00\n^\n"), ("OFX", "OFXHEADER:100\nDATA:OFXSGML\n"),
            ("OFX", "<?xml version=\"1.0\"?><OFX><SIGNONMSGSRSV1/></OFX>"),
            ("camt", "<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"/>"),
            ("BAI2", "01,BANK,CUSTOMER,250410,0800,1,80,1,2/\n02,CUSTOMER,BANK,1,250410,,GBP,2/\n"),
            ("DIF", "TABLE\r\n0,1\r\n\"EXCEL\"\r\n"), ("SYLK", "ID;PWXL;N;E\r\nC;Y1;X1;K5\r\nE\r\n"),
        ])
    func refused(what: String, text: String) throws {
        let report = try read(text)
        #expect(report.format == nil && report.findings.map(\.code) == [.formatRefused])
        #expect(report.findings.first?.message.contains(what) ?? false, "\(report.findings)")
    }

    @Test(
        "A table that begins with a bracket, a number or such words is one",
        arguments: [
            "[note],Account,Amount\n,4000,5.00\n", "{text},Amount\n4000,5.00\n", "01,4000,5.00\n02,4100,6.00\n",
            "TABLE,Amount\n0,1\n", "ID,P,Amount\n1,2,5.00\n", "Type:Bank,Amount\n1,5.00\n",
        ])
    func read(table: String) throws {
        #expect(try read(table).format != nil)
    }
}
