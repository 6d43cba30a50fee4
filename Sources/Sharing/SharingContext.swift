internal import Agreements
internal import Sterling
internal import Ledger

/// What a rule needs to know of the year besides its pool: balances, budgets, and how far the year is.
struct SharingContext {
    let agreement: Agreement
    let year: FinancialYear
    /// The last month reckoned with, April being 1.
    let month: Int
    let isWholeYear: Bool
    /// What each reserve and fund can still give: law 7. A grant can give the rest of its award.
    var balances: [Payer: Money]
    /// What each grant has given over its life; a fund's cap binds the pool alone.
    var used: [Name<Fund>: Money]
    /// What was given in kind towards each grant's match, and not yet counted.
    var inKind: [Name<Fund>: Money]
    /// Of each heading that has one, virements included.
    let budgets: [Name<Heading>: Money]
    /// The members' own approved budgets in pence, as weights.
    let contributionWeights: [Name<Member>: Int]

    init(agreement: Agreement, ledger: GeneralLedger, movements: [Movement], upTo: Period?) {
        self.agreement = agreement
        year = ledger.year
        month = upTo?.month ?? 12
        isWholeYear = upTo == nil
        var balances: [Payer: Money] = [:]
        let appropriated = movements.appropriations()
        for member in agreement.chart.members {
            balances[.reserve(member.name)] = max(
                .zero,
                ledger.reserveBalanceBeforeCosts(of: member.name, appropriated: appropriated[member.name] ?? .zero))
        }
        used = [:]
        let received = movements.fundReceipts()
        for fund in agreement.funds {
            let opening = ledger.fundOpenings[fund.name]
            if fund.isGrant { used[fund.name] = opening?.usedBefore ?? .zero }
            let balance =
                fund.award.map { $0 - (opening?.usedBefore ?? .zero) }
                ?? (opening?.broughtForward ?? .zero) + (opening?.adjustment ?? .zero) + (received[fund.name] ?? .zero)
            balances[.fund(fund.name)] = max(.zero, balance)
        }
        self.balances = balances
        inKind = [:]
        for item in ledger.inKind { if let fund = item.countsFor { inKind[fund, default: .zero] += item.value } }
        budgets = Dictionary(
            uniqueKeysWithValues: agreement.chart.headings.compactMap { heading in
                ledger.revisedBudget(.heading(heading.name), upTo: upTo).map { (heading.name, $0) }
            })
        contributionWeights = Dictionary(
            uniqueKeysWithValues: agreement.chart.members.map {
                ($0.name, max(0, ledger.budget.figure(.approvedBudget, $0.name)?.amount.pence ?? 0))
            })
    }

    /// Each member's part of a group, zero for those that bear nothing: of every segment where the
    /// key says as costs fall and the pool is cut into months, else of the whole.
    func parts(_ names: [Name<Member>]?, _ key: SplitKey, segments: Int) -> [(member: Name<Member>, parts: [Fraction])]
    {
        let members = agreement.chart.members.map(\.name).filter { names?.contains($0) ?? true }
        func shares(_ weights: [Int], present: (Name<Member>) -> Bool) -> [Fraction] {
            // Where none of them has a contribution to go by, those there bear alike, and a check says so.
            let weights = weights.contains { $0 != 0 } ? weights : members.map { present($0) ? 1 : 0 }
            let sum = Fraction(weights.reduce(0, +))
            return weights.map { sum.isZero ? .one / Fraction(members.count) : Fraction($0) / sum }
        }
        func weight(_ member: Name<Member>, _ month: Int) -> Int {
            key.basis == .byContribution
                ? contributionWeights[member] ?? 0
                : agreement.weight(of: member, key.basis, on: year.lastDay(ofMonth: month))
        }
        let isByMonth = key.timing == .asCostsFall && segments == 12
        let table: [[Fraction]]
        if isByMonth {
            table = (1...12).map { month in
                func days(_ member: Name<Member>) -> Int { agreement.days(of: .member(member), month: month, of: year) }
                return shares(members.map { weight($0, month) * days($0) }) { days($0) > 0 }
            }
        } else if key.timing == .byDays {
            let all = shares(
                members.map { member in
                    (1...month).map { weight(member, $0) * agreement.days(of: .member(member), month: $0, of: year) }
                        .reduce(0, +)
                }
            ) { agreement.days(of: .member($0), upTo: month, of: year) > 0 }
            table = Array(repeating: all, count: segments)
        } else {
            let all = shares(members.map { agreement.takesPart(.member($0), in: year) ? weight($0, 1) : 0 }) {
                agreement.takesPart(.member($0), in: year)
            }
            table = Array(repeating: all, count: segments)
        }
        return members.enumerated().map { index, member in (member, table.map { $0[index] }) }
            .filter { $0.1.contains { !$0.isZero } }
    }

    /// The headings of a pool's kind that its rule covers in some month of the year.
    func headings(of pool: Pool) -> [Name<Heading>] {
        guard case .rule(let index) = pool.source else { return [] }
        return agreement.headings(ofRule: index, pool.kind, in: year)
    }

    /// The months in which cost may be met by a fund; a month counts by its last day.
    func eligible(_ fund: FundTerm, segments: Int) -> [Bool] {
        segments == 1 ? [true] : (1...12).map { fund.life.contains(year.lastDay(ofMonth: $0)) }
    }

    /// Takes what a pool took from reserves and funds out of their balances.
    mutating func spend(_ allocation: Allocation) {
        for payer in allocation.payers {
            switch payer {
            case .reserve: balances[payer, default: .zero] -= allocation.total(of: payer)
            case .fund(let name):
                balances[payer, default: .zero] -= allocation.total(of: payer)
                if agreement.fund(name)?.isGrant == true { used[name, default: .zero] += allocation.total(of: payer) }
            case .member, .direct, .contributor: break
            }
        }
    }
}
