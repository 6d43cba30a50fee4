import Findings
import Foundation
import Importing
import Ledger
import Sheets
import Templates
import Testing

@Suite struct MapSuggestionTests {
    private func suggest(_ csv: String) throws -> MapSuggestion {
        let content = FileContent(Array(csv.utf8), name: "f.csv")
        return try #require(try MapSuggestion.of(content, file: "f.csv").suggestion)
    }

    private func roles(_ suggestion: MapSuggestion) -> [String: String] {
        Dictionary(uniqueKeysWithValues: suggestion.columns.map { ($0.role.rawValue, $0.title) })
    }

    /// What is suggested is a map that can be read, and that reads the file.
    private func isReadable(_ suggestion: MapSuggestion, _ csv: String, rows: Int, sum: String) throws {
        let (map, faults) = ImportMap.parse(suggestion.yaml, file: "m.yaml", name: "m", chart: MapTests.chart)
        #expect(faults.isEmpty, "\(faults.map(\.message))\n\(suggestion.yaml)")
        let file = try FileImport.run(
            FileContent(Array(csv.utf8), name: "f.csv"), file: "f.csv", ledgerOf: Name("ash"),
            maps: [try #require(map)], chart: MapTests.chart,
            year: FinancialYear(startYear: 2018))
        #expect(file.suspense.rows == rows, "\(file.findings.filter { $0.code != .codeUnknown }.map(\.message))")
        #expect("\(file.suspense.sum)" == sum)
        #expect(
            file.findings.allSatisfy { [.codeUnknown, .amountIsText].contains($0.code) },
            "\(file.findings.map(\.message))")
    }

    @Test("A title above, a header that repeats, sub-totals and a total below") func report() throws {
        let csv = """
            Council of Ash,,,,
            Transactions 2018/19,,,,
            Cost Centre,Subjective,Period,Narrative,Value
            AB1,4000,1,Salaries April,"1,200.00"
            AB1,4000,2,Salaries May,"1,200.00"
            Total for AB1,,,,"2,400.00"
            Cost Centre,Subjective,Period,Narrative,Value
            AB2,4100,2,Room hire,50.00-
            Total for AB2,,,,50.00-
            Grand Total,,,,"2,350.00"

            """
        let found = try suggest(csv)
        #expect(found.headerRow == 3)
        #expect(
            roles(found) == [
                "cost centre": "Cost Centre", "code": "Subjective", "period": "Period", "description": "Narrative",
                "amount": "Value",
            ])
        #expect(found.repeatedHeaders == 1)
        #expect(found.codes.map(\.code) == ["4000", "4100"])
        #expect(found.isCreditPositive?.value == false)
        try isReadable(found, csv, rows: 3, sum: "2,350.00")
    }

    @Test("Debits and credits in columns of their own, and the year named by its end") func debitsAndCredits() throws {
        let csv =
            "Account,Period,Trans.date,TransNo,Text,Debit,Credit\n4000,201901,30/04/2018,7,Pay,100.00,\n"
            + "4000,201912,28/03/2019,8,Pay,,25.00\n"
        let found = try suggest(csv)
        #expect(
            roles(found) == [
                "code": "Account", "period": "Period", "date": "Trans.date", "document": "TransNo",
                "description": "Text", "debit": "Debit", "credit": "Credit",
            ])
        #expect(found.periodFormat?.format == .endYear)
        try isReadable(found, csv, rows: 2, sum: "75.00")
    }

    @Test("A column a period becomes rows") func periodColumns() throws {
        let csv =
            "Account,Account Name,Apr-18,May-18,Jun-18,Jul-18\n4000,Pay,100.00,100.00,,50.00\n"
            + "4100,Rooms,,10.00,-5.00,\nTotal,,100.00,110.00,-5.00,50.00\n"
        let found = try suggest(csv)
        #expect(
            found.periodColumns.map { "\($0.period) \($0.title)" } == [
                "P1 Apr-18", "P2 May-18", "P3 Jun-18", "P4 Jul-18",
            ])
        try isReadable(found, csv, rows: 5, sum: "255.00")
    }

    @Test("Where names say nothing, values do, and the map says that it guesses") func byValues() throws {
        let csv =
            "Col A,Col B,Col C,Col D\n4000,30/04/2018,Pay of the month of April,100.10\n"
            + "4000,31/05/2018,Pay of the month of May,100.20\n4100,30/06/2018,Room hire for training,12.00\n"
        let found = try suggest(csv)
        #expect(roles(found) == ["code": "Col A", "date": "Col B", "description": "Col C", "amount": "Col D"])
        #expect(found.periodFormat?.format == .fromDate)
        #expect(found.yaml.contains("a guess"))
        // A map is kept and shared; what people wrote stays out of it.
        #expect(!found.yaml.contains("Room hire"))
        try isReadable(found, csv, rows: 3, sum: "212.30")
    }

    @Test("Amounts with CR beside them, most of them negative") func markers() throws {
        let csv =
            "Ledger Code,Period,Reference,Value\n4000,1,A,12.00CR\n4000,2,B,3.00 CR\n4000,3,C,-7.00\n4000,3,D,-9.00\n"
        let found = try suggest(csv)
        #expect(found.hasMarkers)
        #expect(found.yaml.contains("cr means: credit"))
    }

    @Test("A file without a header is told") func none() throws {
        let content = FileContent(Array("just,some,words\nand,no,figures\n".utf8), name: "f.csv")
        let (suggestion, findings) = try MapSuggestion.of(content, file: "f.csv")
        #expect(suggestion == nil)
        #expect(findings.map(\.code) == [.noMapFits])
    }

    /// Rows as each layout has them: headers, two transactions and the totals it describes.
    static let layouts: [(name: String, csv: String, rows: Int, sum: String)] = [
        (
            "sap-alv",
            "Cost Center,Account,Posting period,Posting Date,Document Number,Text,Amount in local "
                + "currency\n1001,400000,1,30.04.2018,51001,Pay,\"1,234.50\"\n"
                + "1001,420000,2,31.05.2018,51002,Refund,34.50-\n,*,,,,,\"1,200.00\"\n,**,,,,,\"1,200.00\"\n",
            2, "1,200.00"
        ),
        (
            "oracle-gl",
            "Cost Centre,Account,Period,Accounting Date,Journal Name,Line Description,Accounted Debit,Accounted "
                + "Credit\nA1,4000,1,30-APR-2018,J1,Pay,100.00,\nA1,4000,2,31-MAY-2018,J2,Pay,,40.00\n"
                + ",,,,,Total,60.00,\n",
            2, "60.00"
        ),
        (
            "unit4",
            "Account,Costc,Period,Trans.date,TransNo,Text,Amount\n4000,C1,201801,30/04/2018,1,Pay,100.00\n"
                + "Sum 4000,,,,,,100.00\n4100,C1,201802,31/05/2018,2,Rooms,-40.00\nTotal,,,,,,60.00\n",
            2, "60.00"
        ),
        (
            "civica",
            "Cost Centre,Subjective,Period,Date,Reference,Narrative,Debit,Credit\n"
                + "AB,1000,1,30/04/2018,R1,Pay,100.00,0.00\nTotal for AB,,,,,,100.00,0.00\nCost "
                + "Centre,Subjective,Period,Date,Reference,Narrative,Debit,Credit\n"
                + "AC,1000,2,31/05/2018,R2,Pay,0.00,40.00\nTotal for AC,,,,,,0.00,40.00\n"
                + "Grand Total,,,,,,100.00,40.00\n",
            2, "60.00"
        ),
        (
            "integra",
            "Ledger Code,Period,Tran Date,Reference,Description,Value\n4000,1,30/04/2018,I1,Pay,100.00 DR\n"
                + "4000,2,31/05/2018,I2,Refund,40.00 CR\n,,,,Total,60.00 DR\n",
            2, "60.00"
        ),
        (
            "period-columns",
            "Cost Centre,Account,Account Name,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec,Jan,Feb,Mar\n"
                + "A,4000,Pay,100,100,,,,,,,,,,\nA,4100,Rooms,,-40,,,,,,,,,,\n,,Total,100,60,,,,,,,,,,\n",
            3, "160.00"
        ),
        (
            "plain-list",
            "Account,Date,Document,Description,Amount\n4000,30/04/2018,1,Pay,100.00\n"
                + "4000,31/05/2018,2,Refund,(40.00)\n,,,Total,60.00\n",
            2, "60.00"
        ),
    ]

    @Test("Each common layout reads rows as it says, with its totals", arguments: layouts)
    func common(name: String, csv: String, rows: Int, sum: String) throws {
        let yaml = try #require(EmbeddedFile.maps.first { $0.name == name }).file.text
        let (map, faults) = ImportMap.parse(yaml, file: "m.yaml", name: name, chart: MapTests.chart)
        #expect(faults.isEmpty, "\(faults.map(\.message))")
        let file = try FileImport.run(
            FileContent(Array(csv.utf8), name: "f.csv"), file: "f.csv", ledgerOf: Name("ash"),
            maps: [try #require(map)], chart: MapTests.chart,
            year: FinancialYear(startYear: 2018))
        #expect(file.findings.allSatisfy { $0.code == .codeUnknown }, "\(file.findings.map(\.message))")
        #expect(file.suspense.rows == rows)
        #expect("\(file.suspense.sum)" == sum)
        #expect(file.controlTotal == file.suspense.sum)
        #expect(file.subtotalsDiffering == 0)
    }

    @Test("All common layouts are tried above") func allLayouts() {
        #expect(Set(EmbeddedFile.maps.map(\.name)) == Set(Self.layouts.map(\.name)))
    }

    /// As councils publish their spending, with what each does its own way: illustrative rows.
    static let spending = """
        Payments to suppliers over £500,,,,,,
        April to June 2018,,,,,,
        ,,,,,,

        Body Name,Supplier Name,Expense Code,Payment Date,Transaction No,Amount (£),Narrative
        Ash Council,"Venue, Training & Co",4100,05/04/2018,700001,"£1,234.50",Hire of hall – April
        Ash Council,Café Supplies,4100,12/04/2018,700002,(£250.00),Refund
        Ash Council,Print Ltd,4200,30/04/2018,700003,-£10.00,Credit note

        Ash Council,Agency,4300,31/05/2018,700004,"1,000.00-",Correction
        Ash Council,Agency,4300,29/06/2018,700005,"£ 2,000.00",Social worker
        ,,,,,,
        Total,,,,,"£1,974.50",

        """

    @Test(
        "Council spending with pound signs, brackets, blank lines and a total at the foot, in every encoding sent",
        arguments: ["UTF-8", "UTF-8 with a mark", "Windows-1252", "UTF-16"])
    func spending(encoding: String) throws {
        let bytes: [UInt8] =
            switch encoding {
            case "UTF-8": Array(Self.spending.utf8)
            case "UTF-8 with a mark": [0xEF, 0xBB, 0xBF] + Array(Self.spending.utf8)
            case "Windows-1252": Self.spending.unicodeScalars.map { $0 == "–" ? 0x96 : UInt8($0.value) }
            default: [0xFF, 0xFE] + Self.spending.utf16.map { [UInt8($0 & 255), UInt8($0 >> 8)] }.joined()
            }
        let content = FileContent(bytes, name: "f.csv")
        let found = try #require(try MapSuggestion.of(content, file: "f.csv").suggestion)
        #expect(found.headerRow == 5)
        #expect(
            roles(found) == [
                "code": "Expense Code", "date": "Payment Date", "document": "Transaction No",
                "description": "Narrative", "amount": "Amount (£)",
            ])
        let (map, faults) = ImportMap.parse(found.yaml, file: "m.yaml", name: "m", chart: MapTests.chart)
        #expect(faults.isEmpty, "\(faults.map(\.message))\n\(found.yaml)")
        let file = try FileImport.run(
            content, file: "f.csv", ledgerOf: Name("ash"),
            maps: [try #require(map)], chart: MapTests.chart,
            year: FinancialYear(startYear: 2018))
        #expect(file.findings.allSatisfy { $0.code == .codeUnknown }, "\(file.findings.map(\.message))")
        #expect(
            file.postings.map { "\($0.period) \($0.amount)\($0.from == .cash(.member(Name("ash"))) ? "" : " back")" }
                == ["P1 1,234.50", "P1 250.00 back", "P1 10.00 back", "P2 1,000.00 back", "P3 2,000.00"])
        #expect("\(try #require(file.controlTotal))" == "1,974.50")
        #expect(file.postings.first?.description == "Hire of hall – April")
    }

    @Test("A period that names the calendar's month, as the dates prove, is no accounting period of that number")
    func calendarMonths() throws {
        let csv = """
            Account,Date,Period,Amount
            4000,10/06/2018,2018-06,"1,000.00"
            4100,11/07/2018,2018-07,50.00
            4000,10/01/2019,2019-01,200.00

            """
        let found = try suggest(csv)
        #expect(found.periodFormat?.format == .calendarMonth)
        #expect(ImportMap.PeriodFormat.calendarMonth.rawValue == "yyyymm of the calendar")
        try isReadable(found, csv, rows: 3, sum: "1,250.00")
        // June is P3, and January P10.
        let map = try #require(
            ImportMap.parse(found.yaml, file: "m.yaml", name: "m", chart: MapTests.chart).map)
        var file = try FileImport.run(
            FileContent(Array(csv.utf8), name: "f.csv"), file: "f.csv", ledgerOf: Name("ash"), maps: [map],
            chart: MapTests.chart, year: FinancialYear(startYear: 2018))
        #expect(file.takePostings().map(\.period.number) == [3, 4, 10])
    }

    @Test(
        "A column of marks beside unsigned amounts is the sign",
        arguments: [
            ("D/C", "S", "H"), ("Dr/Cr", "DR", "CR"), ("Transaction Type", "debit", "credit"), ("Type", "PI", "PC"),
            ("Debit/Credit", "D", "C"),
        ])
    func marks(title: String, debit: String, credit: String) throws {
        let csv =
            "Account,Period,Doc No,Amount,\(title)\n4000,1,A1,100.00,\(debit)\n4000,2,A2,30.00,\(credit)\n"
            + "4100,3,A3,7.50,\(debit)\n"
        let found = try suggest(csv)
        #expect(found.sign?.column == title && found.sign?.credits == [credit] && found.sign?.debits == [debit])
        #expect(found.isCreditPositive == nil)
        try isReadable(found, csv, rows: 3, sum: "77.50")
    }

    @Test("Amounts that have a sign of their own need no marks") func signedAlready() throws {
        let csv =
            "Account,Period,Doc No,Amount,D/C\n4000,1,A1,100.00,D\n4000,2,A2,-30.00,C\n4100,3,A3,7.50,D\n"
        let found = try suggest(csv)
        #expect(found.sign == nil && found.isCreditPositive?.value == false)
        try isReadable(found, csv, rows: 3, sum: "77.50")
    }

    @Test(
        "Rows whose status is no posting are excluded, for that reason",
        arguments: [
            ("Status", "Posted", "Cancelled"), ("Type", "Actual", "Commitment"), ("Ledger type", "ACT", "Budget"),
        ])
    func status(title: String, posted: String, other: String) throws {
        let csv =
            "Account,Period,Doc No,Amount,\(title)\n4000,1,A1,100.00,\(posted)\n4000,2,A2,30.00,\(other)\n"
            + "4100,3,A3,7.50,\(posted)\n"
        let found = try suggest(csv)
        #expect(found.exclusions.map(\.value) == [other])
        try isReadable(found, csv, rows: 2, sum: "107.50")
    }

    @Test(
        "The column of codes is the one that is called so, however it is written",
        arguments: [
            "G/L Account", "gl_account_code", "AccountCode", "Expense Type", "N/C", "Expenditure Code", "GL ACCOUNT NO",
            "Fund Account Code",
        ])
    func codes(title: String) throws {
        let csv =
            "Entity,Fiscal Year,\(title),Period,Amount\nAsh,2019,4000,1,100.00\nAsh,2019,4100,2,7.50\n"
            + "Ash,2019,4200,3,2.50\n"
        #expect(roles(try suggest(csv))["code"] == title)
    }

    @Test(
        "Periods are read as their systems write them",
        arguments: [
            ("APR-18", "MAY-18", ImportMap.PeriodFormat.calendarMonth), ("1819/01", "1819/02", .startYear),
            ("1", "2", .number),
        ])
    func periods(first: String, second: String, format: ImportMap.PeriodFormat) throws {
        let csv = "Account,Pd,Doc No,Amount\n4000,\(first),A1,100.00\n4100,\(second),A2,7.50\n"
        let found = try suggest(csv)
        #expect(roles(found)["period"] == "Pd" && found.periodFormat?.format == format)
        try isReadable(found, csv, rows: 2, sum: "107.50")
    }

    @Test(
        "A total is a row that the rows above add up to, whatever it is called",
        arguments: [
            ("Total Gas & Power", "Grand Total", "begins Grand Total"), ("Sub-total hygiene", "Total", "begins Total"),
            ("Acme", "Total at 31 March", "begins Total at"),
            ("Total of Hove Ltd", "Total of all rows", "is Total of all rows"),
        ])
    func totals(supplier: String, total: String, test: String) throws {
        let csv =
            "Account,Period,Supplier,Amount\n4000,1,Acme,100.00\n4000,2,\(supplier),7.00\n4100,3,Beta,0.50\n"
            + ",,\(total),107.50\n"
        let found = try suggest(csv)
        #expect(found.controlTotal.map { "\($0.kind.rawValue) \($0.text)" } == test && found.subtotals == nil)
        try isReadable(found, csv, rows: 3, sum: "107.50")
    }

    @Test("Sub-totals are found by what they end in, in the column of codes too") func codeTotals() throws {
        let csv =
            "Account,Period,Text,Amount\n4000,1,a,100.00\n4000,2,b,7.00\n4000 Total,,,107.00\n4100,3,c,0.50\n"
            + "4100,3,d,0.25\n4100 Total,,,0.75\nGrand Total,,,107.75\n"
        let found = try suggest(csv)
        #expect(found.subtotals?.kind == .ends && found.controlTotal?.text == "Grand Total")
        #expect(found.codes.map(\.code) == ["4000", "4100"] && found.codes.map { "\($0.sum)" } == ["107.00", "0.75"])
        try isReadable(found, csv, rows: 4, sum: "107.75")
    }

    @Test("Every row is seen, and each code with what it adds up to") func longFile() throws {
        let rows = (1...5_000).map { "\($0 > 4_500 ? 4100 : 4000),\($0 % 12 + 1),D\($0),1.00\n" }
        let found = try suggest("Account,Period,Doc No,Amount\n" + rows.joined() + "Total,,,5000.00\n")
        #expect(found.codes.map { "\($0.code) \($0.rows) \($0.sum)" } == ["4000 4500 4,500.00", "4100 500 500.00"])
        #expect(found.controlTotal?.text == "Total")
    }

    @Test(
        "What was spent is taken beside what was planned",
        arguments: [
            (
                "Apr Budget,Apr Actual,May Budget,May Actual,Jun Budget,Jun Actual",
                ["Apr Actual", "May Actual", "Jun Actual"]
            ),
            (
                "Apr Actual,May Actual,Jun Forecast,Jul Forecast,Aug Forecast,Sep Forecast",
                ["Apr Actual", "May Actual"]
            ),
            ("Jan-18,Feb-18,Mar-18,Apr-18,May-18,Jun-18", ["Apr-18", "May-18", "Jun-18"]),
            ("Mar-18,Apr-18,May-18,Jun-18,Jul-18,Aug-18", ["Apr-18", "May-18", "Jun-18", "Jul-18", "Aug-18"]),
            ("Apr Budget,May Budget,Jun Budget,Jul Budget,Aug Budget,Sep Budget", []),
        ])
    func months(titles: String, taken: [String]) throws {
        let found = try suggest("Account,Name,\(titles)\n4000,Pay,1,2,3,4,5,6\n4100,Rent,1,2,3,4,5,6\n")
        #expect(found.periodColumns.map(\.title) == taken)
    }

    @Test(
        "Of net, VAT and gross the net is posted, of two sides both, of two currencies the books' own",
        arguments: [
            ("Total Amount,VAT Amount,Amount Net of VAT", "12.00,2.00,10.00", ["net", "vat", "gross"], "10.00"),
            ("Amount Inc VAT,VAT,Amount Exc VAT", "12.00,2.00,10.00", ["net", "vat", "gross"], "10.00"),
            ("Gross Amount,Net Amount", "12.00,10.00", ["net"], "10.00"),
            ("Money In,Money Out", ",10.00", ["debit", "credit"], "10.00"),
            ("Paid out,Paid in", "10.00,", ["debit", "credit"], "10.00"),
            ("YTD Debit,YTD Credit", "10.00,", ["debit", "credit"], "10.00"),
            ("Currency,Amount,Base Amount", "EUR,12.00,10.00", ["amount"], "10.00"),
            ("Annual Budget,Budget to Date,Actual to Date,Variance", "90.00,12.00,10.00,2.00", ["amount"], "10.00"),
            ("Amount (pence)", "1000", ["amount"], "10.00"), ("Actual £000", "0.01", ["amount"], "10.00"),
        ])
    func amounts(titles: String, row: String, roles wanted: [String], sum: String) throws {
        let csv = "Account,Period,Doc No,\(titles)\n4000,1,A1,\(row)\n"
        let found = try suggest(csv)
        let ways = ["amount", "debit", "credit", "net", "vat", "gross"]
        #expect(Set(roles(found).keys).intersection(ways) == Set(wanted), "\(roles(found))")
        try isReadable(found, csv, rows: 1, sum: sum)
    }

    @Test("A credit column whose every figure is below zero says credit twice") func negativeCredits() throws {
        let csv =
            "Account,Period,Doc No,Debit,Credit\n4000,1,A1,100.00,0.00\n4100,2,A2,0.00,-30.00\n4000,3,A3,7.50,0.00\n"
            + "Total,,,107.50,-30.00\n"
        let found = try suggest(csv)
        #expect(found.areCreditsNegative && found.controlTotal?.text == "Total")
        try isReadable(found, csv, rows: 3, sum: "77.50")
        #expect(try !suggest(csv.replacing("-30.00", with: "30.00")).areCreditsNegative)
    }

    @Test("Of several columns that could all be the amount none is taken, and the map asks") func question() throws {
        let csv = "Account,Period,Q1 Actual,Q2 Actual\n4000,1,1.00,2.00\n4100,1,3.00,4.00\n"
        let found = try suggest(csv)
        #expect(found.amountsInQuestion == ["Q1 Actual", "Q2 Actual"])
        #expect(found.yaml.contains("Which is the amount? One of: Q1 Actual, Q2 Actual"))
        let faults = ImportMap.parse(found.yaml, file: "m.yaml", name: "m", chart: MapTests.chart).faults
        #expect(faults.map(\.code).contains(.mapAmountWays))
    }

    @Test("A partnership's other maps say what codes are, where they agree; a name alone is no proof") func proposals()
        throws
    {
        let csv =
            "Code,Account name,Period,Amount\n4000,Wages,1,10.00\n4100,Pay,1,20.00\n4200,Rent,2,5.00\n"
            + "4300,Travel,2,7.00\n"
        let chart = Chart(
            partnership: "T", members: [Member(name: Name("ash"), label: "Ash")], host: Name("ash"), contributors: [],
            headings: [Heading(name: Name("pay"), label: "Pay", kind: .cost)])
        func map(_ name: String, _ codes: String) throws -> ImportMap {
            let yaml =
                "recognise: [A]\ncolumns: {code: A, period: P, amount: B}\namounts: debits positive\ncodes:\n" + codes
            return try #require(ImportMap.parse(yaml, file: "maps/\(name).yaml", name: name, chart: chart).map)
        }
        var found = try suggest(csv)
        found.propose(
            from: [
                try map("old", "  \"4000\": expenditure pay\n  \"4200\": expenditure pay\n"),
                try map("new", "  \"4200\": excluded, rent\n"),
            ], chart)
        let lines = found.yaml.split(separator: "\n").map(String.init)
        let known = "  \"4000\": expenditure pay      # as in maps/old.yaml; 1 row of 10.00"
        #expect(lines.contains { $0.hasPrefix(known) })
        #expect(lines.contains { $0.hasPrefix("#  \"4100\": expenditure pay      # by its name alone") })
        #expect(lines.contains { $0.hasPrefix("#  \"4200\": expenditure      # 1 row") })
        #expect(lines.contains { $0.hasPrefix("#  \"4300\": expenditure      # 1 row") })
    }

    @Test("Codes may hold what a map would read otherwise: a slash, a range, a mark of YAML") func oddCodes() throws {
        let codes = ["Fuel/Oil", "R &D", "4000-10", "a *b", "x # y", "say \"so\""]
        let csv =
            "Expense type,Period,Amount\n"
            + codes.map { "\"\($0.replacing("\"", with: "\"\""))\",1,10.00\n" }.joined()
        let found = try suggest(csv)
        #expect(Set(found.codes.map(\.code)) == Set(codes))
        let chart = Chart(
            partnership: "T", members: [Member(name: Name("ash"), label: "Ash")], host: Name("ash"), contributors: [],
            headings: [Heading(name: Name("pay"), label: "Pay", kind: .cost)])
        let yaml = found.yaml.replacing(/(?m)^#\s*(".*"): *expenditure/) { "  \($0.1): expenditure pay" }
        let (map, faults) = ImportMap.parse(yaml, file: "maps/m.yaml", name: "m", chart: chart)
        #expect(!faults.hasErrors, "\(faults.map(\.message))")
        for code in codes { #expect(map?.meaning(costCentre: "", code: code) != nil, "\(code)") }
    }
}
