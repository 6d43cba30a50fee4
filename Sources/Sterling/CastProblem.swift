/// Which of the free variables go up, so that every relation gets what it wants. Cells that are equal, or
/// each other's negative, are one variable.
struct CastProblem {
    struct Variable {
        /// In pence above its floor: above zero and less than a unit.
        let remainder: Int
        /// How many cells it stands for.
        var weight: Int
    }

    let unit: Int
    private let floors: [Int]
    /// Of each cell that isn't whole: its variable, and whether it goes down where that goes up.
    private let variableOf: [(variable: Int, isTurned: Bool)?]
    private(set) var variables: [Variable] = []
    private(set) var relations: [[(variable: Int, sign: Int)]] = []
    /// What the variables that go up must add to each relation.
    private(set) var wanted: [Int] = []
    let uses: [[(relation: Int, sign: Int)]]

    init(_ exact: [Int], unit: Int, relations: [CastRounding.Relation]) {
        self.unit = unit
        var floors: [Int] = [], remainders: [Int] = []
        for cell in exact {
            var (floor, rest) = cell.quotientAndRemainder(dividingBy: unit)
            if rest < 0 { floor -= 1; rest += unit }
            floors.append(floor)
            remainders.append(rest)
        }
        self.floors = floors
        // Cells that a relation between two makes equal are joined.
        var parent = Array(exact.indices), isTurned = [Bool](repeating: false, count: exact.count)
        func root(_ cell: Int) -> (Int, Bool) {
            var cell = cell, turned = false
            while parent[cell] != cell { turned = turned != isTurned[cell]; cell = parent[cell] }
            return (cell, turned)
        }
        for relation in relations {
            let free = relation.filter { remainders[$0.cell] > 0 }
            guard free.count == 2, abs(free[0].sign) == 1, abs(free[1].sign) == 1 else { continue }
            // Up to whole units they are the same figure, with the same sign or the other.
            let (a, turnedA) = root(free[0].cell), (b, turnedB) = root(free[1].cell)
            if a == b { continue }
            parent[b] = a
            isTurned[b] = (free[0].sign == free[1].sign) != (turnedA != turnedB)
        }
        var numbers: [Int: Int] = [:]
        var variableOf: [(variable: Int, isTurned: Bool)?] = []
        for cell in exact.indices {
            guard remainders[cell] > 0 else { variableOf.append(nil); continue }
            let (top, turned) = root(cell)
            if numbers[top] == nil {
                numbers[top] = variables.count
                variables.append(Variable(remainder: remainders[top], weight: 0))
            }
            variables[numbers[top]!].weight += 1
            variableOf.append((numbers[top]!, turned))
        }
        self.variableOf = variableOf
        for relation in relations {
            var signs: [Int: Int] = [:], want = 0
            for (cell, sign) in relation {
                want -= floors[cell] * sign
                guard let (variable, turned) = variableOf[cell] else { continue }
                // What is turned is up while its variable is down.
                if turned { want -= sign }
                signs[variable, default: 0] += turned ? -sign : sign
            }
            let terms = signs.filter { $0.value != 0 }.sorted { $0.key < $1.key }.map {
                (variable: $0.key, sign: $0.value)
            }
            if terms.isEmpty { continue }
            self.relations.append(terms)
            wanted.append(want)
        }
        var uses = [[(relation: Int, sign: Int)]](repeating: [], count: variables.count)
        for (index, relation) in self.relations.enumerated() {
            for term in relation { uses[term.variable].append((index, term.sign)) }
        }
        self.uses = uses
    }

    func cells(_ ups: [Bool]) -> [Int] {
        floors.indices.map { cell in
            guard let (variable, turned) = variableOf[cell] else { return floors[cell] }
            return floors[cell] + (ups[variable] != turned ? 1 : 0)
        }
    }

    func cost(_ ups: [Bool]) -> Int {
        variables.indices.map {
            (ups[$0] ? unit - variables[$0].remainder : variables[$0].remainder) * variables[$0].weight
        }.reduce(0, +)
    }

    /// Variables that must be settled before the rest is a network.
    var obstacles: [Int] {
        var obstacles = Set(variables.indices.filter { uses[$0].count > 2 || uses[$0].contains { abs($0.sign) != 1 } })
        _ = turned(without: &obstacles)
        return obstacles.sorted()
    }

    /// Which relations have their signs turned so that each variable counts positive in one and negative in
    /// the other; variables that don't fit join the obstacles.
    private func turned(without obstacles: inout Set<Int>) -> [Bool] {
        var turned = [Bool?](repeating: nil, count: relations.count)
        for start in relations.indices where turned[start] == nil {
            turned[start] = false
            var open = [start], next = 0
            while next < open.count {
                let relation = open[next]
                next += 1
                for term in relations[relation]
                where uses[term.variable].count == 2 && !obstacles.contains(term.variable) {
                    let other = uses[term.variable].first { $0.relation != relation }!
                    let mine = turned[relation]! ? -term.sign : term.sign
                    let needs = other.sign == mine
                    if let known = turned[other.relation] {
                        if known != needs { obstacles.insert(term.variable) }
                    } else {
                        turned[other.relation] = needs
                        open.append(other.relation)
                    }
                }
            }
        }
        return turned.map { $0! }
    }

    /// - Parameter fixed: every obstacle, and whether it goes up.
    /// - Returns: `nil` where nothing fits.
    func solveNetwork(fixed: [Int: Bool]) -> [Bool]? {
        var obstacles = Set(fixed.keys)
        let turned = turned(without: &obstacles)
        precondition(obstacles.count == fixed.count, "all obstacles are fixed")
        let ground = relations.count
        var flow = UnitFlow<Int>(nodes: ground + 1), arcs: [Int] = []
        var ups = [Bool](repeating: false, count: variables.count)
        var supply = wanted
        for variable in variables.indices {
            if let isUp = fixed[variable] {
                ups[variable] = isUp
                if isUp { for use in uses[variable] { supply[use.relation] -= use.sign } }
            } else if uses[variable].isEmpty {
                ups[variable] = 2 * variables[variable].remainder >= unit
            } else {
                var from = ground, to = ground
                for use in uses[variable] {
                    if (turned[use.relation] ? -use.sign : use.sign) > 0 {
                        from = use.relation
                    } else {
                        to = use.relation
                    }
                }
                flow.add(
                    from: from, to: to, cost: (unit - 2 * variables[variable].remainder) * variables[variable].weight)
                arcs.append(variable)
            }
        }
        for relation in supply.indices where turned[relation] { supply[relation].negate() }
        supply.append(-supply.reduce(0, +))
        guard flow.solve(supply: supply) else { return nil }
        for (variable, isUsed) in zip(arcs, flow.isUsed) { ups[variable] = isUsed }
        return ups
    }
}
