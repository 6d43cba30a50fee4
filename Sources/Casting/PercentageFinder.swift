internal import Sterling

/// Finds columns of percentages of two others, or of a column's total, and stated shares.
struct PercentageFinder {
    private(set) var relations: [Relation] = []

    init(_ grid: FigureGrid, totalRows: [Int]) {
        for column in grid.columns.indices where grid.columns[column].kind == .percentage {
            percentages(grid, column, totalRows)
        }
    }

    private enum Basis { case part(Int, of: Int), change(Int, of: Int), ofTotal(Int, row: Int) }

    private mutating func percentages(_ grid: FigureGrid, _ column: Int, _ totalRows: [Int]) {
        let amounts = grid.columns.indices.filter { grid.columns[$0].kind == .amount }
        var bases: [Basis] = []
        // Of very many columns only those near by are meant.
        let near = amounts.count > 12 ? amounts.filter { abs($0 - column) <= 6 } : amounts
        for a in near { for b in near where a != b { bases += [.part(a, of: b), .change(a, of: b)] } }
        for a in near { for row in totalRows.suffix(12) { bases.append(.ofTotal(a, row: row)) } }
        // A few rows tell whether it is worth looking at all.
        let sample = grid.rows.indices.filter { grid.value($0, column) != nil }.prefix(9)
        bases = bases.filter { basis in
            let seen = sample.compactMap { evaluate(grid, column, basis, $0) }
            return seen.count { $0.verdict != .error } * 2 >= seen.count
        }
        var best: (basis: Basis, evaluations: [Evaluation], score: Double)?
        for basis in bases {
            let evaluations = grid.rows.indices.compactMap { evaluate(grid, column, basis, $0) }
            var score = 0.0, holds = 0, fails = 0
            for evaluation in evaluations {
                if evaluation.verdict == .error {
                    fails += 1; score -= Tuning.failingScore * evaluation.weight
                } else {
                    score += evaluation.weight; if evaluation.weight > Tuning.countingWeight { holds += 1 }
                }
            }
            // Nearer columns are likelier meant.
            switch basis {
            case .part(let a, let b), .change(let a, let b):
                score -= Tuning.eachColumnAwayOfShare * Double(abs(column - a) + abs(column - b))
            case .ofTotal(let a, _): score -= Tuning.eachColumnAwayOfShare * Double(abs(column - a))
            }
            guard holds > 1, fails * 2 <= holds, score > 3, score > best?.score ?? 0 else { continue }
            best = (basis, evaluations, score)
        }
        guard var best else { return }
        // Percentages that add to 100 as printed were made to: a unit more or less is how.
        if case .ofTotal(_, let total) = best.basis {
            let unit = grid.columns[column].unit, parts = best.evaluations.filter { $0.target.row != total }
            if parts.map(\.printed).reduce(0, +) == 100 * PrintedNumber.power(grid.decimals) {
                best.evaluations = best.evaluations.map { evaluation in
                    var evaluation = evaluation
                    if evaluation.verdict == .error, evaluation.difference.magnitude <= unit {
                        evaluation.forced = .rounding
                    }
                    return evaluation
                }
            }
        }
        func name(_ column: Int) -> String { grid.columns[column].title }
        let formula =
            switch best.basis {
            case .part(let a, let b): "\(name(a)) / \(name(b))"
            case .change(let a, let b): "(\(name(a)) - \(name(b))) / \(name(b))"
            case .ofTotal(let a, let row): "\(name(a)) / \(grid.rows[row].label)"
            }
        relations.append(
            Relation(
                kind: .percentage, description: "\(name(column)) = \(formula)", evaluations: best.evaluations,
                weight: best.score, isLabelled: true))
    }

    /// Judged by the interval that the rounding of the figures leaves open.
    private func evaluate(_ grid: FigureGrid, _ column: Int, _ basis: Basis, _ row: Int) -> Evaluation? {
        guard let printed = grid.value(row, column) else { return nil }
        let unit = grid.columns[column].unit
        func amount(_ row: Int, _ column: Int) -> (value: Int, half: Fraction, cell: FigureGrid.Cell)? {
            grid.value(row, column).map {
                ($0, Fraction($0 == 0 ? 0 : grid.columns[column].unit) / Fraction(2), .init(row: row, column: column))
            }
        }
        typealias Amount = (value: Int, half: Fraction, cell: FigureGrid.Cell)
        func both(_ part: Amount?, _ whole: Amount?, _ isChange: Bool) -> (part: Amount, whole: Amount, isChange: Bool)?
        {
            guard let part, let whole else { return nil }
            return (part, whole, isChange)
        }
        let parts: (part: Amount, whole: Amount, isChange: Bool)?
        switch basis {
        case .part(let a, let b): parts = both(amount(row, a), amount(row, b), false)
        case .change(let a, let b): parts = both(amount(row, a), amount(row, b), true)
        case .ofTotal(let a, let total): parts = both(amount(row, a), amount(total, a), false)
        }
        // A percentage of zero says nothing.
        guard let (part, whole, isChange) = parts, whole.value != 0 else { return nil }
        let scale = Fraction(100 * PrintedNumber.power(grid.decimals))
        func ratio(_ part: Fraction, _ whole: Fraction) -> Fraction { (isChange ? part - whole : part) * scale / whole }
        let p = Fraction(part.value), w = Fraction(whole.value)
        let exact = ratio(p, w)
        var corners: [Fraction] = [exact]
        for x in [p - part.half, p + part.half] {
            for y in [w - whole.half, w + whole.half] where !y.isZero && y.isNegative == w.isNegative {
                corners.append(ratio(x, y))
            }
        }
        let half = Fraction(unit) / Fraction(2)
        let low = corners.min()! - half, high = corners.max()! + half
        // Signs of percentages follow no rule: a variance of -5 on an income budget is printed either way.
        let isOpposite = !exact.isZero && Fraction(printed).isNegative != exact.isNegative && printed != 0
        let value = Fraction(isOpposite ? -printed : printed)
        let rounded = Int(((exact / Fraction(unit)).roundedToPence.pence)) * unit
        let computed = isOpposite ? -rounded : rounded
        var evaluation = Evaluation(
            target: .init(row: row, column: column), terms: [(part.cell, 1), (whole.cell, 1)], printed: printed,
            computed: computed, tolerance: 0, forced: nil,
            weight: part.value == 0
                ? Tuning.partOfNil
                : part.cell.row == whole.cell.row || part.cell != whole.cell
                    ? Tuning.plainPercentage : Tuning.partIsWhole)
        if part.value == whole.value { evaluation.weight = Tuning.partIsWhole }
        evaluation.forced = value >= low && value <= high ? (printed == computed ? .exact : .rounding) : .error
        return evaluation
    }
}
