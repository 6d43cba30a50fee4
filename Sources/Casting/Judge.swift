internal import Findings

/// Tells which figure is wrong where relations fail: the one whose correction mends most of them and breaks
/// none, and that a slip of the pen explains best.
struct Judge {
    let grid: FigureGrid
    let relations: [Relation]
    /// Evaluations with their differences as corrections change them.
    private var states: [State]
    private let byCell: [FigureGrid.Cell: [Int]]
    /// Sums down a column, by column and by the cell that they make.
    private let sumsByColumn: [Int: [Evaluation]]
    private let sumsByTarget: [FigureGrid.Cell: [Evaluation]]

    private struct State {
        let relation: Int
        let evaluation: Evaluation
        var difference: Int
        var isOpen: Bool

        /// Percentages, words and shares have verdicts of their own.
        var isSum: Bool { evaluation.forced == nil }
        func sign(of cell: FigureGrid.Cell) -> Int {
            evaluation.target == cell ? 1 : -(evaluation.terms.first { $0.cell == cell }?.sign ?? 0)
        }
    }

    private struct Suspect {
        let cell: FigureGrid.Cell
        let state: Int
        /// What its figure would have to become larger by.
        let delta: Int
        let mended: [Int]
        let broken: Int
        let cause: Cause?
        let score: Double
    }

    init(grid: FigureGrid, relations: [Relation]) {
        self.grid = grid
        self.relations = relations
        var states: [State] = [], byCell: [FigureGrid.Cell: [Int]] = [:]
        for (index, relation) in relations.enumerated() {
            for evaluation in relation.evaluations {
                for cell in Set(evaluation.cells) { byCell[cell, default: []].append(states.count) }
                states.append(
                    State(
                        relation: index, evaluation: evaluation, difference: evaluation.difference,
                        isOpen: evaluation.verdict == .error))
            }
        }
        self.states = states
        self.byCell = byCell
        let sums = relations.filter { $0.kind == .total || $0.kind == .difference }.flatMap(\.evaluations).filter {
            sum in sum.terms.allSatisfy { $0.cell.column == sum.target.column }
        }
        sumsByColumn = Dictionary(grouping: sums, by: \.target.column)
        sumsByTarget = Dictionary(grouping: sums.filter { $0.forced == nil }, by: \.target)
    }

    mutating func errors() -> [TableCheck.Slip] {
        var slips: [(order: FigureGrid.Cell, slip: TableCheck.Slip)] = []
        // The likeliest suspect of each open place; looked for again only where something beside it has changed.
        var suspects = states.indices.map { states[$0].isOpen ? likeliest($0) : nil }
        while let suspect = suspects.compactMap({ $0 }).max(by: { ($0.score, -$0.state) < ($1.score, -$1.state) }) {
            slips.append((suspect.cell, slip(suspect)))
            var changed = Set(suspect.mended)
            for index in suspect.mended { states[index].isOpen = false }
            if suspect.mended.count > suspect.broken {
                for index in byCell[suspect.cell] ?? [] {
                    changed.insert(index)
                    // What is reckoned from a wrong figure is reported with it.
                    if states[index].isSum {
                        states[index].difference += states[index].sign(of: suspect.cell) * suspect.delta
                    } else {
                        states[index].isOpen = false
                    }
                }
            }
            let beside = Set(changed.flatMap { states[$0].evaluation.cells }.flatMap { byCell[$0] ?? [] }).union(
                changed)
            for index in beside { suspects[index] = states[index].isOpen ? likeliest(index) : nil }
        }
        return slips.sorted { $0.order < $1.order }.map(\.slip)
    }

    private func likeliest(_ index: Int) -> Suspect? {
        var best: Suspect?
        for suspect in suspects(index) where suspect.score > best?.score ?? -.infinity { best = suspect }
        return best
    }

    private func suspects(_ index: Int) -> [Suspect] {
        let state = states[index]
        let target = state.evaluation.target
        guard state.isSum else {
            return [
                Suspect(
                    cell: target, state: index, delta: 0, mended: [index], broken: 0, cause: ownCause(state), score: 0)
            ]
        }
        let suspects = Set(state.evaluation.cells).sorted().compactMap { cell -> Suspect? in
            let sign = state.sign(of: cell)
            guard sign != 0, let value = grid.value(cell.row, cell.column) else { return nil }
            let delta = -sign * state.difference
            var mended: [Int] = [], broken = 0
            for other in byCell[cell] ?? [] where states[other].isSum {
                let after = states[other].difference + states[other].sign(of: cell) * delta
                let holds = after.magnitude <= states[other].evaluation.tolerance
                if states[other].isOpen { if holds { mended.append(other) } } else if !holds { broken += 1 }
            }
            guard mended.contains(index) else { return nil }
            let unit = grid.columns[cell.column].unit
            let isTarget = cell == target
            let cause =
                isTarget
                ? targetCause(state)
                : Cause.of(
                    figure: value / unit, correct: (value + delta) / unit,
                    slack: min(mended.count > 1 ? 6 : 2, state.evaluation.tolerance / unit))
            // Rounding blurs a small part's digits: only a telling slip names a part.
            if !isTarget, cause == nil || cause?.kind == .digitWrong || cause?.kind == .digitAdded, mended.count == 1 {
                return nil
            }
            let plausibility =
                switch cause?.kind {
                case nil: 0.0
                case .digitWrong, .digitAdded: Tuning.causeOfDigits
                case .leftOut, .countedTwice: Tuning.causeOfLines
                default: Tuning.causeOfOthers
                }
            return Suspect(
                cell: cell, state: index, delta: delta, mended: mended, broken: broken, cause: cause,
                score: 2 * Double(mended.count) - 2 * Double(broken) + plausibility
                    + (isTarget ? Tuning.slipInTotal : 0))
        }
        return suspects
    }

    private func targetCause(_ state: State) -> Cause? {
        let evaluation = state.evaluation, relation = relations[state.relation], column = evaluation.target.column
        // Other totals of the same column that are no part of this one.
        let totals = (sumsByColumn[column] ?? []).filter { other in !evaluation.cells.contains(other.target) }.map {
            (grid.value($0.target.row, column) ?? 0, grid.rows[$0.target.row].label)
        }
        var evaluated = evaluation
        if state.difference != evaluation.difference {
            evaluated = Evaluation(
                target: evaluation.target, terms: evaluation.terms, printed: evaluation.printed,
                computed: evaluation.printed - state.difference, tolerance: evaluation.tolerance, forced: nil,
                weight: evaluation.weight)
        }
        let cause = Cause.of(
            evaluated, unit: grid.columns[column].unit, otherTotals: totals, names: partName(evaluated)
        ) { grid.value($0.row, $0.column) }
        if relation.kind == .broughtForward, cause == nil || cause?.kind == .digitWrong || cause?.kind == .leftOut {
            return Cause(.broughtForwardMoved)
        }
        return cause ?? (relation.kind == .total ? withinSubtotals(evaluated) : nil)
    }

    /// A line of a sub-total counted again in the total above it, or left out of it.
    private func withinSubtotals(_ evaluation: Evaluation) -> Cause? {
        for (cell, _) in evaluation.terms {
            for inner in sumsByTarget[cell] ?? [] {
                for (part, sign) in inner.terms {
                    guard let value = grid.value(part.row, part.column), value.magnitude > 99,
                        part.column == evaluation.target.column
                    else { continue }
                    if evaluation.difference == sign * value { return Cause(.countedTwice, name(part)) }
                    if evaluation.difference == -sign * value { return Cause(.leftOut, name(part)) }
                }
            }
        }
        return nil
    }

    private func ownCause(_ state: State) -> Cause? {
        let evaluation = state.evaluation, unit = max(1, grid.columns[evaluation.target.column].unit)
        switch relations[state.relation].kind {
        case .percentage:
            // Cut off rather than rounded: one unit nearer to zero.
            if evaluation.computed.magnitude == evaluation.printed.magnitude + UInt(unit),
                (evaluation.computed < 0) == (evaluation.printed < 0) || evaluation.printed == 0
            {
                return Cause(.percentageCut)
            }
            return Cause.of(figure: evaluation.printed / unit, correct: evaluation.computed / unit, slack: 0)
        case .direction: return Cause(.wordContradicts)
        case .share:
            return Cause.of(figure: evaluation.printed / unit, correct: evaluation.computed / unit, slack: 0)
                ?? Cause(.unequalShares)
        case .total, .difference, .balance, .rollForward, .broughtForward: return nil
        }
    }

    /// What a part is called: in a sum across the columns, by its column.
    private func partName(_ evaluation: Evaluation) -> (FigureGrid.Cell) -> String {
        let isAcross = evaluation.terms.allSatisfy { $0.cell.row == evaluation.target.row }
        return { cell in
            isAcross && !grid.columns[cell.column].title.isEmpty ? grid.columns[cell.column].title : name(cell)
        }
    }

    private func name(_ cell: FigureGrid.Cell) -> String {
        let label = grid.rows[cell.row].label
        return label.isEmpty ? (grid.place(cell).cell ?? "") : label
    }

    private func slip(_ suspect: Suspect) -> TableCheck.Slip {
        let state = states[suspect.state], cell = suspect.cell
        let value = grid.value(cell.row, cell.column) ?? 0
        // The relation in which it is the target tells it best.
        let own = suspect.mended.first { states[$0].evaluation.target == cell } ?? suspect.state
        let relation = relations[states[own].relation]
        let correct = state.isSum ? value + suspect.delta : state.evaluation.computed
        let others = suspect.mended.filter { $0 != own }
        var evidence = "\(relation.description): \(Self.tally(relation))"
        if !others.isEmpty {
            evidence +=
                "; the corrected figure also mends "
                + others.map { relations[states[$0].relation].description }.joined(separator: "; ")
        }
        let isSure = suspect.mended.count > 1 || relation.holds > 1 && relation.weight >= 6 && suspect.cause != nil
        return slip(
            states[own], at: cell, printed: value, computed: correct, verdict: .error, cause: suspect.cause,
            confidence: isSure
                ? .high : relation.holds > 0 || suspect.cause != nil && relation.isLabelled ? .medium : .low,
            evidence: evidence)
    }

    private static func tally(_ relation: Relation) -> String {
        let exact = relation.evaluations.count { $0.verdict == .exact },
            rounding = relation.evaluations.count { $0.verdict == .rounding }
        if exact + rounding == 0 { return "by its words alone, for it holds nowhere else" }
        return "exact in \(exact)" + (rounding > 0 ? ", within rounding in \(rounding)" : "")
            + " of \(relation.evaluations.count)"
    }

    func roundings() -> [TableCheck.Slip] {
        states.filter { $0.evaluation.verdict == .rounding }.sorted { $0.evaluation.target < $1.evaluation.target }.map
        { state in
            let relation = relations[state.relation]
            return slip(
                state, at: state.evaluation.target, printed: state.evaluation.printed,
                computed: state.evaluation.computed, verdict: .rounding, cause: nil,
                confidence: relation.holds > 1 || relation.isLabelled ? .high : .medium,
                evidence: "\(relation.description): \(Self.tally(relation))")
        }
    }

    private func slip(
        _ state: State, at cell: FigureGrid.Cell, printed: Int, computed: Int, verdict: Verdict, cause: Cause?,
        confidence: TableCheck.Confidence, evidence: String
    ) -> TableCheck.Slip {
        let relation = relations[state.relation], column = grid.columns[cell.column]
        return TableCheck.Slip(
            kind: relation.kind.rawValue, relation: relation.description, place: grid.place(cell),
            cells: state.evaluation.cells.map(grid.place), row: name(cell), column: column.title,
            printed: grid.text(cell),
            computed: grid.printed(computed, unit: column.unit) + (column.kind == .percentage ? "%" : ""),
            difference: grid.printed(printed - computed, unit: column.unit), verdict: verdict, cause: cause,
            confidence: confidence, evidence: evidence)
    }
}
