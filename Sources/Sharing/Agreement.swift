public import Sterling
public import Ledger

/// A partnership's agreement, as its text declares it: who takes part, what the statement prints,
/// and how each cost is shared. `Agreement.parse` makes one; `description` prints it back.
///
/// Every value of this type has passed the analyser: names are declared, every rule ends in a payer
/// without limit, and every heading falls under exactly one rule.
public struct Agreement: Equatable, Sendable {
    public let chart: Chart
    public let layout: StatementLayout
    public let contributions: [ContributionTerm]
    public let weights: [WeightSet]
    public let rules: [Rule]
    public let surplus: [Disposal]
    public let deficit: [Disposal]
    public let threshold: Threshold?
    public let statutory: [StatutoryLine]
    /// `books rbkc wcc`: the members whose exports must be there; all of them unless the agreement says.
    public let keepsBooks: [Name<Member>]

    public func weights(_ name: Name<WeightSet>) -> WeightSet? { weights.first { $0.name == name } }

    /// The first rule that matches a heading: law 1.
    public func rule(for heading: Name<Heading>) -> Int {
        rules.firstIndex { $0.covers(heading) } ?? rules.count - 1
    }

    /// The contribution agreed of a contributor in a year, by receiving member.
    public func agreed(_ contributor: Name<Contributor>, in year: FinancialYear) -> [(term: ContributionTerm, to: Name<Member>, amount: Money)] {
        contributions.compactMap { term in
            guard case .fixed(let amount, contributor, let member, let only) = term.source, only == nil || only == year else { return nil }
            return (term, member, amount)
        }
    }
}

/// The line of the agreement that says something. Where it stands is no part of what it says, so
/// two are always equal.
public struct AgreementLine: Hashable, Sendable {
    public let number: Int

    public static func == (a: AgreementLine, b: AgreementLine) -> Bool { true }
    public func hash(into hasher: inout Hasher) {}
}

/// `contribution £10,000 from police to rbkc, stays`
public struct ContributionTerm: Hashable, Sendable {
    public let source: Source
    public let use: Use
    public let line: AgreementLine

    public enum Source: Hashable, Sendable {
        /// Each member's base budget, read from the year's `budget`.
        case approvedBudget
        /// A sum for one year, or for every year.
        case fixed(Money, from: Name<Contributor>, to: Name<Member>, in: FinancialYear?)
    }

    public enum Use: Hashable, Sendable {
        /// It remains with the member that receives it.
        case stays
        /// It reduces what the members owe, by a key.
        case pooled(SplitKey)
    }
}

/// How members split what they pay together.
public enum SplitKey: Hashable, Sendable {
    case equally
    case by(Name<WeightSet>)
}

/// `weights child-population lbhf 35,150 rbkc 29,801 wcc 44,465, source "ONS mid-year estimates", at 2017-06-30`
///
/// Kept as weights with their source, never as 33.33%.
public struct WeightSet: Hashable, Sendable {
    public let name: Name<WeightSet>
    public let values: [Entry]
    public let source: String
    public let date: CalendarDate
    public let line: AgreementLine

    public struct Entry: Hashable, Sendable {
        public let member: Name<Member>
        public let weight: Int
    }

    public func weight(of member: Name<Member>) -> Int { values.first { $0.member == member }?.weight ?? 0 }
}

/// What some costs have in common: who pays them, line by line.
public struct Rule: Hashable, Sendable {
    public let title: String
    public let subject: Subject
    /// One pool for each member concerned: law 4.
    public let isSplitByMemberConcerned: Bool
    public let takes: [Take]
    public let line: AgreementLine

    public enum Subject: Hashable, Sendable {
        case headings([Name<Heading>])
        case anythingElse
    }

    public func covers(_ heading: Name<Heading>) -> Bool {
        switch subject {
        case .headings(let names): names.contains(heading)
        case .anythingElse: true
        }
    }
}

/// `take 80% from eu-grant, at most £400,000`
public struct Take: Hashable, Sendable {
    public let amount: Amount
    public let payer: PayerClause
    public let limit: Limit?
    public let line: AgreementLine

    public enum Amount: Hashable, Sendable {
        case rest
        /// Of the pool's total; `written` is how the agreement puts it.
        case share(Fraction, written: String)
        case fixed(Money)
    }

    public enum PayerClause: Hashable, Sendable {
        case party(Party)
        case memberConcerned
        case reserveOfMemberConcerned
        case reserve(Name<Member>)
        /// `nil` is all members.
        case group([Name<Member>]?, SplitKey)
    }

    public enum Limit: Hashable, Sendable {
        case money(Money)
        case balance
    }

    public var isReserve: Bool {
        switch payer {
        case .reserve, .reserveOfMemberConcerned: true
        case .party, .memberConcerned, .group: false
        }
    }

    /// Whether it can take any amount there is: no cap, no balance, no fixed sum.
    public var isUnlimited: Bool {
        guard limit == nil, !isReserve else { return false }
        if case .fixed = amount { return false }
        return true
    }
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
