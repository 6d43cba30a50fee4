internal import BigInt

/// The one rounding: a table of exact fractions of a penny becomes a table of pence.
///
///                     LBHF      RBKC       WCC
///     Training    1,240.00  1,240.00  1,240.00
///     Other costs   877.33⅓   877.33⅓   877.33⅓   ->  877.34  877.33  877.33
///
/// No cell moves by a penny or more, whole cells stay, every row keeps its total and every column's
/// total is its exact sum rounded down or up. Of all such tables it takes those
///
/// 1. whose columns' totals are nearest the exact ones (least sum of movements; on a tie the earlier
///    column has the larger size), then
/// 2. whose cells move least in sum, then
/// 3. the one whose absolute cells, read row by row, are lexicographically greatest.
///
/// So negating a table negates its rounding. The problem is a transportation problem (controlled
/// rounding: Bacharach 1966, Cox and Ernst 1982), solved here as a flow of least cost: one unit of
/// flow is one cell rounded up. A solution always exists, because the exact table is a fractional one.
///
/// The columns that go up are chosen first, then the cells. Sets of columns that can go up together are
/// the independent sets of a matroid (those that paths link to the rows), so taking one after the other,
/// the most wanted first, gives the best set; nearly always the most wanted ones all fit at once.
public enum ControlledRounding {
    /// - Parameter exact: rows of equal length, in pence. Every row's sum must be a whole number.
    /// - Returns: the rounded table, of the same shape.
    public static func round(_ exact: [[Fraction]]) -> [[Money]] {
        let columns = exact.first?.count ?? 0
        precondition(
            exact.allSatisfy { $0.count == columns && $0.sum().isWhole }, "rows have one length and a whole sum")
        guard exact.contains(where: { $0.contains { !$0.isWhole } }) else {
            return exact.map { $0.map { Money(pence: Int($0.numerator)) } }
        }
        let problem = Problem(exact, columns: columns)
        // Nearly every real pool fits 64 bits.
        if problem.costBits < 60 { return problem.solve(Int.self) }
        return problem.costBits < 120 ? problem.solve(Int128.self) : problem.solve(BigInt.self)
    }

    /// The table's floors and remainders; remainders are in units of `1/scale` of a penny.
    private struct Problem {
        let floors: [[BigInt]]
        let remainders: [[BigInt]]
        let isNegative: [[Bool]]
        let scale: BigInt
        /// How many cells of each row go up.
        let rowUps: [Int]
        /// How many cells of each column go up at least: its exact sum rounded down.
        let columnUps: [Int]
        /// The columns whose exact sum is no whole number, the one most wanted one higher first.
        let candidates: [Int]

        init(_ exact: [[Fraction]], columns: Int) {
            var scale = BigInt(1)
            for cell in exact.joined() where scale % cell.denominator != 0 {
                scale = scale / scale.greatestCommonDivisor(with: cell.denominator) * cell.denominator
            }
            let floors = exact.map { $0.map(\.floor) }
            let remainders = zip(exact, floors).map { row, floors in
                zip(row, floors).map { ($0.numerator - $1 * $0.denominator) * (scale / $0.denominator) }
            }
            let columnSums = (0..<columns).map { c in remainders.reduce(BigInt(0)) { $0 + $1[c] } }
            let columnRemainders = columnSums.map { $0 % scale }
            let isColumnNegative = (0..<columns).map { c in exact.map { $0[c] }.sum().isNegative }
            self.floors = floors
            self.remainders = remainders
            self.scale = scale
            isNegative = exact.map { $0.map(\.isNegative) }
            rowUps = remainders.map { Int($0.reduce(BigInt(0), +) / scale) }
            columnUps = columnSums.map { Int($0 / scale) }
            // Rounding up makes a positive total larger in size and a negative one smaller.
            candidates = (0..<columns).filter { !columnRemainders[$0].isZero }.sorted { a, b in
                if columnRemainders[a] != columnRemainders[b] { return columnRemainders[a] > columnRemainders[b] }
                if isColumnNegative[a] != isColumnNegative[b] { return isColumnNegative[b] }
                return isColumnNegative[a] ? a > b : a < b
            }
        }

        private func isFree(_ row: Int, _ column: Int) -> Bool { !remainders[row][column].isZero }

        /// A path passes each node at most once, and a cell costs at most `scale`.
        var costBits: Int {
            let nodes = rowUps.count + columnUps.count
            return scale.bitWidth + (Int.bitWidth - nodes.leadingZeroBitCount) + 4
        }

        func solve<Cost: SignedInteger>(_: Cost.Type) -> [[Money]] {
            let count = rowUps.reduce(0, +) - columnUps.reduce(0, +)
            let ups =
                cells(Set(candidates.prefix(count)), Cost.self)
                ?? cells(linkedCandidates(count), Cost.self)!
            return zip(floors, ups).map { zip($0, $1).map { Money(pence: Int($0) + ($1 ? 1 : 0)) } }
        }

        /// Which cells go up where these columns do.
        ///
        /// - Returns: `nil` where there is no such table.
        private func cells<Cost: SignedInteger>(_ columnsUp: Set<Int>, _: Cost.Type) -> [[Bool]]? {
            let rows = rowUps.count
            // Only numbers above zero are converted: BigInt's negative ones of more than 64 bits come out of Int128
            // by 2^64 too great.
            let whole = Cost(scale)
            var flow = UnitFlow<Cost>(nodes: rows + columnUps.count)
            for r in 0..<rows {
                for c in columnUps.indices where isFree(r, c) {
                    flow.add(from: r, to: rows + c, cost: whole - 2 * Cost(remainders[r][c]))
                }
            }
            let demand = columnUps.enumerated().map { $1 + (columnsUp.contains($0) ? 1 : 0) }
            guard flow.solve(supply: rowUps + demand.map { -$0 }) else { return nil }
            /// Arcs were added cell by cell.
            func table(_ arcs: [Bool]) -> [[Bool]] {
                var next = arcs.makeIterator()
                return (0..<rows).map { r in columnUps.indices.map { isFree(r, $0) && next.next()! } }
            }
            var ties = TieBreaking(isUp: table(flow.isUsed), isTight: table(flow.isTight))
            ties.run { r, c in !isNegative[r][c] }
            return ties.isUp
        }

        /// The most wanted columns that can go up together: each in turn, if a path still links it to a row
        /// with a unit left.
        private func linkedCandidates(_ count: Int) -> Set<Int> {
            var links = Links(supply: rowUps, columns: columnUps.count, isFree: isFree)
            for (column, least) in columnUps.enumerated() {
                for _ in 0..<least {
                    let isLinked = links.link(column)
                    precondition(isLinked, "the exact table is itself a flow, so every column gets its least")
                }
            }
            var linked: Set<Int> = []
            for column in candidates where linked.count < count && links.link(column) { linked.insert(column) }
            precondition(linked.count == count, "the exact table is itself a flow, so enough columns can go up")
            return linked
        }
    }

    /// Units on their way from rows to columns, each through a cell of its own; costs don't matter here.
    private struct Links {
        private var supply: [Int]
        private let isFree: (_ row: Int, _ column: Int) -> Bool
        private var isUp: [[Bool]]

        init(supply: [Int], columns: Int, isFree: @escaping (_ row: Int, _ column: Int) -> Bool) {
            self.supply = supply
            self.isFree = isFree
            isUp = supply.map { _ in Array(repeating: false, count: columns) }
        }

        /// Sends a unit to a column, by other ways for those on their way already if need be.
        mutating func link(_ target: Int) -> Bool {
            let rows = supply.count
            // From the column back to a row that still has a unit.
            var next = [Int](repeating: -1, count: rows + isUp[0].count)
            var queue = [rows + target]
            var head = 0
            while head < queue.count {
                let node = queue[head]
                head += 1
                if node < rows {
                    guard supply[node] == 0 else { return turn(from: node, to: rows + target, next) }
                    for c in isUp[node].indices where isUp[node][c] && c != target && next[rows + c] < 0 {
                        next[rows + c] = node
                        queue.append(rows + c)
                    }
                } else {
                    let c = node - rows
                    for r in 0..<rows where isFree(r, c) && !isUp[r][c] && next[r] < 0 {
                        next[r] = node
                        queue.append(r)
                    }
                }
            }
            return false
        }

        private mutating func turn(from row: Int, to target: Int, _ next: [Int]) -> Bool {
            let rows = supply.count
            supply[row] -= 1
            var node = row
            while node != target {
                let following = next[node]
                if node < rows { isUp[node][following - rows] = true } else { isUp[following][node - rows] = false }
                node = following
            }
            return true
        }
    }
}
