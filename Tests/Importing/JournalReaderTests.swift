import Foundation
@testable import Importing
import Findings
import Ledger
import Agreements
import Sharing
import Sheets
import Sterling
import Testing

/// Journals are read in two ways, a fast one and a careful one, which must be one.
@Suite struct JournalReaderTests {
    private static let chart = Chart(
        partnership: "Two",
        members: [Member(name: Name("ash"), label: "Ash Borough"), Member(name: Name("elm"), label: "Elm")],
        host: Name("ash"),
        contributors: [Contributor(name: Name("police"), label: "Police")],
        headings: [
            Heading(name: Name("pay"), label: "Pay", kind: .cost),
            Heading(name: Name("fees"), label: "Fees", kind: .income),
        ],
        funds: [Fund(name: Name("dfe"), label: "DfE", holder: Name("ash"))])

    private func read(_ text: String) throws -> (postings: [String], findings: [String]) {
        var tables = YearTables(ledger: GeneralLedger(chart: Self.chart, year: FinancialYear(startYear: 2018)))
        try tables.readJournals(FileContent(Array(text.utf8), name: "journals.csv"), file: "journals.csv")
        return (
            tables.ledger.postings.map(describe), tables.findings.map { "\($0.code.rawValue) \($0.place?.cell ?? "")" }
        )
    }

    private func describe(_ posting: Posting) -> String {
        "\(posting.journal ?? "") \(posting.period) \(posting.ledgerOf) \(posting.concerning?.text ?? "-") "
            + "\(posting.date?.description ?? "-") \(posting.from) \(posting.to) \(posting.amount) "
            + "\(posting.description) \(posting.place.cell ?? "")"
    }

    private static let header = "journal,period,ledger of,from,to,amount,reason,date,concerning\n"

    /// The same rows, plain and in spellings that only the careful way reads.
    private func rows(plain: Bool) -> String {
        (0..<400).map { n in
            let (from, to) = [
                ("cash", "pay"), ("fees", "cash"), ("police", "cash"), ("cash", "dfe"), ("suspense", "pay"),
                ("reserve", "cash"),
            ][n % 6]
            let pence = n * 7 + 1
            let amount = "\(pence / 100).\(pence % 100 < 10 ? "0" : "")\(pence % 100)"
            let fields = [
                "J\(n)", plain ? "P\(n % 12 + 1)" : "\(n % 12 + 1)", plain ? "elm" : " Elm", from,
                plain ? to : to.uppercased(),
                plain ? (n % 5 == 0 ? "-" : "") + amount : n % 5 == 0 ? "(\(amount))" : "£\(amount)",
                "Reason \(n % 9)", n % 3 == 0 ? "" : plain ? "2018-05-\(n % 20 + 10)" : "\(n % 20 + 10)/05/2018",
                n % 4 == 0 ? (plain ? "ash" : "ASH BOROUGH") : "",
            ]
            return fields.joined(separator: ",") + "\n"
        }.joined()
    }

    @Test("Plain rows and rows of other spellings become the same postings") func alike() throws {
        let plain = try read(Self.header + rows(plain: true)), careful = try read(Self.header + rows(plain: false))
        // A fifth of them have a minus, which is told once.
        for findings in [plain.findings, careful.findings] {
            #expect(findings.count == 1 && findings.first?.contains("W0437") ?? false, "\(findings)")
        }
        #expect(plain.postings.count == 400)
        #expect(plain.postings == careful.postings)
    }

    @Test("A bad row among a thousand good ones is found where it stands, and the others are read") func bad() throws {
        func good(_ numbers: Range<Int>) -> String {
            numbers.map { "J\($0),P1,ash,cash,pay,1.00,Reason,,\n" }.joined()
        }
        let bad =
            "B1,P1,ash,cash,pay,001.00,Reason,,\nB2,P1,ash,cash,pay,N/A,Reason,,\nB3,P77,ash,cash,pay,1.00,Reason,,\n"
            + "B4,P1,ask,cash,pay,1.00,Reason,,\nB5,P1,ash,police,pay,1.00,Reason,,\nB6,P1,ash,cash,pay,1.00,,,\n"
            + "B7,P1,ash,cash,pay,1.00,Reason,,,extra\n,P1,ash,cash,pay,1.00,Reason,,\n"
        let read = try read(Self.header + good(0..<500) + bad + good(500..<1_000))
        #expect(read.postings.count == 1_001)
        #expect(
            read.findings.count == 8
                && Set(read.findings) == [
                    "E0227 J508", "E0240 F502", "E0240 F503", "E0243 B504", "E0238 C505", "E0248 E506", "E0245 G507",
                    "E0245 A509",
                ])
    }

    @Test("A journal entered twice is told with both places, one of several rows is not") func twice() throws {
        let read = try read(
            Self.header + "J1,P1,ash,cash,pay,1.00,Reason,,\nJ1,P1,ash,cash,pay,2.00,Reason,,\n"
                + "J2,P1,ash,cash,pay,1.00,Reason,,\nJ1,P1,ash,cash,pay,1.00,Other,,\n"
                + "J1,P1,Ash,cash,pay,£2.00,Reason,,\n")
        #expect(read.postings.count == 5 && read.findings == ["W0258 F6"])
    }

    @Test("An empty table and one without its columns are told") func headers() throws {
        #expect(try read("").findings.count == 1)
        #expect(try read("journal,period\nJ1,P1\n").findings.count == 5)
        #expect(try read(Self.header).findings.isEmpty)
    }
}
