/// Finds the column whose sign the words adverse and favourable tell.
struct DirectionFinder {
    private(set) var relations: [Relation] = []

    init(_ grid: FigureGrid) {
        for words in grid.columns where words.kind == .words {
            let directions = grid.rows.map { Vocabulary.direction(grid.table.rows[$0.index].cells[words.index].text) }
            guard directions.count(where: { $0 != nil }) > 2, directions.contains(1), directions.contains(-1) else {
                continue
            }
            var best: (column: Int, sign: Int, agree: [Int], against: [Int])?
            for column in grid.columns.indices where grid.columns[column].kind == .amount {
                for sign in [1, -1] {
                    let worded = grid.rows.indices.filter {
                        directions[$0] != nil && (grid.value($0, column) ?? 0) != 0
                    }
                    let agree = worded.filter { grid.value($0, column)!.signum() * sign == directions[$0]! }
                    let against = worded.filter { !agree.contains($0) }
                    let isBetter = best.map { (against.count, -column) < ($0.against.count, -$0.column) } ?? true
                    guard agree.count > 2, against.count * 4 <= agree.count,
                        Set(agree.map { directions[$0]! }).count == 2, isBetter
                    else { continue }
                    best = (column, sign, agree, against)
                }
            }
            guard let best else { continue }
            let evaluations = (best.agree + best.against).sorted().map { row in
                let value = grid.value(row, best.column)!
                var evaluation = Evaluation(
                    target: .init(row: row, column: best.column), terms: [(.init(row: row, column: words.index), 1)],
                    printed: value, computed: best.against.contains(row) ? -value : value, tolerance: 0, forced: nil,
                    weight: Tuning.directionWord)
                evaluation.forced = best.against.contains(row) ? .error : .exact
                return evaluation
            }
            relations.append(
                Relation(
                    kind: .direction,
                    description:
                        "the sign of \(grid.columns[best.column].title) as "
                        + "\(words.title.isEmpty ? "the words" : words.title) says",
                    evaluations: evaluations, weight: 3, isLabelled: true))
        }
    }
}
