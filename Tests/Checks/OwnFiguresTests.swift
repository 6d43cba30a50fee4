import Checks
import Findings
import Ledger
import Agreements
import Sharing
@testable import Statements
import Sterling
import Testing

/// The one finding that no data can cause, so it stands in no gallery: a statement that doesn't cast.
@Suite struct OwnFiguresTests {
    private func outturn() -> Outturn {
        let (agreement, faults) = Agreement.parse(
            """
            partnership "Own figures"
            members ash elm
            host ash
            signs funding positive, expenditure positive
            section "All"
              approved budget "Own"
              total "Total"
              cost pay "Pay"
              net outturn "Net"
              brought forward "In"
              to reserves "To"
              carried forward "Out"
            contribution approved budget of each member, stays
            rule "All"
              for anything else
              take rest from members equally
            surplus of each member to its reserve
            deficit of each member from its general fund
            """, file: "agreement")
        precondition(agreement != nil, "\(faults.map(\.message))")
        var ledger = GeneralLedger(chart: agreement!.chart, year: FinancialYear(startYear: 2018))
        let place = Place(file: "t")
        for name in ["ash", "elm"] {
            ledger.budget.figures[BudgetLineMember(line: .approvedBudget, member: Name(name))] = Budget.Figure(
                amount: Money(pence: 1_001), place: place)
        }
        ledger.postings = [
            Posting(
                amount: Money(pence: 501), from: .cash(.member(Name("ash"))), to: .heading(Name("pay")),
                ledgerOf: Name("ash"), period: Period(1)!, place: place)
        ]
        return Outturn(agreement: agreement!, ledger: ledger)
    }

    private func codes(_ outturn: Outturn) -> [String] {
        OwnFiguresCheck.run(CheckedYear(outturn: outturn, imports: [], printedTotals: [], lastYear: nil)).findings.map(
            \.code.rawValue)
    }

    @Test("A statement as the program makes it has nothing to find") func sound() { #expect(codes(outturn()).isEmpty) }

    @Test("A penny moved in any row is found", arguments: 0..<7) func moved(row: Int) {
        var outturn = outturn()
        outturn.sections[0].rows[row].amounts[0] += Money(pence: 1)
        #expect(Set(codes(outturn)) == ["E0901"])
    }

    @Test("Every check runs once, in the order listed, each with its own title") func listed() {
        let titles = Checks.all.map { $0.title }
        #expect(titles.count == 27 && Set(titles).count == titles.count)
    }
}
