/// Reads stretches of rows on one thread: by the scanner, or else by libxml2.
final class StretchReader {
    private let format: RowFormat
    private let wrapper: SAXParser.Wrapper
    private let scanner: (any RowScanner)?
    private var grammar: (any RowGrammar)?
    private var parser: SAXParser?
    private var scratch: [UInt8] = []
    /// `</Table`, of the element that the rows stand in.
    private let parentEnd: TagName

    enum Result: Equatable {
        /// The block's rows are the stretch's.
        case rows
        /// The same up to this offset, where the rows end.
        case stopped(Int)
        /// The document's own parser must read it.
        case document
    }

    init(_ format: RowFormat, in wrapper: SAXParser.Wrapper, useScanner: Bool = true) {
        self.format = format
        self.wrapper = wrapper
        scanner = useScanner ? format.makeScanner(wrapper.namespaces) : nil
        let name = wrapper.end.dropFirst(2).prefix { $0 != UInt8(ascii: ">") }
        parentEnd = TagName(String(decoding: name, as: UTF8.self), isEnd: true)
    }

    func read(_ block: RowBlock) -> Result {
        block.clearRows()
        if let scanner {
            switch scanner.scan(block) {
            case .whole: return .rows
            case .stopped(let offset): return .stopped(offset)
            case .unsure: block.clearRows()
            }
        }
        return parse(block)
    }

    /// By libxml2 alone.
    func parse(_ block: RowBlock) -> Result {
        var end = block.textCount
        if let rowsEnd = parentEnd.first(in: block.text, from: 0) { end = rowsEnd }
        let stretch = UnsafeBufferPointer(rebasing: block.text[..<end])
        // What isn't plain elements and text (a comment could hide a row's end), what must be replaced
        // and what passes a limit is the document's business.
        var cleaner = XMLCleaner(plainOnly: true)
        do { try cleaner.clean(stretch) { _ in } } catch { return .document }
        guard cleaner.replaced == 0, cleaner.isInText else { return .document }
        let (grammar, parser) = reader(block)
        grammar.block = block
        parser.parse(stretch, in: wrapper, &scratch)
        if parser.failure != nil {
            // The document's parser finds the same, and knows the line.
            (self.grammar, self.parser) = (nil, nil)
            block.clearRows()
            return .document
        }
        return end == block.textCount ? .rows : .stopped(end)
    }

    private func reader(_ block: RowBlock) -> (any RowGrammar, SAXParser) {
        if let grammar, let parser { return (grammar, parser) }
        let grammar = format.makeGrammar(block, nil)
        let parser = SAXParser(grammar, for: .stretches)
        (self.grammar, self.parser) = (grammar, parser)
        return (grammar, parser)
    }
}
