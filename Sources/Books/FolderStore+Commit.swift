internal import Findings
internal import Sheets

extension FolderStore {
    /// Compares and changes under one lock. A folder keeps no log, so a key isn't remembered: a change sent again
    /// is known by the documents, which are as it leaves them.
    @discardableResult
    public func commit(_ change: BookChange, expecting: Revision, key: CommitKey) throws(CommitFailure) -> Receipt {
        let folder = try orFail { () throws(Circumstance) in try LockedFolder(path: path, .exclusive) }
        defer { folder.close() }
        try orFail { () throws(Circumstance) in try folder.recover() }
        let conflicts: [DocumentName]?
        do { conflicts = try change.conflicts(digest) } catch { throw .cannotWrite("\(error)") }
        if let conflicts {
            guard conflicts.isEmpty else { throw .conflict(conflicts) }
            try orFail { () throws(Circumstance) in try folder.change(change.edits) }
        }
        let revision = try orFail { () throws(Circumstance) in try list().revision }
        return Receipt(revision: revision, change: change.digest)
    }

    /// What is at a name now; `nil` for nothing, or a link that leads nowhere.
    private func digest(_ name: DocumentName) throws(FileFailure) -> Digest? {
        do throws(FileFailure) { return try Digest(of: FileContent(path: path + "/" + name.path)) } catch {
            if error.isMissing { return nil }
            throw error
        }
    }

    private func orFail<Value>(_ body: () throws(Circumstance) -> Value) throws(CommitFailure) -> Value {
        do throws(Circumstance) { return try body() } catch {
            switch error {
            case .busy(let text): throw .busy(text)
            case .missing(let text), .unreadable(let text), .badData(let text), .cannotWrite(let text),
                .usage(let text):
                throw .cannotWrite(text)
            case .findings: throw .cannotWrite("\(path) can't be written to")
            }
        }
    }
}
