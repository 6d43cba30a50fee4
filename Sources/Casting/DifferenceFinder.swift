/// Finds a line that is the difference or the sum of two others, wherever they stand: `variance = actual -
/// budget`, the other way round, `net = gross + income` in any convention of signs.
struct DifferenceFinder {
    private(set) var relations: [Relation] = []
    /// Lines that a relation explains.
    private(set) var targets: Set<Int> = []
    /// Of these the sign goes by the kind of line.
    private(set) var directed: Set<Int> = []

    private static let byKind = " (its sign by the kind of line)"

    /// With more lines than this, only those whose label speaks of a difference are tried.
    static let mostLines = 40

    init(_ lines: Lines, explained: Set<Int> = []) {
        var taken: Set<Set<FigureGrid.Cell>> = []
        var claims: [(target: Int, relation: Relation, score: Double)] = []
        for target in 0..<lines.count {
            let words = lines.words[target]
            let isLabelled = words.isDifference && !words.isTotal
            if words.isTotal { continue }
            guard isLabelled || !lines.areRows && lines.count <= Self.mostLines && lines.positions.count > 2 else {
                continue
            }
            // A row's net is found by what stands above it; a column may be the difference of any two.
            if explained.contains(target), lines.areRows || !isLabelled { continue }
            // A row's net is of totals, or of the two lines above it; of many columns, those near by.
            let near = (0..<lines.count).filter { line in
                if line == target { return false }
                if lines.areRows { return explained.contains(line) || line < target && target - line <= 2 }
                return lines.count <= Self.mostLines || abs(line - target) <= 8
            }.prefix(Self.mostLines)
            for a in near {
                for b in near where b != a {
                    for signs in [(1, -1), (1, 1), (-1, -1)] where signs.0 != signs.1 || a < b {
                        guard Self.mayHold(lines, target, a, signs.0, b, signs.1) else { continue }
                        let terms: [Lines.Term] = [(a, signs.0), (b, signs.1)]
                        let fit = Fit(terms, lines.evaluations(target, terms, needsAll: true))
                        let nearness = Tuning.eachColumnAway * Double(abs(target - a) + abs(target - b))
                        let score =
                            fit.score - nearness - (signs.0 == signs.1 ? Tuning.columnsAdded : 0)
                            - (signs == (-1, -1) ? Tuning.bothColumnsTaken : 0)
                        let needed =
                            (isLabelled ? Tuning.neededOfColumns : Tuning.neededOfUnnamedColumns) + log(lines.count)
                        guard
                            fit.holds > 1
                                || isLabelled && fit.holds == 1 && fit.fails <= 1 && lines.positions.count < 4,
                            fit.weight >= needed,
                            fit.fails * 3 <= fit.holds
                                || isLabelled && fit.fails <= fit.holds
                                    && (!lines.areRows || fit.evaluations.count <= 2 && fit.weight >= 5),
                            score > 0
                        else { continue }
                        let first = terms.max { $0.sign < $1.sign }!, second = terms.first { $0.line != first.line }!
                        let description =
                            "\(lines.name(target)) = \(first.sign < 0 ? "-" : "")\(lines.name(first.line)) "
                            + "\(second.sign < 0 ? "-" : "+") \(lines.name(second.line))"
                        // `Total = 2024/25 + 2025/26` reads better than `2025/26 = Total - 2024/25`.
                        let isOfTotal = lines.words[first.line].isTotal && second.sign < 0
                        let said =
                            isOfTotal
                            ? "\(lines.name(first.line)) = \(lines.name(target)) + \(lines.name(second.line))"
                            : description
                        let (evaluations, isByKind) = Self.bySide(fit, isDirected: words.isDirected)
                        claims.append(
                            (
                                target,
                                Relation(
                                    kind: .difference, description: said + (isByKind ? Self.byKind : ""),
                                    evaluations: evaluations, weight: fit.weight, isLabelled: isLabelled),
                                score + (isLabelled ? 3 : 0)
                            ))
                    }
                }
            }
        }
        // The best first: the same three lines make three such claims, of which one is meant.
        for (target, relation, _) in claims.sorted(by: { $0.score > $1.score }) {
            let keys = relation.evaluations.map(Self.key)
            guard !keys.contains(where: taken.contains) else { continue }
            taken.formUnion(keys)
            relations.append(relation)
            targets.insert(target)
            if relation.description.hasSuffix(Self.byKind) { directed.insert(target) }
        }
    }

    /// `Variance fav/(adv)`: more income is favourable and more cost adverse, so the sign goes by the kind of
    /// line. Where every failing place is the same difference with its sign turned, and there are several or the
    /// title says so, that is the table's way.
    private static func bySide(_ fit: Fit, isDirected: Bool) -> ([Evaluation], Bool) {
        let failing = fit.evaluations.filter { $0.verdict == .error }
        guard failing.count > 1 || isDirected && !failing.isEmpty,
            failing.allSatisfy({ ($0.printed + $0.computed).magnitude <= $0.tolerance })
        else { return (fit.evaluations, false) }
        return (
            fit.evaluations.map { evaluation in
                guard evaluation.verdict == .error else { return evaluation }
                var turned = Evaluation(
                    target: evaluation.target, terms: evaluation.terms.map { ($0.cell, -$0.sign) },
                    printed: evaluation.printed, computed: -evaluation.computed, tolerance: evaluation.tolerance,
                    forced: nil, weight: evaluation.weight)
                turned.weight = evaluation.weight
                return turned
            }, true
        )
    }

    private func log(_ count: Int) -> Double { count > 30 ? 2 : count > 10 ? 1.3 : 0.7 }

    private static func key(_ evaluation: Evaluation) -> Set<FigureGrid.Cell> { Set(evaluation.cells) }

    /// A quick look at a few places before all are judged.
    private static func mayHold(_ lines: Lines, _ target: Int, _ a: Int, _ signA: Int, _ b: Int, _ signB: Int) -> Bool {
        var tried = 0, held = 0
        for position in lines.positions.indices {
            guard let t = lines.value(target, position), let x = lines.value(a, position),
                let y = lines.value(b, position), t != 0 || x != 0 || y != 0
            else { continue }
            tried += 1
            if abs(t - signA * x - signB * y) * 2 <= 3
                * max(lines.unit(target, position), lines.unit(a, position), lines.unit(b, position))
            {
                held += 1
            }
            if tried == 6 { break }
        }
        return held > 0 && held * 3 >= tried
    }
}
