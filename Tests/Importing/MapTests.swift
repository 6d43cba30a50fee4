import Findings
import Foundation
import Importing
import Ledger
import Sheets
import Sterling
import Testing

@Suite struct MapTests {
    static let chart = Chart(
        partnership: "T", members: [Member(name: Name("ash"), label: "Ash"), Member(name: Name("elm"), label: "Elm")],
        host: Name("ash"),
        contributors: [Contributor(name: Name("police"), label: "Police")],
        headings: [
            Heading(name: Name("pay"), label: "Pay", kind: .cost),
            Heading(name: Name("fees"), label: "Fees", kind: .income),
        ],
        funds: [Fund(name: Name("dfe"), label: "DfE grant", holder: Name("ash"))])

    private func run(_ map: String, _ csv: String) throws -> FileImport {
        let (parsed, faults) = ImportMap.parse(map, file: "m.yaml", name: "m", chart: Self.chart)
        guard let parsed else {
            Issue.record("\(faults.map(\.message))")
            throw CancellationError()
        }
        return try FileImport.run(
            FileContent(Array(csv.utf8), name: "f.csv"), file: "f.csv", ledgerOf: Name("ash"), maps: [parsed],
            chart: Self.chart,
            year: FinancialYear(startYear: 2018))
    }

    private func map(_ columns: String, _ more: String = "amounts: debits positive") -> String {
        """
        recognise: [Code]
        columns: {\(columns)}
        \(more)
        codes:
          "1": expenditure pay
          "10-19": expenditure pay
          "X/15": left out, not ours
          "2*": income fees
          "3": contribution from police
          "4": recharge with elm
          "5": receipt of dfe
          "6": transfer to dfe
        """
    }

    /// As `from>to pence`.
    private func flows(_ file: FileImport) -> [String] {
        func name(_ account: Account) -> String {
            switch account {
            case .cash(let party): party.text
            case .heading(let name): name.text
            case .reserve(let name): "reserve-\(name)"
            case .fund(let name): name.text
            case .suspense: "suspense"
            }
        }
        return file.postings.map { "\(name($0.from))>\(name($0.to)) \($0.amount.pence)" }
    }

    @Test("Debits and credits go their ways, in either sign convention") func signs() throws {
        let rows = "Code,P,A\n1,1,5.00\n1,1,-2.00\n20,1,-7.00\n3,1,-9.00\n4,1,1.00\n4,1,-1.00\n"
        let expected = ["ash>pay 500", "pay>ash 200", "fees>ash 700", "police>ash 900", "ash>elm 100", "elm>ash 100"]
        #expect(flows(try run(map("code: Code, period: P, amount: A"), rows)) == expected)
        let turned = "Code,P,A\n1,1,-5.00\n1,1,2.00\n20,1,7.00\n3,1,9.00\n4,1,-1.00\n4,1,1.00\n"
        #expect(
            flows(try run(map("code: Code, period: P, amount: A", "amounts: credits positive"), turned)) == expected)
    }

    @Test("A grant's money comes in as a credit, and what is moved to a fund goes as a debit; either way back is less")
    func funds() throws {
        let file = try run(
            map("code: Code, period: P, amount: A"), "Code,P,A\n5,1,-9.00\n5,1,2.00\n6,1,5.00\n6,1,-1.00\n")
        #expect(flows(file) == ["ash>dfe 900", "dfe>ash 200", "ash>dfe 500", "dfe>ash 100"])
        #expect(file.postings.movements.fundReceipts() == [Name("dfe"): Money(pence: 1_100)])
    }

    @Test("Debit and credit columns; a zero in one of them is blank") func debitCredit() throws {
        let file = try run(
            map("code: Code, period: P, debit: D, credit: C", ""),
            "Code,P,D,C\n1,1,5.00,\n1,1,0.00,2.00\n1,1,,\"(1.00)\"\n1,1,-,3.00\n")
        #expect(flows(file) == ["ash>pay 500", "pay>ash 200", "ash>pay 100", "pay>ash 300"])
    }

    @Test("CR and DR in columns of debits and credits mean what they say") func marksInColumns() throws {
        let file = try run(
            map("code: Code, period: P, debit: D, credit: C", ""),
            "Code,P,D,C\n1,1,5.00DR,\n1,1,,5.00CR\n1,1,5.00CR,\n1,1,,5.00DR\n")
        #expect(flows(file) == ["ash>pay 500", "pay>ash 500", "pay>ash 500", "ash>pay 500"])
    }

    @Test("A total that fills both columns is held against both") func totalsOfBoth() throws {
        let total = "amounts: debits positive\nrows: {control total: {column: P, is: Total}}"
        let rows = "Code,P,D,C\n1,1,5.00,\n1,1,,2.00\n1,1,3.00,\n"
        for (line, codes) in [
            (",Total,8.00,2.00\n", [String]()), (",Total,6.00,\n", []), (",Total,6.00,0.00\n", []),
            (",Total,0.00,6.00\n", ["E0214"]), (",Total,9.00,3.00\n", ["E0214"]), (",Total,7.00,\n", ["E0214"]),
        ] {
            #expect(
                try run(map("code: Code, period: P, debit: D, credit: C", total), rows + line).findings.map(
                    \.code.rawValue) == codes, "\(line)")
        }
    }

    @Test("What is left out needs no amount that can be read") func leftOutFirst() throws {
        let file = try run(
            map("code: Code, cost centre: CC, period: P, amount: A"),
            "Code,CC,P,A\n15,X,1,n/a\n15,X,1,\n1,,1,1.00\n77,,,\n")
        #expect(file.findings.isEmpty, "\(file.findings.map(\.message))")
        #expect(file.all.rows == 2 && file.posted.rows == 1 && file.withoutAmount == 2)
    }

    @Test("A page header may move its columns") func movedHeader() throws {
        let file = try run(
            map("code: Code, period: P, amount: A"), "Code,P,A,B\n1,1,1.00,9.00\nB,A,P,Code\n9.00,2.00,1,1\n")
        #expect(flows(file) == ["ash>pay 100", "ash>pay 200"])
    }

    @Test("Recoverable VAT is left out: net, or gross less VAT") func vat() throws {
        #expect(
            flows(
                try run(map("code: Code, period: P, net: N, vat: V, gross: G"), "Code,P,N,V,G\n1,1,10.00,2.00,12.00\n"))
                == ["ash>pay 1000"])
        #expect(
            flows(try run(map("code: Code, period: P, vat: V, gross: G"), "Code,P,V,G\n1,1,2.00,12.00\n1,1,,12.00\n"))
                == ["ash>pay 1000", "ash>pay 1200"])
    }

    @Test("CR is the ledger's view or the bank's, as the map says") func creditMarks() throws {
        let rows = "Code,P,A\n1,1,5.00CR\n1,1,5.00DR\n"
        #expect(flows(try run(map("code: Code, period: P, amount: A"), rows)) == ["pay>ash 500", "ash>pay 500"])
        #expect(
            flows(try run(map("code: Code, period: P, amount: A", "amounts: debits positive\ncr means: debit"), rows))
                == ["ash>pay 500", "pay>ash 500"])
        #expect(
            flows(try run(map("code: Code, period: P, amount: A", "amounts: credits positive"), rows)) == [
                "pay>ash 500", "ash>pay 500",
            ])
    }

    @Test("The more exact code wins: a cost centre's, then one code, then a range, then a beginning") func codes()
        throws
    {
        let file = try run(
            map("code: Code, cost centre: CC, period: P, amount: A"),
            "Code,CC,P,A\n15,X,1,1.00\n15,Y,1,2.00\n21,Y,1,-3.00\n")
        #expect(flows(file) == ["ash>pay 200", "fees>ash 300"])
        #expect(file.excluded.map(\.reason) == ["not ours"])
        #expect(file.excluded[0].tally.sum == Money(pence: 100))
    }

    @Test("Every row ends as a posting, left out or in suspense, and the sums are the file's") func tallies() throws {
        let file = try run(
            map("code: Code, cost centre: CC, period: P, amount: A"),
            "Title,,,\nCode,CC,P,A\n1,,1,1.00\nCode,CC,P,A\n99,,1,2.50\n15,X,1,4.00\nPage 2 of 2,,,\n1,,99,8.00\n")
        #expect(file.all.rows == 4 && file.all.sum == Money(pence: 1_550))
        #expect(file.posted.sum == Money(pence: 100) && file.suspense.sum == Money(pence: 250))
        #expect(file.excluded.map { "\($0.reason) \($0.tally.sum)" } == ["not ours 4.00", "period not readable 8.00"])
        #expect(file.pageHeaders == 1)
        #expect(file.findings.map(\.code.rawValue).sorted() == ["E0209", "E0210"])
    }

    @Test(
        "Periods in each format",
        arguments: [
            ("pp", "P09", 9), ("pp", "9", 9), ("pp", "13", 13), ("yyyypp from the year's start", "201809", 9),
            ("yyyypp from the year's start", "2018/09", 9),
            ("yyyypp from the year's start", "2018-P12", 12), ("yyyypp from the year's end", "201901", 1),
            ("from date", "30/04/2018", 1), ("from date", "2019-03-31", 12),
        ])
    func periods(format: String, text: String, period: Int) throws {
        let columns = format == "from date" ? "code: Code, date: P, amount: A" : "code: Code, period: P, amount: A"
        let file = try run(
            map(columns, "amounts: debits positive\nperiod format: \(format)"), "Code,P,A\n1,\(text),1.00\n")
        #expect(file.postings.map(\.period.number) == [period], "\(file.findings.map(\.message))")
    }

    @Test(
        "Dates as England writes them",
        arguments: [
            ("30/04/2018", "2018-04-30"), ("30-Apr-18", "2018-04-30"), ("15-OCT-18", "2018-10-15"),
            ("2018-04-30 00:00:00", "2018-04-30"), ("30/04/2018 00:00", "2018-04-30"), ("15-Aug-2018", "2018-08-15"),
            ("1-Sept-2018", "2018-09-01"), ("1.4.2018", "2018-04-01"), ("2018-04-30T13:05:00.000", "2018-04-30"),
            ("30 April 2018", "2018-04-30"),
        ])
    func dates(text: String, date: String) { #expect(CalendarDate(written: text)?.description == date) }

    @Test(
        "No such day is no date",
        arguments: [
            "31/04/2018", "29/02/2018", "2018-13-01", "04/30/2018", "1899-12-31", "x", "", "1/2", "30/04/218", "--",
            "١/٢/٢٠١٨",
        ])
    func noDates(text: String) { #expect(CalendarDate(written: text) == nil) }

    @Test("A header is the same with the blanks of a web page, and a map that the list names decides") func header()
        throws
    {
        let yaml = """
            recognise: [Code, Amount]
            columns: {code: Code, period: Period, amount: Amount}
            amounts: debits positive
            codes:
              "1": expenditure pay
            """
        let maps = try ["one", "two"].map { name in
            try #require(ImportMap.parse(yaml, file: name, name: name, chart: Self.chart).map)
        }
        func run(_ maps: [ImportMap], preferred: String?) throws -> FileImport {
            let csv = "\u{FEFF}Code\u{A0},Period , \u{200B}Amount\n1,1,5.00\n"
            return try FileImport.run(
                FileContent(Array(csv.utf8), name: "f.csv"), file: "f.csv", ledgerOf: Name("ash"), maps: maps,
                chart: Self.chart, year: FinancialYear(startYear: 2018), preferred: preferred)
        }
        #expect(try run([maps[0]], preferred: nil).posted.rows == 1)
        #expect(try run(maps, preferred: "two").map == "two")
        #expect(try run(maps, preferred: nil).findings.map(\.code) == [.severalMapsFit])
        #expect(try run(maps, preferred: "three").findings.map(\.code) == [.severalMapsFit])
    }

    @Test("Marks of a column turn amounts, and totals have a sign of their own") func marks() throws {
        let yaml = """
            recognise: [Code, Amount]
            columns: {code: Code, period: Period, amount: Amount}
            sign: {column: Side, credit: [H]}
            rows: {control total: {column: Code, is: Total}}
            codes:
              "1": expenditure pay
            """
        let map = try #require(ImportMap.parse(yaml, file: "m", name: "m", chart: Self.chart).map)
        let csv = "Code,Period,Side,Amount\n1,1,S,5.00\n1,2,h,2.00\n1,3,,0.00\nTotal,,,3.00\n"
        let file = try FileImport.run(
            FileContent(Array(csv.utf8), name: "f.csv"), file: "f.csv", ledgerOf: Name("ash"), maps: [map],
            chart: Self.chart, year: FinancialYear(startYear: 2018))
        #expect(file.findings.isEmpty, "\(file.findings.map(\.message))")
        #expect("\(file.posted.sum)" == "3.00" && file.controlTotal == file.posted.sum)
    }

    @Test(
        "Totals and balances among the postings are told, whichever words they use",
        arguments: [
            "Report total", "Sum of account 1", "Sub total", "Grand Total", "1 Total", "Opening balance", "B/F",
            "Balance c/fwd",
        ])
    func totalsPosted(text: String) throws {
        let yaml = """
            recognise: [Code, Amount]
            columns: {code: Code, period: Period, description: Text, amount: Amount}
            amounts: debits positive
            rows:
              control total: {column: Code, is: never}
            codes:
              "1": expenditure pay
            """
        let file = try run(yaml, "Code,Period,Text,Amount\n1,1,a,5.00\n1,2,b,2.50\n1,3,\(text),7.25\n")
        #expect(file.findings.map(\.code).contains(.totalPosted), "\(file.findings.map(\.message))")
    }

    @Test("A row that is excluded may be in any currency") func currencies() throws {
        let yaml = """
            recognise: [Code, Amount]
            columns: {code: Code, period: Period, amount: Amount}
            amounts: debits positive
            codes:
              "1": expenditure pay
              "9": excluded, overheads
            """
        let file = try run(yaml, "Code,Period,Amount,Currency\n1,1,5.00,GBP\n9,2,2.50,EUR\n1,3,7.00,EUR\n")
        #expect(file.findings.map { "\($0.code.rawValue) \($0.place?.cell ?? "")" } == ["E0288 D4"])
        #expect("\(file.posted.sum)" == "5.00" && file.excluded.first?.tally.rows == 1)
    }
}
