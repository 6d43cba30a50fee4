public import Agreements
public import Sharing
public import Sterling
public import Ledger

/// The outturn statement: rows by heading in the agreement's order, a column a member and a total.
///
/// Amounts are natural (funding and expenditure both more than zero) until `printed` gives them the agreement's signs.
/// One model feeds every writer.
public struct Outturn: Sendable {
    public let sharing: CostSharing
    /// `nil` is the whole year.
    public let upTo: Period?
    /// In the agreement's order; one may have no rows.
    public internal(set) var sections: [Section]
    /// One a member, in the agreement's order.
    public let reserves: [ReserveRollForward]
    /// In the agreement's order.
    public let funds: [FundRollForward]
    /// How the partnership's net outturn, taken together, was shared; `nil` where the agreement has no line for it.
    public let sharedNet: Allocation?
    /// What ended funds left to the members' reserves.
    public let sharedFromFunds: [Allocation]
    /// What members owe each other at the end of the period.
    public let settlement: Settlement

    /// `section "Expenditure"` with the rows that are printed: one that is nil throughout is not, unless it is a total
    /// or what was brought forward.
    public struct Section: Sendable {
        public let title: String
        public internal(set) var rows: [Row]
    }

    /// A printed line: what it shows, its label, and an amount a member.
    public struct Row: Sendable {
        public let content: StatementLayout.Content
        public let label: String
        public let side: StatementLayout.Side
        /// One a member, in the agreement's order.
        public internal(set) var amounts: [Money]

        /// Of all members.
        public var total: Money { amounts.sum() }

        /// Whether every member's amount is nil; a total of nil may be made of amounts that cancel.
        public var isNil: Bool { amounts.allSatisfy(\.isZero) }

        /// Whether it is printed as a total, below a rule: a declared total, the net outturn or what is carried
        /// forward.
        public var isTotal: Bool {
            switch content {
            case .total, .netOutturn, .carriedForward: true
            default: false
            }
        }
    }

    public var agreement: Agreement { sharing.agreement }
    /// The books up to the statement's period; the documents beside them are the whole year's.
    public var ledger: GeneralLedger { sharing.ledger }
    /// In the agreement's order.
    public var members: [Member] { agreement.chart.members }
    /// Of all sections, one after the other.
    public var rows: [Row] { sections.flatMap(\.rows) }

    /// The row's amounts as the agreement prints them, with the total last.
    public func printed(_ row: Row) -> [Money] { (row.amounts + [row.total]).map { printed($0, row.side) } }

    /// With the sign that the agreement prints the side with.
    func printed(_ amount: Money, _ side: StatementLayout.Side) -> Money {
        agreement.layout.signs.printed(amount, side)
    }

    /// - Parameter ledger: the whole year's books; they are cut off at `upTo` here.
    public init(agreement: Agreement, ledger: GeneralLedger, upTo: Period? = nil) {
        let sharing = CostSharing(agreement: agreement, ledger: upTo.map(ledger.upTo) ?? ledger, upTo: upTo)
        let figures = Figures(sharing)
        self.sharing = sharing
        self.upTo = upTo
        reserves = figures.reserves
        funds = figures.funds
        sharedNet = figures.sharedNet
        sharedFromFunds = figures.sharedFromFunds
        settlement = Settlement(
            sharing, sharedNet: figures.moved, further: [figures.sharedNet].compactMap { $0 } + figures.sharedFromFunds)
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
                rows.append(
                    Row(
                        content: row.content, label: row.label, side: figures.side(row.content, below: rows),
                        amounts: amounts))
            }
            return Section(
                title: section.title, rows: rows.filter { $0.isTotal || !$0.isNil || $0.content == .broughtForward })
        }
    }

    /// Movements that the layout gives no line to, above the row that they enter: no amount of a
    /// statement may be invisible.
    private static func withUndeclaredRows(_ section: StatementLayout.Section, _ layout: StatementLayout)
        -> [StatementLayout.Row]
    {
        let declared = Set(layout.rows.map(\.content))
        let unplaced = StatementLayout.Content.worked.filter { !declared.contains($0.content) }
        func rows(_ row: StatementLayout.Row, isBefore: Bool) -> [StatementLayout.Row] {
            unplaced.compactMap { worked in
                guard let place = worked.unplaced, place.row == row.content, place.isBefore == isBefore else {
                    return nil
                }
                return StatementLayout.Row(content: worked.content, label: place.label)
            }
        }
        return section.rows.flatMap { rows($0, isBefore: true) + [$0] + rows($0, isBefore: false) }
    }
}

/// The amounts of every content, by member.
private struct Figures {
    let sharing: CostSharing
    let columns: [Name<Member>]
    private(set) var reserves: [ReserveRollForward] = []
    private(set) var funds: [FundRollForward] = []
    private(set) var sharedNet: Allocation?
    private(set) var sharedFromFunds: [Allocation] = []
    /// What the sharing of the net outturn moves to each member.
    private(set) var moved: [Money]
    private var lines: [BudgetLine: [Money]] = [:]
    private var metFromReserves: [Money]
    private var metFromPartners: [Money]
    private var metFromFunds: [Money]
    private var fromFunds: [Money]

    init(_ sharing: CostSharing) {
        self.sharing = sharing
        let chart = sharing.agreement.chart
        columns = chart.members.map(\.name)
        let zeros = Array(repeating: Money.zero, count: columns.count)
        metFromReserves = zeros
        metFromPartners = zeros
        metFromFunds = zeros
        fromFunds = zeros
        moved = zeros
        addLines()
        let net = amounts(.netOutturn)
        var spent = metFromReserves
        if let allocation = sharing.shared(net: net.sum()) {
            sharedNet = allocation
            for (column, member) in columns.enumerated() {
                let borne = allocation.total(of: .member(member))
                moved[column] = (net.sum().isNegative ? -borne : borne) - net[column]
                // A surplus put to a reserve is no spending; below zero puts it there.
                let ofReserve = allocation.total(of: .reserve(member))
                spent[column] += net.sum().isNegative ? ofReserve : -ofReserve
            }
        }
        rollForward(net: net, spent: spent)
    }

    /// What each line comes to by member, and what others met of it.
    private mutating func addLines() {
        let chart = sharing.agreement.chart
        let zeros = moved
        let index = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($0.element, $0.offset) })
        let hasApprovedBudget = sharing.agreement.contributions.contains { $0.source == .approvedBudget }
        lines[.approvedBudget] = columns.map {
            hasApprovedBudget && sharing.agreement.approvedBudgetKey == nil
                ? sharing.ledger.budget.figure(.approvedBudget, $0)?.amount ?? .zero : .zero
        }
        for allocation in sharing.allocations {
            for (r, row) in allocation.pool.rows.enumerated() {
                for (p, payer) in allocation.payers.enumerated() {
                    let column = index[payer.column(chart)]!
                    let share = allocation.shares[r][p]
                    lines[row.line!, default: zeros][column] += share
                    // A part of earned income lowers what its payer meets.
                    let met = allocation.pool.kind == .cost ? share : -share
                    guard case .rule = allocation.pool.source else { continue }
                    switch payer {
                    case .reserve: metFromReserves[column] += met
                    case .contributor, .direct: metFromPartners[column] += met
                    case .fund: metFromFunds[column] += met
                    case .member: break
                    }
                }
            }
        }
        // Contributions that stay stand with the member that received them.
        for receipt in sharing.receipts
        where sharing.agreement.poolKey(of: receipt.contributor, to: receipt.ledgerOf, in: sharing.ledger.year) == nil {
            guard let column = index[receipt.ledgerOf] else { continue }
            lines[.contribution(receipt.contributor), default: zeros][column] += receipt.contributed
        }
    }

    /// Funds and reserves at the year's end.
    ///
    /// - Parameters:
    ///   - net: by member, before the partnership's is shared.
    ///   - spent: of each member's reserve.
    private mutating func rollForward(net: [Money], spent: [Money]) {
        let received = sharing.movements.fundReceipts()
        funds = sharing.agreement.funds.map { term in
            let payer = Payer.fund(term.name)
            let ofNet = sharedNet?.total(of: payer) ?? .zero
            return FundRollForward(
                term, used: sharing.allocations.map { $0.borne(by: payer) }.sum(),
                contribution: net.sum().isNegative ? -ofNet : ofNet,
                received: received[term.name] ?? .zero, ledger: sharing.ledger, isWholeYear: sharing.upTo == nil)
        }
        sharedFromFunds = funds.compactMap { sharing.left($0.shared, of: $0.term) }
        fromFunds = columns.map { member in sharedFromFunds.map { $0.total(of: .member(member)) }.sum() }
        let appropriations = sharing.movements.appropriations(), transfers = sharing.movements.transfersPosted()
        reserves = columns.enumerated().map { column, member in
            ReserveRollForward(
                member, net: net[column] + moved[column], spent: spent[column], fromFunds: fromFunds[column],
                appropriations: appropriations[member] ?? .zero, transfersPosted: transfers[member] ?? .zero,
                sharing: sharing)
        }
    }

    func amounts(_ content: StatementLayout.Content) -> [Money] {
        switch content {
        case .line(let line): lines[line] ?? columns.map { _ in .zero }
        case .total: preconditionFailure("a total is the sum of its rows")
        case .metFromReserves: metFromReserves
        case .metFromPartners: metFromPartners
        case .metFromFunds: metFromFunds
        case .sharedNetOutturn: moved
        case .sharedFromFunds: fromFunds
        case .netOutturn:
            columns.indices.map { column in
                lines.map { line, amounts in side(of: line) == .funding ? amounts[column] : -amounts[column] }.sum()
                    + metFromReserves[column] + metFromPartners[column] + metFromFunds[column]
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
            let first =
                lines?.first
                ?? rows.lazy.compactMap { row -> BudgetLine? in
                    if case .line(let line) = row.content { line } else { nil }
                }.first
            return first.map(side(of:)) ?? .funding
        default: return .funding
        }
    }
}
