import Books
import Checks
import Findings
import Foundation
import Ledger
import Sharing
import Sterling
import Statements
import Testing
import Workflow

/// Figures that once came out wrong without a word, each worked out by hand.
@Suite struct SilentFiguresTests {
    private func outturn(
        _ documents: [String: String], _ agreement: (String) -> String = { $0 }, year: String = "2018-19"
    ) throws -> Outturn {
        var all = Small.quiet.merging(documents) { $1 }
        all["agreement"] = agreement(all["agreement"]!)
        return try YearWork(try Partnership(MemoryStore(all), year: year)).outturn
    }

    private func row(_ label: String, _ outturn: Outturn) throws -> [String] {
        try #require(outturn.rows.first { $0.label == label }, "no row \(label)").amounts.map { "\($0)" }
    }

    private func ruled(_ lines: String, heading: String = "anything else") -> (String) -> String {
        { agreement in
            var text = agreement.replacing(
                "rule \"Everything else\"", with: "rule \"Tried\"\n  for \(heading)\n\(lines)\nrule \"Everything else\""
            )
            if heading == "anything else" {
                text =
                    String(text.prefix(upTo: text.range(of: "rule \"Everything else\"")!.lowerBound))
                    + "surplus of each member to its reserve\n"
                    + "deficit of each member from its reserve, at most balance; "
                    + "rest from its general fund\n"
            }
            return text.replacing(
                "  met from reserves", with: "  met from partners \"Met by partners\"\n  met from reserves")
        }
    }

    @Test("A contributor's part of fees lowers what it meets") func contributorWithFees() throws {
        // 600 of pay and 60 of fees: police bears a third of both, 200 less 20.
        let outturn = try outturn(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,600.00", "2,2,2018-05-10,F1,,-60.00", "3,1,2018-04-10,A2,,-280.00")
            ], ruled("  take 1/3 from police\n  take rest from members equally\n"))
        #expect(try row("Met by partners", outturn) == ["180.00", "0.00"])
        // Ash: 300 of its own, 100 declared by police, 40 of fees, less 400 of pay, and 180 met: 220.
        #expect(try row("Net outturn", outturn) == ["220.00", "70.00"])
        #expect(
            Receivables(outturn, asAt: outturn.ledger.year.lastDay(ofMonth: 12)).rows.map { "\($0.agreed)" } == [
                "280.00"
            ])
    }

    @Test("What a member pays for directly moves nobody's net outturn, fees and all") func directWithFees() throws {
        let outturn = try outturn(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,600.00", "2,2,2018-05-10,F1,,-60.00", "3,1,2018-04-10,A2,,-100.00")
            ], ruled("  take rest from elm directly\n"))
        #expect(try row("Met by partners", outturn) == ["0.00", "540.00"])
        #expect(try row("Net outturn", outturn) == ["400.00", "250.00"])
    }

    @Test("A budget counts though nothing was posted to its heading") func budgetOfAVacantPost() throws {
        // Budgets of 500 and 100: 600 of pay is all within them. Without the vacant post's 100 would be elm's alone.
        let rule = ruled("  take up to budget from members equally\n  take rest from elm\n", heading: "pay post")
        let outturn = try outturn(
            ["2018-19/budget.csv": "line,ash,elm,total\npay,,,500.00\npost,,,100.00\n"],
            { rule($0).replacing("  cost scr", with: "  cost post \"Vacant post\"\n  cost scr") })
        #expect(try row("Pay", outturn) == ["300.00", "300.00"])
    }

    @Test("A virement between income and cost leaves the net budget as it is") func virementAcross() throws {
        func budget(_ from: String, _ to: String, _ line: Name<Heading>) throws -> String {
            let outturn = try outturn([
                "2018-19/budget.csv":
                    "line,ash,elm,total\napproved budget,300.00,250.00,550.00\npay,,,600.00\nfees,,,120.00\n",
                "2018-19/virements.csv":
                    "number,period,from,to,amount,agreed by,reason\nV1,P2,\(from),\(to),50.00,members,fees\n",
            ])
            return "\(outturn.ledger.revisedBudget(.heading(line))!)"
        }
        #expect(try budget("fees", "pay", Name("fees")) == "170.00" && budget("fees", "pay", Name("pay")) == "650.00")
        #expect(try budget("pay", "fees", Name("fees")) == "70.00" && budget("pay", "fees", Name("pay")) == "550.00")
    }

    @Test("What a member without books pays the host is paid, on one side") func withoutBooks() throws {
        let paid = [
            "2018-19/exports/ash/a.csv": Small.export(
                "1,1,2018-04-10,A1,,600.00", "5,2,2018-05-10,R1,,-300.00", "3,1,2018-04-10,A2,,-100.00")
        ]
        #expect(try outturn(paid).settlement.members.map { "\($0.owes)" } == ["0.00", "0.00"])
        #expect(try Small.findings(paid, only: [.rechargesUnequal, .ownFiguresDisagree]) == [])
        // What ash pays to elm has gone where nobody sees it.
        let given = [
            "2018-19/exports/ash/a.csv": paid.values.first!.replacing("-300.00", with: "300.00").replacing(
                "Total,,200.00", with: "Total,,800.00")
        ]
        #expect(
            try Small.findings(given, only: [.rechargesUnequal, .ownFiguresDisagree]).map { $0.prefix(5) } == ["E0408"])
    }

    @Test("A reversal is no trend, and neither is a year that stood in credit") func forecasts() throws {
        let closing = "kind,ledger of,line,amount,document,reason\naccrual,ash,pay,600.00,ACC1,not invoiced\n"
        let work = try YearWork(
            try Partnership(
                MemoryStore(
                    Small.quiet.merging([
                        "2017-18/closing.csv": closing,
                        "2017-18/opening.csv": "reserve of,brought forward\nash,0\nelm,0\n",
                        "2017-18/budget.csv": "line,ash,elm\napproved budget,300.00,250.00\n",
                        "2017-18/exports/ash/a.csv": Small.export(
                            "1,1,2017-04-10,A1,,-200.00", "1,9,2017-12-10,A2,,500.00"),
                        "2018-19/exports/ash/a.csv": Small.export("1,2,2018-05-10,A1,,300.00"),
                    ]) { $1 }), year: "2018-19"), upTo: "P2")
        func pay(_ method: ForecastEntry.Method) -> String? {
            Forecast(work.outturn, lastYear: work.lastYear, preferred: method).rows
                .first { $0.line == .heading(Name("pay")) }.map { "\($0.forecast)" }
        }
        // 300 in two months makes 1,800, and the 600 taken back happens once.
        #expect(pay(.straightLine) == "1,200.00")
        #expect(pay(.lastYearsProfile) == "1,200.00")
    }

    @Test(
        "A row keyed twice and taken back is told no more, however that was done",
        arguments: [
            "1,3,2018-06-10,A1,,-600.00", "1,3,2018-06-10,RV7,,-600.00", "",
        ])
    func takenBack(reversal: String) throws {
        let map = Small.map.replacing("amount: Amount}", with: "amount: Amount, description: Text}")
        let header = "Code,Period,Date,Document,Case,Text,Amount\n"
        let rows = ["1,1,2018-04-10,A1,,pay,600.00", "1,1,2018-04-10,A1,,pay,600.00"]
        let fields = reversal.split(separator: ",", omittingEmptySubsequences: false)
        let back = reversal.isEmpty ? [] : [(fields.dropLast() + ["reverses A1", "-600.00"]).joined(separator: ",")]
        let total = "\n,,,Total,,,\(reversal.isEmpty ? "1200.00" : "600.00")\n"
        let journal = "journal,period,ledger of,from,to,amount,reason\nJ1,3,ash,pay,cash,600.00,A1 was keyed twice\n"
        let found = try Small.findings(
            [
                "maps/plain.yaml": map,
                "2018-19/exports/ash/a.csv": header + (rows + back).joined(separator: "\n") + total,
            ].merging(reversal.isEmpty ? ["2018-19/journals.csv": journal] : [:]) { $1 }, only: [.likelyDuplicate])
        #expect(found == [])
    }

    /// What is forecast of pay at the end of May, by straight line, and by which words.
    private func forecast(lastYear closing: String, _ rows: String...) throws -> String {
        let map = Small.map.replacing("sub-totals:", with: "accruals: {column: Document, begins: ACC}, sub-totals:")
        let export = Small.header + rows.joined(separator: "\n") + "\n"
        let work = try YearWork(
            try Partnership(
                MemoryStore(
                    Small.quiet.merging([
                        "maps/plain.yaml": map,
                        "2017-18/closing.csv": "kind,ledger of,line,amount,document,reason\n\(closing)",
                        "2017-18/opening.csv": "reserve of,brought forward\nash,0\nelm,0\n",
                        "2017-18/budget.csv": "line,ash,elm\napproved budget,300.00,250.00\n",
                        "2017-18/exports/ash/a.csv": Small.export("1,1,2017-04-10,A1,,10.00"),
                        "2018-19/exports/ash/a.csv": export,
                    ]) { $1 }), year: "2018-19"), upTo: "P2")
        let rows = Forecast(work.outturn, lastYear: work.lastYear).rows
        let pay = try #require(rows.first { $0.line == .heading(Name("pay")) })
        return "\(pay.forecast) \(pay.method)"
    }

    @Test("What a forecast takes for happening once is what the books say") func oneOffs() throws {
        let accrued = "accrual,ash,pay,600.00,Y1,not invoiced\n", once = ", last year's entries taken back once"
        // Its invoice came: 300 in two months is the trend, and the two cancel out.
        #expect(
            try forecast(lastYear: accrued, "1,1,2018-04-10,A1,,600.00", "1,2,2018-05-10,A2,,300.00")
                == "1,800.00 straight line" + once)
        // Salaries of other amounts are no invoice for it: 5,000 a month, less 600 once.
        #expect(
            try forecast(lastYear: accrued, "1,1,2018-04-10,A1,,5000.00", "1,2,2018-05-10,A2,,5000.00")
                == "59,400.00 straight line" + once)
        // Accrued and taken back month by month is the year's own trend: 100 a month.
        #expect(
            try forecast(
                lastYear: "", "1,1,2018-04-30,ACC1,,100.00", "1,2,2018-05-01,ACC1,,-100.00",
                "1,2,2018-05-10,A2,,100.00", "1,2,2018-05-31,ACC2,,100.00") == "1,200.00 straight line")
        // An accrual of last year's that the export takes back: 150 a month, less 600 once.
        #expect(
            try forecast(
                lastYear: "", "1,1,2018-04-01,ACC0,,-600.00", "1,1,2018-04-10,A1,,150.00", "1,2,2018-05-10,A2,,150.00")
                == "1,200.00 straight line" + once)
    }

    @Test(
        "The members agree, with their minute or without; somebody whose title begins so doesn't",
        arguments: [
            ("members", true), ("Members (Executive, 12 December 2018)", true), ("the board, minute 4", true),
            ("members at their meeting of 12 December", true), ("board secretary", false),
            ("membership officer", false),
        ])
    func agreedBy(who: String, isAgreed: Bool) throws {
        let found = try Small.findings(
            [
                "agreement": Small.agreement.replacing(
                    "contribution approved", with: "virements up to £5\ncontribution approved"),
                "2018-19/budget.csv":
                    "line,ash,elm,total\napproved budget,300.00,250.00,550.00\npay,,,600.00\nscr,,,50.00\n",
                "2018-19/virements.csv":
                    "number,period,from,to,amount,agreed by,reason\nV1,P2,pay,scr,10.00,\"\(who)\",more reviews\n",
            ], only: [.virementOverLimit])
        #expect(found.isEmpty == isAgreed)
    }

    /// A warning or error, the documents that cause it, and what its hint asks for: there, it is gone.
    struct Followed: Sendable, CustomTestStringConvertible {
        let code: Finding.Code
        let documents: [String: String]
        let mended: [String: String]
        var upTo: String?
        var testDescription: String { code.rawValue }
    }

    private static let closing = "kind,ledger of,line,amount,document,reason\n"
    private static let months = Small.export(
        "1,1,2018-04-10,A1,,50.00", "1,2,2018-05-10,A2,,50.00", "1,3,2018-06-10,A3,,50.00")

    static let followed: [Followed] = [
        Followed(
            code: .accrualTwice,
            documents: [
                "2018-19/closing.csv": closing + "accrual,ash,pay,50.00,ACC-1,not invoiced\n",
                "2018-19/exports/ash/a.csv": Small.export("1,12,2019-03-31,acc1,,50.00"),
            ],
            mended: [
                "2018-19/exports/ash/a.csv": Small.export("1,12,2019-03-31,acc1,,50.00", "1,12,2019-03-31,acc1,,-50.00")
            ]
        ),
        Followed(
            code: .accrualTwice,
            documents: [
                "2018-19/accruals.csv": "ledger of,document,code,amount\nash,ACC0,1,60.00\n",
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-01,ACC0,,-60.00", "1,1,2018-04-30,ACC0,,-60.00", "1,1,2018-04-30,A1,,60.00"),
            ],
            mended: [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-01,ACC0,,-60.00", "1,1,2018-04-30,ACC0,,-60.00", "1,1,2018-04-30,A1,,60.00",
                    "1,2,2018-05-30,ACC0,,60.00")
            ]),
        Followed(
            code: .accrualNotReversed,
            documents: [
                "2018-19/accruals.csv": "ledger of,document,code,amount\nash,ACC0,1,60.00\n",
                "2018-19/exports/ash/a.csv": Small.export("1,1,2018-04-01,ACC0,,-60.00"),
            ], mended: ["2018-19/closing.csv": closing + "accrual,ash,pay,60.00,ACC9,still expected\n"]),
        Followed(
            code: .rowTwice, documents: ["2018-19/commitments.csv": "line,amount,reference\npay,7.00,PO1\npay,7,PO1\n"],
            mended: ["2018-19/commitments.csv": "line,amount,reference\npay,7.00,PO1\npay,7,PO2\n"]),
        Followed(
            code: .rowsInTwoFiles,
            documents: ["2018-19/exports/ash/b.csv": Small.export("1,1,2018-04-10,A1,,600.00")],
            mended: ["2018-19/exports/ash/b.csv": Small.export("1,1,2018-04-10,A7,,3.00")]),
        Followed(code: .ledgerStops, documents: ["2018-19/exports/ash/a.csv": months], mended: [:], upTo: "P3"),
        Followed(
            code: .signUnexpected,
            documents: ["2018-19/opening.csv": "reserve of,brought forward\nash,-50.00\nelm,0.00\n"],
            mended: ["2018-19/opening.csv": "reserve of,brought forward\nash,50.00\nelm,0.00\n"]),
        Followed(
            code: .budgetMissing,
            documents: [
                "agreement": Small.agreement.replacing(
                    "  take rest from members equally",
                    with: "  take up to budget from members equally\n  take rest from ash"),
                "2018-19/budget.csv": "line,ash,elm\napproved budget,300.00,250.00\n",
            ], mended: ["2018-19/budget.csv": Small.quiet["2018-19/budget.csv"]!]),
        Followed(
            code: .ruleEnded,
            documents: [
                "agreement": Small.agreement.replacing(
                    "rule \"Everything else\"",
                    with: "rule \"Pay\" to 2018-03-31\n  for pay\n  take rest from ash\n\nrule \"Everything else\"")
            ],
            mended: [
                "agreement": Small.agreement.replacing(
                    "rule \"Everything else\"",
                    with: "rule \"Pay\" to 2019-03-31\n  for pay\n  take rest from ash\n\nrule \"Everything else\"")
            ]),
        Followed(
            code: .likelyDuplicate,
            documents: [
                "2018-19/exports/ash/a.csv": Small.export("1,1,2018-04-10,A1,,6.00", "1,1,2018-04-10,A1,,6.00")
            ],
            mended: [
                "2018-19/answers.csv":
                    "code,place,reason,by,date\nw0414,exports/ash/a.csv!F3,two courses,finance officer,2019-04-30\n"
            ]),
    ]

    @Test("What a hint asks for clears its finding", arguments: followed) func clears(_ case: Followed) throws {
        #expect(try !Small.findings(`case`.documents, only: [`case`.code]).isEmpty)
        let mended = `case`.documents.merging(`case`.mended) { $1 }
        #expect(try Small.findings(mended, only: [`case`.code], upTo: `case`.upTo) == [])
    }

    @Test("An answer is of one place, and of no other file of that name") func answersOnePlace() throws {
        let rows = ["1,1,2018-04-10,A1,,6.00", "1,1,2018-04-10,A1,,6.00"]
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(rows[0], rows[1]),
                "2018-19/answers.csv": "code,place,reason,by,date\nW0414,a.csv!F3,two courses,officer,2019-04-30\n",
            ], only: [.likelyDuplicate, .answerUnused])
        #expect(found == ["W0414 2018-19/exports/ash/a.csv!F3", "N0440 2018-19/answers.csv!A2"])
    }
}
