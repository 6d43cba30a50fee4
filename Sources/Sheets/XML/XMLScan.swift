/// What the scanners share: the one way in which they look at text, and at nothing they don't know.
///
/// All works on a block's bytes by offset. Behind a stretch stand zeros, which no text may hold, so
/// every loop ends there by itself. A result below zero means that libxml2 must decide.
enum XMLScan {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    /// The highest bit of each byte that is zero. A borrow may mark bytes above such a one too, so
    /// only the lowest mark counts.
    @inline(__always) private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }

    @inline(__always) private static func marks(_ word: UInt64, _ byte: UInt8) -> UInt64 {
        zeros(word ^ (ones &* UInt64(byte)))
    }

    /// Bytes below a blank and beyond ASCII.
    @inline(__always) private static func oddMarks(_ word: UInt64) -> UInt64 { ((word &- ones &* 0x20) & ~word) | word }

    @inline(__always) private static func word(_ p: UnsafePointer<UInt8>) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(p).loadUnaligned(as: UInt64.self))
    }

    /// - Returns: the offset of the `<` that ends the text; below zero where libxml2 must decide.
    @inline(__always)
    static func textEnd(_ p: UnsafePointer<UInt8>, _ start: Int, hasReference: inout Bool) -> Int {
        var i = start
        while true {
            let word = word(p + i)
            let found =
                (oddMarks(word) | marks(word, UInt8(ascii: "<")) | marks(word, UInt8(ascii: "&"))
                    | marks(word, UInt8(ascii: "]"))) & tops
            if found == 0 { i &+= 8; continue }
            i &+= found.trailingZeroBitCount &>> 3
            if p[i] == UInt8(ascii: "<") { return i }
            let length = textLength(p + i, hasReference: &hasReference)
            if length == 0 { return -1 }
            i &+= length
        }
    }

    /// How long a character or reference is that isn't plain; zero where libxml2 must decide.
    @inline(never)
    private static func textLength(_ p: UnsafePointer<UInt8>, hasReference: inout Bool) -> Int {
        switch p[0] {
        case 0x09, 0x0A: return 1
        // `]]>` may not stand in text.
        case UInt8(ascii: "]"): return p[1] == UInt8(ascii: "]") ? 0 : 1
        default: return wideLength(p, hasReference: &hasReference)
        }
    }

    @inline(never)
    private static func wideLength(_ p: UnsafePointer<UInt8>, hasReference: inout Bool) -> Int {
        if p[0] >= 0x80 { return sequence(p) }
        guard p[0] == UInt8(ascii: "&") else { return 0 }
        hasReference = true
        return reference(p).length
    }

    /// - Returns: the offset of the closing quotation mark.
    @inline(__always)
    static func valueEnd(_ p: UnsafePointer<UInt8>, _ start: Int, hasReference: inout Bool) -> Int {
        var i = start
        while true {
            let word = word(p + i)
            let found =
                (oddMarks(word) | marks(word, UInt8(ascii: "\"")) | marks(word, UInt8(ascii: "&"))
                    | marks(word, UInt8(ascii: "<"))) & tops
            if found == 0 { i &+= 8; continue }
            i &+= found.trailingZeroBitCount &>> 3
            if p[i] == UInt8(ascii: "\"") { return i }
            let length = wideLength(p + i, hasReference: &hasReference)
            if length == 0 { return -1 }
            i &+= length
        }
    }

    /// Over a value that nothing is done with, and its closing mark.
    @inline(__always)
    static func skipValue(_ p: UnsafePointer<UInt8>, _ start: Int) -> Int {
        var ignored = false
        let end = valueEnd(p, start, hasReference: &ignored)
        return end < 0 ? -1 : end &+ 1
    }

    @inline(__always)
    static func skipBlanks(_ p: UnsafePointer<UInt8>, _ start: Int) -> Int {
        var i = start
        while p[i] <= 0x20, p[i] == 0x20 || p[i] == 0x0A || p[i] == 0x0D || p[i] == 0x09 { i &+= 1 }
        return i
    }

    /// Up to seven digits and a closing mark.
    /// - Returns: the offset behind the mark; below zero for anything else.
    @inline(__always)
    static func integer(_ p: UnsafePointer<UInt8>, _ start: Int, _ number: inout Int) -> Int {
        var i = start
        var value = 0
        while p[i] &- 48 < 10, i &- start < 8 {
            value = value &* 10 &+ Int(p[i] &- 48)
            i &+= 1
        }
        guard i > start, i &- start < 8, p[i] == UInt8(ascii: "\"") else { return -1 }
        number = value
        return i &+ 1
    }

    /// Over attributes that mean nothing here, up to the tag's `>` or `/>`. They must be well-formed:
    /// no name twice, and no namespace bound.
    static func skipAttributes(_ p: UnsafePointer<UInt8>, _ start: Int) -> Int {
        var i = start
        var names: (Range<Int>, Range<Int>, Range<Int>, Range<Int>, Range<Int>, Range<Int>) = (
            0..<0, 0..<0, 0..<0, 0..<0, 0..<0, 0..<0
        )
        var count = 0
        while p[i] == 0x20 {
            let name = i &+ 1
            i = name
            var colons = 0
            while (p[i] | 0x20) &- 97 < 26 || p[i] == UInt8(ascii: "-") || p[i] == UInt8(ascii: ":")
                || (i > name && p[i] &- 48 < 10)
            {
                if p[i] == UInt8(ascii: ":") { colons &+= 1 }
                i &+= 1
            }
            guard i > name, p[name] != UInt8(ascii: "-"), p[name] != UInt8(ascii: ":"), p[i &- 1] != UInt8(ascii: ":"),
                colons < 2,
                p[i] == UInt8(ascii: "="), p[i &+ 1] == UInt8(ascii: "\"")
            else { return -1 }
            let range = name..<i
            // A prefix could be bound to the format's own namespace, and then the attribute mean something.
            if range.count >= 5, p[name] | 0x20 == UInt8(ascii: "x"), p[name &+ 1] | 0x20 == UInt8(ascii: "m"),
                p[name &+ 2] | 0x20 == UInt8(ascii: "l"),
                p[name &+ 3] | 0x20 == UInt8(ascii: "n")
            {
                return -1
            }
            func same(_ other: Range<Int>) -> Bool {
                guard other.count == range.count else { return false }
                for offset in 0..<range.count where p[other.lowerBound + offset] != p[name + offset] { return false }
                return true
            }
            if same(names.0) || same(names.1) || same(names.2) || same(names.3) || same(names.4) || same(names.5) {
                return -1
            }
            switch count {
            case 0: names.0 = range
            case 1: names.1 = range
            case 2: names.2 = range
            case 3: names.3 = range
            case 4: names.4 = range
            case 5: names.5 = range
            default: return -1
            }
            count &+= 1
            i = skipValue(p, i &+ 2)
            if i < 0 { return -1 }
        }
        return p[i] == UInt8(ascii: ">") || (p[i] == UInt8(ascii: "/") && p[i &+ 1] == UInt8(ascii: ">")) ? i : -1
    }

    /// Stores the text with its references decoded; none is shorter than what it stands for.
    static func store(_ block: RowBlock, from start: Int, to end: Int) {
        let output = block.roomInArena(for: end - start)
        let p = UnsafePointer(block.base)
        var i = start, o = 0
        while i < end {
            let byte = p[i]
            if byte == UInt8(ascii: "&") {
                let (length, scalar) = reference(p + i)
                if scalar.value < 0x80 {
                    output[o] = UInt8(truncatingIfNeeded: scalar.value)
                    o &+= 1
                } else {
                    for byte in UTF8.encode(scalar)! {
                        output[o] = byte
                        o &+= 1
                    }
                }
                i &+= length
            } else {
                output[o] = byte
                (i, o) = (i &+ 1, o &+ 1)
            }
        }
        block.growArena(by: o)
    }

    /// The length of the UTF-8 sequence of a character that XML allows; zero where it is none.
    @inline(__always)
    static func sequence(_ p: UnsafePointer<UInt8>) -> Int {
        @inline(__always) func follows(_ index: Int) -> Bool { p[index] & 0xC0 == 0x80 }
        let first = p[0]
        switch first {
        case 0xC2...0xDF: return follows(1) ? 2 : 0
        case 0xE0: return p[1] >= 0xA0 && p[1] <= 0xBF && follows(2) ? 3 : 0
        case 0xED: return p[1] >= 0x80 && p[1] <= 0x9F && follows(2) ? 3 : 0
        case 0xEF:
            // U+FFFE and U+FFFF are no characters.
            guard follows(1), follows(2) else { return 0 }
            return p[1] == 0xBF && p[2] >= 0xBE ? 0 : 3
        case 0xE1...0xEE: return follows(1) && follows(2) ? 3 : 0
        case 0xF0: return p[1] >= 0x90 && p[1] <= 0xBF && follows(2) && follows(3) ? 4 : 0
        case 0xF1...0xF3: return follows(1) && follows(2) && follows(3) ? 4 : 0
        case 0xF4: return p[1] >= 0x80 && p[1] <= 0x8F && follows(2) && follows(3) ? 4 : 0
        default: return 0
        }
    }

    /// `&amp;`, `&#163;`, `&#xA3;`: how long it is, zero where it is none of XML's own, and what it
    /// stands for.
    static func reference(_ p: UnsafePointer<UInt8>) -> (length: Int, scalar: Unicode.Scalar) {
        switch p[1] {
        case UInt8(ascii: "a"):
            if p[2] == UInt8(ascii: "m"), p[3] == UInt8(ascii: "p"), p[4] == UInt8(ascii: ";") { return (5, "&") }
            if p[2] == UInt8(ascii: "p"), p[3] == UInt8(ascii: "o"), p[4] == UInt8(ascii: "s"),
                p[5] == UInt8(ascii: ";")
            {
                return (6, "'")
            }
        case UInt8(ascii: "l"):
            if p[2] == UInt8(ascii: "t"), p[3] == UInt8(ascii: ";") { return (4, "<") }
        case UInt8(ascii: "g"):
            if p[2] == UInt8(ascii: "t"), p[3] == UInt8(ascii: ";") { return (4, ">") }
        case UInt8(ascii: "q"):
            if p[2] == UInt8(ascii: "u"), p[3] == UInt8(ascii: "o"), p[4] == UInt8(ascii: "t"),
                p[5] == UInt8(ascii: ";")
            {
                return (6, "\"")
            }
        case UInt8(ascii: "#"):
            let isHex = p[2] == UInt8(ascii: "x")
            var i = isHex ? 3 : 2
            var value: UInt32 = 0
            let first = i
            while i < first + 7 {
                let byte = p[i]
                var digit = byte &- 48
                if isHex, digit > 9 {
                    digit = (byte | 0x20) &- 87
                    if digit < 10 || digit > 15 { break }
                } else if digit > 9 {
                    break
                }
                value = value * (isHex ? 16 : 10) + UInt32(digit)
                i += 1
            }
            guard i > first, p[i] == UInt8(ascii: ";"), value >= 0x20 || value == 9 || value == 10 || value == 13,
                value != 0xFFFE, value != 0xFFFF, let scalar = Unicode.Scalar(value)
            else { break }
            return (i + 1, scalar)
        default: break
        }
        return (0, " ")
    }
}
