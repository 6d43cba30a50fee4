public import Findings
internal import Foundation
internal import Glibc
internal import Sheets

/// A partnership's folder on disk: one person and, if they like, git. There is no log.
///
/// A snapshot is a list; a document is opened when it is asked for, and must then still be the file that the
/// list saw. `FolderStore+Commit.swift` says how a change is made whole or not at all.
public struct FolderStore: WritableBookStore {
    public let path: String

    /// Looks at nothing yet: whether there is such a folder, `snapshot` says.
    public init(path: String) { self.path = path }

    /// Lists the folder under a lock, and first carries out a change that was decided and then interrupted.
    ///
    /// - Throws: `Circumstance.unreadable` or `.badData` where the folder can't be listed, `.busy` where somebody holds
    ///   it for half a minute, `.cannotWrite` where the interrupted change can't be carried out.
    public func snapshot() throws(Circumstance) -> BookSnapshot {
        let folder = try LockedFolder(path: path, .shared)
        defer { folder.close() }
        if folder.hasPending {
            // Somebody was stopped between the first and the last renaming; what was decided is done first.
            folder.close()
            let writer = try LockedFolder(path: path, .exclusive)
            defer { writer.close() }
            try writer.recover()
            return try list()
        }
        return try list()
    }

    func list() throws(Circumstance) -> BookSnapshot {
        var listing = Listing(root: path)
        try listing.read()
        return BookSnapshot(
            revision: Revision(Digest(text: listing.marks.joined(separator: "\n")).text), documents: listing.documents,
            folders: listing.folders)
    }

    /// The folder that a path means: a partnership's own, or the one that a year's folder lies in.
    ///
    /// - Returns: the partnership's folder, and the name of the year's folder if the path is one.
    /// - Throws: `Circumstance.missing` where it is neither.
    public static func locate(_ path: String) throws(Circumstance) -> (store: FolderStore, yearFolder: String?) {
        var root = path
        while root.count > 1, root.hasSuffix("/") { root.removeLast() }
        guard isFolder(root) else { throw .missing("there is no folder \(path)") }
        if exists(root + "/agreement") { return (FolderStore(path: root), nil) }
        let absolute = root.hasPrefix("/") ? root : FileManager.default.currentDirectoryPath + "/" + root
        let parts = absolute.split(separator: "/").filter { $0 != "." }
        let parent =
            root.contains("/") ? String(root[..<root.lastIndex(of: "/")!]) : root == "." ? ".." : "."
        let name = parts.last.map(String.init)
        guard let name, DocumentName(name + "/x")?.year != nil, exists(parent + "/agreement") else {
            throw .missing(
                "\(path) has no file named agreement: it is neither a partnership's folder nor a year's; "
                    + "`outturn new DIR` makes one")
        }
        return (FolderStore(path: parent), name)
    }

    /// Whether a folder lies at the path, or a link leads to one.
    public static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    /// A folder for a partnership that is about to begin, made if need be.
    ///
    /// - Throws: `Circumstance.cannotWrite`.
    public static func make(at path: String) throws(Circumstance) -> FolderStore {
        do { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
            throw .cannotWrite("\(path) can't be made")
        }
        return FolderStore(path: path)
    }

    /// Takes away a folder that holds nothing but folders; one with any file in it stays.
    public static func removeIfEmpty(_ path: String) {
        let files = FileManager.default.enumerator(atPath: path)?.contains { entry in
            guard let name = entry as? String else { return true }
            return !isFolder(path + "/" + name)
        }
        if files == false { try? FileManager.default.removeItem(atPath: path) }
    }

    /// Whether there is nothing at the path, or a folder without anything that a person put there.
    public static func isEmpty(_ path: String) -> Bool {
        guard exists(path) else { return true }
        return (try? FileManager.default.contentsOfDirectory(atPath: path))?.allSatisfy { !DocumentName.isVisible($0) }
            ?? false
    }

    /// Whether anything lies at the path; a link that leads nowhere is nothing.
    public static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}

/// Walks a partnership's folder, as deep as documents lie in it.
private struct Listing {
    let root: String
    private(set) var documents: [Document] = []
    private(set) var folders: [String] = []
    /// What tells one state of the folder from another.
    private(set) var marks: [String] = []

    /// Exports lie four deep, what they took the place of five; something may lie astray one deeper.
    private static let deepest = 6
    /// More than this is some other folder.
    private static let mostDocuments = 100_000

    init(root: String) { self.root = root }

    mutating func read() throws(Circumstance) {
        guard let names = Self.names(in: root) else { throw .unreadable("the folder \(root) can't be read") }
        for name in names { try visit(name, depth: 1) }
    }

    private static func names(in path: String) -> [String]? {
        (try? FileManager.default.contentsOfDirectory(atPath: path))?.filter(DocumentName.isVisible).sorted()
    }

    private mutating func visit(_ relative: String, depth: Int) throws(Circumstance) {
        let path = root + "/" + relative
        var status = stat()
        guard fstatat(AT_FDCWD, path, &status, 0) == 0 else {
            let reason =
                errno == ENOENT ? "it is a link that leads nowhere" : String(cString: strerror(errno)).lowercased()
            return try add(relative, status, obstacle: reason)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: try add(relative, status, obstacle: access(path, R_OK) == 0 ? nil : "permission denied")
        case S_IFDIR:
            guard depth < Self.deepest else { return }
            guard let names = Self.names(in: path) else {
                return try add(relative, status, obstacle: "the folder can't be read")
            }
            // Only years, maps and templates hold documents; what else lies beside them is nobody's business.
            guard depth > 1 || ["maps", "templates"].contains(relative) || DocumentName(relative + "/x")?.year != nil
            else { return }
            if depth == 1 { folders.append(relative) }
            for name in names { try visit(relative + "/" + name, depth: depth + 1) }
        default: try add(relative, status, obstacle: "it is a pipe or a device, not a file")
        }
    }

    private mutating func add(_ relative: String, _ status: stat, obstacle: String?) throws(Circumstance) {
        guard let name = DocumentName(relative) else { return }
        guard documents.count < Self.mostDocuments else {
            throw .badData("\(root) holds more than \(Self.mostDocuments) files: it is no partnership's folder")
        }
        let mark = FileMark(status)
        marks.append("\(relative)\t\(mark.text)\t\(obstacle ?? "")")
        let path = root + "/" + relative
        documents.append(
            Document(name, byteCount: Int(status.st_size), obstacle: obstacle) { () throws(FileFailure) in
                if let obstacle { throw FileFailure(path: path, reason: obstacle, isMissing: false) }
                let content = try FileContent(path: path)
                guard FileMark(content) == mark else {
                    throw FileFailure(
                        path: path, reason: "has changed since the folder was listed; run the command again",
                        isMissing: false)
                }
                return content
            })
    }
}

/// What tells a file from the one that takes its place, without reading it.
private struct FileMark: Equatable {
    let text: String

    init(_ status: stat) {
        text =
            "\(status.st_dev) \(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
    }

    init(_ content: FileContent) { text = content.mark }
}
