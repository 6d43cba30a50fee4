public import Findings
internal import FoundationEssentials
internal import Glibc

/// Files that commands write for people: whole or not at all, and never through a link.
///
/// A file is made in a folder of its own beside its place, whose name nobody can guess, and renamed when it is
/// whole. What lies at its place is replaced, be it a link; what a link leads to stays as it is.
public enum OutputFile {
    /// - Throws: `Circumstance.cannotWrite`, also where the file is already there.
    public static func write(_ text: String, toNew path: String) throws(Circumstance) {
        guard !FolderStore.exists(path) else {
            throw .cannotWrite("\(path) is already there; name another, or take it away")
        }
        try write(text, to: path)
    }

    /// - Throws: `Circumstance.cannotWrite`.
    public static func write(_ text: String, to path: String) throws(Circumstance) {
        try write(to: path) { partial throws(Circumstance) in
            do { try Data(text.utf8).write(to: URL(filePath: partial)) } catch {
                throw .cannotWrite("\(path) can't be written")
            }
        }
    }

    /// - Parameter make: writes the file under the path it is given, in a folder where nothing else is.
    /// - Throws: what `make` throws, or `Circumstance.cannotWrite`; nothing is left behind.
    public static func write(
        to path: String, _ make: (String) throws(Circumstance) -> Void
    ) throws(Circumstance) {
        guard !isSpecial(path) else { throw .cannotWrite("\(path) is there already, and is no file") }
        let (parent, name) = split(path)
        do {
            if !parent.isEmpty {
                try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            }
        } catch { throw .cannotWrite("\(path) can't be written") }
        try withPrivateFolder(in: parent.isEmpty ? "." : parent) { folder throws(Circumstance) in
            let partial = folder + "/" + name
            try make(partial)
            guard isPlainFile(partial), rename(partial, path) == 0 else {
                throw .cannotWrite("\(path) can't be written")
            }
        }
    }

    /// Makes a folder that only this user may enter and whose name nobody can guess, and takes it away afterwards.
    ///
    /// - Throws: what the body throws, or `Circumstance.cannotWrite`.
    public static func withPrivateFolder<Value>(
        in parent: String, _ body: (String) throws(Circumstance) -> Value
    ) throws(Circumstance) -> Value {
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        var folder = ""
        for attempt in 0..<100 {
            folder = parent + "/.outturn-" + String((0..<12).map { _ in letters.randomElement()! })
            if mkdir(folder, 0o700) == 0 { break }
            guard errno == EEXIST, attempt < 99 else { throw .cannotWrite("\(parent) can't be written to") }
        }
        unfinished.withLock { _ = $0.insert(folder) }
        defer {
            try? FileManager.default.removeItem(atPath: folder)
            unfinished.withLock { _ = $0.remove(folder) }
        }
        return try body(folder)
    }

    /// The private folders that are in use.
    private static let unfinished = Locked<Set<String>>([])

    /// Takes away whatever is half made: for a program that is about to end.
    public static func removeUnfinished() {
        for folder in unfinished.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: folder) }
    }

    private static func split(_ path: String) -> (parent: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return ("", path) }
        return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
    }

    /// Whether a folder, a pipe or a device lies there, or a link leads to one, as `/dev/stdout` does: those are
    /// never replaced.
    private static func isSpecial(_ path: String) -> Bool {
        var status = stat()
        return fstatat(AT_FDCWD, path, &status, 0) == 0 && status.st_mode & S_IFMT != S_IFREG
    }

    private static func isPlainFile(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}
