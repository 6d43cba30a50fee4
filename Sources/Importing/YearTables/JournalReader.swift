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
    public mutating func readJournals(_ content: FileContent, file: String) throws {
        let before = self
        let reader = JournalReader(self)
        let report = try SheetReader.read(content, name: file, into: reader)
        self = reader.finish()
        if report.isWhole, !reader.hasHeader {
            findings.append(
                Finding(
                    .tableBroken, at: Place(file: file), "the table is empty", hint: "its first row names the columns"))
        }
        // Half a table must not stand in any total.
        if !report.isWhole { self = before }
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
    private var told: [Finding] = []
    /// Sheets with none of the table's columns, with their headers.
    private var strangers: [Table] = []
    private var isAnyKnown = false

    /// What a ledger's name with two accounts' names stands for, once the careful way has read it.
    private struct Accounts {
        let ledgerOf: UInt16
        let from: UInt16
        let to: UInt16
    }
    private var accounts = ByteTable<Accounts>()
    private var periods = ByteTable<Period>()
    private var dates = ByteTable<CalendarDate>()
    private var members = ByteTable<UInt16>()
    private var key: [UInt8] = []

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
            told += strangers.map(\.notRead)
        }
        tables.ledger.postings = postings
        tables.findings += told
        return tables
    }

    func beginSheet(_ sheet: Sheet) {
        (pending, source, columns, isTyped) = (sheet.source, nil, nil, sheet.isTyped)
    }

    func receive(_ row: RowBuffer) {
        if let pending { return takeHeader(row, pending) }
        guard let source, let columns, !takePlain(row, columns) else { return }
        var fields = Table.fields(row, source, &told)
        guard fields.contains(where: { !$0.isEmpty }) else { return }
        if fields.count > width, !isTyped {
            told.append(Table.tooLong(source, row.number, width, fields[width]))
        }
        fields = Array(fields.prefix(width)) + Array(repeating: "", count: max(0, width - fields.count))
        swap(&tables.ledger.postings, &postings)
        let read = tables.readJournal(Table.Row(number: row.number, fields: fields, source: source), columns)
        swap(&tables.ledger.postings, &postings)
        if let read { remember(row, columns, read) }
    }

    /// A sheet's first row that holds anything; what stands below a stranger's is not read.
    private func takeHeader(_ row: RowBuffer, _ begun: Place.Source) {
        let headers = Table.fields(row, begun, &told)
        guard headers.contains(where: { !$0.isEmpty }) else { return }
        (pending, hasHeader) = (nil, true)
        let table = Table(file: begun.file, headers: headers, rows: [], source: begun)
        guard table.isAny(of: .journals) else { return strangers.append(table) }
        isAnyKnown = true
        source = begun
        sourceNumber = postings.source(begun)
        width = headers.count
        told += Table.titledTwice(headers, begun, row.number)
        columns = tables.journalColumns(table)
    }

    /// The bytes of a column's cell; `nil` where it holds neither a text nor a number.
    private func bytes(_ row: RowBuffer, _ column: Int) -> UnsafeBufferPointer<UInt8>? {
        // Nearly always no cell before it is empty.
        let cells = row.cells
        var found: RowBuffer.Cell?
        if column < cells.count, cells[column].column == column + 1 {
            found = cells[column]
        } else {
            found = cells.first { $0.column == column + 1 }
        }
        guard let found else { return UnsafeBufferPointer(start: nil, count: 0) }
        guard found.kind == .text || found.kind == .number else { return nil }
        return row.withBytes(found) { $0 }
    }

    private func accountKey(_ row: RowBuffer, _ columns: YearTables.JournalColumns) -> Bool {
        key.removeAll(keepingCapacity: true)
        for column in [columns.ledgerOf, columns.from, columns.to] {
            guard let bytes = bytes(row, column) else { return false }
            key.append(contentsOf: bytes)
            key.append(0)
        }
        return true
    }

    private func takePlain(_ row: RowBuffer, _ columns: YearTables.JournalColumns) -> Bool {
        guard let last = row.cells.last, last.column <= width, accountKey(row, columns),
            let accounts = key.withUnsafeBufferPointer({ accounts[$0] }),
            let periodBytes = bytes(row, columns.period), let period = periods[periodBytes],
            let written = bytes(row, columns.amount), !written.isEmpty,
            written[0] != UInt8(ascii: "0") || written.count < 3 || written[1] != UInt8(ascii: "0"),
            let amount = AmountReader.plain(written),
            let journal = bytes(row, columns.journal), Self.isTrimmed(journal),
            let reason = bytes(row, columns.reason), Self.isTrimmed(reason)
        else { return false }
        var date: CalendarDate?
        if let column = columns.date {
            guard let bytes = bytes(row, column) else { return false }
            if !bytes.isEmpty {
                guard let known = dates[bytes] else { return false }
                date = known
            }
        }
        var concerning: UInt16?
        if let column = columns.concerning {
            guard let bytes = bytes(row, column) else { return false }
            if !bytes.isEmpty {
                guard let known = members[bytes] else { return false }
                concerning = known
            }
        }
        postings.append(
            pence: amount.magnitude.pence, from: amount.isNegative ? accounts.to : accounts.from,
            to: amount.isNegative ? accounts.from : accounts.to,
            ledgerOf: accounts.ledgerOf, concerning: concerning, period: period, date: date, journal: journal,
            description: reason,
            source: sourceNumber, row: row.number, column: columns.amount + 1)
        return true
    }

    private static func isTrimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        // Blanks beyond ASCII's are cut the careful way.
        guard let first = bytes.first, let last = bytes.last else { return false }
        return first > 0x20 && first < 0x80 && last > 0x20 && last < 0x80
    }

    /// What the careful way read of a row holds for every row with the same bytes.
    private func remember(
        _ row: RowBuffer, _ columns: YearTables.JournalColumns,
        _ read: (member: Name<Member>, from: Account, to: Account)
    ) {
        guard let last = postings.last else { return }
        if accountKey(row, columns) {
            let numbers = Accounts(
                ledgerOf: postings.member(read.member), from: postings.account(read.from), to: postings.account(read.to)
            )
            key.withUnsafeBufferPointer { accounts[$0] = numbers }
        }
        if let bytes = bytes(row, columns.period) { periods[bytes] = last.period }
        if let column = columns.date, let date = last.date, let bytes = bytes(row, column) { dates[bytes] = date }
        if let column = columns.concerning, let name = last.concerning, let bytes = bytes(row, column) {
            members[bytes] = postings.member(name)
        }
    }
}

/// Values by short texts' bytes; small, and never asked to forget.
private struct ByteTable<Value> {
    private var slots: [(bytes: [UInt8], value: Value)?] = Array(repeating: nil, count: 64)
    private var count = 0

    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: hash >> 16)
    }

    private func slot(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var index = Self.hash(bytes) & (slots.count - 1)
        while let entry = slots[index], !entry.bytes.elementsEqual(bytes) { index = (index + 1) & (slots.count - 1) }
        return index
    }

    subscript(bytes: UnsafeBufferPointer<UInt8>) -> Value? {
        get { slots[slot(bytes)]?.value }
        set {
            guard let newValue else { return }
            if count * 2 > slots.count { grow() }
            let index = slot(bytes)
            if slots[index] == nil { count += 1 }
            slots[index] = (Array(bytes), newValue)
        }
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: nil, count: old.count * 2)
        for case let entry? in old { entry.bytes.withUnsafeBufferPointer { slots[slot($0)] = entry } }
    }
}
