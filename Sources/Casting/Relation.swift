internal import Findings
internal import Glibc

/// What one line of a table is to others, and how well the figures bear it out.
///
///     TOTAL = the 10 lines above it                     exact in 1 of 1
///     Variance = Net Budget - Net To Date               within rounding in 13 of 13
struct Relation {
    enum Kind: String {
        case total, difference, balance
        case rollForward = "roll-forward"
        case broughtForward = "brought forward"
        case percentage, share
        case direction = "word"
    }

    let kind: Kind
    /// In words, with the lines' own labels.
    let description: String
    let evaluations: [Evaluation]
    /// How unlikely it is that figures without this relation agree so well: a power of ten.
    let weight: Double
    let isLabelled: Bool

    var holds: Int { evaluations.count { $0.verdict != .error } }
    var fails: Int { evaluations.count { $0.verdict == .error } }
}

/// A relation in one place.
struct Evaluation {
    typealias Cell = FigureGrid.Cell

    let target: Cell
    let terms: [(cell: Cell, sign: Int)]
    let printed: Int
    let computed: Int
    /// Half a printed unit for each figure that isn't zero.
    let tolerance: Int
    /// Set where rounding is judged otherwise than by `tolerance`.
    var forced: Verdict?
    /// How telling it is, as a power of ten; zero where all is zero.
    var weight: Double

    var difference: Int { printed - computed }
    var verdict: Verdict {
        forced ?? (difference == 0 ? .exact : difference.magnitude <= tolerance ? .rounding : .error)
    }
    var cells: [Cell] { [target] + terms.map(\.cell) }
}

/// How a printed figure stands to what its relation makes it.
public enum Verdict: String, Sendable, CaseIterable {
    case exact
    /// No more than half a printed unit a figure.
    case rounding
    case error
}

/// Rows or columns of a grid, seen one way: `lines` that are related, `positions` at which they are compared.
struct Lines {
    let grid: FigureGrid
    let areRows: Bool
    let lines: [Int]
    let positions: [Int]
    let labels: [String]
    let words: [Vocabulary]
    /// Sections of rows; groups of columns are one.
    let sections: [Int]
    let sectionTitles: [String]

    init(rowsOf grid: FigureGrid, kind: FigureGrid.Kind = .amount) {
        self.grid = grid
        areRows = true
        positions = grid.columns.indices.filter { grid.columns[$0].kind == kind }
        lines = grid.rows.indices.filter { row in
            grid.columns.indices.contains { grid.columns[$0].kind == kind && grid.value(row, $0) != nil }
        }
        labels = lines.map { grid.rows[$0].label }
        sections = lines.map { grid.rows[$0].section }
        sectionTitles = lines.map { grid.rows[$0].sectionTitle }
        words = labels.map(Vocabulary.init)
    }

    init(columnsOf grid: FigureGrid) {
        self.grid = grid
        areRows = false
        lines = grid.columns.indices.filter { grid.columns[$0].kind == .amount }
        positions = Array(grid.rows.indices)
        labels = lines.map { grid.columns[$0].title }
        sections = lines.map { _ in 0 }
        sectionTitles = lines.map { _ in "" }
        words = labels.map(Vocabulary.init)
    }

    var count: Int { lines.count }

    func cell(_ line: Int, _ position: Int) -> Evaluation.Cell {
        areRows
            ? .init(row: lines[line], column: positions[position])
            : .init(row: positions[position], column: lines[line])
    }

    func value(_ line: Int, _ position: Int) -> Int? {
        let cell = cell(line, position)
        return grid.value(cell.row, cell.column)
    }

    func unit(_ line: Int, _ position: Int) -> Int {
        let cell = cell(line, position)
        return grid.unit(cell.row, cell.column)
    }

    /// `"Total Funding"`, or `row 12` where it has no label.
    func name(_ line: Int) -> String {
        labels[line].isEmpty
            ? (areRows
                ? "row \(grid.table.rows[grid.rows[lines[line]].index].number)"
                : "column \(Place.letters(grid.columns[lines[line]].index + 1))") : labels[line]
    }

    typealias Term = (line: Int, sign: Int)

    /// - Parameter needsAll: whether a blank term leaves the place out; in a sum it adds nothing.
    func evaluate(_ target: Int, _ terms: [Term], at position: Int, needsAll: Bool) -> Evaluation? {
        guard let printed = value(target, position) else { return nil }
        var computed = 0, halves = printed == 0 ? 0 : unit(target, position), filled = 0, nonzero = 0,
            largest = printed.magnitude
        var cells: [(Evaluation.Cell, Int)] = [], isUnknown = false
        for (line, sign) in terms {
            guard let value = value(line, position) else {
                if needsAll { return nil }
                switch grid.reading(cell(line, position).row, cell(line, position).column) {
                // `46,000 (est)`, `see note`, a figure beyond all sums: what it adds is unclear.
                case .text, .number: return nil
                case .notAvailable: isUnknown = true
                case .dash, .blank: break
                }
                continue
            }
            computed += sign * value
            filled += 1
            if value != 0 { halves += unit(line, position); nonzero += 1; largest = max(largest, value.magnitude) }
            cells.append((cell(line, position), sign))
        }
        guard filled > 0 else { return nil }
        let unit = unit(target, position)
        let tolerance = halves / 2
        // N/A is not zero: where the sum fails it may be what is missing, unless a slip of the pen says otherwise.
        if isUnknown, (printed - computed).magnitude > tolerance,
            Cause.edit(from: computed / max(1, unit), to: printed / max(1, unit)) == nil
        {
            return nil
        }
        return Evaluation(
            target: cell(target, position), terms: cells, printed: printed, computed: computed, tolerance: tolerance,
            forced: nil,
            weight: nonzero < 2
                ? (nonzero == 1 && printed != 0 ? Tuning.onePartAlone : 0)
                : Self.weight(tolerance: tolerance, unit: unit, largest: Int(largest), difference: printed - computed))
    }

    /// Only how likely a coincidence is passes through floating point; no figure does.
    ///
    /// The chance that a figure as large as `largest` lands within the tolerance by itself, as a power of ten.
    /// One that agrees to the unit tells more than one that agrees within rounding.
    static func weight(tolerance: Int, unit: Int, largest: Int, difference: Int) -> Double {
        let range = Double(largest / max(1, unit)) + 1
        let width = difference == 0 ? 2.0 : 2 * Double(tolerance) / Double(max(1, unit)) + 1
        return max(0, log10(range / width))
    }

    func evaluations(_ target: Int, _ terms: [Term], needsAll: Bool = false) -> [Evaluation] {
        positions.indices.compactMap { evaluate(target, terms, at: $0, needsAll: needsAll) }
    }
}

/// How well terms fit a target over all places.
struct Fit {
    let terms: [Lines.Term]
    let evaluations: [Evaluation]
    /// Of the places where it holds.
    let weight: Double
    let against: Double
    /// Places where it holds and that tell something: not all zero, nor a single figure repeated.
    let holds: Int
    let fails: Int

    init(_ terms: [Lines.Term], _ evaluations: [Evaluation]) {
        self.terms = terms
        self.evaluations = evaluations
        var weight = 0.0, against = 0.0, holds = 0, fails = 0
        var seen: Set<[Int]> = []
        for evaluation in evaluations {
            // Columns that repeat each other are one piece of evidence.
            if evaluation.verdict != .error,
                !seen.insert([evaluation.printed, evaluation.computed, evaluation.terms.count]).inserted
            {
                holds += 1; continue
            }
            if evaluation.verdict == .error {
                fails += 1; against += max(1, evaluation.weight)
            } else {
                if evaluation.weight >= Tuning.countingWeight { holds += 1 }
                weight += evaluation.weight
            }
        }
        self.weight = weight
        self.against = against
        self.holds = holds
        self.fails = fails
    }

    var score: Double { weight - Tuning.failingScore * against }
}
