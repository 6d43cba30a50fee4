import Proof
@testable import Sheets
import Testing

/// An archive is believed only where it says the same thing everywhere.
@Suite struct ZipTests {
    private let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"

    private func codes(_ entries: [Zip.Entry], isZip64: Bool = false, comment: String = "", countSaid: UInt16? = nil)
        throws -> [String]
    {
        try Grid(Zip.archive(entries, isZip64: isZip64, comment: comment, countSaid: countSaid)).codes
    }

    @Test("Sound forms are read: zip64, data descriptors, a comment") func sound() throws {
        #expect(try codes(Parts.xlsx(rows: rows)).isEmpty)
        #expect(try codes(Parts.xlsx(rows: rows), comment: "by hand").isEmpty)
        #expect(try codes(Parts.xlsx(rows: rows), isZip64: true).isEmpty)
        var wide = Parts.xlsx(rows: rows)
        for index in wide.indices { wide[index].isZip64 = true }
        #expect(try codes(wide, isZip64: true).isEmpty)
        var described = Parts.xlsx(rows: rows)
        for index in described.indices { described[index].hasDescriptor = true }
        #expect(try Grid(zip: described).cells == ["S!A1": "number 1"])
    }

    enum Fault: String, CaseIterable {
        case anotherName, anotherSize, encrypted, anotherMethod, unknownMethod, upward, absolute, drive, noughtInName,
            sameName, sameNameButForCase, overlapping
        case anotherChecksum, beyondAllLimits

        func apply(to entry: inout Zip.Entry) {
            switch self {
            case .anotherName: entry.localName = "xl/worksheets/sheet2.xml"
            case .anotherSize: entry.localSize = 3
            case .encrypted: entry.flags = 1
            case .anotherMethod: entry.localMethod = 8
            case .unknownMethod: (entry.method, entry.localMethod) = (12, 12)
            case .upward: entry.name = "../sheet1.xml"
            case .absolute: entry.name = "/xl/sheet1.xml"
            case .drive: entry.name = "C:/sheet1.xml"
            case .noughtInName: entry.name = "a\0b"
            case .sameName: entry.name = "xl/workbook.xml"
            case .sameNameButForCase: entry.name = "XL/Workbook.XML"
            case .overlapping: entry.offset = 0
            case .anotherChecksum: entry.crc = 7
            case .beyondAllLimits: entry.size = 0xFFFF_FFF0
            }
        }
    }

    @Test(
        "What its two directories disagree on, shares, hides or leaves its folder is refused", arguments: Fault.allCases
    )
    func unsound(fault: Fault) throws {
        var entries = Parts.xlsx(rows: rows)
        fault.apply(to: &entries[5])
        let grid = try Grid(zip: entries)
        #expect(["E0102", "E0105", "E0111"].contains(grid.codes.first), "\(grid.codes)")
        #expect(!grid.report.isWhole)
    }

    @Test("Cut anywhere, it is told and never taken for whole") func cut() throws {
        let whole = Zip.archive(Parts.xlsx(rows: rows))
        for count in 4..<whole.count {
            let grid = try Grid(Array(whole[..<count]))
            #expect(!grid.report.isWhole, "\(count)")
        }
    }

    @Test("Changed anywhere, it is the same, or told") func changed() throws {
        let whole = Zip.archive(Parts.xlsx(rows: rows))
        for index in whole.indices {
            var bytes = whole
            bytes[index] ^= 0x41
            let grid = try Grid(bytes)
            #expect(!grid.report.isWhole || grid.cells == ["S!A1": "number 1"], "\(index): \(grid.cells)")
        }
    }

    @Test("The number of parts has its limit") func entries() throws {
        let parts = Parts.xlsx(rows: rows)
        let others = (0..<(Limits.entries - parts.count)).map { Zip.Entry("other\($0)", "") }
        #expect(try codes(parts + others).isEmpty)
        #expect(try codes(parts + others + [Zip.Entry("one more", "")]) == ["E0105"])
        #expect(try codes(parts, countSaid: 3) == ["E0111"])
    }
}
