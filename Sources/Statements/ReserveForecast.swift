public import Agreements
internal import Sharing
internal import Findings
public import Sterling
public import Ledger

/// Each member's reserve and each fund over the years to come, against the floor that the agreement names.
///
/// Every year is this one again, under the agreement: costs and contributions as posted, with a growth of
/// their own; members come and go, grants end, caps and floors hold, and deficits are met as it says. What
/// a grant gave this year it gives only while it lasts and has something left.
public struct ReserveForecast: Sendable {
    /// This one first, then those to come.
    public let years: [FinancialYear]
    /// In the agreement's order.
    public let members: [Line]
    /// What each fund carries forward, by year.
    public let funds: [(term: FundTerm, carriedForward: [Money])]
    public let assumptions: Assumptions

    /// How far ahead it looks, and what grows by how much a year.
    public struct Assumptions: Sendable {
        /// How many years to come, this one not counted.
        public let years: Int
        /// Growth a year, compounded: 2% is 1/50.
        public let funding: Fraction
        public let costs: Fraction
        /// As they were written, for the reader.
        public let fundingWritten: String
        public let costsWritten: String

        /// - Parameters:
        ///   - years: how many to come.
        ///   - funding: the growth, with the text that it was written as.
        ///   - costs: the same of costs.
        public init(years: Int, funding: (Fraction, String), costs: (Fraction, String)) {
            self.years = years
            (self.funding, fundingWritten) = funding
            (self.costs, costsWritten) = costs
        }
    }

    /// A member's reserve, year by year; money held is above zero.
    public struct Line: Sendable {
        public let member: Name<Member>
        /// This year's, then one a year.
        public internal(set) var carriedForward: [Money]
        /// What of the year's deficit its general fund meets.
        public internal(set) var metFromGeneralFund: [Money]
        /// `nil` where the agreement names none for the member.
        public let floor: Money?

        /// The first of the years in which the reserve ends below its floor.
        public var firstBelowFloor: Int? {
            floor.flatMap { floor in carriedForward.indices.first { carriedForward[$0] < floor } }
        }
    }

    /// The agreement must be fit for the years to come: `Agreement.faults(in:file:)`.
    public init(_ outturn: Outturn, _ assumptions: Assumptions) {
        self.assumptions = assumptions
        years = (0...assumptions.years).map { FinancialYear(startYear: outturn.ledger.year.startYear + $0) }
        var lines = outturn.reserves.map { reserve in
            Line(
                member: reserve.member, carriedForward: [reserve.carriedForward],
                metFromGeneralFund: [reserve.metFromGeneralFund], floor: outturn.agreement.floor(of: reserve.member))
        }
        var funds = outturn.funds.map { (term: $0.term, carriedForward: [$0.carriedForward]) }
        var last = outturn
        var (funding, costs) = (Fraction.one, Fraction.one)
        for year in years.dropFirst() {
            funding = funding * (.one + assumptions.funding)
            costs = costs * (.one + assumptions.costs)
            last = Outturn(
                agreement: outturn.agreement,
                ledger: outturn.ledger.again(in: year, after: last, funding: funding, costs: costs))
            for (index, reserve) in last.reserves.enumerated() {
                lines[index].carriedForward.append(reserve.carriedForward)
                lines[index].metFromGeneralFund.append(reserve.metFromGeneralFund)
            }
            for (index, fund) in last.funds.enumerated() { funds[index].carriedForward.append(fund.carriedForward) }
        }
        members = lines
        self.funds = funds
    }
}

extension GeneralLedger {
    /// The same books in a later year, with what the year before carried forward.
    fileprivate func again(in year: FinancialYear, after last: Outturn, funding: Fraction, costs: Fraction)
        -> GeneralLedger
    {
        var ledger = GeneralLedger(chart: chart, year: year)
        let place = Place(file: "forecast")
        let kinds = Dictionary(uniqueKeysWithValues: chart.headings.map { ($0.name, $0.kind) })
        let grants = Set(last.agreement.funds.filter(\.isGrant).map(\.name))
        // The agreement charges its fees of itself, on the later year's costs.
        let fees = Set(last.agreement.fees.map(\.heading))
        ledger.activity = activity
        ledger.borneLastYear = last.sharing.borneByRule
        for movement in postings.movements {
            var growth = costs
            var isRepeated = true
            for account in [movement.from, movement.to] {
                switch account {
                case .heading(let name):
                    if kinds[name] == .income { growth = funding }
                    if fees.contains(name) { isRepeated = false }
                case .cash(.contributor): growth = funding
                // Reserves move by what the agreement says; a grant is not awarded again.
                case .reserve, .suspense: isRepeated = false
                case .fund(let name): if grants.contains(name) { isRepeated = false }
                case .cash(.member): break
                }
            }
            if movement.rechargePaid != nil { isRepeated = false }
            let amount = (growth * Fraction(pence: movement.amount)).roundedToPence
            guard isRepeated, !amount.isZero else { continue }
            ledger.postings.append(
                amount: amount, from: movement.from, to: movement.to, ledgerOf: movement.ledgerOf,
                concerning: movement.concerning, period: movement.period, place: place)
        }
        for (key, figure) in budget.figures {
            // A body that has left brings nothing.
            if key.line == .approvedBudget, !last.agreement.takesPart(.member(key.member), in: year) {
                ledger.budget.figures[key] = Budget.Figure(amount: .zero, place: place)
                continue
            }
            let grows = if case .heading = key.line { costs } else { funding }
            ledger.budget.figures[key] = Budget.Figure(
                amount: (grows * Fraction(pence: figure.amount)).roundedToPence, place: place)
        }
        for (line, figure) in budget.totals {
            let grows = if case .heading = line { costs } else { funding }
            ledger.budget.totals[line] = Budget.Figure(
                amount: (grows * Fraction(pence: figure.amount)).roundedToPence, place: place)
        }
        for reserve in last.reserves {
            ledger.openings[reserve.member] = OpeningBalance(
                broughtForward: reserve.carriedForward, adjustment: .zero, reason: "", place: place,
                adjustmentPlace: place)
        }
        for fund in last.funds {
            ledger.fundOpenings[fund.term.name] = FundOpening(
                broughtForward: fund.carriedForward, usedBefore: fund.usedToDate, place: place)
        }
        return ledger
    }
}
