/// Looks for a rounding that casts where the structure is far from a network: figure by figure, in the
/// relation with the fewest left open, nearest first; what follows from a choice is decided with it, and
/// where a relation can't be kept any more it goes back.
struct CastSearch {
    enum Result { case found([Bool]), none, gaveUp }

    /// So many choices are a second or so.
    static let mostSteps = 40_000

    private let problem: CastProblem
    private var choice: [Bool?]
    private var steps = 0
    private var best: (ups: [Bool], cost: Int)?
    private var cost = 0
    /// What is decided, in order, so that it can be taken back.
    private var decided: [Int] = []
    /// Of each relation: what is still wanted, how much the undecided variables can still add and take, and how many
    /// they are.
    private var open: [(wanted: Int, most: Int, least: Int, count: Int)]

    init(_ problem: CastProblem) {
        self.problem = problem
        choice = problem.variables.map { _ in nil }
        open = zip(problem.relations, problem.wanted).map { relation, wanted in
            (
                wanted, relation.map { max(0, $0.sign) }.reduce(0, +), relation.map { min(0, $0.sign) }.reduce(0, +),
                relation.count
            )
        }
    }

    mutating func run() -> Result {
        guard propagate(Array(open.indices)) else { return .none }
        let isWhole = visit()
        if let best { return .found(best.ups) }
        return isWhole ? .none : .gaveUp
    }

    private mutating func decide(_ variable: Int, _ isUp: Bool) {
        let rest = problem.variables[variable].remainder
        choice[variable] = isUp
        decided.append(variable)
        cost += problem.variables[variable].weight * (isUp ? problem.unit - rest : rest)
        for use in problem.uses[variable] {
            if use.sign > 0 { open[use.relation].most -= use.sign } else { open[use.relation].least -= use.sign }
            if isUp { open[use.relation].wanted -= use.sign }
            open[use.relation].count -= 1
        }
    }

    private mutating func takeBack(to count: Int) {
        while decided.count > count {
            let variable = decided.removeLast(), isUp = choice[variable]!, rest = problem.variables[variable].remainder
            choice[variable] = nil
            cost -= problem.variables[variable].weight * (isUp ? problem.unit - rest : rest)
            for use in problem.uses[variable] {
                if use.sign > 0 { open[use.relation].most += use.sign } else { open[use.relation].least += use.sign }
                if isUp { open[use.relation].wanted += use.sign }
                open[use.relation].count += 1
            }
        }
    }

    /// Decides what the relations leave no choice about.
    ///
    /// - Returns: whether all relations can still be kept.
    private mutating func propagate(_ touched: [Int]) -> Bool {
        var queue = touched
        while let relation = queue.popLast() {
            let state = open[relation]
            guard state.wanted <= state.most, state.wanted >= state.least else { return false }
            guard state.count > 0, state.wanted == state.most || state.wanted == state.least else { continue }
            for term in problem.relations[relation] where choice[term.variable] == nil {
                decide(term.variable, (term.sign > 0) == (state.wanted == state.most))
                for use in problem.uses[term.variable] where use.relation != relation { queue.append(use.relation) }
            }
        }
        return true
    }

    /// - Returns: whether all below was looked at.
    private mutating func visit() -> Bool {
        steps += 1
        if steps > Self.mostSteps { return false }
        if let best, cost >= best.cost { return true }
        var next: Int?
        if let relation = open.indices.filter({ open[$0].count > 0 }).min(by: { open[$0].count < open[$1].count }) {
            // The figure that lies furthest from the middle is the surest.
            next = problem.relations[relation].map(\.variable).filter { choice[$0] == nil }.max { a, b in
                abs(2 * problem.variables[a].remainder - problem.unit)
                    < abs(2 * problem.variables[b].remainder - problem.unit)
            }
        } else {
            next = choice.firstIndex { $0 == nil }
        }
        guard let variable = next else {
            best = (choice.map { $0! }, cost)
            return true
        }
        var isWhole = true
        let isNearer = 2 * problem.variables[variable].remainder >= problem.unit
        for isUp in [isNearer, !isNearer] {
            let before = decided.count
            decide(variable, isUp)
            if propagate(problem.uses[variable].map(\.relation)) { isWhole = visit() && isWhole }
            takeBack(to: before)
        }
        return isWhole
    }
}
