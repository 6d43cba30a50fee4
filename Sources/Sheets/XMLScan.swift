/// What the scanners share: the one way in which they look at text, and at nothing they don't know.
///
/// All works on a block's bytes by offset. Behind a stretch stand noughts, which no text may hold, so
/// every loop ends there by itself. A result below nought means that libxml2 must decide.
struct XMLScan {
    /// By byte: what it means in text, and in an attribute's value.
    private let textClasses: UnsafeMutablePointer<UInt8>
    private let valueClasses: UnsafeMutablePointer<UInt8>

    private static let plain: UInt8 = 0, end: UInt8 = 1, reference: UInt8 = 2, bracket: UInt8 = 3, wide: UInt8 = 4, unsure: UInt8 = 5

    init() {
        textClasses = .allocate(capacity: 256)
        valueClasses = .allocate(capacity: 256)
        for byte in 0..<256 {
            let common = byte >= 0x80 ? Self.wide : byte < 0x20 ? Self.unsure : byte == Int(UInt8(ascii: "&")) ? Self.reference : Self.plain
            textClasses[byte] = switch UInt8(byte) {
            case UInt8(ascii: "<"): Self.end
            // `]]>` may not stand in text.
            case UInt8(ascii: "]"): Self.bracket
            case 0x09, 0x0A: Self.plain
            default: common
            }
            valueClasses[byte] = switch UInt8(byte) {
            case UInt8(ascii: "\""): Self.end
            case UInt8(ascii: "<"): Self.unsure
            default: common
            }
        }
    }

    func deallocate() {
        textClasses.deallocate()
        valueClasses.deallocate()
    }

    /// - Returns: the offset of the `<` that ends the text; below nought where libxml2 must decide.
    @inline(__always)
    func textEnd(_ p: UnsafePointer<UInt8>, _ start: Int, hasReference: inout Bool) -> Int {
        var i = start
        while true {
            let kind = textClasses[Int(p[i])]
            if kind == Self.plain { i &+= 1; continue }
            if kind == Self.end { return i }
            switch kind {
            case Self.wide:
                let length = Self.sequence(p + i)
                if length == 0 { return -1 }
                i &+= length
            case Self.reference:
                let length = Self.reference(p + i).length
                if length == 0 { return -1 }
                hasReference = true
                i &+= length
            case Self.bracket:
                if p[i &+ 1] == UInt8(ascii: "]") { return -1 }
                i &+= 1
            default: return -1
            }
        }
    }

    /// - Returns: the offset of the closing quotation mark.
    @inline(__always)
    func valueEnd(_ p: UnsafePointer<UInt8>, _ start: Int, hasReference: inout Bool) -> Int {
        var i = start
        while true {
            let kind = valueClasses[Int(p[i])]
            if kind == Self.plain { i &+= 1; continue }
            if kind == Self.end { return i }
            switch kind {
            case Self.wide:
                let length = Self.sequence(p + i)
                if length == 0 { return -1 }
                i &+= length
            case Self.reference:
                let length = Self.reference(p + i).length
                if length == 0 { return -1 }
                hasReference = true
                i &+= length
            default: return -1
            }
        }
    }

    /// Over a value that nothing is done with, and its closing mark.
    @inline(__always)
    func skipValue(_ p: UnsafePointer<UInt8>, _ start: Int) -> Int {
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
    /// - Returns: the offset behind the mark; below nought for anything else.
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
    func skipAttributes(_ p: UnsafePointer<UInt8>, _ start: Int) -> Int {
        var i = start
        var names: (Range<Int>, Range<Int>, Range<Int>, Range<Int>, Range<Int>, Range<Int>) = (0..<0, 0..<0, 0..<0, 0..<0, 0..<0, 0..<0)
        var count = 0
        while p[i] == 0x20 {
            let name = i &+ 1
            i = name
            var colons = 0
            while (p[i] | 0x20) &- 97 < 26 || p[i] == UInt8(ascii: "-") || p[i] == UInt8(ascii: ":") || (i > name && p[i] &- 48 < 10) {
                if p[i] == UInt8(ascii: ":") { colons &+= 1 }
                i &+= 1
            }
            guard i > name, p[name] != UInt8(ascii: "-"), p[name] != UInt8(ascii: ":"), p[i &- 1] != UInt8(ascii: ":"), colons < 2,
                  p[i] == UInt8(ascii: "="), p[i &+ 1] == UInt8(ascii: "\"")
            else { return -1 }
            let range = name..<i
            // A prefix could be bound to the format's own namespace, and then the attribute mean something.
            if range.count >= 5, p[name] | 0x20 == UInt8(ascii: "x"), p[name &+ 1] | 0x20 == UInt8(ascii: "m"), p[name &+ 2] | 0x20 == UInt8(ascii: "l"),
               p[name &+ 3] | 0x20 == UInt8(ascii: "n") { return -1 }
            func same(_ other: Range<Int>) -> Bool {
                guard other.count == range.count else { return false }
                for offset in 0..<range.count where p[other.lowerBound + offset] != p[name + offset] { return false }
                return true
            }
            if same(names.0) || same(names.1) || same(names.2) || same(names.3) || same(names.4) || same(names.5) { return -1 }
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

    /// Stores the text with its references decoded.
    static func store(_ block: RowBlock, from start: Int, to end: Int) {
        var i = start
        while i < end {
            let byte = block.base[i]
            if byte == UInt8(ascii: "&") {
                let (length, scalar) = reference(UnsafePointer(block.base + i))
                block.store(scalar)
                i += length
            } else {
                block.store(byte)
                i += 1
            }
        }
    }

    /// The length of the UTF-8 sequence of a character that XML allows; nought where it is none.
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

    /// `&amp;`, `&#163;`, `&#xA3;`: how long it is, nought where it is none of XML's own, and what it
    /// stands for.
    static func reference(_ p: UnsafePointer<UInt8>) -> (length: Int, scalar: Unicode.Scalar) {
        switch p[1] {
        case UInt8(ascii: "a"):
            if p[2] == UInt8(ascii: "m"), p[3] == UInt8(ascii: "p"), p[4] == UInt8(ascii: ";") { return (5, "&") }
            if p[2] == UInt8(ascii: "p"), p[3] == UInt8(ascii: "o"), p[4] == UInt8(ascii: "s"), p[5] == UInt8(ascii: ";") { return (6, "'") }
        case UInt8(ascii: "l"):
            if p[2] == UInt8(ascii: "t"), p[3] == UInt8(ascii: ";") { return (4, "<") }
        case UInt8(ascii: "g"):
            if p[2] == UInt8(ascii: "t"), p[3] == UInt8(ascii: ";") { return (4, ">") }
        case UInt8(ascii: "q"):
            if p[2] == UInt8(ascii: "u"), p[3] == UInt8(ascii: "o"), p[4] == UInt8(ascii: "t"), p[5] == UInt8(ascii: ";") { return (6, "\"") }
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
