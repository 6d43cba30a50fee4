public import Sterling

/// What moved to reserves and funds.
extension GeneralLedger {
    /// Brought forward, adjusted, plus appropriations to date; never this year's surplus: law 7.
    public func reserveBalanceBeforeCosts(of member: Name<Member>, appropriated: Money) -> Money {
        let opening = openings[member]
        return (opening?.broughtForward ?? .zero) + (opening?.adjustment ?? .zero) + appropriated
    }
}

extension [Movement] {
    /// What numbered journals moved to each member's reserve; the exports' own transfers are compared
    /// with the statement and never make it.
    public func appropriations() -> [Name<Member>: Money] { transfers { $0.isJournal } }

    /// What the exports already moved to each member's reserve.
    public func transfersPosted() -> [Name<Member>: Money] { transfers { !$0.isJournal } }

    private func transfers(_ include: (Movement) -> Bool) -> [Name<Member>: Money] {
        var sums: [Name<Member>: Money] = [:]
        for movement in self where include(movement) {
            if case .reserve(let name) = movement.to { sums[name, default: .zero] += movement.amount }
            if case .reserve(let name) = movement.from { sums[name, default: .zero] -= movement.amount }
        }
        return sums
    }

    /// What was received for each fund, or moved to it.
    public func fundReceipts() -> [Name<Fund>: Money] {
        var sums: [Name<Fund>: Money] = [:]
        for movement in self {
            if case .fund(let name) = movement.to { sums[name, default: .zero] += movement.amount }
            if case .fund(let name) = movement.from { sums[name, default: .zero] -= movement.amount }
        }
        return sums
    }
}

extension Movement {
    /// Each account that it touches, with what it adds to it; none where it goes from an account to itself.
    public var flows: [(account: Account, amount: Money)] { from == to ? [] : [(from, -amount), (to, amount)] }
}

/// Money that moves from an account to another in somebody's books: a posting, or several alike.
public protocol MovesMoney {
    var from: Account { get }
    var to: Account { get }
    /// Whose books it stands in.
    var ledgerOf: Name<Member> { get }
    /// Not negative.
    var amount: Money { get }
}

extension Posting: MovesMoney {}
extension Movement: MovesMoney {}

extension MovesMoney {
    /// A recharge between members, as its own ledger sees it: what it paid, below zero where it received; `nil` for
    /// anything else.
    public var rechargePaid: Money? { recharge?.paid }

    /// The other member of a recharge; `nil` for anything else.
    public var rechargeCounterpart: Name<Member>? { recharge?.other }

    private var recharge: (other: Name<Member>, paid: Money)? {
        guard case .cash(.member(let payer)) = from, case .cash(.member(let receiver)) = to, payer != receiver else {
            return nil
        }
        return payer == ledgerOf ? (receiver, amount) : (payer, -amount)
    }
}
