import Foundation
import Testing

/// Forecasts, year-end entries and contributions of a small partnership, worked out by hand.
@Suite struct PapersTests {
    private static let agreement = """
        partnership "Papers"
        members ash elm
        host ash
        books in journals
        contributors police
        signs funding positive, expenditure positive
        section "Funding"
          approved budget "Own"
          from police "Police"
          income fees "Fees"
        section "Costs"
          cost pay "Pay"
          cost training "Training"
          net outturn "Net"
          brought forward "In"
          to reserves "To reserves"
          carried forward "Out"
        contribution approved budget of each member, stays
        contribution £120 from police to ash, monthly, stays
        rule "Everything"
          for anything else
          take rest from members equally
        surplus of each member to its reserve
        deficit of each member from its reserve, at most balance; rest from its general fund
        """

    private func run(_ command: String, _ files: [String: String]) throws -> Project.Run {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files.merging(["agreement": Self.agreement], uniquingKeysWith: { first, _ in first }) {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        return try Project.run(Project.words(command), in: folder)
    }

    private static let journal = "journal,period,ledger of,from,to,amount,reason\n"

    /// The row of that label in a table written as CSV.
    private func row(_ label: String, _ csv: String) -> [String] {
        csv.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }.first { $0[0] == label }.map { Array($0.dropFirst()) } ?? []
    }

    @Test("To P3 a line goes on straight, as last year did, or as typed, and never below what is ordered")
    func forecast() throws {
        let files = [
            "2019-20/journals.csv": Self.journal
                + "J1,P2,ash,cash,training,100.00,Courses\nJ2,P9,ash,cash,training,300.00,Courses\n",
            "2020-21/journals.csv": Self.journal
                + "J1,P1,ash,cash,pay,100.01,Pay\nJ2,P3,ash,cash,training,50.00,Courses\n"
                + "J3,P2,elm,fees,cash,10.00,Fees\nJ4,P4,ash,cash,pay,999.00,Later\n",
            "2020-21/budget.csv":
                "line,ash,elm,total\napproved budget,10.00,20.00,30.00\npay,,,500.00\ntraining,,,180.00\n",
            "2020-21/virements.csv":
                "number,period,from,to,amount,agreed by,reason\nV1,P2,pay,training,25.00,members,More courses\n"
                + "V2,P5,pay,training,99.00,members,Later\n",
            "2020-21/commitments.csv": "line,amount,reference\npay,400.00,Agency\n",
            "2020-21/forecast.csv": "line,method,amount,reason\nfees,typed,75.00,Two courses in May\n",
        ]
        let csv = try run("forecast . --to P3 --format csv", files).output
        // Original, virements, revised, actual, committed, forecast, variance, direction, variance from original, by.
        #expect(
            row("Pay", csv)
                == [
                    "500.00", "-25.00", "475.00", "100.01", "400.00", "500.01", "25.01", "adverse", "0.01",
                    "\"straight line, raised to actual and commitments\"",
                ].flatMap { $0.split(separator: ",").map(String.init) })
        #expect(row("Training", csv).prefix(7) == ["180.00", "25.00", "205.00", "50.00", "0.00", "200.00", "-5.00"])
        #expect(row("Fees", csv)[5] == "75.00" && row("Fees", csv).last == "typed: Two courses in May")
        #expect(row("Police", csv)[5] == "120.00" && row("Own", csv)[5] == "30.00")
        let profile = try run("forecast . --to P3 --method profile --format csv", files).output
        // A quarter of last year's 400.00 had come by P3.
        #expect(row("Training", profile)[5] == "200.00" && row("Training", profile).last == "last year's profile")
        #expect(row("Pay", profile).joined().contains("last year has no profile"))
    }

    @Test("Year-end entries count in their year, and the next takes them back") func closing() throws {
        let files = [
            "2019-20/journals.csv": Self.journal + "J1,P2,ash,cash,pay,100.00,Pay\n",
            "2019-20/closing.csv":
                "kind,ledger of,line,amount,document,reason\naccrual,ash,pay,30.00,A1,March\n"
                + "prepayment,elm,pay,4.00,P1,April\nreceipt in advance,ash,fees,7.00,R1,April\n"
                + "debtor,ash,police,120.00,D1,Not paid yet\n",
            "2020-21/journals.csv": Self.journal
                + "J1,P2,ash,cash,pay,100.00,Pay\nJ2,P2,ash,police,cash,240.00,Both years\n",
        ]
        let first = try run("statement . --year 2019-20 --format csv", files).output,
            second = try run("statement . --format csv", files).output
        func total(_ label: String, _ csv: String) -> String? {
            csv.split(whereSeparator: \.isNewline).first { $0.contains(",\(label),") || $0.contains(",\"\(label)\",") }?
                .split(separator: ",").last.map(String.init)
        }
        #expect(
            total("Pay", first) == "126.00" && total("Fees", first) == "-7.00" && total("Police", first) == "120.00")
        #expect(
            total("Pay", second) == "74.00" && total("Fees", second) == "7.00" && total("Police", second) == "120.00")
    }

    @Test("Contributions tell what is due, open with its age, early and written off") func contributions() throws {
        let files = [
            "2020-21/journals.csv": Self.journal + "J1,P2,ash,police,cash,60.00,Half\n",
            "2020-21/invoices.csv":
                "invoice,from,to,date,due,net,vat,vat treatment,received,received on,written "
                + "off\nI1,police,ash,2020-05-01,2020-06-01,60.00,12.00,standard-rated,50.00,2020-06-10,\n"
                + "I2,police,ash,2020-09-01,2020-12-20,30.00,0.00,,,,5.00\n"
                + "I3,police,ash,2021-03-01,2021-05-01,30.00,0.00,,30.00,2021-03-15,\n"
                + "I4,police,ash,2021-04-10,2021-05-01,30.00,0.00,,,,\n",
        ]
        let whole = try run("contributions . --format csv", files).output
        // Agreed last year, agreed, posted, invoiced, VAT, received, written off, outstanding, over 30, over 90, in
        // advance, borne by.
        #expect(
            row("police to ash", whole) == [
                "120.00", "120.00", "60.00", "120.00", "12.00", "80.00", "5.00", "47.00", "47.00", "47.00", "30.00",
                "ash",
            ])
        let december = try run("contributions . --to P9 --format csv", files).output
        #expect(
            row("police to ash", december) == [
                "120.00", "120.00", "90.00", "60.00", "90.00", "12.00", "50.00", "5.00", "47.00", "22.00", "22.00",
                "0.00", "ash",
            ])
    }

    @Test("A contributor with a sum and a share: what it pays fills the sum first") func sumAndShare() throws {
        let agreement = Self.agreement.replacingOccurrences(
            of: "rule \"Everything\"",
            with: "rule \"Pay\"\n  for pay\n  take up to £100 from police\n  take rest from ash\n\nrule \"Everything\"")
        let files = [
            "agreement": agreement,
            "2020-21/journals.csv": Self.journal
                + "J1,P2,ash,cash,pay,250.00,Pay\nJ2,P5,ash,police,cash,150.00,Sum and a part\n"
                + "J3,P7,elm,police,cash,70.00,The rest\n",
        ]
        let csv = try run("statement . --format csv", files).output
        #expect(csv.contains("Funding,Police,120.00,0.00,120.00"))
        #expect(csv.contains("Costs,Met by partners,100.00,0.00,100.00"))
        #expect(try run("check .", files).output.contains("police to elm: agreed is 0.00, posted is 70.00"))
        let recharges = try run("recharges .", files).output
        // Police pays 30 of its share to ash and 70 to elm, which passes its part on; ash bears 150 of pay.
        #expect(recharges.contains("elm pays ash 70.00"))
    }

    @Test("A member that is invoiced has its row: what it approved, what the other's ledger shows, what is open")
    func invoicedMember() throws {
        let files = [
            "2020-21/budget.csv": "line,ash,elm,total\napproved budget,500.00,400.00,900.00\n",
            "2020-21/invoices.csv": "invoice,from,to,date,due,net,vat,received\n"
                + "I1,elm,ash,2020-05-01,2020-06-01,400.00,0.00,150.00\n",
        ]
        let table = try run("contributions . --format csv", files)
        #expect(
            row("elm to ash", table.output).suffix(9).map { $0 } == [
                "0.00", "400.00", "0.00", "400.00", "150.00", "250.00", "250.00", "250.00", "0.00",
            ], "\(table.output)")
        let checked = try run("check . --code W0431", files)
        #expect(checked.output.contains("invoice I1 to elm was due on 2020-06-01"), "\(checked.output)")
        let own = try run(
            "check . --code E0259",
            [
                "2020-21/invoices.csv": "invoice,from,to,date,due,net,vat,received\n"
                    + "I1,ash,ash,2020-05-01,2020-06-01,4.00,0.00,1.00\n"
            ])
        #expect(own.output.contains("the member invoices itself"), "\(own.output)")
    }
}
