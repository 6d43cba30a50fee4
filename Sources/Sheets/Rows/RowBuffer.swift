/// One row of a sheet, as the reader hands it over: cells by column, and where their bytes lie.
///
/// The same buffer serves every row of a file, so a receiver takes what it needs before it returns:
/// what this holds points into memory that the next rows overwrite.
public final class RowBuffer {
    /// Counts from 1, as the spreadsheet program shows it.
    public internal(set) var number = 0
    /// Whether the spreadsheet program hides the row: by hand, or by a filter.
    public internal(set) var isHidden = false
    /// Ascending by column; empty cells are not in it.
    public internal(set) var cells = Cells(start: nil, count: 0)
    var bytes: UnsafePointer<UInt8>?
    var sharedTexts: SharedTexts?

    /// `12.5` of type Number in column F: what it is, and where its bytes lie.
    public struct Cell: Sendable {
        var offset: UInt32
        var length: UInt32
        var coveredRows: UInt32
        var columnNumber: UInt16
        var coveredColumns: UInt16
        /// How many cells in a row hold this value: more than one before the row is handed over only.
        var repeats: UInt16
        public internal(set) var kind: Kind
        var flags: UInt8

        static let formula: UInt8 = 1
        /// The bytes lie in the file's table of texts, not among the row's.
        static let shared: UInt8 = 2
        /// A merged cell lies over this one.
        static let covered: UInt8 = 4
        static let otherCurrency: UInt8 = 8

        init(
            column: Int, kind: Kind, offset: Int, length: Int, flags: UInt8 = 0, mergeAcross: Int = 0,
            mergeDown: Int = 0, repeats: Int = 1
        ) {
            self.offset = UInt32(truncatingIfNeeded: offset)
            self.length = UInt32(truncatingIfNeeded: length)
            coveredRows = UInt32(truncatingIfNeeded: mergeDown)
            columnNumber = UInt16(truncatingIfNeeded: column)
            coveredColumns = UInt16(truncatingIfNeeded: mergeAcross)
            self.repeats = UInt16(truncatingIfNeeded: repeats)
            self.kind = kind
            self.flags = flags
        }

        /// Counts from 1.
        public var column: Int { Int(columnNumber) }
        /// How many further columns and rows a merged cell covers, where the format says so in the
        /// cell itself; `SheetEnd.merges` holds the ranges of the formats that list them apart.
        public var mergeAcross: Int { Int(coveredColumns) }
        public var mergeDown: Int { Int(coveredRows) }
        /// Whether the cell is merged with others, as the one that shows or as one that is covered.
        public var isMerged: Bool { flags & Self.covered != 0 || coveredColumns != 0 || coveredRows != 0 }
        /// Whether the spreadsheet program works the value out by a formula.
        public var hasFormula: Bool { flags & Self.formula != 0 }
        /// Whether the number is shown as an amount of another currency than pounds.
        public var isOtherCurrency: Bool { flags & Self.otherCurrency != 0 }
    }

    /// What a cell's bytes say.
    public enum Kind: UInt8, Sendable, CaseIterable {
        case text, number
        /// ISO 8601, whatever the format stores: `2018-04-01`, `2018-04-01T10:30:00`; a time of day
        /// alone is on 1899-12-31, and a length of time reads `PT36H30M`.
        case date
        /// `1` or `0`.
        case boolean, error
        /// A formula whose value the file doesn't hold.
        case valueless
    }

    /// A row's cells; valid as long as the row.
    public struct Cells: RandomAccessCollection {
        let start: UnsafePointer<Cell>?
        public let count: Int
        public var startIndex: Int { 0 }
        public var endIndex: Int { count }

        init(start: UnsafePointer<Cell>?, count: Int) {
            self.start = start
            self.count = count
        }

        /// - Precondition: there is such a cell: `index` counts from zero and is less than `count`.
        @inline(__always) public subscript(index: Int) -> Cell {
            precondition(index >= 0 && index < count, "no such cell")
            return start.unsafelyUnwrapped[index]
        }

        /// The cell of a column, counted from 1; `nil` for an empty one.
        public func cell(inColumn column: Int) -> Cell? {
            // Nearly always no cell before it is empty.
            if column > 0, column <= count, self[column - 1].column == column { return self[column - 1] }
            return first { $0.column == column }
        }
    }

    /// The cell's text, copied; a number stands as the file spells it.
    ///
    /// - Precondition: the row is still valid.
    public func text(_ cell: Cell) -> String {
        withBytes(cell) { String(decoding: $0, as: UTF8.self) }
    }

    /// The cell's bytes in UTF-8, as long as the row is valid.
    @inline(__always)
    public func withBytes<Result>(_ cell: Cell, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows
        -> Result
    {
        try body(UnsafeBufferPointer(start: pointer(cell), count: Int(cell.length)))
    }

    /// The cell's bytes in UTF-8, as long as the row is valid.
    @inline(__always)
    public func withSpan<Result>(_ cell: Cell, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
        try body(UnsafeBufferPointer(start: pointer(cell), count: Int(cell.length)).span)
    }

    @usableFromInline func pointer(_ cell: Cell) -> UnsafePointer<UInt8> {
        if cell.flags & Cell.shared != 0 { return sharedTexts.unsafelyUnwrapped.pointer(at: Int(cell.offset)) }
        return bytes.unsafelyUnwrapped + Int(cell.offset)
    }
}
