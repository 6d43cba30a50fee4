internal import Agreements
internal import Sharing
public import Sterling
public import Ledger

/// A member's reserve from one 31 March to the next: law 12. It is moved by appropriations, never by
/// income or expenditure.
public struct ReserveRollForward: Sendable {
    public let member: Name<Member>
    /// As certified; money held is above zero.
    public let broughtForward: Money
    /// Added to what was brought forward.
    public let adjustment: Money
    /// Empty where none is given.
    public let adjustmentReason: String
    /// Moved to it by numbered journals.
    public let appropriations: Money
    /// Taken by rules to meet costs such as case reviews.
    public let spent: Money
    /// What ended funds left to it.
    public let fromFunds: Money
    /// The year's surplus put to it; below zero is a deficit met from it.
    public let contribution: Money
    /// The part of a deficit that the reserve couldn't meet.
    public let metFromGeneralFund: Money
    /// The part of a surplus that the agreement returns.
    public let returnedToGeneralFund: Money
    /// What the exports' own transfers already moved to the reserve.
    public let transfersPosted: Money
    /// The reserve's own balance-sheet code in P0, held as above zero; `nil` where no export has it.
    public let ledgerBroughtForward: Money?
    /// The same code's balance over the whole year; `nil` also in a statement to a period.
    public let ledgerBalance: Money?

    /// Held at the end of the period; below zero, the reserve is overdrawn.
    public var carriedForward: Money { broughtForward + adjustment + appropriations - spent + fromFunds + contribution }

    /// The year-end journal that still has to be posted: above zero goes to the reserve.
    public var journalToPost: Money {
        // Where the ledger itself brings forward the adjusted balance, the adjustment is posted already.
        let isAdjusted = ledgerBroughtForward == broughtForward + adjustment
        return (isAdjusted ? .zero : adjustment) + appropriations - spent + fromFunds + contribution - transfersPosted
    }

    /// - Parameter net: the member's net outturn, after what the agreement shares of the whole.
    init(
        _ member: Name<Member>, net: Money, spent: Money, fromFunds: Money, appropriations: Money,
        transfersPosted: Money, sharing: CostSharing
    ) {
        let ledger = sharing.ledger
        let opening = ledger.openings[member]
        self.member = member
        broughtForward = opening?.broughtForward ?? .zero
        adjustment = opening?.adjustment ?? .zero
        adjustmentReason = opening?.reason ?? ""
        self.appropriations = appropriations
        self.spent = spent
        self.fromFunds = fromFunds
        // Where the journals are the books, what they moved is posted.
        self.transfersPosted = transfersPosted + (sharing.agreement.keepsBooks.isEmpty ? appropriations : .zero)
        ledgerBalance = ledger.reserveBalances[member]
        ledgerBroughtForward = ledger.reserveBalancesBroughtForward[member]
        let isSurplus = !net.isNegative
        let disposals = isSurplus ? sharing.agreement.surplus : sharing.agreement.deficit
        let disposal = disposals.first { $0.member == member } ?? disposals.first { $0.member == nil }!
        var left = net.magnitude
        var toReserve = Money.zero
        var toGeneralFund = Money.zero
        for step in disposal.steps {
            var amount = left
            if case .money(let most)? = step.limit { amount = min(amount, most) }
            switch step.target {
            case .reserve:
                if !isSurplus {
                    var balance = broughtForward + adjustment + appropriations - spent - toReserve
                    if case .balanceAbove(let floor)? = step.limit { balance -= floor }
                    amount = min(amount, max(.zero, balance))
                }
                toReserve += amount
            case .generalFund: toGeneralFund += amount
            }
            left -= amount
        }
        precondition(left.isZero, "an analysed disposal ends in a step without limit")
        contribution = isSurplus ? toReserve : -toReserve
        metFromGeneralFund = isSurplus ? .zero : toGeneralFund
        returnedToGeneralFund = isSurplus ? toGeneralFund : .zero
    }
}
