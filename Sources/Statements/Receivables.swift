internal import Agreements
internal import Sharing
public import Sterling
public import Ledger

/// Each contributor's year, and that of members which are invoiced as contributors are: agreed, invoiced, received,
/// outstanding with its age, early, written off.
public struct Receivables: Sendable {
    /// By contributor and then member, both in the agreement's order. A pair has none where nothing is agreed, borne
    /// under the rules, invoiced or posted in this year, or agreed in the last.
    public let rows: [Row]
    /// The day to which ages are reckoned; invoices of later days don't count.
    public let asAt: CalendarDate

    /// What one contributor owes and paid to one member. Amounts are natural: owed or paid is above zero.
    public struct Row: Sendable {
        public let from: Party
        public let to: Name<Member>
        /// For the year, with its part of the costs to date under the rules, and what of it is due by now.
        public let agreed: Money
        public let dueToDate: Money
        /// Declared for the year before; its part of that year's costs is not in it.
        public let agreedLastYear: Money
        /// In the ledgers, to date.
        public let posted: Money
        /// Net of VAT.
        public let invoiced: Money
        /// On the invoices.
        public let vat: Money
        /// Gross, as it came.
        public let received: Money
        /// Gross.
        public let writtenOff: Money
        /// Gross, of invoices due by now: a debtor.
        public let outstanding: Money
        /// Of it, due longer than these days ago.
        public let over30Days: Money
        public let over90Days: Money
        /// Received in the year, and due only after it: a receipt in advance.
        public let inAdvance: Money
        /// Who bears what was written off.
        public let borneBy: String
    }

    /// - Parameters:
    ///   - asAt: the day to which ages are reckoned.
    ///   - lastYear: says what contributors bore under its rules; without it, what they declared is compared.
    public init(_ outturn: Outturn, asAt: CalendarDate, lastYear: YearClose? = nil) {
        self.asAt = asAt
        let agreement = outturn.agreement, ledger = outturn.ledger, year = ledger.year
        let month = outturn.upTo?.month ?? 12
        let ofContributors = agreement.chart.contributors.flatMap { contributor -> [Row] in
            let agreed = agreement.agreed(contributor.name, in: year),
                before = agreement.agreed(contributor.name, in: year.previous)
            var paid: [Name<Member>: Money] = [:]
            for movement in outturn.sharing.movements {
                for (account, amount) in movement.flows where account == .cash(.contributor(contributor.name)) {
                    let receiver = agreement.receiver(
                        of: contributor.name, paidTo: movement.ledgerOf, month: movement.period.month, in: year)
                    paid[receiver, default: .zero] -= amount
                }
            }
            return agreement.chart.members.compactMap { member in
                let terms = agreed.filter { $0.to == member.name }
                let invoices = ledger.invoices.filter {
                    $0.from == .contributor(contributor.name) && $0.to == member.name && $0.date <= asAt
                }
                let isHost = member.name == agreement.chart.host
                let agreedBefore = lastYear?.contribution(.contribution(contributor.name))?.agreed
                let borneBefore = agreedBefore.map { $0 - before.map(\.amount).sum() } ?? .zero
                let last = before.filter { $0.to == member.name }.map(\.amount).sum() + (isHost ? borneBefore : .zero)
                let posted = paid[member.name] ?? .zero
                // What it bears under the rules is due to the host, as the costs fall.
                let borne = isHost ? outturn.sharing.borneUnderRules(by: .contributor(contributor.name)) : .zero
                guard !terms.isEmpty || !invoices.isEmpty || !last.isZero || !posted.isZero || !borne.isZero else {
                    return nil
                }
                let off = invoices.map(\.writtenOff).sum()
                let key = agreement.poolKey(of: contributor.name, to: member.name, in: year)
                return Row(
                    from: .contributor(contributor.name), to: member.name,
                    agreed: outturn.sharing.owed(by: contributor.name, to: member.name),
                    dueToDate: terms.map { $0.due(byMonth: month) }.sum() + borne, agreedLastYear: last,
                    posted: posted, invoices: invoices, asAt: asAt, year: year,
                    borneBy: off.isZero ? "" : key.map { "all members, \($0)" } ?? agreement.chart.label(member.name))
            }
        }
        rows = ofContributors + Self.ofMembers(outturn, asAt: asAt)
    }

    /// Members that were invoiced: what each approved is agreed with the host, and what another ledger shows as
    /// received from it is posted.
    private static func ofMembers(_ outturn: Outturn, asAt: CalendarDate) -> [Row] {
        let agreement = outturn.agreement, ledger = outturn.ledger, members = agreement.chart.members.map(\.name)
        let isBudgetAgreed = agreement.contributions.contains { $0.source == .approvedBudget }
        return members.flatMap { payer in
            members.compactMap { receiver -> Row? in
                let invoices = ledger.invoices.filter {
                    $0.from == .member(payer) && $0.to == receiver && $0.date <= asAt
                }
                guard !invoices.isEmpty else { return nil }
                let budget = ledger.budget.figure(.approvedBudget, payer)?.amount ?? .zero
                let agreed = isBudgetAgreed && receiver == agreement.chart.host ? budget : .zero
                let received = outturn.sharing.movements.filter {
                    $0.ledgerOf == receiver && $0.rechargeCounterpart == payer
                }.compactMap(\.rechargePaid).sum()
                return Row(
                    from: .member(payer), to: receiver, agreed: agreed, dueToDate: agreed, agreedLastYear: .zero,
                    posted: -received, invoices: invoices, asAt: asAt, year: ledger.year,
                    borneBy: invoices.contains { !$0.writtenOff.isZero } ? agreement.chart.label(receiver) : "")
            }
        }
    }
}

extension Receivables.Row {
    /// - Parameter invoices: those of the pair, dated by `asAt`.
    fileprivate init(
        from: Party, to: Name<Member>, agreed: Money, dueToDate: Money, agreedLastYear: Money, posted: Money,
        invoices: [Invoice], asAt: CalendarDate, year: FinancialYear, borneBy: String
    ) {
        func open(_ invoice: Invoice) -> Money {
            let isReceived = invoice.receivedOn.map { $0 <= asAt } ?? true
            return invoice.gross - (isReceived ? invoice.received : .zero) - invoice.writtenOff
        }
        func outstanding(over days: Int) -> Money {
            invoices.filter { $0.due <= asAt && asAt.dayNumber - $0.due.dayNumber > days }.map(open).sum()
        }
        self.init(
            from: from, to: to, agreed: agreed, dueToDate: dueToDate, agreedLastYear: agreedLastYear, posted: posted,
            invoiced: invoices.map(\.net).sum(), vat: invoices.map(\.vat).sum(),
            received: invoices.filter { $0.receivedOn.map { $0 <= asAt } ?? true }.map(\.received).sum(),
            writtenOff: invoices.map(\.writtenOff).sum(), outstanding: outstanding(over: -1),
            over30Days: outstanding(over: 30), over90Days: outstanding(over: 90),
            inAdvance: invoices.filter {
                $0.due > year.lastDay(ofMonth: 12) && ($0.receivedOn.map { $0 <= asAt } ?? false)
            }.map(\.received).sum(), borneBy: borneBy)
    }
}
