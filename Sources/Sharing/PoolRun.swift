internal import Agreements
internal import Sterling
internal import Ledger

/// Runs a rule's lines over one pool: law 3.
///
/// A pool is rows by segments (its months, or one). A line takes the same part of every cell that it
/// may take from, so all that need be kept is what part of each segment is left, and what part each
/// payer bears.
struct PoolRun {
    let pool: Pool
    var context: SharingContext
    private let totals: [Fraction]
    private let total: Fraction
    private var left: [Fraction]
    private var borne: [Payer: [Fraction]] = [:]
    private var results: [Allocation.TakeResult] = []

    init(pool: Pool, context: SharingContext) {
        self.pool = pool
        self.context = context
        let segments = pool.rows.first?.segments.count ?? 1
        totals = (0..<segments).map { s in Fraction(pence: pool.rows.map { $0.segments[s] }.sum()) }
        total = totals.sum()
        left = Array(repeating: .one, count: segments)
    }

    mutating func run(_ takes: [Take]) {
        if total.isZero {
            // Its rows cancel out: the last line takes them all.
            takeAll(takes.last!)
            return
        }
        // Income, and costs in credit, are shared in mirror: by shares alone, never to fixed sums,
        // caps, reserves or funds.
        let isMirrored = pool.kind == .income || total.isNegative
        for (index, take) in takes.enumerated() where !isMirrored || take.isUnlimited {
            self.take(take, isMirrored: isMirrored, isLast: index == takes.count - 1)
        }
        precondition(left.allSatisfy(\.isZero), "an analysed rule ends in a payer without limit")
    }

    /// The whole pool by one key.
    mutating func share(by key: SplitKey) {
        let members = context.agreement.members(nil).map { Party.member($0) }
        for (party, parts) in context.parts(members, key, segments: left.count) { borne[Payer(party)] = parts }
        left = left.map { _ in .zero }
    }

    private mutating func takeAll(_ take: Take) {
        let parts = parts(take.payer)
        for (payer, parts) in parts { borne[payer] = parts }
        results.append(Allocation.TakeResult(take: take, amounts: parts.map { ($0.payer, .zero) }, limit: nil))
        left = left.map { _ in .zero }
    }

    private func amount(_ parts: [Fraction]) -> Fraction { zip(parts, totals).map { $0 * $1 }.sum() }

    /// What a payer bears so far, in pence.
    private func borneAmount(_ payer: Payer) -> Fraction { borne[payer].map(amount) ?? .zero }

    /// What a reserve or a fund can still give to this pool.
    private func balance(_ payer: Payer, _ limit: Take.Limit?) -> Fraction {
        var balance = Fraction(pence: context.balances[payer] ?? .zero) - borneAmount(payer)
        if case .balanceAbove(let floor)? = limit { balance -= Fraction(pence: floor) }
        return balance.isNegative ? .zero : balance
    }

    private mutating func take(_ take: Take, isMirrored: Bool, isLast: Bool) {
        let reach = reach(of: take)
        let demand = demand(of: take, reach, isMirrored: isMirrored)
        let part = reach.available.isZero ? (isLast ? Fraction.one : .zero) : demand.wanted / reach.available
        guard !part.isZero, left.contains(where: { !$0.isZero }) else {
            results.append(Allocation.TakeResult(take: take, amounts: [], limit: demand.limit))
            return
        }
        var parts = parts(take.payer)
        var limit = demand.limit
        if !isMirrored {
            let floors = parts.map { least(of: $0.payer, take) ?? .zero }
            if take.excess == .sharedAgain {
                let caps = parts.map { most(of: $0.payer, take) }
                parts = Self.share(parts, of: demand.wanted, atLeast: floors, atMost: caps)
                if parts.map({ $0.parts[0] }).sum() < .one { limit = parts.map { $0.parts[0] }.sum() * demand.wanted }
            } else {
                parts = Self.raise(parts, of: demand.wanted, toAtLeast: floors)
            }
        }
        var amounts: [(payer: Payer, amount: Fraction)] = []
        var taken = left.map { _ in Fraction.zero }
        for (payer, shares) in parts {
            var factors = shares.indices.map { reach.isEligible[$0] ? shares[$0] * part * left[$0] : .zero }
            let amount = amount(factors)
            if !isMirrored, take.excess == .passedOn, let most = most(of: payer, take), most < amount {
                factors = factors.map { $0 * (most / amount) }
                limit = most
            }
            let before = borne[payer] ?? left.map { _ in .zero }
            borne[payer] = zip(before, factors).map { $0 + $1 }
            taken = zip(taken, factors).map { $0 + $1 }
            amounts.append((payer, self.amount(factors)))
        }
        left = zip(left, taken).map { $0 - $1 }
        results.append(Allocation.TakeResult(take: take, amounts: amounts, limit: limit))
    }

    /// What a line can take from.
    private struct Reach {
        /// The fund or grant that gives, which may meet some segments only.
        let fund: FundTerm?
        let isEligible: [Bool]
        /// What is left of the segments that it may meet, and of all.
        let available: Fraction
        let leftInAll: Fraction
        /// What a share is a share of.
        let base: Fraction
    }

    /// What is put somewhere has no balance to stop at, no match and no months.
    private var isPuttingIn: Bool { pool.source == .net(isSurplus: true) }

    private mutating func reach(of take: Take) -> Reach {
        var isEligible = left.map { _ in true }
        var fund: FundTerm?
        if case .fund(let name) = take.payer, !isPuttingIn {
            fund = context.agreement.fund(name)
            isEligible = context.eligible(fund!, segments: left.count)
        }
        func sum(_ values: [Fraction]) -> Fraction { zip(values, isEligible).map { $1 ? $0 : .zero }.sum() }
        let leftAmounts = zip(left, totals).map { $0 * $1 }
        // A share is one of the pool, and of a grant's pool one of what is eligible and what was given in kind.
        var base = fund == nil ? total : sum(totals)
        if let fund, let most = fund.inKindMost {
            base += Fraction(pence: min(most, context.inKind[fund.name] ?? .zero))
            context.inKind[fund.name] = .zero
        }
        return Reach(
            fund: fund, isEligible: isEligible, available: sum(leftAmounts), leftInAll: leftAmounts.sum(), base: base)
    }

    /// What a line asks for, and the limit that holds it, if any does.
    private struct Demand {
        var wanted: Fraction
        var limit: Fraction?

        mutating func hold(to bound: Fraction, isLimit: Bool = true) {
            guard bound < wanted else { return }
            wanted = bound.isNegative ? .zero : bound
            if isLimit { limit = wanted }
        }
    }

    private func demand(of take: Take, _ reach: Reach, isMirrored: Bool) -> Demand {
        var demand = Demand(wanted: amount(of: take, reach))
        if isMirrored {
            // Both have the pool's sign.
            if reach.leftInAll.magnitude < demand.wanted.magnitude { demand.wanted = reach.leftInAll }
            return demand
        }
        // What a grant may meet can be in credit while the whole isn't; then it meets nothing.
        if demand.wanted.isNegative { demand.wanted = .zero }
        if let least = take.atLeast { demand.wanted = max(demand.wanted, Fraction(pence: least)) }
        demand.hold(to: reach.available, isLimit: false)
        demand.hold(to: reach.leftInAll, isLimit: false)
        let fund = reach.fund
        switch take.limit {
        case .money(let most)?:
            // A grant's cap runs over its life.
            demand.hold(
                to: Fraction(pence: most - (fund.map { context.used[$0.name] ?? .zero } ?? .zero))
                    - (fund?.isGrant == true ? borneAmount(.fund(fund!.name)) : .zero))
        case .budget(let share, _)?: demand.hold(to: share * context.budget(of: pool))
        case .balance?, .balanceAbove?, nil: break
        }
        if let fund {
            demand.hold(to: balance(.fund(fund.name), take.limit))
            if let match = fund.match { demand.hold(to: (.one - match) * reach.base - borneAmount(.fund(fund.name))) }
        }
        switch take.payer {
        case .reserve(let name): if !isPuttingIn { demand.hold(to: balance(.reserve(name), take.limit)) }
        case .reserveOfMemberConcerned: demand.hold(to: balance(.reserve(pool.concerning!), take.limit))
        case .party, .directly, .memberConcerned, .group, .reserves, .fund, .lead: break
        }
        return demand
    }

    /// What the line names, before anything limits it.
    private func amount(of take: Take, _ reach: Reach) -> Fraction {
        switch take.amount {
        case .rest: reach.available
        case .share(let share, _): share * reach.base
        case .shareOfRest(let share, _): share * reach.available
        case .fixed(let amount): Fraction(pence: amount)
        case .budget(let share, _): share * context.budget(of: pool)
        case .perUnit(let price, let unit):
            // Of those that take part: nobody pays the price of another's.
            Fraction(pence: price)
                * parts(take.payer).compactMap(\.payer.owner).map { context.activity[unit]?[$0] ?? .zero }.sum()
        }
    }

    /// The most that one payer gives; `nil` where nothing limits it.
    private func most(of payer: Payer, _ take: Take) -> Fraction? {
        var bounds = [limit(take.eachAtMost, of: payer)]
        if case .reserves = take.payer, !isPuttingIn { bounds.append(balance(payer, take.limit)) }
        if let party = payer.party, let allowance = context.allowances[party], !isOfNet {
            let before = borneAmount(Payer(party)) + (party.asMember.map { borneAmount(.direct($0)) } ?? .zero)
            bounds.append(max(.zero, Fraction(pence: allowance) - before))
        }
        return bounds.compactMap { $0 }.min()
    }

    private func least(of payer: Payer, _ take: Take) -> Fraction? { limit(take.eachAtLeast, of: payer) }

    private func limit(_ each: Take.Each?, of payer: Payer) -> Fraction? {
        switch each {
        case .same(let amount)?: return Fraction(pence: amount)
        case .named(let named)?: return named.first { $0.party == payer.owner }.map { Fraction(pence: $0.amount) }
        case .ofLastYear(let factor, _)?:
            guard case .rule(let index) = pool.source, let party = payer.party,
                let borne = context.borneLastYear[context.agreement.rules[index].title]?[party], borne > .zero
            else { return nil }
            return factor * Fraction(pence: borne)
        case nil: return nil
        }
    }

    /// What the partnership has over, or lacks, is no cost.
    private var isOfNet: Bool { if case .net = pool.source { true } else { false } }

    /// Raises those whose share would be below their floor to it, and lets the others bear the rest by
    /// their weights; where there is not enough for all floors, all bear in proportion to them.
    private static func raise(
        _ parts: [(payer: Payer, parts: [Fraction])], of amount: Fraction, toAtLeast floors: [Fraction]
    ) -> [(payer: Payer, parts: [Fraction])] {
        guard !amount.isZero, floors.contains(where: { !$0.isZero }) else { return parts }
        let segments = parts[0].parts.count
        let weights = parts.map { $0.parts[0] }
        var shares: [Fraction]
        if floors.sum() >= amount {
            shares = floors.map { $0 / floors.sum() }
        } else {
            var isRaised = parts.map { _ in false }
            while true {
                let rest = amount - zip(floors, isRaised).map { $1 ? $0 : .zero }.sum()
                let weight = zip(weights, isRaised).map { $1 ? .zero : $0 }.sum()
                shares = weights.indices.map { index in
                    isRaised[index] ? floors[index] / amount : rest * weights[index] / weight / amount
                }
                let below = shares.indices.filter { !isRaised[$0] && shares[$0] * amount < floors[$0] }
                if below.isEmpty { break }
                for index in below { isRaised[index] = true }
            }
        }
        return parts.indices.map { (parts[$0].payer, Array(repeating: shares[$0], count: segments)) }
    }

    /// By weights, but each between its floor and its cap: one level, times each weight, held to both. What the caps
    /// leave is shared again among those below theirs, so only what nobody can bear is left over.
    private static func share(
        _ parts: [(payer: Payer, parts: [Fraction])], of amount: Fraction, atLeast floors: [Fraction],
        atMost caps: [Fraction?]
    ) -> [(payer: Payer, parts: [Fraction])] {
        guard !amount.isZero, !parts.isEmpty else { return parts }
        let segments = parts[0].parts.count
        let weights = parts.map { $0.parts[0] }
        // A cap holds where a floor is above it.
        let floors = zip(floors, caps).map { floor, cap in cap.map { min(floor, $0) } ?? floor }
        func borne(at level: Fraction) -> [Fraction] {
            weights.indices.map { index in
                let wanted = max(floors[index], level * weights[index])
                return caps[index].map { min($0, wanted) } ?? wanted
            }
        }
        let shares: [Fraction]
        if floors.sum() >= amount {
            shares = floors.sum().isZero ? floors : floors.map { $0 * amount / floors.sum() }
        } else if !caps.contains(where: { $0 == nil }), caps.compactMap({ $0 }).sum() <= amount {
            shares = caps.map { $0! }
        } else {
            // Between two neighbouring levels at which a floor is left or a cap is met, what is borne grows evenly.
            let levels =
                (zip(floors, weights).map { $0 / $1 }
                + zip(caps, weights).compactMap { cap, weight in
                    cap.map { $0 / weight }
                }).sorted()
            let low = levels.last { borne(at: $0).sum() <= amount } ?? .zero
            let atLow = borne(at: low)
            let growing = weights.indices.filter { index in
                low * weights[index] >= floors[index] && (caps[index].map { low * weights[index] < $0 } ?? true)
            }
            let weight = growing.map { weights[$0] }.sum()
            let level = weight.isZero ? low : low + (amount - atLow.sum()) / weight
            shares = borne(at: level)
        }
        return parts.indices.map { (parts[$0].payer, Array(repeating: shares[$0] / amount, count: segments)) }
    }

    /// Who pays by a clause, and which part of each segment.
    private func parts(_ clause: Take.PayerClause) -> [(payer: Payer, parts: [Fraction])] {
        let whole = left.map { _ in Fraction.one }
        switch clause {
        case .party(let party): return [(Payer(party), whole)]
        case .directly(let name): return [(.direct(name), whole)]
        case .memberConcerned: return [(.member(pool.concerning!), whole)]
        case .reserveOfMemberConcerned: return [(.reserve(pool.concerning!), whole)]
        case .reserve(let name): return [(.reserve(name), whole)]
        case .fund(let name): return [(.fund(name), whole)]
        case .lead(let name): return [(.member(context.agreement.scheme(name)!.lead), whole)]
        case .group(let group, let key):
            return context.parts(group.parties(context.agreement.chart), key, segments: left.count).map {
                (Payer($0.party), $0.parts)
            }
        case .reserves(let names, let key):
            let members = context.agreement.members(names)
            return context.parts(members.map { .member($0) }, key, segments: left.count).map {
                (.reserve($0.party.asMember!), $0.parts)
            }
        }
    }

    /// The pool's table, rounded once.
    func allocation() -> Allocation {
        let payers = Payer.all(context.agreement.chart).filter { borne[$0]?.contains { !$0.isZero } ?? false }
        let exact = pool.rows.map { row in
            payers.map { payer in zip(row.segments, borne[payer]!).map { Fraction(pence: $0) * $1 }.sum() }
        }
        return Allocation(
            pool: pool, payers: payers, exact: exact, shares: ControlledRounding.round(exact), takes: results)
    }
}
