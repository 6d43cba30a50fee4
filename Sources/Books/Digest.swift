internal import Crypto
internal import Findings
public import Sheets

/// A SHA-256, in 64 hexadecimal digits.
public struct Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// In lower case.
    public let text: String

    /// Of the bytes one after the other.
    public init(of bytes: some Sequence<UInt8>) {
        var hash = SHA256()
        hash.update(data: Array(bytes))
        self.init(hash.finalize())
    }

    /// Of a text in UTF-8.
    public init(text: String) { self.init(of: text.utf8) }

    /// - Throws: `FileFailure` where the content can't be read.
    public init(of content: FileContent) throws(FileFailure) {
        var hash = SHA256()
        try content.forEachPiece { hash.update(data: $0) }
        self.init(hash.finalize())
    }

    /// As `imports.csv` has it; `nil` for anything but 64 hexadecimal digits.
    public init?(written text: String) {
        let text = text.lowercased()
        guard text.utf8.count == 64, text.allSatisfy({ $0.isHexDigit && $0.isASCII }) else { return nil }
        self.text = text
    }

    fileprivate init(_ digest: SHA256.Digest) {
        let digits = Array("0123456789abcdef".utf8)
        text = String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The digits, as `text` has them.
    public var description: String { text }
    /// In the order of the digits, so that lists of digests always stand in the same order.
    public static func < (a: Digest, b: Digest) -> Bool { a.text < b.text }
}

/// A hash that grows as bytes are read.
final class RunningDigest: Sendable {
    private let hash = Locked(SHA256())

    func add(_ bytes: [UInt8]) { hash.withLock { $0.update(data: bytes) } }

    var digest: Digest { Digest(hash.withLock { $0.finalize() }) }
}
