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
                HeldRows(
                    file: other.name.file, ledgerOf: owner, count: difference.unchanged + difference.changed.count,
                    of: rows.count))
        }
        // A file of another member's folder, by mistake in this one's.
        if replaced == nil {
            for keeper in partnership.agreement.keepsBooks where keeper != owner {
                for other in Self.exports(of: keeper, in: partnership) {
                    let content = try FileFailure.asCircumstance { () throws(FileFailure) in try other.content() }
                    var last = try FileFailure.asCircumstance { () throws(FileFailure) in
                        try FileImport.run(
                            content, file: other.name.file, ledgerOf: keeper, maps: partnership.maps, chart: chart,
                            year: partnership.year, preferred: result.map)
                    }
                    guard last.map == result.map, last.map != nil else { continue }
                    let rows = Array(last.takePostings()), same = ImportDifference(from: rows, to: Array(postings))
                    held.append(
                        HeldRows(file: other.name.file, ledgerOf: keeper, count: same.unchanged, of: rows.count))
                }
            }
        }
        before = compared.count == 1 ? compared[0] : nil
        heldRows = replaced == nil ? held.filter(\.isNearlyAll).max { $0.count < $1.count } : nil
    }

    /// An export that lies there already, nearly all of whose rows stand in the new one.
    public struct HeldRows: Sendable {
        public let file: String
        /// In whose books it lies.
        public let ledgerOf: Name<Member>
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

    /// Why the file isn't put in its place until somebody says that it should be: what is wrong with it, or that it
    /// seems
    /// to be another year's or to count rows twice.
    public var doubts: [Doubt] {
        var doubts: [Doubt] = []
        let errors = Dictionary(grouping: result.findings.filter { $0.severity == .error }, by: \.code)
        for (code, findings) in errors.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            // A code's further findings, beyond those that are listed, are counted by one of their own.
            let count = findings.count + (result.further[code].map { $0 - 1 } ?? 0)
            doubts.append(
                Doubt(
                    code: code,
                    question: "\(count) error\(count == 1 ? "" : "s") \(code.rawValue) (\(code.title)), the first at "
                        + "\(findings.compactMap(\.place).min().map(\.description) ?? result.file): mend "
                        + "\(count == 1 ? "it" : "them"), or say --accept \(code.rawValue)"))
        }
        if let (outside, of) = yearInDoubt {
            doubts.append(
                Doubt(
                    code: .datesOutsideYear,
                    question: "\(outside) of its \(of) dated rows lie outside \(partnership.year): import it with "
                        + "--year, or with --accept \(Finding.Code.datesOutsideYear.rawValue) if they belong here"))
        }
        if let heldRows {
            let counted =
                "the file holds \(heldRows.count) of the \(heldRows.of) rows of \(heldRows.file)"
            doubts.append(
                Doubt(
                    code: .rowsInTwoFiles,
                    question: heldRows.ledgerOf == member
                        ? "\(counted): say --replaces \"\(heldRows.file)\" if it takes that one's place, or --beside "
                            + "if both count"
                        : "\(counted), in the books of \(heldRows.ledgerOf): it may be that member's; say --beside if "
                            + "both count"))
        }
        for shared in postings.rowsInTwoFiles {
            doubts.append(
                Doubt(
                    code: .rowsInTwoFiles,
                    question: "\(shared.count) of \(shared.of) rows of \(Place(shared.later.place.source)) stand in "
                        + "\(Place(shared.earlier.place.source)) too: name the sheets to read in the map's `sheets`, "
                        + "or say --beside if both count"))
        }
        return doubts
    }

    /// A reason to ask before a file is put in its place.
    public struct Doubt: Sendable {
        /// What `--accept` names.
        public let code: Finding.Code
        public let question: String
    }

    /// Puts the file in its place, what it takes the place of under `superseded`, and both into `imports.csv`.
    ///
    /// Where somebody else has imported meanwhile, the change is made again from what lies there now: the list then
    /// has both, and a file that came to lie in this one's place is kept as any other that is replaced.
    ///
    /// - Parameters:
    ///   - accepted: the doubts that whoever imports it has accepted; they are listed with it.
    ///   - reason: why it is imported, for the list.
    ///   - now: the minute, as the list has it.
    /// - Returns: where what it took the place of is now, from the partnership's folder.
    /// - Throws: `Circumstance`: `.busy` where others never stop writing, `.cannotWrite`; `.usage` with the questions
    ///   that are still open.
    public func perform(
        accepting accepted: Set<Finding.Code> = [], reason: String = "", at now: String
    ) throws(Circumstance) -> [String] {
        let doubts = doubts, open = doubts.filter { !accepted.contains($0.code) }
        guard open.isEmpty else { throw .usage(open.map(\.question).joined(separator: "\n")) }
        let waived = Set(doubts.map(\.code.rawValue)).sorted()
        let said = [reason, waived.isEmpty ? "" : "accepted " + waived.joined(separator: ", ")].filter { !$0.isEmpty }
        let note = ImportNote(imported: now, reason: said.joined(separator: "; "))
        guard let destination = DocumentName(destination), let list = DocumentName(listPath) else {
            throw .usage("\(result.file) can't be the name of an export: a hidden file is never read")
        }
        for attempt in 1... {
            let snapshot = attempt == 1 ? partnership.loader.snapshot : try partnership.store.snapshot()
            let made: (change: BookChange, kept: [String])?
            do throws(FileFailure) { made = try change(on: snapshot, destination, list, note) } catch {
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
        on snapshot: BookSnapshot, _ destination: DocumentName, _ list: DocumentName, _ note: ImportNote
    ) throws(FileFailure) -> (change: BookChange, kept: [String])? {
        let there = snapshot[destination.path], digest = try Digest(of: source).text
        var book = try ImportBook(snapshot, partnership.year, folder: yearFolder, list: list)
        let line = ImportList.Line(
            file: destination.inYear, digest: digest, map: result.map ?? "", imported: note.imported,
            reason: note.reason)
        if let there, !source.mark.isEmpty, try there.content().mark == source.mark {
            // The file lies in its place already: only the list may say something else of it.
            guard !book.lists(destination.inYear, digest) else { return nil }
            book.add(line)
            return (try book.change(), [])
        }
        let replaced = replaced.flatMap { snapshot["\(yearFolder)/exports/\(member)/\($0)"] }
        var kept: [String] = []
        if let replaced, replaced.name != destination {
            kept.append(try book.supersede(replaced, by: destination.inYear, leaves: true))
        }
        if let there { kept.append(try book.supersede(there, by: destination.inYear, leaves: false)) }
        try book.put(source, at: destination, seen: there?.digest())
        book.add(line)
        return (try book.change(), kept)
    }
}

/// When and why an export is imported.
struct ImportNote {
    let imported: String
    let reason: String
}
