public import Findings
internal import Glibc

/// A file that can't be opened or read: a bad circumstance, not bad data, so it is thrown.
public struct FileFailure: Error, CustomStringConvertible {
    public let path: String
    /// Why, in words that follow the path: `permission denied`.
    public let reason: String
    /// Whether nothing lies at the path, rather than something that can't be read.
    public let isMissing: Bool

    /// Takes its parts as they are, unchecked.
    public init(path: String, reason: String, isMissing: Bool) {
        self.path = path
        self.reason = reason
        self.isMissing = isMissing
    }

    /// `exports/lbhf/ledger.xml: permission denied`
    public var description: String { "\(path): \(reason)" }

    /// How a command ends that can't do without the file.
    public var circumstance: Circumstance { isMissing ? .missing("\(self)") : .unreadable("\(self)") }

    /// Runs what reads files, for callers that a file's failure ends.
    public static func asCircumstance<Result>(_ body: () throws(FileFailure) -> Result) throws(Circumstance) -> Result {
        do throws(FileFailure) { return try body() } catch { throw error.circumstance }
    }
}

/// A file's bytes, or bytes in memory, at any place. Never mapped: a file that shrinks while it is
/// read gives a short read, not a signal.
final class FileBytes: Sendable {
    let path: String
    /// As it was when opened.
    let count: Int
    private let opened: OpenFile?
    private let memory: [UInt8]
    private let observation: ByteObservation?

    init(path: String) throws(FileFailure) {
        let opened = try OpenFile(path: path)
        self.path = path
        self.opened = opened
        count = Int(opened.status.st_size)
        memory = []
        observation = nil
    }

    /// - Parameter path: what failures call it.
    init(_ bytes: [UInt8], path: String) {
        self.path = path
        opened = nil
        memory = bytes
        count = bytes.count
        observation = nil
    }

    private init(_ other: FileBytes, _ observation: ByteObservation) {
        (path, count, opened, memory) = (other.path, other.count, other.opened, other.memory)
        self.observation = observation
    }

    func observed(by body: @escaping @Sendable ([UInt8]) -> Void) -> FileBytes {
        FileBytes(self, ByteObservation(body))
    }

    func finishObserving() throws(FileFailure) {
        guard let observation else { return }
        while observation.next < count {
            let before = observation.next
            _ = try bytes(at: before, count: Limits.chunkBytes)
            if observation.next == before { throw changed }
        }
        if let opened, !opened.isUnchanged { throw changed }
    }

    var mark: String { opened?.mark ?? "" }

    private var changed: FileFailure {
        FileFailure(path: path, reason: "has changed while it was read; read it again", isMissing: false)
    }

    /// - Returns: how many bytes were read: fewer than asked for only at the end, and then maybe none.
    func read(at offset: Int, into buffer: UnsafeMutableBufferPointer<UInt8>) throws(FileFailure) -> Int {
        let count = try fill(buffer, at: offset)
        observation?.show(at: offset, UnsafeBufferPointer(rebasing: buffer[..<count]))
        return count
    }

    private func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>, at offset: Int) throws(FileFailure) -> Int {
        if let opened { return try opened.read(at: offset, into: buffer) }
        let count = max(0, min(buffer.count, memory.count - offset))
        if count > 0 {
            memory.withUnsafeBufferPointer {
                buffer.baseAddress!.update(from: $0.baseAddress! + offset, count: count)
            }
        }
        return count
    }

    /// A descriptor of one's own on the same open file; `nil` for bytes in memory.
    var openDescriptor: Int32? { opened?.duplicate }

    /// The bytes from there on, as many as there are.
    func bytes(at offset: Int, count: Int) throws(FileFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(0, min(count, self.count - offset)))
        var failure: FileFailure?
        var got = 0
        bytes.withUnsafeMutableBufferPointer { buffer in
            guard buffer.baseAddress != nil else { return }
            do throws(FileFailure) { got = try read(at: offset, into: buffer) } catch { failure = error }
        }
        if let failure { throw failure }
        return got == bytes.count ? bytes : Array(bytes.prefix(got))
    }
}

/// A regular file on disk, open until nobody refers to it any more.
private final class OpenFile: Sendable {
    private let path: String
    private let descriptor: Int32
    let status: stat

    init(path: String) throws(FileFailure) {
        // Opening a named pipe would wait for a writer, so nothing is waited for.
        let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard opened >= 0 else { throw Self.failure(path, errno) }
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            throw FileFailure(
                path: path,
                reason: isFolder ? "is a folder, not a file" : "is not a file on disk; save it to one first",
                isMissing: false)
        }
        self.path = path
        descriptor = opened
        self.status = status
    }

    deinit { close(descriptor) }

    func read(at offset: Int, into buffer: UnsafeMutableBufferPointer<UInt8>) throws(FileFailure) -> Int {
        var filled = 0
        while filled < buffer.count {
            let got = pread(descriptor, buffer.baseAddress! + filled, buffer.count - filled, off_t(offset + filled))
            if got < 0 {
                if errno == EINTR { continue }
                throw Self.failure(path, errno)
            }
            if got == 0 { break }
            filled += got
        }
        return filled
    }

    var duplicate: Int32? {
        let copy = dup(descriptor)
        return copy >= 0 ? copy : nil
    }

    var mark: String {
        "\(status.st_dev) \(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
    }

    /// Whether the file's length and time of change are those it had when opened.
    var isUnchanged: Bool {
        var now = stat()
        return fstat(descriptor, &now) == 0 && now.st_size == status.st_size
            && now.st_mtim.tv_sec == status.st_mtim.tv_sec && now.st_mtim.tv_nsec == status.st_mtim.tv_nsec
    }

    private static func failure(_ path: String, _ code: Int32) -> FileFailure {
        FileFailure(path: path, reason: String(cString: strerror(code)).lowercased(), isMissing: code == ENOENT)
    }
}

/// A stream of bytes: a file's, or an entry's of an archive as it is inflated.
protocol ByteStream: AnyObject {
    /// - Returns: how many bytes were read; zero at the end, and only there.
    /// - Throws: `FileFailure`, or `StreamFailure` for bad data.
    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws -> Int
    /// How many more bytes there should be.
    var expected: Int { get }
}

extension ByteStream {
    /// How much to read at a time: no more than there should be, and something beyond, to see the end.
    var pieceBytes: Int { Swift.min(Limits.chunkBytes, Swift.max(expected, 0) + 64) }
}

/// Bad data below the text: an archive's entry that is damaged or too large.
enum StreamFailure: Error {
    case damaged(String)
    case limit(String)
}

/// A file from one end to the other.
final class FileStream: ByteStream {
    private let file: FileBytes
    private var offset: Int

    init(_ file: FileBytes, from offset: Int = 0) {
        self.file = file
        self.offset = offset
    }

    var expected: Int { file.count - offset }

    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws -> Int {
        let count = try file.read(at: offset, into: buffer)
        offset += count
        return count
    }
}

/// A stream's bytes in pieces of `Limits.chunkBytes`, in one buffer that is used again for each.
final class PieceReader {
    private let stream: any ByteStream
    private let buffer: UnsafeMutableBufferPointer<UInt8>

    init(_ stream: any ByteStream) {
        self.stream = stream
        buffer = .allocate(capacity: stream.pieceBytes)
    }

    deinit { buffer.deallocate() }

    /// The next piece, empty at the end; valid until the next call.
    func next() throws -> UnsafeBufferPointer<UInt8> {
        let count = try stream.read(into: buffer)
        return UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[..<count])
    }
}
