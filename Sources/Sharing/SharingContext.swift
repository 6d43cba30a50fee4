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
    let contributionWeights: [Name<Member>: Fraction]
    /// What the year's `activity` table counts, to date.
    let activity: [Name<Activity>: [Party: Fraction]]
    /// What bodies with a limit in all can still bear.
    var allowances: [Party: Money]
    /// What bodies bore last year, by the rule's title.
    let borneLastYear: [String: [Party: Money]]

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
                ($0.name, Fraction(max(0, ledger.budget.figure(.approvedBudget, $0.name)?.amount.pence ?? 0)))
            })
        var activity: [Name<Activity>: [Party: Fraction]] = [:]
        for count in ledger.activity {
            activity[count.activity, default: [:]][count.party, default: .zero] += count.quantity
        }
        self.activity = activity
        allowances = Dictionary(uniqueKeysWithValues: agreement.capsInAll.map { ($0.party, $0.amount) })
        borneLastYear = ledger.borneLastYear ?? [:]
    }

    /// Each body's part of a group, zero for those that bear nothing: of every segment where the
    /// key says as costs fall and the pool is cut into months, else of the whole.
    func parts(_ group: [Party], _ key: SplitKey, segments: Int) -> [(party: Party, parts: [Fraction])] {
        func weight(_ party: Party, _ basis: SplitKey.Basis, _ month: Int) -> Fraction {
            switch (basis, party) {
            case (.byContribution, .member(let name)): contributionWeights[name] ?? .zero
            case (.byActivity(let unit), _): activity[unit]?[party] ?? .zero
            default: agreement.weight(of: party, basis, on: year.lastDay(ofMonth: month))
            }
        }
        func days(_ party: Party, _ month: Int) -> Fraction {
            Fraction(agreement.days(of: party, month: month, of: year))
        }
        // Where none of them has a contribution to go by, those there bear alike, and a check says so.
        let table: [[Fraction]]
        if key.timing == .asCostsFall, segments == 12 {
            table = (1...12).map { month in
                key.basis.shares(
                    weights: { basis in group.map { weight($0, basis, month) * days($0, month) } },
                    present: group.map { days($0, month).isZero ? .zero : .one })
            }
        } else if key.timing == .byDays {
            let all = key.basis.shares(
                weights: { basis in
                    group.map { party in (1...month).map { weight(party, basis, $0) * days(party, $0) }.sum() }
                },
                present: group.map { agreement.days(of: $0, upTo: month, of: year) > 0 ? .one : .zero })
            table = Array(repeating: all, count: segments)
        } else {
            let takesPart = group.map { agreement.takesPart($0, in: year) }
            let all = key.basis.shares(
                weights: { basis in zip(group, takesPart).map { $1 ? weight($0, basis, 1) : .zero } },
                present: takesPart.map { $0 ? .one : .zero })
            table = Array(repeating: all, count: segments)
        }
        return group.enumerated().map { index, party in (party, table.map { $0[index] }) }
            .filter { $0.1.contains { !$0.isZero } }
    }

    /// The budget of every heading that a pool's rule covers: one that nothing was posted to has its budget all the
    /// same.
    func budget(of pool: Pool) -> Fraction {
        guard case .rule(let index) = pool.source else { return .zero }
        func sum(_ kind: Heading.Kind) -> Fraction {
            Fraction(pence: agreement.headings(ofRule: index, kind, in: year).compactMap { budgets[$0] }.sum())
        }
        return agreement.rules[index].isNet ? sum(.cost) - sum(.income) : sum(pool.kind)
    }

    /// The months in which cost may be met by a fund; a month counts by its last day.
    func eligible(_ fund: FundTerm, segments: Int) -> [Bool] {
        segments == 1 ? [true] : (1...12).map { fund.life.contains(year.lastDay(ofMonth: $0)) }
    }

    /// Takes what a pool took from reserves and funds out of their balances, and from what bodies may bear in all.
    mutating func spend(_ allocation: Allocation) {
        for payer in allocation.payers {
            let amount = allocation.borne(by: payer)
            switch payer {
            case .reserve: balances[payer, default: .zero] -= amount
            case .fund(let name):
                balances[payer, default: .zero] -= amount
                if agreement.fund(name)?.isGrant == true { used[name, default: .zero] += amount }
            case .member(let name), .direct(let name): allowances[.member(name)]? -= amount
            case .contributor(let name): allowances[.contributor(name)]? -= amount
            }
        }
    }
}
