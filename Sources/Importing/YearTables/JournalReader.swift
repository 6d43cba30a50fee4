internal import Findings
internal import Ledger
public import Sheets
internal import Sterling

extension YearTables {
    /// Reads the journals of a year as they stream by, a million of them if need be.
    ///
    /// A row whose names were met before, with an amount in plain digits, becomes a posting without
    /// being copied; any other goes the careful way, by `readJournal`, which also words what is wrong.
    ///
    /// - Throws: `FileFailure` where the file can't be opened.
    public mutating func readJournals(_ content: FileContent, file: String) throws(FileFailure) {
        let before = self, first = ledger.postings.endIndex
        let reader = JournalReader(self)
        let report = try SheetReader.read(content, name: file, into: reader)
        self = reader.finish()
        if report.isWhole, !reader.hasHeader {
            findings.append(
                TableFault.empty.finding(at: Place(file: file)))
        }
        // Half a table must not stand in any total.
        if !report.isWhole {
            self = before
        } else {
            if let (place, written) = negativeJournals.first {
                self.report(.journalsTurned(count: negativeJournals.count), at: place, found: written)
                negativeJournals = (0, nil)
            }
            for (row, earlier) in ledger.postings.journalsTwice(from: first).prefix(1_000) {
                self.report(.rowTwice(first: earlier.place), at: row.place, found: row.document)
            }
        }
        findings += report.findings
    }
}

private final class JournalReader: SheetReceiver {
    private var tables: YearTables
    private var postings: Postings
    /// The sheet being read; `nil` until its first row is known to be the table's header.
    private var source: Place.Source?
    private var sourceNumber: UInt16 = 0
    /// The sheet begun, until its first row tells whether it is the table's.
    private var pending: Place.Source?
    /// Whether any sheet had a row at all.
    private(set) var hasHeader = false
    private var width = 0
    /// Whether the sheet's cells stand where they stand, as in a workbook.
    private var isTyped = false
    private var columns: YearTables.JournalColumns?
    private var plain = PlainJournals()
    private var reported: [Finding] = []
    /// Sheets with none of the table's columns, with their headers.
    private var strangers: [Table] = []
    private var isAnyKnown = false

    init(_ tables: YearTables) {
        self.tables = tables
        postings = tables.ledger.postings
        // Held here alone while rows come in, so that appending never copies.
        self.tables.ledger.postings = []
    }

    func finish() -> YearTables {
        // Where no sheet has the table's columns, the first one says what is missing.
        if !isAnyKnown, let first = strangers.first {
            _ = tables.journalColumns(first)
        } else {
            reported += strangers.map(\.notRead)
        }
        tables.ledger.postings = postings
        tables.findings += reported
        return tables
    }

    func beginSheet(_ sheet: Sheet) {
        (pending, source, columns, isTyped) = (sheet.source, nil, nil, sheet.isTyped)
    }

    func receive(_ row: RowBuffer) {
        if let pending { return takeHeader(row, pending) }
        guard let source, let columns else { return }
        if let posting = plain.posting(row, columns, &postings) { return postings.append(posting) }
        var fields = Table.fields(row, source, &reported)
        guard fields.contains(where: { !$0.isEmpty }) else { return }
        if fields.count > width, !isTyped {
            reported.append(Table.tooLong(source, row.number, width, fields[width]))
        }
        fields = Array(fields.prefix(width)) + Array(repeating: "", count: max(0, width - fields.count))
        swap(&tables.ledger.postings, &postings)
        let read = tables.readJournal(Table.Row(number: row.number, fields: fields, source: source), columns)
        swap(&tables.ledger.postings, &postings)
        if let read { plain.remember(row, columns, read, &postings) }
    }

    /// A sheet's first row that holds anything; what stands below a stranger's is not read.
    private func takeHeader(_ row: RowBuffer, _ begun: Place.Source) {
        let headers = Table.fields(row, begun, &reported)
        guard headers.contains(where: { !$0.isEmpty }) else { return }
        (pending, hasHeader) = (nil, true)
        let table = Table(file: begun.file, headers: headers, rows: [], source: begun)
        guard table.isAny(of: .journals) else { return strangers.append(table) }
        isAnyKnown = true
        source = begun
        sourceNumber = postings.source(begun)
        width = headers.count
        plain.begin(source: sourceNumber, width: width)
        reported += Table.titledTwice(headers, begun, row.number)
        columns = tables.journalColumns(table)
    }
}

/// Rows of journals that say nothing new: names met before, an amount in plain digits.
private struct PlainJournals {
    /// What a ledger's name with two accounts' names stands for, once the careful way has read it.
    private struct Accounts {
        let ledgerOf: UInt16
        let from: UInt16
        let to: UInt16
    }

    private var source: UInt16 = 0
    private var width = 0
    private var accounts = ByteTable<Accounts>()
    private var periods = ByteTable<Period>()
    private var dates = ByteTable<CalendarDate>()
    private var members = ByteTable<UInt16>()
    private var key: [UInt8] = []

    /// - Parameters:
    ///   - source: the sheet's number among the postings' sources.
    ///   - width: how many columns its header has.
    mutating func begin(source: UInt16, width: Int) { (self.source, self.width) = (source, width) }

    /// - Parameter column: counted from zero.
    private func cell(_ row: PlainRow, _ column: Int) -> RowBuffer.Cell? { row.cell(column + 1) }

    /// Whether a column holds a text, a number or nothing.
    private func isPlain(_ row: PlainRow, _ column: Int) -> Bool { cell(row, column)?.isPlain ?? true }

    private func look<Value>(_ table: ByteTable<Value>, _ row: PlainRow, _ column: Int) -> Value? {
        guard let cell = cell(row, column) else { return nil }
        return row.withSpan(cell) { table[$0] }
    }

    private mutating func accountKey(_ row: PlainRow, _ columns: YearTables.JournalColumns) -> Bool {
        key.removeAll(keepingCapacity: true)
        for column in [columns.ledgerOf, columns.from, columns.to] {
            guard isPlain(row, column) else { return false }
            if let cell = cell(row, column) { row.withSpan(cell) { key.append(of: $0) } }
            key.append(0)
        }
        return true
    }

    /// What the key stands for, once the careful way has read it.
    private var knownAccounts: Accounts? {
        let held = key
        return accounts[held.span]
    }

    /// - Returns: `nil` for a row that the careful way is to read.
    mutating func posting(
        _ buffer: RowBuffer, _ columns: YearTables.JournalColumns, _ postings: inout Postings
    ) -> Postings.Row? {
        let row = PlainRow(buffer)
        guard let last = row.cells.last, last.column <= width, accountKey(row, columns),
            let accounts = knownAccounts, isPlain(row, columns.period),
            let period = look(periods, row, columns.period),
            let amountCell = cell(row, columns.amount), isPlain(row, columns.amount),
            let amount = row.withSpan(amountCell, { AmountReader.plain($0) }), !amount.isNegative,
            !row.withSpan(amountCell, { $0.count > 2 && $0[0] == UInt8(ascii: "0") && $0[1] == UInt8(ascii: "0") }),
            let journal = cell(row, columns.journal), isPlain(row, columns.journal),
            row.withSpan(journal, { $0.isTrimmedText }),
            let reason = cell(row, columns.reason), isPlain(row, columns.reason),
            row.withSpan(reason, { $0.isTrimmedText })
        else { return nil }
        var date: CalendarDate?
        if let column = columns.date, cell(row, column) != nil {
            guard isPlain(row, column), let known = look(dates, row, column) else { return nil }
            date = known
        }
        var concerning: UInt16?
        if let column = columns.concerning, cell(row, column) != nil {
            guard isPlain(row, column), let known = look(members, row, column) else { return nil }
            concerning = known
        }
        return Postings.Row(
            pence: amount.pence, from: accounts.from, to: accounts.to, ledgerOf: accounts.ledgerOf,
            concerning: concerning, period: period, date: date,
            document: row.withSpan(journal) { postings.document($0) }, code: 0,
            description: row.withSpan(reason) { postings.description($0) }, isAccrual: false, isJournal: true,
            source: source, row: row.number, column: columns.amount + 1)
    }

    /// What the careful way read of a row holds for every row with the same bytes.
    mutating func remember(
        _ buffer: RowBuffer, _ columns: YearTables.JournalColumns,
        _ read: (member: Name<Member>, from: Account, to: Account), _ postings: inout Postings
    ) {
        guard let last = postings.last else { return }
        let row = PlainRow(buffer)
        if accountKey(row, columns) {
            let numbers = Accounts(
                ledgerOf: postings.member(read.member), from: postings.account(read.from), to: postings.account(read.to)
            )
            let held = key
            accounts.set(held.span, numbers)
        }
        if let cell = cell(row, columns.period) { row.withSpan(cell) { periods.set($0, last.period) } }
        if let column = columns.date, let date = last.date, let cell = cell(row, column) {
            row.withSpan(cell) { dates.set($0, date) }
        }
        if let column = columns.concerning, let name = last.concerning, let cell = cell(row, column) {
            let number = postings.member(name)
            row.withSpan(cell) { members.set($0, number) }
        }
    }
}
