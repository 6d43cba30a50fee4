internal import Agreements
public import Sterling
internal import Ledger

/// What many boards are funded and spend, such that nobody can read one board's figures from it.
///
/// One fixed table: no filter can be set, so no two tables can be taken from each other. A cell with
/// fewer than five boards in it is refused, and so is one whose row would leave fewer than five in what
/// remains. Figures are quartiles, rounded to whole thousands of pounds.
public struct Survey: Sendable {
    /// Boards in each class of size, and in all.
    public let counts: [Int]
    /// By measure and then statistic, each in the order of its cases.
    public let rows: [Row]

    /// No cell is printed of fewer boards than this.
    public static let fewest = 5
    /// The columns: classes of what a board spends in the year, then all boards. Both bounds belong to the middle one.
    public static let classes = ["under £150,000", "£150,000 to £300,000", "over £300,000", "All boards"]
    private static let bounds = [Money(pence: 15_000_000), Money(pence: 30_000_000)]

    /// What is measured of each board, as printed; amounts are natural, and a reserve that is held is above zero.
    public enum Measure: String, CaseIterable, Sendable {
        case budgets = "Members' approved budgets"
        case contributions = "Partners' contributions"
        case income = "Earned income"
        case expenditure = "Expenditure"
        case reserves = "Reserves carried forward"
    }

    /// Which quartile of the boards' amounts.
    public enum Statistic: String, CaseIterable, Sendable {
        case lower = "lower quartile"
        case median
        case upper = "upper quartile"

        var part: Fraction {
            switch self {
            case .lower: Fraction(1) / Fraction(4)
            case .median: Fraction(1) / Fraction(2)
            case .upper: Fraction(3) / Fraction(4)
            }
        }
    }

    /// One statistic of one measure.
    public struct Row: Sendable {
        public let measure: Measure
        public let statistic: Statistic
        /// One a class, and all; `nil` is refused.
        public let figures: [Money?]
    }

    /// - Parameter outturns: one a board, of one year; their order and their names change nothing.
    public init(_ outturns: [Outturn]) {
        var boards: [[[Measure: Money]]] = [[], [], []]
        for outturn in outturns {
            let figures = Self.figures(outturn)
            let spent = figures[.expenditure]!
            boards[spent < Self.bounds[0] ? 0 : spent <= Self.bounds[1] ? 1 : 2].append(figures)
        }
        let isShown = Self.shown(boards.map(\.count))
        let all = boards.flatMap { $0 }
        counts = boards.map(\.count) + [all.count]
        rows = Measure.allCases.flatMap { measure in
            Statistic.allCases.map { statistic in
                Row(
                    measure: measure, statistic: statistic,
                    figures: (boards + [all]).enumerated().map { index, boards in
                        isShown[index] ? Self.quantile(boards.map { $0[measure]! }, statistic.part) : nil
                    })
            }
        }
    }

    private static func figures(_ outturn: Outturn) -> [Measure: Money] {
        func sum(_ include: (StatementLayout.Content) -> Bool) -> Money {
            outturn.rows.filter { include($0.content) }.map(\.total).sum()
        }
        let kinds = Dictionary(uniqueKeysWithValues: outturn.agreement.chart.headings.map { ($0.name, $0.kind) })
        return [
            .budgets: sum { $0 == .line(.approvedBudget) },
            .contributions: sum { if case .line(.contribution) = $0 { true } else { false } },
            .income: sum { if case .line(.heading(let name)) = $0 { kinds[name] == .income } else { false } },
            .expenditure: sum { if case .line(.heading(let name)) = $0 { kinds[name] == .cost } else { false } },
            .reserves: outturn.reserves.map(\.carriedForward).sum(),
        ]
    }

    /// Which of the classes, and of all, may be shown.
    static func shown(_ counts: [Int]) -> [Bool] {
        let all = counts.reduce(0, +)
        guard all >= fewest else { return counts.map { _ in false } + [false] }
        var isShown = counts.map { $0 >= fewest }
        while true {
            // What is hidden is what the shown leave of all: nothing, or enough boards.
            let hidden = zip(counts, isShown).map { $1 ? 0 : $0 }.reduce(0, +)
            guard hidden > 0, hidden < fewest,
                let smallest = counts.indices.filter({ isShown[$0] }).min(by: { counts[$0] < counts[$1] })
            else { break }
            isShown[smallest] = false
        }
        return isShown + [true]
    }

    /// Between the two boards around the place (n + 1) p, in proportion, to whole thousands.
    static func quantile(_ amounts: [Money], _ part: Fraction) -> Money {
        let sorted = amounts.sorted()
        let place = Fraction(sorted.count + 1) * part
        let below = min(max(place.wholePart, 1), sorted.count), above = min(below + 1, sorted.count)
        let between = min(max(place - Fraction(below), .zero), .one)
        let exact =
            Fraction(pence: sorted[below - 1]) + between * Fraction(pence: sorted[above - 1] - sorted[below - 1])
        return Money(pence: (exact / Fraction(100_000)).roundedToPence.pence * 100_000)
    }
}
