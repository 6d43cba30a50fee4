internal import Findings
internal import Ledger
internal import Sheets
internal import Sterling

/// The rows of an export that say nothing unusual, which are nearly all of them: read from their bytes, without a text
/// made of any cell.
///
/// Whatever a map can ask of a row is known here by its bytes once it was worked out: what a code means, a period, a
/// date, a member concerned. A row that holds anything else (an amount in words, a code that the map doesn't know, a
/// total, a header that comes again) is left to the careful way, which is also what words every finding. The two ways
/// are held against each other row by row in `PlainRowsTests`.
struct PlainRows {
    /// What becomes of a plain row.
    enum Outcome {
        case posted(Postings.Row, Money)
        case excluded(reason: String, Money)
        /// The careful way is to read it.
        case unusual
    }

    private enum Meaning {
        /// For a debit; a credit goes the other way.
        case posting(from: UInt16, to: UInt16, code: UInt32)
        case excluded(String)
        case unusual
    }

    /// A test that a map makes of a row's text, in ASCII.
    private struct Test {
        let column: Int
        let kind: ImportMap.RowTest.Kind
        let text: [UInt8]

        /// - Returns: `nil` for a text that only the careful way reads.
        func matches(_ cell: Span<UInt8>) -> Bool? {
            var start = 0, end = cell.count
            while start < end, cell[start] <= 0x20 { start += 1 }
            while end > start, cell[end - 1] <= 0x20 { end -= 1 }
            for index in start..<end where cell[index] >= 0x80 { return nil }
            func isAt(_ offset: Int) -> Bool {
                for (index, byte) in text.enumerated() where PlainRows.lowered(cell[offset + index]) != byte {
                    return false
                }
                return true
            }
            guard end - start >= text.count else { return false }
            switch kind {
            case .begins: return isAt(start)
            case .ends: return isAt(end - text.count)
            case .equals: return end - start == text.count && isAt(start)
            case .contains: return (start...(end - text.count)).contains(where: isAt)
            }
        }
    }

    /// The map's columns, looked up once: a million rows ask for each.
    private struct Columns {
        let code: Int
        let period: Int
        let date, costCentre, memberConcerned, document, description: Int?
        let amount, debit, credit, net, vat, gross: Int?

        init?(_ header: Importer.Header) {
            let columns = header.columns
            guard let code = columns[.code],
                let period = columns[header.map.periodFormat == .fromDate ? .date : .period]
            else { return nil }
            (self.code, self.period) = (code, period)
            (date, costCentre, memberConcerned) = (columns[.date], columns[.costCentre], columns[.memberConcerned])
            (document, description) = (columns[.document], columns[.description])
            (amount, debit, credit) = (columns[.amount], columns[.debit], columns[.credit])
            (net, vat, gross) = (columns[.net], columns[.vat], columns[.gross])
        }
    }

    private let header: Importer.Header
    private let chart: Chart
    private let year: FinancialYear
    /// Whose books they are.
    private let member: Name<Member>
    private let sheet: Sheet
    private let lastColumn: Int
    private let ledgerOf: UInt16
    private let source: UInt16
    /// The first of the header's names, whose coming again makes a row unusual.
    private let title: [UInt8]
    private let totals: [Test]
    private let accruals: Test?
    private let columns: Columns
    private var meanings = ByteTable<Meaning>()
    private var periods = ByteTable<Period>()
    private var dates = ByteTable<CalendarDate>()
    private var members = ByteTable<UInt16>()
    private var key: [UInt8] = []

    /// - Returns: `nil` for a layout all of whose rows need the careful way.
    init?(
        _ header: Importer.Header, _ sheet: Sheet, lastColumn: Int, of ledgerOf: Name<Member>, _ chart: Chart,
        _ year: FinancialYear, _ postings: inout Postings
    ) {
        let map = header.map
        guard header.periodColumns.isEmpty, map.exclusions.isEmpty, map.sign == nil, map.unit == nil,
            map.areCreditsNegative != true, map.wholePeriod == nil,
            header.columns[.year] == nil, header.columns[.balance] == nil,
            let columns = Columns(header),
            let title = map.recognise.first.map({ Array($0.utf8) }), title.allSatisfy({ $0 < 0x80 })
        else { return nil }
        func test(_ test: ImportMap.RowTest) -> Test? {
            guard let column = header.tests[test.column], test.text.utf8.allSatisfy({ $0 < 0x80 }), !test.text.isEmpty
            else { return nil }
            return Test(column: column, kind: test.kind, text: Array(test.text.utf8))
        }
        let asked = [map.controlTotal, map.subtotals].compactMap { $0 }
        totals = asked.compactMap(test)
        accruals = map.accruals.flatMap(test)
        guard totals.count == asked.count, (accruals == nil) == (map.accruals == nil) else { return nil }
        self.header = header
        (self.chart, self.year, member) = (chart, year, ledgerOf)
        self.sheet = sheet
        self.lastColumn = lastColumn
        self.title = title.map(Self.lowered).filter { $0 > 0x20 }
        self.ledgerOf = postings.member(ledgerOf)
        source = postings.source(sheet.source)
        self.columns = columns
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }

    // MARK: A row

    mutating func take(_ buffer: RowBuffer, _ postings: inout Postings) -> Outcome {
        let row = PlainRow(buffer)
        guard let last = row.cells.last, sheet.isTyped || last.column <= lastColumn, !isHeaderAgain(row) else {
            return .unusual
        }
        for test in totals {
            guard let cell = row.cell(test.column) else { continue }
            guard row.withSpan(cell, { test.matches($0) }) == false else { return .unusual }
        }
        guard let codeCell = row.cell(columns.code), codeCell.isPlain, let (amount, column) = amount(row) else {
            return .unusual
        }
        let meaning = meaning(row, codeCell, &postings)
        if case .excluded(let reason) = meaning { return .excluded(reason: reason, amount) }
        guard case .posting(let from, let to, let code) = meaning, let period = period(row) else {
            return .unusual
        }
        var date: CalendarDate?
        if let column = columns.date, let cell = row.cell(column) {
            guard let known = self.date(row, cell) else { return .unusual }
            date = known
        }
        var concerning: UInt16?
        if let column = columns.memberConcerned, let cell = row.cell(column) {
            guard let known = memberConcerned(row, cell, &postings) else { return .unusual }
            concerning = known
        }
        var isAccrual = false
        if let accruals, let cell = row.cell(accruals.column) {
            guard let matches = row.withSpan(cell, { accruals.matches($0) }) else { return .unusual }
            isAccrual = matches
        }
        let document = columns.document.flatMap { row.cell($0) }
        let description = columns.description.flatMap { row.cell($0) }
        for cell in [document, description].compactMap({ $0 }) {
            guard row.withSpan(cell, { $0.isTrimmedText }) else { return .unusual }
        }
        for cell in [codeCell, columns.costCentre.flatMap { row.cell($0) }, document].compactMap({ $0 }) {
            guard row.withSpan(cell, { !$0.isNumberInAnotherForm }) else { return .unusual }
        }
        if let description, row.withSpan(description, { $0.mayBeTotal }) { return .unusual }
        if let description, description.kind == .number, row.withSpan(description, { $0.isNumberInAnotherForm }) {
            return .unusual
        }
        let posting = Postings.Row(
            pence: amount.magnitude.pence, from: amount.isNegative ? to : from, to: amount.isNegative ? from : to,
            ledgerOf: ledgerOf, concerning: concerning, period: period, date: date,
            document: document.map { row.withSpan($0) { postings.document($0) } } ?? 0, code: code,
            description: description.map { row.withSpan($0) { postings.description($0) } } ?? 0,
            isAccrual: isAccrual, isJournal: false, source: source, row: row.number, column: column)
        return .posted(posting, amount)
    }

    private func isHeaderAgain(_ row: PlainRow) -> Bool {
        row.cells.contains { cell in
            guard cell.kind == .text else { return false }
            return row.withSpan(cell) { text in
                var next = 0
                for index in text.indices where text[index] > 0x20 {
                    guard next < title.count, Self.lowered(text[index]) == title[next] else { return false }
                    next += 1
                }
                return next == title.count
            }
        }
    }

    // MARK: Its fields

    /// A cell's amount; an inner `nil` for an empty one.
    private func figure(_ row: PlainRow, _ column: Int?) -> (isPlain: Bool, amount: Money?, column: Int) {
        guard let column, let cell = row.cell(column) else { return (true, nil, 0) }
        // A text that spells a number in a workbook is read, and reported, by the careful way.
        guard !cell.isMerged, !cell.isOtherCurrency, cell.kind == .number || cell.kind == .text && !sheet.isTyped else {
            return (false, nil, 0)
        }
        let amount = row.withSpan(cell) { sheet.isTyped ? AmountReader.plainNumber($0) : AmountReader.plain($0) }
        return (amount != nil, amount, column)
    }

    /// Debits above zero, and the column that it came from.
    private func amount(_ row: PlainRow) -> (Money, Int)? {
        func signed(_ amount: Money) -> Money { header.map.isCreditPositive ? -amount : amount }
        if columns.debit != nil {
            let debit = figure(row, columns.debit), credit = figure(row, columns.credit)
            guard debit.isPlain, credit.isPlain, !(credit.amount?.isNegative ?? false) else { return nil }
            switch (debit.amount, credit.amount) {
            case (let debit?, let credit?) where debit.isZero: return (-credit, columns.credit!)
            case (let debit?, let credit?) where credit.isZero: return (debit, columns.debit!)
            case (let amount?, nil): return (amount, debit.column)
            case (nil, let amount?): return (-amount, credit.column)
            case (_?, _?), (nil, nil): return nil
            }
        }
        if columns.amount != nil {
            let read = figure(row, columns.amount)
            return read.amount.map { (signed($0), read.column) }
        }
        let net = figure(row, columns.net), vat = figure(row, columns.vat), gross = figure(row, columns.gross)
        guard net.isPlain, vat.isPlain, gross.isPlain, let amount = net.amount else { return nil }
        if let gross = gross.amount, amount + (vat.amount ?? .zero) != gross { return nil }
        return (signed(amount), net.column)
    }

    private mutating func meaning(
        _ row: PlainRow, _ codeCell: RowBuffer.Cell, _ postings: inout Postings
    ) -> Meaning {
        key.removeAll(keepingCapacity: true)
        let centreCell = columns.costCentre.flatMap { row.cell($0) }
        if let centreCell {
            guard centreCell.isPlain else { return .unusual }
            row.withSpan(centreCell) { key.append(of: $0) }
        }
        key.append(0x1F)
        row.withSpan(codeCell) { key.append(of: $0) }
        if let known = meanings[key.span] { return known }
        let code = row.text(codeCell), centre = centreCell.map { row.text($0) } ?? ""
        let found = known(header.map.meaning(costCentre: centre, code: code), code, &postings)
        let held = key
        meanings.set(held.span, found)
        return found
    }

    private func known(_ meaning: CodeClass?, _ code: String, _ postings: inout Postings) -> Meaning {
        switch meaning {
        case nil, .reserveBalance: return .unusual
        case .excluded(let reason): return .excluded(reason)
        case let meaning? where meaning.isRecharge(with: member): return .unusual
        case let meaning?:
            let (from, to) = meaning.accounts(in: member)
            return .posting(from: postings.account(from), to: postings.account(to), code: postings.code(code))
        }
    }

    private mutating func period(_ row: PlainRow) -> Period? {
        guard let cell = row.cell(columns.period) else { return nil }
        if let known = row.withSpan(cell, { periods[$0] }) { return known }
        guard let (year, period) = header.map.period(written: row.text(cell), in: self.year),
            year == self.year, period.number > 0, !isNearMidnight(row.text(cell))
        else { return nil }
        row.withSpan(cell) { periods.set($0, period) }
        return period
    }

    private mutating func date(_ row: PlainRow, _ cell: RowBuffer.Cell) -> CalendarDate? {
        if let known = row.withSpan(cell, { dates[$0] }) { return known }
        let text = row.text(cell)
        guard let date = CalendarDate(exported: text, isMonthFirst: header.map.isMonthFirst), !isNearMidnight(text)
        else { return nil }
        row.withSpan(cell) { dates.set($0, date) }
        return date
    }

    private mutating func memberConcerned(
        _ row: PlainRow, _ cell: RowBuffer.Cell, _ postings: inout Postings
    ) -> UInt16? {
        if let known = row.withSpan(cell, { members[$0] }) { return known }
        let text = row.text(cell)
        guard !text.isEmpty,
            let name = header.map.membersConcerned[text.lowercased()] ?? chart.member(written: text)
        else { return nil }
        let number = postings.member(name)
        row.withSpan(cell) { members.set($0, number) }
        return number
    }
}
