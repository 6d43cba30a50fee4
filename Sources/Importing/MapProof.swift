internal import Sheets
internal import Sterling

/// Where a suggested map finds what in a file.
struct SuggestedLayout {
    /// Of the header, with their columns.
    let titles: [(column: Int, title: String)]
    let roles: [ImportMap.Role: Int]
    /// Columns of amounts that each belong to a period.
    let periods: [Int]
    /// The column of marks, and those of a credit.
    let marks: (column: Int, credits: Set<String>)?
    /// Whether the credit column prints its figures below zero.
    let areCreditsNegative: Bool
    /// The column that names the account.
    let accounts: Int?
}

/// Reads a file once more, all of its rows, and holds the guess against them: which rows are totals because they are
/// the sum of rows above, and what each code adds up to.
final class MapProof: SheetReceiver {
    /// A row that reads like a total.
    struct Candidate {
        /// The header of the column that says so.
        let title: String
        let text: String
        /// How many rows it is the sum of; 0 where it is the sum of none above it.
        let rows: Int
        /// Whether those are all of its sheet.
        let isOfSheet: Bool
        /// Whether the row has a code.
        let hasCode: Bool
        /// Whether an amount comes after it on its sheet.
        var isFollowed = false
    }

    struct CodeSum {
        var rows = 0
        var sum = Money.zero
        var example = ""
    }

    private let layout: SuggestedLayout
    private(set) var candidates: [Candidate] = []
    private(set) var codes: [String: CodeSum] = [:]
    /// Rows that call themselves a balance: the header's title, the text, and how many there are.
    private(set) var balances: [(title: String, text: String, rows: Int)] = []
    private var isBelowHeader = false
    /// Sums of the sheet's rows so far, and what they were at its beginning and at each total.
    private var sum = Money.zero
    private var rows = 0
    private var marks: [(sum: Money, rows: Int)] = []
    /// The sheet's candidates begin here.
    private var firstOfSheet = 0
    /// A section's total is looked for that many totals back.
    private static let depth = 200

    init(_ layout: SuggestedLayout) { self.layout = layout }

    func beginSheet(_ sheet: Sheet) {
        isBelowHeader = false
        (sum, rows, marks) = (.zero, 0, [(.zero, 0)])
        firstOfSheet = candidates.count
    }

    func receive(_ row: RowBuffer) {
        var cells: [Int: String] = [:]
        for cell in row.cells { cells[cell.column] = row.text(cell).trimmed }
        if layout.titles.allSatisfy({ cells[$0.column] == $0.title }) {
            isBelowHeader = true
            return
        }
        guard isBelowHeader, let amount = amount(cells) else { return }
        if let balance = layout.titles.first(where: { cells[$0.column].map(TotalWords.readBalance) ?? false }) {
            return add(balance.title, cells[balance.column]!)
        }
        for index in firstOfSheet..<candidates.count { candidates[index].isFollowed = true }
        let code = layout.roles[.code].flatMap { cells[$0] } ?? ""
        let words = layout.titles.first { cells[$0.column].map(TotalWords.read) ?? false }
        if let words {
            let mark = marks.last { sum - $0.sum == amount && rows > $0.rows }
            candidates.append(
                Candidate(
                    title: words.title, text: cells[words.column]!, rows: mark.map { rows - $0.rows } ?? 0,
                    isOfSheet: mark?.rows == 0, hasCode: !code.isEmpty && words.column != layout.roles[.code]))
            if mark != nil {
                marks.append((sum, rows))
                if marks.count > Self.depth { marks.remove(at: 1) }
                return
            }
        }
        sum += amount
        rows += 1
        guard !code.isEmpty else { return }
        codes[code, default: CodeSum()].rows += 1
        codes[code]!.sum += amount
        if codes[code]!.example.isEmpty { codes[code]!.example = layout.accounts.flatMap { cells[$0] } ?? "" }
    }

    private func add(_ title: String, _ text: String) {
        if let index = balances.firstIndex(where: { $0.title == title && $0.text == text }) {
            balances[index].rows += 1
        } else if balances.count < 20 {
            balances.append((title, text, 1))
        }
    }

    /// As the file's columns say, whichever side is above zero; `nil` where none can be read.
    private func amount(_ cells: [Int: String]) -> Money? {
        func read(_ column: Int?) -> Money? {
            guard let text = column.flatMap({ cells[$0] }),
                case .amount(let amount, let marker) = AmountReader.read(text)
            else { return nil }
            return marker == .credit ? -amount : amount
        }
        if !layout.periods.isEmpty {
            let amounts = layout.periods.compactMap(read)
            return amounts.isEmpty ? nil : amounts.sum()
        }
        if layout.roles[.debit] != nil {
            let debit = read(layout.roles[.debit]), credit = read(layout.roles[.credit])
            return debit == nil && credit == nil
                ? nil : (debit ?? .zero) + (layout.areCreditsNegative ? credit ?? .zero : -(credit ?? .zero))
        }
        guard let amount = read(layout.roles[.amount] ?? layout.roles[.net] ?? layout.roles[.gross]) else { return nil }
        guard let marks = layout.marks, marks.credits.contains(cells[marks.column] ?? "") else { return amount }
        return -amount
    }

    // MARK: What was proven

    /// Tests that find the totals and no other row, and how many rows read like a total and are none.
    struct Totals {
        var control: ImportMap.RowTest?
        var sub: ImportMap.RowTest?
        var others = 0
    }

    var totals: Totals {
        // One row above may have the same amount by chance, where the row has a code as any other.
        let isCertain = candidates.contains { $0.rows > 1 || $0.rows == 1 && !$0.hasCode }
        let proven = candidates.filter { $0.rows > 0 && isCertain }
        let others = candidates.filter { $0.rows == 0 || !isCertain }
        var totals = Totals(others: others.count)
        let last = proven.last { $0.isOfSheet && !$0.isFollowed }
        if let last {
            let rest = candidates.filter { $0.text != last.text }.map { ($0.title, $0.text) }
            let words = last.text.split(separator: " ")
            let short = words.count > 2 ? words.prefix(2).joined(separator: " ") : last.text
            totals.control = [(ImportMap.RowTest.Kind.begins, short), (.equals, last.text)].map {
                ImportMap.RowTest(column: last.title, kind: $0.0, text: $0.1)
            }.first { test in !rest.contains { $0.0 == test.column && test.folded.matches($0.1) } }
        }
        let subs = proven.filter { !(totals.control?.folded.matches($0.text) ?? false) || $0.title != last?.title }
        guard let first = subs.first else { return totals }
        let words = first.text.split(separator: " ")
        let areAlike = subs.count > 1 && subs.allSatisfy { $0.text == first.text }
        let tests = [
            (areAlike ? ImportMap.RowTest.Kind.equals : .begins, areAlike ? first.text : String(words[0])),
            (.begins, String(words[0])), (.ends, String(words[words.count - 1])),
            (.begins, words.prefix(2).joined(separator: " ")), (.equals, first.text),
        ].map { ImportMap.RowTest(column: first.title, kind: $0.0, text: $0.1) }
        totals.sub = tests.first { test in
            TotalWords.read(test.text) || test.kind == .ends && test.text.lowercased().hasPrefix("total")
                ? subs.allSatisfy { $0.title == test.column && test.folded.matches($0.text) }
                    && !others.contains { $0.title == test.column && test.folded.matches($0.text) } : false
        }
        return totals
    }
}

extension ImportMap.RowTest {
    /// As a map's reader has it.
    fileprivate var folded: ImportMap.RowTest { ImportMap.RowTest(column: column, kind: kind, text: text.lowercased()) }
}
