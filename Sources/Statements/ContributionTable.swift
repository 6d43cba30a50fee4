public import Agreements
public import Sterling
public import Ledger

/// Contributions agreed against posted, by contributor and year.
public struct ContributionTable: Sendable {
    /// Ascending.
    public let years: [FinancialYear]
    /// In the order of the layout: its contributors, and the approved budgets where it has a line for them.
    public let rows: [Row]

    /// A contributor, or the members' approved budgets. Amounts are natural: what is put in is above zero.
    public struct Row: Sendable {
        public let label: String
        public let line: BudgetLine
        /// One a year; `nil` where the body was no contributor, which is not zero.
        public let agreed: [Money?]
        /// One a year; `nil` also for the members' own approved budgets, which no account holds.
        public let posted: [Money?]

        /// What it put in: as posted, or for approved budgets as the year's budget gives it.
        public func contributed(_ year: Int) -> Money? { line == .approvedBudget ? agreed[year] : posted[year] }

        /// What was posted more than agreed; `nil` where nothing could be posted.
        public func difference(_ year: Int) -> Money? {
            guard let posted = posted[year] else { return nil }
            return posted - (agreed[year] ?? .zero)
        }
    }

    /// - Parameters:
    ///   - closes: one a year, ascending, of one partnership.
    ///   - layout: whose lines are rows.
    public init(_ closes: [YearClose], _ layout: StatementLayout) {
        years = closes.map(\.year)
        rows = layout.rows.compactMap { row in
            guard case .line(let line) = row.content, closes.last?.contribution(line) != nil else { return nil }
            return Row(
                label: row.label, line: line, agreed: closes.map { $0.contribution(line)?.agreed },
                posted: closes.map { $0.contribution(line)?.posted })
        }
    }

    /// Of all rows in a year.
    public func total(_ figure: (Row) -> Money?) -> Money { rows.compactMap(figure).sum() }
}
