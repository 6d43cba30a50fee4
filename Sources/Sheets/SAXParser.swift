internal import CLibXML2

/// libxml2's SAX2 push parser, safely: no DOCTYPE, no network, no entity of the file's own making,
/// and nothing delivered after the first fault. No pointer leaves this file.
///
/// Element and attribute names arrive as `Name`s, which libxml2 interns: comparing two is comparing
/// pointers.
final class SAXParser {
    private let events: any SAXEvents
    private var context: xmlParserCtxtPtr!
    private var depth = 0
    private(set) var failure: SAXFailure?

    init(_ events: any SAXEvents) {
        self.events = events
        var handler = xmlSAXHandler()
        handler.initialized = XML_SAX2_MAGIC
        handler.startElementNs = { context, name, _, uri, _, _, count, _, attributes in
            SAXParser.from(context).start(name!, uri, Int(count), attributes)
        }
        handler.endElementNs = { context, name, _, uri in SAXParser.from(context).end(name!, uri) }
        handler.characters = { context, bytes, count in SAXParser.from(context).characters(bytes!, Int(count)) }
        handler.ignorableWhitespace = handler.characters
        handler.cdataBlock = handler.characters
        handler.internalSubset = { context, _, _, _ in SAXParser.from(context).stop(.doctype) }
        handler.serror = { context, error in
            guard let error, error.pointee.level == XML_ERR_FATAL else { return }
            let text = error.pointee.message.map { String(cString: $0) } ?? "not well-formed"
            SAXParser.from(context).stop(.notWellFormed(
                line: Int(error.pointee.line), reason: text.split(separator: "\n").first.map(String.init) ?? text))
        }
        context = xmlCreatePushParserCtxt(&handler, Unmanaged.passUnretained(self).toOpaque(), nil, 0, nil)
        precondition(context != nil, "out of memory")
        // Never NOENT, DTDLOAD, DTDATTR, DTDVALID, HUGE, XINCLUDE or RECOVER.
        xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue))
        events.intern { name in SAXName(xmlDictLookup(self.context.pointee.dict, name, -1)) }
    }

    deinit {
        if let document = context.pointee.myDoc { xmlFreeDoc(document) }
        xmlFreeParserCtxt(context)
    }

    /// - Returns: whether to go on.
    func push(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard failure == nil else { return false }
        bytes.withMemoryRebound(to: CChar.self) { _ = xmlParseChunk(context, $0.baseAddress, Int32($0.count), 0) }
        return failure == nil
    }

    func finish() {
        guard failure == nil else { return }
        xmlParseChunk(context, nil, 0, 1)
        if failure == nil, context.pointee.wellFormed == 0 { failure = .notWellFormed(line: line, reason: "not well-formed") }
    }

    var line: Int { Int(xmlSAX2GetLineNumber(context)) }

    func stop(_ reason: SAXFailure) {
        guard failure == nil else { return }
        failure = reason
        xmlStopParser(context)
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> SAXParser {
        Unmanaged<SAXParser>.fromOpaque(context!).takeUnretainedValue()
    }

    private func start(
        _ name: UnsafePointer<xmlChar>, _ uri: UnsafePointer<xmlChar>?, _ count: Int,
        _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        guard failure == nil else { return }
        depth += 1
        if depth > Limits.depth { return stop(.limit("\(Limits.depth) elements inside one another")) }
        if count > Limits.attributes { return stop(.limit("\(Limits.attributes) attributes on one element")) }
        if xmlDictSize(context.pointee.dict) > Limits.names { return stop(.limit("\(Limits.names) distinct names")) }
        if let failure = events.start(SAXName(name), namespace: SAXName(uri), SAXAttributes(start: attributes, count: count)) { stop(failure) }
    }

    private func end(_ name: UnsafePointer<xmlChar>, _ uri: UnsafePointer<xmlChar>?) {
        guard failure == nil else { return }
        depth -= 1
        if let failure = events.end(SAXName(name), namespace: SAXName(uri)) { stop(failure) }
    }

    private func characters(_ bytes: UnsafePointer<xmlChar>, _ count: Int) {
        guard failure == nil else { return }
        if let failure = events.characters(UnsafeBufferPointer(start: bytes, count: count)) { stop(failure) }
    }
}

/// Why a parse ended early.
enum SAXFailure: Error {
    case doctype
    case notWellFormed(line: Int, reason: String)
    case limit(String)
    case outOfPlace(String, row: Int)
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
    func forEach(_ body: (_ name: SAXName, _ namespace: SAXName, _ value: UnsafeBufferPointer<UInt8>) -> Void) {
        guard let start else { return }
        for index in 0..<count {
            let at = start + index * 5
            guard let value = at[3], let end = at[4] else { continue }
            body(SAXName(at[0]), SAXName(at[2]), UnsafeBufferPointer(start: value, count: end - value))
        }
    }
}
