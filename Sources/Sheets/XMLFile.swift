internal import Findings

/// An XML file on its way: bytes -> UTF-8 -> cleaned -> libxml2 -> rows.
struct XMLFile {
    let path: String
    let name: String
    let head: Head

    func read(into receiver: any SheetReceiver) throws -> SheetReader.Report {
        let start = head.bytes.withUnsafeBufferPointer(Self.prologue)
        guard let encoding = start.encoding else {
            let finding = Finding(
                .encodingUnknown, at: Place(file: name), found: start.declared,
                "the file declares an encoding that this program doesn't know", hint: "save the file as UTF-8 and import it again")
            return SheetReader.Report(format: nil, findings: [finding], bytes: 0)
        }
        let events = SpreadsheetML(file: name, receiver: receiver)
        let parser = SAXParser(events)
        var transcoder = Transcoder(encoding)
        var cleaner = XMLCleaner()
        let file = try FileBytes(path: path)
        var total = 0
        var bytesToSkip = start.bytesToSkip
        var isDeclarationGone = false
        var cleaning: XMLCleaner.Failure?

        reading: while true {
            let chunk = try file.next()
            total += chunk.count
            let isLast = chunk.isEmpty
            let useful = UnsafeBufferPointer(rebasing: chunk.dropFirst(bytesToSkip))
            bytesToSkip = max(0, bytesToSkip - chunk.count)
            do {
                let goOn = try transcoder.withUTF8(useful, isLast: isLast) { text -> Bool in
                    // The declaration names the file's encoding, which is no longer the text's.
                    let body = isDeclarationGone ? text : UnsafeBufferPointer(rebasing: text.dropFirst(Self.declarationLength(text)))
                    isDeclarationGone = true
                    var goOn = true
                    try cleaner.clean(body) { part in goOn = goOn && parser.push(part) }
                    return goOn
                }
                if isLast { try cleaner.finish { part in _ = parser.push(part) } }
                if !goOn || isLast { break reading }
            } catch let failure as XMLCleaner.Failure {
                cleaning = failure
                break reading
            }
        }
        if cleaning == nil { parser.finish() }

        var findings: [Finding] = []
        let replaced = cleaner.replaced + transcoder.replaced
        if replaced > 0 {
            findings.append(Finding(
                .charactersReplaced, at: Place(file: name), "\(replaced) character\(replaced == 1 ? "" : "s") that XML forbids replaced",
                hint: "look at the descriptions for the replacement character; amounts that hold one are told separately"))
        }
        if let cleaning {
            findings.append(limit(Self.words(cleaning)))
        } else if let failure = parser.failure {
            findings.append(finding(failure, line: parser.line))
        } else if !events.hasWorkbook {
            findings.append(Finding(
                .formatRefused, at: Place(file: name), "the file is XML, but no spreadsheet", hint: "export it as XML Spreadsheet 2003 or CSV"))
        }
        return SheetReader.Report(format: .spreadsheetML, findings: findings, bytes: total)
    }

    private func finding(_ failure: SAXFailure, line: Int) -> Finding {
        switch failure {
        case .doctype:
            Finding(.doctypeRefused, at: Place(file: name), "the file declares a document type (DOCTYPE), and is refused",
                hint: "open it in a spreadsheet program and save it again; if nobody did that on purpose, ask where the file came from")
        case .notWellFormed(let line, let reason) where reason.contains("proper UTF-8"):
            Finding(.encodingUnknown, at: Place(Place.Source(file: name), row: line),
                "the file says that it is UTF-8, and at this line it isn't", hint: "save the file as UTF-8, or let it declare its true encoding (windows-1252?)")
        case .notWellFormed(let line, let reason):
            Finding(.xmlBroken, at: Place(Place.Source(file: name), row: line),
                "the XML is broken, or the file was cut short (\(reason)); nothing after this line was read", hint: "export the file again and copy it whole")
        case .limit(let what): limit(what)
        case .outOfPlace(let what, let row):
            Finding(.cellOutOfPlace, at: Place(Place.Source(file: name), row: line), "\(what) (sheet row \(row))",
                hint: "export the file again; a spreadsheet program never writes this")
        }
    }

    private func limit(_ what: String) -> Finding {
        Finding(.limitPassed, at: Place(file: name), "the file has more than \(what)", hint: "no export needs that: ask where the file came from")
    }

    private static func words(_ failure: XMLCleaner.Failure) -> String {
        switch failure {
        case .tagTooLong: "\(Limits.tagBytes) bytes in one tag"
        case .runTooLong: "\(Limits.runBytes >> 20) MB in one comment or CDATA section"
        case .referenceTooLong: "\(Limits.referenceBytes) bytes in one reference"
        }
    }

    /// The encoding, from the byte order mark or else from the declaration.
    private static func prologue(_ bytes: UnsafeBufferPointer<UInt8>) -> (encoding: TextEncoding?, declared: String?, bytesToSkip: Int) {
        if let found = TextEncoding.detect(bytes) { return (found.encoding, nil, found.markLength) }
        let length = declarationLength(bytes)
        let declaration = String(decoding: bytes.prefix(length), as: UTF8.self)
        guard let start = declaration.range(of: "encoding") else { return (.utf8, nil, 0) }
        let rest = declaration[start.upperBound...].drop { $0 == "=" || $0.isWhitespace }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return (.utf8, nil, 0) }
        let name = String(rest.dropFirst().prefix { $0 != quote })
        // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
        switch TextEncoding(declared: name) {
        case .utf16LittleEndian?, .utf16BigEndian?: return (.utf8, name, 0)
        case let encoding: return (encoding, name, 0)
        }
    }

    private static func declarationLength(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        guard text.starts(with: Array("<?xml".utf8)), text.count > 5, text[5] <= 0x20 else { return 0 }
        var index = 5
        while index + 1 < min(text.count, 1_024) {
            if text[index] == UInt8(ascii: "?"), text[index + 1] == UInt8(ascii: ">") { return index + 2 }
            index += 1
        }
        return 0
    }
}

extension String {
    /// The first place where `word` stands.
    fileprivate func range(of word: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(word) { return start..<index(start, offsetBy: word.count) }
            start = index(after: start)
        }
        return nil
    }
}
