public import Findings
internal import FoundationEssentials
public import Importing
public import Ledger
public import Sharing
internal import Sheets

/// A partnership's folder: its agreement, its maps, and a folder a year.
public struct Partnership {
    public let agreement: Agreement
    public let maps: [ImportMap]
    /// The partnership's own examples of its agreement.
    public let examples: [AgreementExample]
    /// Of the agreement and the maps.
    let findings: [Finding]
    /// Of the agreement alone: notes and warnings, for with an error there is no partnership.
    public let agreementFindings: [Finding]
    /// The years there are, ascending.
    public let years: [FinancialYear]
    /// The year that the command means: the one named, or the folder's own, or the latest.
    public let year: FinancialYear

    let folder: Folder
    private let yearFolders: [FinancialYear: String]
    private let baseDigests: [String]

    /// - Parameters:
    ///   - path: a partnership's folder, or a year's folder inside one.
    ///   - wanted: a year by name.
    ///   - needsYear: whether a folder without any year is of no use.
    /// - Throws: `Circumstance`; `.findings` where the agreement can't be used.
    public init(path: String, year wanted: String? = nil, needsYear: Bool = true) throws {
        var root = path
        while root.count > 1, root.hasSuffix("/") { root.removeLast() }
        guard Folder.isFolder(root) else { throw Circumstance.missing("there is no folder \(path)") }
        var own: FinancialYear?
        if !Folder.exists(root + "/agreement") {
            let absolute = root.hasPrefix("/") ? root : FileManager.default.currentDirectoryPath + "/" + root
            let parts = absolute.split(separator: "/").filter { $0 != "." }
            own = parts.last.flatMap { FinancialYear(written: $0) }
            let parent = root.contains("/") ? String(root[..<root.lastIndex(of: "/")!]) : root == "." ? ".." : "."
            guard own != nil, Folder.exists(parent + "/agreement") else {
                throw Circumstance.missing(
                    "\(path) has no file named agreement: it is neither a partnership's folder nor a year's; `outturn "
                        + "new DIR` makes one"
                )
            }
            root = parent
        }
        folder = Folder(path: root)

        let (agreement, faults) = Agreement.parse(try Folder.text(folder.file("agreement")), file: "agreement")
        guard let agreement else { throw Circumstance.findings(faults) }
        self.agreement = agreement
        agreementFindings = faults
        var findings = faults
        var maps: [ImportMap] = []
        var digests = ["agreement " + (try Folder.digest(of: folder.file("agreement")))]
        if Folder.exists(folder.file("examples")) {
            let (examples, faults) = AgreementExample.parse(
                try Folder.text(folder.file("examples")), file: "examples", chart: agreement.chart)
            self.examples = examples
            findings += faults
            digests.append("examples " + (try Folder.digest(of: folder.file("examples"))))
        } else {
            examples = []
        }
        let mapFolder = folder.folder("maps")
        for name in try mapFolder.names() where name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
            let file = "maps/" + name
            let (map, faults) = ImportMap.parse(
                try Folder.text(mapFolder.file(name)), file: file, name: String(name[..<name.lastIndex(of: ".")!]),
                chart: agreement.chart)
            findings += faults
            if let map { maps.append(map) }
            digests.append(file + " " + (try Folder.digest(of: mapFolder.file(name))))
        }
        self.maps = maps
        self.findings = findings
        baseDigests = digests

        var yearFolders: [FinancialYear: String] = [:]
        for name in try folder.names() where Folder.isFolder(folder.file(name)) {
            guard let year = FinancialYear(written: name) else { continue }
            if let other = yearFolders[year] {
                throw Circumstance.badData("\(path) has two folders for one year: \(other) and \(name)")
            }
            yearFolders[year] = name
        }
        self.yearFolders = yearFolders
        years = yearFolders.keys.sorted()
        guard let latest = years.last ?? (needsYear ? nil : FinancialYear(startYear: 2000)) else {
            throw Circumstance.missing("\(path) has no year's folder, such as 2018-19")
        }
        if let wanted {
            guard let year = FinancialYear(written: wanted) else {
                throw Circumstance.usage("\"\(wanted)\" is no year; write it as 2018-19")
            }
            guard yearFolders[year] != nil else {
                throw Circumstance.missing(
                    "\(path) has no folder for \(year); there are: \(years.map(\.description).joined(separator: ", "))")
            }
            self.year = year
        } else {
            self.year = own ?? latest
        }
    }

    /// The folder of the year that the command means.
    var yearFolder: Folder { folder.folder(yearFolders[year]!) }

    /// A year's folder and its name; `nil` where there is none.
    func folder(of year: FinancialYear) -> (folder: Folder, name: String)? {
        yearFolders[year].map { (folder.folder($0), $0) }
    }

    /// Reads a year's documents and imports its exports.
    public func books(of year: FinancialYear) throws -> Books {
        let name = yearFolders[year]!
        var reader = BooksReader(
            partnership: self, folder: folder.folder(name), prefix: name + "/", year: year, digests: baseDigests)
        return try reader.read()
    }
}
