/// Stands between a file and libxml2: replaces what XML forbids and holds the limits that the
/// parser doesn't.
///
/// Excel itself writes `&#7;` and raw control characters into descriptions. In its strict mode
/// libxml2 stops there, and in its lenient one it drops the character or cuts the file; so each is
/// replaced by U+FFFD here, and counted. All else passes through unchanged and uncopied.
struct XMLCleaner {
    private(set) var replaced = 0
    private var state = State.text
    private var length = 0
    /// A reference that may run over the end of a piece: `&#x7`.
    private var reference: [UInt8] = []
    private var referenceReturn = State.text
    /// The last two bytes, for the `--` and `]]` before a `>`.
    private var last: (UInt8, UInt8) = (0, 0)

    private enum State {
        case text, opening, tag, doubleQuoted, singleQuoted, declaration, comment, cdata, instruction, reference
    }

    enum Failure: Error {
        case tagTooLong, runTooLong, referenceTooLong
        /// A comment, a CDATA section or an instruction, where only elements and text may stand.
        case notPlain
    }

    private let plainOnly: Bool

    init(plainOnly: Bool = false) { self.plainOnly = plainOnly }

    /// Whether what was seen ends between tags, and outside comments and the like.
    var isInText: Bool { state == .text }

    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// Passes the piece on in one or more parts.
    mutating func clean(_ bytes: UnsafeBufferPointer<UInt8>, _ emit: (UnsafeBufferPointer<UInt8>) throws -> Void) throws
    {
        var start = 0
        var index = 0
        func flush(upTo end: Int) throws {
            if end > start { try emit(UnsafeBufferPointer(rebasing: bytes[start..<end])) }
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x20, byte != 0x0A, byte != 0x0D, byte != 0x09 {
                if state == .reference {
                    // No reference holds such a character: what there is of it is for libxml2 to refuse.
                    try reference.withUnsafeBufferPointer(emit)
                    state = referenceReturn
                } else {
                    try flush(upTo: index)
                }
                try Self.replacement.withUnsafeBufferPointer(emit)
                replaced += 1
                start = index + 1
                index += 1
                continue
            }
            switch state {
            case .text:
                if byte == UInt8(ascii: "<") {
                    state = .opening; length = 1
                } else if byte == UInt8(ascii: "&") {
                    try flush(upTo: index); start = index; beginReference()
                }
            case .opening:
                length = 2
                switch byte {
                case UInt8(ascii: "!"), UInt8(ascii: "?"):
                    if plainOnly { throw Failure.notPlain }
                    state = byte == UInt8(ascii: "!") ? .declaration : .instruction
                case UInt8(ascii: ">"): state = .text
                default: state = .tag
                }
            case .tag:
                length += 1
                if byte == UInt8(ascii: ">") {
                    state = .text
                } else if byte == UInt8(ascii: "\"") {
                    state = .doubleQuoted
                } else if byte == UInt8(ascii: "'") {
                    state = .singleQuoted
                }
                if length > Limits.tagBytes { throw Failure.tagTooLong }
            case .doubleQuoted, .singleQuoted:
                length += 1
                if byte == (state == .doubleQuoted ? UInt8(ascii: "\"") : UInt8(ascii: "'")) {
                    state = .tag
                } else if byte == UInt8(ascii: "&") {
                    try flush(upTo: index); start = index; beginReference()
                }
                if length > Limits.tagBytes { throw Failure.tagTooLong }
            case .declaration, .comment, .cdata, .instruction: try passAside(byte)
            case .reference:
                reference.append(byte)
                length += 1
                if byte == UInt8(ascii: ";") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") {
                    if isForbiddenReference {
                        replaced += 1
                        try Self.replacement.withUnsafeBufferPointer(emit)
                    } else {
                        try reference.withUnsafeBufferPointer(emit)
                    }
                    start = index + 1
                    state = referenceReturn
                    if byte == UInt8(ascii: "<"), state == .text { state = .opening; length = 1 }
                } else if reference.count > Limits.referenceBytes {
                    throw Failure.referenceTooLong
                }
            }
            index += 1
        }
        // A reference in the making waits for the next piece.
        if state != .reference { try flush(upTo: bytes.count) }
    }

    /// A byte of what is neither an element nor text.
    private mutating func passAside(_ byte: UInt8) throws {
        switch state {
        case .declaration:
            // `<!--` and `<![`; anything else is a DOCTYPE, which the parser's callback refuses.
            length += 1
            if byte == UInt8(ascii: "-"), length == 3 {
                state = .comment; last = (0, 0); length = 0
            } else if byte == UInt8(ascii: "["), length == 3 {
                state = .cdata; last = (0, 0); length = 0
            } else if byte == UInt8(ascii: ">") {
                state = .text
            }
            if length > Limits.runBytes { throw Failure.runTooLong }
        case .comment:
            // The first `-` was the declaration's: one more, and then at least `-->`.
            length += 1
            if byte == UInt8(ascii: ">"), last == (UInt8(ascii: "-"), UInt8(ascii: "-")), length > 3 {
                state = .text
            }
            last = (last.1, byte)
            if length > Limits.runBytes { throw Failure.runTooLong }
        case .cdata:
            length += 1
            if byte == UInt8(ascii: ">"), last == (UInt8(ascii: "]"), UInt8(ascii: "]")) { state = .text }
            last = (last.1, byte)
            if length > Limits.runBytes { throw Failure.runTooLong }
        case .instruction:
            length += 1
            if byte == UInt8(ascii: ">"), last.1 == UInt8(ascii: "?") { state = .text }
            last = (last.1, byte)
            if length > Limits.tagBytes { throw Failure.tagTooLong }
        case .text, .opening, .tag, .doubleQuoted, .singleQuoted, .reference: break
        }
    }

    /// What still waits at the file's end.
    func finish(_ emit: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        if state == .reference { try reference.withUnsafeBufferPointer(emit) }
    }

    private mutating func beginReference() {
        referenceReturn = state
        state = .reference
        reference.removeAll(keepingCapacity: true)
        reference.append(UInt8(ascii: "&"))
    }

    /// `&#7;`, `&#x1F;`: a character that XML 1.0 has no way to hold.
    private var isForbiddenReference: Bool {
        guard reference.count > 3, reference[1] == UInt8(ascii: "#"), reference.last == UInt8(ascii: ";") else {
            return false
        }
        let digits = String(decoding: reference[2..<reference.count - 1], as: UTF8.self)
        let value = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let value else { return false }
        return (value < 0x20 && value != 9 && value != 10 && value != 13)
            || (0xD800...0xDFFF).contains(value) || value == 0xFFFE || value == 0xFFFF
    }
}
