public import Findings
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
    /// What bodies bear of all rules together, at most; at most one a body.
    public let capsInAll: [CapInAll]
    /// In the file's order; a heading has at most one.
    public let fees: [Fee]
    /// `settle through rbkc`: the member that all others pay, or are paid by; `nil` where the fewest payments settle.
    public let settlesThrough: Name<Member>?
    /// In the file's order.
    public let texts: [TextClause]
    /// `kind safeguarding children`: by which guidance it reports; `nil` where the agreement doesn't say.
    public let kind: PartnershipKind?
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

    /// Contributors that pay part of a cost under a rule, rather than a declared sum.
    public func paysUnderRule(_ contributor: Name<Contributor>) -> Bool {
        rules.contains { rule in
            rule.takes.contains { parties(of: $0.payer)?.contains(.contributor(contributor)) ?? false }
        }
    }

    /// The bodies that pay, themselves or from their reserves, in the agreement's order; `nil` where that is known of
    /// each case alone, or none of them is a body.
    package func parties(of payer: Take.PayerClause) -> [Party]? {
        switch payer {
        case .party(let party): [party]
        case .directly(let name), .reserve(let name): [.member(name)]
        case .lead(let name): [.member(scheme(name)!.lead)]
        case .group(let group, _): group.parties(chart)
        case .reserves(let names, _): members(names).map { .member($0) }
        case .memberConcerned, .reserveOfMemberConcerned, .fund: nil
        }
    }

    /// A key by which several bodies share what a line takes, or what is pooled.
    package struct KeyUse {
        package let key: SplitKey
        /// In the agreement's order.
        package let parties: [Party]
        package let line: AgreementLine
    }

    /// Of the rules' lines, of a surplus or deficit that is shared, and of contributions that are pooled.
    package var keyUses: [KeyUse] {
        let takes = rules.flatMap(\.takes) + (sharedSurplus?.takes ?? []) + (sharedDeficit?.takes ?? [])
        let ofTakes = takes.compactMap { take in
            take.payer.key.map { KeyUse(key: $0, parties: parties(of: take.payer) ?? [], line: take.line) }
        }
        let ofPooled = contributions.compactMap { term -> KeyUse? in
            guard case .pooled(let key) = term.use else { return nil }
            return KeyUse(key: key, parties: members(nil).map { .member($0) }, line: term.line)
        }
        return ofTakes + ofPooled
    }

    /// Whether any rule takes from a member's reserve.
    public var drawsOnReserves: Bool {
        rules.contains { rule in
            rule.takes.contains { take in
                switch take.payer {
                case .reserve, .reserves, .reserveOfMemberConcerned: true
                case .party, .directly, .memberConcerned, .group, .fund, .lead: false
                }
            }
        }
    }

    /// Whether a heading's costs need a member concerned in a month.
    public func isSplit(_ heading: Name<Heading>, month: Int, of year: FinancialYear) -> Bool {
        rules[rule(for: heading, month: month, of: year)].isSplitByMemberConcerned
    }

    /// The members named, in the agreement's order; `nil` is all.
    package func members(_ names: [Name<Member>]?) -> [Name<Member>] {
        chart.members.map(\.name).filter { names?.contains($0) ?? true }
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

extension Place {
    /// A line of the partnership's agreement, from 1.
    public static func agreement(line number: Int) -> Place { Place(Source(file: "agreement"), row: number) }
}

/// What some costs have in common: who pays them, line by line.
public struct Rule: Hashable, Sendable {
    public let title: String
    /// When it holds; the accounting period decides.
    public let span: Span
    public let subject: Subject
    /// One pool for each member concerned: law 4.
    public let isSplitByMemberConcerned: Bool
    /// `net`: its costs less its income are one pool.
    public let isNet: Bool
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
            case .group(let group, let key):
                key.timing == .asCostsFall && agreement.changes(group.parties(agreement.chart), key, within: year)
            case .reserves(let names, let key):
                key.timing == .asCostsFall
                    && agreement.changes(agreement.members(names).map { .member($0) }, key, within: year)
            case .fund(let name):
                agreement.fund(name)!.life != .always
            case .party, .directly, .memberConcerned, .reserveOfMemberConcerned, .reserve, .lead: false
            }
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
