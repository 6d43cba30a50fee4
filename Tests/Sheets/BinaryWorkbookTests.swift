import Findings
import Proof
@testable import Sheets
import Testing

/// Binary workbooks (.xls) made record by record: what other programs' files hold is read by `Tests/Oracle/formats.py`.
@Suite struct BinaryWorkbookTests {
    private func grid(version: UInt16 = 0x0600, globals: [UInt8] = [], _ sheet: [UInt8]) throws -> Grid {
        try Grid(Compound.file(Compound.stream(version: version, globals: globals, sheet: sheet)))
    }

    private func text(_ letters: String) -> [UInt8] {
        Compound.two(UInt16(letters.utf16.count)) + [1] + letters.utf16.flatMap(Compound.two)
    }

    @Test("Numbers in their four forms") func numbers() throws {
        func compact(_ bits: UInt32) -> [UInt8] {
            Compound.record(0x027E, Compound.place(1, 0) + Compound.four(bits))
        }
        // 1,234 and 12.34 as whole numbers, the second in hundredths.
        #expect(try grid(compact(1_234 << 2 | 2)).cells == ["S!A2": "number 1234"])
        #expect(try grid(compact(1_234 << 2 | 3)).cells == ["S!A2": "number 12.34"])
        #expect(try grid(compact(UInt32(bitPattern: -5 << 2) | 2)).cells == ["S!A2": "number -5"])
        // The upper half of 1.5.
        #expect(try grid(compact(0x3FF8_0000)).cells == ["S!A2": "number 1.5"])
        #expect(try grid(Compound.number(0, 1, 0.1)).cells == ["S!B1": "number 0.1"])
        let several =
            Compound.two(0) + Compound.two(2) + Compound.two(0) + Compound.four(7 << 2 | 2) + Compound.two(0)
            + Compound.four(8 << 2 | 2) + Compound.two(3)
        #expect(try grid(Compound.record(0x00BD, several)).cells == ["S!C1": "number 7", "S!D1": "number 8"])
    }

    @Test("Texts of the table run over records' ends, in one byte a letter and in two") func texts() throws {
        let head = Compound.four(2) + Compound.four(2)
        // `Crèche` in one byte a letter, cut in the middle; `£12` in two, after the cut.
        let first = Compound.two(6) + [0] + Array("Cr".utf8) + [0xE8]
        let second = [0] + Array("che".utf8) + Compound.two(3) + [1] + "£12".utf16.flatMap(Compound.two)
        let globals = Compound.record(0x00FC, head + first) + Compound.record(0x003C, second)
        let cells =
            Compound.record(0x00FD, Compound.place(0, 0) + Compound.four(0))
            + Compound.record(0x00FD, Compound.place(0, 1) + Compound.four(1))
        #expect(try grid(globals: globals, cells).cells == ["S!A1": "text Crèche", "S!B1": "text £12"])
    }

    @Test("A formula shows the value that it came to: a number, a text, a truth or an error") func formulas() throws {
        func formula(_ column: UInt16, _ result: [UInt8], options: UInt16 = 0) -> [UInt8] {
            Compound.record(0x0006, Compound.place(0, column) + result + Compound.two(options) + [0, 0, 0, 0, 0, 0])
        }
        func special(_ kind: UInt8, _ value: UInt8) -> [UInt8] { [kind, 0, value, 0, 0, 0, 0xFF, 0xFF] }
        let sheet =
            formula(0, Compound.eight((2.5).bitPattern)) + formula(1, special(0, 0))
            + Compound.record(0x0207, text("te€xt")) + formula(2, special(1, 1)) + formula(3, special(2, 0x17))
            + formula(4, Compound.eight(0), options: 2)
        #expect(
            try grid(sheet).cells == [
                "S!A1": "number 2.5", "S!B1": "text te€xt", "S!C1": "boolean 1", "S!D1": "error #REF!",
                "S!E1": "valueless ",
            ])
        let numbered = Compound.record(
            0x0206, Compound.place(0, 0) + Compound.eight((7.5).bitPattern) + Compound.two(0) + [0, 0, 0, 0, 0, 0])
        #expect(try grid(numbered).cells == ["S!A1": "number 7.5"])
        // A library that works none out leaves all of them as empty texts.
        #expect(try grid(formula(0, special(3, 0))).cells == ["S!A1": "valueless "])
        #expect(try grid(formula(0, special(3, 0)) + formula(1, special(1, 0))).cells == ["S!B1": "boolean 0"])
    }

    @Test("Formats tell dates and other currencies, hidden rows and merged cells are known") func formats() throws {
        func format(_ id: UInt16) -> [UInt8] {
            Compound.record(0x00E0, Compound.two(0) + Compound.two(id) + [UInt8](repeating: 0, count: 16))
        }
        let code = "[$€-2] #,##0.00"
        let globals =
            Compound.record(0x041E, Compound.two(200) + text(code)) + format(0) + format(14) + format(200)
        let row = Compound.two(1) + [UInt8](repeating: 0, count: 10) + Compound.two(0x20) + [0, 0]
        let merged = [UInt16(1), 0, 0, 1, 2].flatMap(Compound.two)
        let sheet =
            Compound.record(0x007D, [1, 2, 0, 0, 1].map { UInt16($0) }.flatMap(Compound.two) + [0, 0])
            + Compound.record(0x0208, row) + Compound.number(0, 0, 45_757, format: 1)
            + Compound.number(0, 1, 5, format: 2) + Compound.number(1, 0, 7) + Compound.record(0x00E5, merged)
        let found = try grid(globals: globals, sheet)
        #expect(found.cells == ["S!A1": "date 2025-04-10", "S!B1": "number 5", "S!A2": "number 7"])
        #expect(found.hiddenRows == [2] && found.ends[0].hiddenColumns == [2...3])
        #expect(found.ends[0].merges == [CellRange(rows: 1...1, columns: 2...3)])
    }

    @Test("Excel 95 writes its texts in a code page") func olderVersion() throws {
        let label = Compound.place(0, 0) + Compound.two(4) + [0xA3, 0x31, 0x32, 0x80]
        let found = try grid(version: 0x0500, Compound.record(0x0204, label) + Compound.number(0, 1, 2))
        #expect(found.cells == ["S!A1": "text £12€", "S!B1": "number 2"])
        #expect(found.report.isWhole)
    }

    @Test("A short stream lies among the small ones") func small() throws {
        let found = try Grid(Compound.small(Compound.stream(sheet: Compound.number(4, 1, 9))))
        #expect(found.cells == ["S!B5": "number 9"] && found.report.format == .xls)
        let capitals = Compound.file(Compound.stream(sheet: Compound.number(4, 1, 9)), name: "WORKBOOK")
        #expect(try Grid(capitals).cells == ["S!B5": "number 9"])
    }

    @Test("Rows in any order are handed on in theirs, and a cell holds one value") func order() throws {
        let found = try grid(Compound.number(1, 1, 4) + Compound.number(1, 0, 3) + Compound.number(0, 0, 1))
        #expect(found.cells == ["S!A1": "number 1", "S!A2": "number 3", "S!B2": "number 4"])
        #expect(try grid(Compound.number(0, 0, 1) + Compound.number(0, 0, 2)).codes == ["E0107"])
    }

    @Test("What is cut, locked or no workbook is refused with a reason") func refused() throws {
        let whole = Compound.file(Compound.stream(sheet: Compound.number(0, 0, 1)))
        for end in stride(from: 8, to: whole.count - 512, by: 251) {
            #expect(try Grid(Array(whole[..<end])).codes == ["E0111"], "\(end)")
        }
        let locked = Compound.stream(globals: Compound.record(0x002F, [0, 0, 0, 0, 0, 0]), sheet: [])
        #expect(try Grid(Compound.file(locked)).codes == ["E0102"])
        #expect(try Grid(Compound.file([1], name: "WordDocument")).codes == ["E0102"])
        let beyond = Compound.record(0x00FD, Compound.place(0, 0) + Compound.four(3))
        #expect(try grid(beyond).codes == ["E0111"])
        #expect(try grid(Compound.number(0, 20_000, 1)).codes == ["E0107"])
    }
}
