public import Findings
internal import Synchronization

/// Reads a spreadsheet file of any known format into rows. One call, one pass, and memory that
/// doesn't grow with the file.
public enum SheetReader {
    public enum Format: String, Sendable, CaseIterable {
        case spreadsheetML = "SpreadsheetML 2003"
        case xlsx = "Excel workbook"
        case ods = "OpenDocument spreadsheet"
        case fods = "flat OpenDocument spreadsheet"
        case delimited = "CSV"
    }

    public struct Report: Sendable {
        /// `nil` where the file was refused.
        public let format: Format?
        public let findings: [Finding]
        /// How many were read: of the file, or of its parts as they were inflated.
        public let bytes: Int

        /// Whether all of the file reached the receiver.
        public var isWhole: Bool { format != nil && !findings.hasErrors }
    }

    /// How to read; the result is the same whatever they say.
    public struct Options: Sendable {
        /// How many threads read, the caller's among them.
        public var threads: Int
        /// Told now and then on the caller's thread.
        public var progress: (@Sendable (Progress) -> Void)?
        /// Whether rows may be read in stretches apart from the document, and by the scanner.
        var stretches = true
        var scanner = true
        /// How much is read, and how long a stretch is made, at a time.
        var chunkBytes = Limits.chunkBytes

        /// - Precondition: 1 to 64 threads.
        public init(threads: Int = 2) {
            precondition((1...64).contains(threads), "1 to 64 threads")
            self.threads = threads
            progress = SheetReader.observer.withLock { $0 }
        }

        /// libxml2 alone, document by document: what all short cuts are held against.
        package static var plain: Options {
            var options = Options(threads: 1)
            (options.stretches, options.scanner) = (false, false)
            return options
        }

        /// All short cuts, with cuts so close together that every kind of place is cut.
        package static func close(bytes: Int, threads: Int = 1, scanner: Bool = true) -> Options {
            var options = Options(threads: threads)
            (options.chunkBytes, options.scanner) = (bytes, scanner)
            return options
        }
    }

    /// Tells how far each reading has come from now on: what a program with a terminal sets once.
    public static func observe(_ progress: (@Sendable (Progress) -> Void)?) { observer.withLock { $0 = progress } }

    private static let observer = Mutex<(@Sendable (Progress) -> Void)?>(nil)

    /// - Parameters:
    ///   - path: the file on disk.
    ///   - name: how places and findings call it.
    /// - Throws: `FileFailure` where the file can't be opened or read.
    public static func read(
        path: String, name: String? = nil, options: Options = Options(), into receiver: any SheetReceiver
    ) throws -> Report {
        try read(FileBytes(path: path), name: name ?? path, options, receiver)
    }

    /// - Parameter name: how places and findings call it.
    /// - Throws: `FileFailure` where the content can't be read.
    public static func read(
        _ content: FileContent, name: String, options: Options = Options(), into receiver: any SheetReceiver
    ) throws -> Report {
        try read(content.file, name: name, options, receiver)
    }

    /// - Throws: nothing that the bytes could cause.
    public static func read(
        bytes: [UInt8], name: String, options: Options = Options(), into receiver: any SheetReceiver
    ) throws -> Report {
        try read(FileBytes(bytes, path: name), name: name, options, receiver)
    }

    private static func read(_ file: FileBytes, name: String, _ options: Options, _ receiver: any SheetReceiver) throws
        -> Report
    {
        SAXParser.prepare()
        let head = try Head(file)
        let reading = Reading(file: file, name: name, options: options, receiver: receiver)
        switch head.format {
        case .refused(let finding): return Report(format: nil, findings: [finding(name)], bytes: head.bytes.count)
        case .spreadsheetML: return try reading.flat(.spreadsheetML, SpreadsheetML.format)
        case .fods: return try reading.flat(.fods, OpenDocument.format)
        case .zip: return try ZippedWorkbook(reading).read()
        case .delimited:
            return try DelimitedFile(
                file: file, name: name, head: head, progress: reading.progress(totalBytes: file.count)
            ).read(into: receiver)
        }
    }
}

/// What every format's reader is given.
struct Reading {
    let file: FileBytes
    let name: String
    let options: SheetReader.Options
    let receiver: any SheetReceiver

    func progress(totalBytes: Int) -> ReadingProgress {
        ReadingProgress(totalBytes: totalBytes, tell: options.progress)
    }

    /// A file that is one XML document.
    func flat(_ format: SheetReader.Format, _ rows: RowFormat) throws -> SheetReader.Report {
        let progress = progress(totalBytes: file.count)
        let consumer = RowConsumer(file: name, receiver: receiver, texts: nil) { progress.add(rows: $0) }
        let pipeline = RowPipeline(threads: options.threads)
        defer { pipeline.close() }
        let document = XMLDocument(FileStream(file), rows, consumer, pipeline, options, progress)
        let outcome = try document.read()
        var unreadable: FileFailure?
        let trouble = XMLTrouble(file: name, part: nil) { ranges in
            do throws(FileFailure) { return try file.lineEnds(in: ranges) } catch { unreadable = error; return 0 }
        }
        var findings = trouble.findings(outcome, at: consumer.place)
        if let unreadable { throw unreadable }
        let isSpreadsheet =
            (document.grammar as? SpreadsheetML)?.hasWorkbook ?? (document.grammar as? OpenDocument)?.hasSpreadsheet
            ?? false
        if outcome.failure == nil, !isSpreadsheet {
            findings.append(
                Finding(
                    .formatRefused, at: Place(file: name), "the file is XML, but no spreadsheet",
                    hint: "export it as an Excel workbook, XML Spreadsheet 2003 or CSV"))
        }
        if case .encoding = outcome.failure {
            return SheetReader.Report(format: nil, findings: findings, bytes: progress.count)
        }
        return SheetReader.Report(format: format, findings: findings + consumer.findings, bytes: progress.count)
    }
}

extension FileBytes {
    fileprivate func lineEnds(in ranges: [Range<Int>]) throws(FileFailure) -> Int {
        var count = 0
        for range in ranges {
            var offset = range.lowerBound
            while offset < range.upperBound {
                let piece = try bytes(at: offset, count: min(Limits.chunkBytes, range.upperBound - offset))
                if piece.isEmpty { break }
                for byte in piece where byte == 0x0A { count += 1 }
                offset += piece.count
            }
        }
        return count
    }
}

/// A file's first bytes, and what they tell.
struct Head {
    let bytes: [UInt8]
    let format: Verdict

    enum Verdict {
        case spreadsheetML, fods, delimited
        /// A ZIP archive: xlsx, ods, or something else.
        case zip
        case refused((_ file: String) -> Finding)
    }

    init(_ file: FileBytes) throws(FileFailure) {
        bytes = try file.bytes(at: 0, count: Limits.chunkBytes)
        format = Self.verdict(bytes, file)
    }

    static let otherFormats =
        "save it as an Excel workbook (.xlsx), an OpenDocument sheet (.ods) or CSV, and import that"

    private static func verdict(_ bytes: [UInt8], _ file: FileBytes) -> Verdict {
        if bytes.isEmpty {
            return .refused { Finding(.fileEmpty, at: Place(file: $0), "the file is empty", hint: "export it again") }
        }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            // The names in a compound file are in UTF-16, its directory mostly near its end.
            let word = "EncryptedPackage".utf8.flatMap { [$0, UInt8(0)] }
            let tail = (try? file.bytes(at: max(0, file.count - Limits.chunkBytes), count: Limits.chunkBytes)) ?? []
            let isEncrypted =
                bytes.withUnsafeBufferPointer { $0.find(word) } != nil
                || tail.withUnsafeBufferPointer { $0.find(word) } != nil
            return isEncrypted
                ? refuse(
                    "an Excel workbook with a password",
                    "open it with its password, save it without one, and import that")
                : refuse("an old binary Excel workbook (.xls)", "open it in a spreadsheet program, \(otherFormats)")
        }
        // BIFF before it was wrapped: Excel 2 to 4.
        if bytes.count > 3, bytes[0] == 0x09, bytes[1] == 0x00 || bytes[1] == 0x02 || bytes[1] == 0x04, bytes[3] == 0 {
            return refuse("an old binary Excel workbook (.xls)", "open it in a spreadsheet program, \(otherFormats)")
        }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            return .zip
        }
        if bytes.starts(with: Array("%PDF".utf8)) {
            return refuse("a PDF", "ask for the export as a spreadsheet: a PDF holds pictures of figures, not cells")
        }
        if bytes.starts(with: Array("{\\rtf".utf8)) {
            return refuse("a text document (RTF)", "ask for the export as a spreadsheet")
        }
        let text = asciiHead(bytes)
        let trimmed = text.drop { $0.isWhitespace }
        let lower = trimmed.prefix(2_000).lowercased()
        if trimmed.hasPrefix("<") {
            if isWebPage(lower) {
                return refuse(
                    "a web page (HTML), whatever its name says", "open it in a spreadsheet program, \(otherFormats)")
            }
            if text.contains(OpenDocument.officeNamespace) { return .fods }
            if text.contains(SpreadsheetML.namespace) || lower.contains("<workbook") || lower.contains("<!doctype") {
                return .spreadsheetML
            }
            return refuse("XML, but no spreadsheet", "export it as an Excel workbook, XML Spreadsheet 2003 or CSV")
        }
        if lower.hasPrefix("mime-version:") {
            return refuse(
                "a web archive (MHTML), whatever its name says", "open it in a spreadsheet program, \(otherFormats)")
        }
        let isUTF16 = bytes.withUnsafeBufferPointer { TextEncoding.detect($0)?.encoding != nil }
        if !isUTF16, bytes.contains(0) {
            return refuse(
                "neither text nor a known spreadsheet", "export it as an Excel workbook, XML Spreadsheet 2003 or CSV")
        }
        return .delimited
    }

    /// Whether the file is HTML, whatever its name says.
    var isWebPage: Bool {
        let trimmed = Self.asciiHead(bytes).drop { $0.isWhitespace }
        return trimmed.hasPrefix("<") && Self.isWebPage(trimmed.prefix(2_000).lowercased())
    }

    private static func isWebPage(_ lower: String) -> Bool {
        (lower.hasPrefix("<!doctype html") || lower.contains("<html") || lower.hasPrefix("<table")
            || lower.hasPrefix("<head")) && !lower.contains("<workbook")
    }

    private static func refuse(_ what: String, _ hint: String) -> Verdict {
        .refused { Finding(.formatRefused, at: Place(file: $0), "the file is \(what)", hint: hint) }
    }

    /// The first 64 KB as text that is good for looking for ASCII words, whatever the encoding.
    private static func asciiHead(_ bytes: [UInt8]) -> String {
        let head = bytes.prefix(64 << 10).filter {
            $0 != 0 && $0 != 0xFE && $0 != 0xFF && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF
        }
        return String(decoding: head, as: UTF8.self)
    }
}
