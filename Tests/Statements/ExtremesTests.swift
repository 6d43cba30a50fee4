import Findings
import Ledger
import Agreements
import Sharing
import Statements
import Sterling
import Testing

/// No data can trap: what is too large, too early or goes in circles is a finding, or a figure.
@Suite struct ExtremesTests {
    private func text(_ lines: String, rule: String = "take rest from members equally", name: String = "") -> String {
        """
        partnership "Extremes"
        members a b c
        host a
        books in journals
        contributors pol prob
        signs funding positive, expenditure positive
        section "Funding"
          approved budget "Own"
          from pol "Police"
          from prob "Probation"
        section "Costs"
          cost x "X"
          cost y "Y"
          net outturn "Net"
          brought forward "In"
          carried forward "Out"
        contribution approved budget of each member, stays
        \(lines)
        rule "Else"
          for anything else
          \(rule)
        surplus of each member to its reserve
        deficit of each member from its reserve, at most balance; rest from its general fund
        """
    }

    private func run(_ text: String, costs: [Int] = [120_000, 120_000], budget: Int = 300_000, opening: Int = 10_000)
        -> Outturn?
    {
        guard let agreement = Agreement.parse(text, file: "agreement").agreement else { return nil }
        let year = FinancialYear(startYear: 2018)
        guard agreement.faults(in: year, file: "agreement").isEmpty else { return nil }
        var ledger = GeneralLedger(chart: agreement.chart, year: year)
        let place = Place(Place.Source(file: "t", sheet: ""), row: 2, column: 2)
        for (index, pence) in costs.enumerated() {
            ledger.postings.append(
                amount: Money(pence: pence), from: .cash(.member(Name("a"))),
                to: .heading(Name(index.isMultiple(of: 2) ? "x" : "y")), ledgerOf: Name("a"),
                period: Period(index % 12 + 1)!, place: place)
        }
        for member in ["a", "b", "c"] {
            ledger.budget.figures[BudgetLineMember(line: .approvedBudget, member: Name(member))] = Budget.Figure(
                amount: Money(pence: budget), place: place)
            ledger.openings[Name(member)] = OpeningBalance(
                broughtForward: Money(pence: opening), adjustment: .zero, reason: "", place: place,
                adjustmentPlace: place)
        }
        return Outturn(agreement: agreement, ledger: ledger)
    }

    /// Why an agreement doesn't run in the year.
    private func reasons(_ text: String) -> [Finding] {
        let (agreement, faults) = Agreement.parse(text, file: "agreement")
        return faults.filter { $0.severity == .error }
            + (agreement?.faults(in: FinancialYear(startYear: 2018), file: "agreement") ?? [])
    }

    @Test(
        "Odd agreements are refused or run, and what runs nets to zero",
        arguments: [
            "surplus of the partnership to members equally, each at most £10",
            "grant g £100, 2018-04-01 to 2019-03-31, match 20%, unspent carried forward\n"
                + "surplus of the partnership to g",
            "surplus of the partnership to reserve of a",
            "fund g, unspent carried forward\nsurplus of the partnership to g",
            "fund g, unspent returned\nsurplus of the partnership to g, at most £5; rest to members by contribution",
            "pol succeeds prob from 2018-07-01\nprob succeeds pol from 2019-01-01\n"
                + "contribution £10,000 from pol to a, stays",
            "b succeeds a from 2018-07-01\na succeeds b from 2019-01-01", "membership a to 2199-12-31",
            "b succeeds a from 1900-01-01", "prob succeeds pol from 1900-01-01",
            "contribution £10,000 from pol to a, rising 99% a year from 1950-51, stays",
            "contribution £10,000 from pol to a, rising 999999999% a year from 2017-18, stays",
            "weights w a 1 b 0 c 0, source \"s\", at 2018-01-01\nmembership a to 2018-03-31\n"
                + "contribution £900 from pol to members by w, stays",
            "grant g £0, 2018-04-01 to 2019-03-31, unspent returned",
            "weights w a 999,999,999 b 999,999,998 c 1, source \"s\", at 2018-01-01",
        ],
        [
            "take rest from members equally", "take rest from members equally, by days",
            "take rest from b c equally, as costs fall",
            "take 0% from a\n  take rest from members by contribution, by days",
            "take 0 of 5 days from a\n  take rest from c",
            "take up to £0 from pol\n  take rest from members equally, by days, each at least £9,999,999",
        ])
    func runs(lines: String, rule: String) {
        for (costs, budget) in [
            ([120_000, 120_000], 300_000), ([], 300_000), ([999_999_999_999, 999_999_999_999], 0),
            ([1, 2, 3], 900_000_000_000),
        ] {
            let text = text(lines, rule: rule)
            guard let outturn = run(text, costs: costs, budget: budget) else {
                #expect(!reasons(text).isEmpty, "the agreement is refused without a reason")
                continue
            }
            #expect(outturn.settlement.members.map(\.owes).sum() == .zero)
            #expect(outturn.reserves.allSatisfy { !$0.carriedForward.isNegative })
        }
    }

    @Test("Weights that change and change back are reckoned in between") func middle() throws {
        let weights =
            "weights w a 1 b 0 c 0, source \"s\", at 2018-01-01\n"
            + "weights w a 0 b 1 c 0, source \"s\", at 2018-01-01, from 2018-05-01\n"
            + "weights w a 1 b 0 c 0, source \"s\", at 2018-01-01, from 2018-06-01"
        let outturn = try #require(run(text(weights, rule: "take rest from members by w, as costs fall")))
        #expect(outturn.sharing.allocations.map { $0.total(of: .member(Name("b"))).pence }.reduce(0, +) == 120_000)
    }

    @Test("A body that has left pays nothing by contribution, even where the others have none") func gone() throws {
        let outturn = try #require(
            run(
                text("membership c to 2018-04-30", rule: "take rest from members by contribution, as costs fall"),
                costs: [0, 120_000], budget: 0))
        #expect(outturn.sharing.allocations.map { $0.total(of: .member(Name("c"))).pence }.reduce(0, +) == 0)
        #expect(!outturn.sharing.keysWithoutContributions.isEmpty)
    }

    @Test("A ring-fence looks at the headings that earlier rules leave") func fence() {
        let lines = "fund g, for y, unspent carried forward\nrule \"X\"\n  for x\n  take rest from a"
        #expect(run(text(lines, rule: "take rest from g, at most balance\n  take rest from b")) != nil)
    }

    @Test("Growth that no ledger has ends at no trap", arguments: [1, 30]) func growth(years: Int) throws {
        let outturn = try #require(
            run(text("", rule: "take rest from members equally"), costs: [900_000_000_000], budget: 900_000_000_000))
        let forecast = ReserveForecast(
            outturn, ReserveForecast.Assumptions(years: years, funding: (.one, "100%"), costs: (.one, "100%")))
        #expect(forecast.years.count == years + 1)
    }
}
