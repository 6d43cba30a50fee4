internal import Findings
internal import Sheets
internal import Sterling

/// Looks to the side of the table that a map reads: a second block under headings of its own holds amounts that no
/// column of the map names.
struct BesideTable {
    /// The columns of the table: the map's, and those that its header titles without a gap.
    private let columns: ClosedRange<Int>
    /// Outside of them, the last text of each column.
    private var titles: [Int: String] = [:]

    /// - Parameter mapped: the columns that the map reads; not empty.
    init(_ header: RowTexts, mapped: [Int]) {
        let titled = Set(header.cells.filter { !$0.text.trimmed.isEmpty }.map(\.cell.column))
        var (first, last) = (mapped.min()!, mapped.max()!)
        while titled.contains(first - 1) { first -= 1 }
        while titled.contains(last + 1) { last += 1 }
        columns = first...last
        _ = amount(in: header)
    }

    func isWithin(_ first: Int, _ last: Int) -> Bool { columns.contains(first) && columns.contains(last) }

    /// - Returns: the column of the row's first amount beside the table.
    mutating func amount(in row: RowTexts) -> Int? {
        var found: Int?
        for (cell, text) in row.cells where !columns.contains(cell.column) {
            if let title = titles[cell.column], Self.isAmount(cell, text), Self.namesAmount(title) {
                found = found ?? cell.column
            } else if cell.kind == .text {
                titles[cell.column] = text
            }
        }
        return found
    }

    private static func isAmount(_ cell: RowBuffer.Cell, _ text: String) -> Bool {
        if cell.kind == .number { return true }
        guard cell.kind == .text, text.utf8.count < 32, case .amount = AmountReader.read(text) else { return false }
        return true
    }

    private static let words: Set<Substring> = [
        "amount", "amounts", "value", "debit", "credit", "dr", "cr", "net", "gross", "actual", "actuals", "spend",
        "cost", "costs", "paid", "payment", "payments", "receipts", "sum", "£",
    ]

    private static func namesAmount(_ title: String) -> Bool {
        title.contains("£") || title.folded.split(separator: " ").contains { words.contains($0) }
    }
}

/// Looks for commas without quotation marks that cut an amount in two, or moved it, within the width of the header.
///
/// `1,234.50` becomes 1 and, in the next column, 234.50; `Invoice 12, 34,100.00` makes an amount of 34. Either leaves
/// a figure in the column behind the amount, which is what is looked for: it is told where most rows have none there,
/// or where all that have one are cut alike.
struct CommaWatch {
    /// The column behind the amounts.
    let column: Int
    /// Whether further rows may still change what is told.
    private(set) var isOpen = true
    private var rows = 0
    /// Rows with a figure there, and those of them whose amount is whole and not cut.
    private var figures = 0
    private var wholes = 0
    private var suspects: [(place: Place, excerpt: Finding.Excerpt, amount: String, beside: String, isCut: Bool)] = []

    init(column: Int) { self.column = column }

    /// A row that has none there.
    mutating func pass() { rows += 1 }

    mutating func look(at row: RowTexts) {
        rows += 1
        let beside = row.text(column).trimmed, written = row.text(column - 1), amount = written.trimmed
        guard MapGuess.isAmount(beside) else { return }
        figures += 1
        guard let figure = beside.wholeMatch(of: /([0-9]+)(\.[0-9]{2})?/) else { return }
        let isWhole = amount.wholeMatch(of: /[-(£]{0,2}[0-9]{1,3}/) != nil
        let isCut = isWhole && figure.1.count == 3 || isWhole && figure.2 != nil && written.first?.isWhitespace ?? false
        guard figure.2 != nil || isCut else { return }
        if !isCut, !amount.contains(".") { wholes += 1 }
        if suspects.count < 100 {
            suspects.append((row.place(column - 1), row.excerpt(column - 1), amount, beside, isCut))
        }
        // A column of figures beside whole amounts is one of its own.
        if figures > 1_000, figures * 2 > rows, wholes > 0 { isOpen = false }
    }

    var findings: [Finding] {
        let areFew = figures * 2 <= rows
        let told = areFew ? suspects : wholes == 0 ? suspects.filter(\.isCut) : []
        // Without other rows to compare with, pence alone tell a cut amount from a number.
        let isAlone = !areFew && suspects.allSatisfy(\.isCut)
        // Numbers of another form show that the column is one of figures.
        if !areFew, figures > suspects.count, suspects.count < 100 { return [] }
        return told.filter { !isAlone || $0.beside.contains(".") }.map { suspect in
            ImportFault.amountMoved(beside: suspect.beside).finding(
                at: suspect.place, found: suspect.amount, excerpt: suspect.excerpt)
        }
    }
}
