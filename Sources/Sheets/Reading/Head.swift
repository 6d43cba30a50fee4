internal import Findings

/// A file's first bytes, and the format that they show.
struct Head {
    let bytes: [UInt8]
    let format: Verdict

    enum Verdict {
        case spreadsheetML, fods, delimited
        /// A ZIP archive: xlsx, ods, or something else.
        case zip
        /// A compound file: xls, or another of the old Office formats.
        case compound
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
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return .compound }
        // BIFF before it was wrapped: Excel 2 to 4.
        if bytes.count > 3, bytes[0] == 0x09, bytes[1] == 0x00 || bytes[1] == 0x02 || bytes[1] == 0x04, bytes[3] == 0 {
            return refuse(
                "a binary Excel workbook older than Excel 5", "open it in a spreadsheet program, \(otherFormats)")
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
            if lower.contains("camt.05") {
                return refuse("a bank's statement (ISO 20022 camt)", bankHint)
            }
            if lower.contains("<ofx>") { return refuse("a bank's statement (OFX)", bankHint) }
            return refuse("XML, but no spreadsheet", "export it as an Excel workbook, XML Spreadsheet 2003 or CSV")
        }
        if lower.hasPrefix("mime-version:") {
            return refuse(
                "a web archive (MHTML), whatever its name says", "open it in a spreadsheet program, \(otherFormats)")
        }
        if let other = noTable(trimmed) { return other }
        let isUTF16 = bytes.withUnsafeBufferPointer { TextEncoding.detect($0)?.encoding != nil }
        if !isUTF16, bytes.contains(0) {
            return refuse(
                "neither text nor a known spreadsheet", "export it as an Excel workbook, XML Spreadsheet 2003 or CSV")
        }
        return .delimited
    }

    private static let bankHint =
        "ask the bank for the statement as CSV; the ledger's own export says what each payment was for"

    /// Texts that are no table of rows and columns, though they could be cut into some.
    private static func noTable(_ text: Substring) -> Verdict? {
        let lines = text.prefix(4_000).split(whereSeparator: \.isNewline).prefix(4).map { String($0).trimmingBlanks }
        guard let first = lines.first else { return nil }
        let second = lines.count > 1 ? lines[1] : ""
        if isJSON(text) {
            return refuse("JSON", "have it exported as CSV or as a workbook: JSON has no rows and columns of its own")
        }
        if first.hasPrefix("{1:F01")
            || (lines.contains { $0.hasPrefix(":20:") } && lines.contains { $0.hasPrefix(":25") })
        {
            return refuse("a bank's statement (MT940)", bankHint)
        }
        if first.hasPrefix("!Type:") || first.hasPrefix("!Account") {
            return refuse("a bank's statement (QIF)", bankHint)
        }
        if first.hasPrefix("OFXHEADER:") { return refuse("a bank's statement (OFX)", bankHint) }
        if first.hasPrefix("01,"), first.hasSuffix("/"), second.hasPrefix("02,") {
            return refuse("a bank's statement (BAI2)", bankHint)
        }
        if first == "TABLE", second == "0,1" {
            return refuse("a table in DIF", "open it in a spreadsheet program, \(otherFormats)")
        }
        if first.hasPrefix("ID;P") {
            return refuse("a table in SYLK", "open it in a spreadsheet program, \(otherFormats)")
        }
        return nil
    }

    /// An object or a list of values: `{"`, `[{`, `["`, `[1`.
    private static func isJSON(_ text: Substring) -> Bool {
        guard let first = text.first, first == "{" || first == "[" else { return false }
        let next = text.dropFirst().first { !$0.isWhitespace }
        return next.map { first == "{" ? "\"}".contains($0) : "{[\"]-".contains($0) || $0.isNumber } ?? false
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
