/// A workbook's table of texts, which its cells name by number.
///
/// In pieces of a megabyte that are never copied once written, so a large table doesn't for a moment
/// need twice its memory, and readers on other threads may look while nobody writes.
final class SharedTexts: @unchecked Sendable {
    /// Pointers to pieces; there is room for as many as `Limits.sharedTextBytes` allows, so that these
    /// tables never move either.
    private let pieces: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>>
    private let entries: UnsafeMutablePointer<UnsafeMutablePointer<Entry>>
    private var pieceCount = 0
    private var entryPieceCount = 0
    private var used = SharedTexts.pieceBytes
    private(set) var count = 0

    /// Where a text begins, and how long it is.
    private struct Entry {
        let offset: UInt32
        let length: UInt32
    }

    private static let pieceBits = 20
    private static let pieceBytes = 1 << pieceBits
    private static let entryBits = 16
    private static let entriesEach = 1 << entryBits
    private static let entryPieceBytes = entriesEach * 8
    private static let mostPieces = Limits.sharedTextBytes / min(pieceBytes, entryPieceBytes) + 2

    init() {
        pieces = .allocate(capacity: Self.mostPieces)
        entries = .allocate(capacity: Self.mostPieces)
    }

    deinit {
        for index in 0..<pieceCount { pieces[index].deallocate() }
        for index in 0..<entryPieceCount { entries[index].deallocate() }
        pieces.deallocate()
        entries.deallocate()
    }

    /// What the table takes in memory.
    private var bytes: Int { pieceCount * Self.pieceBytes + entryPieceCount * Self.entryPieceBytes }

    /// - Precondition: no longer than a megabyte, which a cell's limit sees to.
    /// - Returns: whether there was room.
    func append(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        precondition(text.count <= Self.pieceBytes, "a text fits a piece")
        guard bytes <= Limits.sharedTextBytes else { return false }
        if used + text.count > Self.pieceBytes {
            pieces[pieceCount] = .allocate(capacity: Self.pieceBytes)
            pieceCount += 1
            used = 0
        }
        if count & (Self.entriesEach - 1) == 0 {
            entries[entryPieceCount] = .allocate(capacity: Self.entriesEach)
            entryPieceCount += 1
        }
        if let start = text.baseAddress, !text.isEmpty {
            (pieces[pieceCount - 1] + used).update(from: start, count: text.count)
        }
        let offset = text.isEmpty ? 0 : (pieceCount - 1) << Self.pieceBits + used
        entries[count >> Self.entryBits][count & (Self.entriesEach - 1)] = Entry(
            offset: UInt32(offset), length: UInt32(text.count))
        used += text.count
        count += 1
        return true
    }

    @inline(__always) func entry(_ index: Int) -> (offset: Int, length: Int) {
        let entry = entries[index &>> Self.entryBits][index & (Self.entriesEach - 1)]
        return (Int(entry.offset), Int(entry.length))
    }

    @inline(__always) func pointer(at offset: Int) -> UnsafePointer<UInt8> {
        UnsafePointer(pieces[offset &>> Self.pieceBits] + offset & (Self.pieceBytes - 1))
    }
}
