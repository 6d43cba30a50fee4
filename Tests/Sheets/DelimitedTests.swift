@testable import Sheets
import Testing

@Suite struct DelimitedTests {
    @Test("Quotes hold separators, line ends and doubled quotes") func quotes() throws {
        let grid = try Grid("a,\"b, \"\"c\"\"\nd\",e\r\n1,,3\r\n")
        #expect(
            grid.cells == [
                "!A1": "text a", "!B1": "text b, \"c\"\nd", "!C1": "text e", "!A2": "number 1", "!C2": "number 3",
            ])
    }

    @Test(
        "The separator is told apart",
        arguments: [
            ("a;b;c\n1,5;2;3\n", "!C2"), ("a\tb\tc\n1,5\t2\t3\n", "!C2"), ("a|b|c\n1,5|2|3\n", "!C2"),
            ("a,b,c\n1;5,2,3\n", "!C2"),
        ])
    func separators(text: String, cell: String) throws { #expect(try Grid(text).cells[cell] == "number 3") }

    @Test("Line ends of every system, blank lines counted") func lineEnds() throws {
        for end in ["\n", "\r\n", "\r"] {
            #expect(
                try Grid("a,b\(end)\(end)1,2\(end)").cells == [
                    "!A1": "text a", "!B1": "text b", "!A3": "number 1", "!B3": "number 2",
                ])
        }
        #expect(try Grid("a,b\n1,2").cells["!B2"] == "number 2")
    }

    @Test("UTF-8, its mark, Windows-1252 and UTF-16") func encodings() throws {
        let expected = ["!A1": "text £", "!B1": "text é"]
        #expect(try Grid("£,é\n").cells == expected)
        #expect(try Grid([0xEF, 0xBB, 0xBF] + Array("£,é\n".utf8)).cells == expected)
        #expect(try Grid([0xA3, 0x2C, 0xE9, 0x0A]).cells == expected)
        #expect(
            try Grid([0xFF, 0xFE] + "£,é\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }).cells == expected)
    }

    @Test("A byte of Windows-1252 far down the file is known from the first line on") func lateByte() throws {
        let grid = try Grid(
            Array("é,1\n".utf8.map { $0 == 0xC3 ? 0xE9 : $0 }.filter { $0 != 0xA9 })
                + Array(repeating: Array("x,1\n".utf8), count: 200_000).flatMap { $0 })
        #expect(grid.cells["!A1"] == "text é")
        // Characters cut by a piece's end don't make UTF-8 look like something else.
        let long = try Grid(String(repeating: "£é€😀,1\n", count: 60_000))
        #expect(long.cells["!A60000"] == "text £é€😀")
    }

    @Test("Numbers are plain numbers only; codes with leading zeros are text") func numbers() throws {
        let grid = try Grid("007,12.50,-3,\"1,234.50\",1e5,+4,0.5,£5,12.,1234567890123456789\n")
        #expect(
            grid.cells == [
                "!A1": "text 007", "!B1": "number 12.50", "!C1": "number -3", "!D1": "text 1,234.50", "!E1": "text 1e5",
                "!F1": "number +4",
                "!G1": "number 0.5", "!H1": "text £5", "!I1": "text 12.", "!J1": "text 1234567890123456789",
            ])
    }

    @Test("A field's length and the number of columns have their limits") func limits() throws {
        #expect(try Grid(String(repeating: "x", count: Limits.fieldBytes) + ",1\n").codes.isEmpty)
        #expect(try Grid(String(repeating: "x", count: Limits.fieldBytes + 1) + ",1\n").codes == ["E0105"])
        #expect(try Grid(String(repeating: "1,", count: Limits.columns - 1) + "1\n").codes.isEmpty)
        #expect(try Grid(String(repeating: "1,", count: Limits.columns) + "1\n").codes == ["E0105"])
    }
}
