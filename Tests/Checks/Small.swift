import Books
import Checks
import Findings
import Testing
import Workflow

/// The smallest partnership that a check can be tried on: documents as text, in memory.
///
/// Two boroughs share everything equally; ash keeps books, for both. A test adds or replaces the documents that its
/// check is about.
enum Small {
    static let agreement = """
        partnership "Two boroughs"
        members ash elm
        host ash
        books ash
        contributors police
        signs funding positive, expenditure positive
        statutory child-death-reviews nil
        statutory case-reviews in scr
        statutory training nil

        section "Funding"
          approved budget "General fund"
          from police "Police"
          income fees "Fees"
          total "Total funding"

        section "Expenditure"
          cost pay "Pay"
          cost scr "Case reviews"
          total "Total expenditure"
          met from reserves "Met from reserves"
          net outturn "Net outturn"

        section "Reserves"
          brought forward "Brought forward"
          to reserves "To reserves"
          carried forward "Carried forward"

        contribution approved budget of each member, stays
        contribution £100 from police to ash, stays

        rule "Case reviews"
          for scr, split by member concerned
          take rest from reserve of member concerned, at most balance
          take rest from member concerned

        rule "Everything else"
          for anything else
          take rest from members equally

        surplus of each member to its reserve
        deficit of each member from its reserve, at most balance; rest from its general fund
        """

    static let map = """
        layout: plain
        recognise: [Code, Period, Amount]
        columns: {code: Code, period: Period, date: Date, document: Document, member concerned: Case, amount: Amount}
        amounts: debits positive
        rows: {sub-totals: {column: Document, begins: Sub-total}, control total: {column: Document, is: Total}}
        codes:
          "1": expenditure pay
          "2": income fees
          "3": contribution from police
          "4": expenditure scr
          "5": recharge with elm
          "6": reserve transfer
          "7": reserve balance
        """

    static let header = "Code,Period,Date,Document,Case,Amount\n"

    /// A year in which nothing is to be found.
    static let quiet = [
        "agreement": agreement,
        "maps/plain.yaml": map,
        "2018-19/opening.csv": "reserve of,brought forward\nash,50.00\nelm,0.00\n",
        "2018-19/budget.csv": "line,ash,elm,total\napproved budget,300.00,250.00,550.00\npay,,,600.00\n",
        "2018-19/exports/ash/a.csv": export("1,1,2018-04-10,A1,,600.00", "3,1,2018-04-10,A2,,-100.00"),
    ]

    static func export(_ rows: String...) -> String {
        header + rows.joined(separator: "\n") + "\n,,,Total,,\(total(rows))\n"
    }

    /// Debits above zero, in pounds and pence.
    private static func total(_ rows: [String]) -> String {
        let pence = rows.map { row in
            Int(row.split(separator: ",", omittingEmptySubsequences: false).last!.filter { $0 != "." })!
        }.reduce(0, +)
        let digits = "\(abs(pence))", padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
        return (pence < 0 ? "-" : "") + padded.dropLast(2) + "." + padded.suffix(2)
    }

    /// The findings of a year, `E0406 2018-19/opening.csv!B2`, those of a code alone if one is given, and what the
    /// check of that title looked at.
    static func findings(
        _ documents: [String: String] = [:], without gone: [String] = [], only codes: [Finding.Code] = [],
        year: String? = nil, upTo period: String? = nil
    ) throws -> [String] {
        var all = quiet.merging(documents) { $1 }
        for path in gone { all[path] = nil }
        let work = try YearWork(try Partnership(MemoryStore(all), year: year), upTo: period)
        return work.findings.filter { codes.isEmpty || codes.contains($0.code) }.map {
            "\($0.code.rawValue) \($0.place?.description ?? "-")"
        }
    }

    /// What a check answers: its scope, and the worst that it found.
    static func check(_ title: String, _ documents: [String: String] = [:]) throws -> (scope: String, worst: Severity?)
    {
        let work = try YearWork(try Partnership(MemoryStore(quiet.merging(documents) { $1 })))
        let found = try #require(work.checks.first { $0.title == title }, "no check is called \(title)")
        return (found.result.scope, found.result.worst)
    }
}

@Suite struct SmallTests {
    @Test("The smallest partnership is quiet but for having no last year") func quiet() throws {
        #expect(try Small.findings() == ["N0317 -", "N0422 -"])
    }
}
