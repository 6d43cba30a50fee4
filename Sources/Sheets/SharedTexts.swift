/// A workbook's table of texts, which its cells name by number.
///
/// In pieces of a megabyte that are never copied once written, so a large table doesn't for a moment
/// need twice its memory, and readers on other threads may look while nobody writes.
final class SharedTexts: @unchecked Sendable {
    private var pieces: [UnsafeMutablePointer<UInt8>] = []
    private var used = SharedTexts.pieceBytes
    /// Pieces of `entriesEach` entries: where a text begins, and how long it is.
    private var entries: [UnsafeMutablePointer<(offset: UInt32, length: UInt32)>] = []
    private(set) var count = 0

    private static let pieceBits = 20
    private static let pieceBytes = 1 << pieceBits
    private static let entryBits = 16
    private static let entriesEach = 1 << entryBits

    deinit {
        for piece in pieces { piece.deallocate() }
        for piece in entries { piece.deallocate() }
    }

    /// What the table takes in memory.
    var bytes: Int { pieces.count * Self.pieceBytes + entries.count * Self.entriesEach * 8 }

    /// - Precondition: no longer than a megabyte, which a cell's limit sees to.
    func append(_ text: UnsafeBufferPointer<UInt8>) {
        precondition(text.count <= Self.pieceBytes)
        if !text.isEmpty, used + text.count > Self.pieceBytes {
            pieces.append(.allocate(capacity: Self.pieceBytes))
            used = 0
        }
        if count & (Self.entriesEach - 1) == 0 { entries.append(.allocate(capacity: Self.entriesEach)) }
        if let start = text.baseAddress, !text.isEmpty { (pieces[pieces.count - 1] + used).update(from: start, count: text.count) }
        let offset = max(0, pieces.count - 1) << Self.pieceBits + (pieces.isEmpty ? 0 : used)
        entries[count >> Self.entryBits][count & (Self.entriesEach - 1)] = (UInt32(offset), UInt32(text.count))
        if !text.isEmpty { used += text.count }
        count += 1
    }

    @inline(__always) func entry(_ index: Int) -> (offset: Int, length: Int) {
        let entry = entries[index >> Self.entryBits][index & (Self.entriesEach - 1)]
        return (Int(entry.offset), Int(entry.length))
    }

    @inline(__always) func pointer(at offset: Int) -> UnsafePointer<UInt8> {
        UnsafePointer(pieces[offset >> Self.pieceBits] + offset & (Self.pieceBytes - 1))
    }
}
