public import Sterling

/// What moved to reserves and funds.
extension GeneralLedger {
    /// Brought forward, adjusted, plus appropriations to date; never this year's surplus: law 7.
    public func reserveBalanceBeforeCosts(of member: Name<Member>, appropriated: Money) -> Money {
        let opening = openings[member]
        return (opening?.broughtForward ?? .zero) + (opening?.adjustment ?? .zero) + appropriated
    }

    /// What numbered journals moved to each member's reserve; the exports' own transfers are compared
    /// with the statement and never make it.
    public func appropriations() -> [Name<Member>: Money] { transfers { $0.journal != nil } }

    /// What the exports already moved to each member's reserve.
    public func transfersPosted() -> [Name<Member>: Money] { transfers { $0.journal == nil } }

    private func transfers(_ include: (Posting) -> Bool) -> [Name<Member>: Money] {
        var sums: [Name<Member>: Money] = [:]
        for posting in postings {
            if case .reserve(let name) = posting.to, include(posting) { sums[name, default: .zero] += posting.amount }
            if case .reserve(let name) = posting.from, include(posting) { sums[name, default: .zero] -= posting.amount }
        }
        return sums
    }

    /// What was received for each fund, or moved to it.
    public func fundReceipts() -> [Name<Fund>: Money] {
        var sums: [Name<Fund>: Money] = [:]
        for posting in postings {
            if case .fund(let name) = posting.to { sums[name, default: .zero] += posting.amount }
            if case .fund(let name) = posting.from { sums[name, default: .zero] -= posting.amount }
        }
        return sums
    }
}
