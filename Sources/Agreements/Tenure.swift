public import Ledger

/// When a body takes part, or a rule or a set of weights holds.
///
///     from 2018-10-01 to 2019-03-31
///
/// Both days belong to it; `nil` is without beginning or end.
public struct Span: Hashable, Sendable {
    public let from: CalendarDate?
    public let to: CalendarDate?

    /// - Parameter to: not before `from`; nothing checks it, and such a span would hold no day.
    public init(from: CalendarDate? = nil, to: CalendarDate? = nil) {
        self.from = from
        self.to = to
    }

    /// Without beginning and without end.
    public static let always = Span()

    /// Whether a day lies in it, its first and last included.
    public func contains(_ date: CalendarDate) -> Bool {
        (from.map { $0 <= date } ?? true) && (to.map { date <= $0 } ?? true)
    }

    /// The days that it shares with another span that has both ends.
    func days(from first: CalendarDate, to last: CalendarDate) -> Int {
        let start = max(from?.dayNumber ?? .min, first.dayNumber), end = min(to?.dayNumber ?? .max, last.dayNumber)
        return max(0, end - start + 1)
    }

    func overlaps(_ other: Span) -> Bool {
        let start = max(from?.dayNumber ?? .min, other.from?.dayNumber ?? .min),
            end = min(to?.dayNumber ?? .max, other.to?.dayNumber ?? .max)
        return start <= end
    }
}

/// `membership wcc from 2018-10-01`: a body that takes part for a time. It may leave and come back.
public struct Membership: Hashable, Sendable {
    public let party: Party
    public let span: Span
    public let line: AgreementLine
}

/// `icb succeeds ccg from 2022-07-01`: what the agreement says of one body holds of the other from then on.
///
/// Both are members, or both contributors.
public struct Succession: Hashable, Sendable {
    public let successor: Party
    public let predecessor: Party
    /// The successor's first day.
    public let from: CalendarDate
    public let line: AgreementLine
}

extension Agreement {
    /// When a body takes part; always, where the agreement names no dates.
    public func spans(of party: Party) -> [Span] {
        let own = memberships.filter { $0.party == party }.map(\.span)
        let began = successions.first { $0.successor == party }?.from
        let ended = successions.first { $0.predecessor == party }?.from
        guard began != nil || ended != nil else { return own.isEmpty ? [.always] : own }
        // A succession cuts the time of both bodies at one day.
        let before = ended.map { CalendarDate(dayBefore: $0) }
        return (own.isEmpty ? [.always] : own).compactMap { span in
            let from = [span.from, began].compactMap { $0 }.max()
            let to = [span.to, before].compactMap { $0 }.min()
            if let from, let to, to < from { return nil }
            return Span(from: from, to: to)
        }
    }

    /// The days of a month (April is 1) on which a body takes part.
    public func days(of party: Party, month: Int, of year: FinancialYear) -> Int {
        spans(of: party).map { $0.days(from: year.firstDay(ofMonth: month), to: year.lastDay(ofMonth: month)) }.reduce(
            0, +)
    }

    /// The days of a year's months up to one, on which a body takes part.
    public func days(of party: Party, upTo month: Int, of year: FinancialYear) -> Int {
        spans(of: party).map { $0.days(from: year.firstDay, to: year.lastDay(ofMonth: month)) }.reduce(0, +)
    }

    /// Whether a body takes part on any day of a year.
    public func takesPart(_ party: Party, in year: FinancialYear) -> Bool { days(of: party, upTo: 12, of: year) > 0 }

    /// Whether a body's taking part begins or ends within a year, not at its edge.
    package func changes(_ party: Party, within year: FinancialYear) -> Bool {
        let days = days(of: party, upTo: 12, of: year)
        return days > 0 && days < year.lastDay(ofMonth: 12).dayNumber - year.firstDay.dayNumber + 1
    }
}
