internal import Findings

/// A ZIP archive that should be a workbook: xlsx or ods, recognised by what is in it.
struct ZippedWorkbook {
    private let reading: Reading

    init(_ reading: Reading) { self.reading = reading }

    func read() throws -> SheetReader.Report {
        do {
            let archive = try ZipArchive(reading.file)
            let parts = PartReader(archive: archive, file: reading.name)
            if let mimetype = try parts.text("mimetype", limit: 256) {
                return try openDocument(mimetype, archive, parts)
            }
            if archive.part("content.xml") != nil, archive.part("META-INF/manifest.xml") != nil {
                return try openDocument("", archive, parts)
            }
            return try ExcelWorkbook(reading, archive, parts).read()
        } catch let failure as ZipDirectory.Failure {
            return refuse(failure)
        } catch let failure as StreamFailure {
            switch failure {
            case .damaged(let what):
                return report(
                    .fileDamaged, "the workbook is damaged: \(what); what it holds is not known in full",
                    "copy or export the file again")
            case .limit(let what):
                return report(.limitPassed(what, at: Place(file: reading.name)))
            }
        } catch let trouble as PartReader.Trouble {
            return report(trouble.finding)
        }
    }

    private func refuse(_ failure: ZipDirectory.Failure) -> SheetReader.Report {
        switch failure {
        case .damaged(let what):
            report(.fileDamaged, "the file is a damaged ZIP archive: \(what)", "copy or export the file again")
        case .limit(let what):
            report(.limitPassed(what, at: Place(file: reading.name)))
        case .refused(let what):
            report(
                .formatRefused, "the file is a ZIP archive that \(what), as no spreadsheet program writes it",
                "ask where the file came from; open it in a spreadsheet program and save it again")
        case .encrypted:
            report(
                .formatRefused, "the file is a workbook or archive with a password",
                "open it with its password, save it without one, and import that")
        }
    }

    private func report(_ code: Finding.Code, _ what: String, _ hint: String) -> SheetReader.Report {
        report(Finding(code, at: Place(file: reading.name), what, hint: hint))
    }

    private func report(_ finding: Finding) -> SheetReader.Report {
        SheetReader.Report(format: nil, findings: [finding], bytes: 0)
    }

    private func openDocument(_ mimetype: String, _ archive: ZipArchive, _ parts: PartReader) throws
        -> SheetReader.Report
    {
        let kind = mimetype.split(separator: "\n").first.map(String.init)?.trimmingBlanks ?? ""
        guard kind.isEmpty || kind.hasPrefix("application/vnd.oasis.opendocument.spreadsheet") else {
            return report(.formatRefused, "the file is no spreadsheet, but \"\(kind.prefix(80))\"", Head.otherFormats)
        }
        let manifest = ManifestEvents()
        try parts.parse("META-INF/manifest.xml", manifest)
        if manifest.isEncrypted {
            return report(
                .formatRefused, "the file is an OpenDocument sheet with a password",
                "open it with its password, save it without one, and import that")
        }
        guard let content = archive.part("content.xml") else {
            return report(.fileDamaged, "the workbook is damaged: it has no content", "copy or export the file again")
        }
        let progress = reading.progress(totalBytes: content.entry.bytes)
        let consumer = RowConsumer(file: reading.name, receiver: reading.receiver, texts: nil) {
            progress.add(rows: $0)
        }
        let pipeline = RowPipeline(threads: reading.options.threads)
        defer { pipeline.close() }
        let document = XMLDocument(
            try archive.open(content), OpenDocument.format, consumer, pipeline, reading.options, progress)
        var findings: [Finding] = []
        do {
            let outcome = try document.read()
            findings = XMLTrouble(file: reading.name, part: "content.xml") { _ in 0 }.findings(
                outcome, at: consumer.place)
            if outcome.failure == nil, (document.grammar as? OpenDocument)?.hasSpreadsheet != true {
                findings.append(
                    Finding(
                        .formatRefused, at: Place(file: reading.name),
                        "the file is an OpenDocument file, but no spreadsheet", hint: Head.otherFormats))
            }
        } catch let failure as StreamFailure {
            findings.append(PartReader.finding(failure, reading.name, at: consumer.place))
        }
        return SheetReader.Report(format: .ods, findings: findings + consumer.findings, bytes: progress.count)
    }
}

/// Whether any part of an OpenDocument archive is encrypted.
private final class ManifestEvents: SAXEvents {
    private(set) var isEncrypted = false
    private var encryption: SAXName?

    func intern(_ name: (String) -> SAXName) { encryption = name("encryption-data") }

    func start(_ name: SAXName, namespace: SAXName, _ attributes: SAXAttributes) -> SAXFailure? {
        if name == encryption { isEncrypted = true }
        return nil
    }

    func end(_ name: SAXName, namespace: SAXName) -> SAXFailure? { nil }

    func characters(_ bytes: UnsafeBufferPointer<UInt8>) -> SAXFailure? { nil }
}

extension String {
    var trimmingBlanks: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { $0.value > 0x20 }),
            let last = scalars.lastIndex(where: { $0.value > 0x20 })
        else { return "" }
        return String(scalars[first...last])
    }
}

/// Reads the small parts of an archive whole, and the larger ones as events.
struct PartReader {
    let archive: ZipArchive
    let file: String

    /// A part that can't be read, in words.
    struct Trouble: Error {
        let finding: Finding
    }

    static func finding(_ failure: StreamFailure, _ file: String, at place: Place) -> Finding {
        switch failure {
        case .damaged(let what):
            Finding(
                .fileDamaged, at: place, "the workbook is damaged: \(what); nothing after this place was read",
                hint: "copy or export the file again")
        case .limit(let what):
            .limitPassed(what, at: place)
        }
    }

    /// - Returns: `nil` where there is no such part.
    func text(_ name: String, limit: Int) throws -> String? {
        guard let part = archive.part(name) else { return nil }
        let stream = try archive.open(part)
        var bytes = [UInt8](repeating: 0, count: limit)
        var filled = 0
        while filled < limit {
            var count = 0
            try bytes.withUnsafeMutableBufferPointer {
                count = try stream.read(into: UnsafeMutableBufferPointer(rebasing: $0[filled...]))
            }
            if count == 0 { break }
            filled += count
        }
        return String(decoding: bytes.prefix(filled), as: UTF8.self)
    }

    /// Parses a part from end to end.
    /// - Returns: whether there is such a part.
    /// - Throws: `Trouble`, `StreamFailure`.
    @discardableResult
    func parse(_ name: String, _ events: any SAXEvents, progress: ReadingProgress? = nil) throws -> Bool {
        guard let part = archive.part(name) else { return false }
        let stream = try archive.open(part)
        let parser = SAXParser(events)
        var cleaner = XMLCleaner()
        var transcoder: Transcoder?
        var isFirst = true
        let pieces = PieceReader(stream)
        let trouble = XMLTrouble(file: file, part: name) { _ in 0 }
        while true {
            var piece = try pieces.next()
            let count = piece.count
            progress?.add(bytes: count)
            if transcoder == nil {
                let start = XMLPrologue(piece)
                guard let encoding = start.encoding else {
                    throw Trouble(
                        finding: Finding(
                            .encodingUnknown, at: Place(file: file), found: start.declared,
                            "the part \"\(name)\" declares an encoding that this program doesn't know",
                            hint: "open the file in a spreadsheet program and save it again"))
                }
                transcoder = Transcoder(encoding)
                piece = UnsafeBufferPointer(rebasing: piece[start.bytesToSkip...])
            }
            do {
                try transcoder!.withUTF8(piece, isLast: count == 0) { text in
                    // The declaration names the part's encoding, which is no longer the text's.
                    let skipped = isFirst ? XMLPrologue.declarationLength(text) : 0
                    isFirst = false
                    try cleaner.clean(UnsafeBufferPointer(rebasing: text[skipped...])) { _ = parser.push($0) }
                }
                if count == 0 { try cleaner.finish { _ = parser.push($0) } }
            } catch {
                throw Trouble(finding: trouble.limit("\(Limits.tagBytes) bytes in one tag of its part \"\(name)\""))
            }
            if parser.failure != nil { break }
            if count == 0 { parser.finish(); break }
        }
        if let failure = parser.failure { throw Trouble(finding: trouble.finding(failure, at: Place(file: file))) }
        return true
    }
}
