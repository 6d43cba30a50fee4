public import Sterling
public import Ledger

/// How several bodies split what they pay together: `equally`, `by child-population, by days`.
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
        /// `by activity of case`: to what the year's `activity` table counts of them.
        case byActivity(Name<Activity>)
        /// `by average of caseload-2016 caseload-2017`: to the sum of several years' figures.
        case average([Name<WeightSet>])
        /// `by 50% population 50% caseload`: each part of the whole by a basis of its own.
        case mix([Part])
        /// `by caseload, unless within 3% of agreed`: to the second weights, as long as no share by the first differs
        /// from its share by the second by more than this part of it.
        case unless(Name<WeightSet>, within: Fraction, written: String, of: Name<WeightSet>)
    }

    /// `50% population`
    public struct Part: Hashable, Sendable {
        /// As a part of 1.
        public let share: Fraction
        /// As the line writes it: `50%`.
        public let written: String
        /// Equally, by weights or by contribution.
        public let basis: Basis
    }

    /// How a change of members or weights within the year is reckoned, in the agreement's own words.
    public enum Timing: String, Hashable, Sendable {
        /// The whole year's pool, by weight times days of taking part.
        case byDays = "by days"
        /// Each month's part of the pool, by weight times days of taking part in that month.
        case asCostsFall = "as costs fall"
    }
}

extension SplitKey.Basis {
    /// The weights that it goes by.
    public var weightNames: [Name<WeightSet>] {
        switch self {
        case .equally, .byContribution, .byActivity: []
        case .by(let name): [name]
        case .average(let names): names
        case .mix(let parts): parts.flatMap(\.basis.weightNames)
        case .unless(let actual, _, _, let agreed): [actual, agreed]
        }
    }

    /// Whether it goes by approved budgets, in part at least.
    public var goesByContribution: Bool {
        switch self {
        case .byContribution: true
        case .mix(let parts): parts.contains { $0.basis.goesByContribution }
        case .equally, .by, .byActivity, .average, .unless: false
        }
    }

    /// Whether it is made of several keys, so that what is said after them must be said of each.
    var isOfSeveral: Bool {
        switch self {
        case .mix, .unless: true
        case .equally, .by, .byContribution, .byActivity, .average: false
        }
    }

    /// Whether it goes by the year's `activity` table.
    public var isByActivity: Bool { if case .byActivity = self { true } else { false } }

    /// Each body's part of one, in the bodies' order.
    ///
    /// - Parameters:
    ///   - weights: what each body weighs by a basis that is no mix of others; zero for one that takes no part.
    ///   - present: what each weighs where nobody has a weight: as if the basis were `equally`.
    package func shares(weights: (SplitKey.Basis) -> [Fraction], present: [Fraction]) -> [Fraction] {
        switch self {
        case .equally, .by, .byContribution, .byActivity, .average:
            var weights = weights(self)
            if weights.allSatisfy(\.isZero) { weights = present }
            let sum = weights.sum()
            return weights.map { sum.isZero ? .one / Fraction(weights.count) : $0 / sum }
        case .mix(let parts):
            return parts.reduce(present.map { _ in Fraction.zero }) { sums, part in
                let shares = part.basis.shares(weights: weights, present: present)
                return zip(sums, shares).map { $0 + $1 * part.share }
            }
        case .unless(let actual, let tolerance, _, let agreed):
            let byActual = Self.by(actual).shares(weights: weights, present: present)
            let byAgreed = Self.by(agreed).shares(weights: weights, present: present)
            let isWithin = zip(byActual, byAgreed).allSatisfy { ($0 - $1).magnitude <= $1 * tolerance }
            return isWithin ? byAgreed : byActual
        }
    }
}

/// `weights child-population lbhf 35,150 rbkc 29,801 wcc 44,465, source "ONS mid-year estimates", at 2017-06-30`
///
/// Kept as they were agreed, whole or decimal, with their source, never as 33.33%. With `from` a set takes the place of
/// the earlier weights of that name on that day.
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

    /// A body's weight: with 0 it pays nothing.
    public struct Entry: Hashable, Sendable {
        public let party: Party
        public let weight: Fraction
        /// As it was agreed: `35,150`, `45.76`, `45.76%`.
        public let written: String
    }

    /// `nil` where the set gives the body none.
    public func weight(of party: Party) -> Fraction? { values.first { $0.party == party }?.weight }
}
