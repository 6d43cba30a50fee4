/// One row of a sheet, as the reader hands it over: cells by column, their bytes in one arena.
///
/// The same buffer serves every row of a file, so a receiver takes what it needs before it returns.
public final class RowBuffer {
    /// Counts from 1, as the spreadsheet program shows it.
    public internal(set) var number = 0
    /// Ascending by column; empty cells are not in it.
    public internal(set) var cells: [Cell] = []
    var bytes: [UInt8] = []

    /// `12.5` of type Number in column F: what it is, and where its bytes lie in the row's arena.
    public struct Cell: Sendable {
        /// Counts from 1.
        public let column: Int
        public let kind: Kind
        let offset: Int
        let length: Int
        /// How many further columns and rows a merged cell covers.
        public let mergeAcross: Int
        public let mergeDown: Int
        public let hasFormula: Bool

        public var isMerged: Bool { mergeAcross > 0 || mergeDown > 0 }
    }

    public enum Kind: UInt8, Sendable, CaseIterable {
        case text, number, date, boolean, error
        /// A formula whose value the file doesn't hold.
        case valueless
    }

    public func text(_ cell: Cell) -> String {
        withBytes(cell) { String(decoding: $0, as: UTF8.self) }
    }

    public func withBytes<Result>(_ cell: Cell, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[cell.offset..<cell.offset + cell.length])) }
    }

    func clear(number: Int) {
        self.number = number
        cells.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }
}

/// Takes a file's sheets and rows as they are read, in the file's order.
public protocol SheetReceiver: AnyObject {
    func beginSheet(_ sheet: Sheet)
    /// `row` is only valid until this returns. Rows without a filled cell are not sent.
    func receive(_ row: RowBuffer)
}
