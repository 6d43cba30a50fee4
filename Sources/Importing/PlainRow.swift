internal import Sheets

/// A row on the fast way, with its cells at hand: the buffer is asked for them once a row.
struct PlainRow {
    let cells: RowBuffer.Cells
    private let buffer: RowBuffer

    init(_ buffer: RowBuffer) {
        self.buffer = buffer
        cells = buffer.cells
    }

    var number: Int { buffer.number }

    /// - Parameter column: counted from 1.
    /// - Returns: `nil` for an empty cell.
    func cell(_ column: Int) -> RowBuffer.Cell? { cells.cell(inColumn: column) }

    func text(_ cell: RowBuffer.Cell) -> String { buffer.text(cell).trimmed }

    @inline(__always)
    func withSpan<Result>(_ cell: RowBuffer.Cell, _ body: (Span<UInt8>) -> Result) -> Result {
        buffer.withSpan(cell, body)
    }
}

extension RowBuffer.Cell {
    /// Whether it holds a text or a number: the careful way reads all else.
    var isPlain: Bool { kind == .text || kind == .number }
}
