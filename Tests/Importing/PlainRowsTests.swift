@testable import Importing
import Findings
import Ledger
import Sheets
import Sterling
import Testing

/// Rows of exports are read in two ways, from their bytes and with care, which must be one.
@Suite struct PlainRowsTests {
    private static let layouts = [
        (
            "amount",
            """
            recognise: [Code, Period]
            columns: {code: Code, cost centre: Centre, period: Period, date: Date, document: Doc, description: Text, \
            member concerned: Case, amount: Amount}
            amounts: debits positive
            rows:
              sub-totals: {column: Text, begins: Sub-total}
              control total: {column: Text, is: Grand total}
              accruals: {column: Doc, begins: ACR}
            """
        ),
        (
            "debit and credit",
            """
            recognise: [Code, Period]
            columns: {code: Code, period: Period, date: Date, document: Doc, description: Text, debit: Amount, \
            credit: Credit}
            """
        ),
        (
            "net",
            """
            recognise: [Code, Period]
            columns: {code: Code, period: Period, date: Date, document: Doc, description: Text, net: Amount, \
            vat: VAT, gross: Gross}
            amounts: credits positive
            """
        ),
        (
            "from date",
            """
            recognise: [Code, Period]
            columns: {code: Code, date: Date, document: Doc, description: Text, amount: Amount}
            amounts: debits positive
            period format: from date
            """
        ),
    ]

    private static let codes = """

        codes:
          "1": expenditure pay
          "10-19": expenditure pay
          LS1/20: income fees
          "30": contribution from police
          "40": recharge with elm
          "50": receipt of dfe
          "60": reserve transfer
          "70": reserve balance
          "9*": left out, overheads
        """

    private static let titles = [
        "Code", "Centre", "Period", "Date", "Doc", "Text", "Case", "Amount", "Credit", "VAT", "Gross",
    ]

    /// Spellings that are plain, that only care can read, and that nobody can.
    private static let spellings: [String: [String]] = [
        "Code": ["1", "1", "12", "20", "30", "40", "50", "60", "70", "95", "95", "1 ", "77", "", "Code"],
        "Centre": ["LS1", "LS1", "", " LS1 ", "É"],
        "Period": ["1", "2", "P3", "p04", "12", "13", "0", "17", "", "x", " 5", "Period"],
        "Date": ["2018-04-30", "30/04/2018", "2019-03-31", "", "1.5.18", "31/04/2018", "soon", " 2018-05-01 "],
        "Doc": ["INV1", "INV2", "ACR9", "acr8", "", " D", "Ärger", "D\u{a0}"],
        "Text": ["Venue", "Chair – fee", "", "Sub-total 1", "GRAND TOTAL", " x ", "Café"],
        "Case": ["", "", "ash", "Elm", "oak"],
        "Amount": [
            "12.00", "-3.50", "7", "0.00", "1,234.50", "(2.00)", "", "-", "12.5", "x", "9999999999.99", "12.00CR",
        ],
        "Credit": ["", "", "", "1.00", "0.00", "-2.00"],
        "VAT": ["", "0.00", "2.40"],
        "Gross": ["", "", "12.00", "14.40"],
    ]

    private func rows(_ random: inout SeededGenerator) -> [[String]] {
        (0..<40).map { _ in
            Self.titles.map { title in
                let all = Self.spellings[title]!
                // Most cells of a row are plain, or every row would need care.
                return Int.random(in: 0..<6, using: &random) > 0 ? all[0] : all.randomElement(using: &random)!
            }
        }
    }

    private func csv(_ rows: [[String]]) -> [UInt8] {
        let lines = ([Self.titles] + rows).map { row in
            row.map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ",")
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// The same in a workbook, in which plain figures are numbers.
    private func workbook(_ rows: [[String]]) -> [UInt8] {
        let lines = ([Self.titles] + rows).map { row in
            let cells = row.enumerated().map { index, text in
                let isNumber = index >= 7 && Double(text) != nil
                return text.isEmpty
                    ? "<Cell/>" : "<Cell><Data ss:Type=\"\(isNumber ? "Number" : "String")\">\(text)</Data></Cell>"
            }
            return "<Row>\(cells.joined())</Row>"
        }
        let namespace = "urn:schemas-microsoft-com:office:spreadsheet"
        let head = "<Workbook xmlns=\"\(namespace)\" xmlns:ss=\"\(namespace)\"><Worksheet ss:Name=\"S\"><Table>"
        return Array((head + lines.joined() + "</Table></Worksheet></Workbook>").utf8)
    }

    private func imported(_ bytes: [UInt8], _ map: ImportMap, readsPlain: Bool) throws -> [String] {
        let importer = Importer(
            FileImport(file: "f", ledgerOf: Name("ash")), maps: [map], chart: MapTests.chart,
            year: FinancialYear(startYear: 2018), readsPlain: readsPlain)
        let file = importer.finish(try SheetReader.read(FileContent(bytes, name: "f"), name: "f", into: importer))
        let postings = file.postings.map {
            "\($0.place) \($0.from) \($0.to) \($0.amount) \($0.period) \($0.date?.description ?? "-") \($0.document) "
                + "\($0.code) \($0.description) \($0.concerning?.text ?? "-") \($0.isAccrual)"
        }
        let tallies = [file.all, file.posted, file.suspense] + file.excluded.map(\.tally)
        return postings + tallies.map { "\($0.rows) \($0.sum)" } + file.excluded.map(\.reason)
            + ["\(file.refused) \(file.withoutAmount) \(file.pageHeaders) \(file.subtotalsAgreed)"]
            + ["\(file.subtotalsDiffering) \(String(describing: file.controlTotal)) \(file.isReadWhole)"]
            + ["\(String(describing: file.reserveBalance)) \(String(describing: file.reserveBroughtForward))"]
            + file.findings.map { "\($0.code.rawValue) \($0.place?.description ?? "") \($0.message) \($0.value ?? "")" }
    }

    @Test("What is read from bytes is what is read with care, row by row", arguments: layouts.indices)
    func same(layout: Int) throws {
        let (map, faults) = ImportMap.parse(
            Self.layouts[layout].1 + Self.codes, file: "m.yaml", name: "m", chart: MapTests.chart)
        let parsed = try #require(map, "\(faults.map(\.message))")
        var random = SeededGenerator(seed: UInt64(layout) + 1)
        var postings = 0
        for round in 0..<120 {
            let rows = rows(&random)
            for bytes in [csv(rows), workbook(rows)] {
                let careful = try imported(bytes, parsed, readsPlain: false)
                #expect(
                    try imported(bytes, parsed, readsPlain: true) == careful,
                    "\(Self.layouts[layout].0), round \(round)")
                postings += careful.count
            }
        }
        #expect(postings > 5_000, "the rows say something")
    }
}

/// The same numbers for the same seed, on any machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
