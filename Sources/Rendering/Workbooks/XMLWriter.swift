internal import CLibXML2

/// libxml2's writer into memory. No pointer of the library leaves this file.
final class XMLWriter {
    private let buffer: xmlBufferPtr
    private let writer: xmlTextWriterPtr

    init() {
        guard let buffer = xmlBufferCreate(), let writer = xmlNewTextWriterMemory(buffer, 0) else {
            fatalError("out of memory")
        }
        self.buffer = buffer
        self.writer = writer
        xmlTextWriterStartDocument(writer, "1.0", "UTF-8", nil)
    }

    deinit {
        xmlFreeTextWriter(writer)
        xmlBufferFree(buffer)
    }

    func element(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ body: () -> Void = {}) {
        start(name, attributes.map { ($0.key, $0.value) }, body)
    }

    /// With attributes that are known at run time only.
    func start(_ name: String, _ attributes: [(String, String)], _ body: () -> Void) {
        xmlTextWriterStartElement(writer, name)
        for (key, value) in attributes { xmlTextWriterWriteAttribute(writer, key, Self.legal(value)) }
        body()
        xmlTextWriterEndElement(writer)
    }

    func text(_ text: String) { xmlTextWriterWriteString(writer, Self.legal(text)) }

    /// The document so far, closed.
    func bytes() -> [UInt8] {
        xmlTextWriterEndDocument(writer)
        xmlTextWriterFlush(writer)
        return Array(UnsafeBufferPointer(start: xmlBufferContent(buffer), count: Int(xmlBufferLength(buffer))))
    }

    /// Without characters that XML can't hold.
    private static func legal(_ text: String) -> String {
        guard
            text.utf8.contains(where: { $0 < 32 && $0 != 9 && $0 != 10 })
                || text.unicodeScalars.contains(where: { $0.value == 0xFFFE || $0.value == 0xFFFF })
        else { return text }
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map {
                    $0.value < 32 && $0.value != 9 && $0.value != 10 || $0.value == 0xFFFE || $0.value == 0xFFFF
                        ? "\u{FFFD}" : $0
                }))
    }
}
