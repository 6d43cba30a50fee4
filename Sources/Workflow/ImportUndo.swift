public import Books
public import Findings
internal import Ledger
internal import Sheets

/// Takes an import back: the export goes under `superseded`, and what it took the place of counts again.
public struct ImportUndo {
    /// The export that is taken back, and those that come back, from the year's folder.
    public let file: String
    public let restored: [String]
    private let partnership: Partnership

    /// - Parameter wanted: the export by its name or its path in the year's folder; the last import if `nil`.
    /// - Throws: `Circumstance`; `.usage` where the list has no such export.
    public init(_ partnership: Partnership, file wanted: String?) throws(Circumstance) {
        self.partnership = partnership
        let lines = try ImportUndo.lines(partnership), counting = lines.filter(\.supersededBy.isEmpty)
        let named = counting.filter { line in
            wanted.map { line.file == $0 || line.file.split(separator: "/").last.map(String.init) == $0 } ?? true
        }
        guard let wanted else {
            guard let last = named.filter({ !$0.imported.isEmpty }).max(by: { $0.imported < $1.imported }) else {
                throw .usage("\(partnership.year) has no import that says when it came; name the export to take back")
            }
            (file, restored) = (last.file, ImportUndo.replaced(by: last.file, in: lines).map(\.was))
            return
        }
        guard named.count == 1 else {
            let known = counting.map(\.file)
            throw .usage(
                named.isEmpty
                    ? "there is no export \"\(wanted)\" in \(partnership.year); \(Nearest.hint(wanted, in: known))"
                    : "several exports are called \"\(wanted)\"; write one of: "
                        + named.map(\.file).joined(separator: ", "))
        }
        (file, restored) = (named[0].file, ImportUndo.replaced(by: named[0].file, in: lines).map(\.was))
    }

    /// What the year's list of imports says, superseded ones too; empty where there is no list.
    public static func lines(_ partnership: Partnership) throws(Circumstance) -> [ImportList.Line] {
        let folder = partnership.loader.folder(of: partnership.year), snapshot = partnership.loader.snapshot
        let list = DocumentName("\(folder)/imports.csv")!
        return try FileFailure.asCircumstance { () throws(FileFailure) in
            try ImportBook(snapshot, partnership.year, folder: folder, list: list).lines
        }
    }

    /// What an export took the place of when it came last.
    private static func replaced(by file: String, in lines: [ImportList.Line]) -> [ImportList.Line] {
        var seen: Set<String> = []
        return lines.reversed().filter { $0.supersededBy == file && !$0.was.isEmpty && seen.insert($0.was).inserted }
    }

    /// - Returns: where the export is kept now, from the partnership's folder.
    /// - Throws: `Circumstance`: `.busy` where others have written meanwhile, `.cannotWrite`.
    public func perform() throws(Circumstance) -> String {
        let folder = partnership.loader.folder(of: partnership.year), snapshot = partnership.loader.snapshot
        let list = DocumentName("\(folder)/imports.csv")!
        let made = try FileFailure.asCircumstance { () throws(FileFailure) -> (BookChange, String) in
            var book = try ImportBook(snapshot, partnership.year, folder: folder, list: list)
            guard let there = snapshot["\(folder)/\(file)"] else {
                throw FileFailure(path: file, reason: "is gone, so there is nothing to take back", isMissing: true)
            }
            let back = Self.replaced(by: file, in: book.lines)
            let kept = try book.supersede(
                there, by: "undone", leaves: !back.contains { $0.was == there.name.inYear })
            for line in back {
                guard let old = snapshot["\(folder)/\(line.file)"], let name = DocumentName("\(folder)/\(line.was)")
                else {
                    throw FileFailure(path: line.file, reason: "is gone, and can't be put back", isMissing: true)
                }
                try book.restore(line, old, at: name, seen: snapshot[name.path]?.digest())
            }
            return (try book.change(), kept)
        }
        do throws(CommitFailure) {
            try partnership.store.commit(made.0, expecting: snapshot.revision, key: CommitKey(made.0.digest.text))
        } catch {
            throw error.circumstance
        }
        return made.1
    }
}
