public import Agreements
public import Sterling
internal import Ledger

/// A fund or grant from one 31 March to the next: laws 7 and 13.
///
///     Innovation grant       brought forward 104,000.00, used 98,250.00, returned 5,750.00, carried forward nil
public struct FundRollForward: Sendable {
    public let term: FundTerm
    /// Money held is above zero; below zero, it was still to be received.
    public let broughtForward: Money
    /// Added to what was brought forward.
    public let adjustment: Money
    /// Empty where none is given.
    public let adjustmentReason: String
    /// Received for it, or moved to it, to date.
    public let received: Money
    /// Used to meet costs under the rules.
    public let used: Money
    /// What the partnership's shared surplus put to it; below zero is a deficit that it met.
    public let contribution: Money
    /// What an ended fund gives back.
    public let returned: Money
    /// What an ended fund leaves to the members' reserves.
    public let shared: Money
    /// Used over the grant's life, this year included.
    public let usedToDate: Money

    /// Money held is above zero; below zero, it is still to be received.
    public var carriedForward: Money {
        broughtForward + adjustment + received - used + contribution - returned - shared
    }

    /// What came of a grant over its life, whatever became of it.
    public var receivedToDate: Money { carriedForward + returned + shared + usedToDate }

    /// What of a grant's award is still to be used; `nil` for a fund, and for a grant whose life has ended.
    public let awardLeft: Money?

    /// What the balance is: money held for others, or still to come.
    public var standing: String {
        if carriedForward.isNegative { return "debtor: still to be received" }
        return carriedForward.isZero ? "" : term.holdsAs.rawValue
    }

    init(_ term: FundTerm, used: Money, contribution: Money, received: Money, ledger: GeneralLedger, isWholeYear: Bool)
    {
        let opening = ledger.fundOpenings[term.name]
        self.term = term
        broughtForward = opening?.broughtForward ?? .zero
        adjustment = opening?.adjustment ?? .zero
        adjustmentReason = opening?.reason ?? ""
        self.received = received
        self.used = used
        self.contribution = contribution
        usedToDate = (opening?.usedBefore ?? .zero) + used - min(contribution, .zero)
        let isOver =
            term.life.to.map { $0 <= ledger.year.lastDay(ofMonth: 12) && (isWholeYear || $0 < ledger.year.firstDay) }
            ?? false
        awardLeft = isOver ? nil : term.award.map { [usedToDate] in $0 - usedToDate }
        let held = broughtForward + adjustment + received - used + contribution
        let leaves = isWholeYear && term.ends(in: ledger.year) && held > .zero
        switch term.unspent {
        case .returned: (returned, shared) = (leaves ? held : .zero, .zero)
        case .shared: (returned, shared) = (.zero, leaves ? held : .zero)
        case .carriedForward: (returned, shared) = (.zero, .zero)
        }
    }
}
