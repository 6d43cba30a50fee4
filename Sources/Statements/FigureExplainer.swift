internal import Sharing
internal import Agreements
internal import Findings
internal import Sterling
internal import Ledger

/// Says what each figure of a statement is made of, at one of two depths. `explain` prints every posting; the page,
/// which explains every figure, prints how many there are and where the first stands.
///
/// A row that is a sum of rows is explained by `Outturn.parts(of:)`, as totals, checks and formulas are.
struct FigureExplainer {
    private let outturn: Outturn
    private let rows: [Outturn.Row]
    private let found: PostingsBehind

    enum Depth { case everyPosting, count }

    init(_ outturn: Outturn, depth: Depth) {
        self.outturn = outturn
        rows = outturn.rows
        found = PostingsBehind(outturn, depth: depth)
    }

    private var agreement: Agreement { outturn.agreement }
    private var ledger: GeneralLedger { outturn.ledger }

    /// - Parameters:
    ///   - index: a row, among all rows of the statement.
    ///   - column: a member.
    /// - Returns: parts whose amounts, with the statement's signs, add up to the figure.
    func parts(_ index: Int, _ column: Int) -> [Trail.Part] {
        let row = rows[index], member = outturn.members[column]
        switch row.content {
        case .line(.approvedBudget): return approvedBudgetParts(row, column)
        case .line(.contribution(let contributor)): return contributionParts(contributor, row, column)
        case .line(.heading(let heading)): return shareParts(.heading(heading), row, column)
        case .metFromReserves, .metFromPartners, .metFromFunds: return metParts(row.content, row, column)
        case .sharedNetOutturn: return sharedNetParts(row, column)
        case .sharedFromFunds: return sharedFromFundsParts(row, column)
        case .total, .netOutturn, .carriedForward: return rowParts(index, column)
        case .broughtForward:
            guard let opening = ledger.openings[member.name] else { return [] }
            return [
                part("reserve as certified", opening.broughtForward, row, .document(opening.place, reason: ""))
            ]
        case .adjustment:
            guard let opening = ledger.openings[member.name] else { return [] }
            return [
                part(
                    "adjustment", opening.adjustment, row,
                    .document(opening.adjustmentPlace, reason: opening.reason))
            ]
        case .appropriations:
            let journals = found.journals(of: member.name) { outturn.printed($0, row.side) }
            return [Trail.Part(what: "journals", amount: journals.sum, source: .postings(journals))]
        case .spentFromReserves: return spentParts(row, column)
        case .contributionToReserves, .metFromGeneralFund, .returnedToGeneralFund: return disposalParts(row, column)
        }
    }

    private func part(_ what: String, _ amount: Money, _ row: Outturn.Row, _ source: Trail.Source) -> Trail.Part {
        Trail.Part(what: what, amount: outturn.printed(amount, row.side), source: source)
    }

    private func rowParts(_ index: Int, _ column: Int) -> [Trail.Part] {
        outturn.parts(of: index).filter { !rows[$0.row].amounts[column].isZero }.map { part, isTaken in
            // Where both sides print alike, what is taken away must say so.
            let signs = agreement.layout.signs
            let isTurned = isTaken && signs.funding == signs.expenditure
            let amount = rows[part].amounts[column]
            return self.part(
                (isTurned ? "less " : "") + rows[part].label, isTaken ? -amount : amount, rows[index],
                .parts(parts(part, column)))
        }
    }

    private func approvedBudgetParts(_ row: Outturn.Row, _ column: Int) -> [Trail.Part] {
        guard agreement.approvedBudgetKey == nil else { return shareParts(.approvedBudget, row, column) }
        guard let figure = ledger.budget.figure(.approvedBudget, outturn.members[column].name) else { return [] }
        return [part("approved budget", figure.amount, row, .document(figure.place, reason: ""))]
    }

    /// What was paid into the member's books and stays there, and its share of what was pooled.
    private func contributionParts(_ contributor: Name<Contributor>, _ row: Outturn.Row, _ column: Int)
        -> [Trail.Part]
    {
        let member = outturn.members[column]
        let pooled = shareParts(.contribution(contributor), row, column)
        guard agreement.poolKey(of: contributor, to: member.name, in: ledger.year) == nil else { return pooled }
        let paid = found.contributions(of: contributor, to: member.name) { outturn.printed($0, row.side) }
        let met =
            outturn.sharing.receipts.first { $0.contributor == contributor && $0.ledgerOf == member.name }?.metCosts
            ?? .zero
        guard paid.count > 0, paid.sum != outturn.printed(met, row.side) else { return pooled }
        let stays = "paid in by \(agreement.chart.label(contributor)) to \(member.label)"
        return pooled + [
            Trail.Part(
                what: stays + (met.isZero ? ", and stays there" : ""), amount: paid.sum, source: .postings(paid))
        ]
            + (met.isZero
                ? [] : [part("of it, what meets its part of costs under a rule", -met, row, .parts([]))])
    }

    private func sharedFromFundsParts(_ row: Outturn.Row, _ column: Int) -> [Trail.Part] {
        outturn.sharedFromFunds.compactMap { allocation in
            guard case .left(let fund) = allocation.pool.source else { return nil }
            let amount = allocation.total(of: .member(outturn.members[column].name))
            guard !amount.isZero else { return nil }
            return part(
                "share of what \(agreement.chart.label(fund)) left, \(allocation.pool.total)", amount, row, .parts([]))
        }
    }

    /// What the sharing of the net outturn took from the reserve, or put to it, is spent or kept here too.
    private func spentParts(_ row: Outturn.Row, _ column: Int) -> [Trail.Part] {
        let ofNet = outturn.sharedNet?.total(of: .reserve(outturn.members[column].name)) ?? .zero
        let isSurplus = outturn.sharedNet?.pool.source == .net(isSurplus: true)
        return metParts(.metFromReserves, row, column, isTurned: true)
            + (ofNet.isZero
                ? [] : [part("of the partnership's net outturn", isSurplus ? ofNet : -ofNet, row, .parts([]))])
    }

    /// A net outturn is what goes to or comes from the reserve, and what the general fund gives or gets back.
    private func disposalParts(_ row: Outturn.Row, _ column: Int) -> [Trail.Part] {
        let roll = outturn.reserves[column], member = outturn.members[column].name
        let net = roll.contribution - roll.metFromGeneralFund + roll.returnedToGeneralFund
        let disposals = net.isNegative ? agreement.deficit : agreement.surplus
        let line = (disposals.first { $0.member == member } ?? disposals.first { $0.member == nil })?.line.number ?? 0
        let netParts = rows.indices.filter { [.netOutturn, .sharedNetOutturn].contains(rows[$0].content) }
            .flatMap { parts($0, column) }
        let found =
            row.content == .contributionToReserves
            ? [
                part("net outturn, by line \(line) of the agreement", net, row, .parts(netParts)),
                part("met from the general fund", roll.metFromGeneralFund, row, .parts([])),
                part("returned to the general fund", -roll.returnedToGeneralFund, row, .parts([])),
            ]
            : [
                part(
                    "net outturn with its sign turned, by line \(line) of the agreement", -net, row, .parts(netParts)),
                part("of it, to or from the reserve", roll.contribution, row, .parts([])),
            ]
        return found.filter { !$0.amount.isZero }
    }

    /// A member's net outturn is taken from it, and its share of the partnership's given.
    private func sharedNetParts(_ row: Outturn.Row, _ column: Int) -> [Trail.Part] {
        guard let sharedNet = outturn.sharedNet, case .net(let isSurplus) = sharedNet.pool.source,
            let net = rows.firstIndex(where: { $0.content == .netOutturn })
        else { return [] }
        let borne = sharedNet.total(of: .member(outturn.members[column].name))
        let line = (isSurplus ? agreement.sharedSurplus : agreement.sharedDeficit)?.line.number ?? 0
        let balances = sharedNet.payers.filter(\.isBalance).map { sharedNet.total(of: $0) }.sum()
        let ofBalances =
            balances.isZero ? "" : " less \(balances) \(isSurplus ? "put to" : "met by") funds and reserves"
        return [
            part(
                "share of the partnership's \(isSurplus ? "surplus" : "deficit") of "
                    + "\(rows[net].total.magnitude)\(ofBalances), by line \(line) of the agreement",
                isSurplus ? borne : -borne, row, .parts([])),
            part(
                "its own net outturn, with its sign turned", -rows[net].amounts[column], row,
                .parts(parts(net, column))),
        ].filter { !$0.amount.isZero || !balances.isZero }
    }

    /// - Parameter isTurned: what met a cost stands with its sign turned where it leaves a reserve.
    private func metParts(
        _ content: StatementLayout.Content, _ row: Outturn.Row, _ column: Int, isTurned: Bool = false
    ) -> [Trail.Part] {
        agreement.chart.headings.flatMap { heading in
            // A part of earned income lowers what its payer meets.
            shareParts(.heading(heading.name), row, column, isTurned: isTurned != (heading.kind == .income)) { payer in
                switch payer {
                case .reserve: content == .metFromReserves
                case .contributor, .direct: content == .metFromPartners
                case .fund: content == .metFromFunds
                case .member: false
                }
            }.map { part in
                Trail.Part(what: "\(heading.label): \(part.what)", amount: part.amount, source: part.source)
            }
        }
    }

    private func shareParts(
        _ line: BudgetLine, _ row: Outturn.Row, _ column: Int, isTurned: Bool = false,
        of include: (Payer) -> Bool = { _ in true }
    ) -> [Trail.Part] {
        let chart = agreement.chart
        func sign(_ amount: Money) -> Money { outturn.printed(isTurned ? -amount : amount, row.side) }
        return outturn.sharing.allocations.indices.flatMap { index -> [Trail.Part] in
            let allocation = outturn.sharing.allocations[index]
            guard let rowIndex = allocation.pool.rows.firstIndex(where: { $0.line == line }) else { return [] }
            return allocation.payers.enumerated().compactMap { payerIndex, payer in
                guard payer.column(chart) == outturn.members[column].name, include(payer),
                    !allocation.shares[rowIndex][payerIndex].isZero
                else { return nil }
                let amount = sign(allocation.shares[rowIndex][payerIndex])
                if line == .approvedBudget,
                    let place = ledger.budget.figures.filter({ $0.key.line == .approvedBudget }).map(\.value.place)
                        .min()
                {
                    return Trail.Part(
                        what: "\(payer.label(chart))'s share of the pooled budgets", amount: amount,
                        source: .document(place, reason: "\(allocation.pool.rows[rowIndex].total) in all"))
                }
                let isDirect: Bool = if case .direct = payer { true } else { false }
                return Trail.Part(
                    what: isDirect ? "met by \(payer.label(chart))" : "\(payer.label(chart))'s share", amount: amount,
                    source: .share(
                        describe(
                            allocation, rowIndex, payerIndex, sign,
                            found.postings(of: index, row: rowIndex, signed: sign))))
            }
        }
    }

    /// Of a grant whose life begins or ends within the year: the months that it may meet.
    private func eligibility(_ take: Take) -> String {
        guard case .fund(let name) = take.payer, let life = agreement.fund(name)?.life else { return "" }
        let months = (1...12).filter { life.contains(ledger.year.lastDay(ofMonth: $0)) }
        guard let first = months.first, let last = months.last, months.count < 12 else { return "" }
        return " (of cost in P\(first) to P\(last), when the grant runs)"
    }

    private func describe(
        _ allocation: Allocation, _ row: Int, _ payer: Int, _ sign: (Money) -> Money, _ postings: Trail.Postings
    ) -> Trail.Share {
        let title: String
        let line: Int
        switch allocation.pool.source {
        case .rule(let index):
            (title, line) = ("rule \"\(agreement.rules[index].title)\"", agreement.rules[index].line.number)
        case .contributions(let key):
            (title, line) = (
                "contributions pooled \(key)",
                agreement.contributions.first { $0.use == .pooled(key) }?.line.number ?? 0
            )
        case .net, .left: preconditionFailure("these pools are no line of the statement")
        }
        let takes = allocation.takes.filter { take in take.amounts.contains { $0.payer == allocation.payers[payer] } }
            .map { "line \($0.take.line.number): \($0.take)\(eligibility($0.take))" }
        return Trail.Share(
            rule: title, ruleLine: line, takes: takes, rowTotal: sign(allocation.pool.rows[row].total),
            exact: Fraction(pence: sign(Money(pence: 1))) * allocation.exact[row][payer], postings: postings)
    }
}

/// The postings behind figures, all of them or counted once for all figures.
private struct PostingsBehind {
    private let outturn: Outturn
    private let counts: Counts?

    /// What a pass over the postings keeps: how many there are, the first place, and the sum before any sign.
    private struct Counts {
        var paidIn: [Name<Contributor>: [Name<Member>: Trail.Postings]] = [:]
        var journals: [Name<Member>: Trail.Postings] = [:]
        /// Of each row of each pool.
        var rows: [[Trail.Postings]] = []
    }

    init(_ outturn: Outturn, depth: FigureExplainer.Depth) {
        self.outturn = outturn
        switch depth {
        case .everyPosting: counts = nil
        case .count: counts = Self.counted(outturn)
        }
    }

    private static func counted(_ outturn: Outturn) -> Counts {
        var counts = Counts()
        for posting in outturn.ledger.postings {
            for account in [posting.from, posting.to] {
                switch account {
                case .cash(.contributor(let contributor)) where posting.isContribution(from: contributor):
                    counts.paidIn[contributor, default: [:]][posting.ledgerOf, default: .none]
                        .count(posting, posting.contribution(of: contributor))
                case .reserve(let member) where posting.journal != nil:
                    counts.journals[member, default: .none].count(posting, posting.flow(into: .reserve(member)))
                case .reserve, .cash, .heading, .fund, .suspense: break
                }
            }
        }
        counts.rows = outturn.sharing.allocations.map { allocation in
            allocation.pool.rows.map { row in
                var found = Trail.Postings.none
                guard let line = row.line else { return found }
                for posting in outturn.sharing.postings(of: allocation.pool, line: line) {
                    found.count(posting, amount(of: posting, line, allocation.pool.kind))
                }
                return found
            }
        }
        return counts
    }

    func contributions(of contributor: Name<Contributor>, to member: Name<Member>, signed sign: (Money) -> Money)
        -> Trail.Postings
    {
        if let counts { return (counts.paidIn[contributor]?[member] ?? .none).signed(sign) }
        let postings = outturn.ledger.postings.filter {
            $0.isContribution(from: contributor) && $0.ledgerOf == member
        }
        return Trail.Postings(postings.map { Trail.Line(posting: $0, amount: sign($0.contribution(of: contributor))) })
    }

    func journals(of member: Name<Member>, signed sign: (Money) -> Money) -> Trail.Postings {
        if let counts { return (counts.journals[member] ?? .none).signed(sign) }
        let postings = outturn.ledger.postings.filter {
            $0.journal != nil && !$0.flow(into: .reserve(member)).isZero
        }
        return Trail.Postings(postings.map { Trail.Line(posting: $0, amount: sign($0.flow(into: .reserve(member)))) })
    }

    /// Those that make a row of an allocation's pool.
    func postings(of allocation: Int, row: Int, signed sign: (Money) -> Money) -> Trail.Postings {
        if let counts { return counts.rows[allocation][row].signed(sign) }
        let pool = outturn.sharing.allocations[allocation].pool
        guard let line = pool.rows[row].line else { return .none }
        return Trail.Postings(
            outturn.sharing.postings(of: pool, line: line).map { posting in
                Trail.Line(posting: posting, amount: sign(Self.amount(of: posting, line, pool.kind)))
            })
    }

    private static func amount(of posting: Posting, _ line: BudgetLine, _ kind: Heading.Kind) -> Money {
        switch line {
        case .heading(let name):
            kind == .cost ? posting.flow(into: .heading(name)) : -posting.flow(into: .heading(name))
        case .contribution(let name): posting.contribution(of: name)
        case .approvedBudget: .zero
        }
    }
}

extension Trail.Postings {
    fileprivate static let none = Trail.Postings(lines: [], count: 0, first: nil, sum: .zero)

    fileprivate init(_ lines: [Trail.Line]) {
        self.init(
            lines: lines, count: lines.count, first: lines.map(\.posting.place).min(), sum: lines.map(\.amount).sum())
    }

    /// Counts one more, without keeping it.
    fileprivate mutating func count(_ posting: Posting, _ amount: Money) {
        self = Trail.Postings(
            lines: [], count: count + 1, first: first.map { min($0, posting.place) } ?? posting.place,
            sum: sum + amount)
    }

    fileprivate func signed(_ sign: (Money) -> Money) -> Trail.Postings {
        Trail.Postings(lines: lines, count: count, first: first, sum: sign(sum))
    }
}
