public import Agreements
public import Sterling
internal import Ledger

/// Two statements of one partnership, row by row: before a change and after it.
public struct StatementDifference: Sendable {
    public let before: Outturn
    public let after: Outturn
    /// In the order of `before`; rows that only `after` has stand before the row that follows them there.
    public let rows: [Row]

    /// One row of both; where a statement hasn't got it, its amounts are zero there.
    public struct Row: Sendable {
        public let content: StatementLayout.Content
        public let label: String
        /// With the statement's signs: one a member, and the total last.
        public let before: [Money]
        public let after: [Money]

        /// After less before.
        public var difference: [Money] { zip(after, before).map { $0 - $1 } }
        public var isChanged: Bool { before != after }
    }

    /// - Precondition: both have the same members. Their sections are matched by order, not by title.
    public init(before: Outturn, after: Outturn) {
        self.before = before
        self.after = after
        let zeros = Array(repeating: Money.zero, count: before.members.count + 1)
        var rows: [Row] = []
        // In the statement's order; a row that one of them hasn't got is zero there.
        for (index, section) in before.sections.enumerated() {
            let later = after.sections.indices.contains(index) ? after.sections[index].rows : []
            func find(_ row: Outturn.Row, _ list: [Outturn.Row]) -> Outturn.Row? {
                list.first { $0.label == row.label && Self.alike($0.content, row.content) }
            }
            var added = 0
            for row in section.rows {
                // Rows that only the later statement has, before the first that follows them.
                if let place = later.firstIndex(where: { $0.label == row.label && Self.alike($0.content, row.content) })
                {
                    for new in later[min(added, place)..<place] where find(new, section.rows) == nil {
                        rows.append(
                            Row(content: new.content, label: new.label, before: zeros, after: after.printed(new)))
                    }
                    added = max(added, place + 1)
                }
                rows.append(
                    Row(
                        content: row.content, label: row.label, before: before.printed(row),
                        after: find(row, later).map(after.printed) ?? zeros))
            }
            for new in later.dropFirst(added) where find(new, section.rows) == nil {
                rows.append(Row(content: new.content, label: new.label, before: zeros, after: after.printed(new)))
            }
        }
        self.rows = rows
    }

    /// Totals are alike whatever they name: a line may have gone.
    private static func alike(_ a: StatementLayout.Content, _ b: StatementLayout.Content) -> Bool {
        if case .total = a, case .total = b { return true }
        return a == b
    }

    /// Whether no figure of any row changes.
    public var isNothing: Bool { rows.allSatisfy { !$0.isChanged } }
}
