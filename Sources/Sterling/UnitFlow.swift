/// A flow of least cost through arcs that carry one unit or none.
///
/// Arcs that pay for being used are used from the start; then units are sent along shortest paths from
/// nodes with too much to nodes with too little (Dijkstra over reduced costs), so that no cheaper cycle
/// is ever left. Rounding a pool and casting a printed table are both such flows.
///
/// Invariant: under `potential` no arc that could be turned has a reduced cost below zero.
struct UnitFlow<Cost: SignedInteger> {
    private struct Arc {
        let from: Int
        let to: Int
        let cost: Cost
        var isUsed: Bool
    }

    private var arcs: [Arc] = []
    private var touching: [[Int]]
    private var potential: [Cost]

    init(nodes: Int) {
        touching = Array(repeating: [], count: nodes)
        potential = Array(repeating: 0, count: nodes)
    }

    mutating func add(from: Int, to: Int, cost: Cost) {
        touching[from].append(arcs.count)
        touching[to].append(arcs.count)
        arcs.append(Arc(from: from, to: to, cost: cost, isUsed: false))
    }

    /// Which arcs are used, in the order in which they were added.
    var isUsed: [Bool] { arcs.map(\.isUsed) }

    /// - Parameter supply: what leaves each node less what enters it; adds to zero.
    /// - Returns: whether there is such a flow; without one, what the arcs say means nothing.
    mutating func solve(supply: [Int]) -> Bool {
        var excess = supply
        for index in arcs.indices where arcs[index].cost < 0 {
            arcs[index].isUsed = true
            excess[arcs[index].from] -= 1
            excess[arcs[index].to] += 1
        }
        var search = ShortestPath<Cost>(nodes: touching.count)
        for source in excess.indices {
            while excess[source] > 0 {
                guard let sink = search(source, { excess[$0] < 0 }, residual) else { return false }
                search.raise(&potential, to: sink)
                for index in search.path(to: sink, from: source, other) { arcs[index].isUsed.toggle() }
                excess[source] -= 1
                excess[sink] += 1
            }
        }
        return true
    }

    private func other(_ index: Int, _ node: Int) -> Int {
        arcs[index].from == node ? arcs[index].to : arcs[index].from
    }

    /// Calls with each arc that can carry a unit away from a node, and its reduced cost.
    private func residual(_ node: Int, _ visit: (_ arc: Int, _ next: Int, _ cost: Cost) -> Void) {
        for index in touching[node] {
            let arc = arcs[index]
            if arc.from == node, !arc.isUsed {
                visit(index, arc.to, arc.cost + potential[node] - potential[arc.to])
            } else if arc.to == node, arc.isUsed {
                visit(index, arc.from, potential[node] - potential[arc.from] - arc.cost)
            }
        }
    }

    /// Which arcs have a reduced cost of zero: only those could be turned without changing the cost.
    var isTight: [Bool] { arcs.map { $0.cost + potential[$0.from] == potential[$0.to] } }
}

/// Dijkstra's search, which keeps its memory from one search to the next.
private struct ShortestPath<Cost: SignedInteger> {
    private var distance: [Cost]
    private var isReached: [Bool]
    private var isDone: [Bool]
    private var through: [Int]

    init(nodes: Int) {
        distance = Array(repeating: 0, count: nodes)
        isReached = Array(repeating: false, count: nodes)
        isDone = isReached
        through = Array(repeating: -1, count: nodes)
    }

    /// - Returns: the nearest node that is wanted; `nil` where none can be reached.
    mutating func callAsFunction(
        _ source: Int, _ isWanted: (Int) -> Bool,
        _ arcs: (_ node: Int, _ visit: (_ arc: Int, _ next: Int, _ cost: Cost) -> Void) -> Void
    ) -> Int? {
        for node in isReached.indices { (isReached[node], isDone[node]) = (false, false) }
        var heap = Heap<Cost>()
        (distance[source], isReached[source]) = (0, true)
        heap.push(0, source)
        while let (reached, node) = heap.pop() {
            if isDone[node] { continue }
            isDone[node] = true
            if isWanted(node) { return node }
            arcs(node) { arc, next, cost in
                guard !isDone[next] else { return }
                let length = reached + cost
                guard !isReached[next] || length < distance[next] else { return }
                (distance[next], isReached[next], through[next]) = (length, true, arc)
                heap.push(length, next)
            }
        }
        return nil
    }

    /// What keeps every reduced cost at zero or more once the path to the sink is turned.
    func raise(_ potential: inout [Cost], to sink: Int) {
        let far = distance[sink]
        for node in potential.indices {
            potential[node] += isDone[node] ? Swift.min(distance[node], far) : far
        }
    }

    /// The arcs of the path that was found, the last first.
    func path(to sink: Int, from source: Int, _ other: (_ arc: Int, _ node: Int) -> Int) -> [Int] {
        var path: [Int] = []
        var node = sink
        while node != source {
            path.append(through[node])
            node = other(through[node], node)
        }
        return path
    }
}

/// The least first; of equals, the node with the lower number.
private struct Heap<Cost: SignedInteger> {
    private var items: [(key: Cost, node: Int)] = []

    private func precedes(_ a: Int, _ b: Int) -> Bool {
        (items[a].key, items[a].node) < (items[b].key, items[b].node)
    }

    mutating func push(_ key: Cost, _ node: Int) {
        items.append((key, node))
        var child = items.count - 1
        while child > 0, precedes(child, (child - 1) / 2) {
            items.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> (Cost, Int)? {
        guard let first = items.first else { return nil }
        items.swapAt(0, items.count - 1)
        items.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < items.count && precedes(child, least) {
                least = child
            }
            if least == parent { break }
            items.swapAt(parent, least)
            parent = least
        }
        return first
    }
}
