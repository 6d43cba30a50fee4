/// Looks for a rounding that casts where the structure is far from a network: figure by figure, nearest first, going
/// back where a relation can't be kept any more.
struct CastSearch {
    enum Result { case found([Bool]), none, gaveUp }

    /// So many steps are a second or so.
    static let mostSteps = 200_000

    private let problem: CastProblem
    private var choice: [Bool]
    private var steps = 0
    private var best: (ups: [Bool], cost: Int)?
    private var order: [Int] = []
    /// Of each relation: what is still wanted, and how much the undecided variables can still add and take.
    private var open: [(wanted: Int, most: Int, least: Int)]

    init(_ problem: CastProblem) {
        self.problem = problem
        choice = problem.variables.map { _ in false }
        open = zip(problem.relations, problem.wanted).map { relation, wanted in
            (wanted, relation.map { max(0, $0.sign) }.reduce(0, +), relation.map { min(0, $0.sign) }.reduce(0, +))
        }
        // Variables that stand together in a relation are decided together.
        var seen: Set<Int> = []
        for relation in problem.relations.sorted(by: { $0.count < $1.count }) { for term in relation where seen.insert(term.variable).inserted { order.append(term.variable) } }
        order += problem.variables.indices.filter { !seen.contains($0) }
    }

    mutating func run() -> Result {
        guard canHold(Array(open.indices)) else { return .none }
        let isWhole = visit(0, cost: 0)
        if let best { return .found(best.ups) }
        return isWhole ? .none : .gaveUp
    }

    private func canHold(_ indices: [Int]) -> Bool { indices.allSatisfy { open[$0].wanted <= open[$0].most && open[$0].wanted >= open[$0].least } }

    /// - Returns: whether all below was looked at.
    private mutating func visit(_ depth: Int, cost: Int) -> Bool {
        steps += 1
        if steps > Self.mostSteps { return false }
        if let best, cost >= best.cost { return true }
        guard depth < order.count else {
            best = (choice, cost)
            return true
        }
        let variable = order[depth], rest = problem.variables[variable].remainder, weight = problem.variables[variable].weight
        var isWhole = true
        for isUp in 2 * rest >= problem.unit ? [true, false] : [false, true] {
            for use in problem.uses[variable] {
                if use.sign > 0 { open[use.relation].most -= use.sign } else { open[use.relation].least -= use.sign }
                if isUp { open[use.relation].wanted -= use.sign }
            }
            choice[variable] = isUp
            if canHold(problem.uses[variable].map(\.relation)) { isWhole = visit(depth + 1, cost: cost + weight * (isUp ? problem.unit - rest : rest)) && isWhole }
            for use in problem.uses[variable] {
                if use.sign > 0 { open[use.relation].most += use.sign } else { open[use.relation].least += use.sign }
                if isUp { open[use.relation].wanted += use.sign }
            }
        }
        return isWhole
    }
}
