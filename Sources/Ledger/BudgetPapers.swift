public import Sterling
public import Findings

/// Budget moved from one line to another within the year; the total stays.
///
/// The amount is not below zero, and `place` is its cell. What it does to the budget of either line,
/// `virements(to:upTo:)` says.
public struct Virement: Sendable {
    public let number: String
    /// The first period whose revised budget has it: P1 or later.
    public let period: Period
    public let from: BudgetLine
    public let to: BudgetLine
    public let amount: Money
    /// A role, such as `business manager` or `members`; never a person's name.
    public let agreedBy: String
    public let reason: String
    public let place: Place

    /// Takes its parts as they are; the table's reader refuses an amount below zero and a move to the same line.
    public init(
        number: String, period: Period, from: BudgetLine, to: BudgetLine, amount: Money, agreedBy: String,
        reason: String, place: Place
    ) {
        self.number = number
        self.period = period
        self.from = from
        self.to = to
        self.amount = amount
        self.agreedBy = agreedBy
        self.reason = reason
        self.place = place
    }
}

/// A warning that somebody has looked at, and why it stands.
public struct Answer: Sendable {
    public let code: Finding.Code
    /// The warning's place, or where it has none what it found.
    public let about: String
    public let reason: String
    /// A role, such as `finance officer`; never a person's name.
    public let by: String
    public let date: CalendarDate
    /// The cell of the code in the table `answers`.
    public let place: Place

    /// Takes its parts as they are; the table's reader refuses a code that is no warning's.
    public init(code: Finding.Code, about: String, reason: String, by: String, date: CalendarDate, place: Place) {
        self.code = code
        self.about = about
        self.reason = reason
        self.by = by
        self.date = date
        self.place = place
    }

    /// Whether it is about a finding: by its place, with the year's folder or without it, or by what it found.
    public func isAbout(_ finding: Finding) -> Bool {
        guard finding.code == code else { return false }
        guard let place = finding.place?.description else { return finding.value == about }
        return place == about || place.drop { $0 != "/" }.dropFirst() == about
    }
}

/// Ordered and not yet invoiced.
///
/// The amount is natural, as the line's own figures are, and not below zero. `place` is its cell.
public struct Commitment: Sendable {
    public let line: BudgetLine
    public let amount: Money
    public let reference: String
    public let place: Place

    /// Takes its parts as they are; the table's reader refuses an amount below zero.
    public init(line: BudgetLine, amount: Money, reference: String, place: Place) {
        self.line = line
        self.amount = amount
        self.reference = reference
        self.place = place
    }
}

/// How a line's year is forecast, where a person has said so.
public struct ForecastEntry: Sendable {
    public let line: BudgetLine
    public let method: Method
    /// Empty where none is given; a typed forecast without one is reported.
    public let reason: String
    /// The cell of the amount, whatever the method.
    public let place: Place

    /// How the whole year's figure is made from what there is to date.
    public enum Method: Hashable, Sendable {
        /// To date, as if each period to come were like those gone.
        case straightLine
        /// To date, in the part of the year's whole that last year had reached by then.
        case lastYearsProfile
        /// The whole year's figure, natural: funding and expenditure alike above zero.
        case typed(Money)
    }

    /// Takes its parts as they are, unchecked.
    public init(line: BudgetLine, method: Method, reason: String, place: Place) {
        self.line = line
        self.method = method
        self.reason = reason
        self.place = place
    }
}

/// Asked to be spent next year out of this year's underspend.
///
/// The amount is not below zero. `place` is its cell.
public struct CarryForwardRequest: Sendable {
    public let line: BudgetLine
    public let amount: Money
    public let reason: String
    /// `agreed`, `refused`, or nothing yet.
    public let decision: String
    public let place: Place

    /// Takes its parts as they are; the table's reader refuses an amount below zero.
    public init(line: BudgetLine, amount: Money, reason: String, decision: String, place: Place) {
        self.line = line
        self.amount = amount
        self.reason = reason
        self.decision = decision
        self.place = place
    }
}

/// A contributor's invoice, and what became of it.
///
/// Amounts are natural: a credit note's are below zero. `place` is the cell of `net`.
public struct Invoice: Sendable {
    public let number: String
    /// Who is to pay: a contributor, or a member that pays another.
    public let from: Party
    public let to: Name<Member>
    public let date: CalendarDate
    public let due: CalendarDate
    public let net: Money
    public let vat: Money
    /// `outside the scope`, `exempt`, `standard-rated`: as the invoice says.
    public let vatTreatment: String
    /// With VAT, as it came; zero where nothing did.
    public let received: Money
    /// `nil` where the table gives no day; what was received then counts as received on any day.
    public let receivedOn: CalendarDate?
    /// With VAT: the part of `gross` that won't be received.
    public let writtenOff: Money
    public let place: Place

    /// Takes its parts as they are; the table's reader reports more received than was invoiced.
    public init(
        number: String, from: Party, to: Name<Member>, date: CalendarDate, due: CalendarDate, net: Money,
        vat: Money, vatTreatment: String,
        received: Money, receivedOn: CalendarDate?, writtenOff: Money, place: Place
    ) {
        self.number = number
        self.from = from
        self.to = to
        self.date = date
        self.due = due
        self.net = net
        self.vat = vat
        self.vatTreatment = vatTreatment
        self.received = received
        self.receivedOn = receivedOn
        self.writtenOff = writtenOff
        self.place = place
    }

    /// What the contributor has to pay.
    public var gross: Money { net + vat }
}

extension GeneralLedger {
    /// What virements up to a period move to a line; below zero from it.
    ///
    /// One between an income and a cost leaves the net budget as it is: what is to be earned beyond the budget may be
    /// spent, and what is not earned is spent less.
    public func virements(to line: BudgetLine, upTo period: Period? = nil) -> Money {
        virements.filter { period == nil || $0.period <= period! }.map { virement in
            let moved =
                (virement.to == line ? virement.amount : .zero) - (virement.from == line ? virement.amount : .zero)
            let isAcross = isFunding(virement.from) != isFunding(virement.to)
            return isAcross && isFunding(line) ? -moved : moved
        }.sum()
    }

    private func isFunding(_ line: BudgetLine) -> Bool {
        guard case .heading(let name) = line else { return true }
        return chart.heading(name)?.kind == .income
    }

    /// The line's budget for the partnership, virements included; `nil` where none is given.
    public func revisedBudget(_ line: BudgetLine, upTo period: Period? = nil) -> Money? {
        budget.total(line, of: chart.members).map { $0 + virements(to: line, upTo: period) }
    }
}

/// An entry of the year's end, such as an accrual: posted in P13, and taken back in P1 of the next year.
public struct YearEndEntry: Hashable, Sendable, Codable {
    /// `accrual`, as the table has it.
    public let kind: String
    public let ledgerOf: Name<Member>
    /// The heading or the contributor that it corrects.
    public let account: Account
    /// Not negative; whether it goes to the account or comes from it, `isToAccount` says.
    public let amount: Money
    /// An accrual of a cost and income received in advance go to the account; a prepayment and a debtor come from it.
    public let isToAccount: Bool
    /// The member whose case it is; `nil` where it concerns none.
    public let concerning: Name<Member>?
    /// The number of its journal, in this year and in the next, which takes it back.
    public let document: String
    public let reason: String
    /// The cell of the amount.
    public let place: Place

    /// Takes its parts as they are; the table's reader refuses a kind that doesn't fit the account.
    public init(
        kind: String, ledgerOf: Name<Member>, account: Account, amount: Money, isToAccount: Bool,
        concerning: Name<Member>?, document: String, reason: String, place: Place
    ) {
        self.kind = kind
        self.ledgerOf = ledgerOf
        self.account = account
        self.amount = amount
        self.isToAccount = isToAccount
        self.concerning = concerning
        self.document = document
        self.reason = reason
        self.place = place
    }
}

extension Postings {
    /// - Parameter isReversal: posts it into the year after, whose first period takes it back.
    public mutating func append(_ entry: YearEndEntry, isReversal: Bool) {
        let cash = Account.cash(.member(entry.ledgerOf))
        let isToAccount = entry.isToAccount != isReversal
        append(
            amount: entry.amount, from: isToAccount ? cash : entry.account, to: isToAccount ? entry.account : cash,
            ledgerOf: entry.ledgerOf, concerning: entry.concerning, period: Period(isReversal ? 1 : 13)!,
            description: entry.kind + (isReversal ? " reversed: " : ": ") + entry.reason, journal: entry.document,
            place: entry.place)
    }
}
