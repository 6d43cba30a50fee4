internal import Sharing
internal import Agreements
internal import Findings
internal import Ledger
internal import Sterling

/// Why each figure of a statement is what it is, in a few lines: the short form of `Trail`, for printing
/// beside every figure. How many postings made a pool's row is counted once for all its shares.
public struct FigureReasons {
    private let outturn: Outturn
    private let rows: [Outturn.Row]
    private let relations: [Int: RowRelation]
    /// What each contributor paid into each member's books: how many postings, and the first place.
    private let paidIn: [Name<Contributor>: [Name<Member>: (count: Int, first: Place)]]
    /// Of each row of each pool: how many postings, and the first of their places.
    private let sources: [[(count: Int, first: Place?)]]

    public init(_ outturn: Outturn) {
        self.outturn = outturn
        var paidIn: [Name<Contributor>: [Name<Member>: (count: Int, first: Place)]] = [:]
        for posting in outturn.ledger.postings {
            for account in [posting.from, posting.to] {
                guard case .cash(.contributor(let contributor)) = account else { continue }
                let before = paidIn[contributor]?[posting.ledgerOf]
                paidIn[contributor, default: [:]][posting.ledgerOf] = (
                    (before?.count ?? 0) + 1, min(before?.first ?? posting.place, posting.place)
                )
            }
        }
        self.paidIn = paidIn
        rows = outturn.rows
        relations = Dictionary(uniqueKeysWithValues: outturn.rowRelations.map { ($0.target, $0) })
        sources = outturn.sharing.allocations.map { allocation in
            allocation.pool.rows.map { row in
                guard let line = row.line else { return (0, nil) }
                let places = outturn.sharing.postings(of: allocation.pool, line: line).map(\.place)
                return (places.count, places.min())
            }
        }
    }

    /// - Parameters:
    ///   - row: its index among all rows of the statement.
    ///   - column: a member, or the total after the last of them.
    public func lines(_ row: Int, _ column: Int) -> [String] {
        let content = rows[row].content
        if column == outturn.members.count {
            // Of one member alone its own reasons are the total's.
            if column == 1 { return lines(row, 0) }
            let terms = outturn.members.indices.map { (outturn.members[$0].label, rows[row].amounts[$0], 1) }
            return ["The members' figures added: \(sum(terms, row))."]
        }
        if rows[row].amounts[column].isZero { return [] }
        if let relation = relations[row] {
            return [sum(relation.terms.map { (rows[$0.row].label, printed($0.row, column), $0.sign) }) + "."]
        }
        let member = outturn.members[column].name
        switch content {
        case .line(let line): return lineReasons(line, rows[row].side, column)
        case .metFromReserves, .metFromPartners, .metFromFunds: return metReasons(content, column)
        case .broughtForward: return outturn.ledger.openings[member].map { ["As certified: \($0.place)."] } ?? []
        case .adjustment: return outturn.ledger.openings[member].map { ["\($0.reason): \($0.adjustmentPlace)."] } ?? []
        case .appropriations: return ["By journals."]
        case .sharedNetOutturn: return ["What sharing the partnership's net outturn moves to it."]
        case .sharedFromFunds: return ["Its share of what ended funds left."]
        case .spentFromReserves: return ["What the agreement met from its reserve, with its sign turned."]
        case .contributionToReserves, .metFromGeneralFund, .returnedToGeneralFund:
            return ["Of its net outturn, by the agreement's surplus and deficit lines."]
        case .total, .netOutturn, .carriedForward: return []
        }
    }

    /// As the statement prints it.
    private func turned(_ amount: Money, _ side: StatementLayout.Side) -> Money {
        outturn.agreement.layout.signs.printed(amount, side)
    }

    private func printed(_ row: Int, _ column: Int) -> Money { outturn.printed(rows[row])[column] }

    private func sum(_ parts: [(label: String, amount: Money, sign: Int)], _ row: Int) -> String {
        sum(parts.map { ($0.label, outturn.agreement.layout.signs.printed($0.amount, rows[row].side), $0.sign) })
    }

    /// `LBHF -6,955.66 + RBKC -6,955.67`
    private func sum(_ parts: [(label: String, amount: Money, sign: Int)]) -> String {
        var text = ""
        for part in parts where !part.amount.isZero {
            text +=
                (text.isEmpty ? (part.sign < 0 ? "- " : "") : part.sign < 0 ? " - " : " + ")
                + "\(part.label) \(part.amount)"
        }
        return text.isEmpty ? "nil" : text
    }

    private func source(_ allocation: Int, _ row: Int) -> String {
        let (count, first) = sources[allocation][row]
        guard count > 0, let first else { return "" }
        return "; made of \(count) posting\(count == 1 ? "" : "s"), \(count == 1 ? "at" : "the first at") \(first)"
    }

    private func lineReasons(_ line: BudgetLine, _ side: StatementLayout.Side, _ column: Int) -> [String] {
        let member = outturn.members[column].name
        var reasons = shares(line, side, column) { _ in true }
        switch line {
        case .approvedBudget:
            if outturn.agreement.approvedBudgetKey == nil,
                let figure = outturn.ledger.budget.figure(.approvedBudget, member)
            {
                reasons.append("Approved budget: \(figure.place).")
            }
        case .contribution(let contributor):
            if reasons.isEmpty, let paid = paidIn[contributor]?[member] {
                reasons.append(
                    "Paid in by \(outturn.agreement.chart.label(contributor)) to \(outturn.members[column].label), "
                        + "and stays there; \(paid.count) posting\(paid.count == 1 ? "" : "s"), "
                        + "\(paid.count == 1 ? "at" : "the first at") \(paid.first)."
                )
            }
        case .heading: break
        }
        return reasons
    }

    private func shares(_ line: BudgetLine, _ side: StatementLayout.Side, _ column: Int, _ include: (Payer) -> Bool)
        -> [String]
    {
        let chart = outturn.agreement.chart
        return outturn.sharing.allocations.enumerated().flatMap { index, allocation -> [String] in
            guard let row = allocation.pool.rows.firstIndex(where: { $0.line == line }) else { return [] }
            return allocation.payers.enumerated().compactMap { payer, who in
                guard who.column(chart) == outturn.members[column].name, include(who),
                    !allocation.shares[row][payer].isZero
                else { return nil }
                let by =
                    switch allocation.pool.source {
                    case .rule(let rule):
                        "rule \"\(outturn.agreement.rules[rule].title)\", line "
                            + "\(outturn.agreement.rules[rule].line.number) of the agreement"
                    case .contributions(let key): "contributions pooled \(key)"
                    case .net, .left: "the agreement"
                    }
                return
                    "\(who.label(chart)): \(turned(allocation.shares[row][payer], side)) of "
                    + "\(turned(allocation.pool.rows[row].total, side)) by \(by)\(source(index, row))."
            }
        }
    }

    private func metReasons(_ content: StatementLayout.Content, _ column: Int) -> [String] {
        outturn.agreement.chart.headings.filter { $0.kind == .cost }.flatMap { heading in
            shares(.heading(heading.name), .funding, column) { payer in
                switch payer {
                case .reserve: content == .metFromReserves
                case .contributor, .direct: content == .metFromPartners
                case .fund: content == .metFromFunds
                case .member: false
                }
            }.map { "\(heading.label): \($0)" }
        }
    }
}
