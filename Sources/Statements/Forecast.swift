public import Agreements
public import Sterling
public import Ledger

/// Budget to outturn, line by line: original, virements, revised, actual to date, commitments, forecast,
/// and the forecast's variance from the revised budget.
///
/// By accounting period, never by calendar days: to P9 is nine twelfths of a year.
public struct Forecast: Sendable {
    /// In the order of the agreement's layout; a line of which every figure is nil has none.
    public let rows: [Row]
    /// `nil` is the whole year.
    public let upTo: Period?

    /// A line's way from budget to outturn. Amounts are natural: funding and expenditure alike above zero.
    public struct Row: Sendable {
        public let line: BudgetLine
        public let label: String
        public let side: StatementLayout.Side
        /// The budget before virements; `nil` where none is given for the line.
        public let original: Money?
        /// Those up to the period of the forecast; below zero where they lower the budget.
        public let virements: Money
        public let actual: Money
        /// Ordered and not yet invoiced; never below zero.
        public let commitments: Money
        /// Of the whole year.
        public let forecast: Money
        /// How the forecast was made, in words: `straight line`, `as agreed`, `typed`.
        public let method: String
        /// As the table `forecast` gives it; empty where it gives none.
        public let reason: String

        /// The budget with its virements; `nil` where there is no original.
        public var revised: Money? { original.map { $0 + virements } }
        /// Forecast less revised budget.
        public var variance: Money? { revised.map { forecast - $0 } }

        /// More funding than the budget is favourable, more expenditure is adverse; `none` without a budget or a
        /// variance.
        public var direction: BudgetVariances.Direction {
            guard let variance, !variance.isZero else { return .none }
            return (side == .funding) == (variance > .zero) ? .favourable : .adverse
        }
    }

    /// - Parameters:
    ///   - outturn: of the year to date.
    ///   - lastYear: for its profile.
    ///   - preferred: how lines without a word in `forecast` are forecast.
    public init(
        _ outturn: Outturn, lastYear: YearClose?,
        preferred: ForecastEntry.Method = .straightLine
    ) {
        upTo = outturn.upTo
        let ledger = outturn.ledger
        let month = outturn.upTo?.month ?? 12
        let isWhole = outturn.upTo == nil || outturn.upTo!.number > 12
        let oneOffs = isWhole ? nil : OneOffs(outturn, lastYear: lastYear)
        /// Each period to come like those gone, but for what happens once.
        func straightLine(_ line: BudgetLine, _ actual: Money, _ method: String) -> (Money, String) {
            let once = oneOffs?[line]
            return (
                (Fraction(pence: actual - (once ?? .zero)) * Fraction(12) / Fraction(month)).roundedToPence
                    + (once ?? .zero), method + (once == nil ? "" : ", last year's entries taken back once")
            )
        }
        func total(_ outturn: Outturn, _ line: BudgetLine) -> Money {
            outturn.rows.first { $0.content == .line(line) }?.total ?? .zero
        }
        rows = outturn.agreement.layout.rows.compactMap { layout in
            guard case .line(let line) = layout.content else { return nil }
            let actual = total(outturn, line)
            // What a contributor agreed is its budget, where the table gives none.
            let original = ledger.budget.total(line, of: outturn.members) ?? Self.agreed(line, outturn)
            let virements = ledger.virements(to: line, upTo: outturn.upTo)
            let commitments = ledger.commitments.filter { $0.line == line }.map(\.amount).sum()
            let isCost: Bool =
                if case .heading(let name) = line { outturn.agreement.chart.heading(name)?.kind == .cost } else {
                    false
                }
            let entry = ledger.forecasts[line]
            var forecast: Money
            var method: String
            switch entry?.method ?? preferred {
            case _ where line == .approvedBudget: (forecast, method) = (actual, "as approved")
            case _ where entry == nil && Self.agreed(line, outturn) != nil:
                (forecast, method) = (Self.agreed(line, outturn)!, "as agreed")
            case .typed(let amount): (forecast, method) = (amount, "typed")
            case _ where isWhole: (forecast, method) = (actual, "actual")
            case .straightLine:
                (forecast, method) = straightLine(line, actual, "straight line")
            case .lastYearsProfile:
                let (whole, toDate) = lastYear?.totals(line, upTo: outturn.upTo) ?? (.zero, .zero)
                let byProfile =
                    toDate.isZero
                    ? Fraction.zero : Fraction(pence: actual) * Fraction(pence: whole) / Fraction(pence: toDate)
                if toDate.isZero || whole.isZero || byProfile.magnitude > Fraction(pence: .largest) {
                    (forecast, method) = straightLine(line, actual, "straight line: last year has no profile")
                } else if toDate.isNegative || whole.isNegative {
                    // A year that stood in credit says nothing of how much comes when.
                    (forecast, method) = straightLine(line, actual, "straight line: last year stood in credit")
                } else {
                    (forecast, method) = (byProfile.roundedToPence, "last year's profile")
                }
            }
            if !isWhole, entry.map({ if case .typed = $0.method { false } else { true } }) ?? true,
                line != .approvedBudget, actual + commitments > forecast, !commitments.isZero
            {
                // What is ordered will come, whatever the line says.
                forecast = actual + commitments
                method += ", raised to actual and commitments"
            }
            let isNil =
                actual.isZero && (original ?? .zero).isZero && virements.isZero && commitments.isZero && forecast.isZero
            guard !isNil else { return nil }
            return Row(
                line: line, label: layout.label, side: isCost ? .expenditure : .funding, original: original,
                virements: virements, actual: actual,
                commitments: commitments, forecast: forecast, method: method, reason: entry?.reason ?? "")
        }
    }

    /// A declared contribution is due in full, however little of it has come.
    private static func agreed(_ line: BudgetLine, _ outturn: Outturn) -> Money? {
        guard case .contribution(let name) = line else { return nil }
        let sums = outturn.agreement.agreed(name, in: outturn.ledger.year)
        return sums.isEmpty ? nil : sums.map(\.amount).sum()
    }
}
