public import Findings

/// A sheet as it begins: its name, and its place among the file's sheets (from 1).
public struct Sheet: Sendable {
    public let source: Place.Source
    public let index: Int
    /// Whether cells have types and places of their own, as in a workbook; in delimited text a cell is what
    /// stands between two separators, and nothing says whether it is a number.
    public let isTyped: Bool

    public var name: String { source.sheet ?? "" }
}

/// What is known of a sheet only once all of it has been read.
public struct SheetEnd: Sendable {
    public enum Visibility: Sendable {
        case visible, hidden
        /// Hidden so that the spreadsheet program's own menu doesn't list it.
        case veryHidden
    }

    public internal(set) var visibility = Visibility.visible
    public internal(set) var hiddenRows = 0
    /// The merged ranges that the file lists apart from the cells, as xlsx does.
    public internal(set) var merges: [CellRange] = []
}

/// `B2:C5`: rows and columns count from 1.
public struct CellRange: Sendable, Equatable {
    public let rows: ClosedRange<Int>
    public let columns: ClosedRange<Int>
}

/// Takes a file's sheets and rows as they are read, in the file's order.
public protocol SheetReceiver: AnyObject {
    func beginSheet(_ sheet: Sheet)
    /// `row` is only valid until this returns. Rows without a filled cell are not sent.
    func receive(_ row: RowBuffer)
    func endSheet(_ end: SheetEnd)
}

extension SheetReceiver {
    public func endSheet(_ end: SheetEnd) {}
}
