internal import Sterling
internal import Ledger

/// Runs a rule's lines over one pool: law 3.
struct PoolRun {
    let pool: Pool
    let agreement: Agreement
    let balances: [Name<Member>: Money]
    private let total: Fraction
    private var left: Fraction
    private var borne: [Payer: Fraction] = [:]
    private var results: [Allocation.TakeResult] = []

    init(pool: Pool, agreement: Agreement, balances: [Name<Member>: Money]) {
        self.pool = pool
        self.agreement = agreement
        self.balances = balances
        total = Fraction(pence: pool.total)
        left = total
    }

    mutating func run(_ rule: Rule) {
        if total.isZero {
            // Its rows cancel out: the last line takes them all.
            giveAll(to: rule.takes.last!.payer, take: rule.takes.last)
            return
        }
        // Income, and costs in credit, are shared in mirror: by shares alone, never to fixed sums,
        // caps or reserves.
        let isMirrored = pool.kind == .income || total.isNegative
        for take in rule.takes where !isMirrored || take.isUnlimited {
            let wanted: Fraction
            switch take.amount {
            case .rest: wanted = left
            case .share(let share, _): wanted = share * total
            case .fixed(let amount): wanted = Fraction(pence: amount)
            }
            self.take(wanted, take)
        }
        precondition(left.isZero, "an analysed rule ends in a payer without limit")
    }

    /// The whole pool by one clause.
    mutating func giveAll(to clause: Take.PayerClause, take: Take? = nil) {
        let parts = total.isZero ? weights(clause) : split(total, clause)
        for (payer, amount) in parts { borne[payer, default: .zero] += amount }
        if let take {
            results.append(Allocation.TakeResult(take: take, amounts: parts.map { ($0.payer, total.isZero ? .zero : $0.amount) }, limit: nil))
        }
        left = .zero
    }

    private mutating func take(_ wanted: Fraction, _ take: Take) {
        var amount = least(wanted, left)
        var limit: Fraction?
        func hold(to bound: Fraction) {
            if bound < amount { amount = bound; limit = bound }
        }
        if case .money(let most)? = take.limit { hold(to: Fraction(pence: most)) }
        if case .reserve(let member)? = reservePayer(take.payer) {
            // The balance, less what earlier lines of this rule took from it.
            let balance = Fraction(pence: balances[member] ?? .zero) - (borne[.reserve(member)] ?? .zero)
            hold(to: balance.isNegative ? .zero : balance)
        }
        let parts = split(amount, take.payer)
        for (payer, part) in parts { borne[payer, default: .zero] += part }
        left -= amount
        results.append(Allocation.TakeResult(take: take, amounts: parts, limit: limit))
    }

    /// The smaller in size; both have the pool's sign.
    private func least(_ a: Fraction, _ b: Fraction) -> Fraction { a.magnitude < b.magnitude ? a : b }

    private func reservePayer(_ clause: Take.PayerClause) -> Payer? {
        switch clause {
        case .reserve(let member): .reserve(member)
        case .reserveOfMemberConcerned: .reserve(pool.concerning!)
        case .party, .memberConcerned, .group: nil
        }
    }

    private func weights(_ clause: Take.PayerClause) -> [(payer: Payer, amount: Fraction)] {
        switch clause {
        case .party(.member(let name)): return [(.member(name), .one)]
        case .party(.contributor(let name)): return [(.contributor(name), .one)]
        case .memberConcerned: return [(.member(pool.concerning!), .one)]
        case .reserveOfMemberConcerned: return [(.reserve(pool.concerning!), .one)]
        case .reserve(let name): return [(.reserve(name), .one)]
        case .group(let names, let key):
            // In the members' declared order, whatever order the line names them in.
            let members = agreement.chart.members.map(\.name).filter { names?.contains($0) ?? true }
            let weights = members.map { member -> Int in
                switch key {
                case .equally: 1
                case .by(let name): agreement.weights(name)!.weight(of: member)
                }
            }
            let sum = Fraction(weights.reduce(0, +))
            return zip(members, weights).filter { $0.1 > 0 }.map { (.member($0.0), Fraction($0.1) / sum) }
        }
    }

    private func split(_ amount: Fraction, _ clause: Take.PayerClause) -> [(payer: Payer, amount: Fraction)] {
        guard !amount.isZero else { return [] }
        return weights(clause).map { ($0.payer, $0.amount * amount) }
    }

    /// The pool's table, rounded once: every line taken in equal proportion from every row.
    func allocation() -> Allocation {
        let order = agreement.chart.members.map { Payer.member($0.name) } + agreement.chart.members.map { Payer.reserve($0.name) }
            + agreement.chart.contributors.map { Payer.contributor($0.name) }
        let payers = order.filter { !(borne[$0] ?? .zero).isZero }
        let whole = total.isZero ? Fraction.one : total
        let exact = pool.rows.map { row in
            payers.map { Fraction(pence: row.total) * (borne[$0]! / whole) }
        }
        return Allocation(pool: pool, payers: payers, exact: exact, shares: ControlledRounding.round(exact), takes: results)
    }
}
