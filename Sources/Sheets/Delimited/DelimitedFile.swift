internal import Findings

/// A CSV or TSV file on its way: bytes -> UTF-8 -> rows.
struct DelimitedFile {
    let file: FileBytes
    let name: String
    let head: Head
    let progress: ReadingProgress

    func read(into receiver: any SheetReceiver) throws -> SheetReader.Report {
        let found = head.bytes.withUnsafeBufferPointer(TextEncoding.detect)
        // Without a mark the whole file is looked at first: one byte of Windows-1252 far down would
        // otherwise be known too late.
        let encoding: TextEncoding = if let found { found.encoding } else { try isUTF8() ? .utf8 : .windows1252 }
        var findings: [Finding] = []
        if found?.encoding == .utf8, try !isUTF8() {
            findings.append(
                Finding(
                    .encodingUnknown, at: Place(file: name), "the file's mark says that it is UTF-8, and it isn't",
                    hint: "save the file as UTF-8"))
        }
        var transcoder = Transcoder(encoding)
        var separator: UInt8 = 0
        head.bytes.withUnsafeBufferPointer { bytes in
            var sampler = Transcoder(encoding)
            sampler.withUTF8(UnsafeBufferPointer(rebasing: bytes.prefix(64 << 10)), isLast: false) {
                separator = DelimitedText.separator(of: $0)
            }
        }
        let source = Place.Source(file: name, sheet: "")
        receiver.beginSheet(Sheet(source: source, index: 1, isTyped: false))
        var text = DelimitedText(separator: separator, receiver: receiver)
        let pieces = PieceReader(FileStream(file))
        var total = 0
        var bytesToSkip = found?.markLength ?? 0
        do {
            while true {
                let chunk = try pieces.next()
                total += chunk.count
                progress.add(bytes: chunk.count)
                progress.add(rows: text.rowNumber)
                let useful = UnsafeBufferPointer(rebasing: chunk.dropFirst(bytesToSkip))
                bytesToSkip = max(0, bytesToSkip - chunk.count)
                try transcoder.withUTF8(useful, isLast: chunk.isEmpty) { try text.push($0) }
                if chunk.isEmpty { break }
            }
            let isOpen = text.isInsideQuotes
            try text.finish()
            if text.swallowing.count > 0 {
                let more = text.swallowing.count - 1
                findings.append(
                    Finding(
                        .quoteUnclosed, at: Place(source, row: text.swallowing.row),
                        "a quotation mark opened in this row is closed in a later one, and the text between holds rows"
                            + (more > 0 ? "; so do \(more) more" : ""),
                        hint: "double the mark where it is part of the text, or remove it"))
            }
            if text.isCut, !isOpen {
                findings.append(
                    Finding(
                        .lineCut, at: Place(source, row: text.rowNumber - 1),
                        "the file ends within this row: it has no line end, and less than every row above",
                        hint: "export the file again, or end its last row as the others end"))
            }
            if isOpen {
                findings.append(
                    Finding(
                        .quoteUnclosed, at: Place(source, row: text.quoteOpenedAtRow),
                        "a quotation mark opened in this row is never closed",
                        hint: "double the mark where it is part of the text, or remove it"))
            }
        } catch let failure as DelimitedText.Failure {
            let what =
                switch failure {
                case .fieldTooLong: "\(Limits.fieldBytes >> 20) MB in one field"
                case .tooManyColumns: "\(Limits.columns) columns"
                case .tooManyRows: "\(Limits.rows * 16) rows"
                }
            findings.append(.limitPassed(what, at: Place(file: name)))
        }
        if transcoder.replaced > 0 {
            findings.append(
                Finding(
                    .charactersReplaced, at: Place(file: name),
                    "\(transcoder.replaced) broken character\(transcoder.replaced == 1 ? "" : "s") replaced",
                    hint: "save the file as UTF-8"))
        }
        receiver.endSheet(SheetEnd())
        return SheetReader.Report(format: .delimited, findings: findings, bytes: total)
    }

    private func isUTF8() throws -> Bool {
        let pieces = PieceReader(FileStream(file))
        var carried: [UInt8] = []
        while true {
            let chunk = try pieces.next()
            if chunk.isEmpty { return carried.isEmpty }
            // A character cut by the piece's end is kept for the next one.
            var end = chunk.count
            while end > 0, chunk.count - end < 3, chunk[end - 1] & 0xC0 == 0x80 { end -= 1 }
            if end > 0, chunk[end - 1] >= 0xC0 { end -= 1 } else { end = chunk.count }
            let piece = carried + chunk[..<end]
            if String(validating: piece, as: UTF8.self) == nil { return false }
            carried = Array(chunk[end...])
            if carried.count == Self.characterLength(carried.first ?? 0) {
                if String(validating: carried, as: UTF8.self) == nil { return false }
                carried = []
            }
        }
    }

    private static func characterLength(_ first: UInt8) -> Int {
        first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
    }
}
