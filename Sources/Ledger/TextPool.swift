/// Texts one after the other, named by small numbers. The number 0 is the empty text.
///
/// In a complete pool equal texts always have one number. In one that isn't, those that come again soon have: enough
/// for descriptions, which are compared by nobody.
struct TextPool: Sendable {
    /// A text's number and its hash, so that other texts are told apart without being looked at.
    private struct Slot {
        let id: UInt32
        let hash: UInt32

        static let free = Slot(id: 0, hash: 0)
    }

    private var bytes: [UInt8] = []
    private var ends: [Int] = [0]
    /// Numbers by their texts' hashes: of all texts, or of those last seen.
    private var slots: [Slot]
    private let isComplete: Bool

    init(isComplete: Bool) {
        self.isComplete = isComplete
        slots = Array(repeating: .free, count: 1 << (isComplete ? 8 : 12))
    }

    /// How many texts there are; numbers are up to this one.
    var count: Int { ends.count - 1 }

    subscript(id: UInt32) -> String { id == 0 ? "" : String(decoding: bytes[range(id)], as: UTF8.self) }

    /// One number for texts that are one whole number, with leading zeros or without: a spreadsheet takes those away.
    ///
    /// - Returns: by text's number, the first that reads so.
    func numbersWithoutLeadingZeros() -> [UInt32] {
        var ids = Array(0...UInt32(count))
        func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.allSatisfy { $0 &- 48 < 10 } }
        let padded = (1..<ids.count).filter { id in
            let text = bytes[range(UInt32(id))]
            return text.count > 1 && text.first == UInt8(ascii: "0") && isNumber(text)
        }
        guard !padded.isEmpty else { return ids }
        func bare(_ id: Int) -> ArraySlice<UInt8> { bytes[range(UInt32(id))].drop { $0 == UInt8(ascii: "0") } }
        var first: [ArraySlice<UInt8>: UInt32] = [:]
        for id in padded { first[bare(id)] = min(first[bare(id)] ?? .max, UInt32(id)) }
        for id in 1..<ids.count {
            guard let other = first[bare(id)], isNumber(bytes[range(UInt32(id))]) else { continue }
            ids[id] = min(other, UInt32(id))
            first[bare(id)] = ids[id]
        }
        return ids
    }

    private func range(_ id: UInt32) -> Range<Int> { ends[Int(id) - 1]..<ends[Int(id)] }

    mutating func id(_ text: String) -> UInt32 {
        let bytes = Array(text.utf8)
        return id(bytes.span)
    }

    mutating func id(_ text: Span<UInt8>) -> UInt32 {
        if text.isEmpty { return 0 }
        let hash = Self.hash(text)
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot].id != 0 {
            if slots[slot].hash == hash, equals(slots[slot].id, text) { return slots[slot].id }
            guard isComplete else { break }
            slot = (slot + 1) & (slots.count - 1)
        }
        precondition(ends.count < Int(UInt32.max), "more texts than a ledger can hold")
        bytes.append(addingCapacity: text.count) { output in
            for index in text.indices { output.append(text[index]) }
        }
        ends.append(bytes.count)
        let id = UInt32(ends.count - 1)
        slots[slot] = Slot(id: id, hash: hash)
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
        var grown = Array(repeating: Slot.free, count: slots.count * 2)
        for held in slots where held.id != 0 {
            var slot = Int(held.hash) & (grown.count - 1)
            while grown[slot].id != 0 { slot = (slot + 1) & (grown.count - 1) }
            grown[slot] = held
        }
        slots = grown
    }

    /// FNV-1a, stirred once more: numbers that follow on each other differ in their last digits alone.
    private static func hash(_ text: Span<UInt8>) -> UInt32 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in text.indices { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01b3 }
        return UInt32(truncatingIfNeeded: (hash ^ hash >> 32) &* 0x9e37_79b9_7f4a_7c15 >> 32)
    }
}
