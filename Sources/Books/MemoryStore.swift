public import Findings
internal import Sheets

/// Documents in memory: for tests, and for what might be.
public final class MemoryStore: WritableBookStore {
    private struct State: Sendable {
        var documents: [DocumentName: [UInt8]] = [:]
        var commits = 0
        var receipts: [CommitKey: Receipt] = [:]

        var revision: Revision { Revision("\(commits)") }
    }

    private let state: Locked<State>

    /// - Parameter texts: documents by their paths, in UTF-8.
    /// - Precondition: each path is a document's.
    public init(_ texts: [String: String] = [:]) {
        var state = State()
        for (path, text) in texts {
            guard let name = DocumentName(path) else { preconditionFailure("\(path) is no document's path") }
            state.documents[name] = Array(text.utf8)
        }
        self.state = Locked(state)
    }

    /// The documents after the last commit; it never fails.
    public func snapshot() throws(Circumstance) -> BookSnapshot {
        let (revision, documents) = state.withLock { ($0.revision, $0.documents) }
        return BookSnapshot(
            revision: revision,
            documents: documents.map { name, bytes in
                Document(name, byteCount: bytes.count) { FileContent(bytes, name: name.path) }
            })
    }

    /// Remembers every key with its receipt, for as long as the store lives.
    @discardableResult
    public func commit(_ change: BookChange, expecting: Revision, key: CommitKey) throws(CommitFailure) -> Receipt {
        var contents: [DocumentName: [UInt8]] = [:]
        for edit in change.edits {
            guard let content = edit.content else { continue }
            do throws(FileFailure) { contents[edit.name] = try content.bytes() } catch {
                throw .cannotWrite("\(edit.name): \(error)")
            }
        }
        let outcome = state.withLock { state -> Result<Receipt, CommitFailure> in
            if let receipt = state.receipts[key] {
                return receipt.change == change.digest ? .success(receipt) : .failure(.keyUsed(key))
            }
            let conflicts = change.conflicts { name in state.documents[name].map { Digest(of: $0) } }
            if let conflicts, !conflicts.isEmpty { return .failure(.conflict(conflicts)) }
            for edit in change.edits { state.documents[edit.name] = contents[edit.name] }
            state.commits += 1
            let receipt = Receipt(revision: state.revision, change: change.digest)
            state.receipts[key] = receipt
            return .success(receipt)
        }
        return try outcome.get()
    }
}
