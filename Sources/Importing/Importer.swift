internal import Sterling
internal import Ledger
internal import Findings
internal import Sheets

/// Receives an export's rows and makes postings of them.
final class Importer: SheetReceiver {
    var result: FileImport
    /// Whether a time near midnight was told of; once a file is enough.
    var toldOfMidnight = false
    let maps: [ImportMap]
    let chart: Chart
    let year: FinancialYear
    /// The map that decides where several fit.
    private let preferred: String?
    /// Whether the sheet was told of, which has a map's header and isn't among its sheets.
    private var isSheetTold = false

    var sheet: Sheet?
    var header: Header?
    var hasChosen = false
    var hasFailed = false
    /// Findings after the ten thousandth, a hundred of each code.
    private var late: [Finding.Code: [Finding]] = [:]
    /// What the map says of a cost centre and code, which come again and again.
    var meanings: [String: CodeClass?] = [:]
    /// Rows of the sheet before its header, with the columns that hold numbers.
    var above: [(row: Int, numbers: [Int])] = []
    var isAfterTotal = false
    var lastColumn = 0
    /// The header's row.
    private var headerNumber = 0
    var headless: [Sheet] = []
    /// By column, the rows that gave an amount; a format may tell of merged cells only at a sheet's end.
    var amountRows: [Int: [ClosedRange<Int>]] = [:]
    /// The sheets met so far, by name.
    var sheetsMet: Set<String> = []
    /// Columns that are headed like a period and that the map doesn't name; the first amount in one is told of.
    var unnamedPeriods: [(column: Int, title: String)] = []
    /// The first credit that is printed below zero, and whether another is above; where the map says nothing of it.
    var negativeCredits: Place?
    var hasPositiveCredits = false
    /// A column of marks that the map doesn't read, what stands in it, and the first mark of a credit.
    var marksColumn: Int?
    var marks: Set<String> = []
    var firstCredit: Place?
    var hasNegatives = false
    /// Columns of currencies, where the map's amounts are in those.
    var currencyColumns: [Int] = []
    /// Columns in which a number was found that a spreadsheet has rewritten; once a column is enough.
    var rewritten: Set<Int> = []
    /// The rows last met, for headers of more rows than one.
    private var recent: [RowTexts] = []
    /// Sheets that the map says are not read on purpose.
    private var passedOver: Set<String> = []
    /// The running balance of the sheet, where the map names its column.
    var balance: RunningBalance?
    /// What stands beside the table; `nil` above the header, and once it was told of.
    var beside: BesideTable?
    /// Of files without types.
    var commas: CommaWatch?
    /// Rows that have as many fields more than the header as all before them, and the first of those.
    var wide: (column: Int, rows: Int, first: Finding)?
    /// Whether a row of the sheet had no more fields than the header.
    var hasNarrow = false
    /// Columns of which it was told that they are shown in another currency.
    var foreign: Set<Int> = []
    /// The column of a period that a row is being read for, where each period has one.
    var inPeriod: (period: Period, column: Int)?
    /// The row that came nearest to a map's header, for the file that none fits.
    var nearest: (map: String, missing: [String], place: Place)?
    /// Reads the rows that say nothing unusual; `nil` above the header, and for layouts that need the careful way.
    var plain: PlainRows?
    /// Whether there is such a reader: the tests go without, to hold the two ways against each other.
    let readsPlain: Bool
    /// Debits and credits since the last sub-total.
    var running = Sides()
    /// The same of the sheet.
    var ofSheet = Sides()
    /// What the sheet came to at its beginning and after each row that was a total: a further one may be the sum of
    /// the rows since any of them.
    var totalMarks: [(sum: Money, rows: Int)] = [(.zero, 0)]

    struct Sides {
        var debits = Money.zero
        var credits = Money.zero
        var rows = 0
        /// What is excluded of it: a total may count those rows, or leave them out.
        var excluded = Money.zero
        var net: Money { debits - credits }

        mutating func add(_ amount: Money) {
            rows += 1
            if amount.isNegative { credits -= amount } else { debits += amount }
        }
    }

    /// A header row found: the map it fits and where its columns are.
    struct Header {
        let map: ImportMap
        let columns: [ImportMap.Role: Int]
        let periodColumns: [(period: Period, column: Int)]
        let tests: [String: Int]
    }

    /// - Parameter preferred: the map that decides where several fit.
    init(
        _ result: FileImport, maps: [ImportMap], chart: Chart, year: FinancialYear, preferred: String? = nil,
        readsPlain: Bool = true
    ) {
        self.readsPlain = readsPlain
        self.preferred = preferred
        self.result = result
        self.maps = maps
        self.chart = chart
        self.year = year
    }

    func beginSheet(_ sheet: Sheet) {
        endSheet()
        self.sheet = sheet
        sheetsMet.insert(sheet.name)
        isSheetTold = false
        unnamedPeriods = []
        (beside, commas, foreign, balance, recent) = (nil, nil, [], nil, [])
        (wide, hasNarrow) = (nil, false)
        header = nil
        plain = nil
        above = []
        isAfterTotal = false
        running = Sides()
        ofSheet = Sides()
        totalMarks = [(.zero, 0)]
        amountRows = [:]
    }

    func noteAmount(row: Int, column: Int) {
        if let last = amountRows[column]?.last, last.upperBound == row - 1 {
            amountRows[column]![amountRows[column]!.count - 1] = last.lowerBound...row
        } else {
            amountRows[column, default: []].append(row...row)
        }
    }

    func endSheet(_ end: SheetEnd) {
        guard let sheet else { return }
        result.findings += commas?.findings ?? []
        commas = nil
        take(balance)
        balance = nil
        // Two rows are too few to say that all are so.
        if let wide, wide.rows < 3 { result.findings.append(wide.first) }
        wide = nil
        tellHidden(end.hiddenColumns)
        for merge in end.merges where merge.rows.count > 1 || merge.columns.count > 1 {
            for column in merge.columns {
                guard let rows = amountRows[column]?.first(where: { $0.overlaps(merge.rows) }) else { continue }
                result.findings.append(
                    ImportFault.amountMerged.finding(
                        at: Place(sheet.source, row: max(rows.lowerBound, merge.rows.lowerBound), column: column)))
                if result.findings.count > Self.mostFindings { trimFindings() }
            }
        }
    }

    /// A column that nobody sees is read like any other, and told of.
    private func tellHidden(_ columns: [ClosedRange<Int>]) {
        guard let header, let sheet, !columns.isEmpty else { return }
        let read = Set(Array(header.columns.values) + header.periodColumns.map(\.column)).sorted()
        for column in read where columns.contains(where: { $0.contains(column) }) {
            result.findings.append(
                ImportFault.columnHidden.finding(
                    at: Place(sheet.source, row: headerNumber, column: column),
                    found: "column \(Place.letters(column))"))
        }
    }

    func receive(_ row: RowBuffer) {
        guard !hasFailed, let sheet else { return }
        if takePlain(row) { return }
        let texts = RowTexts(row, sheet)
        guard let header else {
            findHeader(texts)
            if self.header == nil {
                above.append((row.number, texts.cells.filter { Self.looksLikeAmount($0) }.map(\.cell.column)))
            }
            return
        }
        if isHeaderAgain(texts, header.map) {
            result.pageHeaders += 1
            self.header = nil
            plain = nil
            findHeader(texts)
            return
        }
        take(texts, header)
        if result.findings.count > Self.mostFindings { trimFindings() }
    }

    /// The header again, at the top of a page: all its columns, perhaps in other places.
    private func isHeaderAgain(_ row: RowTexts, _ map: ImportMap) -> Bool {
        var row = row
        if map.headerRows > 1 {
            recent.append(row)
            if recent.count > 3 { recent.removeFirst() }
            guard recent.count >= map.headerRows else { return false }
            row = RowTexts(joining: recent.suffix(map.headerRows))
        }
        guard Self.fits(map, row) else { return false }
        let titles = Array(map.columns.values) + map.periodColumns.map(\.title)
        guard titles.allSatisfy({ !row.columns(named: $0).isEmpty }) else { return false }
        if map.headerRows > 1 { recent.removeLast() }
        return true
    }

    /// - Returns: whether the row was read so; else the careful way is to read it.
    private func takePlain(_ row: RowBuffer) -> Bool {
        guard plain != nil, !isAfterTotal, result.all.rows < Limits.importedRows else { return false }
        if let beside, let first = row.cells.first?.column, let last = row.cells.last?.column,
            !beside.isWithin(first, last)
        {
            return false
        }
        if let watch = commas, watch.isOpen, let cell = row.cells.cell(inColumn: watch.column),
            row.withSpan(cell, { !$0.isEmpty && ($0[0] &- 48 < 10 || $0[0] == 0x2D || $0[0] == 0x28) })
        {
            return false
        }
        switch plain!.take(row, &result.postings) {
        case .unusual: return false
        case .excluded(let reason, let amount):
            commas?.pass()
            count(amount)
            exclude(reason, amount)
        case .posted(let posting, let amount):
            // The careful way looks at its words.
            if rowsAdding(upTo: amount) > 0 { return false }
            commas?.pass()
            if amount.isNegative, posting.column == header?.columns[.credit] { hasPositiveCredits = true }
            count(amount)
            noteAmount(row: row.number, column: posting.column)
            result.postings.append(posting)
            result.posted.add(amount)
        }
        return true
    }

    /// How many of the rows above an amount is the sum of, back to a total or the sheet's beginning; 0 for none.
    func rowsAdding(upTo amount: Money) -> Int {
        guard ofSheet.rows > 1, !amount.isZero else { return 0 }
        let mark = totalMarks.last { ofSheet.net - $0.sum == amount }
        return mark.map { ofSheet.rows - $0.rows } ?? 0
    }

    /// Remembers where the rows of the next total begin.
    func markTotal() {
        totalMarks.append((ofSheet.net, ofSheet.rows))
        // Of a long list the last ones; the sheet's beginning stays.
        if totalMarks.count > 20 { totalMarks.remove(at: 1) }
    }

    func count(_ amount: Money) {
        result.all.add(amount)
        running.add(amount)
        ofSheet.add(amount)
    }

    /// Of a row that was counted.
    func exclude(_ reason: String, _ amount: Money) {
        result.exclude(reason, amount)
        running.excluded += amount
        ofSheet.excluded += amount
    }

    /// A number, or a text that spells one with its pence: a title's year doesn't.
    private static func looksLikeAmount(_ cell: (cell: RowBuffer.Cell, text: String)) -> Bool {
        if cell.cell.kind == .number { return true }
        guard cell.cell.kind == .text, cell.text.utf8.count < 32, cell.text.contains(".") || cell.text.contains("£"),
            case .amount = AmountReader.read(cell.text)
        else { return false }
        return true
    }

    /// A file wrong in every row says so ten thousand times and then counts; what comes late and is of another kind is
    /// listed all the same.
    static let mostFindings = 10_000
    private static let mostOfLate = 100

    func trimFindings() {
        for finding in result.findings[Self.mostFindings...] {
            if late[finding.code, default: []].count < Self.mostOfLate {
                late[finding.code, default: []].append(finding)
            } else {
                result.further[finding.code, default: 0] += 1
            }
        }
        result.findings.removeLast(result.findings.count - Self.mostFindings)
    }

    private func tellFurther() {
        let listed = Set(result.findings.map(\.code))
        for (code, findings) in late.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            // What the first ten thousand show needs no more examples.
            if listed.contains(code) {
                result.further[code, default: 0] += findings.count
            } else {
                result.findings += findings
            }
            guard let count = result.further[code] else { continue }
            result.findings.append(
                ImportFault.further(code, count).finding(at: Place(file: result.file)))
        }
    }

    /// A sheet without a header may be a cover; with numbers in it, it may be half the ledger.
    func endSheet() {
        guard let sheet, header == nil, !hasFailed, above.contains(where: { !$0.numbers.isEmpty }) else { return }
        headless.append(sheet)
    }

    /// The map that the file is read by.
    private var chosen: ImportMap? { maps.first { $0.name == result.map } }

    func finish(_ report: SheetReader.Report) -> FileImport {
        endSheet()
        let whole = Place(file: result.file)
        if hasChosen, !hasFailed {
            for sheet in headless where chosen?.sheets.read == nil {
                if chosen?.sheets.isPassedOver(sheet.name) ?? false { continue }
                result.findings.append(
                    ImportFault.sheetOutsideTable(sheet.name).finding(at: Place(sheet.source)))
            }
        }
        if hasChosen, !hasFailed, let sheets = chosen?.sheets.read {
            for name in sheets where !sheetsMet.contains(where: { ImportMap.SheetNames.matches($0, name) }) {
                result.findings.append(
                    ImportFault.sheetMissing(map: result.map ?? "", has: sheetsMet.sorted()).finding(
                        at: whole, found: name))
            }
        }
        if let negativeCredits, !hasPositiveCredits {
            result.findings.append(ImportFault.creditsNegative.finding(at: negativeCredits))
        }
        if let firstCredit, !hasNegatives, MarkColumn.known(marks) != nil {
            result.findings.append(ImportFault.marksUnused.finding(at: firstCredit))
        }
        tellFurther()
        result.findings += report.findings
        let isRead = report.isWhole && !hasFailed
        if isRead, !hasChosen {
            let near = nearest.map { (map: $0.map, header: $0.place.cell ?? "", missing: $0.missing) }
            result.findings.append(ImportFault.noMapFits(nearest: near, maps: maps.map(\.name)).finding(at: whole))
        } else if isRead, result.postings.isEmpty, result.refused == 0 {
            result.findings.append(ImportFault.nothingRead.finding(at: whole))
        }
        if isRead, hasChosen, result.controlTotal == nil,
            chosen?.controlTotal != nil
        {
            result.findings.append(ImportFault.controlTotalMissing.finding(at: whole))
        }
        // A file that was not read whole must not stand in any total.
        if !report.isWhole || hasFailed { result.withdraw() }
        result.isReadWhole = isRead && hasChosen
        return result
    }

    func findHeader(_ last: RowTexts) {
        recent.append(last)
        if recent.count > 3 { recent.removeFirst() }
        // A map whose header has more rows sees them as one.
        let rows = (1...3).map { count in
            count == 1 || recent.count < count ? last : RowTexts(joining: recent.suffix(count))
        }
        for map in maps {
            let row = rows[map.headerRows - 1]
            let missing = map.recognise.filter { row.column(titled: $0) == nil }
            if missing.count < map.recognise.count, nearest.map({ missing.count < $0.missing.count }) ?? true {
                nearest = (map.name, missing, row.place(1))
            }
        }
        let alike = maps.filter { Self.fits($0, rows[$0.headerRows - 1]) }
        var fitting = alike.filter { $0.sheets.reads(last.sheet.name) }
        // What the list of imports says decides.
        if let listed = fitting.first(where: { $0.name == preferred }) { fitting = [listed] }
        guard let map = fitting.first else {
            if let map = alike.first, !isSheetTold {
                isSheetTold = true
                if map.sheets.isPassedOver(last.sheet.name) {
                    passedOver.insert(last.sheet.name)
                } else {
                    result.findings.append(
                        ImportFault.sheetNotNamed(map: map.name).finding(
                            at: Place(last.sheet.source), found: last.sheet.name))
                }
            }
            return
        }
        let row = rows[map.headerRows - 1]
        if fitting.count > 1 || (hasChosen && map.name != result.map) {
            hasFailed = true
            let names = Set(fitting.map(\.name) + [result.map].compactMap { $0 }).sorted()
            result.findings.append(ImportFault.severalMapsFit(names).finding(at: row.place(1)))
            return
        }
        hasChosen = true
        result.map = map.name
        if let owner = map.ledgerOf, owner != result.ledgerOf {
            hasFailed = true
            result.findings.append(
                ImportFault.ledgerOfOther(map: map.name, owner: owner.text).finding(
                    at: row.place(1), found: result.ledgerOf.text))
            return
        }
        var columns: [ImportMap.Role: Int] = [:]
        for (role, title) in map.columns.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            columns[role] = column(titled: title, row)
        }
        var periodColumns: [(period: Period, column: Int)] = []
        for (period, title) in map.periodColumns {
            if let column = column(titled: title, row) { periodColumns.append((period, column)) }
        }
        let amountColumns =
            periodColumns.map(\.column)
            + [ImportMap.Role.amount, .debit, .credit, .net, .gross].compactMap { columns[$0] }
        if let stray = above.first(where: { $0.numbers.contains(where: amountColumns.contains) }) {
            result.findings.append(
                ImportFault.rowAboveHeader.finding(
                    at: Place(row.sheet.source, row: stray.row, column: amountColumns.first ?? 1)))
        }
        above = []
        lastColumn = row.cells.last?.cell.column ?? 0
        headerNumber = row.number
        var tests: [String: Int] = [:]
        let tested =
            [map.subtotals, map.controlTotal, map.accruals].compactMap { $0?.column }
            + map.exclusions.map(\.test.column) + [map.sign?.column].compactMap { $0 }
        for title in Set(tested).subtracting(map.columns.values).sorted() { tests[title] = column(titled: title, row) }
        for (role, title) in map.columns where tested.contains(title) { tests[title] = columns[role] }
        if !periodColumns.isEmpty { unnamedPeriods = Self.unnamedPeriods(map, row, Array(tests.values)) }
        let amountTitles =
            [ImportMap.Role.amount, .debit, .credit, .net, .gross].compactMap { map.columns[$0] }
            + map.periodColumns.map(\.title)
        currencyColumns =
            amountTitles.contains(where: CurrencyColumn.isOwn(amount:))
            ? [] : row.cells.filter { CurrencyColumn.reads($0.text) }.map(\.cell.column)
        func place(of title: String) -> Int { row.columns(named: title).first ?? 1 }
        if let title = amountTitles.first(where: CurrencyColumn.isOther(amount:)) {
            hasFailed = true
            report(.otherCurrency, row, place(of: title))
        }
        if map.unit == nil, let title = amountTitles.first(where: { ImportMap.Unit(header: $0) != nil }) {
            report(.unitOfHeader(ImportMap.Unit(header: title)!), row, place(of: title))
        }
        for (_, title) in map.periodColumns {
            guard let of = PeriodTitle(title)?.year, of != year.startYear else { continue }
            report(.periodColumnOfYear(FinancialYear(startYear: of), not: year), row, place(of: title))
            hasFailed = true
            break
        }
        marksColumn =
            map.sign == nil && columns[.debit] == nil && periodColumns.isEmpty
            ? row.cells.first { cell, text in
                MarkColumn.reads(text) && !columns.values.contains(cell.column) && !tests.values.contains(cell.column)
            }?.cell.column : nil
        if !amountColumns.isEmpty {
            let mapped = Array(columns.values) + periodColumns.map(\.column) + tests.values
            beside = BesideTable(row, mapped: mapped)
            let behind = amountColumns.max()! + 1
            if !row.sheet.isTyped, commas == nil { commas = CommaWatch(column: behind) }
        }
        if columns[.balance] != nil, balance == nil { balance = RunningBalance() }
        let found = Header(map: map, columns: columns, periodColumns: periodColumns, tests: tests)
        header = found
        if readsPlain, !hasFailed, currencyColumns.isEmpty, marksColumn == nil, let sheet {
            let ledgerOf = result.ledgerOf
            plain = PlainRows(found, sheet, lastColumn: lastColumn, of: ledgerOf, chart, year, &result.postings)
        }
    }

    /// Where a header stands that the map names; it has to be there, and once.
    private func column(titled title: String, _ row: RowTexts) -> Int? {
        let columns = row.columns(named: title)
        guard let column = columns.first else {
            missing(title, row)
            return nil
        }
        if columns.count > 1 {
            hasFailed = true
            report(.columnTwice(title), row, column, found: title)
        }
        return column
    }

    /// Columns headed by a month or a period that is none of the map's.
    private static func unnamedPeriods(_ map: ImportMap, _ row: RowTexts, _ tested: [Int]) -> [(
        column: Int, title: String
    )] {
        let named = map.periodColumns.compactMap { PeriodTitle($0.title) }
        let periods = Set(named.map(\.period)), kinds = Set(named.map(\.rest))
        let columns = tested + map.columns.values.flatMap { row.columns(named: $0) }
        return row.cells.filter { cell, text in
            // A budget of May is no May of actuals, and another year's is that year's.
            guard let title = PeriodTitle(text), kinds.contains(title.rest) else { return false }
            return !periods.contains(title.period) && !columns.contains(cell.column)
        }.map { ($0.cell.column, $0.text) }
    }

    private func missing(_ title: String, _ row: RowTexts) {
        hasFailed = true
        result.findings.append(
            ImportFault.columnMissing(title, titles: row.cells.map(\.text)).finding(
                at: row.place(1), excerpt: row.excerpt(nil)))
    }

    static func fits(_ map: ImportMap, _ row: RowTexts) -> Bool {
        map.recognise.allSatisfy { row.column(titled: $0) != nil }
    }
}
