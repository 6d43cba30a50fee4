public import Sterling
public import Ledger

/// `take 80% from eu-grant, at most £400,000`
public struct Take: Hashable, Sendable {
    public let amount: Amount
    public let payer: PayerClause
    /// `at least £10,000`: what the line takes even where its amount comes to less, as long as so much is left.
    public let atLeast: Money?
    /// `at most £400,000`, of the whole line; `nil` where it says none.
    public let limit: Limit?
    /// `each at least £2,000`: no payer of the group bears less, as long as there is enough for all.
    public let eachAtLeast: Each?
    /// `each at most £9,000`: what is more is the excess.
    public let eachAtMost: Each?
    /// What becomes of what a payer of the group can't bear.
    public let excess: Excess
    /// What the analyser found of its payers' limits.
    let freedom: Freedom
    public let line: AgreementLine

    /// Takes its parts as they are; the analyser refuses those that don't go together.
    init(
        amount: Amount, payer: PayerClause, atLeast: Money? = nil, limit: Limit? = nil, eachAtLeast: Each? = nil,
        eachAtMost: Each? = nil, excess: Excess = .passedOn, freedom: Freedom = .all, line: AgreementLine
    ) {
        self.amount = amount
        self.payer = payer
        self.atLeast = atLeast
        self.limit = limit
        self.eachAtLeast = eachAtLeast
        self.eachAtMost = eachAtMost
        self.excess = excess
        self.freedom = freedom
        self.line = line
    }

    /// What the line asks for, before anything limits it.
    public enum Amount: Hashable, Sendable {
        case rest
        /// Of the pool's total, or for a grant of what of it is eligible, with what was given in kind; `written` is how
        /// the agreement puts it: `80%`, `1/3`, `45 of 80 days`.
        case share(Fraction, written: String)
        /// `50% of the rest`: of what the lines before it left.
        case shareOfRest(Fraction, written: String)
        /// Up to this sum; all that is left, where that is less.
        case fixed(Money)
        /// Up to the year's budget of the pool's headings, virements included, or up to a part of it: `105%`; `nil` is
        /// the budget itself.
        case budget(Fraction, written: String?)
        /// `£12.50 per case`: the price of each that the `activity` table counts for the line's payers.
        case perUnit(Money, of: Name<Activity>)
    }

    /// Who pays, as the line says it after `from`.
    public enum PayerClause: Hashable, Sendable {
        case party(Party)
        /// Met by the member outside its contributions: a saving stays with it, and moves nobody's net outturn.
        case directly(Name<Member>)
        case memberConcerned
        case reserveOfMemberConcerned
        case reserve(Name<Member>)
        case group(Group, SplitKey)
        /// `nil` is the reserves of all members.
        case reserves([Name<Member>]?, SplitKey)
        case fund(Name<Fund>)
        /// The lead body of the rule's scheme.
        case lead(Name<Scheme>)

        /// By what several payers share; `nil` where the line has one.
        package var key: SplitKey? {
            switch self {
            case .group(_, let key), .reserves(_, let key): key
            case .party, .directly, .memberConcerned, .reserveOfMemberConcerned, .reserve, .fund, .lead: nil
            }
        }
    }

    /// Several bodies that pay together.
    public enum Group: Hashable, Sendable {
        case members
        case contributors
        /// In the line's order.
        case named([Party])

        /// In the agreement's order, members first.
        package func parties(_ chart: Chart) -> [Party] {
            let members = chart.members.map { Party.member($0.name) }
            let contributors = chart.contributors.map { Party.contributor($0.name) }
            return switch self {
            case .members: members
            case .contributors: contributors
            case .named(let names): (members + contributors).filter { names.contains($0) }
            }
        }
    }

    /// What the line says after `at most`.
    public enum Limit: Hashable, Sendable {
        /// Of the pool, of a grant over its life, or of a member's surplus or deficit.
        case money(Money)
        case balance
        /// Down to a floor.
        case balanceAbove(Money)
        /// `at most 5% of budget`: of the year's budget of the pool's headings, virements included.
        case budget(Fraction, written: String)
    }

    /// What the line says after `each at most`, or `each at least`.
    public enum Each: Hashable, Sendable {
        case same(Money)
        /// `portsmouth £400,000 southampton £900,000`: the others have no limit.
        case named([Named])
        /// `5% above last year`, or `5% below last year`: of what the payer bore under the rule of this title then; one
        /// that bore nothing has no limit. The factor is 1.05 or 0.95.
        case ofLastYear(Fraction, written: String)

        /// A payer's own limit.
        public struct Named: Hashable, Sendable {
            public let party: Party
            public let amount: Money
        }
    }

    /// What becomes of what a cap of a payer leaves.
    public enum Excess: Hashable, Sendable {
        /// The next line takes it.
        case passedOn
        /// `excess by the same key`: those below their caps bear it in proportion; what nobody can bear is passed on.
        case sharedAgain
    }

    /// Whether the caps of a line's payers leave anybody free to bear all that there is.
    enum Freedom: Hashable, Sendable {
        /// No payer has a cap.
        case all
        /// Some payer that always bears a share has none.
        case some
        case none
    }

    /// Whether it draws on a balance: a reserve's, or a fund's.
    public var hasBalance: Bool {
        switch payer {
        case .reserve, .reserveOfMemberConcerned, .reserves, .fund: true
        case .party, .directly, .memberConcerned, .group, .lead: false
        }
    }

    /// Whether it goes by a budget, which the year must then have.
    public var usesBudget: Bool {
        if case .budget = amount { return true }
        if case .budget? = limit { return true }
        return false
    }

    /// Whether it goes by what payers bore last year.
    public var usesLastYear: Bool {
        [eachAtLeast, eachAtMost].contains { if case .ofLastYear? = $0 { true } else { false } }
    }

    /// What is counted in the `activity` table, where the line goes by it.
    public var activity: Name<Activity>? {
        if case .perUnit(_, let unit) = amount { return unit }
        if case .byActivity(let unit)? = payer.key?.basis { return unit }
        return nil
    }

    /// Whether it says the most that members pay.
    var capsMembers: Bool {
        let isCapped =
            eachAtMost != nil || freedom != .all
            || { if case .money? = limit { true } else { false } }()
        return switch payer {
        case .party(.member), .directly, .memberConcerned, .group, .lead: isCapped
        case .party(.contributor), .reserve, .reserves, .reserveOfMemberConcerned, .fund: false
        }
    }

    /// Whether it can take any amount there is: no cap, no balance, no fixed sum.
    public var isUnlimited: Bool {
        guard limit == nil, !hasBalance else { return false }
        switch freedom {
        case .all: break
        case .some: if excess == .passedOn { return false }
        case .none: return false
        }
        switch amount {
        case .rest, .share, .shareOfRest: return true
        case .fixed, .budget, .perUnit: return false
        }
    }
}
