/// Where a value came from: `exports/lbhf/ledger.xml:Sheet1!F12`, or `agreement:14:9`.
///
/// Files and sheets repeat for every cell of an export, so a place holds them by reference and costs
/// two words. Rows and columns count from 1.
public struct Place: Hashable, Sendable {
    public let source: Source
    /// 0 for a whole file or sheet.
    public let row: Int32
    /// 0 where no column is meant.
    public let column: Int32

    /// A file, or one sheet of a file.
    public final class Source: Hashable, Sendable {
        public let file: String
        /// Empty for a file that is one grid and names no sheet (CSV); `nil` for a text of lines.
        public let sheet: String?

        /// - Parameter sheet: empty for a file that is one grid; left out for a text of lines, and for a whole file.
        public init(file: String, sheet: String? = nil) {
            self.file = file
            self.sheet = sheet
        }

        /// By file and sheet, be they one object or two.
        public static func == (a: Source, b: Source) -> Bool { a === b || (a.file == b.file && a.sheet == b.sheet) }

        /// Of file and sheet, as `==` goes by them.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(file)
            hasher.combine(sheet)
        }
    }

    /// - Parameters:
    ///   - row: counts from 1; left out, the place is the whole file or sheet.
    ///   - column: counts from 1; left out, the place is the whole row.
    public init(_ source: Source, row: Int = 0, column: Int = 0) {
        self.source = source
        self.row = Int32(clamping: row)
        self.column = Int32(clamping: column)
    }

    /// A whole file.
    public init(file: String) { self.init(Source(file: file)) }

    /// The same row, another column.
    public func column(_ column: Int) -> Place { Place(source, row: Int(row), column: column) }

    public var file: String { source.file }
    /// As `Source.sheet` says.
    public var sheet: String? { source.sheet }

    /// `F12` in a sheet, `14:9` (line and column) in a text; `nil` for a whole file.
    public var cell: String? {
        guard row > 0 else { return nil }
        guard sheet != nil else { return column > 0 ? "\(row):\(column)" : "\(row)" }
        return column > 0 ? Self.letters(Int(column)) + "\(row)" : "row \(row)"
    }

    /// 1 is `A`, 28 is `AB`.
    public static func letters(_ column: Int) -> String {
        var rest = column
        var letters = ""
        while rest > 0 {
            letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
            rest = (rest - 1) / 26
        }
        return letters
    }
}

extension Place: CustomStringConvertible {
    /// `exports/lbhf/ledger.xml:Sheet1!F12`, `budget.csv!B3`, `agreement:14:9`; a whole file is its name.
    public var description: String {
        var text = file
        if let sheet, !sheet.isEmpty { text += ":" + sheet }
        if let cell { text += (sheet == nil ? ":" : "!") + cell }
        return text
    }
}

extension Place: Comparable {
    /// By file and sheet, each as text, then by row and column.
    public static func < (a: Place, b: Place) -> Bool {
        (a.file, a.sheet ?? "", a.row, a.column) < (b.file, b.sheet ?? "", b.row, b.column)
    }
}

extension Place: Codable {
    private enum Key: String, CodingKey { case file, sheet, row, column }

    /// - Throws: `DecodingError` where a key but `sheet` is missing.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        self.init(
            Source(
                file: try values.decode(String.self, forKey: .file),
                sheet: try values.decodeIfPresent(String.self, forKey: .sheet)),
            row: try values.decode(Int.self, forKey: .row), column: try values.decode(Int.self, forKey: .column))
    }

    /// An object with the keys `file`, `sheet`, `row` and `column`; `sheet` is left out where there is none.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(file, forKey: .file)
        try values.encodeIfPresent(sheet, forKey: .sheet)
        try values.encode(Int(row), forKey: .row)
        try values.encode(Int(column), forKey: .column)
    }
}
