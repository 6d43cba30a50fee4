import Findings
import Agreements
import Sharing
import Foundation
import Ledger
import Rendering
import Statements
import Sterling
import Testing
import Publishing
import Workflow

/// What the tri-borough year does when something is added to its exports.
@Suite struct YearEndTests {
    /// A copy of the tri-borough folder with a further export for each member named.
    private func work(adding rows: [(member: String, code: String, concerning: String, amount: Money)]) throws
        -> YearWork
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(at: Project.root.appending(path: "Ledgers/tri-borough"), to: folder)
        // The new files aren't listed there, and this is not what these tests are about.
        try FileManager.default.removeItem(at: folder.appending(path: "2018-19/imports.csv"))
        try """
        recognise: [Year-end code, Sum]
        columns: {code: Year-end code, period: Period, member concerned: Case, amount: Sum}
        amounts: debits positive
        codes:
          SCR: expenditure scr
          PAY: expenditure salaries
          RL: recharge with lbhf
          RR: recharge with rbkc
          RW: recharge with wcc
          RT: reserve transfer
          RB: reserve balance
        """.write(to: folder.appending(path: "maps/year-end.yaml"), atomically: true, encoding: .utf8)
        for member in Set(rows.map(\.member)) {
            let lines = rows.filter { $0.member == member }.map {
                "\($0.code),12,\($0.concerning),\(AmountFormat.exact($0.amount))\n"
            }
            try ("Year-end code,Period,Case,Sum\n" + lines.joined()).write(
                to: folder.appending(path: "2018-19/exports/\(member)/year-end.csv"), atomically: true, encoding: .utf8)
        }
        return try YearWork(try Partnership(path: folder.path))
    }

    private func amounts(_ work: YearWork, _ label: String) throws -> [Int] {
        try #require(work.outturn.rows.first { $0.label == label }).amounts.map(\.pence)
    }

    private let review = Money(pence: 1_234_567)

    @Test("A case review of 12,345.67 for LBHF does what law 11 says and nothing else") func caseReview() throws {
        let before = try work(adding: [])
        let after = try work(adding: [("rbkc", "SCR", "lbhf", review)])
        #expect(after.findings.allSatisfy { $0.severity == .note }, "\(after.findings)")
        #expect(try amounts(after, "Serious case reviews") == [1_234_567, 0, 0])
        #expect(try amounts(after, "Serious case reviews met from reserves") == [1_234_567, 0, 0])
        #expect(try amounts(after, "Transfer from reserves: serious case reviews") == [-1_234_567, 0, 0])
        let changes = ["Total expenditure": 1_234_567, "Reserves to take forward": -1_234_567]
        let added = [
            "Serious case reviews", "Serious case reviews met from reserves",
            "Transfer from reserves: serious case reviews",
        ]
        #expect(after.outturn.rows.map(\.label).filter { !added.contains($0) } == before.outturn.rows.map(\.label))
        for row in before.outturn.rows {
            var expected = row.amounts.map(\.pence)
            expected[0] += changes[row.label] ?? 0
            #expect(try amounts(after, row.label) == expected, "\(row.label)")
        }
    }

    @Test("Beyond the reserve, the rest of a case review falls to the member concerned") func beyondReserve() throws {
        let after = try work(adding: [("lbhf", "SCR", "lbhf", Money(pence: 5_000_000))])
        #expect(try amounts(after, "Serious case reviews met from reserves") == [4_521_600, 0, 0])
        let before = try work(adding: [])
        let (nets, netsBefore) = (
            try amounts(after, "Final outturn variance"), try amounts(before, "Final outturn variance")
        )
        let carried = try amounts(after, "Reserves to take forward")
        #expect(nets[0] == netsBefore[0] - 478_400 && nets.dropFirst() == netsBefore.dropFirst())
        #expect(carried[0] == nets[0])
    }

    @Test(
        "Once the proposed recharges and reserve journals are posted, the statement is the same and nothing is owed",
        arguments: [false, true])
    func roundTrip(withReview: Bool) throws {
        let review: [(member: String, code: String, concerning: String, amount: Money)] =
            withReview ? [("rbkc", "SCR", "lbhf", review)] : []
        let before = try work(adding: review)
        let codes = [
            "recharge with lbhf": "RL", "recharge with rbkc": "RR", "recharge with wcc": "RW", "reserve transfer": "RT",
            "reserve balance": "RB",
        ]
        let journals = SettlementRendering.journals(before.outturn)
        #expect(journals.count == 10)
        let after = try work(
            adding: review
                + journals.map { line in
                    (line.ledgerOf, codes[line.meaning]!, "", (line.debit ?? .zero) - (line.credit ?? .zero))
                })
        #expect(before.outturn.rows.map(\.label) == after.outturn.rows.map(\.label))
        #expect(before.outturn.rows.map(\.amounts) == after.outturn.rows.map(\.amounts))
        #expect(after.outturn.settlement.members.map(\.owes) == [.zero, .zero, .zero])
        #expect(after.outturn.settlement.recharges.isEmpty)
        #expect(SettlementRendering.journals(after.outturn).isEmpty)
        #expect(
            !after.findings.contains { $0.severity != .note || $0.code == .reserveJournalUnposted }, "\(after.findings)"
        )
    }

    @Test("A recharge whose other side is missing is an error that names the journals") func unequal() throws {
        let after = try work(adding: [("wcc", "RR", "", Money(pence: 100_00))])
        let finding = try #require(after.findings.first { $0.code == .rechargesUnequal })
        #expect(finding.message.contains("100.00 apart"))
        #expect(finding.message.contains("nothing in RBKC's ledger") && finding.message.contains("in WCC's ledger"))
        #expect(after.document(.pounds).isDraft)
    }

    @Test("What explain lists adds up to every figure of the statement") func trails() throws {
        for work in [
            try work(adding: []),
            try work(adding: [("rbkc", "SCR", "lbhf", review), ("wcc", "SCR", "wcc", Money(pence: 9_000_001))]),
        ] {
            for row in work.outturn.rows {
                for column in work.outturn.members.map(\.label) + ["Total"] {
                    let trail = try work.trail("\(row.label)/\(column)")
                    let listed = trail.parts.map(\.amount).sum()
                    #expect(listed == trail.printed, "\(row.label)/\(column)")
                    for part in trail.parts { try addsUp(part) }
                }
            }
        }
    }

    private func addsUp(_ part: Trail.Part) throws {
        switch part.source {
        case .document: break
        case .postings(let postings): #expect(postings.lines.map(\.amount).sum() == part.amount, "\(part.what)")
        case .share(let share):
            #expect(share.postings.lines.map(\.amount).sum() == share.rowTotal, "\(part.what)")
            #expect((Fraction(pence: part.amount.magnitude) - share.exact.magnitude).magnitude < .one)
        case .parts(let parts):
            if !parts.isEmpty { #expect(parts.map(\.amount).sum().magnitude == part.amount.magnitude, "\(part.what)") }
            for part in parts { try addsUp(part) }
        }
    }

    @Test("Up to a period, only what its exports posted by then is in the statement") func upTo() throws {
        let whole = try YearWork(try Partnership(path: Project.root.appending(path: "Ledgers/tri-borough").path))
        for period in 1...16 {
            let part = try YearWork(
                try Partnership(path: Project.root.appending(path: "Ledgers/tri-borough").path), upTo: "P\(period)")
            let salaries = whole.outturn.ledger.postings.filter {
                $0.period.number <= period && $0.to == .heading(Name("salaries"))
            }.map(\.amount).sum()
            let row = try #require(part.outturn.rows.first { $0.label == "Salary expenditure" })
            #expect(row.total == salaries)
        }
    }
}
