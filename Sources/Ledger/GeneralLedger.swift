public import Sterling
public import Findings

/// A reserve's balance as it was certified at the year's start, with any adjustment and its reason.
///
/// Money held is above zero, and the adjustment is added to it. `place` is the cell of what was brought forward.
public struct OpeningBalance: Sendable {
    public let broughtForward: Money
    public let adjustment: Money
    /// Of the adjustment; empty where none is given.
    public let reason: String
    public let place: Place
    /// The place of the adjustment, where there is one.
    public let adjustmentPlace: Place

    /// Takes its parts as they are; the table's reader reports an adjustment without a reason.
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
    /// Added to `broughtForward`; zero where there is none.
    public let adjustment: Money
    /// What earlier years used of it: a grant's cap runs over its life.
    public let usedBefore: Money
    /// Of the adjustment; empty where none is given.
    public let reason: String
    /// The cell of `broughtForward`.
    public let place: Place

    /// Takes its parts as they are; the table's reader reports an adjustment without a reason.
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
    /// The printed label of the member or contributor that gives it; empty in an example of the agreement.
    public let from: String
    public let what: String
    /// Not below zero; where the table has days and a rate, their product.
    public let value: Money
    /// How it was valued: `market hire rate`, `day rate of the post`.
    public let basis: String
    /// The grant whose match it counts towards.
    public let countsFor: Name<Fund>?
    /// Paid in money instead, as for a long vacancy.
    public let cashInLieu: Money
    /// The cell of the value; of the rate in a table without that column.
    public let place: Place

    /// Takes its parts as they are; the table's reader refuses amounts below zero.
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

/// What an `activity` table counts: cases, visits, bed-days.
public enum Activity {}

/// How much of an activity a body had in a period: `case, LBHF, P3, 12`.
public struct ActivityCount: Sendable {
    public let activity: Name<Activity>
    public let party: Party
    public let period: Period
    /// Not below zero, and not always whole: 12, or 3.5 days.
    public let quantity: Fraction
    /// The cell of the quantity.
    public let place: Place

    /// Takes its parts as they are; the table's reader refuses quantities below zero.
    public init(activity: Name<Activity>, party: Party, period: Period, quantity: Fraction, place: Place) {
        self.activity = activity
        self.party = party
        self.period = period
        self.quantity = quantity
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

/// A cell of the budget: a line in a member's column.
public struct BudgetLineMember: Hashable, Sendable {
    public let line: BudgetLine
    public let member: Name<Member>

    /// The cell of a line in a member's column.
    public init(line: BudgetLine, member: Name<Member>) {
        self.line = line
        self.member = member
    }
}

/// A budget by line and member, each figure with its place.
public struct Budget: Sendable {
    /// An amount of the budget, natural: funding and expenditure alike above zero.
    public struct Figure: Sendable {
        public let amount: Money
        public let place: Place

        /// An amount with the cell that it came from.
        public init(amount: Money, place: Place) {
            self.amount = amount
            self.place = place
        }
    }

    /// A cell that is blank, or a dash, has none.
    public var figures: [BudgetLineMember: Figure] = [:]
    /// Lines whose budget is given for the partnership as a whole.
    public var totals: [BudgetLine: Figure] = [:]

    /// A budget without any figure.
    public init() {}

    /// `nil` where the budget gives the member nothing for the line, which is not zero.
    public func figure(_ line: BudgetLine, _ member: Name<Member>) -> Figure? {
        figures[BudgetLineMember(line: line, member: member)]
    }

    /// The line's budget for the partnership, `nil` where none is given.
    public func total(_ line: BudgetLine, of members: [Member]) -> Money? {
        if let total = totals[line] { return total.amount }
        let given = members.compactMap { figure(line, $0.name)?.amount }
        return given.isEmpty ? nil : given.sum()
    }

    /// The first cell that the line's budget stands in; `nil` where none is given.
    public func place(_ line: BudgetLine) -> Place? {
        totals[line]?.place ?? figures.filter { $0.key.line == line }.map(\.value.place).min()
    }
}

/// The explanation of a line's variance.
public struct Explanation: Sendable {
    public let text: String
    public let place: Place

    /// Takes its parts as they are, unchecked.
    public init(text: String, place: Place) {
        self.text = text
        self.place = place
    }
}

/// A cost accrued at the end of last year, expected to be reversed and met by its invoice.
public struct AccrualBroughtForward: Sendable {
    public let ledgerOf: Name<Member>
    /// The number that its reversal carries.
    public let document: String
    /// The ledger's own code, on which it was accrued and is reversed.
    public let code: String
    /// A debit is above zero: so is a cost accrued.
    public let amount: Money
    /// The cell of the amount.
    public let place: Place

    /// Takes its parts as they are, unchecked.
    public init(ledgerOf: Name<Member>, document: String, code: String, amount: Money, place: Place) {
        self.ledgerOf = ledgerOf
        self.document = document
        self.code = code
        self.amount = amount
        self.place = place
    }
}

/// All of a year's books: what the exports and journals posted, and the documents beside them.
///
/// Lists stand in the order of their tables. A dictionary has no entry for what its table doesn't name.
public struct GeneralLedger: Sendable {
    public let chart: Chart
    public let year: FinancialYear
    public var postings = Postings()
    public var openings: [Name<Member>: OpeningBalance] = [:]
    public var fundOpenings: [Name<Fund>: FundOpening] = [:]
    public var inKind: [InKind] = []
    public var budget = Budget()
    public var virements: [Virement] = []
    public var activity: [ActivityCount] = []
    /// What members and contributors bore last year, by the title of the rule; `nil` where the books have no last year.
    public var borneLastYear: [String: [Party: Money]]?
    public var answers: [Answer] = []
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

    /// Books in which nothing stands yet.
    public init(chart: Chart, year: FinancialYear) {
        self.chart = chart
        self.year = year
    }

    /// The same books up to a period; the opening and closing documents stay.
    public func upTo(_ period: Period) -> GeneralLedger {
        var ledger = self
        ledger.postings = postings.upTo(period)
        ledger.activity = activity.filter { $0.period.number <= period.number }
        // These are balances of the whole year.
        ledger.reserveBalances = [:]
        return ledger
    }
}
