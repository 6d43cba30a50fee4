internal import Books
internal import Ledger
internal import Sheets

/// A year's exports and their list, as a change to them is made: what is put, what is superseded, what the list then
/// says.
struct ImportBook {
    private let snapshot: BookSnapshot
    private let year: FinancialYear
    /// The year's, from the partnership's folder.
    private let folder: String
    private let list: DocumentName
    private(set) var lines: [ImportList.Line]
    private var edits = BookChange()

    /// A list that wasn't kept so far begins with all exports that are there.
    ///
    /// - Throws: `FileFailure` where the list can't be read: written anew it would lose what it says of the others.
    init(_ snapshot: BookSnapshot, _ year: FinancialYear, folder: String, list: DocumentName) throws(FileFailure) {
        (self.snapshot, self.year, self.folder, self.list) = (snapshot, year, folder, list)
        guard let document = snapshot[list.path] else {
            lines = []
            for document in snapshot.documents where document.obstacle == nil {
                guard case .export(year, _) = document.name.role else { continue }
                lines.append(
                    ImportList.Line(file: document.name.inYear, digest: try document.digest().text, map: ""))
            }
            return
        }
        guard let found = try ImportList.read(document.content(), file: list.path).list else {
            throw FileFailure(
                path: list.path,
                reason: "is no list of imports that can be read, and would be lost; see: outturn check",
                isMissing: false)
        }
        lines = found.all.map(\.line)
    }

    /// Whether the list has an export that counts with this digest.
    func lists(_ file: String, _ digest: String) -> Bool {
        lines.contains { $0.file == file && $0.digest == digest && $0.supersededBy.isEmpty }
    }

    /// The list's line of an export, in place of another that counts.
    mutating func add(_ line: ImportList.Line) {
        lines.removeAll { $0.file == line.file && $0.supersededBy.isEmpty }
        lines.append(line)
    }

    mutating func put(_ content: FileContent, at name: DocumentName, seen: Digest?) throws(FileFailure) {
        try edits.put(content, at: name, seen: seen)
    }

    /// An export that is replaced or undone stays under `superseded`, by its digest where its name is taken there.
    ///
    /// - Parameters:
    ///   - by: what takes its place, or `undone`.
    ///   - leaves: whether nothing else is put where it was.
    /// - Returns: where it is kept, from the partnership's folder.
    mutating func supersede(_ old: Document, by: String, leaves: Bool) throws(FileFailure) -> String {
        let parts = old.name.inYear.split(separator: "/"), digest = try old.digest()
        let home = "\(folder)/exports/superseded/\(parts.dropFirst().dropLast().joined(separator: "/"))/"
        var target = home + old.name.file
        if let other = snapshot[target], try other.digest() != digest {
            target = home + digest.text.prefix(8) + "-" + old.name.file
        }
        guard let name = DocumentName(target) else {
            throw FileFailure(path: target, reason: "can't be written", isMissing: false)
        }
        let there = try snapshot[target]?.digest()
        if there != digest { try edits.put(old.content(), at: name, seen: there) }
        if leaves { edits.drop(old.name, seen: digest) }
        let before = lines.first { $0.file == old.name.inYear && $0.supersededBy.isEmpty }
        lines.removeAll { $0.file == old.name.inYear && $0.supersededBy.isEmpty || $0.file == name.inYear }
        lines.append(
            ImportList.Line(
                file: name.inYear, digest: digest.text, map: before?.map ?? "", imported: before?.imported ?? "",
                supersededBy: by, was: old.name.inYear, reason: before?.reason ?? ""))
        return target
    }

    /// Puts a superseded export back where it was.
    mutating func restore(_ line: ImportList.Line, _ kept: Document, at name: DocumentName, seen: Digest?)
        throws(FileFailure)
    {
        try edits.put(kept.content(), at: name, seen: seen)
        edits.drop(kept.name, seen: try kept.digest())
        lines.removeAll { $0 == line }
        var back = line
        (back.file, back.supersededBy, back.was) = (name.inYear, "", "")
        add(back)
    }

    /// All of it, with the list: those that count by their names, then the superseded ones as they came.
    func change() throws(FileFailure) -> BookChange {
        var change = edits
        let counting = lines.filter(\.supersededBy.isEmpty).sorted { $0.file < $1.file }
        let text = ImportList.text(counting + lines.filter { !$0.supersededBy.isEmpty })
        try change.put(
            FileContent(Array(text.utf8), name: list.path), at: list, seen: snapshot[list.path]?.digest())
        return change
    }
}
