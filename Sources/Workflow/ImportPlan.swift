public import Findings
internal import FoundationEssentials
public import Importing
public import Ledger
internal import Rendering
internal import Sharing
internal import Sheets

/// An export that is to be imported into a year: read by its map, held against the last one, and only
/// then put in its place.
public struct ImportPlan {
    public let result: FileImport
    public let postings: Postings
    public let before: (file: String, difference: ImportDifference)?
    private let partnership: Partnership
    private let source: String
    private let yearFolder: Folder
    private let member: Name<Member>
    private let replaced: String?

    /// - Parameters:
    ///   - path: the export.
    ///   - map: the map to read it by; any that fits if `nil`.
    ///   - ledgerOf: whose books it is of; may be left out where only one member keeps books.
    ///   - replaces: the name of an earlier export of the same ledger that this one takes the place of.
    /// - Throws: `Circumstance`, `FileFailure`.
    public init(_ partnership: Partnership, path: String, map: String?, ledgerOf: String?, replaces: String?) throws {
        let chart = partnership.agreement.chart
        self.partnership = partnership
        source = path
        yearFolder = partnership.yearFolder
        var maps = partnership.maps
        if let map {
            maps = maps.filter { $0.name == map }
            guard !maps.isEmpty else {
                let names = partnership.maps.map(\.name)
                throw Circumstance.usage(
                    "there is no map \"\(map)\" in maps/; "
                        + "\(names.isEmpty ? "write one: outturn map suggest \(path)" : Nearest.hint(map, in: names))"
                )
            }
        }
        let keepers = partnership.agreement.keepsBooks
        if let ledgerOf {
            guard let member = chart.member(written: ledgerOf) else {
                throw Circumstance.usage(
                    "the agreement has no member \"\(ledgerOf)\"; "
                        + "\(Nearest.hint(ledgerOf, in: chart.members.map(\.name.text)))"
                )
            }
            self.member = member
        } else if keepers.count == 1 {
            member = keepers[0]
        } else {
            throw Circumstance.usage(
                "say whose books the export is of: --ledger-of \(keepers.map(\.text).joined(separator: "|"))")
        }

        let name = path.split(separator: "/").last.map(String.init) ?? path
        let exports = yearFolder.folder("exports").folder(member.text)
        let others = try exports.names().filter { !Folder.isFolder(exports.file($0)) }
        var result = try FileImport.run(
            path: path, file: name, ledgerOf: member, maps: maps, chart: chart, year: partnership.year)
        postings = result.takePostings()
        self.result = result

        if let replaces {
            guard others.contains(replaces) else {
                throw Circumstance.usage(
                    "there is no export \"\(replaces)\" of \(member); there "
                        + "\(others.isEmpty ? "is none" : "are: " + others.joined(separator: ", "))"
                )
            }
            replaced = replaces
        } else {
            replaced = others.contains(name) ? name : nil
        }
        // The last import of this source: the file that it replaces, or the only one that its map reads.
        var compared: (file: String, postings: Postings)?
        for other in replaced.map({ [$0] }) ?? others {
            var last = try FileImport.run(
                path: exports.file(other), file: other, ledgerOf: member, maps: partnership.maps, chart: chart,
                year: partnership.year)
            guard replaced != nil || last.map == result.map else { continue }
            if compared != nil { compared = nil; break }
            compared = (other, last.takePostings())
        }
        before = compared.map { [postings] in ($0.file, ImportDifference(from: Array($0.postings), to: Array(postings)))
        }
    }

    public var findings: [Finding] { result.findings.inOrder() }

    /// Whether the file was read from end to end by one map; without that nothing is put in its place.
    public var canImport: Bool {
        result.map != nil
            && !result.findings.contains {
                [.xmlBroken, .fileDamaged, .limitPassed, .formatRefused, .severalMapsFit, .columnMissing, .noMapFits]
                    .contains($0.code)
            }
    }

    public func text(shown: Int = 8) -> String {
        ImportText.text(
            result, postings: postings, chart: partnership.agreement.chart, year: partnership.year, before: before,
            shown: shown)
    }

    /// Where the file will lie, from the partnership's folder.
    public var destination: String { "\(partnership.year)/exports/\(member)/\(result.file)" }

    /// What happens to the file that it takes the place of.
    public var superseded: String? { replaced.map { "\(partnership.year)/exports/superseded/\(member)/\($0)" } }

    /// Puts the file in its place, the one it replaces under `superseded`, and both into `imports.csv`.
    ///
    /// The new file is copied under a hidden name first, so that what follows is renaming alone.
    /// - Throws: `Circumstance.cannotWrite`.
    public func perform() throws {
        let exports = yearFolder.folder("exports")
        let folder = exports.folder(member.text)
        let hidden = folder.file(".incoming-" + result.file), final = folder.file(result.file)
        let manager = FileManager.default
        do {
            try manager.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
            let isSame =
                Folder.exists(final)
                && URL(filePath: final).resolvingSymlinksInPath() == URL(filePath: source).resolvingSymlinksInPath()
            if isSame { throw Circumstance.usage("\(source) is already in its place; `outturn check` reads it") }
            if Folder.exists(hidden) { try manager.removeItem(atPath: hidden) }
            try manager.copyItem(atPath: source, toPath: hidden)
            if let replaced {
                let old = exports.folder("superseded").folder(member.text)
                try manager.createDirectory(atPath: old.path, withIntermediateDirectories: true)
                let digest = try Folder.digest(of: folder.file(replaced))
                var target = old.file(replaced)
                if Folder.exists(target) { target = old.file(String(digest.prefix(8)) + "-" + replaced) }
                if Folder.exists(target) { try manager.removeItem(atPath: target) }
                try manager.moveItem(atPath: folder.file(replaced), toPath: target)
            }
            try manager.moveItem(atPath: hidden, toPath: final)
        } catch let circumstance as Circumstance {
            throw circumstance
        } catch {
            throw Circumstance.cannotWrite("\(final) can't be written")
        }
        try writeList()
    }

    /// `imports.csv` names every export with its digest and map; a list that wasn't kept so far begins with all that
    /// are there.
    private func writeList() throws {
        var maps: [String: String] = [:]
        let path = yearFolder.file("imports.csv")
        if Folder.exists(path), let table = try Table.read(path: path, file: "imports.csv").table,
            let file = table.column("file"), let map = table.column("map")
        {
            for row in table.rows { maps[row.fields[file]] = row.fields[map] }
        }
        maps["exports/\(member)/\(result.file)"] = result.map
        var lines = ["file,sha-256,map"]
        let exports = yearFolder.folder("exports")
        for name in try exports.names() where name != "superseded" && Folder.isFolder(exports.file(name)) {
            let folder = exports.folder(name)
            for file in try folder.names() where !Folder.isFolder(folder.file(file)) {
                let relative = "exports/\(name)/\(file)"
                func quoted(_ text: String) -> String {
                    text.contains(",") || text.contains("\"")
                        ? "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
                            + "\"" : text
                }
                lines.append(
                    [quoted(relative), try Folder.digest(of: folder.file(file)), quoted(maps[relative] ?? "")].joined(
                        separator: ","))
            }
        }
        try Output.write(lines.joined(separator: "\n") + "\n", to: path)
    }
}
