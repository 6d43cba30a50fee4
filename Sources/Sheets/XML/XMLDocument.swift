internal import Findings

/// An XML document of rows on its way: bytes -> UTF-8 -> cleaned -> libxml2 -> rows.
///
/// The document's own parser sees everything but the stretches of rows, which are cut out at a row's
/// end, read several at a time, and put back in order. Whatever isn't plainly rows goes through the
/// document's parser, so that nothing depends on how well the cutting guessed.
final class XMLDocument: DocumentSink {
    private let stream: any ByteStream
    private let format: RowFormat
    private let consumer: any BlockConsumer
    private let options: SheetReader.Options
    private let pipeline: RowPipeline
    private let block = RowBlock()
    let grammar: any RowGrammar
    private let parser: SAXParser
    private var cleaner = XMLCleaner()
    private let progress: ReadingProgress
    private let visibility: SheetEnd.Visibility?

    /// Pieces of the text that were read and are still to be parsed, before the stream's next.
    private var unread: [[UInt8]] = []
    private var isStreamAtEnd = false
    private var failure: Failure?
    /// How much of the text has been parsed, and which parts of it the document's parser never saw.
    private var position = 0
    private var cutOut: [Range<Int>] = []

    enum Failure {
        case parser(SAXFailure)
        case cleaner(XMLCleaner.Failure)
        case encoding(declared: String)
    }

    struct Outcome {
        let failure: Failure?
        /// Of the document's own parser; the lines of `cutOut` come on top.
        let line: Int
        let cutOut: [Range<Int>]
        /// Characters that XML forbids, or that weren't any.
        let replaced: Int
    }

    /// - Parameter visibility: the sheet's, where another part of the file says it.
    init(
        _ stream: any ByteStream, _ format: RowFormat, _ consumer: any BlockConsumer, _ pipeline: RowPipeline,
        _ options: SheetReader.Options, _ progress: ReadingProgress,
        visibility: SheetEnd.Visibility? = nil
    ) {
        self.visibility = visibility
        self.stream = stream
        self.format = format
        self.consumer = consumer
        self.pipeline = pipeline
        self.options = options
        self.progress = progress
        let relay = Relay()
        self.relay = relay
        grammar = format.makeGrammar(block, relay)
        parser = SAXParser(grammar)
        relay.target = self
    }

    /// The grammar is made before the document that it reports to.
    private let relay: Relay
    private final class Relay: DocumentSink {
        weak var target: XMLDocument?
        func beginSheet(name: String) { target?.beginSheet(name: name) }
        func endRow() -> SAXFailure? { target?.endRow() }
        func endSheet(_ end: SheetEnd) { target?.endSheet(end) }
    }

    func beginSheet(name: String) { consumer.beginSheet(name: name) }

    func endRow() -> SAXFailure? {
        defer { block.clearRows() }
        return consumer.consume(block)
    }

    func endSheet(_ end: SheetEnd) {
        var end = end
        if let visibility { end.visibility = visibility }
        consumer.endSheet(end)
    }

    func read() throws -> Outcome {
        let first = try readPiece()
        let start = first.withUnsafeBufferPointer(XMLPrologue.init)
        var replaced = 0
        if let encoding = start.encoding {
            if encoding == .utf8 {
                // The text is in UTF-8 whatever it declares (ASCII, say), so the declaration goes.
                let text = first.dropFirst(start.bytesToSkip)
                position = start.bytesToSkip + text.withUnsafeBufferPointer(XMLPrologue.declarationLength)
                cutOut = [start.bytesToSkip..<position]
                unread = [Array(first.dropFirst(position))]
                try readText()
            } else {
                replaced = try readTranscoded(first, encoding, bytesToSkip: start.bytesToSkip)
            }
        } else {
            failure = .encoding(declared: start.declared ?? "")
        }
        if failure == nil {
            parser.finish()
            if let found = parser.failure { failure = .parser(found) }
        }
        return Outcome(failure: failure, line: parser.line, cutOut: cutOut, replaced: replaced + cleaner.replaced)
    }

    // MARK: In UTF-8

    private func readText() throws {
        while failure == nil {
            let piece: [UInt8]
            if unread.isEmpty { piece = try readPiece() } else { piece = unread.removeFirst() }
            if piece.isEmpty {
                if isStreamAtEnd, unread.isEmpty { break }
                continue
            }
            try readText(piece)
        }
        if failure == nil { finishCleaner() }
    }

    private func readText(_ piece: [UInt8]) throws {
        var at = 0
        while at < piece.count, failure == nil {
            guard options.stretches, let row = rowTag(in: piece, from: at) else { return push(piece, at, piece.count) }
            push(piece, at, row.offset)
            guard failure == nil else { return }
            at = row.offset
            if isBetweenRows, let wrapper = parser.wrapper() {
                unread.insert(Array(piece[at...]), at: 0)
                return try readStretches(TagName(row.name, isEnd: true), in: wrapper)
            }
            push(piece, at, at + 1)
            at += 1
        }
    }

    private var isBetweenRows: Bool { cleaner.isInText && grammar.isBetweenRows && parser.isIdle }

    /// The next start tag that may be a row's, with its prefix.
    private func rowTag(in piece: [UInt8], from start: Int) -> (offset: Int, name: String)? {
        let word = Array(format.row.utf8)
        return piece.withUnsafeBufferPointer { bytes in
            var from = start
            while let found = bytes.find(word, from: from) {
                from = found + 1
                var open = found - 1
                while open >= start, found - open < 20, bytes[open] != UInt8(ascii: "<"), bytes[open] > 0x20,
                    bytes[open] != UInt8(ascii: "/")
                { open -= 1 }
                guard open >= start, bytes[open] == UInt8(ascii: "<"),
                    open == found - 1 || bytes[found - 1] == UInt8(ascii: ":")
                else { continue }
                let name = String(decoding: bytes[(open + 1)..<(found + word.count)], as: UTF8.self)
                if TagName(name, isEnd: false).isAt(open, of: bytes) { return (open, name) }
            }
            return nil
        }
    }

    private func push(_ piece: [UInt8], _ from: Int, _ to: Int) {
        piece.withUnsafeBufferPointer { push(UnsafeBufferPointer(rebasing: $0[from..<to])) }
    }

    private func push(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard failure == nil, !bytes.isEmpty else { return }
        position += bytes.count
        do { try cleaner.clean(bytes) { part in _ = parser.push(part) } } catch let thrown as XMLCleaner.Failure {
            failure = .cleaner(thrown)
        } catch {}
        if failure == nil, let found = parser.failure { failure = .parser(found) }
    }

    private func finishCleaner() {
        try? cleaner.finish { part in _ = parser.push(part) }
        if let found = parser.failure { failure = .parser(found) }
    }

    /// No more than there should be, and something beyond, to see the end.
    private var pieceBytes: Int { min(options.chunkBytes, stream.pieceBytes) }

    private func readPiece() throws -> [UInt8] {
        let piece = try [UInt8](unsafeUninitializedCapacity: pieceBytes) { buffer, count in
            count = try stream.read(into: buffer)
        }
        isStreamAtEnd = piece.isEmpty
        progress.add(bytes: piece.count)
        return piece
    }

    // MARK: Stretches

    private func readStretches(_ rowEnd: TagName, in wrapper: SAXParser.Wrapper) throws {
        var rest: [UInt8] = []
        let (format, useScanner) = (format, options.scanner)
        let left = try pipeline.run(
            fill: { [unowned self] block in try fill(block, rowEnd) },
            makeReader: { StretchReader(format, in: wrapper, useScanner: useScanner) },
            take: { block, result in
                switch result {
                case .rows:
                    cut(block.textCount)
                    return !fails(consumer.consume(block))
                case .stopped(let offset) where offset > 0:
                    cut(offset)
                    rest = Array(block.text[offset...])
                    _ = fails(consumer.consume(block))
                    return false
                case .document, .stopped:
                    push(block.text)
                    return failure == nil && isBetweenRows && parser.wrapper() == wrapper
                }
            })
        unread = [rest] + left + unread
    }

    private func cut(_ count: Int) {
        if let last = cutOut.last, last.upperBound == position {
            cutOut[cutOut.count - 1] = last.lowerBound..<(position + count)
        } else if count > 0 {
            cutOut.append(position..<(position + count))
        }
        position += count
    }

    private func fails(_ found: SAXFailure?) -> Bool {
        if let found { failure = .parser(found) }
        return found != nil
    }

    /// Fills a block with whole rows: what was unread, and then the stream, up to the last row's end.
    private func fill(_ block: RowBlock, _ rowEnd: TagName) throws -> Bool {
        block.clear()
        var wanted = options.chunkBytes
        while true {
            while !unread.isEmpty, block.textCount < wanted {
                let piece = unread.removeFirst()
                let taken = min(piece.count, wanted - block.textCount)
                piece.withUnsafeBufferPointer { block.append(UnsafeBufferPointer(rebasing: $0[..<taken])) }
                if taken < piece.count { unread.insert(Array(piece[taken...]), at: 0) }
            }
            while unread.isEmpty, block.textCount < wanted, !isStreamAtEnd {
                let room = block.room(for: min(pieceBytes, wanted - block.textCount))
                let count = try stream.read(into: room)
                block.grow(by: count)
                progress.add(bytes: count)
                if count == 0 { isStreamAtEnd = true }
            }
            if block.textCount == 0 { return false }
            if unread.isEmpty, isStreamAtEnd { return true }
            if let end = rowEnd.endOfLast(in: block.text) {
                if end < block.textCount { unread.insert(Array(block.text[end...]), at: 0) }
                block.cut(to: end)
                return true
            }
            // A row longer than this is for the document's parser, and its limits, to say.
            if block.textCount > Limits.rowBytes { return true }
            wanted = block.textCount * 2
        }
    }

    // MARK: In other encodings

    private func readTranscoded(_ first: [UInt8], _ encoding: TextEncoding, bytesToSkip: Int) throws -> Int {
        var transcoder = Transcoder(encoding)
        var piece = Array(first.dropFirst(bytesToSkip))
        var isDeclarationGone = false
        while failure == nil {
            let isLast = isStreamAtEnd
            piece.withUnsafeBufferPointer { bytes in
                transcoder.withUTF8(bytes, isLast: isLast) { text in
                    // The declaration names the file's encoding, which is no longer the text's.
                    let skipped = isDeclarationGone || text.isEmpty ? 0 : XMLPrologue.declarationLength(text)
                    isDeclarationGone = isDeclarationGone || !text.isEmpty
                    push(UnsafeBufferPointer(rebasing: text[skipped...]))
                }
            }
            if isLast { break }
            piece = try readPiece()
        }
        if failure == nil { finishCleaner() }
        return transcoder.replaced
    }
}

/// How an XML text begins: its encoding, from the byte order mark or else from the declaration.
struct XMLPrologue {
    let encoding: TextEncoding?
    let declared: String?
    /// The mark's, which isn't part of the text.
    let bytesToSkip: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        if let found = TextEncoding.detect(bytes) {
            (encoding, declared, bytesToSkip) = (found.encoding, nil, found.markLength)
            return
        }
        bytesToSkip = 0
        let declaration = UnsafeBufferPointer(rebasing: bytes.prefix(Self.declarationLength(bytes)))
        guard let word = declaration.find(Array("encoding".utf8)) else {
            (encoding, declared) = (.utf8, nil)
            return
        }
        let rest = declaration[(word + 8)...].drop { $0 == UInt8(ascii: "=") || $0 <= 0x20 }
        guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            (encoding, declared) = (.utf8, nil)
            return
        }
        let name = String(decoding: rest.dropFirst().prefix { $0 != quote }, as: UTF8.self)
        declared = name
        // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
        switch TextEncoding(declared: name) {
        case .utf16LittleEndian?, .utf16BigEndian?: encoding = .utf8
        case let known: encoding = known
        }
    }

    /// Blanks before it are counted in: XML forbids them, and report generators write them.
    static func declarationLength(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        let blanks = text.prefix(64).prefix { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }.count
        guard text.dropFirst(blanks).starts(with: Array("<?xml".utf8)), text.count > blanks + 5,
            text[blanks + 5] <= 0x20
        else { return 0 }
        var index = blanks + 5
        while index + 1 < Swift.min(text.count, 1_024) {
            if text[index] == UInt8(ascii: "?"), text[index + 1] == UInt8(ascii: ">") { return index + 2 }
            index += 1
        }
        return 0
    }
}
