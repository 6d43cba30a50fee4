public import Agreements
public import Sterling
public import Ledger

/// Contributions agreed against posted, by contributor and year.
public struct ContributionTable: Sendable {
    public let years: [FinancialYear]
    public let rows: [Row]

    public struct Row: Sendable {
        public let label: String
        public let line: BudgetLine
        /// One a year; `nil` where the body was no contributor, which is not zero.
        public let agreed: [Money?]
        public let posted: [Money?]
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

    /// Of what was posted in a year.
    public func total(_ year: Int) -> Money { rows.compactMap { $0.posted[year] }.sum() }
}
