internal import Synchronization

/// What a file holds, on disk or in memory, readable at any offset: what a store hands to a reader.
///
/// A file on disk stays open while its content lives, so that what is read is one file, whatever becomes
/// of its name meanwhile.
public struct FileContent: Sendable {
    let file: FileBytes

    /// - Throws: `FileFailure` where there is no regular file that can be read. A pipe or a device is refused
    ///   at once, without waiting for anybody to write to it.
    public init(path: String) throws(FileFailure) { file = try FileBytes(path: path) }

    /// - Parameter name: what failures call it.
    public init(_ bytes: [UInt8], name: String) { file = FileBytes(bytes, path: name) }

    /// As it was when opened.
    public var byteCount: Int { file.count }

    /// Device, inode, length and time of change of the open file: what tells it from one that takes its place.
    /// Empty for bytes in memory.
    public var mark: String { file.mark }

    /// All of it.
    ///
    /// - Throws: `FileFailure` where it can't be read.
    public func bytes() throws(FileFailure) -> [UInt8] { try file.bytes(at: 0, count: byteCount) }

    /// From one end to the other in pieces of at most 256 KB, so that memory doesn't grow with it.
    ///
    /// - Throws: `FileFailure` where it can't be read.
    public func forEachPiece(_ body: ([UInt8]) -> Void) throws(FileFailure) {
        var offset = 0
        while true {
            let piece = try file.bytes(at: offset, count: Limits.chunkBytes)
            if piece.isEmpty { return }
            body(piece)
            offset += piece.count
        }
    }

    /// The same content, of which every byte that is read is shown to `observer`, once and in order: so that
    /// bytes are hashed in the pass that reads them.
    public func observed(by observer: @escaping @Sendable ([UInt8]) -> Void) -> FileContent {
        FileContent(file.observed(by: observer))
    }

    private init(_ file: FileBytes) { self.file = file }

    /// Shows the observer what no reader has asked for: an archive's parts are read out of order, and what is
    /// behind the last of them perhaps not at all.
    ///
    /// - Throws: `FileFailure` where it can't be read, or has changed since it was opened.
    public func finishObserving() throws(FileFailure) { try file.finishObserving() }
}

/// Who is shown a file's bytes, and how far that has come.
final class ByteObservation: Sendable {
    private let seen = Mutex(0)
    private let body: @Sendable ([UInt8]) -> Void

    init(_ body: @escaping @Sendable ([UInt8]) -> Void) { self.body = body }

    /// How many bytes have been shown: the next offset.
    var next: Int { seen.withLock { $0 } }

    /// Shows what of these bytes comes next, if any does.
    func show(at offset: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
        seen.withLock { seen in
            guard offset <= seen, offset + bytes.count > seen else { return }
            body(Array(bytes[(seen - offset)...]))
            seen = offset + bytes.count
        }
    }
}
