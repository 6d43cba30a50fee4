public import Sterling
public import Ledger

/// A partnership's agreement, as its text declares it: who takes part, what the statement prints,
/// and how each cost is shared. `Agreement.parse` makes one; `description` prints it back.
///
/// Every value of this type has passed the analyser: names are declared, every rule ends in a payer
/// without limit, and every heading falls under exactly one rule at any time.
public struct Agreement: Equatable, Sendable {
    public let chart: Chart
    public let layout: StatementLayout
    public let memberships: [Membership]
    public let successions: [Succession]
    public let schemes: [Scheme]
    public let funds: [FundTerm]
    public let contributions: [ContributionTerm]
    public let weights: [WeightSet]
    public let rules: [Rule]
    /// What the partnership's net outturn, taken together, is shared by before each member's own line.
    public let sharedSurplus: SharedDisposal?
    public let sharedDeficit: SharedDisposal?
    public let surplus: [Disposal]
    public let deficit: [Disposal]
    public let floors: [ReserveFloor]
    public let threshold: Threshold?
    /// `virements up to £5,000`: a larger one needs the members' agreement.
    public let virementLimit: Money?
    public let statutory: [StatutoryLine]
    /// `books rbkc wcc`: the members whose exports must be there; all of them unless the agreement says, and none
    /// where it says `books in journals`.
    public let keepsBooks: [Name<Member>]
    /// What it was read from.
    let lines: AgreementLines

    /// The weights that hold on a day: the last version that has begun.
    public func weights(_ name: Name<WeightSet>, on date: CalendarDate) -> WeightSet? {
        weights.last { $0.name == name && ($0.from.map { $0 <= date } ?? true) }
    }

    /// The first rule that matches a heading in a month (April is 1): laws 1 and 10.
    public func rule(for heading: Name<Heading>, month: Int, of year: FinancialYear) -> Int {
        let date = year.lastDay(ofMonth: month)
        return rules.firstIndex { $0.covers(heading) && $0.span.contains(date) } ?? rules.count - 1
    }

    /// Whether a heading's costs need a member concerned in a month.
    public func isSplit(_ heading: Name<Heading>, month: Int, of year: FinancialYear) -> Bool {
        rules[rule(for: heading, month: month, of: year)].isSplitByMemberConcerned
    }

    public func fund(_ name: Name<Fund>) -> FundTerm? { funds.first { $0.name == name } }
    public func scheme(_ name: Name<Scheme>) -> Scheme? { schemes.first { $0.name == name } }
    public func floor(of member: Name<Member>) -> Money? {
        (floors.first { $0.member == member } ?? floors.first { $0.member == nil })?.amount
    }
}

/// The line of the agreement that says something. Where it stands is no part of what it says, so
/// two are always equal.
public struct AgreementLine: Hashable, Sendable {
    public let number: Int

    public static func == (a: AgreementLine, b: AgreementLine) -> Bool { true }
    public func hash(into hasher: inout Hasher) {}
}

/// How members split what they pay together: `equally`, `by child-population, by days`.
public struct SplitKey: Hashable, Sendable {
    public let basis: Basis
    /// How a change within the year is reckoned; where nothing changes it says nothing.
    public let timing: Timing?

    public init(_ basis: Basis, _ timing: Timing? = nil) {
        self.basis = basis
        self.timing = timing
    }

    public static let equally = SplitKey(.equally)

    public enum Basis: Hashable, Sendable {
        case equally
        case by(Name<WeightSet>)
        /// In proportion to the members' own approved budgets.
        case byContribution
    }

    public enum Timing: String, Hashable, Sendable {
        /// The whole year's pool, by weight times days of taking part.
        case byDays = "by days"
        /// Each month's part of the pool, by weight times days of taking part in that month.
        case asCostsFall = "as costs fall"
    }
}

/// `weights child-population lbhf 35,150 rbkc 29,801 wcc 44,465, source "ONS mid-year estimates", at 2017-06-30`
///
/// Kept as weights with their source, never as 33.33%. With `from` it takes the place of the earlier
/// weights of that name on that day.
public struct WeightSet: Hashable, Sendable {
    public let name: Name<WeightSet>
    public let values: [Entry]
    public let source: String
    public let date: CalendarDate
    public let from: CalendarDate?
    public let line: AgreementLine

    public struct Entry: Hashable, Sendable {
        public let member: Name<Member>
        public let weight: Int
    }

    /// `nil` where the set gives the member none.
    public func weight(of member: Name<Member>) -> Int? { values.first { $0.member == member }?.weight }
}

/// What some costs have in common: who pays them, line by line.
public struct Rule: Hashable, Sendable {
    public let title: String
    /// When it holds; the accounting period decides.
    public let span: Span
    public let subject: Subject
    /// One pool for each member concerned: law 4.
    public let isSplitByMemberConcerned: Bool
    public let takes: [Take]
    public let line: AgreementLine

    public enum Subject: Hashable, Sendable {
        case headings([Name<Heading>])
        /// A scheme's headings.
        case scheme(Name<Scheme>, [Name<Heading>])
        case anythingElse
    }

    public func covers(_ heading: Name<Heading>) -> Bool {
        switch subject {
        case .headings(let names), .scheme(_, let names): names.contains(heading)
        case .anythingElse: true
        }
    }

    /// Those that it names; none for a rule for anything else.
    public var headings: [Name<Heading>] {
        switch subject {
        case .headings(let names), .scheme(_, let names): names
        case .anythingElse: []
        }
    }

    /// Whether what it takes from a cost depends on the month in which the cost falls.
    package func depends(onMonthsOf year: FinancialYear, _ agreement: Agreement) -> Bool {
        takes.contains { take in
            switch take.payer {
            case .group(let names, let key), .reserves(let names, let key):
                key.timing == .asCostsFall && agreement.changes(names, key, within: year)
            case .fund(let name):
                agreement.fund(name)!.life != .always
            case .party, .directly, .memberConcerned, .reserveOfMemberConcerned, .reserve, .lead: false
            }
        }
    }
}

/// `take 80% from eu-grant, at most £400,000`
public struct Take: Hashable, Sendable {
    public let amount: Amount
    public let payer: PayerClause
    public let limit: Limit?
    /// `each at least £2,000`: no payer of the group bears less, as long as there is enough for all.
    public let eachAtLeast: Money?
    /// `each at most £9,000`: what a payer of the group can't bear passes to the next line.
    public let eachAtMost: Money?
    public let line: AgreementLine

    public init(
        amount: Amount, payer: PayerClause, limit: Limit? = nil, eachAtLeast: Money? = nil, eachAtMost: Money? = nil,
        line: AgreementLine
    ) {
        self.amount = amount
        self.payer = payer
        self.limit = limit
        self.eachAtLeast = eachAtLeast
        self.eachAtMost = eachAtMost
        self.line = line
    }

    public enum Amount: Hashable, Sendable {
        case rest
        /// Of the pool's total; `written` is how the agreement puts it: `80%`, `1/3`, `45 of 80 days`.
        case share(Fraction, written: String)
        case fixed(Money)
        /// Up to the year's budget of the pool's headings, virements included.
        case budget
    }

    public enum PayerClause: Hashable, Sendable {
        case party(Party)
        /// Met by the member outside its contributions: a saving stays with it, and moves nobody's net outturn.
        case directly(Name<Member>)
        case memberConcerned
        case reserveOfMemberConcerned
        case reserve(Name<Member>)
        /// `nil` is all members.
        case group([Name<Member>]?, SplitKey)
        case reserves([Name<Member>]?, SplitKey)
        case fund(Name<Fund>)
        /// The lead body of the rule's scheme.
        case lead(Name<Scheme>)
    }

    public enum Limit: Hashable, Sendable {
        case money(Money)
        case balance
        /// Down to a floor.
        case balanceAbove(Money)
    }

    /// Whether it draws on a balance: a reserve's, or a fund's.
    public var hasBalance: Bool {
        switch payer {
        case .reserve, .reserveOfMemberConcerned, .reserves, .fund: true
        case .party, .directly, .memberConcerned, .group, .lead: false
        }
    }

    /// Whether it can take any amount there is: no cap, no balance, no fixed sum.
    public var isUnlimited: Bool {
        guard limit == nil, eachAtMost == nil, !hasBalance else { return false }
        switch amount {
        case .rest, .share: return true
        case .fixed, .budget: return false
        }
    }
}

/// `deficit of the partnership from risk-pool, at most £50,000; rest from members by contribution`
///
/// By other rules than costs: what the partnership as a whole has over, or lacks.
public struct SharedDisposal: Hashable, Sendable {
    public let takes: [Take]
    public let line: AgreementLine
}

/// `deficit of each member from its reserve, at most balance; rest from its general fund`
public struct Disposal: Hashable, Sendable {
    /// `nil` is each member.
    public let member: Name<Member>?
    public let steps: [Step]
    public let line: AgreementLine

    public struct Step: Hashable, Sendable {
        public let target: Target
        public let limit: Take.Limit?
    }

    public enum Target: Hashable, Sendable { case reserve, generalFund }
}

/// `floor £20,000 of reserve of each member`: what a reserve should not fall below.
public struct ReserveFloor: Hashable, Sendable {
    public let amount: Money
    /// `nil` is each member.
    public let member: Name<Member>?
    public let line: AgreementLine
}

/// `threshold £1,000 or 10%`: which variances need an explanation.
public struct Threshold: Hashable, Sendable {
    public let amount: Money?
    public let percentage: Fraction?
    public let percentageWritten: String?
    /// Both must be passed, not either.
    public let needsBoth: Bool

    public func isPassed(by variance: Money, of budget: Money) -> Bool {
        let size = Fraction(pence: variance.magnitude)
        let byAmount = amount.map { size > Fraction(pence: $0) }
        let byShare = percentage.map { size > $0 * Fraction(pence: budget.magnitude) }
        switch (byAmount, byShare) {
        case (let a?, let b?): return needsBoth ? a && b : a || b
        case (let a?, nil): return a
        case (nil, let b?): return b
        case (nil, nil): return false
        }
    }
}

/// `statutory case-reviews in scr`, or `statutory child-death-reviews nil`
public struct StatutoryLine: Hashable, Sendable {
    public let item: Item
    /// Empty is a stated nil.
    public let headings: [Name<Heading>]

    public enum Item: String, Hashable, Sendable, CaseIterable {
        case childDeathReviews = "child-death-reviews"
        case caseReviews = "case-reviews"
        case training
    }
}
