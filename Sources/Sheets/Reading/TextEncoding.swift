/// How a file's text is encoded, and its way to UTF-8.
enum TextEncoding: Equatable {
    case utf8, utf16LittleEndian, utf16BigEndian, windows1252, latin1

    /// By its name in an XML declaration; `nil` where this program doesn't know it.
    init?(declared name: String) {
        switch name.lowercased() {
        case "utf-8", "utf8", "us-ascii", "ascii": self = .utf8
        case "windows-1252", "cp1252": self = .windows1252
        // Browsers and Excel alike read Latin-1 as Windows-1252, which differs in control codes only.
        case "iso-8859-1", "latin1", "latin-1": self = .latin1
        case "utf-16", "utf-16le": self = .utf16LittleEndian
        case "utf-16be": self = .utf16BigEndian
        default: return nil
        }
    }

    /// From a byte order mark, or from the zeros between a UTF-16 file's first letters.
    /// - Returns: the encoding, if the bytes tell, and how many bytes its mark takes.
    static func detect(_ bytes: UnsafeBufferPointer<UInt8>) -> (encoding: TextEncoding, markLength: Int)? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        guard bytes.count >= 4 else { return nil }
        if bytes[0] != 0, bytes[1] == 0, bytes[2] != 0, bytes[3] == 0 { return (.utf16LittleEndian, 0) }
        if bytes[0] == 0, bytes[1] != 0, bytes[2] == 0, bytes[3] != 0 { return (.utf16BigEndian, 0) }
        return nil
    }
}

/// Turns pieces of a file into UTF-8, carrying what a piece's end cuts in two over to the next.
struct Transcoder {
    let encoding: TextEncoding
    /// UTF-16 halves without a partner, replaced by U+FFFD.
    private(set) var replaced = 0
    private var output: [UInt8] = []
    private var carriedByte: UInt8?
    private var carriedHighHalf: UInt16?

    init(_ encoding: TextEncoding) { self.encoding = encoding }

    /// Hands over the piece as UTF-8; `isLast` tells that nothing may be carried any more.
    mutating func withUTF8<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        if encoding == .utf8 { return try body(bytes) }
        output.removeAll(keepingCapacity: true)
        switch encoding {
        case .utf8: break
        case .windows1252, .latin1: for byte in bytes { append(Self.windows1252(byte)) }
        case .utf16LittleEndian, .utf16BigEndian: appendUTF16(bytes, isLast: isLast)
        }
        return try output.withUnsafeBufferPointer(body)
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        if scalar.value < 0x80 {
            output.append(UInt8(scalar.value))
        } else {
            output.append(contentsOf: UTF8.encode(scalar)!)
        }
    }

    private mutating func appendUTF16(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) {
        for byte in bytes {
            guard let first = carriedByte else {
                carriedByte = byte
                continue
            }
            carriedByte = nil
            let unit =
                encoding == .utf16LittleEndian
                ? UInt16(first) | UInt16(byte) << 8 : UInt16(first) << 8 | UInt16(byte)
            if let high = carriedHighHalf {
                carriedHighHalf = nil
                if UTF16.isTrailSurrogate(unit) {
                    append(UTF16.decode(UTF16.EncodedScalar([high, unit])))
                    continue
                }
                replaceHalf()
            }
            if UTF16.isLeadSurrogate(unit) {
                carriedHighHalf = unit
            } else if let scalar = Unicode.Scalar(unit) {
                append(scalar)
            } else {
                replaceHalf()
            }
        }
        guard isLast else { return }
        if carriedByte != nil || carriedHighHalf != nil { replaceHalf() }
        (carriedByte, carriedHighHalf) = (nil, nil)
    }

    private mutating func replaceHalf() {
        replaced += 1
        append("\u{FFFD}")
    }

    private static func windows1252(_ byte: UInt8) -> Unicode.Scalar {
        guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
        return upperControls[Int(byte - 0x80)]
    }

    /// 0x80 to 0x9F; the five that Windows-1252 leaves undefined stand for themselves.
    private static let upperControls: [Unicode.Scalar] = [
        "\u{20AC}", "\u{81}", "\u{201A}", "\u{192}", "\u{201E}", "\u{2026}", "\u{2020}", "\u{2021}",
        "\u{2C6}", "\u{2030}", "\u{160}", "\u{2039}", "\u{152}", "\u{8D}", "\u{17D}", "\u{8F}",
        "\u{90}", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "\u{2022}", "\u{2013}", "\u{2014}",
        "\u{2DC}", "\u{2122}", "\u{161}", "\u{203A}", "\u{153}", "\u{9D}", "\u{17E}", "\u{178}",
    ]
}
