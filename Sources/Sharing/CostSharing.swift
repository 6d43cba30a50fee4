public import Agreements
public import Sterling
public import Ledger

/// A year's ledger shared by its agreement: every pool with its shares, rule by rule.
///
/// Each value is worked out from pools, so the order of postings changes nothing.
public struct CostSharing: Sendable {
    public let agreement: Agreement
    /// The year's books, cut off at `upTo`.
    public let ledger: GeneralLedger
    /// `nil` is the whole year.
    public let upTo: Period?
    /// By rule in the agreement's order, costs before income, and in a split rule by member; then pooled contributions,
    /// an allocation for each key.
    public let allocations: [Allocation]
    /// Costs of a split rule whose posting names no member concerned: they are in no pool.
    public let withoutMemberConcerned: [Unassigned]
    /// The ledger's sums by accounts, ledger, case and period.
    public let movements: [Movement]
    /// What contributors paid in, by ledger.
    public let receipts: [Receipt]
    /// What the rules left of reserves and funds.
    private let context: SharingContext

    /// One heading's side of a posting.
    public struct Unassigned: Sendable {
        public let posting: Posting
        public let heading: Name<Heading>
    }

    /// - Parameters:
    ///   - ledger: the year's books, already cut off at the period wanted.
    ///   - upTo: that period.
    public init(agreement: Agreement, ledger: GeneralLedger, upTo: Period? = nil) {
        let ledger = agreement.withFees(ledger)
        var runner = Runner(agreement: agreement, ledger: ledger, upTo: upTo)
        runner.run()
        self.agreement = agreement
        self.ledger = ledger
        self.upTo = upTo
        allocations = runner.allocations
        withoutMemberConcerned = runner.withoutMemberConcerned
        context = runner.context
        movements = runner.movements
        receipts = runner.receipts
    }

    /// The partnership's net outturn, taken together, by the line that shares it; `nil` where no line does.
    public func shared(net: Money) -> Allocation? {
        guard let disposal = net.isNegative ? agreement.sharedDeficit : agreement.sharedSurplus, !net.isZero else {
            return nil
        }
        let pool = Pool(
            source: .net(isSurplus: !net.isNegative), kind: .cost, concerning: nil,
            rows: [Pool.Row(line: nil, total: net.magnitude)])
        var run = PoolRun(pool: pool, context: context)
        run.run(disposal.takes)
        return run.allocation()
    }

    /// What an ended fund left, where the agreement shares it among the members' reserves.
    public func left(_ amount: Money, of fund: FundTerm) -> Allocation? {
        guard case .shared(let key) = fund.unspent, !amount.isZero else { return nil }
        var run = PoolRun(
            pool: Pool(
                source: .left(fund.name), kind: .income, concerning: nil, rows: [Pool.Row(line: nil, total: amount)]),
            context: context)
        run.share(by: key)
        return run.allocation()
    }

    /// Lines that go by contributions where, in some month, none of their members has one to go by.
    public var keysWithoutContributions: [AgreementLine] {
        func hasNone(_ members: [Name<Member>], _ key: SplitKey) -> Bool {
            guard key.basis.goesByContribution else { return false }
            return (1...12).contains { month in
                members.allSatisfy {
                    (context.contributionWeights[$0] ?? .zero).isZero
                        || agreement.days(of: .member($0), month: month, of: ledger.year) == 0
                }
            }
        }
        return agreement.keyUses.filter { use in
            hasNone(use.parties.compactMap(\.asMember), use.key)
        }.map(\.line)
    }

    /// What a member's books hold in suspense: rows without a known code, and costs of a split rule
    /// without a member concerned, until journals clear them.
    public func suspense(of member: Name<Member>) -> (balance: Money, postings: [Posting]) {
        let isAny = movements.contains { $0.from == .suspense(member) || $0.to == .suspense(member) }
        let rows = isAny ? ledger.postings.filter { !$0.flow(into: .suspense(member)).isZero } : []
        let unassigned = withoutMemberConcerned.filter { $0.posting.ledgerOf == member }
        return (
            rows.map { $0.flow(into: .suspense(member)) }.sum()
                + unassigned.map { $0.posting.flow(into: .heading($0.heading)) }.sum(),
            rows + unassigned.map(\.posting)
        )
    }

    /// The rules under which costs fell, by index, with the lines of the statement that they fell on.
    private var rulesWithCosts: [(index: Int, lines: Set<BudgetLine>)] {
        agreement.rules.indices.compactMap { index in
            let pools = allocations.map(\.pool).filter { $0.source == .rule(index) && $0.kind == .cost }
            return pools.isEmpty ? nil : (index, Set(pools.flatMap(\.rows).compactMap(\.line)))
        }
    }

    /// The rule's headings of cost that have no budget.
    private func headingsWithoutBudget(ofRule index: Int) -> (all: Int, without: [Name<Heading>]) {
        let headings = agreement.headings(ofRule: index, .cost, in: ledger.year)
        return (headings.count, headings.filter { ledger.revisedBudget(.heading($0), upTo: upTo) == nil })
    }

    /// Lines that go up to the budget, in rules none of whose headings has one, though costs fell under them.
    public var budgetsMissing: [AgreementLine] {
        rulesWithCosts.flatMap { rule -> [AgreementLine] in
            let budgets = headingsWithoutBudget(ofRule: rule.index)
            guard budgets.without.count == budgets.all else { return [] }
            return agreement.rules[rule.index].takes.filter(\.usesBudget).map(\.line)
        }
    }

    /// Lines that go by the budget of their rule, with those of its headings of cost that have none though something
    /// was posted to them; where some have one.
    public var headingsWithoutBudget: [(line: AgreementLine, heading: Name<Heading>)] {
        rulesWithCosts.flatMap { rule -> [(line: AgreementLine, heading: Name<Heading>)] in
            let budgets = headingsWithoutBudget(ofRule: rule.index)
            guard budgets.without.count < budgets.all else { return [] }
            let posted = budgets.without.filter { rule.lines.contains(.heading($0)) }
            return agreement.rules[rule.index].takes.filter(\.usesBudget).flatMap { take in
                posted.map { (take.line, $0) }
            }
        }
    }

    /// Lines that go by an activity which the year's table doesn't count of any of their bodies, though costs fell
    /// under their rule. A count of zero is one, but not where shares go by it.
    public var activitiesMissing: [(line: AgreementLine, unit: Name<Activity>)] {
        rulesWithCosts.flatMap { rule in
            agreement.rules[rule.index].takes.compactMap { take -> (line: AgreementLine, unit: Name<Activity>)? in
                guard let unit = take.activity else { return nil }
                let counted = context.activity[unit] ?? [:]
                let of =
                    agreement.parties(of: take.payer).map { $0.compactMap { counted[$0] } } ?? Array(counted.values)
                let isCounted: Bool = if case .perUnit = take.amount { !of.isEmpty } else { !of.allSatisfy(\.isZero) }
                return isCounted ? nil : (take.line, unit)
            }
        }
    }

    /// What a body bears under the rules: its parts of costs, less its parts of earned income.
    public func borneUnderRules(by payer: Payer) -> Money {
        allocations.map { allocation in
            guard case .rule = allocation.pool.source else { return .zero }
            return allocation.borne(by: payer)
        }.sum()
    }

    /// What a contributor owes a member for the year: what it declared, and to the host what it bears under the rules.
    public func owed(by contributor: Name<Contributor>, to member: Name<Member>) -> Money {
        let declared = agreement.agreed(contributor, in: ledger.year).filter { $0.to == member }.map(\.amount).sum()
        return declared
            + (member == agreement.chart.host ? borneUnderRules(by: .contributor(contributor)) : .zero)
    }

    /// The same to all members.
    public func owed(by contributor: Name<Contributor>) -> Money {
        agreement.chart.members.map { owed(by: contributor, to: $0.name) }.sum()
    }

    /// What members and contributors bear of costs, by the rule's title: a next year's limits may go by it.
    ///
    /// Of a rule that is net, income is taken off.
    public var borneByRule: [String: [Party: Money]] {
        var borne: [String: [Party: Money]] = [:]
        for allocation in allocations {
            guard case .rule(let index) = allocation.pool.source else { continue }
            let rule = agreement.rules[index]
            guard allocation.pool.kind == .cost || rule.isNet else { continue }
            for payer in allocation.payers {
                let party: Party
                switch payer {
                case .member(let name): party = .member(name)
                case .contributor(let name): party = .contributor(name)
                case .direct, .reserve, .fund: continue
                }
                borne[rule.title, default: [:]][party, default: .zero] += allocation.borne(by: payer)
            }
        }
        return borne
    }

    /// Members in whose ledgers nothing can stand: they keep no books for the partnership, and none are here.
    ///
    /// What another ledger shows as paid by them, or to them, is a recharge with one side.
    public var membersWithoutBooks: Set<Name<Member>> {
        Set(agreement.chart.members.map(\.name)).subtracting(agreement.keepsBooks)
            .subtracting(movements.map(\.ledgerOf))
    }

    /// Whether there is nothing in a member's suspense, or journals have cleared it. Rows that happen to
    /// net to zero are not cleared: their amounts are still in no heading.
    public func isSuspenseClear(of member: Name<Member>) -> Bool {
        let (balance, postings) = suspense(of: member)
        return balance.isZero && (postings.isEmpty || postings.contains { $0.journal != nil })
    }

    /// The postings that a pool is made of, for one of its lines: what they add up to is the row's total.
    public func postings(of pool: Pool, line: BudgetLine) -> [Posting] {
        switch (pool.source, line) {
        case (.rule(let index), .heading(let name)):
            let isSplit = agreement.rules[index].isSplitByMemberConcerned
            let months = Set((1...12).filter { agreement.rule(for: name, month: $0, of: ledger.year) == index })
            return ledger.postings.filter { posting in
                !posting.flow(into: .heading(name)).isZero && (!isSplit || posting.concerning == pool.concerning)
                    && months.contains(posting.period.month)
            }
        case (.contributions(let key), .contribution(let name)):
            return ledger.postings.filter {
                $0.isContribution(from: name) && agreement.poolKey(of: name, to: $0.ledgerOf, in: ledger.year) == key
            }
        case (_, _):
            return []
        }
    }
}

extension CostSharing {
    /// What each line came to by the end of each period, P0 to P16, over all members: a row's total in the
    /// statement to that period. Costs and income alike are above zero.
    public func lineTotalsByPeriod() -> [BudgetLine: [Money]] {
        let nothing = Array(repeating: Money.zero, count: 17)
        var totals: [BudgetLine: [Money]] = [:]
        let kinds = Dictionary(uniqueKeysWithValues: agreement.chart.headings.map { ($0.name, $0.kind) })
        for movement in movements {
            for (account, amount) in movement.flows {
                // What waits for a member concerned is in no row.
                guard case .heading(let name) = account, let kind = kinds[name],
                    movement.concerning != nil
                        || !agreement.isSplit(name, month: movement.period.month, of: ledger.year)
                else { continue }
                totals[.heading(name), default: nothing][movement.period.number] += kind == .cost ? amount : -amount
            }
        }
        for (line, months) in totals {
            var toDate = Money.zero
            totals[line] = months.map { amount in
                toDate += amount
                return toDate
            }
        }
        for number in 0...16 {
            // Which part of a contributor's money is its contribution depends on all that it paid to date.
            for receipt in agreement.receipts(movements.filter { $0.period.number <= number }, in: ledger.year) {
                totals[.contribution(receipt.contributor), default: nothing][number] += receipt.contributed
            }
        }
        if agreement.contributions.contains(where: { $0.source == .approvedBudget }) {
            let budgets = agreement.chart.members.compactMap { ledger.budget.figure(.approvedBudget, $0.name)?.amount }
            totals[.approvedBudget] = Array(repeating: budgets.sum(), count: 17)
        }
        return totals
    }
}

extension Posting {
    /// Whether it pays a contributor's money in, or back.
    public func isContribution(from name: Name<Contributor>) -> Bool {
        from == .cash(.contributor(name)) || to == .cash(.contributor(name))
    }

    /// What it pays in: below zero where it pays back.
    public func contribution(of name: Name<Contributor>) -> Money { -flow(into: .cash(.contributor(name))) }
}

extension Agreement {
    /// The headings of a kind that a rule covers in some month of a year.
    func headings(ofRule index: Int, _ kind: Heading.Kind, in year: FinancialYear) -> [Name<Heading>] {
        chart.headings.filter { heading in
            heading.kind == kind && (1...12).contains { rule(for: heading.name, month: $0, of: year) == index }
        }.map(\.name)
    }

    /// The key by which a contributor's money, paid to a member, is pooled; `nil` where it stays.
    public func poolKey(of contributor: Name<Contributor>, to member: Name<Member>, in year: FinancialYear) -> SplitKey?
    {
        let terms = agreed(contributor, in: year)
        var use =
            (terms.first { $0.to == member }
            ?? terms.first { receiver(of: contributor, paidTo: member, month: 12, in: year) == $0.to })?.term.use
        // Money that reached another member than agreed is the pool's all the same, where all of it is.
        if use == nil, Set(terms.map(\.term.use)).count == 1 { use = terms.first?.term.use }
        guard case .pooled(let key)? = use else { return nil }
        return key
    }

    /// The key by which the members' own approved budgets are pooled; `nil` where each keeps its own.
    public var approvedBudgetKey: SplitKey? {
        guard case .pooled(let key)? = contributions.first(where: { $0.source == .approvedBudget })?.use else {
            return nil
        }
        return key
    }
}

/// Runs the rules in order, holding what each reserve and fund still has.
private struct Runner {
    let agreement: Agreement
    let ledger: GeneralLedger
    var allocations: [Allocation] = []
    var withoutMemberConcerned: [CostSharing.Unassigned] = []
    let movements: [Movement]
    let receipts: [Receipt]
    var context: SharingContext

    init(agreement: Agreement, ledger: GeneralLedger, upTo: Period?) {
        self.agreement = agreement
        self.ledger = ledger
        movements = ledger.postings.movements
        receipts = agreement.receipts(movements, in: ledger.year)
        context = SharingContext(agreement: agreement, ledger: ledger, movements: movements, upTo: upTo)
    }

    mutating func run() {
        let totals = headingTotals()
        for (index, rule) in agreement.rules.enumerated() {
            let concerned: [Name<Member>?] = rule.isSplitByMemberConcerned ? agreement.chart.members.map(\.name) : [nil]
            let isByMonth = rule.depends(onMonthsOf: ledger.year, agreement)
            if rule.isNet {
                for member in concerned {
                    let costs = rows(of: .cost, index, rule, concerning: member, totals, isByMonth)
                    let income = rows(of: .income, index, rule, concerning: member, totals, isByMonth)
                    shareNet(costs, income, index, rule, concerning: member)
                }
                continue
            }
            for kind in [Heading.Kind.cost, .income] {
                for member in concerned {
                    let rows = rows(of: kind, index, rule, concerning: member, totals, isByMonth)
                    guard !rows.isEmpty else { continue }
                    let allocation = allocate(
                        Pool(source: .rule(index), kind: kind, concerning: member, rows: rows), rule)
                    // Nothing of income meets a balance, or counts against what a body bears in all.
                    if kind == .cost { context.spend(allocation) }
                    allocations.append(allocation)
                }
            }
        }
        shareContributions()
    }

    /// The rows of a rule's pool of one kind, those that something was posted to.
    private func rows(
        of kind: Heading.Kind, _ index: Int, _ rule: Rule, concerning member: Name<Member>?, _ totals: [PoolKey: Money],
        _ isByMonth: Bool
    ) -> [Pool.Row] {
        agreement.chart.headings.filter { $0.kind == kind && rule.covers($0.name) }.compactMap { heading in
            var months = Array(repeating: Money.zero, count: 12)
            var isTouched = false
            for month in 1...12 where agreement.rule(for: heading.name, month: month, of: ledger.year) == index {
                guard let total = totals[PoolKey(heading: heading.name, concerning: member, month: month)] else {
                    continue
                }
                isTouched = true
                months[month - 1] = kind == .cost ? total : -total
            }
            guard isTouched else { return nil }
            return Pool.Row(line: .heading(heading.name), segments: isByMonth ? months : [months.sum()])
        }
    }

    /// Costs less income as one pool, which the statement shows as two.
    private mutating func shareNet(
        _ costs: [Pool.Row], _ income: [Pool.Row], _ index: Int, _ rule: Rule, concerning member: Name<Member>?
    ) {
        guard !costs.isEmpty || !income.isEmpty else { return }
        let lessIncome = Pool(source: .rule(index), kind: .income, concerning: member, rows: income).turned(.cost)
        let net = Pool(source: .rule(index), kind: .cost, concerning: member, rows: costs + lessIncome.rows)
        let (cost, ofIncome) = allocate(net, rule).split(costs: costs.count)
        for allocation in [cost, ofIncome].compactMap({ $0 }) {
            context.spend(allocation)
            allocations.append(allocation)
        }
    }

    private struct PoolKey: Hashable {
        let heading: Name<Heading>
        let concerning: Name<Member>?
        let month: Int
    }

    /// What flowed into each heading in each month, by member concerned where the rule asks.
    private mutating func headingTotals() -> [PoolKey: Money] {
        let split = Dictionary(
            uniqueKeysWithValues: agreement.chart.headings.map { heading in
                (heading.name, (1...12).map { agreement.isSplit(heading.name, month: $0, of: ledger.year) })
            })
        var totals: [PoolKey: Money] = [:]
        var isAnyUnassigned = false
        for movement in movements {
            let month = movement.period.month
            for (account, amount) in movement.flows {
                guard case .heading(let name) = account else { continue }
                let isSplit = split[name]?[month - 1] ?? false
                if isSplit, movement.concerning == nil {
                    isAnyUnassigned = true
                    continue
                }
                totals[
                    PoolKey(heading: name, concerning: isSplit ? movement.concerning : nil, month: month),
                    default: .zero] += amount
            }
        }
        if isAnyUnassigned {
            for posting in ledger.postings where posting.concerning == nil {
                for name in posting.headings where split[name]?[posting.period.month - 1] ?? false {
                    withoutMemberConcerned.append(CostSharing.Unassigned(posting: posting, heading: name))
                }
            }
        }
        return totals
    }

    private mutating func allocate(_ pool: Pool, _ rule: Rule) -> Allocation {
        var run = PoolRun(pool: pool, context: context)
        run.run(rule.takes)
        context.inKind = run.context.inKind
        return run.allocation()
    }

    /// Contributions that are pooled, one pool for each key.
    private mutating func shareContributions() {
        var keys: [SplitKey] = []
        for term in agreement.contributions {
            if case .pooled(let key) = term.use, !keys.contains(key) { keys.append(key) }
        }
        guard !keys.isEmpty else { return }
        var posted: [Name<Contributor>: [SplitKey: [Money]]] = [:]
        for receipt in receipts {
            guard let key = agreement.poolKey(of: receipt.contributor, to: receipt.ledgerOf, in: ledger.year) else {
                continue
            }
            let before = posted[receipt.contributor, default: [:]][key] ?? Array(repeating: .zero, count: 12)
            // A contributor that paid nothing but its part of a cost has no row here.
            guard !agreement.paysUnderRule(receipt.contributor) || receipt.contribution.contains(where: { !$0.isZero })
            else { continue }
            posted[receipt.contributor, default: [:]][key] = zip(before, receipt.contribution).map { $0 + $1 }
        }
        for key in keys {
            let isByMonth =
                key.timing == .asCostsFall
                && agreement.changes(agreement.members(nil).map { .member($0) }, key, within: ledger.year)
            func row(_ line: BudgetLine, _ months: [Money]) -> Pool.Row {
                Pool.Row(line: line, segments: isByMonth ? months : [months.sum()])
            }
            var rows = agreement.chart.contributors.compactMap { contributor in
                posted[contributor.name]?[key].map { row(.contribution(contributor.name), $0) }
            }
            if agreement.approvedBudgetKey == key {
                // It is due in the year's first month.
                let total = agreement.chart.members.compactMap {
                    ledger.budget.figure(.approvedBudget, $0.name)?.amount
                }.sum()
                rows.insert(row(.approvedBudget, [total] + Array(repeating: .zero, count: 11)), at: 0)
            }
            guard !rows.isEmpty else { continue }
            var run = PoolRun(
                pool: Pool(source: .contributions(key), kind: .income, concerning: nil, rows: rows), context: context)
            run.share(by: key)
            allocations.append(run.allocation())
        }
    }
}
