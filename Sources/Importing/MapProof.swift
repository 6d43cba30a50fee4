internal import Findings
internal import Sheets
internal import Sterling

/// Where a suggested map finds what in a file.
struct SuggestedLayout {
    /// Of the header, with their columns.
    let titles: [(column: Int, title: String)]
    /// Those, and columns without a header by their letters.
    let columns: [(column: Int, title: String)]
    let headerRows: Int
    let roles: [ImportMap.Role: Int]
    /// Columns of amounts that each belong to a period.
    let periods: [Int]
    /// The column of marks, and those of a credit.
    let marks: (column: Int, credits: Set<String>)?
    /// Whether the credit column prints its figures below zero.
    var areCreditsNegative: Bool
    /// Columns that may say of a row that it is no posting.
    let statuses: [(column: Int, title: String)]
    /// The words that do, by their column.
    var stopped: [Int: Set<String>] = [:]
    /// The column that names the account.
    let accounts: Int?
    /// The column whose balances may run on from row to row.
    let balance: Int?
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
    /// Rows that call themselves a balance, with their codes, until it is known whether they move one.
    private var balanceRows: [(text: String, code: String, account: String, amount: Money)] = []
    /// Texts of those that do.
    private var moving: Set<String> = []
    /// The balances as the credit column's figures are taken, and turned; of the sheet, and of those before it.
    private var running = [RunningBalance(), RunningBalance()]
    private var outcomes: [[RunningBalance.Way]] = [[], []]
    private(set) var debits = Money.zero
    private(set) var credits = Money.zero
    private var recent: [[Int: String]] = []
    /// How many rows have each of a status column's words.
    private var statusWords: [Int: [String: Int]] = [:]
    /// Whether figures of the credit column were met that are above zero, and below.
    private(set) var hasCreditsAbove = false
    private(set) var hasCreditsBelow = false
    /// Each sheet's rows, by what they say.
    private var sheets: [SheetRows] = []
    private var counted = 0
    /// Sums of the sheet's rows so far, and what they were at its beginning and at each total.
    private var sum = Money.zero
    private var rows = 0
    private var marks: [(sum: Money, rows: Int)] = []
    /// The sheet's candidates begin here.
    private var firstOfSheet = 0
    /// A section's total is looked for that many totals back.
    private static let depth = 200

    private init(_ layout: SuggestedLayout) { self.layout = layout }

    /// Reads all of a file.
    static func of(_ content: FileContent, _ file: String, _ layout: SuggestedLayout) throws(FileFailure) -> MapProof {
        let proof = MapProof(layout)
        _ = try SheetReader.read(content, name: file, into: proof)
        proof.finish()
        return proof
    }

    private var isTyped = false

    func beginSheet(_ sheet: Sheet) {
        isTyped = sheet.isTyped
        isBelowHeader = false
        (sum, rows, marks) = (.zero, 0, [(.zero, 0)])
        firstOfSheet = candidates.count
        endBalances()
        recent = []
        sheets.append(SheetRows(name: sheet.name))
    }

    private func finish() {
        endBalances()
        for row in balanceRows where moving.contains(row.text) { add(row.code, row.account, row.amount) }
        balances.removeAll { moving.contains($0.text) }
    }

    private func endBalances() {
        for index in running.indices { if let way = running[index].best { outcomes[index].append(way) } }
        running = [RunningBalance(), RunningBalance()]
    }

    func receive(_ row: RowBuffer) {
        var cells: [Int: String] = [:]
        for cell in row.cells { cells[cell.column] = row.plainText(cell, isTyped: isTyped) }
        recent.append(cells.filter { !$0.value.isEmpty })
        if recent.count > layout.headerRows { recent.removeFirst() }
        let texts = HeaderRows.join(recent)
        if layout.titles.allSatisfy({ texts[$0.column] == $0.title }) {
            isBelowHeader = true
            return
        }
        guard isBelowHeader, let amount = amount(cells) else { return }
        note(cells)
        let balance = layout.columns.first { cells[$0.column].map(TotalWords.readBalance) ?? false }
        let isMoving = noteBalance(cells, amount, mayRestart: balance != nil)
        if let balance {
            let text = cells[balance.column]!
            if isMoving { moving.insert(text) }
            if !moving.contains(text) {
                let code = layout.roles[.code].flatMap { cells[$0] } ?? ""
                let account = layout.accounts.flatMap { cells[$0] } ?? ""
                if balanceRows.count < 10_000 { balanceRows.append((text, code, account, amount)) }
                return add(balance.title, text)
            }
        }
        for index in firstOfSheet..<candidates.count { candidates[index].isFollowed = true }
        let code = layout.roles[.code].flatMap { cells[$0] } ?? ""
        let words = layout.columns.first { cells[$0.column].map(TotalWords.read) ?? false }
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
        for (column, _) in layout.statuses where statusWords[column, default: [:]].count <= StatusColumn.mostWords {
            if let word = cells[column], !word.isEmpty { statusWords[column, default: [:]][word, default: 0] += 1 }
        }
        sum += amount
        rows += 1
        if layout.stopped.contains(where: { $0.value.contains(cells[$0.key] ?? "") }) { return }
        if let debit = figure(layout.roles[.debit], cells) { debits += debit }
        if let credit = figure(layout.roles[.credit], cells) {
            credits += credit
            if credit.isNegative { hasCreditsBelow = true } else if !credit.isZero { hasCreditsAbove = true }
        }
        add(code, layout.accounts.flatMap { cells[$0] } ?? "", amount)
    }

    private func add(_ code: String, _ account: String, _ amount: Money) {
        guard !code.isEmpty else { return }
        if !sheets.isEmpty { sheets[sheets.count - 1].codes[code, default: .zero] += amount }
        codes[code, default: CodeSum()].rows += 1
        codes[code]!.sum += amount
        if codes[code]!.example.isEmpty { codes[code]!.example = account }
    }

    /// Remembers what the sheet's row says, to find rows that other sheets have too.
    private func note(_ cells: [Int: String]) {
        counted += 1
        guard !sheets.isEmpty, counted <= 200_000 else { return }
        var hasher = Hasher()
        for (column, title) in layout.titles {
            guard let text = cells[column], !text.isEmpty else { continue }
            hasher.combine(title)
            hasher.combine(text)
        }
        let last = sheets.count - 1
        sheets[last].rows[hasher.finalize(), default: 0] += 1
        sheets[last].count += 1
    }

    /// Sheets that repeat the others: a summary of several, code by code or row by row; or where rows have documents or
    /// dates of their own, a copy of one.
    var repeatingSheets: [String] {
        guard counted <= 200_000 else { return [] }
        let canTell = layout.roles[.document] != nil || layout.roles[.date] != nil
        var left = sheets.indices.filter { sheets[$0].count > 0 }
        var found: [String] = []
        for index in left.sorted(by: { (sheets[$1].count, $1) < (sheets[$0].count, $0) }) where left.count > 1 {
            let others = left.filter { $0 != index }.map { sheets[$0] }
            guard isSummary(sheets[index], of: others) || canTell && holds(others, sheets[index].rows) else { continue }
            left.removeAll { $0 == index }
            found.append(sheets[index].name)
        }
        // A summary of a few rows is shorter than what it sums up.
        for index in left where left.count > 2 {
            guard isSummary(sheets[index], of: left.filter { $0 != index }.map { sheets[$0] }) else { continue }
            left.removeAll { $0 == index }
            found.append(sheets[index].name)
        }
        return found.sorted()
    }

    private func holds(_ others: [SheetRows], _ rows: [Int: Int]) -> Bool {
        var all: [Int: Int] = [:]
        for other in others { all.merge(other.rows) { $0 + $1 } }
        return rows.allSatisfy { all[$0.key, default: 0] >= $0.value }
    }

    /// Whether a sheet's codes come to what several others come to together; where there is one code, its name must
    /// say so as well.
    private func isSummary(_ sheet: SheetRows, of others: [SheetRows]) -> Bool {
        guard others.count > 1, !sheet.codes.isEmpty else { return false }
        var sums: [String: Money] = [:]
        for other in others { sums.merge(other.codes) { $0 + $1 } }
        guard sums == sheet.codes, sums.values.contains(where: { !$0.isZero }) else { return false }
        let words = sheet.name.folded.split(separator: " ")
        let names = ["all", "total", "totals", "summary", "year", "ytd", "combined", "overall", "annual", "cumulative"]
        return sums.count > 1 || words.contains { names.contains(String($0)) }
            || others.count { sheet.name.contains($0.name) } > 1
    }

    private struct SheetRows {
        let name: String
        var rows: [Int: Int] = [:]
        var count = 0
        /// What each code comes to on it.
        var codes: [String: Money] = [:]
    }

    /// - Returns: whether the row takes a balance on from the row before it.
    private func noteBalance(_ cells: [Int: String], _ amount: Money, mayRestart: Bool) -> Bool {
        guard let column = layout.balance else { return false }
        var turned = amount
        if let credit = figure(layout.roles[.credit], cells) {
            turned = amount + (layout.areCreditsNegative ? -(credit + credit) : credit + credit)
        }
        let balance = figure(column, cells), group = layout.roles[.code].flatMap { cells[$0] } ?? ""
        let place = Place(file: "")
        running[0].add(amount, balance: balance, group: group, mayRestart: mayRestart, at: place)
        running[1].add(turned, balance: balance, group: group, mayRestart: mayRestart, at: place)
        return running.contains(where: \.isMoving)
    }

    /// Whether every balance of the file is the one before it and its row's amount; by the credits as they were taken,
    /// and the other way.
    var balancesRun: (asTaken: Bool, turned: Bool) {
        let run = outcomes.map { ways in
            !ways.isEmpty && ways.allSatisfy { $0.count == 0 } && ways.map(\.steps).max()! > 1
        }
        return (run[0], run[1] && !run[0])
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
        func read(_ column: Int?) -> Money? { figure(column, cells) }
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

    /// Words of a status that stand for no posting, with their column's title and how many rows have them.
    var stopped: [(column: Int, title: String, word: String, rows: Int)] {
        layout.statuses.flatMap { column, title in
            StatusColumn.stopped(statusWords[column] ?? [:]).sorted { $0.key < $1.key }.map {
                (column, title, $0.key, $0.value)
            }
        }
    }

    private func figure(_ column: Int?, _ cells: [Int: String]) -> Money? {
        guard let text = column.flatMap({ cells[$0] }), case .amount(let amount, let marker) = AmountReader.read(text)
        else { return nil }
        return marker == .credit ? -amount : amount
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
