/// Rows that were read in one go: a stretch of a file's text, and the rows and cells found in it.
///
/// A cell's bytes lie in the stretch itself, where nothing had to be decoded, or in the arena behind
/// it. Blocks are used again and again, so that reading allocates nothing once it has begun.
final class RowBlock {
    /// The stretch, `padding` zeros, then the arena.
    private(set) var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// How many bytes the stretch has.
    private(set) var textCount = 0
    private var arenaEnd = 0

    private(set) var cells: UnsafeMutablePointer<RowBuffer.Cell>
    private(set) var cellCount = 0
    private var cellCapacity: Int

    private(set) var rows: UnsafeMutablePointer<Row>
    private(set) var rowCount = 0
    private var rowCapacity: Int

    private(set) var faults: [Fault] = []

    /// A row as the file writes it; its number is known once the rows before it are.
    struct Row {
        /// The number that the file gives, or zero.
        var given: Int32
        /// How many rows are the same as this one, itself included.
        var repeats: Int32
        /// How many empty rows follow that the file counts with this one.
        var emptyRowsAfter: Int32
        var firstCell: Int32
        var cellCount: Int32
        var isHidden: Bool
        /// Whether a cell of it stands for several.
        var hasRepeats: Bool

        /// The row after the last one, so far without cells.
        static let next = Row(
            given: 0, repeats: 1, emptyRowsAfter: 0, firstCell: 0, cellCount: 0, isHidden: false, hasRepeats: false)
    }

    /// A cell that can't be what it says; reading goes on.
    struct Fault {
        enum What { case noSuchText }
        let what: What
        let row: Int
        let column: Int
    }

    /// A scanner may look this far beyond the stretch's end, and finds zeros.
    static let padding = 64

    init() {
        // Small files need little; a large one grows this to its stretches' size once.
        capacity = 16 << 10
        base = .allocate(capacity: capacity)
        cellCapacity = 512
        cells = .allocate(capacity: cellCapacity)
        rowCapacity = 64
        rows = .allocate(capacity: rowCapacity)
        beginArena()
    }

    deinit {
        base.deallocate()
        cells.deallocate()
        rows.deallocate()
    }

    var text: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: textCount) }

    // MARK: The stretch

    func clear() {
        textCount = 0
        clearRows()
    }

    func clearRows() {
        (cellCount, rowCount) = (0, 0)
        faults.removeAll(keepingCapacity: true)
        beginArena()
    }

    /// Room for `count` more bytes at the stretch's end, to be filled and then told to `grow`.
    func room(for count: Int) -> UnsafeMutableBufferPointer<UInt8> {
        // As much again for what will be decoded.
        if textCount + count + Self.padding > capacity {
            resize(to: max(capacity * 2, 2 * (textCount + count) + Self.padding))
        }
        return UnsafeMutableBufferPointer(start: base + textCount, count: count)
    }

    func grow(by count: Int) {
        textCount += count
        beginArena()
    }

    func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard !bytes.isEmpty else { return }
        room(for: bytes.count).baseAddress!.update(from: bytes.baseAddress!, count: bytes.count)
        grow(by: bytes.count)
    }

    func cut(to count: Int) {
        textCount = count
        beginArena()
    }

    private func beginArena() {
        if textCount + Self.padding > capacity { resize(to: 2 * textCount + Self.padding) }
        (base + textCount).initialize(repeating: 0, count: Self.padding)
        arenaEnd = textCount + Self.padding
    }

    private func resize(to size: Int) {
        let wider = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
        wider.update(from: base, count: max(textCount, arenaEnd))
        base.deallocate()
        (base, capacity) = (wider, size)
    }

    // MARK: Decoded bytes

    /// Where the next decoded byte will lie.
    var arenaOffset: Int { arenaEnd }

    /// Room for so many decoded bytes, to be filled and then told to `growArena`.
    func roomInArena(for count: Int) -> UnsafeMutablePointer<UInt8> {
        if arenaEnd + count > capacity { resize(to: max(capacity * 2, arenaEnd + count)) }
        return base + arenaEnd
    }

    func growArena(by count: Int) { arenaEnd += count }

    @inline(__always) func store(_ byte: UInt8) {
        if arenaEnd == capacity { resize(to: capacity * 2) }
        base[arenaEnd] = byte
        arenaEnd += 1
    }

    func store(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        if arenaEnd + bytes.count > capacity { resize(to: max(capacity * 2, arenaEnd + bytes.count)) }
        (base + arenaEnd).update(from: start, count: bytes.count)
        arenaEnd += bytes.count
    }

    // MARK: Rows and cells

    @inline(__always) func append(_ cell: RowBuffer.Cell) {
        if cellCount == cellCapacity { widenCells() }
        cells[cellCount] = cell
        cellCount += 1
    }

    private func widenCells() {
        let wider = UnsafeMutablePointer<RowBuffer.Cell>.allocate(capacity: cellCapacity * 2)
        wider.update(from: cells, count: cellCount)
        cells.deallocate()
        (cells, cellCapacity) = (wider, cellCapacity * 2)
    }

    /// Room for the cells of one row, to be filled and then told to `close`.
    func openRow() -> UnsafeMutablePointer<RowBuffer.Cell> {
        while cellCapacity - cellCount < Limits.columns { widenCells() }
        return cells + cellCount
    }

    func close(_ row: Row, cells count: Int) {
        var row = row
        row.firstCell = Int32(cellCount)
        row.cellCount = Int32(count)
        cellCount += count
        append(row)
    }

    func append(_ row: Row) {
        if rowCount == rowCapacity {
            let wider = UnsafeMutablePointer<Row>.allocate(capacity: rowCapacity * 2)
            wider.update(from: rows, count: rowCount)
            rows.deallocate()
            (rows, rowCapacity) = (wider, rowCapacity * 2)
        }
        rows[rowCount] = row
        rowCount += 1
    }

    func append(_ fault: Fault) {
        if faults.count < Limits.findings { faults.append(fault) }
    }
}
