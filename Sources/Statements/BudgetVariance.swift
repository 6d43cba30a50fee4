public import Agreements
public import Sterling
public import Ledger

/// Budget against actual, line by line, with the direction in words.
public struct BudgetVariances: Sendable {
    public let rows: [Row]

    public struct Row: Sendable {
        public let line: BudgetLine
        public let label: String
        public let side: StatementLayout.Side
        /// Virements included.
        public let budget: Money
        public let actual: Money
        let isPartOfYear: Bool
        public let needsExplanation: Bool
        public let explanation: String?

        /// Actual less budget, as amounts of the line's own kind.
        public var variance: Money { actual - budget }

        public var direction: Direction {
            // Part of a year against the whole year's budget is neither.
            if variance.isZero || isPartOfYear { return .none }
            return (side == .funding) == (variance > .zero) ? .favourable : .adverse
        }
    }

    public enum Direction: String, Sendable { case favourable, adverse, none = "" }

    /// Only lines with a budget; the approved budget is a budget, so it varies from nothing.
    public init(_ outturn: Outturn) {
        let ledger = outturn.ledger
        rows = outturn.agreement.layout.rows.compactMap { layout in
            guard case .line(let line) = layout.content, line != .approvedBudget,
                let budget = ledger.revisedBudget(line, upTo: outturn.upTo)
            else { return nil }
            let row = outturn.rows.first { $0.content == layout.content }
            let actual = row?.total ?? .zero
            let threshold = outturn.agreement.threshold
            let side: StatementLayout.Side =
                if case .heading(let name) = line, outturn.agreement.chart.heading(name)?.kind == .cost {
                    .expenditure
                } else { .funding }
            return Row(
                line: line, label: layout.label, side: side, budget: budget, actual: actual,
                isPartOfYear: outturn.upTo != nil,
                needsExplanation: threshold?.isPassed(by: actual - budget, of: budget) ?? false,
                explanation: ledger.explanations[line]?.text)
        }
    }
}
