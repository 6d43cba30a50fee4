public import Sterling
public import Findings

/// A reserve's balance as it was certified at the year's start, with any adjustment and its reason.
public struct OpeningBalance: Sendable {
    public let broughtForward: Money
    public let adjustment: Money
    public let reason: String
    public let place: Place
    /// The place of the adjustment, where there is one.
    public let adjustmentPlace: Place

    public init(broughtForward: Money, adjustment: Money, reason: String, place: Place, adjustmentPlace: Place) {
        self.broughtForward = broughtForward
        self.adjustment = adjustment
        self.reason = reason
        self.place = place
        self.adjustmentPlace = adjustmentPlace
    }
}

/// A fund's balance as it was certified at the year's start.
public struct FundOpening: Sendable {
    /// Money held for it and not used; below zero where a grant is still to be received.
    public let broughtForward: Money
    public let adjustment: Money
    /// What earlier years used of it: a grant's cap runs over its life.
    public let usedBefore: Money
    public let reason: String
    public let place: Place

    public init(
        broughtForward: Money, adjustment: Money = .zero, usedBefore: Money = .zero, reason: String = "", place: Place
    ) {
        self.broughtForward = broughtForward
        self.adjustment = adjustment
        self.usedBefore = usedBefore
        self.reason = reason
        self.place = place
    }
}

/// Something given that isn't money, with what it is said to be worth.
public struct InKind: Sendable {
    public let from: String
    public let what: String
    public let value: Money
    /// How it was valued: `market hire rate`, `day rate of the post`.
    public let basis: String
    /// The grant whose match it counts towards.
    public let countsFor: Name<Fund>?
    /// Paid in money instead, as for a long vacancy.
    public let cashInLieu: Money
    public let place: Place

    public init(
        from: String, what: String, value: Money, basis: String, countsFor: Name<Fund>?, cashInLieu: Money, place: Place
    ) {
        self.from = from
        self.what = what
        self.value = value
        self.basis = basis
        self.countsFor = countsFor
        self.cashInLieu = cashInLieu
        self.place = place
    }
}

/// A line that a budget can be set for.
public enum BudgetLine: Hashable, Sendable, Codable {
    /// A member's own approved contribution: its general fund line.
    case approvedBudget
    case contribution(Name<Contributor>)
    case heading(Name<Heading>)
}

public struct BudgetLineMember: Hashable, Sendable {
    public let line: BudgetLine
    public let member: Name<Member>

    public init(line: BudgetLine, member: Name<Member>) {
        self.line = line
        self.member = member
    }
}

/// A budget by line and member, each figure with its place.
public struct Budget: Sendable {
    public struct Figure: Sendable {
        public let amount: Money
        public let place: Place

        public init(amount: Money, place: Place) {
            self.amount = amount
            self.place = place
        }
    }

    public var figures: [BudgetLineMember: Figure] = [:]
    /// Lines whose budget is given for the partnership as a whole.
    public var totals: [BudgetLine: Figure] = [:]

    public init() {}

    public func figure(_ line: BudgetLine, _ member: Name<Member>) -> Figure? {
        figures[BudgetLineMember(line: line, member: member)]
    }

    /// The line's budget for the partnership, `nil` where none is given.
    public func total(_ line: BudgetLine, of members: [Member]) -> Money? {
        if let total = totals[line] { return total.amount }
        let given = members.compactMap { figure(line, $0.name)?.amount }
        return given.isEmpty ? nil : given.sum()
    }
}

/// The explanation of a variance, by the line's name.
public struct Explanation: Sendable {
    public let text: String
    public let place: Place

    public init(text: String, place: Place) {
        self.text = text
        self.place = place
    }
}

/// A cost accrued at the end of last year, expected to be reversed and met by its invoice.
public struct AccrualBroughtForward: Sendable {
    public let ledgerOf: Name<Member>
    public let document: String
    public let code: String
    public let amount: Money
    public let place: Place

    public init(ledgerOf: Name<Member>, document: String, code: String, amount: Money, place: Place) {
        self.ledgerOf = ledgerOf
        self.document = document
        self.code = code
        self.amount = amount
        self.place = place
    }
}

/// All of a year's books: what the exports and journals posted, and the documents beside them.
public struct GeneralLedger: Sendable {
    public let chart: Chart
    public let year: FinancialYear
    public var postings = Postings()
    public var openings: [Name<Member>: OpeningBalance] = [:]
    public var fundOpenings: [Name<Fund>: FundOpening] = [:]
    public var inKind: [InKind] = []
    public var budget = Budget()
    public var virements: [Virement] = []
    public var commitments: [Commitment] = []
    public var forecasts: [BudgetLine: ForecastEntry] = [:]
    public var carryForwardRequests: [CarryForwardRequest] = []
    public var invoices: [Invoice] = []
    /// What this year's `closing` table posts, for the year after to take back.
    public var yearEndEntries: [YearEndEntry] = []
    public var explanations: [BudgetLine: Explanation] = [:]
    public var accrualsBroughtForward: [AccrualBroughtForward] = []
    /// What the exports carry on the reserve's own balance-sheet code, credit as above zero.
    public var reserveBalances: [Name<Member>: Money] = [:]
    /// The same, in P0 alone: what the ledger itself brought forward.
    public var reserveBalancesBroughtForward: [Name<Member>: Money] = [:]

    public init(chart: Chart, year: FinancialYear) {
        self.chart = chart
        self.year = year
    }

    /// The same books up to a period; the opening and closing documents stay.
    public func upTo(_ period: Period) -> GeneralLedger {
        var ledger = self
        ledger.postings = postings.upTo(period)
        // These are balances of the whole year.
        ledger.reserveBalances = [:]
        return ledger
    }
}
