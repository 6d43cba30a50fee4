internal import Agreements
internal import Books
public import Findings
public import Importing
public import Ledger
internal import Sheets

/// An export that is to be imported into a year: read by its map, held against the last one, and only
/// then put in its place.
///
/// A plan says what it would do; `perform` does it in one commit, all or nothing.
public struct ImportPlan {
    public let result: FileImport
    public let postings: Postings
    public let before: (file: String, difference: ImportDifference)?
    public let partnership: Partnership
    /// What the new export seems to take the place of, though nobody has said so: both together count rows twice.
    public let heldRows: HeldRows?
    private let source: FileContent
    private let sourcePath: String
    private let member: Name<Member>
    /// The name of the export whose place it takes.
    private let replaced: String?

    /// - Parameters:
    ///   - path: the export.
    ///   - map: the map to read it by; any that fits if `nil`.
    ///   - ledgerOf: whose books it is of; may be omitted where only one member keeps books.
    ///   - replaces: the name of an earlier export of the same ledger that this one takes the place of.
    /// - Throws: `Circumstance`.
    public init(
        _ partnership: Partnership, path: String, map: String?, ledgerOf: String?, replaces: String?
    ) throws(Circumstance) {
        let chart = partnership.agreement.chart
        self.partnership = partnership
        sourcePath = path
        source = try FileFailure.asCircumstance { () throws(FileFailure) in try FileContent(path: path) }
        let maps = try Self.maps(partnership, map, path)
        let owner = try Self.member(partnership, ledgerOf)
        member = owner

        let name = path.split(separator: "/").last.map(String.init) ?? path
        let others = Self.exports(of: owner, in: partnership)
        func read(
            _ content: () throws(FileFailure) -> FileContent, _ file: String, _ maps: [ImportMap],
            preferred: String? = nil
        ) throws(Circumstance) -> FileImport {
            try FileFailure.asCircumstance { () throws(FileFailure) in
                try FileImport.run(
                    content(), file: file, ledgerOf: owner, maps: maps, chart: chart, year: partnership.year,
                    preferred: preferred)
            }
        }
        let export = source
        var result = try read({ export }, name, maps)
        postings = result.takePostings()
        self.result = result

        let names = others.map(\.name.file)
        if let replaces {
            guard names.contains(replaces) else {
                throw Circumstance.usage(
                    "there is no export \"\(replaces)\" of \(member); there "
                        + (names.isEmpty ? "is none" : "are: " + names.joined(separator: ", ")))
            }
            replaced = replaces
        } else {
            replaced = names.contains(name) ? name : nil
        }
        // The last import of this source: the file that it replaces, or the only one that its map reads.
        var compared: [(file: String, difference: ImportDifference)] = []
        var held: [HeldRows] = []
        for other in others where replaced == nil || other.name.file == replaced {
            var last = try read(other.content, other.name.file, partnership.maps, preferred: result.map)
            guard replaced != nil || last.map == result.map else { continue }
            let rows = Array(last.takePostings()), difference = ImportDifference(from: rows, to: Array(postings))
            compared.append((other.name.file, difference))
            held.append(
                HeldRows(file: other.name.file, count: difference.unchanged + difference.changed.count, of: rows.count))
        }
        before = compared.count == 1 ? compared[0] : nil
        heldRows = replaced == nil ? held.filter(\.isNearlyAll).max { $0.count < $1.count } : nil
    }

    /// An export that lies there already, nearly all of whose rows stand in the new one.
    public struct HeldRows: Sendable {
        public let file: String
        /// Of its rows, how many stand in the new export, alike or with another amount.
        public let count: Int
        public let of: Int

        /// Four in five rows at least.
        var isNearlyAll: Bool { count > 0 && count * 5 >= of * 4 }
    }

    private static func maps(_ partnership: Partnership, _ wanted: String?, _ path: String) throws(Circumstance)
        -> [ImportMap]
    {
        guard let wanted else { return partnership.maps }
        let maps = partnership.maps.filter { $0.name == wanted }
        guard maps.isEmpty else { return maps }
        let broken = partnership.mapFaults.filter { $0.place?.file == "maps/\(wanted).yaml" }
        guard broken.isEmpty else { throw .findings(broken) }
        let names = partnership.maps.map(\.name)
        let hint = names.isEmpty ? "write one: outturn map suggest \(path)" : Nearest.hint(wanted, in: names)
        throw Circumstance.usage("there is no map \"\(wanted)\" in maps/; \(hint)")
    }

    private static func member(_ partnership: Partnership, _ written: String?) throws(Circumstance) -> Name<Member> {
        let chart = partnership.agreement.chart, keepers = partnership.agreement.keepsBooks
        guard let written else {
            if keepers.count == 1 { return keepers[0] }
            throw Circumstance.usage(
                "say whose books the export is of: --ledger-of \(keepers.map(\.text).joined(separator: "|"))")
        }
        guard let member = chart.member(written: written) else {
            let hint = Nearest.hint(written, in: chart.members.map(\.name.text))
            throw Circumstance.usage("the agreement has no member \"\(written)\"; \(hint)")
        }
        return member
    }

    /// What lies there of a member's exports already.
    private static func exports(of member: Name<Member>, in partnership: Partnership) -> [Document] {
        partnership.loader.snapshot.documents.filter {
            $0.name.role == .export(partnership.year, folder: member.text) && $0.obstacle == nil
        }
    }

    /// Where no map fits, the faults of those that can't be read may say why.
    public var findings: [Finding] {
        (result.findings + (result.map == nil ? partnership.mapFaults : [])).inOrder()
    }

    /// That most of the file's dated rows lie outside the year: it may be another year's.
    public var yearInDoubt: (outside: Int, of: Int)? {
        let rows = postings.datedRows(outside: partnership.year)
        let (outside, all) = (rows.map(\.outside).reduce(0, +), rows.map(\.all).reduce(0, +))
        return outside * 2 > all ? (outside, all) : nil
    }

    /// Whether the file was read from end to end by one map; without that nothing is put in its place.
    public var isAllowed: Bool { result.isReadWhole }

    private var yearFolder: String { partnership.loader.folder(of: partnership.year) }

    /// Where the file will lie, from the partnership's folder.
    public var destination: String { "\(yearFolder)/exports/\(member)/\(result.file)" }

    /// What happens to the file that it takes the place of.
    public var superseded: String? { replaced.map { "\(yearFolder)/exports/superseded/\(member)/\($0)" } }

    /// Puts the file in its place, what it takes the place of under `superseded`, and both into `imports.csv`.
    ///
    /// Where somebody else has imported meanwhile, the change is made again from what lies there now: the list then
    /// has both, and a file that came to lie in this one's place is kept as any other that is replaced.
    ///
    /// - Returns: where what it took the place of is now, from the partnership's folder.
    /// - Throws: `Circumstance`: `.busy` where others never stop writing, `.cannotWrite`.
    public func perform() throws(Circumstance) -> [String] {
        guard let destination = DocumentName(destination), let list = DocumentName(listPath) else {
            throw .usage("\(result.file) can't be the name of an export: a hidden file is never read")
        }
        for attempt in 1... {
            let snapshot = attempt == 1 ? partnership.loader.snapshot : try partnership.store.snapshot()
            let made: (change: BookChange, kept: [String])?
            do throws(FileFailure) { made = try change(on: snapshot, destination, list) } catch {
                // What is in the source's own way, or the list's, stays; what somebody else has just replaced is
                // listed again.
                guard attempt < 100, error.path != sourcePath, error.path != listPath, !error.isMissing || attempt < 5
                else {
                    throw error.circumstance
                }
                continue
            }
            guard let (change, kept) = made else {
                throw .usage("\(sourcePath) is already in its place; `outturn check` reads it")
            }
            do throws(CommitFailure) {
                let key = CommitKey("\(source.mark)\n\(destination)\n\(attempt)")
                try partnership.store.commit(change, expecting: snapshot.revision, key: key)
                return kept
            } catch {
                guard case .conflict = error, attempt < 100 else { throw error.circumstance }
            }
        }
        return []
    }

    private var listPath: String { "\(yearFolder)/imports.csv" }

    /// - Returns: `nil` where the source is the file that lies in its place, and the list has it so.
    private func change(
        on snapshot: BookSnapshot, _ destination: DocumentName, _ list: DocumentName
    ) throws(FileFailure) -> (change: BookChange, kept: [String])? {
        let there = snapshot[destination.path]
        if let there, !source.mark.isEmpty, try there.content().mark == source.mark {
            return try listed(there, snapshot, list).map { ($0, []) }
        }
        var change = BookChange(), kept: [String] = []
        let replaced = replaced.flatMap { snapshot["\(yearFolder)/exports/\(member)/\($0)"] }
        if let replaced, replaced.name != destination {
            kept.append(try keep(replaced, in: &change, snapshot))
            change.drop(replaced.name, seen: try replaced.digest())
        }
        if let there { kept.append(try keep(there, in: &change, snapshot)) }
        try change.put(source, at: destination, seen: there?.digest())
        try put(try entries(snapshot, without: replaced?.name, with: destination), at: list, in: &change, snapshot)
        return (change, kept)
    }

    private func put(
        _ entries: [(file: String, digest: String, map: String)], at list: DocumentName, in change: inout BookChange,
        _ snapshot: BookSnapshot
    ) throws(FileFailure) {
        let content = FileContent(Array(ImportList.text(entries).utf8), name: list.path)
        try change.put(content, at: list, seen: snapshot[list.path]?.digest())
    }

    /// A file that lies in its place, where the list says something else of it, or nothing.
    ///
    /// - Returns: `nil` where the list has it as it is.
    private func listed(_ there: Document, _ snapshot: BookSnapshot, _ list: DocumentName) throws(FileFailure)
        -> BookChange?
    {
        let digest = try there.digest().text
        let before = try listedBefore(snapshot)
        guard before?.contains(where: { $0.file == there.name.inYear && $0.digest == digest }) != true else {
            return nil
        }
        var change = BookChange()
        try put(try entries(snapshot, without: nil, with: there.name), at: list, in: &change, snapshot)
        return change
    }

    private func listedBefore(_ snapshot: BookSnapshot) throws(FileFailure) -> [ImportList.Entry]? {
        guard let document = snapshot[listPath] else { return nil }
        guard let list = try ImportList.read(document.content(), file: listPath).list else {
            // Written anew it would lose what it says of the others.
            throw FileFailure(
                path: listPath, reason: "is no list of imports that can be read, and would be lost; see: outturn check",
                isMissing: false)
        }
        return list.entries
    }

    /// An export that is replaced stays under `superseded`, by its digest where its name is taken there.
    ///
    /// - Returns: where.
    private func keep(_ old: Document, in change: inout BookChange, _ snapshot: BookSnapshot) throws(FileFailure)
        -> String
    {
        let folder = "\(yearFolder)/exports/superseded/\(member)/"
        let digest = try old.digest()
        var target = folder + old.name.file
        if let other = snapshot[target], try other.digest() != digest {
            target = folder + digest.text.prefix(8) + "-" + old.name.file
        }
        guard let name = DocumentName(target) else {
            throw FileFailure(path: target, reason: "can't be written", isMissing: false)
        }
        let there = try snapshot[target]?.digest()
        if there != digest { try change.put(old.content(), at: name, seen: there) }
        return target
    }

    /// The list as it was, with the new export's line: of files that nobody told of, what was listed stays listed, so
    /// that one that has changed or gone is still told. A list that wasn't kept so far begins with all that are there.
    private func entries(
        _ snapshot: BookSnapshot, without old: DocumentName?, with new: DocumentName
    ) throws(FileFailure) -> [(file: String, digest: String, map: String)] {
        var lines: [String: (digest: String, map: String)] = [:]
        if let before = try listedBefore(snapshot) {
            for entry in before { lines[entry.file] = (entry.digest, entry.map) }
        } else {
            for document in snapshot.documents where document.obstacle == nil {
                guard case .export(partnership.year, _) = document.name.role else { continue }
                lines[document.name.inYear] = (try document.digest().text, "")
            }
        }
        if let old { lines[old.inYear] = nil }
        lines[new.inYear] = (try Digest(of: source).text, result.map ?? "")
        return lines.sorted { $0.key < $1.key }.map { ($0.key, $0.value.digest, $0.value.map) }
    }
}
