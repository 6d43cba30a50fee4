internal import Findings

/// An Excel 97-2003 workbook (.xls, BIFF8) or one of Excel 5 and 95 (BIFF5): the commonest file that a council has.
///
/// The whole stream is in memory, as the format needs: sheets and texts lie anywhere in it. What a cell shows of a
/// formula is the value that the file keeps.
struct BinaryWorkbook {
    private let reading: Reading
    private let name: String
    private let progress: ReadingProgress
    private let consumer: RowConsumer
    private var findings: [Finding] = []

    private var isUnicode = true
    private var is1904 = false
    private var codePage = 1252
    private var hasOtherLetters = false
    private var codes: [Int: NumberFormat] = [:]
    private var formatIDs: [Int] = []
    private var texts = BinaryTexts()
    private var sheets: [(name: String, offset: Int, visibility: UInt8, kind: UInt8)] = []
    /// Letters handed on, each time a cell shows them.
    private var textBytes = 0

    /// The whole of it is held, and its stream beside it. A sheet of 65,536 rows and 30 columns has 30 MB.
    private static let mostBytes = 64 << 20

    init(_ reading: Reading) {
        self.reading = reading
        name = reading.name
        let progress = reading.progress(totalBytes: reading.file.count)
        self.progress = progress
        consumer = RowConsumer(file: reading.name, receiver: reading.receiver, texts: nil) { progress.add(rows: $0) }
    }

    mutating func read() throws -> SheetReader.Report {
        guard reading.file.count <= Self.mostBytes else {
            return report([.limitPassed("\(Self.mostBytes >> 20) MB", at: Place(file: name))])
        }
        let stream: [UInt8], bytes = try allBytes()
        do throws(CompoundFile.Failure) {
            let file = try CompoundFile(bytes)
            if file.streams.contains(where: { $0.name == "EncryptedPackage" }) { return locked }
            var found = try file.stream("Workbook")
            if found == nil { found = try file.stream("Book") }
            guard let found else {
                return refused(
                    "another Office document than a workbook", "ask for the export as a spreadsheet or CSV")
            }
            stream = found
        } catch {
            switch error {
            case .damaged(let what): return report([damaged(what, at: Place(file: name))])
            }
        }
        return readStream(stream)
    }

    private func allBytes() throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(reading.file.count)
        let pieces = PieceReader(FileStream(reading.file))
        while true {
            let piece = try pieces.next()
            if piece.isEmpty { return bytes }
            bytes += piece
            progress.add(bytes: piece.count)
            // A file that grew while it was read.
            if bytes.count > Self.mostBytes { return bytes }
        }
    }

    private func report(_ found: [Finding], isRefused: Bool = false) -> SheetReader.Report {
        SheetReader.Report(
            format: isRefused ? nil : .xls, findings: consumer.findings + findings + found, bytes: progress.count)
    }

    private func refused(_ what: String, _ hint: String) -> SheetReader.Report {
        report(
            [Finding(.formatRefused, at: Place(file: name), "the file is \(what)", hint: hint)], isRefused: true)
    }

    private var locked: SheetReader.Report {
        refused("an Excel workbook with a password", "open it with its password, save it without one, and import that")
    }

    private func damaged(_ what: String, at place: Place) -> Finding {
        Finding(
            .fileDamaged, at: place, "the workbook is damaged: \(what)",
            hint: "export it again, or open it in a spreadsheet program and save it anew")
    }

    // MARK: The workbook

    private mutating func readStream(_ stream: [UInt8]) -> SheetReader.Report {
        var records = BinaryRecords(stream, at: 0)
        guard records.next() ?? false, records.kind == .begin, let version = records.number16(0) else {
            return report([damaged("its stream begins otherwise", at: Place(file: name))])
        }
        guard version == 0x0500 || version == 0x0600 else {
            return refused(
                "a binary Excel workbook older than Excel 5", "open it in a spreadsheet program, \(Head.otherFormats)")
        }
        isUnicode = version == 0x0600
        globals: while true {
            guard let isThere = records.next() else {
                return report([damaged("it breaks off before its sheets", at: Place(file: name))])
            }
            guard isThere else { break }
            switch records.kind {
            case .end: break globals
            case .encryption: return locked
            case .codePage: codePage = records.number16(0) ?? codePage
            case .dates: is1904 = records.number16(0) == 1
            case .format: readFormat(records)
            case .cellFormat: formatIDs.append(records.number16(2) ?? 0)
            case .sheet: readSheetEntry(records)
            case .texts:
                guard readTexts(&records, stream) else {
                    return report([damaged("its table of texts breaks off", at: Place(file: name))])
                }
            default: break
            }
            if formatIDs.count > Limits.formats || codes.count > Limits.formats {
                return report([.limitPassed("\(Limits.formats) cell formats", at: Place(file: name))])
            }
            if sheets.count > Limits.sheets {
                return report([.limitPassed("\(Limits.sheets) sheets", at: Place(file: name))])
            }
        }
        let formats = formatIDs.map { codes[$0] ?? NumberFormat(builtIn: $0) }
        let hasFormulaValues = Self.hasFormulaValues(stream)
        for sheet in sheets where sheet.kind == 0 {
            let reader = BinarySheet(
                stream: stream, isUnicode: isUnicode, is1904: is1904, formats: formats, texts: texts,
                hasFormulaValues: hasFormulaValues, consumer: consumer)
            if let failure = reader.read(sheet.name, at: sheet.offset, visibility: sheet.visibility, &textBytes) {
                return report([finding(failure)])
            }
            hasOtherLetters = hasOtherLetters || reader.hasOtherLetters
        }
        // A macro sheet of an old workbook has no rows of a ledger.
        for sheet in sheets where sheet.kind == 1 {
            findings.append(
                Finding(
                    .sheetWithoutPart, at: Place(Place.Source(file: name, sheet: sheet.name)),
                    "the sheet holds macros of an old workbook, and nothing of it was read",
                    hint: "nothing to do, if no rows of the export stand there"))
        }
        if !isUnicode, ![1252, 1200, 0x8001, 367].contains(codePage), hasOtherLetters {
            findings.append(
                Finding(
                    .charactersReplaced, at: Place(file: name),
                    "its texts are in code page \(codePage), and were read as Windows-1252",
                    hint: "save the file in a spreadsheet program as .xlsx, if names have wrong letters"))
        }
        return report([])
    }

    /// Whether a formula of the workbook has another value than an empty text.
    private static func hasFormulaValues(_ stream: [UInt8]) -> Bool {
        var records = BinaryRecords(stream, at: 0)
        while records.next() ?? false {
            guard records.kind == .formula, let bits = records.number64(6) else { continue }
            if bits >> 48 != 0xFFFF || bits & 0xFF != 3 { return true }
        }
        return false
    }

    private func finding(_ failure: BinarySheet.Failure) -> Finding {
        switch failure {
        case .damaged(let what): damaged(what, at: consumer.place)
        case .rows(.limit(let what)): .limitPassed(what, at: consumer.place)
        case .rows(.outOfPlace(let what)):
            Finding(
                .cellOutOfPlace, at: consumer.place, what,
                hint: "open the file in a spreadsheet program and save it again, or export it anew")
        case .rows: damaged("a row can't be read", at: consumer.place)
        }
    }

    private mutating func readFormat(_ records: BinaryRecords) {
        guard let id = records.number16(0), let code = records.text(2, isWide: isUnicode, isUnicode: isUnicode) else {
            return
        }
        codes[id] = NumberFormat(code: String(decoding: code, as: UTF8.self))
    }

    private mutating func readSheetEntry(_ records: BinaryRecords) {
        guard let offset = records.number32(0), let visibility = records.byte(4), let kind = records.byte(5) else {
            return
        }
        let title = records.text(6, isWide: false, isUnicode: isUnicode) ?? []
        sheets.append((String(decoding: title, as: UTF8.self), Int(offset), visibility & 3, kind))
    }

    private mutating func readTexts(_ records: inout BinaryRecords, _ stream: [UInt8]) -> Bool {
        var pieces = [records.range]
        while true {
            var ahead = records
            guard let isThere = ahead.next() else { return false }
            guard isThere, ahead.kind == .further else { break }
            records = ahead
            pieces.append(ahead.range)
        }
        return texts.read(pieces, of: stream)
    }
}
