public import Findings
public import Sheets

/// Keeps a partnership's documents: in a folder, in memory, in a database.
public protocol BookStore: Sendable {
    /// The documents as they are now.
    ///
    /// - Throws: `Circumstance` where there are none to be had.
    func snapshot() throws(Circumstance) -> BookSnapshot
}

/// A store that can be changed, by one method: all of a change or nothing of it.
public protocol WritableBookStore: BookStore {
    /// - Parameters:
    ///   - change: what to put and to drop, each with the digest that its writer saw there.
    ///   - revision: the snapshot that the change was made from. The digests in the change decide whether it may be
    ///     made: documents that it doesn't touch may have moved on since.
    ///   - key: made by the writer before it sends; the same change sent again under it changes nothing. A store that
    ///     keeps its commits gives the first receipt again.
    /// - Throws: `CommitFailure`.
    @discardableResult
    func commit(_ change: BookChange, expecting revision: Revision, key: CommitKey) throws(CommitFailure) -> Receipt
}

/// Names one state of a store's documents.
public struct Revision: Hashable, Sendable {
    /// Means something to the store that gave it, and to nobody else.
    public let text: String

    /// Any text; stores make revisions, and writers pass them on.
    public init(_ text: String) { self.text = text }
}

/// A commit's own name, made by its writer.
public struct CommitKey: Hashable, Sendable {
    public let text: String

    /// Any text by which the writer would know the same change sent again.
    public init(_ text: String) { self.text = text }
}

/// What a commit did.
public struct Receipt: Hashable, Sendable {
    /// The state of the store after the change.
    public let revision: Revision
    /// SHA-256 over the change.
    public let change: Digest
}

/// Why a commit was refused, or failed.
public enum CommitFailure: Error, Sendable {
    /// These documents aren't as the writer saw them.
    case conflict([DocumentName])
    /// The key was used for another change.
    case keyUsed(CommitKey)
    /// Somebody else holds the store.
    case busy(String)
    case cannotWrite(String)

    /// What the command that made the commit ends with.
    public var circumstance: Circumstance {
        switch self {
        case .conflict(let names):
            .busy("\(names.map(\.path).joined(separator: ", ")) changed meanwhile; look again, and repeat the command")
        case .keyUsed(let key): .usage("the key \(key.text) stands for another change")
        case .busy(let text): .busy(text)
        case .cannotWrite(let text): .cannotWrite(text)
        }
    }
}

/// What one commit puts and drops.
public struct BookChange: Sendable {
    /// In the order in which they were added.
    public private(set) var edits: [Edit] = []

    /// One document, put or dropped.
    public struct Edit: Sendable {
        public let name: DocumentName
        /// What the writer saw there; `nil` for nothing.
        public let seen: Digest?
        /// What will be there; `nil` for nothing.
        public let content: FileContent?
        /// Of the content; `nil` where the document is dropped.
        public let digest: Digest?
    }

    /// A change that does nothing yet.
    public init() {}

    /// - Throws: `FileFailure` where the content can't be read.
    public mutating func put(_ content: FileContent, at name: DocumentName, seen: Digest?) throws(FileFailure) {
        edits.append(Edit(name: name, seen: seen, content: content, digest: try Digest(of: content)))
    }

    /// - Parameter seen: what the writer saw there.
    public mutating func drop(_ name: DocumentName, seen: Digest) {
        edits.append(Edit(name: name, seen: seen, content: nil, digest: nil))
    }

    /// SHA-256 over what it does, document by document.
    public var digest: Digest {
        Digest(
            text: edits.sorted { $0.name < $1.name }
                .map { "\($0.seen?.text ?? "-") \($0.digest?.text ?? "-") \($0.name.path)\n" }.joined())
    }

    /// The documents that are neither as the writer saw them nor, all together, as the change leaves them.
    ///
    /// - Parameter digest: what is at a name now.
    /// - Returns: `nil` where the change has been made already.
    func conflicts(_ digest: (DocumentName) throws -> Digest?) rethrows -> [DocumentName]? {
        let now = try edits.map { try digest($0.name) }
        if !edits.isEmpty, zip(edits, now).allSatisfy({ $0.digest == $1 }) { return nil }
        return zip(edits, now).filter { $0.seen != $1 }.map { $0.0.name }
    }
}

/// The documents of a partnership at one time.
public struct BookSnapshot: Sendable {
    public let revision: Revision
    /// By their names, ascending.
    public let documents: [Document]
    /// Folders at the top, which may be empty: a year that has nothing yet.
    let folders: [String]
    private let places: [String: Int]

    init(revision: Revision, documents: [Document], folders: [String] = []) {
        self.revision = revision
        self.folders = folders
        self.documents = documents.sorted { $0.name < $1.name }
        places = Dictionary(uniqueKeysWithValues: self.documents.enumerated().map { ($0.element.name.path, $0.offset) })
    }

    /// The document at a path from the partnership's folder; `nil` where there is none.
    public subscript(path: String) -> Document? { places[path].map { documents[$0] } }
}

/// One document: its name, its length, and a way to its bytes.
public struct Document: Sendable {
    public let name: DocumentName
    /// As the snapshot saw it.
    public let byteCount: Int
    /// Why it can't be read: a link that leads nowhere, a pipe. `nil` for a document like others.
    public let obstacle: String?
    private let open: @Sendable () throws(FileFailure) -> FileContent
    private let known: Locked<Digest?>

    init(
        _ name: DocumentName, byteCount: Int, obstacle: String? = nil,
        open: @escaping @Sendable () throws(FileFailure) -> FileContent
    ) {
        self.name = name
        self.byteCount = byteCount
        self.obstacle = obstacle
        self.open = open
        known = Locked(nil)
    }

    /// - Throws: `FileFailure` where it can't be opened, or isn't the file any more that the snapshot saw.
    public func content() throws(FileFailure) -> FileContent { try open() }

    /// Whether a digest that was worked out in reading is the one known before; the first to be worked out is the
    /// one known from then on.
    func isStill(_ digest: Digest) -> Bool {
        known.withLock { known in
            if let known { return known == digest }
            known = digest
            return true
        }
    }

    /// SHA-256 of its bytes, worked out once.
    ///
    /// - Throws: `FileFailure` where it can't be read.
    public func digest() throws(FileFailure) -> Digest {
        if let digest = known.withLock({ $0 }) { return digest }
        let digest = try Digest(of: open())
        known.withLock { $0 = digest }
        return digest
    }
}
