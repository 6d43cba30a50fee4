/// Finds a line that is the difference or the sum of two others, wherever they stand: `variance = actual -
/// budget`, the other way round, `net = gross + income` in any convention of signs.
struct DifferenceFinder {
    private(set) var relations: [Relation] = []

    /// With more lines than this, only those whose label speaks of a difference are tried.
    static let mostLines = 40

    init(_ lines: Lines, explained: Set<Int>, known: [Relation]) {
        var taken = Set(known.flatMap { $0.evaluations.map(Self.key) })
        var claims: [(relation: Relation, score: Double)] = []
        for target in 0..<lines.count {
            let words = lines.words[target]
            let isLabelled = words.isDifference
            guard isLabelled || lines.count <= Self.mostLines, isLabelled || lines.positions.count > 2 else { continue }
            if explained.contains(target), !isLabelled { continue }
            var best: (fit: Fit, score: Double)?
            for a in 0..<lines.count where a != target {
                for b in 0..<lines.count where b != target && b != a {
                    for signs in [(1, -1), (1, 1), (-1, -1)] where signs.0 != signs.1 || a < b {
                        guard Self.mayHold(lines, target, a, signs.0, b, signs.1) else { continue }
                        let terms: [Lines.Term] = [(a, signs.0), (b, signs.1)]
                        let fit = Fit(terms, lines.evaluations(target, terms, needsAll: true))
                        let nearness = 0.05 * Double(abs(target - a) + abs(target - b))
                        let score = fit.score - nearness - (signs.0 == signs.1 ? 0.3 : 0) - (signs == (-1, -1) ? 2 : 0)
                        let needed = (isLabelled ? 2.0 : 5.0) + log(lines.count)
                        guard fit.holds > 1 || isLabelled && fit.holds == 1 && fit.fails <= 1 && lines.positions.count < 4, fit.weight >= needed, fit.fails * 3 <= fit.holds || isLabelled && fit.fails <= fit.holds, score > best?.score ?? 0 else { continue }
                        best = (fit, score)
                    }
                }
            }
            guard let best else { continue }
            let first = best.fit.terms.max { $0.sign < $1.sign }!, second = best.fit.terms.first { $0.line != first.line }!
            let description = "\(lines.name(target)) = \(first.sign < 0 ? "-" : "")\(lines.name(first.line)) \(second.sign < 0 ? "-" : "+") \(lines.name(second.line))"
            claims.append((Relation(kind: .difference, description: description, evaluations: best.fit.evaluations, weight: best.fit.weight, isLabelled: isLabelled), best.score + (isLabelled ? 3 : 0)))
        }
        // The best first: the same three lines make three such claims, of which one is meant.
        for (relation, _) in claims.sorted(by: { $0.score > $1.score }) {
            let keys = relation.evaluations.map(Self.key)
            guard !keys.contains(where: taken.contains) else { continue }
            taken.formUnion(keys)
            relations.append(relation)
        }
    }

    private func log(_ count: Int) -> Double { count > 30 ? 2 : count > 10 ? 1.3 : 0.7 }

    private static func key(_ evaluation: Evaluation) -> Set<FigureGrid.Cell> { Set(evaluation.cells) }

    /// A quick look at a few places before all are judged.
    private static func mayHold(_ lines: Lines, _ target: Int, _ a: Int, _ signA: Int, _ b: Int, _ signB: Int) -> Bool {
        var tried = 0, held = 0
        for position in lines.positions.indices {
            guard let t = lines.value(target, position), let x = lines.value(a, position), let y = lines.value(b, position), t != 0 || x != 0 || y != 0 else { continue }
            tried += 1
            if abs(t - signA * x - signB * y) * 2 <= 3 * max(lines.unit(target, position), lines.unit(a, position), lines.unit(b, position)) { held += 1 }
            if tried == 6 { break }
        }
        return held > 0 && held * 3 >= tried
    }
}
