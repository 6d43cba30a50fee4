public import Sterling
public import Ledger
public import Sharing

/// The outturn statement: rows by heading in the agreement's order, a column a member and a total.
///
/// Amounts are natural (funding and expenditure both more than nought) until `printed` gives them
/// the agreement's signs. One model feeds every writer.
public struct Outturn: Sendable {
    public let sharing: CostSharing
    /// `nil` is the whole year.
    public let upTo: Period?
    public internal(set) var sections: [Section]
    public let reserves: [ReserveRollForward]
    public let settlement: Settlement

    public struct Section: Sendable {
        public let title: String
        public internal(set) var rows: [Row]
    }

    public struct Row: Sendable {
        public let content: StatementLayout.Content
        public let label: String
        public let side: StatementLayout.Side
        /// One a member, in the agreement's order.
        public internal(set) var amounts: [Money]

        public var total: Money { amounts.sum() }

        public var isNought: Bool { amounts.allSatisfy(\.isZero) }

        public var isTotal: Bool {
            switch content {
            case .total, .netOutturn, .carriedForward: true
            default: false
            }
        }
    }

    public var agreement: Agreement { sharing.agreement }
    public var ledger: GeneralLedger { sharing.ledger }
    public var members: [Member] { agreement.chart.members }
    public var rows: [Row] { sections.flatMap(\.rows) }

    /// The row's amounts as the agreement prints them, with the total last.
    public func printed(_ row: Row) -> [Money] {
        (row.amounts + [row.total]).map { agreement.layout.signs.printed($0, row.side) }
    }

    /// - Parameter ledger: the whole year's books; they are cut off at `upTo` here.
    public init(agreement: Agreement, ledger: GeneralLedger, upTo: Period? = nil) {
        let sharing = CostSharing(agreement: agreement, ledger: upTo.map(ledger.upTo) ?? ledger)
        let figures = Figures(sharing)
        self.sharing = sharing
        self.upTo = upTo
        reserves = figures.reserves
        settlement = Settlement(sharing)
        sections = agreement.layout.sections.map { section in
            var rows: [Row] = []
            for row in Self.withUndeclaredRows(section, agreement.layout) {
                let amounts: [Money]
                if case .total(let lines) = row.content {
                    let above = rows.filter { above in
                        guard case .line(let line) = above.content else { return false }
                        return lines?.contains(line) ?? true
                    }
                    amounts = figures.columns.indices.map { column in above.map { $0.amounts[column] }.sum() }
                } else {
                    amounts = figures.amounts(row.content)
                }
                rows.append(Row(content: row.content, label: row.label, side: figures.side(row.content, below: rows), amounts: amounts))
            }
            return Section(title: section.title, rows: rows.filter { $0.isTotal || !$0.isNought || $0.content == .broughtForward })
        }
    }

    /// Movements that the layout gives no line to, above the row that they enter: no amount of a
    /// statement may be invisible.
    private static func withUndeclaredRows(_ section: StatementLayout.Section, _ layout: StatementLayout) -> [StatementLayout.Row] {
        let declared = Set(layout.rows.map(\.content))
        let beforeNet: [(StatementLayout.Content, String)] = [
            (.metFromReserves, "Met from reserves"), (.metFromPartners, "Met by partners"),
        ]
        let afterBroughtForward: [(StatementLayout.Content, String)] = [
            (.adjustment, "Adjustment to brought forward"), (.appropriations, "Transfers by journal"), (.spentFromReserves, "Transfers from reserves"),
        ]
        let beforeCarriedForward: [(StatementLayout.Content, String)] = [(.contributionToReserves, "Net outturn to reserves")]
        let afterNet: [(StatementLayout.Content, String)] = [
            (.metFromGeneralFund, "Deficit met from general fund"), (.returnedToGeneralFund, "Surplus returned to general fund"),
        ]
        func rows(_ list: [(StatementLayout.Content, String)]) -> [StatementLayout.Row] {
            list.filter { !declared.contains($0.0) }.map { StatementLayout.Row(content: $0.0, label: $0.1) }
        }
        return section.rows.flatMap { row -> [StatementLayout.Row] in
            switch row.content {
            case .netOutturn: rows(beforeNet) + [row] + rows(afterNet)
            case .broughtForward: [row] + rows(afterBroughtForward)
            case .carriedForward: rows(beforeCarriedForward) + [row]
            default: [row]
            }
        }
    }
}

/// The amounts of every content, by member.
private struct Figures {
    let sharing: CostSharing
    let columns: [Name<Member>]
    private(set) var reserves: [ReserveRollForward] = []
    private var lines: [BudgetLine: [Money]] = [:]
    private var metFromReserves: [Money]
    private var metFromPartners: [Money]

    init(_ sharing: CostSharing) {
        self.sharing = sharing
        let chart = sharing.agreement.chart
        columns = chart.members.map(\.name)
        let noughts = Array(repeating: Money.zero, count: columns.count)
        metFromReserves = noughts
        metFromPartners = noughts
        let index = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($0.element, $0.offset) })
        var lines: [BudgetLine: [Money]] = [:]

        let hasApprovedBudget = sharing.agreement.contributions.contains { $0.source == .approvedBudget }
        lines[.approvedBudget] = columns.map { hasApprovedBudget ? sharing.ledger.budget.figure(.approvedBudget, $0)?.amount ?? .zero : .zero }
        for allocation in sharing.allocations {
            for (r, row) in allocation.pool.rows.enumerated() {
                for (p, payer) in allocation.payers.enumerated() {
                    let column = index[payer.column(host: chart.host)]!
                    let share = allocation.shares[r][p]
                    lines[row.line, default: noughts][column] += share
                    guard allocation.pool.kind == .cost else { continue }
                    switch payer {
                    case .reserve: metFromReserves[column] += share
                    case .contributor: metFromPartners[column] += share
                    case .member: break
                    }
                }
            }
        }
        // Contributions that stay stand with the member that received them.
        for contributor in chart.contributors where !sharing.agreement.paysUnderRule(contributor.name) {
            for posting in sharing.ledger.postings where posting.isContribution(from: contributor.name) {
                guard sharing.agreement.poolKey(of: contributor.name, to: posting.ledgerOf, in: sharing.ledger.year) == nil else { continue }
                lines[.contribution(contributor.name), default: noughts][index[posting.ledgerOf]!] += posting.contribution(of: contributor.name)
            }
        }
        self.lines = lines
        let net = amounts(.netOutturn)
        reserves = columns.enumerated().map { ReserveRollForward($0.element, net: net[$0.offset], spent: metFromReserves[$0.offset], sharing: sharing) }
    }

    func amounts(_ content: StatementLayout.Content) -> [Money] {
        switch content {
        case .line(let line): lines[line] ?? columns.map { _ in .zero }
        case .total: preconditionFailure("a total is the sum of its rows")
        case .metFromReserves: metFromReserves
        case .metFromPartners: metFromPartners
        case .netOutturn:
            columns.indices.map { column in
                lines.map { line, amounts in side(of: line) == .funding ? amounts[column] : -amounts[column] }.sum()
                    + metFromReserves[column] + metFromPartners[column]
            }
        case .broughtForward: reserves.map(\.broughtForward)
        case .adjustment: reserves.map(\.adjustment)
        case .appropriations: reserves.map(\.appropriations)
        case .spentFromReserves: reserves.map { -$0.spent }
        case .contributionToReserves: reserves.map(\.contribution)
        case .metFromGeneralFund: reserves.map(\.metFromGeneralFund)
        case .returnedToGeneralFund: reserves.map { -$0.returnedToGeneralFund }
        case .carriedForward: reserves.map(\.carriedForward)
        }
    }

    private func side(of line: BudgetLine) -> StatementLayout.Side {
        guard case .heading(let name) = line else { return .funding }
        return sharing.agreement.chart.heading(name)?.kind == .cost ? .expenditure : .funding
    }

    func side(_ content: StatementLayout.Content, below rows: [Outturn.Row]) -> StatementLayout.Side {
        switch content {
        case .line(let line): return side(of: line)
        case .total(let lines):
            let first = lines?.first ?? rows.lazy.compactMap { row -> BudgetLine? in if case .line(let line) = row.content { line } else { nil } }.first
            return first.map(side(of:)) ?? .funding
        case .metFromReserves, .metFromPartners, .netOutturn, .broughtForward, .adjustment, .appropriations, .spentFromReserves,
             .contributionToReserves, .metFromGeneralFund, .returnedToGeneralFund, .carriedForward:
            return .funding
        }
    }
}
