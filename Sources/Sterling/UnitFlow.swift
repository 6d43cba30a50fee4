/// A flow of least cost through arcs that carry one unit or none.
///
/// Arcs that pay for being used are used from the start; then units are sent along shortest paths from
/// nodes with too much to nodes with too little, so that no cheaper circle is ever left.
struct UnitFlow {
    private struct Arc {
        let from: Int
        let to: Int
        let cost: Int
        var isUsed: Bool
    }

    private var arcs: [Arc] = []
    private var touching: [[Int]]

    init(nodes: Int) { touching = Array(repeating: [], count: nodes) }

    mutating func add(from: Int, to: Int, cost: Int) {
        touching[from].append(arcs.count)
        touching[to].append(arcs.count)
        arcs.append(Arc(from: from, to: to, cost: cost, isUsed: false))
    }

    /// - Parameter supply: what leaves each node less what enters it; adds to nought.
    /// - Returns: which arcs are used, in the order they were added; `nil` where no flow fits.
    mutating func solve(supply: [Int]) -> [Bool]? {
        var excess = supply
        for index in arcs.indices where arcs[index].cost < 0 {
            arcs[index].isUsed = true
            excess[arcs[index].from] -= 1
            excess[arcs[index].to] += 1
        }
        var potential = [Int](repeating: 0, count: touching.count)
        while let source = excess.firstIndex(where: { $0 > 0 }) {
            // Dijkstra over reduced costs, none of which is negative.
            var distance = [Int](repeating: .max, count: touching.count)
            var through = [Int](repeating: -1, count: touching.count)
            var isDone = [Bool](repeating: false, count: touching.count)
            var heap = Heap()
            distance[source] = 0
            heap.push(0, source)
            var sink: Int?
            while let (reached, node) = heap.pop() {
                if isDone[node] { continue }
                isDone[node] = true
                if excess[node] < 0 { sink = node; break }
                for index in touching[node] {
                    let arc = arcs[index]
                    let (next, cost): (Int, Int)
                    if arc.from == node, !arc.isUsed { (next, cost) = (arc.to, arc.cost) } else if arc.to == node, arc.isUsed { (next, cost) = (arc.from, -arc.cost) } else { continue }
                    let length = reached + cost + potential[node] - potential[next]
                    if length < distance[next] {
                        distance[next] = length
                        through[next] = index
                        heap.push(length, next)
                    }
                }
            }
            guard let sink else { return nil }
            let far = distance[sink]
            for node in potential.indices { potential[node] += min(distance[node], far) }
            var node = sink
            while node != source {
                let index = through[node]
                node = arcs[index].from == node ? arcs[index].to : arcs[index].from
                arcs[index].isUsed.toggle()
            }
            excess[source] -= 1
            excess[sink] += 1
        }
        return arcs.map(\.isUsed)
    }

    /// The least first; of equals, the node with the lower number.
    private struct Heap {
        private var items: [(key: Int, node: Int)] = []

        private func precedes(_ a: Int, _ b: Int) -> Bool { (items[a].key, items[a].node) < (items[b].key, items[b].node) }

        mutating func push(_ key: Int, _ node: Int) {
            items.append((key, node))
            var child = items.count - 1
            while child > 0, precedes(child, (child - 1) / 2) {
                items.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
        }

        mutating func pop() -> (Int, Int)? {
            guard let first = items.first else { return nil }
            items.swapAt(0, items.count - 1)
            items.removeLast()
            var parent = 0
            while true {
                var least = parent
                for child in [2 * parent + 1, 2 * parent + 2] where child < items.count && precedes(child, least) { least = child }
                if least == parent { break }
                items.swapAt(parent, least)
                parent = least
            }
            return first
        }
    }
}
