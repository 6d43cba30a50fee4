/// The records of a binary workbook's stream, BIFF5 and BIFF8: a number, a length, so many bytes.
///
/// Source: Microsoft, "[MS-XLS]: Excel Binary File Format (.xls) Structure", 2.3 and 2.4.
struct BinaryRecords {
    /// The records that are read; all others are passed over.
    enum Kind: Int {
        case begin = 0x0809
        case end = 0x000A
        case sheet = 0x0085
        case codePage = 0x0042
        case dates = 0x0022
        case format = 0x041E
        case cellFormat = 0x00E0
        case texts = 0x00FC
        case further = 0x003C
        case encryption = 0x002F
        case row = 0x0208
        case columns = 0x007D
        case number = 0x0203
        case compactNumber = 0x027E
        case compactNumbers = 0x00BD
        case sharedText = 0x00FD
        case text = 0x0204
        case richText = 0x00D6
        case formula = 0x0006
        case formulaText = 0x0207
        case truthOrError = 0x0205
        case merges = 0x00E5
    }

    let bytes: [UInt8]
    private(set) var offset: Int
    /// The bytes of the record at hand.
    private(set) var range = 0..<0
    private(set) var kind: Kind?

    init(_ bytes: [UInt8], at offset: Int) {
        (self.bytes, self.offset) = (bytes, offset)
    }

    /// - Returns: whether there is a further record; `nil` where the stream breaks off within it.
    mutating func next() -> Bool? {
        guard offset < bytes.count else { return false }
        guard offset + 4 <= bytes.count else { return nil }
        let number = bytes.number16(at: offset), length = bytes.number16(at: offset + 2)
        guard offset + 4 + length <= bytes.count else { return nil }
        range = (offset + 4)..<(offset + 4 + length)
        // Some writers number a formula's record as Excel 3 and 4 did.
        kind = number == 0x0206 || number == 0x0406 ? .formula : Kind(rawValue: number)
        offset = range.upperBound
        return true
    }

    /// What stands at a place of the record; `nil` beyond its end.
    func byte(_ index: Int) -> UInt8? { index < range.count ? bytes[range.lowerBound + index] : nil }
    func number16(_ index: Int) -> Int? {
        index + 2 <= range.count ? bytes.number16(at: range.lowerBound + index) : nil
    }
    func number32(_ index: Int) -> UInt32? {
        index + 4 <= range.count ? bytes.number32(at: range.lowerBound + index) : nil
    }
    func number64(_ index: Int) -> UInt64? {
        index + 8 <= range.count ? bytes.number64(at: range.lowerBound + index) : nil
    }
}

/// Texts of records, which the versions write in two ways.
extension BinaryRecords {
    /// A text whose length stands before it.
    ///
    /// - Parameters:
    ///   - index: where the length stands.
    ///   - isWide: whether the length takes two bytes.
    ///   - isUnicode: whether a mark says which letters follow, as in BIFF8; else they are of the code page.
    /// - Returns: UTF-8; `nil` where the record is too short.
    func text(_ index: Int, isWide: Bool, isUnicode: Bool) -> [UInt8]? {
        guard let count = isWide ? number16(index) : byte(index).map(Int.init) else { return nil }
        var at = index + (isWide ? 2 : 1)
        guard isUnicode else {
            guard at + count <= range.count else { return nil }
            return Self.utf8(bytes[(range.lowerBound + at)..<(range.lowerBound + at + count)])
        }
        guard let flags = byte(at) else { return nil }
        at += 1 + (flags & 8 != 0 ? 2 : 0) + (flags & 4 != 0 ? 4 : 0)
        let length = flags & 1 != 0 ? count * 2 : count
        guard at + length <= range.count else { return nil }
        let letters = bytes[(range.lowerBound + at)..<(range.lowerBound + at + length)]
        return flags & 1 != 0 ? Self.utf8(wide: Array(letters)) : Self.utf8(latin: letters)
    }

    /// Of Windows-1252, which English Excel writes.
    static func utf8(_ letters: ArraySlice<UInt8>) -> [UInt8] {
        var transcoder = Transcoder(.windows1252)
        return Array(letters).withUnsafeBufferPointer { transcoder.withUTF8($0, isLast: true) { Array($0) } }
    }

    /// Of Unicode's first 256 letters, a byte each.
    static func utf8(latin letters: some Collection<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(letters.count)
        for letter in letters {
            if letter < 0x80 {
                output.append(letter)
            } else {
                output.append(0xC0 | letter >> 6)
                output.append(0x80 | letter & 0x3F)
            }
        }
        return output
    }

    static func utf8(wide letters: [UInt8]) -> [UInt8] {
        let units = stride(from: 0, to: letters.count - 1, by: 2).map { UInt16(letters.number16(at: $0)) }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}

/// BIFF8's table of texts, which runs over the ends of records: where letters go on in the next, a mark says anew
/// whether each takes one byte or two.
struct BinaryTexts {
    private(set) var bytes: [UInt8] = []
    private var ends: [Int] = []

    var count: Int { ends.count }

    subscript(index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

    /// - Parameter pieces: the record's bytes and those of the records that continue it.
    /// - Returns: `false` where they hold fewer texts than they say.
    mutating func read(_ pieces: [Range<Int>], of stream: [UInt8]) -> Bool {
        var cursor = Cursor(pieces: pieces, stream: stream)
        guard cursor.skip(4), let count = cursor.number32() else { return false }
        for _ in 0..<count {
            guard let length = cursor.number16(), let flags = cursor.byte() else { return false }
            let runs = flags & 8 != 0 ? cursor.number16() : 0
            let extra = flags & 4 != 0 ? cursor.number32() : 0
            guard let runs, let extra, let text = cursor.letters(length, isWide: flags & 1 != 0),
                cursor.skip(4 * runs + Int(extra)), bytes.count < Limits.sharedTextBytes
            else { return false }
            bytes += text
            ends.append(bytes.count)
        }
        return true
    }

    private struct Cursor {
        var pieces: [Range<Int>]
        let stream: [UInt8]
        var piece = 0
        var at: Int

        init(pieces: [Range<Int>], stream: [UInt8]) {
            (self.pieces, self.stream) = (pieces, stream)
            at = pieces.first?.lowerBound ?? 0
        }

        mutating func byte() -> UInt8? {
            while piece < pieces.count, at == pieces[piece].upperBound {
                piece += 1
                if piece < pieces.count { at = pieces[piece].lowerBound }
            }
            guard piece < pieces.count else { return nil }
            at += 1
            return stream[at - 1]
        }

        mutating func number16() -> Int? {
            guard let low = byte(), let high = byte() else { return nil }
            return Int(low) | Int(high) << 8
        }

        mutating func number32() -> UInt32? {
            guard let low = number16(), let high = number16() else { return nil }
            return UInt32(low) | UInt32(high) << 16
        }

        mutating func skip(_ count: Int) -> Bool {
            var left = count
            while left > 0 {
                guard piece < pieces.count else { return false }
                let step = min(left, pieces[piece].upperBound - at)
                at += step
                left -= step
                if left > 0 {
                    piece += 1
                    if piece < pieces.count { at = pieces[piece].lowerBound }
                }
            }
            return true
        }

        mutating func letters(_ count: Int, isWide: Bool) -> [UInt8]? {
            var left = count, isWide = isWide, units: [UInt16] = []
            while left > 0 {
                guard piece < pieces.count else { return nil }
                let room = (pieces[piece].upperBound - at) / (isWide ? 2 : 1)
                if room == 0 {
                    piece += 1
                    guard piece < pieces.count else { return nil }
                    at = pieces[piece].lowerBound
                    guard let flags = byte() else { return nil }
                    isWide = flags & 1 != 0
                    continue
                }
                for _ in 0..<min(left, room) {
                    units.append(isWide ? UInt16(stream.number16(at: at)) : UInt16(stream[at]))
                    at += isWide ? 2 : 1
                }
                left -= min(left, room)
            }
            return Array(String(decoding: units, as: UTF16.self).utf8)
        }
    }
}
