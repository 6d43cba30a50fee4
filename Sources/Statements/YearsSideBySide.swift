public import Ledger
public import Sterling

/// A partnership's statements of several years beside each other: the total of each row, a column a year.
///
///     Expenditure                2016-17    2017-18    2018-19
///       Salary expenditure       189,402    195,117    198,009
public struct YearsSideBySide: Sendable {
    /// Ascending.
    public let years: [FinancialYear]
    /// In the order of the first year that has so many; later years' are matched by order, not by title.
    public let sections: [Section]

    /// A section with the rows that any of the years printed in it.
    public struct Section: Sendable {
        public let title: String
        public internal(set) var rows: [Row]
    }

    /// One row of all years, matched by its label and whether it is a total.
    public struct Row: Sendable {
        public let label: String
        public let isTotal: Bool
        /// One a year with the statement's sign; `nil` where that year's statement hasn't got the row.
        public internal(set) var totals: [Money?]
    }

    /// - Parameter closes: one a year, ascending, of one partnership.
    public init(_ closes: [YearClose]) {
        years = closes.map(\.year)
        var sections: [Section] = []
        for (year, close) in closes.enumerated() {
            for (index, section) in close.sections.enumerated() {
                if index == sections.count { sections.append(Section(title: section.title, rows: [])) }
                var after = 0
                for row in section.rows {
                    if let place = sections[index].rows.firstIndex(where: {
                        $0.label == row.label && $0.isTotal == row.isTotal
                    }) {
                        sections[index].rows[place].totals[year] = row.total
                        after = place + 1
                    } else {
                        // A row that earlier years hadn't got stands below the one it follows.
                        var totals = [Money?](repeating: nil, count: closes.count)
                        totals[year] = row.total
                        sections[index].rows.insert(
                            Row(label: row.label, isTotal: row.isTotal, totals: totals), at: after)
                        after += 1
                    }
                }
            }
        }
        self.sections = sections
    }
}
