/// Up to 32 bytes to compare with, eight at a time: `<ss:Data ss:Type="`.
///
/// `isAt` looks at whole words, so what it is given must be readable for 32 bytes; a `RowBlock`'s
/// padding sees to that.
struct Literal {
    let count: Int
    private let words: (UInt64, UInt64, UInt64, UInt64)
    private let masks: (UInt64, UInt64, UInt64, UInt64)

    /// - Precondition: 1 to 32 bytes.
    init(_ text: String) {
        let bytes = Array(text.utf8)
        precondition((1...32).contains(bytes.count), "a literal has 1 to 32 bytes")
        func word(_ index: Int) -> (UInt64, UInt64) {
            var word: UInt64 = 0, mask: UInt64 = 0
            for position in 0..<8 where index * 8 + position < bytes.count {
                word |= UInt64(bytes[index * 8 + position]) << UInt64(position * 8)
                mask |= 0xFF << UInt64(position * 8)
            }
            return (UInt64(littleEndian: word), UInt64(littleEndian: mask))
        }
        let all = (word(0), word(1), word(2), word(3))
        count = bytes.count
        words = (all.0.0, all.1.0, all.2.0, all.3.0)
        masks = (all.0.1, all.1.1, all.2.1, all.3.1)
    }

    /// Whether the literal fits the 32 bytes at all; a very long namespace prefix doesn't.
    static func fits(_ text: String) -> Bool { (1...32).contains(text.utf8.count) }

    @inline(__always) func isAt(_ bytes: UnsafePointer<UInt8>) -> Bool {
        let raw = UnsafeRawPointer(bytes)
        if (raw.loadUnaligned(as: UInt64.self) ^ words.0) & masks.0 != 0 { return false }
        if count <= 8 { return true }
        if (raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self) ^ words.1) & masks.1 != 0 { return false }
        if count <= 16 { return true }
        return (raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self) ^ words.2) & masks.2
            | (raw.loadUnaligned(fromByteOffset: 24, as: UInt64.self) ^ words.3) & masks.3 == 0
    }
}
