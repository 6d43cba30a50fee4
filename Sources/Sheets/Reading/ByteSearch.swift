internal import Glibc

extension UnsafeBufferPointer<UInt8> {
    /// The first place of the word at or after `start`.
    func find(_ word: [UInt8], from start: Int = 0) -> Int? {
        var from = start
        while let found = find(word[0], from: from), found + word.count <= count {
            var length = 1
            while length < word.count, self[found + length] == word[length] { length += 1 }
            if length == word.count { return found }
            from = found + 1
        }
        return nil
    }

    func find(_ byte: UInt8, from start: Int) -> Int? {
        guard start < count, let base = baseAddress else { return nil }
        guard let found = memchr(base + start, Int32(byte), count - start) else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    func findLast(_ byte: UInt8, before end: Int) -> Int? {
        var index = end - 1
        while index >= 0, self[index] != byte { index -= 1 }
        return index >= 0 ? index : nil
    }
}

/// `<ss:Row` or `</ss:Row`, and what may follow it.
struct TagName {
    let bytes: [UInt8]

    init(_ name: String, isEnd: Bool) { bytes = Array(((isEnd ? "</" : "<") + name).utf8) }

    func isAt(_ index: Int, of text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard index + bytes.count < text.count else { return false }
        for offset in bytes.indices where text[index + offset] != bytes[offset] { return false }
        let next = text[index + bytes.count]
        return next == UInt8(ascii: ">") || next == UInt8(ascii: "/") || next <= 0x20
    }

    func first(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var start = start
        while let found = text.find(bytes, from: start) {
            if isAt(found, of: text) { return found }
            start = found + 1
        }
        return nil
    }

    /// The offset behind the last such end tag.
    func endOfLast(in text: UnsafeBufferPointer<UInt8>) -> Int? {
        var end = text.count
        while let found = text.findLast(UInt8(ascii: "<"), before: end) {
            if isAt(found, of: text), let close = text.find(UInt8(ascii: ">"), from: found) { return close + 1 }
            end = found
        }
        return nil
    }
}
