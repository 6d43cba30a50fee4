import Synchronization
import Findings
import Ledger
import Agreements
import Sharing
import Sterling

/// A small partnership for tests: three members, a contributor, and whatever rules a test gives.
enum Example {
    static func text(_ rules: String, contributions: String = "", weights: String = "") -> String {
        """
        partnership "Example"
        members ash elm oak
        host ash
        contributors police
        signs funding positive, expenditure positive
        section "Funding"
          approved budget "Own"
          from police "Police"
          income fees "Fees"
          total "Total funding"
        section "Costs"
          cost pay "Pay"
          cost training "Training"
          cost scr "Case reviews"
          total "Total costs"
          met from reserves "Met from reserves"
          net outturn "Net"
          brought forward "In"
          to reserves "To reserves"
          carried forward "Out"
        \(weights)
        contribution approved budget of each member, stays
        \(contributions)
        \(rules)
        surplus of each member to its reserve
        deficit of each member from its reserve, at most balance; rest from its general fund
        """
    }

    static let equally = """
        rule "Case reviews"
          for scr, split by member concerned
          take rest from reserve of member concerned, at most balance
          take rest from member concerned
        rule "Rest"
          for anything else
          take rest from members equally
        """

    static func agreement(_ rules: String = equally, contributions: String = "", weights: String = "") -> Agreement {
        let (agreement, faults) = Agreement.parse(
            text(rules, contributions: contributions, weights: weights), file: "agreement")
        guard let agreement else { preconditionFailure("\(faults.map { "\($0.place!) \($0.message)" })") }
        return agreement
    }

    static func faults(_ text: String) -> [String] {
        Agreement.parse(text, file: "agreement").faults.map { "\($0.code.rawValue)@\($0.place!.cell ?? "-")" }
    }

    /// Each posting stands in a row of its own.
    private static let rows = Atomic(0)

    /// More than zero is a cost, or an income on an income heading.
    static func posting(_ heading: String, _ pence: Int, in member: String = "ash", concerning: String? = nil)
        -> Posting
    {
        let row = rows.wrappingAdd(1, ordering: .relaxed).newValue
        let cash = Account.cash(.member(Name(member)))
        let isCost = heading != "fees"
        let forward = (pence >= 0) == isCost
        return Posting(
            amount: Money(pence: abs(pence)), from: forward ? cash : .heading(Name(heading)),
            to: forward ? .heading(Name(heading)) : cash,
            ledgerOf: Name(member), concerning: concerning.map { Name($0) }, period: Period(1)!,
            place: Place(Place.Source(file: "t", sheet: ""), row: row, column: 1))
    }

    static func ledger(_ agreement: Agreement, _ postings: [Posting], openings: [String: Int] = [:]) -> GeneralLedger {
        var ledger = GeneralLedger(chart: agreement.chart, year: FinancialYear(startYear: 2018))
        ledger.postings = Postings(postings)
        let place = Place(file: "opening")
        for (member, pence) in openings {
            ledger.openings[Name(member)] = OpeningBalance(
                broughtForward: Money(pence: pence), adjustment: .zero, reason: "", place: place, adjustmentPlace: place
            )
        }
        return ledger
    }

    /// `payer total` in pence, over all pools.
    static func totals(_ agreement: Agreement, _ postings: [Posting], openings: [String: Int] = [:]) -> [String: Int] {
        var totals: [String: Int] = [:]
        for allocation in CostSharing(agreement: agreement, ledger: ledger(agreement, postings, openings: openings))
            .allocations
        {
            for payer in allocation.payers {
                let sign = allocation.pool.kind == .cost ? 1 : -1
                totals[payer.label(agreement.chart), default: 0] += sign * allocation.total(of: payer).pence
            }
        }
        return totals
    }
}
