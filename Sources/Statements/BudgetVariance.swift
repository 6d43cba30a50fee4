public import Agreements
public import Sterling
public import Ledger

/// Budget against actual, line by line, with the direction in words.
public struct BudgetVariances: Sendable {
    /// In the order of the agreement's layout.
    public let rows: [Row]

    /// A line with its budget. Amounts are natural: funding and expenditure alike above zero.
    public struct Row: Sendable {
        public let line: BudgetLine
        public let label: String
        public let side: StatementLayout.Side
        /// Virements included.
        public let budget: Money
        /// To date; zero where the statement hasn't got the row.
        public let actual: Money
        let isPartOfYear: Bool
        /// Whether the variance passes the agreement's threshold, if it has one.
        public let needsExplanation: Bool
        /// As the table `explanations` has it; `nil` where it says nothing of the line.
        public let explanation: String?

        /// Actual less budget, as amounts of the line's own kind.
        public var variance: Money { actual - budget }

        /// More funding than the budget is favourable, more expenditure adverse; `none` where nothing varies, or for
        /// part of a year.
        public var direction: Direction {
            // Part of a year against the whole year's budget is neither.
            if variance.isZero || isPartOfYear { return .none }
            return (side == .funding) == (variance > .zero) ? .favourable : .adverse
        }
    }

    /// The word that stands beside a variance.
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
