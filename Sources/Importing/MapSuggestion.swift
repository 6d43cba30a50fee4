public import Findings
internal import Ledger
public import Sheets
public import Sterling

/// A guess at the map of an export: its header row, what each column holds, and why.
///
/// Names are looked at first and values second; what is only a guess says so in the map's comments. A
/// guess never decides what a code means: that is for a person.
public struct MapSuggestion: Sendable {
    public let file: String
    /// Empty for a file that is one grid.
    public let sheet: String
    /// Counts from 1.
    public let headerRow: Int
    /// What columns hold, in the order of the roles, and why it is thought so.
    public internal(set) var columns: [(role: ImportMap.Role, title: String, why: String)] = []
    /// Columns of amounts that each belong to a period, `P1` with `Apr`, by period; empty in most layouts.
    public internal(set) var periodColumns: [(period: String, title: String)] = []
    /// `nil` where each period has a column, or nothing could be told from the values.
    public internal(set) var periodFormat: (format: ImportMap.PeriodFormat, why: String)?
    /// `nil` where debits and credits have columns of their own, or no amount could be read.
    public internal(set) var isCreditPositive: (value: Bool, why: String)?
    /// The column that says which way each amount goes, with its marks; `nil` where the amounts say it.
    public internal(set) var sign: (column: String, credits: [String], debits: [String], why: String)?
    /// Columns any of which may be the amount; the map lacks it until a person says which.
    public internal(set) var amountsInQuestion: [String] = []
    /// Whether every figure of the credit column is below zero, so that the minus says credit once more.
    public internal(set) var areCreditsNegative = false
    /// Rows that are no postings by what they say of themselves: the column's header, its value, how many rows have it,
    /// and the reason.
    public internal(set) var exclusions: [(column: String, value: String, rows: Int, why: String)] = []
    /// Whether amounts end in `CR` or `DR`, at least one in a hundred.
    public internal(set) var hasMarkers = false
    /// What finds the rows that are the sum of rows above them; `nil` where there are none.
    public internal(set) var subtotals: ImportMap.RowTest?
    /// The same of the total at the file's end.
    public internal(set) var controlTotal: ImportMap.RowTest?
    /// How many rows read like a total and are the sum of no rows above them: postings, as it seems.
    public internal(set) var notTotals = 0
    /// Each code with its rows and what they add up to, the largest sums first, and the account's name where a column
    /// holds that.
    public internal(set) var codes: [(code: String, rows: Int, sum: Money, example: String)] = []
    /// Other sheets with the same header, and sheets with another or none.
    public internal(set) var otherSheets: [(name: String, isAlike: Bool)] = []
    /// How often the header comes again, as at the top of a page, among the first rows.
    public internal(set) var repeatedHeaders = 0
    /// The header and the first rows below it.
    public internal(set) var firstRows: [[String]] = []
    /// The header's texts, from left to right.
    public let titles: [String]

    /// - Throws: `FileFailure` where the file can't be opened.
    /// - Returns: `nil` where no header could be found, or the file can't be read.
    public static func of(_ content: FileContent, file: String) throws(FileFailure) -> (
        suggestion: MapSuggestion?, findings: [Finding]
    ) {
        let sample = SheetSample()
        let report = try SheetReader.read(content, name: file, into: sample)
        guard report.format != nil else { return (nil, report.findings) }
        let guess = MapGuess(file: file, sheets: sample.sheets)
        guard var suggestion = guess.suggestion, let layout = guess.layout else {
            return (
                nil,
                report.findings + [
                    ImportFault.noHeader.finding(at: Place(file: file))
                ]
            )
        }
        let proof = MapProof(layout)
        _ = try SheetReader.read(content, name: file, into: proof)
        suggestion.take(proof)
        return (suggestion, report.findings)
    }

    private mutating func take(_ proof: MapProof) {
        let totals = proof.totals
        (subtotals, controlTotal, notTotals) = (totals.sub, totals.control, totals.others)
        exclusions += proof.balances.map { ($0.title, $0.text, $0.rows, "a balance, and no posting") }
        codes = proof.codes.sorted { a, b in
            (b.value.sum.magnitude, a.key.count, a.key) < (a.value.sum.magnitude, b.key.count, b.key)
        }.map { ($0.key, $0.value.rows, $0.value.sum, String($0.value.example.prefix(50))) }
    }
}

/// The first rows of each sheet and its last ones, which is where totals stand.
private final class SheetSample: SheetReceiver {
    struct Row {
        let number: Int
        let cells: [Int: (text: String, kind: RowBuffer.Kind)]
    }

    private(set) var sheets: [(name: String, rows: [Row], last: [Row])] = []
    static let mostRows = 4_000
    private static let lastRows = 6

    func beginSheet(_ sheet: Sheet) {
        if sheets.count < 50 { sheets.append((sheet.name, [], [])) }
    }

    func receive(_ row: RowBuffer) {
        guard sheets.count < 50 else { return }
        var cells: [Int: (text: String, kind: RowBuffer.Kind)] = [:]
        for cell in row.cells.prefix(300) { cells[cell.column] = (row.text(cell).trimmed, cell.kind) }
        let taken = Row(number: row.number, cells: cells)
        let index = sheets.count - 1
        if sheets[index].rows.count < Self.mostRows {
            sheets[index].rows.append(taken)
        } else {
            sheets[index].last.append(taken)
            if sheets[index].last.count > Self.lastRows { sheets[index].last.removeFirst() }
        }
    }
}

/// Makes the guess.
private struct MapGuess {
    var suggestion: MapSuggestion?
    /// Where its columns are.
    var layout: SuggestedLayout?
    private typealias Row = SheetSample.Row

    /// Names that finance systems give, in the order in which they are believed.
    private static let names: [(role: ImportMap.Role, names: [String])] = [
        (
            .code,
            [
                "account code", "gl account code", "gl account", "gl account no", "gl account number", "account",
                "nominal code", "nominal account", "nominal", "n c", "subjective code", "subjective",
                "natural account code", "natural account", "ledger code", "cost element", "detail code", "account no",
                "account number", "gl code", "expense code", "expenditure code", "expense type", "expenditure type",
                "code",
            ]
        ),
        (
            .costCentre,
            [
                "cost centre", "cost center", "cost centre code", "costc", "cost ctr", "objective", "objective code",
                "centre", "department", "dept", "cc",
            ]
        ),
        (
            .period,
            [
                "period", "accounting period", "posting period", "fiscal period", "period no", "period number", "per",
                "gl period", "period name", "pd", "prd", "acc period", "acct period", "financial period",
            ]
        ),
        (
            .date,
            [
                "posting date", "transaction date", "trans date", "tran date", "effective date", "accounting date",
                "date", "gl date", "document date", "payment date", "invoice date", "pstng date",
            ]
        ),
        (
            .document,
            [
                "document number", "document no", "document", "transno", "trans no", "transaction number",
                "transaction no", "invoice no", "journal no", "voucher", "voucher no", "journal", "journal name",
                "journal number", "reference", "ref", "invoice number", "doc no", "reference number",
            ]
        ),
        (
            .description,
            [
                "description", "line description", "narrative", "text", "transaction description", "details",
                "item text", "header text", "journal description", "comment", "narration",
            ]
        ),
        (.memberConcerned, ["member concerned", "case of", "case", "borough", "authority concerned"]),
        (
            .debit,
            [
                "money out", "paid out", "payments", "withdrawals", "amount out", "ytd debit", "debit ytd",
                "period debit",
                "debit",
                "dr", "debit amount", "accounted debit", "accounted dr", "entered dr", "debits",
            ]
        ),
        (
            .credit,
            [
                "money in", "paid in", "receipts", "deposits", "amount in", "ytd credit", "credit ytd", "period credit",
                "credit",
                "cr", "credit amount", "accounted credit", "accounted cr", "entered cr", "credits",
            ]
        ),
        (
            .net,
            [
                "net", "net amount", "net value", "amount excl vat", "amount ex vat", "amount exc vat",
                "amount excluding vat", "net of vat", "amount net of vat", "amount net", "excl vat",
            ]
        ),
        (.vat, ["vat", "vat amount", "tax", "tax amount"]),
        (
            .gross,
            [
                "gross", "gross amount", "gross value", "amount incl vat", "amount inc vat", "amount including vat",
                "incl vat", "invoice total", "total inc vat", "amount gross",
            ]
        ),
        (
            .amount,
            [
                "amount", "amount in local currency", "amount in company code currency", "value", "actual",
                "actual to date",
                "posted amount", "transaction amount",
                "val in rep cur", "base amount", "amount gbp", "amount £", "actuals", "total amount", "actual amount",
                "spend",
            ]
        ),
    ]

    fileprivate init(file: String, sheets: [(name: String, rows: [SheetSample.Row], last: [SheetSample.Row])]) {
        var best: (sheet: Int, row: Int, score: Int)?
        for (index, sheet) in sheets.enumerated() {
            for row in sheet.rows.indices.prefix(60) {
                let score = Self.score(sheet.rows, row)
                if score > (best?.score ?? 2) { best = (index, row, score) }
            }
        }
        guard let best else { return }
        let sheet = sheets[best.sheet]
        let header = sheet.rows[best.row]
        let titles = header.cells.keys.sorted().map { ($0, header.cells[$0]!.text) }.filter { !$0.1.isEmpty }
        let isRepeat = { (row: Row) in titles.allSatisfy { row.cells[$0.0]?.text == $0.1 } }
        let below = Array(sheet.rows[(best.row + 1)...])
        var found = MapSuggestion(file: file, sheet: sheet.name, headerRow: header.number, titles: titles.map(\.1))
        found.repeatedHeaders = below.count(where: isRepeat)
        let rows = below.filter { !isRepeat($0) }
        found.firstRows = [titles.map(\.1)] + rows.prefix(4).map { row in titles.map { row.cells[$0.0]?.text ?? "" } }
        found.otherSheets = sheets.enumerated().filter { $0.offset != best.sheet && !$0.element.rows.isEmpty }.map {
            _, other in
            (
                other.name,
                other.rows.prefix(60).contains { row in
                    titles.allSatisfy { title in row.cells.values.contains { $0.text == title.1 } }
                }
            )
        }
        var maker = Maker(found: found, titles: titles, rows: rows, last: sheet.last)
        maker.make()
        suggestion = maker.found
        layout = maker.layout
    }

    /// How much a row looks like a header: names that are known, and figures below.
    private static func score(_ rows: [Row], _ index: Int) -> Int {
        let texts = rows[index].cells.values.filter { $0.kind == .text && !$0.text.isEmpty }.map { $0.text.folded }
        guard texts.count >= 3, Set(texts).count * 10 >= texts.count * 8 else { return 0 }
        let known = names.count { role in texts.contains { role.names.contains($0) } }
        let periods = Set(texts.compactMap { PeriodTitle($0)?.period }).count
        let figuresBelow = rows[(index + 1)...].prefix(8).contains {
            $0.cells.values.contains { $0.kind == .number || isAmount($0.text) }
        }
        let figuresHere = rows[index].cells.values.count { $0.kind == .number }
        guard figuresBelow else { return 0 }
        return known * 4 + min(periods, 6) + min(texts.count, 6) - figuresHere * 3
    }

    fileprivate static func isAmount(_ text: String) -> Bool {
        guard text.utf8.count < 32, case .amount = AmountReader.read(text) else { return false }
        return true
    }

    /// Fills a suggestion in, column by column.
    private struct Maker {
        var found: MapSuggestion
        let titles: [(column: Int, title: String)]
        let rows: [Row]
        let last: [Row]
        private var taken: Set<Int> = []
        private var byRole: [ImportMap.Role: Int] = [:]

        init(found: MapSuggestion, titles: [(Int, String)], rows: [Row], last: [Row]) {
            self.found = found
            self.titles = titles
            self.rows = rows
            self.last = last
        }

        mutating func make() {
            takePeriodColumns()
            takeNamed()
            takeAmountByValues()
            takeSignColumn()
            takeStatus()
            takeByValues()
            takeSigns()
            takePeriodFormat()
            let order = ImportMap.Role.allCases
            found.columns.sort { order.firstIndex(of: $0.role)! < order.firstIndex(of: $1.role)! }
        }

        private func values(_ column: Int) -> [(text: String, kind: RowBuffer.Kind)] {
            rows.compactMap { $0.cells[column] }.filter { !$0.text.isEmpty }
        }

        private func share(_ column: Int, _ test: ((text: String, kind: RowBuffer.Kind)) -> Bool) -> Int {
            let values = values(column)
            return values.isEmpty ? 0 : values.count(where: test) * 100 / values.count
        }

        private func title(_ column: Int) -> String { titles.first { $0.column == column }!.title }

        private mutating func take(_ role: ImportMap.Role, _ column: Int, _ why: String) {
            taken.insert(column)
            byRole[role] = column
            found.columns.append((role, title(column), why))
        }

        /// `Apr` to `Mar`, or `P1` to `P12`, each with figures below.
        private mutating func takePeriodColumns() {
            var columns: [(title: String, column: Int, period: Int, rest: String, year: Int?)] = []
            for (column, title) in titles {
                guard let read = PeriodTitle(title),
                    share(column, { $0.kind == .number || MapGuess.isAmount($0.text) || $0.text == "-" }) >= 80
                else { continue }
                columns.append((title, column, read.period, read.rest, read.year))
            }
            // What was spent, where it stands beside what was planned.
            let kinds = Set(columns.map(\.rest)).sorted()
            let actual = kinds.first { kind in
                kind.split(separator: " ").contains { ["actual", "actuals", "act"].contains($0) }
            }
            let kind = actual ?? (kinds.contains("") || kinds.count > 1 ? "" : kinds.first)
            let hasOtherKinds = kinds.count > 1
            columns.removeAll { $0.rest != kind || !hasOtherKinds && Self.isPlan($0.rest) }
            // Of two financial years, the one that has more of its months; of two alike, the later.
            let years = Dictionary(grouping: columns.compactMap(\.year)) { $0 }.mapValues(\.count)
            if let year = years.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key {
                columns.removeAll { $0.year != nil && $0.year != year }
            }
            guard Set(columns.map(\.period)).count == columns.count else { return }
            guard columns.count >= 3 || columns.count == 2 && hasOtherKinds else { return }
            found.periodColumns = columns.sorted { $0.period < $1.period }.map { ("P\($0.period)", $0.title) }
            taken.formUnion(columns.map(\.column))
        }

        /// A header without its unit: `Amount (pence)`, `Actual £'000`.
        private static func plain(_ title: String) -> String {
            guard ImportMap.Unit(header: title) != nil else { return title }
            let words = title.folded.split(separator: " ")
            return words.filter {
                !["pence", "pennies", "£", "£000", "000", "000s", "£k", "in", "thousands"].contains($0)
            }
            .joined(separator: " ")
        }

        /// Whether a header's words are of what was planned or promised.
        private static func isPlan(_ words: String) -> Bool {
            words.split(separator: " ").contains {
                ["budget", "forecast", "commitment", "commitments", "variance", "prior", "previous", "bud", "fcst"]
                    .contains($0)
            }
        }

        /// Of several currencies only an amount in the books' own adds up.
        private mutating func takeBaseAmount() {
            let currencies = titles.filter { CurrencyColumn.reads($0.title) }.map(\.column)
            guard currencies.contains(where: { share($0, { !CurrencyColumn.isPounds($0.text) }) > 0 }),
                let base = titles.first(where: {
                    CurrencyColumn.isOwn(amount: $0.title) && $0.title.folded.contains("amount")
                        && share($0.column, { $0.kind == .number || isAmountOrMarked($0.text) }) >= 70
                })
            else { return }
            take(.amount, base.column, "in the books' own currency, which the others are not")
        }

        private mutating func takeNamed() {
            if found.periodColumns.isEmpty { takeBaseAmount() }
            for (role, names) in MapGuess.names {
                if !found.periodColumns.isEmpty, [.amount, .debit, .credit, .net, .vat, .gross, .period].contains(role)
                {
                    continue
                }
                for name in names where byRole[role] == nil {
                    for (column, title) in titles
                    where !taken.contains(column) && Self.plain(title).joined == name.joined && byRole[role] == nil {
                        if [.amount, .debit, .credit, .net, .vat, .gross].contains(role), !values(column).isEmpty,
                            share(column, { $0.kind == .number || isAmountOrMarked($0.text) }) < 70
                        {
                            continue
                        }
                        take(role, column, "by its name")
                    }
                }
            }
            // `Prior Amount` and `Fund Account Code` end in what they are.
            for role in [ImportMap.Role.amount, .code] where byRole[role] == nil && found.periodColumns.isEmpty {
                let names = MapGuess.names.first { $0.role == role }!.names.filter {
                    role == .code ? $0.contains(" ") : true
                }
                let ending = titles.filter { column, title in
                    !taken.contains(column) && names.contains { title.folded.hasSuffix(" " + $0) }
                        && (role != .amount || share(column, { $0.kind == .number || isAmountOrMarked($0.text) }) >= 70)
                }
                if ending.count == 1 { take(role, ending[0].column, "by the end of its name") }
            }
            // One way to an amount: debit and credit before a single column, and that before net.
            func drop(_ roles: [ImportMap.Role]) {
                for role in roles {
                    if let column = byRole.removeValue(forKey: role) { taken.remove(column) }
                    found.columns.removeAll { $0.role == role }
                }
            }
            if byRole[.debit] != nil, byRole[.credit] != nil {
                drop([.amount, .net, .vat, .gross])
            } else {
                drop([.debit, .credit])
            }
            // A column that is net and VAT together is the gross.
            if let amount = byRole[.amount], let net = byRole[.net], let vat = byRole[.vat], byRole[.gross] == nil,
                isSum(amount, of: [net, vat])
            {
                drop([.amount])
                take(.gross, amount, "it is net and VAT together in every row")
            }
            if byRole[.amount] != nil { drop([.net, .vat, .gross]) }
            if byRole[.net] != nil, byRole[.vat] == nil { drop([.gross]) }
            if byRole[.net] == nil, byRole[.gross] == nil || byRole[.vat] == nil { drop([.vat, .gross]) }
        }

        /// Whether a column is what others add up to, in every row that has them.
        private func isSum(_ column: Int, of parts: [Int]) -> Bool {
            func amount(_ row: Row, _ column: Int) -> Money? {
                guard case .amount(let amount, _) = AmountReader.read(row.cells[column]?.text ?? "") else { return nil }
                return amount
            }
            let filled = rows.filter { row in amount(row, column) != nil && parts.allSatisfy { amount(row, $0) != nil }
            }
            return !filled.isEmpty
                && filled.allSatisfy { row in parts.compactMap { amount(row, $0) }.sum() == amount(row, column) }
        }

        private func isAmountOrMarked(_ text: String) -> Bool { MapGuess.isAmount(text) || text == "-" }

        private mutating func takeAmountByValues() {
            let hasAmount =
                [.amount, .debit, .net, .gross].contains { byRole[$0] != nil } || !found.periodColumns.isEmpty
            if !hasAmount {
                // Pence are what sets an amount apart from a code or a count.
                let candidates = titles.map(\.column).filter {
                    !taken.contains($0) && !Self.isPlan(title($0).folded)
                        && share($0, { $0.kind == .number || MapGuess.isAmount($0.text) }) >= 80
                        && share($0, { Int($0.text).map { (1900..<2200).contains($0) } ?? false }) < 100
                        && !title($0).folded.split(separator: " ").contains {
                            Self.numbersOfNoMoney.contains(String($0))
                        }
                }
                let pence = candidates.map { share($0, { $0.text.contains(".") }) }
                let likeliest = zip(candidates, pence).filter { $0.1 == pence.max() }.map(\.0)
                if likeliest.count == 1 {
                    take(.amount, likeliest[0], "by its values; a guess")
                } else {
                    // Nothing tells which is posted.
                    found.amountsInQuestion = likeliest.map { title($0) }
                }
            }
        }

        private mutating func takeByValues() {
            if byRole[.date] == nil,
                let column = titles.map(\.column).first(where: {
                    !taken.contains($0)
                        && share($0, { $0.kind == .date || CalendarDate(exported: $0.text) != nil }) >= 80
                })
            {
                take(.date, column, "by its values")
            }
            if byRole[.code] == nil {
                // Short words or numbers that come again and again.
                let candidates = titles.map(\.column).filter { column in
                    let values = values(column)
                    return !taken.contains(column) && values.count >= 2
                        && values.allSatisfy { $0.text.count <= 12 && !$0.text.contains(" ") && !$0.text.contains(".") }
                }
                if let column = candidates.min(by: {
                    Set(values($0).map(\.text)).count < Set(values($1).map(\.text)).count
                })
                    ?? titles.map(\.column).first(where: {
                        !taken.contains($0) && share($0, { $0.kind == .text }) >= 80
                    })
                {
                    take(.code, column, "by its values; a guess")
                }
            }
            if byRole[.description] == nil {
                let candidates = titles.map(\.column).filter {
                    !taken.contains($0) && share($0, { $0.kind == .text }) >= 60
                }
                func length(_ column: Int) -> Int {
                    let values = values(column);
                    return values.isEmpty ? 0 : values.reduce(0) { $0 + $1.text.count } / values.count
                }
                if let column = candidates.max(by: { length($0) < length($1) }), length(column) > 6 {
                    take(.description, column, "the longest texts; a guess")
                }
            }
        }

        /// What columns of whole numbers hold that are no amounts.
        private static let numbersOfNoMoney: Set = [
            "code", "account", "year", "yr", "no", "number", "id", "period", "month", "quantity", "qty", "line", "row",
        ]

        /// A column of marks beside amounts that have no sign of their own.
        private mutating func takeSignColumn() {
            guard byRole[.debit] == nil, found.periodColumns.isEmpty,
                let amounts = byRole[.amount] ?? byRole[.net] ?? byRole[.gross]
            else { return }
            for (column, title) in titles where !taken.contains(column) {
                let written = Set(values(column).map(\.text)), lowered = Set(written.map { $0.lowercased() })
                guard let known = MarkColumn.known(lowered) else { continue }
                // Amounts that are below zero where the mark says credit have said it themselves.
                let isSigned = rows.contains { row in
                    guard case .amount(let amount, _) = AmountReader.read(row.cells[amounts]?.text ?? "") else {
                        return false
                    }
                    return amount.isNegative
                }
                guard !isSigned else { return }
                func marks(_ side: [String], _ other: [String]) -> [String] {
                    let present = written.filter { side.contains($0.lowercased()) }.sorted()
                    // Of a side that has no row yet, the marks that go with the other's.
                    return present.isEmpty
                        ? zip(side, other).filter { lowered.contains($0.1) }.map { $0.0.uppercased() } : present
                }
                let credits = marks(known.credits, known.debits), debits = marks(known.debits, known.credits)
                guard !credits.isEmpty else { continue }
                let counts = (credits + debits).map { mark in "\(mark) in \(values(column).count { $0.text == mark })" }
                found.sign = (
                    title, credits, debits,
                    "no amount is below zero, and the column has \(counts.joined(separator: ", ")) rows"
                )
                taken.insert(column)
                return
            }
        }

        /// Words of a status that is no posting.
        private static let noPostings: Set = [
            "cancelled", "canceled", "void", "voided", "rejected", "deleted", "draft", "unposted", "not posted",
            "parked",
            "commitment", "commitments", "committed", "order", "purchase order", "encumbrance", "budget", "forecast",
            "bud", "com", "fcst", "po",
        ]

        /// A column of a few words, some of which say that a row is no posting, and some not.
        private mutating func takeStatus() {
            for (column, title) in titles where !taken.contains(column) {
                let words = title.folded.split(separator: " ")
                guard
                    words.contains(where: {
                        ["status", "state", "type", "kind", "ledger", "scenario", "version"].contains($0)
                    })
                else { continue }
                var counts: [String: Int] = [:]
                for value in values(column) { counts[value.text, default: 0] += 1 }
                let stopped = counts.filter { Self.noPostings.contains($0.key.lowercased()) }
                guard counts.count <= 12, !stopped.isEmpty, stopped.count < counts.count else { continue }
                found.exclusions += stopped.sorted { $0.key < $1.key }.map {
                    (title, $0.key, $0.value, $0.key.lowercased() + ", and no posting")
                }
                taken.insert(column)
            }
        }

        private mutating func takeSigns() {
            guard found.sign == nil else { return }
            if let column = byRole[.amount] {
                found.hasMarkers =
                    share(column, { value in ["cr", "dr"].contains { value.text.lowercased().hasSuffix($0) } }) > 0
            }
            if let credit = byRole[.credit] {
                let figures = values(credit).compactMap { value -> Money? in
                    guard case .amount(let amount, _) = AmountReader.read(value.text), !amount.isZero else {
                        return nil
                    }
                    return amount
                }
                found.areCreditsNegative = !figures.isEmpty && figures.allSatisfy(\.isNegative)
            }
            guard byRole[.debit] == nil else { return }
            let columns =
                found.periodColumns.isEmpty
                ? [byRole[.amount] ?? byRole[.net] ?? byRole[.gross]].compactMap { $0 }
                : titles.filter { t in found.periodColumns.contains { $0.title == t.title } }.map(\.column)
            var positive = 0, negative = 0
            for column in columns {
                for value in values(column) {
                    guard case .amount(let amount, _) = AmountReader.read(value.text), !amount.isZero else { continue }
                    if amount.isNegative { negative += 1 } else { positive += 1 }
                }
            }
            guard positive + negative > 0 else { return }
            found.isCreditPositive =
                negative > positive
                ? (
                    true,
                    "\(negative) of \(positive + negative) amounts are negative, and most rows of a ledger are costs; "
                        + "look at one that you know"
                )
                : (
                    false,
                    "\(positive) of \(positive + negative) amounts are positive, and most rows of a ledger are costs; "
                        + "look at one that you know"
                )
        }

        private mutating func takePeriodFormat() {
            guard found.periodColumns.isEmpty else { return }
            guard let column = byRole[.period] else {
                found.periodFormat = (.fromDate, "the file has no column of periods")
                return
            }
            if share(column, { Period(written: $0.text) != nil }) >= 80 {
                let periods = Set(values(column).prefix(500).compactMap { Period(written: $0.text) }).sorted()
                let first = periods.prefix(13).map(\.description).joined(separator: ", ")
                found.periodFormat = (.number, "the periods are \(first)")
                return
            }
            let names = values(column).compactMap { PeriodName(written: $0.text) }
            guard share(column, { PeriodName(written: $0.text) != nil }) >= 80 else {
                if byRole[.date] != nil {
                    found.periodFormat = (
                        .fromDate,
                        "\"\(values(column).first?.text ?? "")\" is no period that the program reads, so the date's "
                            + "month is taken"
                    )
                }
                return
            }
            if names.allSatisfy(\.namesBothYears) {
                found.periodFormat = (.startYear, "the periods name both years")
                return
            }
            if names.allSatisfy({ $0.period == nil }) {
                found.periodFormat = (.calendarMonth, "the periods are named by their months")
                return
            }
            // The dates say which year a period's name means.
            var starts = 0, ends = 0, months = 0, dated = 0
            if let dates = byRole[.date] {
                for row in rows {
                    guard let name = row.cells[column].flatMap({ PeriodName(written: $0.text) }),
                        let date = row.cells[dates].flatMap({ CalendarDate(exported: $0.text) })
                    else { continue }
                    dated += 1
                    if date.year == name.year, date.month == name.month { months += 1 }
                    let year = FinancialYear(of: date).startYear
                    if year == name.year { starts += 1 } else if year == name.year - 1 { ends += 1 }
                }
            }
            if months > 0, months * 5 >= dated * 4 {
                found.periodFormat = (
                    .calendarMonth, "\(months) of \(dated) dates are of the calendar's month that the period names"
                )
                return
            }
            found.periodFormat =
                ends > starts
                ? (
                    .endYear,
                    "\(ends) of \(starts + ends) dates lie in the financial year that ends in the period's year"
                )
                : (
                    .startYear,
                    starts > 0
                        ? "\(starts) of \(starts + ends) dates lie in the financial year that starts in the "
                            + "period's year"
                        : "a guess: no date tells whether the year is named by its start or its end"
                )
        }

        /// Where the columns are, for whoever reads all rows.
        var layout: SuggestedLayout {
            func column(_ title: String) -> Int { titles.first { $0.title == title }!.column }
            let accounts = titles.first {
                $0.title.folded.hasPrefix("account") && $0.column != byRole[.code] && !taken.contains($0.column)
            }
            return SuggestedLayout(
                titles: titles, roles: byRole, periods: found.periodColumns.map { column($0.title) },
                marks: found.sign.map { (column($0.column), Set($0.credits)) },
                areCreditsNegative: found.areCreditsNegative, accounts: accounts?.column)
        }
    }
}

extension MapSuggestion {
    /// The map, commented; it is read as it stands, and puts every row into suspense until its codes are filled in.
    public var yaml: String {
        var text = heading
        text +=
            "layout: \(Self.quoted(firstRows.isEmpty ? file : "suggested for " + file.split(separator: "/").last!))\n\n"
        text += "# The map fits a sheet where all of these stand in one row.\n"
        let recognised =
            columns.filter { [.code, .period, .amount, .debit, .credit, .net, .document].contains($0.role) }.map(
                \.title) + periodColumns.prefix(3).map(\.title)
        text += "recognise: [\(recognised.map { Self.quoted($0) }.joined(separator: ", "))]\n\ncolumns:\n"
        for column in columns { text += "  \(column.role.rawValue): \(Self.quoted(column.title))    # \(column.why)\n" }
        if !amountsInQuestion.isEmpty {
            let names = amountsInQuestion.map(\.oneLine).joined(separator: ", ")
            text +=
                "  # Which is the amount? One of: \(names). Write: amount: and its header.\n"
        }
        let unused = titles.filter { title in
            !columns.contains { $0.title == title } && !periodColumns.contains { $0.title == title }
                && sign?.column != title && !exclusions.contains { $0.column == title }
        }
        if !unused.isEmpty { text += "# Not used: \(unused.map(\.oneLine).joined(separator: ", "))\n" }
        if !periodColumns.isEmpty {
            text +=
                "\n# Each period has a column: a row becomes a posting for each that is filled.\nperiod columns: {"
                + periodColumns.map { "\($0.period): \(Self.quoted($0.title))" }.joined(separator: ", ") + "}\n"
        }
        if let unit = columns.lazy.compactMap({ ImportMap.Unit(header: $0.title) }).first {
            text += "\n# The header says so.\nunit: \(unit.rawValue)\n"
        }
        if let sign {
            func list(_ marks: [String]) -> String { marks.map { Self.quoted($0) }.joined(separator: ", ") }
            text +=
                "\n# \(sign.why).\nsign: {column: \(Self.quoted(sign.column)), credit: [\(list(sign.credits))]"
                + "\(sign.debits.isEmpty ? "" : ", debit: [\(list(sign.debits))]")}\n"
        }
        if let isCreditPositive {
            text += "\n# \(isCreditPositive.why).\namounts: \(isCreditPositive.value ? "credits" : "debits") positive\n"
        }
        if areCreditsNegative {
            text +=
                "\n# Every figure of the credit column is below zero: it says credit once more. Else: positive.\n"
                + "credits: negative\n"
        }
        if hasMarkers {
            text +=
                "# Amounts end in CR or DR: is that the ledger's view (CR is a credit) or the bank's?\n"
                + "cr means: credit\n"
        }
        if let periodFormat { text += "\n# \(periodFormat.why).\nperiod format: \(periodFormat.format.rawValue)\n" }
        text += rowTests
        text +=
            "\n# The class of each code. Take the # away and put the class in: expenditure HEADING, income HEADING,\n"
            + "# contribution from CONTRIBUTOR, recharge with MEMBER, reserve transfer, reserve balance, or excluded, "
            + "REASON.\n"
        text += "# Ranges (4000-4099) and beginnings (40*) save lines. Until then every row is in suspense.\ncodes:\n"
        for code in codes {
            text +=
                "#  \(Self.quoted(code.code, always: true)): expenditure      # \(code.rows) "
                + "row\(code.rows == 1 ? "" : "s") of \(code.sum)"
                + "\(code.example.isEmpty ? "" : ", " + code.example.oneLine)\n"
        }
        return text
    }

    /// What was looked at, and what is passed over, as comments.
    private var heading: String {
        var text =
            "# Suggested from \(file)\(sheet.isEmpty ? "" : ", sheet \(sheet)"): the header is row \(headerRow).\n"
        text += "# Every line that says why was guessed: look at it beside the file's first rows:\n"
        // Suppliers and descriptions may hold people's names, and a map is kept and shared.
        let plain = Set(
            columns.filter { ![.description, .memberConcerned].contains($0.role) }.map(\.title)
                + periodColumns.map(\.title))
        let shown =
            firstRows.prefix(1)
            + firstRows.dropFirst().map { row in
                row.enumerated().map { $0.element.isEmpty || plain.contains(titles[$0.offset]) ? $0.element : "..." }
            }
        for row in shown {
            text +=
                "#     " + row.map { $0.isEmpty ? "-" : String($0.prefix(28)).oneLine }.joined(separator: " | ") + "\n"
        }
        if repeatedHeaders > 0 {
            text +=
                "# The header comes again \(repeatedHeaders) time\(repeatedHeaders == 1 ? "" : "s"), as at the top of "
                + "a page; it is passed over.\n"
        }
        for other in otherSheets {
            text +=
                "# The sheet \(Self.quoted(other.name)) "
                + "\(other.isAlike ? "has the same header, and is read too" : "has no such header, and is not read").\n"
        }
        return text
    }

    private var rowTests: String {
        var text = ""
        if notTotals > 0 {
            text +=
                "\n# \(notTotals) row\(notTotals == 1 ? " reads" : "s read") like a total, but the rows above "
                + "don't add up to it: a posting, as any other.\n"
        }
        guard subtotals != nil || controlTotal != nil || !exclusions.isEmpty else { return text }
        text +=
            "\n# Rows that are no transactions. Totals are checked against the rows, never added to them.\nrows:\n"
        if !exclusions.isEmpty {
            text += "  exclude:\n"
            for (column, value, rows, why) in exclusions {
                text +=
                    "    - {column: \(Self.quoted(column)), is: \(Self.quoted(value)), because: "
                    + "\(Self.quoted(why))}    # \(rows) "
                    + "row\(rows == 1 ? "" : "s")\n"
            }
        }
        for (key, test) in [("sub-totals", subtotals), ("control total", controlTotal)] {
            guard let test else { continue }
            text +=
                "  \(key): {column: \(Self.quoted(test.column)), \(test.kind.rawValue): \(Self.quoted(test.text))}\n"
        }
        return text
    }

    /// A YAML text, quoted where it must be.
    private static func quoted(_ text: String, always: Bool = false) -> String {
        let isPlain =
            !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
            && text.first!.isLetter && text.last != " "
            && !["yes", "no", "true", "false", "null", "on", "off", "y", "n"].contains(text.lowercased())
        if isPlain, !always { return text }
        return "\"" + text.oneLine.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
    }
}

extension String {
    /// `GLAccount`, `gl_account` and `G/L Account` are one name.
    fileprivate var joined: String { folded.filter { $0 != " " } }

    fileprivate var oneLine: String { String(map { $0.isNewline || $0 == "\t" ? " " : $0 }) }
}
