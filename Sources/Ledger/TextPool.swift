/// Texts one after the other, named by small numbers. The number 0 is the empty text.
///
/// In a complete pool equal texts always have one number. In one that isn't, those that come again soon have: enough
/// for descriptions, which are compared by nobody.
struct TextPool: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = [0]
    /// Numbers by their texts' hashes: of all texts, or of those last seen.
    private var slots: [UInt32]
    private let isComplete: Bool

    init(isComplete: Bool) {
        self.isComplete = isComplete
        slots = Array(repeating: 0, count: 1 << (isComplete ? 8 : 12))
    }

    /// How many texts there are; numbers are up to this one.
    var count: Int { ends.count - 1 }

    subscript(id: UInt32) -> String { id == 0 ? "" : String(decoding: bytes[range(id)], as: UTF8.self) }

    private func range(_ id: UInt32) -> Range<Int> { ends[Int(id) - 1]..<ends[Int(id)] }

    mutating func id(_ text: String) -> UInt32 {
        let bytes = Array(text.utf8)
        return id(bytes.span)
    }

    mutating func id(_ text: Span<UInt8>) -> UInt32 {
        if text.isEmpty { return 0 }
        var slot = Self.hash(text) & (slots.count - 1)
        while slots[slot] != 0 {
            if equals(slots[slot], text) { return slots[slot] }
            guard isComplete else { break }
            slot = (slot + 1) & (slots.count - 1)
        }
        precondition(ends.count < Int(UInt32.max), "more texts than a ledger can hold")
        for index in text.indices { bytes.append(text[index]) }
        ends.append(bytes.count)
        let id = UInt32(ends.count - 1)
        slots[slot] = id
        if isComplete, count * 2 > slots.count { grow() }
        return id
    }

    private func equals(_ id: UInt32, _ text: Span<UInt8>) -> Bool {
        let range = range(id)
        guard range.count == text.count else { return false }
        for index in text.indices where bytes[range.lowerBound + index] != text[index] { return false }
        return true
    }

    private mutating func grow() {
        var grown = Array(repeating: UInt32(0), count: slots.count * 2)
        let held = bytes
        let all = held.span
        for id in 1...UInt32(count) {
            var slot = Self.hash(all.extracting(range(id))) & (grown.count - 1)
            while grown[slot] != 0 { slot = (slot + 1) & (grown.count - 1) }
            grown[slot] = id
        }
        slots = grown
    }

    /// FNV-1a, stirred once more: numbers that follow on each other differ in their last digits alone.
    private static func hash(_ text: Span<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in text.indices { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: (hash ^ hash >> 32) &* 0x9e37_79b9_7f4a_7c15 >> 32)
    }
}
