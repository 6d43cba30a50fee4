internal import CLibXML2

/// libxml2's SAX2 parser, safely: no DOCTYPE, no network, no entity of the file's own making, and
/// nothing delivered after the first fault. No pointer leaves this file.
///
/// A document is pushed through it in pieces; a stretch of rows is parsed in one go, wrapped in its
/// open elements. Element and attribute names arrive as `SAXName`s, which libxml2 interns: comparing
/// two is comparing pointers.
final class SAXParser {
    private let events: any SAXEvents
    private let context: xmlParserCtxtPtr
    private var depth = 0
    private(set) var failure: SAXFailure?
    /// The elements that are open, outermost first, and what their start tags bind.
    private var open: [(prefix: UnsafePointer<UInt8>?, name: UnsafePointer<UInt8>, bindings: Int)] = []
    private var bindings: [(prefix: UnsafePointer<UInt8>?, uri: UnsafePointer<UInt8>)] = []

    enum Use { case documents, stretches }

    init(_ events: any SAXEvents, for use: Use = .documents) {
        self.events = events
        var handler = xmlSAXHandler()
        handler.initialized = XML_SAX2_MAGIC
        handler.startElementNs = { context, name, prefix, uri, bindingCount, bindings, count, _, attributes in
            SAXParser.from(context).start(name!, prefix, uri, Int(bindingCount), bindings, Int(count), attributes)
        }
        handler.endElementNs = { context, name, _, uri in SAXParser.from(context).end(name!, uri) }
        handler.characters = { context, bytes, count in SAXParser.from(context).characters(bytes!, Int(count)) }
        handler.ignorableWhitespace = handler.characters
        handler.cdataBlock = handler.characters
        handler.internalSubset = { context, _, _, _ in SAXParser.from(context).stop(.doctype) }
        handler.serror = { context, error in
            guard let error, error.pointee.level == XML_ERR_FATAL else { return }
            let text = error.pointee.message.map { String(cString: $0) } ?? "not well-formed"
            SAXParser.from(context).stop(
                .notWellFormed(
                    line: Int(error.pointee.line), reason: text.split(separator: "\n").first.map(String.init) ?? text))
        }
        let created: xmlParserCtxtPtr?
        switch use {
        case .documents: created = xmlCreatePushParserCtxt(&handler, nil, nil, 0, nil)
        case .stretches:
            created = xmlNewParserCtxt()
            created?.pointee.sax.pointee = handler
        }
        guard let created else { fatalError("out of memory") }
        context = created
        context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
        useOptions()
        events.intern { name in SAXName(xmlDictLookup(context.pointee.dict, name, -1)) }
    }

    deinit {
        if let document = context.pointee.myDoc { xmlFreeDoc(document) }
        xmlFreeParserCtxt(context)
    }

    /// libxml2 sets itself up once; a program that reads on several threads does so first.
    static func prepare() { xmlInitParser() }

    private func useOptions() {
        // Never NOENT, DTDLOAD, DTDATTR, DTDVALID, HUGE, XINCLUDE or RECOVER.
        xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue))
    }

    // MARK: Documents

    /// - Returns: whether to go on.
    func push(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard failure == nil else { return false }
        bytes.withMemoryRebound(to: CChar.self) { _ = xmlParseChunk(context, $0.baseAddress, Int32($0.count), 0) }
        return failure == nil
    }

    func finish() {
        guard failure == nil else { return }
        xmlParseChunk(context, nil, 0, 1)
        if failure == nil, context.pointee.wellFormed == 0 {
            failure = .notWellFormed(line: line, reason: "not well-formed")
        }
    }

    var line: Int { Int(xmlSAX2GetLineNumber(context)) }

    /// Whether all that was pushed has been parsed, but for blanks.
    var isIdle: Bool {
        guard failure == nil, let input = context.pointee.input, var at = input.pointee.cur, let end = input.pointee.end
        else { return false }
        while at < end, at.pointee == 0x20 || at.pointee == 0x0A || at.pointee == 0x0D || at.pointee == 0x09 { at += 1 }
        return at == end
    }

    /// The open elements as tags, with the namespaces that they bind: what a stretch of the document
    /// must be wrapped in to mean the same alone. `nil` where that can't be spelt simply.
    func wrapper() -> Wrapper? {
        var start = "", end = ""
        var scope: [String: String] = [:]
        var next = 0
        for element in open {
            let prefix = element.prefix.map { String(cString: $0) }
            let name = (prefix.map { $0 + ":" } ?? "") + String(cString: element.name)
            start += "<" + name
            for binding in bindings[next..<element.bindings] {
                let uri = String(cString: binding.uri), bound = binding.prefix.map { String(cString: $0) } ?? ""
                if uri.utf8.contains(where: {
                    $0 < 0x20 || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "\"")
                }) {
                    return nil
                }
                start += (bound.isEmpty ? " xmlns" : " xmlns:" + bound) + "=\"" + uri + "\""
                scope[bound] = uri
            }
            next = element.bindings
            start += ">"
            end = "</" + name + ">" + end
        }
        return Wrapper(start: Array(start.utf8), end: Array(end.utf8), namespaces: scope)
    }

    struct Wrapper: Equatable {
        let start: [UInt8]
        let end: [UInt8]
        /// By prefix; the default namespace's is empty.
        let namespaces: [String: String]
    }

    // MARK: Stretches

    /// Parses a stretch of rows within the elements that are open around it.
    func parse(_ bytes: UnsafeBufferPointer<UInt8>, in wrapper: Wrapper, _ scratch: inout [UInt8]) {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: wrapper.start)
        scratch.append(contentsOf: bytes)
        scratch.append(contentsOf: wrapper.end)
        failure = nil
        depth = 0
        open.removeAll(keepingCapacity: true)
        bindings.removeAll(keepingCapacity: true)
        xmlCtxtReset(context)
        useOptions()
        context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
        scratch.withUnsafeBufferPointer { whole in
            whole.withMemoryRebound(to: CChar.self) { characters in
                guard
                    let buffer = xmlParserInputBufferCreateMem(
                        characters.baseAddress, Int32(characters.count), XML_CHAR_ENCODING_NONE),
                    let input = xmlNewIOInputStream(context, buffer, XML_CHAR_ENCODING_NONE)
                else { fatalError("out of memory") }
                inputPush(context, input)
                xmlParseDocument(context)
            }
        }
        if failure == nil, context.pointee.wellFormed == 0 {
            failure = .notWellFormed(line: line, reason: "not well-formed")
        }
    }

    // MARK: Events

    func stop(_ reason: SAXFailure) {
        guard failure == nil else { return }
        failure = reason
        xmlStopParser(context)
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> SAXParser {
        Unmanaged<SAXParser>.fromOpaque(context!).takeUnretainedValue()
    }

    private func start(
        _ name: UnsafePointer<xmlChar>, _ prefix: UnsafePointer<xmlChar>?, _ uri: UnsafePointer<xmlChar>?,
        _ bindingCount: Int, _ bound: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?,
        _ count: Int, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        guard failure == nil else { return }
        depth += 1
        if depth > Limits.depth { return stop(.limit("\(Limits.depth) elements inside one another")) }
        if count > Limits.attributes { return stop(.limit("\(Limits.attributes) attributes on one element")) }
        if xmlDictSize(context.pointee.dict) > Limits.names { return stop(.limit("\(Limits.names) distinct names")) }
        if bindingCount > 0, let bound {
            for index in 0..<bindingCount {
                if let uri = bound[index * 2 + 1] { bindings.append((bound[index * 2], uri)) }
            }
        }
        open.append((prefix, name, bindings.count))
        if let failure = events.start(
            SAXName(name), namespace: SAXName(uri), SAXAttributes(start: attributes, count: count))
        {
            stop(failure)
        }
    }

    private func end(_ name: UnsafePointer<xmlChar>, _ uri: UnsafePointer<xmlChar>?) {
        guard failure == nil else { return }
        depth -= 1
        open.removeLast()
        let kept = open.last?.bindings ?? 0
        if bindings.count > kept { bindings.removeLast(bindings.count - kept) }
        if let failure = events.end(SAXName(name), namespace: SAXName(uri)) { stop(failure) }
    }

    private func characters(_ bytes: UnsafePointer<xmlChar>, _ count: Int) {
        guard failure == nil else { return }
        if let failure = events.characters(UnsafeBufferPointer(start: bytes, count: count)) { stop(failure) }
    }
}

/// Why a parse ended early.
enum SAXFailure: Error, Equatable {
    case doctype
    case notWellFormed(line: Int, reason: String)
    case limit(String)
    /// Rows or cells where no spreadsheet program puts them.
    case outOfPlace(String)
    /// A part of the format that this program refuses, and what to do about it.
    case refused(String, hint: String)
}

/// What a format does with the parser's events; a returned failure stops the parse.
protocol SAXEvents: AnyObject {
    /// Asks for the names that the format compares with, once, before the first event.
    func intern(_ name: (String) -> SAXName)
    func start(_ name: SAXName, namespace: SAXName, _ attributes: SAXAttributes) -> SAXFailure?
    func end(_ name: SAXName, namespace: SAXName) -> SAXFailure?
    func characters(_ bytes: UnsafeBufferPointer<UInt8>) -> SAXFailure?
}

/// An interned name: equal names of one parse are the same pointer.
struct SAXName: Equatable {
    private let pointer: UnsafePointer<UInt8>?

    init(_ pointer: UnsafePointer<UInt8>?) { self.pointer = pointer }

    var isNone: Bool { pointer == nil }
}

/// An element's attributes; valid during the event.
struct SAXAttributes {
    fileprivate let start: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    let count: Int

    /// Each attribute is five pointers: name, prefix, namespace, value, the value's end.
    @inline(__always)
    func forEach(_ body: (_ name: SAXName, _ namespace: SAXName, _ value: UnsafeBufferPointer<UInt8>) -> Void) {
        guard let start else { return }
        for index in 0..<count {
            let at = start + index * 5
            guard let value = at[3], let end = at[4] else { continue }
            body(SAXName(at[0]), SAXName(at[2]), UnsafeBufferPointer(start: value, count: end - value))
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// An attribute's value as text. Where it doesn't replace entities, libxml2 hands an attribute's
    /// ampersand on as a reference.
    var attributeText: String {
        String(decoding: self, as: UTF8.self).split(separator: "&#38;", omittingEmptySubsequences: false).joined(
            separator: "&")
    }

    /// Digits alone, up to seven of them: the grid needs no more.
    @inline(__always) var smallInteger: Int? {
        guard (1...7).contains(count) else { return nil }
        var number = 0
        for byte in self {
            guard byte &- 48 < 10 else { return nil }
            number = number * 10 + Int(byte &- 48)
        }
        return number
    }

    @inline(__always) func reads(_ word: StaticString) -> Bool {
        guard count == word.utf8CodeUnitCount else { return false }
        for index in 0..<count where self[index] != word.utf8Start[index] { return false }
        return true
    }
}
