internal import CLibXML2

/// A web page's elements and texts, in its order, as libxml2 makes them of it: well-formed or not, faults are mended as
/// browsers do. No network, and no entity of the page's own.
package struct HTMLTree: Sendable {
    /// Outer ones before inner ones.
    package private(set) var nodes: [Node] = []

    package struct Node: Sendable {
        package let content: Content
        /// The index behind all that stands inside it.
        package fileprivate(set) var end: Int
    }

    package enum Content: Sendable {
        /// - Parameters:
        ///   - name: in small letters.
        ///   - attributes: in small letters; one that stands alone has an empty value.
        case element(name: String, attributes: [String: String])
        case text(String)
    }

    /// Whether a file's first bytes are a web page's.
    package static func isWebPage(_ content: FileContent) throws(FileFailure) -> Bool {
        try Head(content.file).isWebPage
    }

    /// - Returns: `nil` where nothing can be made of the bytes.
    package init?(_ bytes: [UInt8]) {
        xmlInitParser()
        let options = Int32(
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
                | HTML_PARSE_NONET.rawValue)
        // Without a byte order mark or a declaration, today's pages are UTF-8.
        let isDeclared =
            bytes.prefix(4_096).withContiguousStorageIfAvailable { $0.find(Array("charset".utf8)) != nil } ?? false
        let hasMark =
            bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            || bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let document = bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) {
                htmlReadMemory($0.baseAddress, Int32($0.count), nil, isDeclared || hasMark ? nil : "UTF-8", options)
            }
        }
        guard let document else { return nil }
        defer { xmlFreeDoc(document) }
        if let root = xmlDocGetRootElement(document) { add(root) }
    }

    /// Every node from the root on, without recursion: a page may nest as deep as it likes.
    private mutating func add(_ root: xmlNodePtr) {
        var open: [Int] = []
        var node: xmlNodePtr? = root
        while let current = node {
            let index = nodes.count
            if let content = Self.content(of: current) { nodes.append(Node(content: content, end: index + 1)) }
            if current.pointee.type == XML_ELEMENT_NODE, let child = current.pointee.children {
                open.append(index)
                node = child
                continue
            }
            var up: xmlNodePtr? = current
            while let here = up, here != root, here.pointee.next == nil {
                up = here.pointee.parent
                nodes[open.removeLast()].end = nodes.count
            }
            node = up == nil || up == root ? nil : up!.pointee.next
        }
        for index in open { nodes[index].end = nodes.count }
    }

    /// - Returns: `nil` for a comment and the like.
    private static func content(of node: xmlNodePtr) -> Content? {
        switch node.pointee.type {
        case XML_ELEMENT_NODE:
            var attributes: [String: String] = [:]
            var attribute = node.pointee.properties
            while let current = attribute {
                attributes[string(current.pointee.name).lowercased()] =
                    current.pointee.children.map { string($0.pointee.content) } ?? ""
                attribute = current.pointee.next
            }
            return .element(name: string(node.pointee.name).lowercased(), attributes: attributes)
        case XML_TEXT_NODE, XML_CDATA_SECTION_NODE: return .text(string(node.pointee.content))
        default: return nil
        }
    }

    private static func string(_ text: UnsafePointer<UInt8>?) -> String {
        text.map { String(decoding: UnsafeBufferPointer(start: $0, count: Int(xmlStrlen($0))), as: UTF8.self) } ?? ""
    }
}
