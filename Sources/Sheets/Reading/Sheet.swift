public import Findings

/// A sheet as it begins: its name, and its place among the file's sheets (from 1).
public struct Sheet: Sendable {
    public let source: Place.Source
    public let index: Int
    /// Whether cells have types and places of their own, as in a workbook; in delimited text a cell is what
    /// stands between two separators, and nothing says whether it is a number.
    public let isTyped: Bool

    /// Empty for a file that is one grid.
    public var name: String { source.sheet ?? "" }
}

/// What is known of a sheet only once all of it has been read.
public struct SheetEnd: Sendable {
    /// Whether the spreadsheet program shows the sheet.
    public enum Visibility: Sendable {
        case visible, hidden
        /// Hidden so that the spreadsheet program's own menu doesn't list it.
        case veryHidden
    }

    public internal(set) var visibility = Visibility.visible
    /// How many rows with a filled cell are hidden, by hand or by a filter.
    public internal(set) var hiddenRows = 0
    /// Columns that the spreadsheet program doesn't show.
    public internal(set) var hiddenColumns: [ClosedRange<Int>] = []
    /// - Parameters: a first column and a last one, as a file writes them.
    mutating func hide(_ first: Int, _ last: Int) {
        guard first > 0, first <= last, first <= Limits.columns, hiddenColumns.count < Limits.columns else { return }
        hiddenColumns.append(first...min(last, Limits.columns))
    }

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
    /// Before any of the sheet's rows.
    func beginSheet(_ sheet: Sheet)
    /// `row` is only valid until this returns. Rows without a filled cell are not sent.
    func receive(_ row: RowBuffer)
    /// After all of the sheet's rows; a workbook that breaks off within the sheet gives none.
    func endSheet(_ end: SheetEnd)
}

extension SheetReceiver {
    /// Does nothing: for receivers that need no more than the rows.
    public func endSheet(_ end: SheetEnd) {}
}
