internal import Sharing
internal import Agreements
public import Sterling
public import Findings
public import Ledger

/// The way of one printed figure, down to the cells of the exports. The parts add up to the figure.
public struct Trail: Sendable {
    public let label: String
    public let column: String
    /// As printed, with the statement's sign.
    public let printed: Money
    public let parts: [Part]

    public struct Part: Sendable {
        public let what: String
        /// With the statement's sign.
        public let amount: Money
        public let source: Source
    }

    public indirect enum Source: Sendable {
        /// A share of a pool's row, with the postings that make the row.
        case share(Share)
        case postings([Line])
        case document(Place, reason: String)
        case parts([Part])
    }

    public struct Share: Sendable {
        public let rule: String
        public let ruleLine: Int
        public let takes: [String]
        public let rowTotal: Money
        public let exact: Fraction
        public let postings: [Line]
    }

    public struct Line: Sendable {
        public let posting: Posting
        /// With the sign that it has in the row.
        public let amount: Money
    }
}

extension Outturn {
    /// The figures that `explain` knows: `label/column`, for finding what was meant.
    public var figureNames: [String] {
        rows.flatMap { row in (members.map(\.label) + ["Total"]).map { "\(row.label)/\($0)" } }
    }

    /// - Parameters:
    ///   - label: a row's printed label, or the name of its heading or contributor, in any case.
    ///   - column: a member's name or label, or `total`.
    /// - Returns: `nil` where there is no such figure.
    public func trail(_ label: String, _ column: String) -> Trail? {
        guard let row = row(label) else { return nil }
        if column.lowercased() == "total" {
            let parts = members.enumerated().map { index, member in
                Trail.Part(what: member.label, amount: printed(row)[index], source: .parts(self.parts(row, index)))
            }
            return Trail(
                label: row.label, column: "Total", printed: printed(row).last!,
                parts: parts.filter { !$0.amount.isZero })
        }
        guard let member = agreement.chart.member(written: column),
            let index = members.firstIndex(where: { $0.name == member })
        else { return nil }
        return Trail(
            label: row.label, column: members[index].label, printed: printed(row)[index], parts: parts(row, index))
    }

    /// By its label, its name, or SECTION/LABEL where two sections have one label.
    private func row(_ label: String) -> Row? {
        let wanted = label.lowercased()
        if let row = rows.first(where: { $0.label.lowercased() == wanted })
            ?? rows.first(where: { name($0.content) == wanted })
        {
            return row
        }
        for section in sections where wanted.hasPrefix(section.title.lowercased() + "/") {
            let rest = wanted.dropFirst(section.title.count + 1)
            if let row = section.rows.first(where: { $0.label.lowercased() == rest }) { return row }
        }
        return nil
    }

    private func name(_ content: StatementLayout.Content) -> String? {
        switch content {
        case .line(.heading(let name)): name.text
        case .line(.contribution(let name)): name.text
        case .line(.approvedBudget): "approved-budget"
        default: nil
        }
    }

    private func parts(_ row: Row, _ column: Int) -> [Trail.Part] {
        let member = members[column].name
        func sign(_ amount: Money) -> Money { agreement.layout.signs.printed(amount, row.side) }
        func rowParts(_ rows: [(Row, Bool)]) -> [Trail.Part] {
            rows.filter { !$0.0.amounts[column].isZero }.map { part, isTaken in
                // Where both sides print alike, what is taken away must say so.
                let isTurned = isTaken && agreement.layout.signs.funding == agreement.layout.signs.expenditure
                return Trail.Part(
                    what: (isTurned ? "less " : "") + part.label,
                    amount: sign(isTaken ? -part.amounts[column] : part.amounts[column]),
                    source: .parts(parts(part, column)))
            }
        }
        let roll = reserves[column]
        let opening = ledger.openings[member]
        switch row.content {
        case .line(.approvedBudget):
            guard agreement.approvedBudgetKey == nil else {
                return shareParts(.approvedBudget, column, sign) { _ in true }
            }
            guard let figure = ledger.budget.figure(.approvedBudget, member) else { return [] }
            return [
                Trail.Part(
                    what: "approved budget", amount: sign(figure.amount), source: .document(figure.place, reason: ""))
            ]
        case .line(.contribution(let contributor)):
            let pooled = shareParts(.contribution(contributor), column, sign) { _ in true }
            let stays = ledger.postings.filter {
                $0.isContribution(from: contributor) && $0.ledgerOf == member
                    && agreement.poolKey(of: contributor, to: member, in: ledger.year) == nil
            }
            guard !stays.isEmpty else { return pooled }
            let lines = stays.map { Trail.Line(posting: $0, amount: sign($0.contribution(of: contributor))) }
            let met =
                sharing.receipts.first { $0.contributor == contributor && $0.ledgerOf == member }?.metCosts ?? .zero
            let ofCosts =
                met.isZero
                ? []
                : [
                    Trail.Part(
                        what: "of it, what meets its part of costs under a rule", amount: sign(-met), source: .parts([])
                    )
                ]
            if lines.map(\.amount).sum() == sign(met) { return pooled }
            return pooled + [
                Trail.Part(
                    what: "paid in to \(members[column].label)\(met.isZero ? ", and stays there" : "")",
                    amount: lines.map(\.amount).sum(), source: .postings(lines))
            ] + ofCosts
        case .line(.heading(let heading)):
            return shareParts(.heading(heading), column, sign) { _ in true }
        case .metFromReserves:
            return metParts(column, sign) { if case .reserve = $0 { true } else { false } }
        case .metFromPartners:
            return metParts(column, sign) { payer in
                switch payer {
                case .contributor, .direct: true
                case .member, .reserve, .fund: false
                }
            }
        case .metFromFunds:
            return metParts(column, sign) { if case .fund = $0 { true } else { false } }
        case .sharedNetOutturn:
            return sharedNetParts(member, column, sign)
        case .sharedFromFunds:
            return sharedFromFunds.compactMap { allocation in
                guard case .left(let fund) = allocation.pool.source else { return nil }
                let amount = allocation.total(of: .member(member))
                return amount.isZero
                    ? nil
                    : Trail.Part(
                        what: "share of what \(agreement.chart.label(fund)) left, \(allocation.pool.total)",
                        amount: sign(amount), source: .parts([]))
            }
        case .total(let lines):
            let section = sections.first { $0.rows.contains { $0.label == row.label && $0.content == row.content } }!
            return rowParts(
                section.rows.prefix { $0.label != row.label || $0.content != row.content }.filter { above in
                    guard case .line(let line) = above.content else { return false }
                    return lines?.contains(line) ?? true
                }.map { ($0, false) })
        case .netOutturn:
            return rowParts(
                rows.compactMap { part in
                    switch part.content {
                    case .line: (part, part.side == .expenditure)
                    case .metFromReserves, .metFromPartners, .metFromFunds: (part, false)
                    default: nil
                    }
                })
        case .broughtForward:
            guard let opening else { return [] }
            return [
                Trail.Part(
                    what: "reserve as certified", amount: sign(opening.broughtForward),
                    source: .document(opening.place, reason: ""))
            ]
        case .adjustment:
            guard let opening else { return [] }
            return [
                Trail.Part(
                    what: "adjustment", amount: sign(opening.adjustment),
                    source: .document(opening.adjustmentPlace, reason: opening.reason))
            ]
        case .appropriations:
            let lines = ledger.postings.filter { $0.journal != nil && !$0.flow(into: .reserve(member)).isZero }
                .map { Trail.Line(posting: $0, amount: sign($0.flow(into: .reserve(member)))) }
            return [Trail.Part(what: "journals", amount: lines.map(\.amount).sum(), source: .postings(lines))]
        case .spentFromReserves:
            // What the sharing of the net outturn took from the reserve, or put to it, is spent or kept here too.
            let ofNet = sharedNet?.total(of: .reserve(member)) ?? .zero
            let isSurplus = sharedNet?.pool.source == .net(isSurplus: true)
            return metParts(column, { sign(-$0) }) { if case .reserve = $0 { true } else { false } }
                + (ofNet.isZero
                    ? []
                    : [
                        Trail.Part(
                            what: "of the partnership's net outturn", amount: sign(isSurplus ? ofNet : -ofNet),
                            source: .parts([]))
                    ])
        case .contributionToReserves, .metFromGeneralFund, .returnedToGeneralFund:
            return disposalParts(row, column, roll, sign)
        case .carriedForward:
            return rowParts(
                rows.filter { part in
                    switch part.content {
                    case .broughtForward, .adjustment, .appropriations, .spentFromReserves, .sharedFromFunds,
                        .contributionToReserves:
                        true
                    default: false
                    }
                }.map { ($0, false) })
        }
    }

    /// A net outturn is what goes to or comes from the reserve, and what the general fund gives or gets back.
    private func disposalParts(_ row: Row, _ column: Int, _ roll: ReserveRollForward, _ sign: (Money) -> Money)
        -> [Trail.Part]
    {
        let net = roll.contribution - roll.metFromGeneralFund + roll.returnedToGeneralFund
        let disposals = net.isNegative ? agreement.deficit : agreement.surplus
        let line =
            (disposals.first { $0.member == members[column].name } ?? disposals.first { $0.member == nil })?.line.number
            ?? 0
        let netParts: [Trail.Part] = rows.filter { $0.content == .netOutturn || $0.content == .sharedNetOutturn }
            .flatMap { parts($0, column) }
        func part(_ what: String, _ amount: Money, _ parts: [Trail.Part] = []) -> Trail.Part {
            Trail.Part(what: what, amount: sign(amount), source: .parts(parts))
        }
        let found =
            row.content == .contributionToReserves
            ? [
                part("net outturn, by line \(line) of the agreement", net, netParts),
                part("met from the general fund", roll.metFromGeneralFund),
                part("returned to the general fund", -roll.returnedToGeneralFund),
            ]
            : [
                part("net outturn with its sign turned, by line \(line) of the agreement", -net, netParts),
                part("of it, to or from the reserve", roll.contribution),
            ]
        return found.filter { !$0.amount.isZero }
    }

    private func shareParts(_ line: BudgetLine, _ column: Int, _ sign: (Money) -> Money, _ include: (Payer) -> Bool)
        -> [Trail.Part]
    {
        sharing.allocations.flatMap { allocation -> [Trail.Part] in
            guard let rowIndex = allocation.pool.rows.firstIndex(where: { $0.line == line }) else { return [] }
            return allocation.payers.enumerated().compactMap { payerIndex, payer in
                guard payer.column(agreement.chart) == members[column].name, include(payer) else { return nil }
                let share = allocation.shares[rowIndex][payerIndex]
                guard !share.isZero else { return nil }
                let postings = sharing.postings(of: allocation.pool, line: line).map { posting in
                    Trail.Line(posting: posting, amount: sign(Self.amount(of: posting, line, allocation.pool.kind)))
                }
                if line == .approvedBudget,
                    let place = ledger.budget.figures.filter({ $0.key.line == .approvedBudget }).map(\.value.place)
                        .min()
                {
                    return Trail.Part(
                        what: "\(payer.label(agreement.chart))'s share of the pooled budgets", amount: sign(share),
                        source: .document(place, reason: "\(allocation.pool.rows[rowIndex].total) in all"))
                }
                let isDirect: Bool = if case .direct = payer { true } else { false }
                return Trail.Part(
                    what: isDirect
                        ? "met by \(payer.label(agreement.chart))" : "\(payer.label(agreement.chart))'s share",
                    amount: sign(share),
                    source: .share(describe(allocation, rowIndex, payerIndex, sign, postings)))
            }
        }
    }

    /// A member's net outturn is taken from it, and its share of the partnership's given.
    private func sharedNetParts(_ member: Name<Member>, _ column: Int, _ sign: (Money) -> Money) -> [Trail.Part] {
        guard let sharedNet, case .net(let isSurplus) = sharedNet.pool.source,
            let net = rows.first(where: { $0.content == .netOutturn })
        else { return [] }
        let borne = sharedNet.total(of: .member(member))
        let line = (isSurplus ? agreement.sharedSurplus : agreement.sharedDeficit)?.line.number ?? 0
        let balances = sharedNet.payers.filter(\.isBalance).map { sharedNet.total(of: $0) }.sum()
        let ofBalances =
            balances.isZero ? "" : " less \(balances) \(isSurplus ? "put to" : "met by") funds and reserves"
        return [
            Trail.Part(
                what:
                    "share of the partnership's \(isSurplus ? "surplus" : "deficit") of "
                    + "\(net.total.magnitude)\(ofBalances), by line \(line) of the agreement",
                amount: sign(isSurplus ? borne : -borne), source: .parts([])),
            Trail.Part(
                what: "its own net outturn, with its sign turned", amount: sign(-net.amounts[column]),
                source: .parts(parts(net, column))),
        ].filter { !$0.amount.isZero || !balances.isZero }
    }

    private func metParts(_ column: Int, _ sign: (Money) -> Money, _ include: (Payer) -> Bool) -> [Trail.Part] {
        agreement.chart.headings.filter { $0.kind == .cost }.flatMap { heading in
            shareParts(.heading(heading.name), column, sign, include).map { part in
                Trail.Part(what: "\(heading.label): \(part.what)", amount: part.amount, source: part.source)
            }
        }
    }

    private static func amount(of posting: Posting, _ line: BudgetLine, _ kind: Heading.Kind) -> Money {
        switch line {
        case .heading(let name):
            kind == .cost ? posting.flow(into: .heading(name)) : -posting.flow(into: .heading(name))
        case .contribution(let name): posting.contribution(of: name)
        case .approvedBudget: .zero
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
        _ allocation: Allocation, _ row: Int, _ payer: Int, _ sign: (Money) -> Money, _ postings: [Trail.Line]
    ) -> Trail.Share {
        let title: String
        let line: Int
        switch allocation.pool.source {
        case .rule(let index): (title, line) = (agreement.rules[index].title, agreement.rules[index].line.number)
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
