public import Findings

/// Reads a spreadsheet file of any known format into rows. One call, one pass, and memory that
/// doesn't grow with the file.
public enum SheetReader {
    public enum Format: String, Sendable {
        case spreadsheetML = "SpreadsheetML 2003"
        case delimited = "CSV"
    }

    public struct Report: Sendable {
        /// `nil` where the file was refused.
        public let format: Format?
        public let findings: [Finding]
        public let bytes: Int

        /// Whether all of the file reached the receiver.
        public var isWhole: Bool { format != nil && !findings.hasErrors }
    }

    /// - Parameters:
    ///   - path: the file on disk.
    ///   - name: how places and findings call it.
    /// - Throws: `FileFailure` where the file can't be opened or read.
    public static func read(path: String, name: String? = nil, into receiver: any SheetReceiver) throws -> Report {
        let file = name ?? path
        let head = try Head(path: path)
        switch head.format {
        case .refused(let finding): return Report(format: nil, findings: [finding(file)], bytes: head.bytes.count)
        case .readable(.spreadsheetML): return try XMLFile(path: path, name: file, head: head).read(into: receiver)
        case .readable(.delimited): return try DelimitedFile(path: path, name: file, head: head).read(into: receiver)
        }
    }
}

/// A file's first bytes, and what they tell.
struct Head {
    let bytes: [UInt8]
    let format: Verdict

    enum Verdict {
        case readable(SheetReader.Format)
        case refused((_ file: String) -> Finding)
    }

    init(path: String) throws {
        let file = try FileBytes(path: path)
        let bytes = Array(try file.next())
        self.bytes = bytes
        format = Self.verdict(bytes)
    }

    private static func verdict(_ bytes: [UInt8]) -> Verdict {
        if bytes.isEmpty {
            return .refused { Finding(.fileEmpty, at: Place(file: $0), "the file is empty", hint: "export it again") }
        }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            return refuse("an old binary Excel workbook (.xls), or one with a password", "open it in a spreadsheet program, save it as XML Spreadsheet 2003, and import that")
        }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            return refuse("a zipped workbook (.xlsx or .ods), which this version doesn't read yet", "save it as XML Spreadsheet 2003 or CSV, and import that")
        }
        if bytes.starts(with: Array("%PDF".utf8)) {
            return refuse("a PDF", "ask for the export as a spreadsheet: a PDF holds pictures of figures, not cells")
        }
        let text = asciiHead(bytes)
        let trimmed = text.drop { $0.isWhitespace }
        let lower = trimmed.prefix(2_000).lowercased()
        if trimmed.hasPrefix("<") {
            if lower.hasPrefix("<!doctype html") || lower.hasPrefix("<html") || lower.hasPrefix("<table") || lower.hasPrefix("<head") {
                return refuse("a web page (HTML), whatever its name says", "open it in a spreadsheet program, save it as XML Spreadsheet 2003, and import that")
            }
            if text.contains("urn:oasis:names:tc:opendocument") {
                return refuse("a flat OpenDocument sheet (.fods), which this version doesn't read yet", "save it as XML Spreadsheet 2003 or CSV, and import that")
            }
            if text.contains(SpreadsheetML.namespace) || lower.contains("<workbook") || lower.contains("<!doctype") { return .readable(.spreadsheetML) }
            return refuse("XML, but no spreadsheet", "export it as XML Spreadsheet 2003 or CSV")
        }
        let isUTF16 = bytes.withUnsafeBufferPointer { TextEncoding.detect($0)?.encoding != nil }
        if !isUTF16, bytes.contains(0) {
            return refuse("neither text nor a known spreadsheet", "export it as XML Spreadsheet 2003 or CSV")
        }
        return .readable(.delimited)
    }

    private static func refuse(_ what: String, _ hint: String) -> Verdict {
        .refused { Finding(.formatRefused, at: Place(file: $0), "the file is \(what)", hint: hint) }
    }

    /// The first 64 KB as text that is good for looking for ASCII words, whatever the encoding.
    private static func asciiHead(_ bytes: [UInt8]) -> String {
        let head = bytes.prefix(64 << 10).filter { $0 != 0 && $0 != 0xFE && $0 != 0xFF && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
        return String(decoding: head, as: UTF8.self)
    }
}
