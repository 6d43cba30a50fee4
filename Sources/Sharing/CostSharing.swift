public import Sterling
public import Ledger

/// A year's ledger shared by its agreement: every pool with its shares, rule by rule.
///
/// Each value is worked out from pools, so the order of postings changes nothing.
public struct CostSharing: Sendable {
    public let agreement: Agreement
    public let ledger: GeneralLedger
    public let allocations: [Allocation]
    /// Costs of a split rule whose posting names no member concerned: they are in no pool.
    public let withoutMemberConcerned: [Unassigned]

    /// One heading's side of a posting.
    public struct Unassigned: Sendable {
        public let posting: Posting
        public let heading: Name<Heading>
    }

    /// - Parameter ledger: the year's books, already cut off at the period wanted.
    public init(agreement: Agreement, ledger: GeneralLedger) {
        var runner = Runner(agreement: agreement, ledger: ledger)
        runner.run()
        self.agreement = agreement
        self.ledger = ledger
        allocations = runner.allocations
        withoutMemberConcerned = runner.withoutMemberConcerned
    }

    /// What a member's books hold in suspense: rows without a known code, and costs of a split rule
    /// without a member concerned, until journals clear them.
    public func suspense(of member: Name<Member>) -> (balance: Money, postings: [Posting]) {
        let rows = ledger.postings.filter { !$0.flow(into: .suspense(member)).isZero }
        let unassigned = withoutMemberConcerned.filter { $0.posting.ledgerOf == member }
        return (
            rows.map { $0.flow(into: .suspense(member)) }.sum() + unassigned.map { $0.posting.flow(into: .heading($0.heading)) }.sum(),
            rows + unassigned.map(\.posting))
    }

    /// Whether there is nothing in a member's suspense, or journals have cleared it. Rows that happen to
    /// net to nought are not cleared: their amounts are still in no heading.
    public func isSuspenseClear(of member: Name<Member>) -> Bool {
        let (balance, postings) = suspense(of: member)
        return balance.isZero && (postings.isEmpty || postings.contains { $0.journal != nil })
    }

    /// The postings that a pool is made of, for one of its lines: what they add up to is the row's total.
    public func postings(of pool: Pool, line: BudgetLine) -> [Posting] {
        switch (pool.source, line) {
        case (.rule(let index), .heading(let name)):
            let isSplit = agreement.rules[index].isSplitByMemberConcerned
            return ledger.postings.filter { posting in
                !posting.flow(into: .heading(name)).isZero && (!isSplit || posting.concerning == pool.concerning)
            }
        case (.contributions(let key), .contribution(let name)):
            return ledger.postings.filter { $0.isContribution(from: name) && agreement.poolKey(of: name, to: $0.ledgerOf, in: ledger.year) == key }
        case (_, _):
            return []
        }
    }
}

extension Posting {
    /// Whether it pays a contributor's money in, or back.
    public func isContribution(from name: Name<Contributor>) -> Bool {
        from == .cash(.contributor(name)) || to == .cash(.contributor(name))
    }

    /// What it pays in: less than nought where it pays back.
    public func contribution(of name: Name<Contributor>) -> Money { -flow(into: .cash(.contributor(name))) }
}

extension Agreement {
    /// The key by which a contributor's money, paid to a member, is pooled; `nil` where it stays.
    public func poolKey(of contributor: Name<Contributor>, to member: Name<Member>, in year: FinancialYear) -> SplitKey? {
        let terms = agreed(contributor, in: year)
        var use = terms.first { $0.to == member }?.term.use
        // Money that reached another member than agreed is the pool's all the same, where all of it is.
        if use == nil, Set(terms.map(\.term.use)).count == 1 { use = terms.first?.term.use }
        guard case .pooled(let key)? = use else { return nil }
        return key
    }

    /// Contributors that pay part of a cost under a rule, rather than a declared sum.
    public func paysUnderRule(_ contributor: Name<Contributor>) -> Bool {
        rules.contains { $0.takes.contains { $0.payer == .party(.contributor(contributor)) } }
    }
}

/// Runs the rules in order, holding what each reserve still has.
private struct Runner {
    let agreement: Agreement
    let ledger: GeneralLedger
    var allocations: [Allocation] = []
    var withoutMemberConcerned: [CostSharing.Unassigned] = []
    /// What later rules may still take from each reserve: law 7.
    private var balances: [Name<Member>: Money]

    init(agreement: Agreement, ledger: GeneralLedger) {
        self.agreement = agreement
        self.ledger = ledger
        balances = Dictionary(uniqueKeysWithValues: agreement.chart.members.map { ($0.name, ledger.reserveBalanceBeforeCosts(of: $0.name)) })
    }

    mutating func run() {
        let totals = headingTotals()
        for (index, rule) in agreement.rules.enumerated() {
            let concerned: [Name<Member>?] = rule.isSplitByMemberConcerned ? agreement.chart.members.map(\.name) : [nil]
            for kind in [Heading.Kind.cost, .income] {
                let headings = agreement.chart.headings.filter { $0.kind == kind && agreement.rule(for: $0.name) == index }
                for member in concerned {
                    let rows = headings.compactMap { heading -> Pool.Row? in
                        guard let total = totals[PoolKey(heading: heading.name, concerning: member)] else { return nil }
                        return Pool.Row(line: .heading(heading.name), total: kind == .cost ? total : -total)
                    }
                    guard !rows.isEmpty else { continue }
                    allocate(Pool(source: .rule(index), kind: kind, concerning: member, rows: rows), rule)
                }
            }
        }
        shareContributions()
    }

    private struct PoolKey: Hashable {
        let heading: Name<Heading>
        let concerning: Name<Member>?
    }

    /// One pass over the postings: what flowed into each heading, by member concerned where the rule asks.
    private mutating func headingTotals() -> [PoolKey: Money] {
        let split = Dictionary(uniqueKeysWithValues: agreement.chart.headings.map {
            ($0.name, agreement.rules[agreement.rule(for: $0.name)].isSplitByMemberConcerned)
        })
        var totals: [PoolKey: Money] = [:]
        for posting in ledger.postings {
            for name in posting.headings {
                let isSplit = split[name] ?? false
                if isSplit, posting.concerning == nil {
                    withoutMemberConcerned.append(CostSharing.Unassigned(posting: posting, heading: name))
                    continue
                }
                totals[PoolKey(heading: name, concerning: isSplit ? posting.concerning : nil), default: .zero] += posting.flow(into: .heading(name))
            }
        }
        return totals
    }

    private mutating func allocate(_ pool: Pool, _ rule: Rule) {
        var run = PoolRun(pool: pool, agreement: agreement, balances: balances)
        run.run(rule)
        let allocation = run.allocation()
        for payer in allocation.payers {
            if case .reserve(let member) = payer { balances[member, default: .zero] -= allocation.total(of: payer) }
        }
        allocations.append(allocation)
    }

    /// Contributions that are pooled, one pool for each key.
    private mutating func shareContributions() {
        var keys: [SplitKey] = []
        for term in agreement.contributions {
            if case .pooled(let key) = term.use, !keys.contains(key) { keys.append(key) }
        }
        for key in keys {
            let rows = agreement.chart.contributors.compactMap { contributor -> Pool.Row? in
                let posted = ledger.postings.filter {
                    $0.isContribution(from: contributor.name) && agreement.poolKey(of: contributor.name, to: $0.ledgerOf, in: ledger.year) == key
                }
                guard !posted.isEmpty else { return nil }
                return Pool.Row(line: .contribution(contributor.name), total: posted.map { $0.contribution(of: contributor.name) }.sum())
            }
            guard !rows.isEmpty else { continue }
            var run = PoolRun(pool: Pool(source: .contributions(key), kind: .income, concerning: nil, rows: rows), agreement: agreement, balances: [:])
            run.giveAll(to: .group(nil, key))
            allocations.append(run.allocation())
        }
    }
}

extension GeneralLedger {
    /// Brought forward, adjusted, plus appropriations to date; never this year's surplus: law 7.
    public func reserveBalanceBeforeCosts(of member: Name<Member>) -> Money {
        let opening = openings[member]
        return (opening?.broughtForward ?? .zero) + (opening?.adjustment ?? .zero) + appropriations(to: member)
    }

    /// What numbered journals moved to a member's reserve; the exports' own transfers are compared
    /// with the statement and never make it.
    public func appropriations(to member: Name<Member>) -> Money {
        postings.filter { $0.journal != nil }.map { $0.flow(into: .reserve(member)) }.sum()
    }

    /// What the exports already moved to a member's reserve.
    public func transfersPosted(to member: Name<Member>) -> Money {
        postings.filter { $0.journal == nil }.map { $0.flow(into: .reserve(member)) }.sum()
    }
}
