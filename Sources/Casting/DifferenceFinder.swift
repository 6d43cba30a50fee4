/// Finds a line that is the difference or the sum of two others, wherever they stand: `variance = actual -
/// budget`, the other way round, `net = gross + income` in any convention of signs.
struct DifferenceFinder {
    private(set) var relations: [Relation] = []
    /// Lines that a relation explains.
    private(set) var targets: Set<Int> = []

    /// With more lines than this, only those whose label speaks of a difference are tried.
    static let mostLines = 40

    init(_ lines: Lines, explained: Set<Int> = []) {
        var taken: Set<Set<FigureGrid.Cell>> = []
        var claims: [(target: Int, relation: Relation, score: Double)] = []
        for target in 0..<lines.count {
            let words = lines.words[target]
            let isLabelled = words.isDifference && !words.isTotal
            if words.isTotal { continue }
            guard isLabelled || !lines.areRows && lines.count <= Self.mostLines && lines.positions.count > 2 else { continue }
            // A row's net is found by what stands above it; a column may be the difference of any two.
            if explained.contains(target), lines.areRows || !isLabelled { continue }
            for a in 0..<lines.count where a != target {
                for b in 0..<lines.count where b != target && b != a {
                    for signs in [(1, -1), (1, 1), (-1, -1)] where signs.0 != signs.1 || a < b {
                        guard Self.mayHold(lines, target, a, signs.0, b, signs.1) else { continue }
                        let terms: [Lines.Term] = [(a, signs.0), (b, signs.1)]
                        let fit = Fit(terms, lines.evaluations(target, terms, needsAll: true))
                        let nearness = 0.05 * Double(abs(target - a) + abs(target - b))
                        let score = fit.score - nearness - (signs.0 == signs.1 ? 0.3 : 0) - (signs == (-1, -1) ? 2 : 0)
                        let needed = (isLabelled ? 2.0 : 5.0) + log(lines.count)
                        guard fit.holds > 1 || isLabelled && fit.holds == 1 && fit.fails <= 1 && lines.positions.count < 4, fit.weight >= needed, fit.fails * 3 <= fit.holds || isLabelled && fit.fails <= fit.holds, score > 0 else { continue }
                        let first = terms.max { $0.sign < $1.sign }!, second = terms.first { $0.line != first.line }!
                        let description = "\(lines.name(target)) = \(first.sign < 0 ? "-" : "")\(lines.name(first.line)) \(second.sign < 0 ? "-" : "+") \(lines.name(second.line))"
                        claims.append((target, Relation(kind: .difference, description: description, evaluations: fit.evaluations, weight: fit.weight, isLabelled: isLabelled), score + (isLabelled ? 3 : 0)))
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
