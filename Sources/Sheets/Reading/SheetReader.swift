public import Findings
internal import Synchronization

/// Reads a spreadsheet file of any known format into rows. One call, one pass, and memory that
/// doesn't grow with the file.
public enum SheetReader {
    /// What a file is by its bytes, whatever its name says.
    public enum Format: String, Sendable, CaseIterable {
        case spreadsheetML = "SpreadsheetML 2003"
        case xlsx = "Excel workbook"
        case xls = "Excel 97-2003 workbook"
        case ods = "OpenDocument spreadsheet"
        case fods = "flat OpenDocument spreadsheet"
        case delimited = "CSV"
    }

    /// What came of a reading.
    public struct Report: Sendable {
        /// `nil` where the file was refused.
        public let format: Format?
        /// Of what can't be read, and of what was read but might surprise: hidden rows and sheets.
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
    ) throws(FileFailure) -> Report {
        try read(FileBytes(path: path), name: name ?? path, options, receiver)
    }

    /// - Parameter name: how places and findings call it.
    /// - Throws: `FileFailure` where the content can't be read.
    public static func read(
        _ content: FileContent, name: String, options: Options = Options(), into receiver: any SheetReceiver
    ) throws(FileFailure) -> Report {
        try read(content.file, name: name, options, receiver)
    }

    /// - Throws: nothing that the bytes could cause.
    public static func read(
        bytes: [UInt8], name: String, options: Options = Options(), into receiver: any SheetReceiver
    ) throws(FileFailure) -> Report {
        try read(FileBytes(bytes, path: name), name: name, options, receiver)
    }

    private static func read(
        _ file: FileBytes, name: String, _ options: Options, _ receiver: any SheetReceiver
    ) throws(FileFailure) -> Report {
        do { return try recognised(file, name: name, options, receiver) } catch let failure as FileFailure {
            throw failure
        } catch {
            // A format's reader makes findings of all that the bytes can cause.
            throw FileFailure(path: name, reason: "\(error)", isMissing: false)
        }
    }

    private static func recognised(
        _ file: FileBytes, name: String, _ options: Options, _ receiver: any SheetReceiver
    ) throws -> Report {
        SAXParser.prepare()
        let head = try Head(file)
        let reading = Reading(file: file, name: name, options: options, receiver: receiver)
        switch head.format {
        case .refused(let finding): return Report(format: nil, findings: [finding(name)], bytes: head.bytes.count)
        case .spreadsheetML: return try reading.flat(.spreadsheetML, SpreadsheetML.format)
        case .fods: return try reading.flat(.fods, OpenDocument.format)
        case .zip: return try ZippedWorkbook(reading).read()
        case .compound:
            var workbook = BinaryWorkbook(reading)
            return try workbook.read()
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
