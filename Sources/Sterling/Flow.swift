/// A flow of least cost from rows to columns, over cells that carry one unit each.
///
/// Row `r` sends `supply[r]` units; column `c` takes `due[c]` of them, each worth `dueCost`, and one
/// more where `optionalCost[c]` is given. `cellCost[r][c]` is the cost of a unit through that cell,
/// `nil` where none may pass.
struct Flow<Cost: SignedInteger> {
    let rows: Int
    let columns: Int
    var supply: [Int]
    var due: [Int]
    var dueCost: Cost = 0
    var optionalCost: [Cost?]
    var cellCost: [[Cost?]]

    private(set) var isUp: [[Bool]]
    private var taken: [Int]

    init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        supply = Array(repeating: 0, count: rows)
        due = Array(repeating: 0, count: columns)
        optionalCost = Array(repeating: nil, count: columns)
        cellCost = Array(repeating: Array(repeating: nil, count: columns), count: rows)
        isUp = Array(repeating: Array(repeating: false, count: columns), count: rows)
        taken = Array(repeating: 0, count: columns)
    }

    /// Sends every unit, one shortest path after another (Bellman and Ford's, as costs may be
    /// negative), so that the flow at each step is of least cost among those of its size.
    mutating func solve() {
        for row in 0..<rows {
            for _ in 0..<supply[row] { augment(from: row) }
        }
    }

    private func costOfOneMore(_ column: Int) -> Cost? {
        if taken[column] < due[column] { return dueCost }
        return taken[column] == due[column] ? optionalCost[column] : nil
    }

    private func costOfOneLess(_ column: Int) -> Cost? {
        guard taken[column] > 0 else { return nil }
        return taken[column] > due[column] ? optionalCost[column].map { -$0 } : -dueCost
    }

    private mutating func augment(from start: Int) {
        // Nodes are rows, then columns, then the sink, through which a column may hand its unit to another.
        let sink = rows + columns
        var distance = [Cost?](repeating: nil, count: sink + 1)
        var previous = [Int](repeating: -1, count: sink + 1)
        var queue = [start]
        var isQueued = [Bool](repeating: false, count: sink + 1)
        var head = 0
        distance[start] = 0

        func relax(_ to: Int, from: Int, _ cost: Cost) {
            let candidate = distance[from]! + cost
            if let known = distance[to], known <= candidate { return }
            distance[to] = candidate
            previous[to] = from
            if !isQueued[to] {
                isQueued[to] = true
                queue.append(to)
            }
        }

        while head < queue.count {
            let node = queue[head]
            head += 1
            isQueued[node] = false
            if node < rows {
                for c in 0..<columns where !isUp[node][c] {
                    if let cost = cellCost[node][c] { relax(rows + c, from: node, cost) }
                }
            } else if node < sink {
                let c = node - rows
                for r in 0..<rows where isUp[r][c] { relax(r, from: node, -cellCost[r][c]!) }
                if let cost = costOfOneMore(c) { relax(sink, from: node, cost) }
            } else {
                for c in 0..<columns {
                    if let cost = costOfOneLess(c) { relax(rows + c, from: sink, cost) }
                }
            }
        }
        precondition(distance[sink] != nil, "the exact table is itself a flow, so a path exists")
        var node = sink
        while node != start {
            let from = previous[node]
            if node == sink { taken[from - rows] += 1 }
            else if from == sink { taken[node - rows] -= 1 }
            else if from < rows { isUp[from][node - rows] = true }
            else { isUp[node][from - rows] = false }
            node = from
        }
    }

    /// Of all flows of this cost, the one whose cells, row by row, are as `prefersUp` would have them,
    /// earlier cells first. Columns keep their totals.
    ///
    /// A cell can be turned without changing the cost when it lies on a cycle of the residual graph
    /// whose reduced costs are all nought; each cell, once looked at, is locked.
    mutating func breakTies(prefersUp: (_ row: Int, _ column: Int) -> Bool) {
        let potential = potentials()
        func isTight(_ r: Int, _ c: Int) -> Bool {
            cellCost[r][c]! + potential[r] - potential[rows + c] == 0
        }
        var isLocked = cellCost.map { $0.map { $0 == nil } }
        for r in 0..<rows {
            for c in 0..<columns where !isLocked[r][c] {
                isLocked[r][c] = true
                let wanted = prefersUp(r, c)
                guard isUp[r][c] != wanted, isTight(r, c) else { continue }
                // Turning the cell up sends a unit row -> column, to come back from column to row.
                let (from, to) = wanted ? (rows + c, r) : (r, rows + c)
                guard let path = path(from: from, to: to, where: { !isLocked[$0][$1] && isTight($0, $1) }) else { continue }
                isUp[r][c] = wanted
                for (a, b) in zip(path, path.dropFirst()) {
                    if a < rows { isUp[a][b - rows] = true } else { isUp[b][a - rows] = false }
                }
            }
        }
    }

    /// Potentials under which every residual cell has a reduced cost of nought or more.
    private func potentials() -> [Cost] {
        var potential = [Cost](repeating: 0, count: rows + columns)
        var changed = true
        while changed {
            changed = false
            for r in 0..<rows {
                for c in 0..<columns {
                    guard let cost = cellCost[r][c] else { continue }
                    if isUp[r][c], potential[rows + c] - cost < potential[r] {
                        potential[r] = potential[rows + c] - cost
                        changed = true
                    } else if !isUp[r][c], potential[r] + cost < potential[rows + c] {
                        potential[rows + c] = potential[r] + cost
                        changed = true
                    }
                }
            }
        }
        return potential
    }

    private func path(from: Int, to: Int, where mayUse: (_ row: Int, _ column: Int) -> Bool) -> [Int]? {
        var previous = [Int](repeating: -1, count: rows + columns)
        var queue = [from]
        var head = 0
        previous[from] = from
        while head < queue.count, previous[to] < 0 {
            let node = queue[head]
            head += 1
            if node < rows {
                for c in 0..<columns where previous[rows + c] < 0 && !isUp[node][c] && cellCost[node][c] != nil && mayUse(node, c) {
                    previous[rows + c] = node
                    queue.append(rows + c)
                }
            } else {
                for r in 0..<rows where previous[r] < 0 && isUp[r][node - rows] && mayUse(r, node - rows) {
                    previous[r] = node
                    queue.append(r)
                }
            }
        }
        guard previous[to] >= 0 else { return nil }
        var path = [to]
        while path[0] != from { path.insert(previous[path[0]], at: 0) }
        return path
    }
}
