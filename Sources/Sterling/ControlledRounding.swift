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
public enum ControlledRounding {
    /// - Parameter exact: rows of equal length, in pence. Every row's sum must be a whole number.
    /// - Returns: the rounded table, of the same shape.
    public static func round(_ exact: [[Fraction]]) -> [[Money]] {
        let columns = exact.first?.count ?? 0
        precondition(exact.allSatisfy { $0.count == columns && $0.sum().isWhole }, "rows have one length and a whole sum")
        guard exact.contains(where: { $0.contains { !$0.isWhole } }) else {
            return exact.map { $0.map { Money(pence: Int($0.numerator)) } }
        }
        let problem = Problem(exact, columns: columns)
        // Costs are lexicographic, packed into one integer. Nearly every real pool fits 128 bits.
        return problem.costBits < 120
            ? problem.solve(Flow<Int128>.self) : problem.solve(Flow<BigInt>.self)
    }

    /// The table's floors and remainders; remainders are in units of `1/scale` of a penny.
    private struct Problem {
        let floors: [[BigInt]]
        let remainders: [[BigInt]]
        let isNegative: [[Bool]]
        let columnRemainders: [BigInt]
        let columnIsNegative: [Bool]
        let scale: BigInt
        let rowUps: [Int]
        let columnUps: [Int]
        let columns: Int

        init(_ exact: [[Fraction]], columns: Int) {
            var scale = BigInt(1)
            for cell in exact.joined() { scale = scale / scale.greatestCommonDivisor(with: cell.denominator) * cell.denominator }
            let floors = exact.map { $0.map(\.floor) }
            let remainders = zip(exact, floors).map { row, floors in
                zip(row, floors).map { ($0.numerator - $1 * $0.denominator) * (scale / $0.denominator) }
            }
            let columnSums = (0..<columns).map { c in remainders.reduce(BigInt(0)) { $0 + $1[c] } }
            self.floors = floors
            self.remainders = remainders
            self.columns = columns
            self.scale = scale
            isNegative = exact.map { $0.map(\.isNegative) }
            rowUps = remainders.map { Int($0.reduce(BigInt(0), +) / scale) }
            columnUps = columnSums.map { Int($0 / scale) }
            columnRemainders = columnSums.map { $0 % scale }
            columnIsNegative = (0..<columns).map { c in exact.map { $0[c] }.sum().isNegative }
        }

        var cells: Int { columns * floors.count }

        /// How many bits the largest path's cost may need: cells, above them columns with a
        /// power of two for each one's tie, above them the columns that must be filled.
        var costBits: Int {
            let cellBits = scale.bitWidth + Self.bits(cells) + 2
            let columnBits = scale.bitWidth + columns + Self.bits(columns) + 3
            return cellBits + columnBits + Self.bits(columns * cells) + 4
        }

        private static func bits(_ count: Int) -> Int { Int.bitWidth - count.leadingZeroBitCount }

        func solve<Cost: SignedInteger>(_: Flow<Cost>.Type) -> [[Money]] {
            let rows = floors.count
            // One movement of a cell costs at most `scale`; `cellTier` is more than all of them together.
            let cellTier = Cost(scale) * Cost(cells + 1) * 2
            let tie = Cost(1) << columns
            let columnTier = cellTier * (Cost(scale) * tie + tie) * Cost(columns + 1) * 2
            var flow = Flow<Cost>(rows: rows, columns: columns)
            for r in 0..<rows {
                flow.supply[r] = rowUps[r]
                for c in 0..<columns where !remainders[r][c].isZero {
                    flow.cellCost[r][c] = Cost(scale - 2 * remainders[r][c])
                }
            }
            for c in 0..<columns {
                flow.due[c] = columnUps[c]
                flow.dueCost = -columnTier
                guard !columnRemainders[c].isZero else { continue }
                // Rounding up makes a positive total larger in size and a negative one smaller.
                let preference = (Cost(1) << (columns - 1 - c)) * (columnIsNegative[c] ? 1 : -1)
                flow.optionalCost[c] = (Cost(scale - 2 * columnRemainders[c]) * tie + preference) * cellTier
            }
            flow.solve()
            flow.breakTies { r, c in !isNegative[r][c] }
            return (0..<rows).map { r in
                (0..<columns).map { c in Money(pence: Int(floors[r][c]) + (flow.isUp[r][c] ? 1 : 0)) }
            }
        }
    }
}
