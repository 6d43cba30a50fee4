public import Findings

/// What one printed table says of itself: which lines are totals, balances, differences and shares of which,
/// and where a figure doesn't bear it out.
public struct TableCheck: Sendable {
    public let title: String
    /// The table's first cell.
    public let place: Place
    /// How many rows hold figures.
    public let rows: Int
    /// The table as it was printed: each row's number and its texts.
    public let printed: [(number: Int, cells: [(text: String, isFigure: Bool)])]
    /// Those of amounts first, then those of percentages, shares and words.
    public let relations: [Claim]
    /// Errors first, then rounding, each in the table's order.
    public let findings: [Slip]

    /// A relation that the table was found to keep, and the evidence.
    public struct Claim: Sendable {
        /// `total`, `roll-forward`, `percentage`: what one line is to the others.
        public let kind: String
        /// In words, with the table's own labels: `TOTAL = the 10 lines above it`.
        public let description: String
        /// In how many places it holds to the unit.
        public let exact: Int
        /// In how many it holds within rounding only.
        public let rounding: Int
        /// In how many it fails.
        public let errors: Int
        /// Whether words of the table say so too.
        public let isLabelled: Bool
    }

    /// A place where a relation fails, or holds within rounding only.
    public struct Slip: Sendable {
        /// As in `Claim`.
        public let kind: String
        /// The description of the claim.
        public let relation: String
        /// The figure that is most likely wrong, or that rounding moved.
        public let place: Place
        /// Every figure of the relation, the target first.
        public let cells: [Place]
        /// Its label, or where it has none the cell.
        public let row: String
        /// Empty where the column has no title.
        public let column: String
        /// As it stands in the table.
        public let printed: String
        /// What the other figures make of it, in the table's own unit; for an error, the corrected figure.
        public let computed: String
        /// Printed less computed, in the same unit.
        public let difference: String
        public let verdict: Verdict
        /// `nil` where no slip explains it.
        public let cause: Cause?
        public let confidence: Confidence
        /// What speaks for it, in words.
        public let evidence: String
    }

    /// How sure it is that the figure at `place` is the one that is wrong.
    public enum Confidence: String, Sendable { case high, medium, low }

    /// Those of the findings that are more than rounding.
    public var errors: [Slip] { findings.filter { $0.verdict == .error } }

    /// - Returns: `nil` for a table without figures in rows and columns.
    public init?(_ table: PrintedTable) {
        guard let grid = FigureGrid(table) else { return nil }
        title = table.title
        place = Place(table.source, row: table.rows.first?.number ?? 1, column: 1)
        rows = grid.rows.count
        printed = table.rows.map { ($0.number, $0.cells.map { ($0.text, $0.isFigure) }) }
        let found = Self.relations(grid)
        relations = found.map { relation in
            Claim(
                kind: relation.kind.rawValue, description: relation.description,
                exact: relation.evaluations.count { $0.verdict == .exact },
                rounding: relation.evaluations.count { $0.verdict == .rounding }, errors: relation.fails,
                isLabelled: relation.isLabelled)
        }
        var judge = Judge(grid: grid, relations: found)
        findings = judge.errors() + judge.roundings()
    }

    private static func relations(_ grid: FigureGrid) -> [Relation] {
        let rows = Lines(rowsOf: grid), columns = Lines(columnsOf: grid)
        let differences = DifferenceFinder(columns)
        let vertical = TotalFinder(rows), horizontal = TotalFinder(columns, differences: differences.targets)
        let rowDifferences = DifferenceFinder(rows, explained: vertical.explained)
        let totalRows = vertical.explained.sorted().filter { line in rows.words[line].isTotal }.map { rows.lines[$0] }
        // One relation may be found in two guises, `net = a - b` and `a = net + b`: the first is reported.
        var seen: Set<Set<FigureGrid.Cell>> = []
        let amounts =
            (differences.relations + vertical.relations + horizontal.relations + rowDifferences.relations
            + RollForwardFinder(rows).relations + RollForwardFinder(columns).relations).filter { relation in
                let keys = relation.evaluations.map { Set($0.cells) }
                defer { seen.formUnion(keys) }
                return !keys.allSatisfy(seen.contains)
            }
        let directed = Set(differences.directed.map { columns.lines[$0] })
        let judged = amounts.map { addingUp($0, in: directed, grid) }
        // Columns in which some sum or difference holds hold amounts.
        let summed = Set(
            judged.flatMap(\.evaluations).filter { $0.verdict != .error && $0.weight >= Tuning.countingWeight }.flatMap
            {
                $0.cells.map(\.column)
            })
        let sums = judged.map { withoutAverages($0, summed, grid) }
        return sums.filter { !isPartOfAnother($0, sums) } + hundreds(grid, vertical.relations)
            + PercentageFinder(grid, totalRows: totalRows).relations
            + ShareFinder(rows, rowTotals: horizontal.relations).relations + DirectionFinder(grid).relations
    }

    /// A relation without its places in columns such as `£/pupil` and `Band D £`, where no sum holds at all: what is
    /// printed lies between the smallest and the largest of the parts, as an average does, and no slip of the pen
    /// gives it exactly.
    private static func withoutAverages(_ relation: Relation, _ summed: Set<Int>, _ grid: FigureGrid) -> Relation {
        func isAverage(_ evaluation: Evaluation) -> Bool {
            let column = evaluation.target.column
            guard evaluation.verdict == .error, !summed.contains(column),
                evaluation.terms.allSatisfy({ $0.sign > 0 && $0.cell.column == column })
            else { return false }
            let parts = evaluation.terms.compactMap { grid.value($0.cell.row, column) }
            guard parts.count > 1, let least = parts.min(), let most = parts.max(), least > 0 || most < 0,
                (least...most).contains(evaluation.printed)
            else { return false }
            let unit = max(1, grid.unit(evaluation.target.row, column))
            let exact = Evaluation(
                target: evaluation.target, terms: evaluation.terms, printed: evaluation.printed,
                computed: evaluation.computed, tolerance: 0, forced: nil, weight: evaluation.weight)
            return
                !(Cause.of(exact, unit: unit, otherTotals: [], names: { _ in "" }) { grid.value($0.row, $0.column) }?
                .isSpecific ?? false)
        }
        guard relation.holds > 0, relation.evaluations.contains(where: isAverage) else { return relation }
        return Relation(
            kind: relation.kind, description: relation.description,
            evaluations: relation.evaluations.filter { !isAverage($0) }, weight: relation.weight,
            isLabelled: relation.isLabelled)
    }

    /// In a column of favourable and adverse the net is what its parts add up to, not one less the other.
    private static func addingUp(_ relation: Relation, in directed: Set<Int>, _ grid: FigureGrid) -> Relation {
        guard relation.evaluations.contains(where: { $0.verdict == .error && directed.contains($0.target.column) })
        else { return relation }
        let evaluations = relation.evaluations.map { evaluation in
            guard evaluation.verdict == .error, directed.contains(evaluation.target.column),
                evaluation.terms.count == 2, let taken = evaluation.terms.first(where: { $0.sign < 0 })
            else { return evaluation }
            // Printed = a - b, and a + b is what it comes to with b put back twice.
            let added = evaluation.computed + 2 * (grid.value(taken.cell.row, taken.cell.column) ?? 0)
            guard (evaluation.printed - added).magnitude <= evaluation.tolerance else { return evaluation }
            return Evaluation(
                target: evaluation.target, terms: evaluation.terms.map { ($0.cell, 1) }, printed: evaluation.printed,
                computed: added, tolerance: evaluation.tolerance, forced: nil, weight: evaluation.weight)
        }
        return Relation(
            kind: relation.kind, description: relation.description, evaluations: evaluations, weight: relation.weight,
            isLabelled: relation.isLabelled)
    }

    /// `Out = Closing - Opening` holds wherever nothing came in; where something did, the whole roll-forward holds.
    private static func isPartOfAnother(_ relation: Relation, _ all: [Relation]) -> Bool {
        let failing = relation.evaluations.filter { $0.verdict == .error }
        guard !failing.isEmpty else { return false }
        return all.contains { other in
            var isMended = false
            let isCovered = failing.allSatisfy { failed in
                let cells = Set(failed.cells)
                return other.evaluations.contains { larger in
                    guard larger.cells.count > cells.count, cells.isSubset(of: larger.cells) else { return false }
                    isMended = isMended || larger.verdict != .error
                    return true
                }
            }
            // Where both fail, the larger one tells it.
            return isCovered && isMended && other.holds >= relation.holds
        }
    }

    /// A column of percentages whose total says 100.
    private static func hundreds(_ grid: FigureGrid, _ totals: [Relation]) -> [Relation] {
        let hundred = 100 * PrintedNumber.power(grid.decimals)
        return grid.columns.indices.filter { grid.columns[$0].kind == .percentage }.flatMap { column in
            totals.filter { $0.kind == .total }.compactMap { relation -> Relation? in
                guard
                    let cast = relation.evaluations.first(where: {
                        Set($0.terms.map(\.cell.column)).count == 1 && $0.terms.count > 1
                    }), let printed = grid.value(cast.target.row, column), printed == hundred
                else { return nil }
                let terms = cast.terms.compactMap { term in
                    grid.value(term.cell.row, column).map { (FigureGrid.Cell(row: term.cell.row, column: column), $0) }
                }
                let sum = terms.map(\.1).reduce(0, +), unit = grid.columns[column].unit
                guard terms.count > 1, abs(sum - hundred) * 20 <= hundred else { return nil }
                let evaluation = Evaluation(
                    target: .init(row: cast.target.row, column: column), terms: terms.map { ($0.0, 1) },
                    printed: printed, computed: sum,
                    tolerance: unit * (terms.count { $0.1 != 0 } + 1) / 2, forced: nil, weight: 1)
                return Relation(
                    kind: .total, description: "\(grid.columns[column].title) adds to 100", evaluations: [evaluation],
                    weight: 2, isLabelled: true)
            }
        }
    }
}
