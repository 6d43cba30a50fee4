internal import Glibc

/// A file that can't be opened or read: a bad circumstance, not bad data, so it is thrown.
public struct FileFailure: Error, CustomStringConvertible {
    public let path: String
    public let reason: String
    public let isMissing: Bool

    public var description: String { "\(path): \(reason)" }
}

/// Reads a file piece by piece, in memory that doesn't grow with it.
public func readPieces(of path: String, _ body: (UnsafeRawBufferPointer) -> Void) throws(FileFailure) {
    let file = try FileBytes(path: path)
    while true {
        let piece = try file.next()
        if piece.isEmpty { return }
        body(UnsafeRawBufferPointer(piece))
    }
}

/// A file's bytes in pieces of `Limits.chunkBytes`, in one buffer that is used again for each.
struct FileBytes: ~Copyable {
    private let path: String
    private let descriptor: Int32
    private let buffer: UnsafeMutableRawBufferPointer

    init(path: String) throws(FileFailure) {
        self.path = path
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw Self.failure(path, errno) }
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            close(opened)
            throw FileFailure(path: path, reason: "is a folder, not a file", isMissing: false)
        }
        descriptor = opened
        buffer = .allocate(byteCount: Limits.chunkBytes, alignment: 16)
    }

    deinit {
        close(descriptor)
        buffer.deallocate()
    }

    /// The next piece, empty at the file's end; valid until the next call.
    func next() throws(FileFailure) -> UnsafeBufferPointer<UInt8> {
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return UnsafeRawBufferPointer(rebasing: buffer[..<count]).assumingMemoryBound(to: UInt8.self) }
            guard errno == EINTR else { throw Self.failure(path, errno) }
        }
    }

    private static func failure(_ path: String, _ code: Int32) -> FileFailure {
        FileFailure(path: path, reason: String(cString: strerror(code)).lowercased(), isMissing: code == ENOENT)
    }
}
