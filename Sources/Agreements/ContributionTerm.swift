public import Sterling
public import Ledger

/// `contribution £10,000 from police to rbkc, rising 2% a year from 2019-20, quarterly, stays`
public struct ContributionTerm: Hashable, Sendable {
    public let source: Source
    public let use: Use
    /// `nil` where the sum doesn't rise.
    public let uplift: Uplift?
    /// `nil` where the whole sum is due at once.
    public let instalments: Instalments?
    /// Due in proportion to the days on which the contributor takes part.
    public let isByDays: Bool
    public let line: AgreementLine

    /// Takes its parts as they are; the analyser refuses those that don't go together.
    public init(
        source: Source, use: Use, uplift: Uplift? = nil, instalments: Instalments? = nil, isByDays: Bool = false,
        line: AgreementLine
    ) {
        self.source = source
        self.use = use
        self.uplift = uplift
        self.instalments = instalments
        self.isByDays = isByDays
        self.line = line
    }

    /// Whose money it is, and how much.
    public enum Source: Hashable, Sendable {
        /// Each member's base budget, read from the year's `budget`.
        case approvedBudget
        /// A sum for one year, or for every year.
        case fixed(Money, from: Name<Contributor>, to: Receiver, in: FinancialYear?)
    }

    /// Whom it is paid to.
    public enum Receiver: Hashable, Sendable {
        case member(Name<Member>)
        /// One sum paid to several, split once; `nil` is all members.
        case group([Name<Member>]?, SplitKey)
    }

    /// What becomes of it once it is received.
    public enum Use: Hashable, Sendable {
        /// It remains with the member that receives it.
        case stays
        /// It reduces what the members owe, by a key.
        case pooled(SplitKey)
    }

    /// How the sum rises: compounded exactly, rounded once.
    public enum Uplift: Hashable, Sendable {
        /// `rising 2% a year from 2019-20`: the first year whose sum has risen.
        case yearly(Rate, from: FinancialYear)
        /// `rising 6.7% in 2022-23, 3.9% in 2023-24`: ascending, and in no other year.
        case inYears([Step])

        /// `2%`
        public struct Rate: Hashable, Sendable {
            /// As a part of 1: 2% is 1/50.
            public let share: Fraction
            /// As the line writes it.
            public let written: String
        }

        /// `6.7% in 2022-23`
        public struct Step: Hashable, Sendable {
            public let rate: Rate
            public let year: FinancialYear
        }
    }

    /// The parts of a year's sum that fall due as months or quarters end.
    public enum Instalments: String, Hashable, Sendable {
        case monthly, quarterly

        /// The part of a year's sum that is due by the end of a month (April is 1).
        public func due(byMonth month: Int) -> Fraction {
            switch self {
            case .monthly: Fraction(month) / Fraction(12)
            case .quarterly: Fraction(month / 3) / Fraction(4)
            }
        }
    }

    /// What a year's sum is before any part of the year is taken of it.
    func amount(_ base: Money, in year: FinancialYear) -> Money {
        var exact = Fraction(pence: base)
        switch uplift {
        case .yearly(let rate, let first)?:
            guard year >= first else { return base }
            for _ in first.startYear...year.startYear { exact = exact * (.one + rate.share) }
        case .inYears(let steps)?:
            for step in steps where step.year <= year { exact = exact * (.one + step.rate.share) }
        case nil: return base
        }
        return exact.roundedToPence
    }
}

/// A sum that a contributor owes a member for a year.
public struct AgreedSum: Sendable {
    public let term: ContributionTerm
    public let to: Name<Member>
    /// For the whole year, never below zero: uplift and `by days` are in it.
    public let amount: Money

    /// What of it is due by the end of a month (April is 1): law 5's running share, so instalments never drift.
    public func due(byMonth month: Int) -> Money {
        guard let instalments = term.instalments else { return amount }
        return (instalments.due(byMonth: month) * Fraction(pence: amount)).roundedToPence
    }
}

extension Agreement {
    /// Whose agreed sum a payment into a member's books counts towards: the member's own, or that of a body whose
    /// successor it is by the end of the month.
    public func receiver(
        of contributor: Name<Contributor>, paidTo ledgerOf: Name<Member>, month: Int, in year: FinancialYear
    ) -> Name<Member> {
        let agreed = agreed(contributor, in: year).map(\.to)
        if agreed.contains(ledgerOf) { return ledgerOf }
        return agreed.first { successor(of: $0, by: year.lastDay(ofMonth: month)) == ledgerOf } ?? ledgerOf
    }

    /// The body that stands in a member's place on a day.
    package func successor(of member: Name<Member>, by day: CalendarDate) -> Name<Member> {
        var body = member
        while let next = successions.first(where: { $0.predecessor == .member(body) && $0.from <= day }),
            case .member(let name) = next.successor
        { body = name }
        return body
    }

    /// The contributions agreed of a contributor in a year, by receiving member.
    public func agreed(_ contributor: Name<Contributor>, in year: FinancialYear) -> [AgreedSum] {
        contributions.flatMap { term -> [AgreedSum] in
            guard case .fixed(let base, let from, let receiver, let only) = term.source, only == nil || only == year
            else { return [] }
            // The body named, and those that succeeded it, each for its own days.
            var bodies = [from]
            while let next = successions.first(where: { $0.predecessor == .contributor(bodies.last!) }),
                case .contributor(let name) = next.successor
            { bodies.append(name) }
            guard let index = bodies.firstIndex(of: contributor) else { return [] }
            let days = bodies.map { self.days(of: .contributor($0), upTo: 12, of: year) }
            let present = days.reduce(0, +),
                yearDays = year.lastDay(ofMonth: 12).dayNumber - year.firstDay.dayNumber + 1
            guard days[index] > 0 else { return [] }
            var whole = term.amount(base, in: year)
            if term.isByDays {
                whole = (Fraction(pence: whole) * Fraction(present) / Fraction(yearDays)).roundedToPence
            }
            let ofBody = Self.split(whole, by: days)[index]
            switch receiver {
            case .member(let member): return [AgreedSum(term: term, to: member, amount: ofBody)]
            case .group(let names, let key):
                let members = members(names).filter { takesPart(.member($0), in: year) }
                let shares = key.basis.shares(
                    weights: { basis in members.map { weight(of: .member($0), basis, on: year.firstDay) } },
                    present: members.map { _ in .one })
                return zip(members, Self.split(ofBody, by: shares)).filter { !$0.1.isZero }.map {
                    AgreedSum(term: term, to: $0.0, amount: $0.1)
                }
            }
        }
    }

    /// A sum in whole pence by weights that are not all zero; by the one rounding.
    static func split(_ amount: Money, by weights: [Fraction]) -> [Money] {
        let sum = weights.sum()
        if sum.isZero { return weights.map { _ in .zero } }
        return ControlledRounding.round([weights.map { Fraction(pence: amount) * $0 / sum }])[0]
    }

    /// The same by whole weights.
    static func split(_ amount: Money, by weights: [Int]) -> [Money] { split(amount, by: weights.map { Fraction($0) }) }

    /// What a body weighs by a basis on a day.
    ///
    /// - Returns: zero for a basis that figures alone could tell; of a mix, the sum of what it mixes, which says no
    ///   more than whether the body bears anything.
    package func weight(of party: Party, _ basis: SplitKey.Basis, on date: CalendarDate) -> Fraction {
        switch basis {
        case .equally: .one
        case .by(let name): weight(of: party, name, on: date)
        case .average(let names): names.map { weight(of: party, $0, on: date) }.sum()
        case .mix(let parts): parts.map { weight(of: party, $0.basis, on: date) }.sum()
        case .unless(let actual, _, _, let agreed):
            weight(of: party, actual, on: date) + weight(of: party, agreed, on: date)
        case .byContribution, .byActivity: .zero
        }
    }

    private func weight(of party: Party, _ name: Name<WeightSet>, on date: CalendarDate) -> Fraction {
        guard let set = weights(name, on: date) else { return .zero }
        if let own = set.weight(of: party) { return own }
        // A successor bears its predecessor's weight where it has none of its own.
        guard let before = successions.first(where: { $0.successor == party }) else { return .zero }
        return weight(of: before.predecessor, name, on: date)
    }

    /// Whether a group's shares change within a year: its members, or their weights.
    package func changes(_ parties: [Party], _ key: SplitKey, within year: FinancialYear) -> Bool {
        if parties.contains(where: { changes($0, within: year) }) { return true }
        return key.basis.weightNames.contains { name in
            let first = weights(name, on: year.firstDay)?.values
            return (1...12).contains { weights(name, on: year.lastDay(ofMonth: $0))?.values != first }
        }
    }
}
