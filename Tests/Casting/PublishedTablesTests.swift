import Casting
import Findings
import Foundation
import Testing

/// Real tables against what a careful reader finds in them (`tables/README.md`), worked out by hand.
@Suite struct PublishedTablesTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "tables")

    private func check(_ name: String) throws -> TableCheck {
        let (tables, findings) = try TableReader.tables(path: Self.folder.appending(path: name).path)
        #expect(tables.count == 1 && findings.isEmpty)
        return try #require(tables.first.flatMap(TableCheck.init))
    }

    /// `TOTAL: 9 exact, 1 rounding` for each relation of a kind.
    private func tallies(_ check: TableCheck, _ kind: String) -> [String] {
        check.relations.filter { $0.kind == kind }.map {
            "\($0.exact) exact, \($0.rounding) rounding, \($0.errors) wrong"
        }
    }

    @Test("Greater Manchester: the total of ten authorities casts") func gmca() throws {
        let check = try check("gmca_safeguarding_boards_2022-23.tsv")
        #expect(check.findings.isEmpty)
        #expect(check.relations.map(\.description) == ["TOTAL = the sum of 10 lines, Bolton to Wigan"])
    }

    @Test("Thames Valley: one pound is rounding, ten are an error") func thamesValley() throws {
        let check = try check("tvpcc_community_safety_fund_2020-21_2021-22.tsv")
        #expect(check.relations.count == 1)
        #expect(check.findings.map(\.verdict) == [.error, .rounding])
        let error = check.findings[0], rounding = check.findings[1]
        #expect(
            error.place.cell == "C12" && error.printed == "3,039,479" && error.computed == "3,039,469"
                && error.difference == "10")
        #expect(rounding.place.cell == "B12" && rounding.computed == "3,039,480" && rounding.difference == "-1")
    }

    @Test("Lancashire: a total in millions with three decimals holds") func lancashire() throws {
        let check = try check("lancashire_pcc_earmarked_reserves_2019.tsv")
        #expect(check.findings.isEmpty && tallies(check, "total") == ["1 exact, 0 rounding, 0 wrong"])
    }

    @Test("Kent: four years' balances roll forward, and the first opening balance isn't asked for") func kent() throws {
        let check = try check("kent_fire_use_of_reserves_2015-20.tsv")
        #expect(
            check.findings.isEmpty && check.relations.count == 1
                && tallies(check, "roll-forward") == ["4 exact, 0 rounding, 0 wrong"])
    }

    @Test("Bath: two variances, totals within rounding, and the words agree") func bath() throws {
        let check = try check("banes_council_budget_monitor_june_2003.tsv")
        #expect(check.errors.isEmpty)
        #expect(tallies(check, "difference") == ["10 exact, 0 rounding, 0 wrong", "10 exact, 0 rounding, 0 wrong"])
        #expect(
            tallies(check, "total") == ["2 exact, 4 rounding, 0 wrong"]
                && tallies(check, "word") == ["10 exact, 0 rounding, 0 wrong"])
    }

    @Test("Isle of Wight: net, variance the other way, percentages, and nothing false") func isleOfWight() throws {
        let check = try check("iow_fire_safety_revenue_may2004.tsv")
        #expect(check.errors.isEmpty)
        let said = check.relations.map(\.description)
        for relation in [
            "Net To Date £000 = Expenditure To Date £000 + Income To Date £000",
            "Net Budget £000 = Expenditure Budget £000 + Income Budget £000",
            "Expenditure % = Expenditure To Date £000 / Expenditure Budget £000",
            "Income % = Income To Date £000 / Income Budget £000",
        ] {
            #expect(said.contains(relation), "\(relation)")
        }
        #expect(
            said.contains {
                $0.contains("Variance £000") && $0.contains("Net Budget £000") && $0.contains("Net To Date £000")
            })
    }

    @Test("The parish council's swapped digits are found, and the line below them is not blamed") func parish() throws {
        let check = try check("mscc_accounts_ye2019.tsv")
        #expect(check.errors.count == 1)
        let error = try #require(check.errors.first)
        #expect(
            error.place.cell == "C11" && error.printed == "£21,093.03" && error.computed == "21,039.03"
                && error.difference == "54.00")
        #expect(error.cause?.kind == .digitsSwapped && error.confidence == .high)
        #expect(error.evidence.contains("Sub Total"))
    }

    @Test("Lewisham: two totals are 300 too high, and a body that was no contributor adds nothing") func lewisham()
        throws
    {
        let check = try check("lewisham-2015-19.published.csv")
        #expect(check.relations.count == 1)
        #expect(
            check.errors.map(\.place.cell) == ["B11", "C11"]
                && check.errors.allSatisfy { $0.difference == "300" && $0.computed == "182,050" })
        #expect(check.findings.count == 2)
    }

    @Test("Tri-borough: casts within rounding everywhere, sub-totals, net and roll-forward told") func triBorough()
        throws
    {
        let check = try check("tri-borough-2018-19.published.csv")
        #expect(check.errors.isEmpty)
        let said = check.relations.map(\.description)
        for relation in [
            "Total Partner Income = the sum of 5 lines, Metropolitan Police to CCGs (Health)",
            "Total Funding = Sovereign Borough General Fund + Total Partner Income + Training income",
            "Final outturn variance = Total Funding + Total expenditure",
            "Reserves to take forward = Reserves Brought Forward + Contribution to LSCB balance sheet accounts",
            "Total = LBHF + RBKC + WCC",
        ] {
            #expect(said.contains(relation), "\(relation)")
        }
        // Every row's total was looked at: 18 rows.
        #expect(
            check.relations.filter { $0.description == "Total = LBHF + RBKC + WCC" }.map { $0.exact + $0.rounding } == [
                18
            ])
    }
}
