internal import Synchronization

/// How far a reading has come, for those who wait for it.
public struct Progress: Sendable {
    /// Of the file, or of its parts as they are inflated.
    public let bytes: Int
    /// How many there will be.
    public let totalBytes: Int
    /// Of all sheets so far.
    public let rows: Int
}

/// Counts on all threads, tells on one.
final class ReadingProgress: Sendable {
    private let bytes = Atomic(0)
    private let totalBytes: Int
    private let tell: (@Sendable (Progress) -> Void)?

    init(totalBytes: Int, tell: (@Sendable (Progress) -> Void)?) {
        self.totalBytes = totalBytes
        self.tell = tell
    }

    func add(bytes count: Int) { bytes.wrappingAdd(count, ordering: .relaxed) }

    func add(rows: Int) { tell?(Progress(bytes: bytes.load(ordering: .relaxed), totalBytes: totalBytes, rows: rows)) }

    var count: Int { bytes.load(ordering: .relaxed) }
}
