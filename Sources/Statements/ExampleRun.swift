public import Agreements
public import Findings
public import Ledger
internal import Sharing
internal import Sterling

extension AgreementExample {
    /// Runs the example; nothing else of the partnership's books takes part.
    ///
    /// - Returns: a finding for each expectation that comes out otherwise.
    public func run(_ agreement: Agreement, year checked: FinancialYear) -> [Finding] {
        let year = year ?? checked
        var ledger = GeneralLedger(chart: agreement.chart, year: year)
        let host = agreement.chart.host
        let place = Place(file: "examples")
        var used: [Name<Fund>: Money] = [:], held: [Name<Fund>: Money] = [:]
        for given in givens {
            switch given {
            case .heading(let name, let amount, let concerning, let period, let member):
                let cash = Account.cash(.member(member ?? host)), isCost = agreement.chart.heading(name)?.kind == .cost
                ledger.postings.append(
                    amount: amount, from: isCost ? cash : .heading(name), to: isCost ? .heading(name) : cash,
                    ledgerOf: member ?? host, concerning: concerning, period: period, place: place)
            case .received(let account, let amount, let member):
                let cash = Account.cash(.member(member ?? host))
                // A fund is what money is put to; a contributor is whom it comes from.
                let isFund: Bool = if case .fund = account { true } else { false }
                ledger.postings.append(
                    amount: amount, from: isFund ? cash : account, to: isFund ? account : cash,
                    ledgerOf: member ?? host, period: Period(1)!, place: place)
            case .reserve(let name, let amount):
                ledger.openings[name] = OpeningBalance(
                    broughtForward: amount, adjustment: .zero, reason: "", place: place, adjustmentPlace: place)
            case .fund(let name, let amount): held[name] = amount
            case .usedBefore(let name, let amount): used[name] = amount
            case .approvedBudget(let name, let amount):
                ledger.budget.figures[BudgetLineMember(line: .approvedBudget, member: name)] = Budget.Figure(
                    amount: amount, place: place)
            case .budget(let name, let amount):
                ledger.budget.totals[.heading(name)] = Budget.Figure(amount: amount, place: place)
            case .inKind(let name, let amount):
                ledger.inKind.append(
                    InKind(
                        from: "", what: "", value: amount, basis: "", countsFor: name, cashInLieu: .zero, place: place))
            case .activity(let unit, let party, let quantity):
                ledger.activity.append(
                    ActivityCount(
                        activity: unit, party: party, period: Period(1)!, quantity: quantity, place: place))
            case .lastYear(let rule, let party, let amount):
                ledger.borneLastYear = ledger.borneLastYear ?? [:]
                ledger.borneLastYear![rule, default: [:]][party] = amount
            }
        }
        for name in Set(used.keys).union(held.keys) {
            ledger.fundOpenings[name] = FundOpening(
                broughtForward: held[name] ?? .zero, usedBefore: used[name] ?? .zero, place: place)
        }
        let outturn = Outturn(agreement: agreement, ledger: ledger)
        return expectations.compactMap { expectation in
            let got = outturn.figure(expectation.what)
            guard got != expectation.amount else { return nil }
            return Finding(
                .exampleDiffers, at: expectation.place, found: "\(expectation.amount)",
                "\"\(title)\": the agreement gives \(got)",
                hint: "work it out by hand: either the example is wrong, or the agreement doesn't say what was meant",
                excerpt: expectation.excerpt)
        }
    }
}

extension Outturn {
    fileprivate func figure(_ what: AgreementExample.Expectation.What) -> Money {
        func net(_ name: Name<Member>) -> Money {
            let column = members.firstIndex { $0.name == name }!
            return rows.filter { [.netOutturn, .sharedNetOutturn].contains($0.content) }.map { $0.amounts[column] }
                .sum()
        }
        switch what {
        case .bears(let payer, let heading):
            return sharing.allocations.map { allocation -> Money in
                // Contributions lower what members owe, not what they bear.
                guard case .rule = allocation.pool.source else { return .zero }
                let sign = allocation.pool.kind == .cost ? 1 : -1
                guard let column = allocation.payers.firstIndex(of: payer) else { return .zero }
                return zip(allocation.pool.rows, allocation.shares).filter {
                    heading == nil || $0.0.line == .heading(heading!)
                }.map { Money(pence: sign * $0.1[column].pence) }.sum()
            }.sum()
        case .surplus(let name): return net(name)
        case .deficit(let name): return -net(name)
        case .reserve(let name): return reserves.first { $0.member == name }!.carriedForward
        case .fund(let name): return funds.first { $0.term.name == name }!.carriedForward
        case .agreed(let name): return agreement.agreed(name, in: ledger.year).map(\.amount).sum()
        }
    }
}
