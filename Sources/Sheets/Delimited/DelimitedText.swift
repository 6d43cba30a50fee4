/// CSV and TSV: RFC 4180, with the separator recognised and quotes that hold line ends.
///
/// A row's number is the record's place among the records, blank lines counted, as a spreadsheet
/// program shows it. A field that spells a plain number (`-1234.50`, not `007`, not `1,234.50`) is a
/// number; every other one is text, and an import's map says what it means.
struct DelimitedText {
    let separator: UInt8
    private let receiver: any SheetReceiver
    private let row = RowBuffer()
    private var cells: [RowBuffer.Cell] = []
    private var bytes: [UInt8] = []
    private var state = State.fieldStart
    private var column = 1
    private var fieldStart = 0
    private var lastWasReturn = false
    private(set) var quoteOpenedAtRow = 0
    /// The first row with a quoted text that holds what looks like rows, and how many such texts there are.
    private(set) var swallowing: (row: Int, count: Int) = (0, 0)
    /// Separators of the first row; -1 before it.
    private var headerSeparators = -1
    /// Of the quoted text being read: whether a line ended in it, and the separators of its line.
    private var hasLineEnd = false
    private var separatorsOfLine = 0
    /// Whether it is known to hold rows.
    private var holdsRows = false
    /// Separators of the widest row so far, of the narrowest since then, and whether all rows since end in pence.
    private var widest = -1
    private var narrowest = 0
    private var endInPence = (rows: 0, all: true)
    /// Whether the last row looks as though the file broke off in it.
    private(set) var isCut = false

    private enum State { case fieldStart, plain, quoted, quoteInQuoted }

    enum Failure: Error { case fieldTooLong(row: Int), tooManyColumns(row: Int), tooManyRows }

    init(separator: UInt8, receiver: any SheetReceiver) {
        self.separator = separator
        self.receiver = receiver
        row.number = 1
    }

    var isInsideQuotes: Bool { state == .quoted }

    var rowNumber: Int { row.number }

    mutating func push(_ piece: UnsafeBufferPointer<UInt8>) throws(Failure) {
        for byte in piece {
            let isLineEnd = byte == 0x0A || byte == 0x0D
            if byte == 0x0A, lastWasReturn, state == .fieldStart, column == 1 {
                lastWasReturn = false
                continue
            }
            lastWasReturn = false
            switch state {
            case .quoted:
                if byte == UInt8(ascii: "\"") {
                    state = .quoteInQuoted
                } else {
                    bytes.append(byte)
                    if isLineEnd || byte == separator { lookInside(byte, isLineEnd: isLineEnd) }
                }
            case .quoteInQuoted where byte == UInt8(ascii: "\""):
                bytes.append(byte)
                state = .quoted
            case .fieldStart where byte == UInt8(ascii: "\""):
                state = .quoted
                quoteOpenedAtRow = row.number
                (hasLineEnd, separatorsOfLine, holdsRows) = (false, 0, false)
            case .fieldStart, .plain, .quoteInQuoted:
                // Text after the closing mark, of a text over several lines: the mark was another text's.
                if state == .quoteInQuoted, hasLineEnd {
                    holdsRows = holdsRows || byte != separator && !isLineEnd
                    lookInside(separator, isLineEnd: true)
                    if holdsRows {
                        swallowing = (swallowing.count == 0 ? quoteOpenedAtRow : swallowing.row, swallowing.count + 1)
                    }
                    hasLineEnd = false
                }
                if byte == separator {
                    try endField()
                } else if isLineEnd {
                    try endField()
                    try endRow()
                    lastWasReturn = byte == 0x0D
                } else {
                    bytes.append(byte)
                    state = .plain
                }
            }
            if bytes.count - fieldStart > Limits.fieldBytes { throw .fieldTooLong(row: row.number) }
            if bytes.count > Limits.rowBytes { throw .fieldTooLong(row: row.number) }
        }
    }

    /// A line of a quoted text with as many separators as the header is a row that an unclosed mark swallowed.
    private mutating func lookInside(_ byte: UInt8, isLineEnd: Bool) {
        guard isLineEnd else { return separatorsOfLine += 1 }
        if hasLineEnd, headerSeparators > 0, separatorsOfLine >= headerSeparators { holdsRows = true }
        (hasLineEnd, separatorsOfLine) = (true, 0)
    }

    mutating func finish() throws(Failure) {
        guard state != .fieldStart || column > 1 else { return }
        // A file that is whole may lack its last line end, but not its last fields as well.
        try endField()
        isCut =
            widest > 0 && column - 2 < narrowest
            || endInPence.rows > 1 && endInPence.all && column - 2 == widest && !lastFieldEndsInPence
        try endRow()
    }

    private mutating func endField() throws(Failure) {
        guard column <= Limits.columns else { throw .tooManyColumns(row: row.number) }
        let end = bytes.count
        if end > fieldStart {
            let kind = bytes[fieldStart..<end].withUnsafeBufferPointer {
                Self.isPlainNumber($0) ? RowBuffer.Kind.number : .text
            }
            cells.append(
                RowBuffer.Cell(
                    column: column, kind: kind, offset: fieldStart, length: end - fieldStart))
        }
        column += 1
        fieldStart = end
        state = .fieldStart
    }

    private var lastFieldEndsInPence: Bool {
        guard let last = cells.last, last.column == column - 1, bytes.count > 3 else { return false }
        let end = bytes.suffix(3)
        return end.first == UInt8(ascii: ".") && end.dropFirst().allSatisfy { $0 &- 48 < 10 }
    }

    private mutating func endRow() throws(Failure) {
        if !cells.isEmpty {
            let separators = column - 2
            if separators > widest {
                (widest, narrowest, endInPence) = (separators, separators, (0, true))
            } else {
                narrowest = min(narrowest, separators)
                if endInPence.all { endInPence = (endInPence.rows + 1, lastFieldEndsInPence) }
            }
        }
        if headerSeparators < 0, !cells.isEmpty { headerSeparators = column - 2 }
        if !cells.isEmpty {
            cells.withUnsafeBufferPointer { cells in
                bytes.withUnsafeBufferPointer { bytes in
                    row.cells = RowBuffer.Cells(start: cells.baseAddress, count: cells.count)
                    row.bytes = bytes.baseAddress
                    receiver.receive(row)
                }
            }
        }
        guard row.number < Limits.rows * 16 else { throw .tooManyRows }
        row.number += 1
        cells.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        column = 1
        fieldStart = 0
    }

    /// Sign, digits without a leading zero of a longer number, point, digits.
    static func isPlainNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { index = 1 }
        let whole = index
        while index < bytes.count, bytes[index] &- 48 < 10 { index += 1 }
        guard index > whole, index - whole < 16 else { return false }
        if bytes[whole] == UInt8(ascii: "0"), index - whole > 1 { return false }
        if index == bytes.count { return true }
        guard bytes[index] == UInt8(ascii: ".") else { return false }
        let point = index
        index += 1
        while index < bytes.count, bytes[index] &- 48 < 10 { index += 1 }
        return index == bytes.count && index > point + 1
    }

    /// The separator that most of the first lines agree on: of comma, semicolon, tab and bar, the one
    /// found equally often in the most lines, outside quotation marks.
    static func separator(of sample: UnsafeBufferPointer<UInt8>) -> UInt8 {
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")]
        var counts: [[Int]] = Array(repeating: [0], count: candidates.count)
        var isQuoted = false
        for byte in sample.prefix(64 << 10) {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard !isQuoted else { continue }
            if byte == 0x0A { for index in counts.indices { counts[index].append(0) } }
            if let index = candidates.firstIndex(of: byte) { counts[index][counts[index].count - 1] += 1 }
        }
        let scores = counts.map { perLine -> Int in
            let filled = perLine.filter { $0 > 0 }
            guard
                let commonest = Dictionary(grouping: filled, by: { $0 }).max(by: {
                    ($0.value.count, $0.key) < ($1.value.count, $1.key)
                })
            else { return 0 }
            return commonest.value.count * (commonest.key + 1)
        }
        let best = scores.max() ?? 0
        return best == 0 ? candidates[0] : candidates[scores.firstIndex(of: best)!]
    }
}
