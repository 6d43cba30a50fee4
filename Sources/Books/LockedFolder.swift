internal import Findings
internal import FoundationEssentials
internal import Glibc
internal import Sheets

/// A partnership's folder, open and locked, and the one place that changes what lies in it.
///
/// A change is first written into a hidden folder beside the documents, `.outturn-` and random letters, with
/// a plan of what goes where. Once the plan has its name the change is decided: it is then carried out by
/// renaming alone, and whoever comes after a stop in the middle carries out the rest. Before that, nothing of it
/// is seen. No link is followed on the way to a document.
final class LockedFolder {
    enum Kind { case shared, exclusive }

    private let path: String
    private var descriptor: Int32

    /// How long another writer is waited for.
    private static let patience: Duration = .seconds(30)
    private static let prefix = ".outturn-"

    init(path: String, _ kind: Kind) throws(Circumstance) {
        let opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw .unreadable("the folder \(path) can't be read") }
        self.path = path
        descriptor = opened
        let start = ContinuousClock.now
        while flock(opened, (kind == .exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0 {
            // A file system without locks can be read all the same.
            if errno != EWOULDBLOCK, errno != EINTR {
                if kind == .shared { return }
                close()
                throw .cannotWrite("\(path) can't be locked, so nothing is written to it")
            }
            guard ContinuousClock.now - start < Self.patience else {
                close()
                throw .busy("somebody else is writing to \(path); try again")
            }
            usleep(2_000)
        }
    }

    deinit { close() }

    /// Lets the lock go.
    func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    // MARK: What a stopped writer left

    private var leftovers: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0.hasPrefix(Self.prefix) }
            .sorted()
    }

    /// Whether a decided change isn't carried out yet.
    var hasPending: Bool {
        leftovers.contains { faccessat(descriptor, $0 + "/plan", F_OK, AT_SYMLINK_NOFOLLOW) == 0 }
    }

    /// Carries out what was decided, and clears away what wasn't.
    func recover() throws(Circumstance) {
        for name in leftovers {
            let staging = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard staging >= 0 else { continue }
            defer { Glibc.close(staging) }
            if let plan = Self.text(of: "plan", in: staging) { try carryOut(Plan(plan), staging) }
            remove(name)
        }
    }

    // MARK: Changing

    /// - Throws: `Circumstance.cannotWrite`. Nothing has changed then, unless the plan had its name already: whoever
    ///   comes next carries it out.
    func change(_ edits: [BookChange.Edit]) throws(Circumstance) {
        let name = try makeStaging()
        let staging = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        defer { Glibc.close(staging) }
        var plan = Plan()
        do {
            for (number, edit) in edits.enumerated() {
                guard let content = edit.content else {
                    plan.steps.append(.drop(edit.name.path))
                    continue
                }
                guard try write(content, "\(number)", staging) == edit.digest else {
                    throw Circumstance.cannotWrite("\(edit.name) changed while it was copied; repeat the command")
                }
                plan.steps.append(.put("\(number)", edit.name.path))
            }
            // A place that can't be written to must show before anything is decided.
            for step in plan.steps {
                let parent = try openParent(of: step.target)
                defer { Glibc.close(parent) }
                guard faccessat(parent, ".", W_OK, 0) == 0 else { throw cannotWrite(step.target) }
            }
            _ = try write(FileContent(Array(plan.text.utf8), name: "plan"), "draft", staging)
            guard renameat(staging, "draft", staging, "plan") == 0, fsync(staging) == 0 else {
                throw cannotWrite(name)
            }
        } catch {
            remove(name)
            throw (error as? Circumstance) ?? .cannotWrite("\(path): \(error)")
        }
        try carryOut(plan, staging)
        remove(name)
    }

    private func makeStaging() throws(Circumstance) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        for _ in 0..<100 {
            let name = Self.prefix + String((0..<12).map { _ in letters.randomElement()! })
            if mkdirat(descriptor, name, 0o700) == 0 { return name }
            if errno != EEXIST { break }
        }
        throw .cannotWrite("\(path) can't be written to")
    }

    /// Writes a content under a name of the hidden folder, through to the disk.
    ///
    /// - Returns: the digest of what was written.
    private func write(_ content: FileContent, _ name: String, _ staging: Int32) throws -> Digest {
        let file = openat(staging, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw cannotWrite(name) }
        defer { Glibc.close(file) }
        let running = RunningDigest()
        var isWritten = true
        try content.forEachPiece { piece in
            running.add(piece)
            isWritten = isWritten && Self.writeAll(piece, to: file)
        }
        guard isWritten, fsync(file) == 0 else { throw cannotWrite(name) }
        return running.digest
    }

    private static func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Opens the folder that a document lies in, made if need be, part by part and through no link.
    private func openParent(of target: String) throws(Circumstance) -> Int32 {
        var folder = dup(descriptor)
        for part in target.split(separator: "/").dropLast().map(String.init) {
            if mkdirat(folder, part, 0o777) == 0 { fsync(folder) }
            let next = openat(folder, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            Glibc.close(folder)
            guard next >= 0 else { throw cannotWrite(target) }
            folder = next
        }
        return folder
    }

    /// Renames and unlinks; what has been done before a stop is passed over.
    private func carryOut(_ plan: Plan, _ staging: Int32) throws(Circumstance) {
        for step in plan.steps {
            let parent = try openParent(of: step.target)
            defer { Glibc.close(parent) }
            let last = String(step.target.split(separator: "/").last ?? "")
            let outcome =
                switch step {
                case .put(let staged, _): renameat(staging, staged, parent, last)
                case .drop: unlinkat(parent, last, 0)
                }
            guard outcome == 0 || errno == ENOENT, fsync(parent) == 0 else { throw cannotWrite(step.target) }
        }
    }

    private func cannotWrite(_ name: String) -> Circumstance {
        .cannotWrite("\(path)/\(name) can't be written: \(String(cString: strerror(errno)).lowercased())")
    }

    private func remove(_ name: String) { try? FileManager.default.removeItem(atPath: path + "/" + name) }

    private static func text(of name: String, in folder: Int32) -> String? {
        let file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { Glibc.close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = piece.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            bytes += piece.prefix(count)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

/// What a change does, a line a step: `put 0 2018-19/exports/lbhf/p9.xlsx`, `drop 2018-19/exports/lbhf/p8.xlsx`.
private struct Plan {
    enum Step {
        case put(_ staged: String, _ target: String)
        case drop(_ target: String)

        var target: String {
            switch self {
            case .put(_, let target), .drop(let target): target
            }
        }
    }

    var steps: [Step] = []

    init() {}

    /// Reads a plan; lines that could lead out of the folder are none of ours.
    init(_ text: String) {
        // A name may hold any character but a stroke and zero, a line end too, so each line ends with a zero.
        steps = text.split(separator: "\0").compactMap { line in
            let parts = line.split(separator: " ", maxSplits: line.hasPrefix("put ") ? 2 : 1).map(String.init)
            switch (parts.first, parts.count) {
            case ("put", 3) where Int(parts[1]) != nil && DocumentName(parts[2]) != nil: return .put(parts[1], parts[2])
            case ("drop", 2) where DocumentName(parts[1]) != nil: return .drop(parts[1])
            default: return nil
            }
        }
    }

    var text: String {
        steps.map { step in
            switch step {
            case .put(let staged, let target): "put \(staged) \(target)\0"
            case .drop(let target): "drop \(target)\0"
            }
        }.joined()
    }
}
