@testable import Sterling
import Testing

@Suite struct AmountReaderTests {
    @Test(
        "Amounts are read as council systems write them",
        arguments: [
            ("1234.50", 123_450), ("1,234.50", 123_450), ("£1,234.50", 123_450), ("£ 1,234.50", 123_450),
            ("1,234.50 £", 123_450),
            ("GBP 1,234.50", 123_450), ("1234.5", 123_450), ("1234", 123_400), ("0", 0), ("0.00", 0), ("-0.00", 0),
            (".5", 50), ("00012.30", 1_230),
            ("-1,234.50", -123_450), ("1,234.50-", -123_450), ("- 1,234.50", -123_450), ("1,234.50 -", -123_450),
            ("+12.00", 1_200), ("12.00+", 1_200),
            ("(1,234.50)", -123_450), ("( 1,234.50 )", -123_450), ("£(1,234.50)", -123_450), ("(£1,234.50)", -123_450),
            ("-£1,234.50", -123_450), ("£-1,234.50", -123_450),
            ("\u{2212}12.00", -1_200), ("\u{2013}12.00", -1_200), ("12.00\u{2212}", -1_200),
            ("1.234,56", 123_456), ("1.234.567,89", 123_456_789), ("1 234,56", 123_456), ("1\u{a0}234.50", 123_450),
            ("1\u{202f}234,50", 123_450), ("1'234.50", 123_450),
            ("1,234", 123_400), ("1,234,567", 123_456_700), ("12,345,678.90", 1_234_567_890),
            ("1.234.567", 123_456_700),
            ("\u{a0}12.00\u{a0}", 1_200), ("  12.00\t", 1_200), ("\u{feff}12.00", 1_200), ("1234.500", 123_450),
            ("0.500", 50), (".500", 50), ("1234.5000", 123_450),
            ("10,000,000,000.00", 1_000_000_000_000), ("0.01", 1), ("-0.01", -1), ("999,999,999.99", 99_999_999_999),
        ])
    func reads(text: String, pence: Int) {
        #expect(AmountReader.read(text) == .amount(Money(pence: pence), marker: .none))
    }

    @Test(
        "CR and DR are told, not turned into a sign",
        arguments: [
            ("£1,234.50CR", 123_450, AmountReader.Marker.credit), ("1,234.50 CR", 123_450, .credit),
            ("12.00cr", 1_200, .credit), ("CR 12.00", 1_200, .credit),
            ("1,234.50DR", 123_450, .debit), ("12.00 Dr", 1_200, .debit),
        ])
    func readsMarkers(text: String, pence: Int, marker: AmountReader.Marker) {
        #expect(AmountReader.read(text) == .amount(Money(pence: pence), marker: marker))
    }

    @Test(
        "What can be read in two ways, or in none, is not read",
        arguments: [
            "1,23", "1,2345", "12,34,567", "1.234", "1.000", "1.500", "12.345", "123.400", "1234.4567", "1,234.5678",
            "--5", "(-5)", "-5CR", "5CR CR", "(5", "5)", "abc", "£", "5 apples",
            "1.2.3", "1,234.567,89", "1'234,567", "12.", "1e3", "10,000,000,000.01", "99999999999999999999", "٣", "5%",
            "$5", "€5", "#REF!", "1 2 3", "(5) CR", "=5", "£5£6", ",5",
        ])
    func refuses(text: String) {
        guard case .unreadable(let reason) = AmountReader.read(text) else {
            Issue.record("\(text) was read as \(AmountReader.read(text))")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test("Blank, dash and N/A are three different things")
    func tellsNothings() {
        for text in ["", "  ", "\u{a0}"] { #expect(AmountReader.read(text) == .blank) }
        for text in ["-", " - ", "\u{2013}", "\u{2014}", "\u{2212}"] { #expect(AmountReader.read(text) == .dash) }
        for text in ["N/A", "n/a", "NA", "Not applicable"] { #expect(AmountReader.read(text) == .notAvailable) }
    }

    @Test(
        "A workbook's double within a millionth of a pound of pence is those pence",
        arguments: [
            ("1234.5", 123_450), ("1234.4999999999", 123_450), ("1234.500000001", 123_450),
            ("-1234.4999999999", -123_450), ("1.2345E3", 123_450), ("1.2345e+03", 123_450),
            ("1E2", 10_000), ("5E-1", 50), ("0", 0), ("-0", 0), ("1E-7", 0), ("0.1", 10), ("1234.500001", 123_450),
            ("1234.499999", 123_450), ("1E10", 1_000_000_000_000),
        ])
    func readsDoubles(text: String, pence: Int) {
        #expect(AmountReader.readNumber(text) == .amount(Money(pence: pence), marker: .none))
    }

    @Test(
        "A number that is no whole number of pence is told, never rounded",
        arguments: [
            "1234.4567", "1234.500002", "1234.4999989", "0.001", "0.333333333333333", "1E-3", "1E11", "-1E300", "1E400",
            "NaN", "INF", "0x10", "", "1.2.3", "1E", "12 ",
        ])
    func refusesDoubles(text: String) {
        guard case .unreadable = AmountReader.readNumber(text) else {
            Issue.record("\(text) was read as \(AmountReader.readNumber(text))")
            return
        }
    }

    @Test("What is printed is read back as the same amount")
    func printsAndReadsBack() {
        for pence in [0, 1, -1, 99, 100, -100, 123_456, -99_999_999, 1_000_000_000_000] {
            let money = Money(pence: pence)
            #expect(AmountReader.read(AmountFormat.pence.string(money)) == .amount(money, marker: .none))
            #expect(AmountReader.readNumber(AmountFormat.exact(money)) == .amount(money, marker: .none))
        }
    }

    @Test("A workbook's numbers are read the short way as by exact decimals") func plainNumbers() {
        var state: UInt64 = 2_026
        func below(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        for _ in 0..<20_000 {
            var text = below(4) == 0 ? "-" : ""
            for _ in 0..<(1 + below(11)) { text += "\(below(10))" }
            if below(5) > 0 {
                text +=
                    "." + ["", "5", "05", "50", "49999999", "4500000001", "4999990", "499999", "45000000000"][below(9)]
                for _ in 0..<below(4) { text += "\(below(10))" }
            }
            let exact = Decimal10(text).flatMap { $0.pence(withinMillionths: 1) }.map(Money.init(pence:))
            let bytes = Array(text.utf8)
            if let short = AmountReader.plainNumber(bytes.span) { #expect(short == exact, "\(text)") }
        }
    }
}
