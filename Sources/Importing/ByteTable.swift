/// Values by short texts' bytes; small, and never asked to forget.
struct ByteTable<Value> {
    private var slots: [(bytes: [UInt8], value: Value)?] = Array(repeating: nil, count: 64)
    private var count = 0

    private static func hash(_ bytes: Span<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in bytes.indices { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: hash >> 16)
    }

    private func slot(_ bytes: Span<UInt8>) -> Int {
        var index = Self.hash(bytes) & (slots.count - 1)
        while let entry = slots[index], !bytes.holds(entry.bytes) { index = (index + 1) & (slots.count - 1) }
        return index
    }

    subscript(bytes: Span<UInt8>) -> Value? { slots[slot(bytes)]?.value }

    mutating func set(_ bytes: Span<UInt8>, _ value: Value) {
        if count * 2 > slots.count { grow() }
        let index = slot(bytes)
        if slots[index] == nil { count += 1 }
        slots[index] = (Array(copying: bytes), value)
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: nil, count: old.count * 2)
        for case let entry? in old { slots[slot(entry.bytes.span)] = entry }
    }
}

extension Array where Element == UInt8 {
    init(copying bytes: Span<UInt8>) {
        self = []
        reserveCapacity(bytes.count)
        append(of: bytes)
    }

    mutating func append(of bytes: Span<UInt8>) {
        append(addingCapacity: bytes.count) { output in
            for index in bytes.indices { output.append(bytes[index]) }
        }
    }
}

extension Span where Element == UInt8 {
    func holds(_ other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] { return false }
        return true
    }

    /// Whether no white space stands at either end. Texts of other scripts, whose white space is recognised by several
    /// bytes, are left to the careful way.
    var isTrimmedText: Bool {
        guard !isEmpty else { return false }
        return Self.isInk(self[0]) && Self.isInk(self[count - 1])
    }

    /// Whether it begins as a number does and holds a point or an exponent: `4000.0`, `4.15E7`.
    var isNumberInAnotherForm: Bool {
        guard !isEmpty, self[0] &- 48 < 10 || self[0] == UInt8(ascii: "-") else { return false }
        for index in indices where self[index] == UInt8(ascii: ".") || self[index] | 0x20 == UInt8(ascii: "e") {
            return true
        }
        return false
    }

    /// Whether a text may call its row a total or a balance: it begins or ends with one of the words for those.
    var mayBeTotal: Bool {
        func reads(_ word: [UInt8], at start: Int) -> Bool {
            guard start >= 0, count - start >= word.count else { return false }
            return word.indices.allSatisfy { self[start + $0] | 0x20 == word[$0] }
        }
        return TotalWords.openingBytes.contains { reads($0, at: 0) }
            || TotalWords.endingBytes.contains { reads($0, at: count - $0.count) }
    }

    private static func isInk(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }
}
