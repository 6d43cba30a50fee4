/// A format's way from XML events to rows. One object reads the document; others, one a thread, read
/// stretches of its rows. Both put rows into their `block`.
protocol RowGrammar: SAXEvents {
    var block: RowBlock { get set }
    /// Whether the parse stands in a sheet where a row may begin, so that what follows may be read as
    /// a stretch.
    var isBetweenRows: Bool { get }
}

/// Takes a document's sheets and rows in order.
protocol DocumentSink: AnyObject {
    func beginSheet(name: String)
    /// The grammar's block holds one more whole row.
    func endRow() -> SAXFailure?
    func endSheet(_ end: SheetEnd)
}

/// How a format spells its rows, as far as one must know to find them in a text.
struct RowFormat: Sendable {
    /// `Row`, in one of `namespaces`.
    let row: String
    let namespaces: [String]
    let makeGrammar: @Sendable (RowBlock, (any DocumentSink)?) -> any RowGrammar
    /// A short cut for stretches in this scope, where the format has one that fits.
    let makeScanner: @Sendable (_ namespaces: [String: String]) -> (any RowScanner)?
}

/// Reads a stretch of rows that are spelt as spreadsheet programs spell them, and nothing else.
protocol RowScanner: AnyObject {
    /// How a row begins.
    var row: Literal { get }
    /// Adds the row that begins there to the block that holds it.
    /// - Returns: the offset behind the row; below zero where libxml2 must decide.
    func scanRow(_ block: RowBlock, _ start: Int) -> Int
}

extension RowScanner {
    /// Adds the stretch's rows to the block that holds it.
    func scan(_ block: RowBlock) -> ScanEnd {
        var i = 0
        while true {
            i = XMLScan.skipBlanks(block.base, i)
            if i == block.textCount { return .whole }
            guard row.isAt(block.base + i) else {
                return block.base[i] == UInt8(ascii: "<") && block.base[i + 1] == UInt8(ascii: "/")
                    ? .stopped(i) : .unsure
            }
            i = scanRow(block, i)
            if i < 0 { return .unsure }
        }
    }
}

enum ScanEnd: Equatable {
    /// All of the stretch is rows.
    case whole
    /// From this offset on it isn't rows.
    case stopped(Int)
    /// Something unexpected: libxml2 must say what the stretch means, and whether it means anything.
    case unsure
}

/// Takes blocks of rows in the file's order.
protocol BlockConsumer: AnyObject {
    func beginSheet(name: String)
    func consume(_ block: RowBlock) -> SAXFailure?
    func endSheet(_ end: SheetEnd)
}
