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
    /// In the file's order. A body without one, and without a succession, takes part always.
    public let memberships: [Membership]
    /// In the file's order, which need not be that of their days.
    public let successions: [Succession]
    /// In the file's order; so are `funds` and `contributions`.
    public let schemes: [Scheme]
    public let funds: [FundTerm]
    public let contributions: [ContributionTerm]
    /// All versions; of one name, in the order of the days from which they hold.
    public let weights: [WeightSet]
    /// In the file's order, because the first that matches a cost is its rule. The last is for anything else, always.
    public let rules: [Rule]
    /// What the partnership's net outturn, taken together, is shared by before each member's own line.
    public let sharedSurplus: SharedDisposal?
    /// The same for a deficit; either is `nil` where the agreement has no such line.
    public let sharedDeficit: SharedDisposal?
    /// What becomes of a member's surplus: one line for each member, or one for all.
    public let surplus: [Disposal]
    /// What meets a member's deficit: one line for each member, or one for all.
    public let deficit: [Disposal]
    /// In the file's order; `floor(of:)` says which holds.
    public let floors: [ReserveFloor]
    /// `nil` where no variance needs an explanation.
    public let threshold: Threshold?
    /// `virements up to £5,000`: a larger one needs the members' agreement.
    public let virementLimit: Money?
    /// At most one of each item, in the file's order.
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

    /// `nil` where no fund or grant has the name.
    public func fund(_ name: Name<Fund>) -> FundTerm? { funds.first { $0.name == name } }
    /// `nil` where no scheme has the name.
    public func scheme(_ name: Name<Scheme>) -> Scheme? { schemes.first { $0.name == name } }
    /// The floor of the member's own line, else that of each member; `nil` where none is agreed.
    public func floor(of member: Name<Member>) -> Money? {
        (floors.first { $0.member == member } ?? floors.first { $0.member == nil })?.amount
    }
}

/// The line of the agreement that says something. Where it stands is no part of what it says, so
/// two are always equal.
public struct AgreementLine: Hashable, Sendable {
    /// Counts from 1.
    public let number: Int

    /// Always true, so that agreements which say the same are equal wherever their lines stand.
    public static func == (a: AgreementLine, b: AgreementLine) -> Bool { true }
    /// Adds nothing, because all lines are equal.
    public func hash(into hasher: inout Hasher) {}
}

/// How members split what they pay together: `equally`, `by child-population, by days`.
public struct SplitKey: Hashable, Sendable {
    public let basis: Basis
    /// How a change within the year is reckoned; where nothing changes it says nothing.
    public let timing: Timing?

    /// - Parameter timing: `nil` where nothing changes within the year.
    public init(_ basis: Basis, _ timing: Timing? = nil) {
        self.basis = basis
        self.timing = timing
    }

    /// Without a timing: for a group that is the same all year.
    public static let equally = SplitKey(.equally)

    /// What the shares are in proportion to.
    public enum Basis: Hashable, Sendable {
        case equally
        case by(Name<WeightSet>)
        /// In proportion to the members' own approved budgets.
        case byContribution
    }

    /// How a change of members or weights within the year is reckoned, in the agreement's own words.
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
    /// In the line's order.
    public let values: [Entry]
    /// Whose figures they are, as the line quotes it: `ONS mid-year estimates`.
    public let source: String
    /// The day that the figures are of.
    public let date: CalendarDate
    /// The first day on which they hold; `nil` for the first version, which has none before it.
    public let from: CalendarDate?
    public let line: AgreementLine

    /// A member's weight, a whole number: with 0 it pays nothing.
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
    /// In their order: each takes from what those before it left, and the last leaves nothing.
    public let takes: [Take]
    public let line: AgreementLine

    /// The headings that the rule names.
    public enum Subject: Hashable, Sendable {
        case headings([Name<Heading>])
        /// A scheme's headings.
        case scheme(Name<Scheme>, [Name<Heading>])
        case anythingElse
    }

    /// Whether a heading is one of its own. All are of a rule for anything else, because it comes after the others.
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
    /// `at most £400,000`, of the whole line; `nil` where it says none.
    public let limit: Limit?
    /// `each at least £2,000`: no payer of the group bears less, as long as there is enough for all.
    public let eachAtLeast: Money?
    /// `each at most £9,000`: what a payer of the group can't bear passes to the next line.
    public let eachAtMost: Money?
    public let line: AgreementLine

    /// Takes its parts as they are; the analyser refuses those that don't go together.
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

    /// What the line asks for, before anything limits it.
    public enum Amount: Hashable, Sendable {
        case rest
        /// Of the pool's total, or for a grant of what of it is eligible, with what was given in kind; `written` is how
        /// the agreement puts it: `80%`, `1/3`, `45 of 80 days`.
        case share(Fraction, written: String)
        /// Up to this sum; all that is left, where that is less.
        case fixed(Money)
        /// Up to the year's budget of the pool's headings, virements included.
        case budget
    }

    /// Who pays, as the line says it after `from`.
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

    /// What the line says after `at most`.
    public enum Limit: Hashable, Sendable {
        /// Of the pool, of a grant over its life, or of a member's surplus or deficit.
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

    /// Whether it says the most that members pay.
    var capsMembers: Bool {
        let isCapped = eachAtMost != nil || { if case .money? = limit { true } else { false } }()
        return switch payer {
        case .party(.member), .directly, .memberConcerned, .group, .lead: isCapped
        case .party(.contributor), .reserve, .reserves, .reserveOfMemberConcerned, .fund: false
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
    /// In their order, as in a rule.
    public let takes: [Take]
    public let line: AgreementLine
}

/// `deficit of each member from its reserve, at most balance; rest from its general fund`
public struct Disposal: Hashable, Sendable {
    /// `nil` is each member.
    public let member: Name<Member>?
    /// In their order; each acts on what those before it left, and the last has no limit.
    public let steps: [Step]
    public let line: AgreementLine

    /// `from its reserve, at most balance`: a part of the line.
    public struct Step: Hashable, Sendable {
        public let target: Target
        /// `nil` where it takes all that is left.
        public let limit: Take.Limit?
    }

    /// Where a surplus goes, or a deficit is met from: the member's own.
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
    /// `nil` where the line names a percentage alone.
    public let amount: Money?
    /// Of the budget, as a part of 1: 10% is 1/10. `nil` where the line names an amount alone.
    public let percentage: Fraction?
    /// As the line writes it: `10%`.
    public let percentageWritten: String?
    /// Both must be passed, not either.
    public let needsBoth: Bool

    /// Whether a variance needs an explanation: one that is just as large as the threshold doesn't.
    ///
    /// Signs don't matter. Any variance from a budget of zero passes a percentage.
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

    /// What a report must show, by the agreement's words for it.
    public enum Item: String, Hashable, Sendable, CaseIterable {
        case childDeathReviews = "child-death-reviews"
        case caseReviews = "case-reviews"
        case training
    }
}
