internal import Crypto
internal import Sheets
internal import FoundationEssentials
public import Findings

/// What on the disk belongs to a partnership. Only names and bytes: nothing here knows of money.
struct Folder {
    let path: String

    /// The names in it, sorted, without hidden ones; none where there is no such folder.
    func names() throws(Circumstance) -> [String] {
        guard Self.exists(path) else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).filter { name in
                // What file managers and open documents leave behind.
                !name.hasPrefix(".") && !name.hasPrefix("~$")
                    && !["thumbs.db", "desktop.ini"].contains(name.lowercased())
            }.sorted()
        } catch { throw .unreadable("the folder \(path) can't be read") }
    }

    func folder(_ name: String) -> Folder { Folder(path: path + "/" + name) }

    func file(_ name: String) -> String { path + "/" + name }

    static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// - Throws: `Circumstance.missing` or `.unreadable`.
    static func bytes(_ path: String) throws(Circumstance) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw exists(path) ? .unreadable("\(path) can't be read") : .missing("there is no \(path)")
        }
        return [UInt8](data)
    }

    /// A text in UTF-8; a byte order mark is dropped.
    static func text(_ path: String) throws(Circumstance) -> String {
        let bytes = try bytes(path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .badData("\(path) is not in UTF-8: save it as UTF-8")
        }
        return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    }

    /// SHA-256 in hexadecimal.
    static func digest(of path: String) throws -> String {
        var hash = SHA256()
        try readPieces(of: path) { hash.update(bufferPointer: $0) }
        return hexadecimal(hash.finalize())
    }

    static func digest(text: String) -> String { hexadecimal(SHA256.hash(data: Array(text.utf8))) }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        digest.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

/// A bad circumstance, as against bad data: it ends the command with its own exit status.
public enum Circumstance: Error, Sendable {
    case missing(String)
    case unreadable(String)
    case badData(String)
    case cannotWrite(String)
    case usage(String)
    /// Findings that leave nothing to work with.
    case findings([Finding])

    public var exitStatus: Int32 {
        switch self {
        case .usage: 64
        case .badData, .findings: 65
        case .missing, .unreadable: 66
        case .cannotWrite: 73
        }
    }
}
