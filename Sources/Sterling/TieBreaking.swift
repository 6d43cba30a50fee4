/// Among the flows of one cost through a table's cells, finds the one whose cells, read row by row, are up or down
/// as they are wanted to be, earlier cells first. Rows and columns keep their totals.
///
/// A cell can be turned without changing the cost where it lies on a cycle of cells whose reduced costs are all
/// zero; each cell, once looked at, is locked. Cells are held as bits, by row and by column, because with equal
/// shares every cell is such a cell and a path is looked for thousands of times.
struct TieBreaking {
    private let rows: Int
    private let columns: Int
    private(set) var isUp: [[Bool]]
    /// Cells that may still be turned, by row and by column: those that are down, and those that are up.
    private var downOfRow: [Bits]
    private var upOfRow: [Bits]
    private var downOfColumn: [Bits]
    private var upOfColumn: [Bits]

    /// - Parameter isTight: whether a cell's reduced cost is zero.
    init(isUp: [[Bool]], isTight: [[Bool]]) {
        rows = isUp.count
        columns = isUp.first?.count ?? 0
        self.isUp = isUp
        downOfRow = Array(repeating: Bits(count: columns), count: rows)
        upOfRow = downOfRow
        downOfColumn = Array(repeating: Bits(count: rows), count: columns)
        upOfColumn = downOfColumn
        for r in 0..<rows {
            for c in 0..<columns where isTight[r][c] { free(r, c) }
        }
    }

    mutating func run(wanted: (_ row: Int, _ column: Int) -> Bool) {
        for r in 0..<rows {
            for c in 0..<columns where upOfRow[r][c] || downOfRow[r][c] {
                lock(r, c)
                let wantsUp = wanted(r, c)
                guard isUp[r][c] != wantsUp else { continue }
                // Turning the cell up sends a unit from row to column, which must come back from column to row.
                guard let path = wantsUp ? path(fromColumn: c, toRow: r) : path(fromRow: r, toColumn: c) else {
                    continue
                }
                isUp[r][c] = wantsUp
                for cell in path { turn(cell.row, cell.column) }
            }
        }
    }

    private mutating func free(_ r: Int, _ c: Int) {
        if isUp[r][c] {
            upOfRow[r][c] = true
            upOfColumn[c][r] = true
        } else {
            downOfRow[r][c] = true
            downOfColumn[c][r] = true
        }
    }

    private mutating func lock(_ r: Int, _ c: Int) {
        upOfRow[r][c] = false
        upOfColumn[c][r] = false
        downOfRow[r][c] = false
        downOfColumn[c][r] = false
    }

    private mutating func turn(_ r: Int, _ c: Int) {
        lock(r, c)
        isUp[r][c].toggle()
        free(r, c)
    }

    private typealias Cell = (row: Int, column: Int)

    private func path(fromColumn column: Int, toRow row: Int) -> [Cell]? {
        upOfRow[row].isEmpty ? nil : path(from: rows + column, to: row)
    }

    private func path(fromRow row: Int, toColumn column: Int) -> [Cell]? {
        downOfColumn[column].isEmpty ? nil : path(from: row, to: rows + column)
    }

    /// Breadth first from node to node, rows before columns: from a row through its cells that are down, from a
    /// column through its cells that are up.
    private func path(from start: Int, to end: Int) -> [Cell]? {
        var previous = [Int](repeating: -1, count: rows + columns)
        var unseenRows = Bits(count: rows, filled: true), unseenColumns = Bits(count: columns, filled: true)
        var queue = [start]
        var head = 0
        if start < rows { unseenRows[start] = false } else { unseenColumns[start - rows] = false }
        while head < queue.count, previous[end] < 0 {
            let node = queue[head]
            head += 1
            if node < rows {
                downOfRow[node].forEachAlso(in: &unseenColumns) { column in
                    previous[rows + column] = node
                    queue.append(rows + column)
                }
            } else {
                upOfColumn[node - rows].forEachAlso(in: &unseenRows) { row in
                    previous[row] = node
                    queue.append(row)
                }
            }
        }
        guard previous[end] >= 0 else { return nil }
        var path: [Cell] = []
        var node = end
        while node != start {
            let before = previous[node]
            path.append(node < rows ? (node, before - rows) : (before, node - rows))
            node = before
        }
        return path
    }
}

/// A set of small numbers.
private struct Bits {
    private var words: [UInt64]

    init(count: Int, filled: Bool = false) {
        words = Array(repeating: filled ? .max : 0, count: (count + 63) / 64)
        if filled, count % 64 != 0 { words[words.count - 1] = (1 << UInt64(count % 64)) - 1 }
    }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    subscript(number: Int) -> Bool {
        get { words[number >> 6] >> UInt64(number & 63) & 1 == 1 }
        set {
            let bit: UInt64 = 1 << UInt64(number & 63)
            if newValue { words[number >> 6] |= bit } else { words[number >> 6] &= ~bit }
        }
    }

    /// Calls with each number that is in both, and takes it out of the other.
    func forEachAlso(in other: inout Bits, _ body: (Int) -> Void) {
        for index in words.indices {
            var both = words[index] & other.words[index]
            other.words[index] &= ~both
            while both != 0 {
                body(index << 6 + both.trailingZeroBitCount)
                both &= both - 1
            }
        }
    }
}
