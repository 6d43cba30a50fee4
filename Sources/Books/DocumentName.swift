internal import Importing
public import Ledger

/// Where a document of a partnership lies, from the partnership's own folder, and what that makes of it.
///
///     agreement
///     maps/unit4.yaml
///     2018-19/budget.illustrative.csv
///     2018-19/exports/lbhf/ledger.xml
///
/// Parsed once; what a document is for, and whether its figures are invented, is asked of this value alone.
public struct DocumentName: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// From the partnership's folder: `2018-19/budget.csv`.
    public let path: String
    public let role: Role
    /// Orders names folder by folder, as a list of a folder's files does.
    private let order: String

    /// What a document is for, as its path says.
    public enum Role: Hashable, Sendable {
        case agreement, examples
        /// `maps/NAME.yaml`
        case map(String)
        /// `templates/NAME`
        case template(String)
        /// A table of a year, by its name in `YearTable`.
        case table(FinancialYear, String)
        case imports(FinancialYear)
        /// `exports/FOLDER/FILE`: the folder is named for a member.
        case export(FinancialYear, folder: String)
        /// An export that another took the place of.
        case superseded(FinancialYear)
        /// Under `exports`, and under no member.
        case exportOfNobody(FinancialYear)
        /// In a folder inside a member's exports.
        case nestedExport(FinancialYear, folder: String)
        /// A published table, or a word to the reader: no figure comes from it.
        case aside
        /// In a year's folder under a name that means nothing; the entry of that folder that holds it.
        case unknown(FinancialYear, entry: String)
        /// Anywhere else.
        case other
    }

    /// - Returns: `nil` for a path that leads out of the partnership, or names a hidden file.
    public init?(_ path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard !parts.isEmpty, parts.allSatisfy(Self.isVisible) else { return nil }
        self.path = path
        order = parts.joined(separator: "\0")
        role = Self.role(parts)
    }

    /// Whether a name is a document's, and not what file managers and open documents leave behind.
    static func isVisible(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix(".") && !name.hasPrefix("~$")
            && !["thumbs.db", "desktop.ini"].contains(name.lowercased())
            && !name.unicodeScalars.contains { $0.value == 0 || $0 == "/" }
    }

    private static func role(_ parts: [String]) -> Role {
        switch (parts.count, parts[0]) {
        case (1, "agreement"): return .agreement
        case (1, "examples"): return .examples
        case (2, "maps"):
            for ending in [".yaml", ".yml"] where parts[1].hasSuffix(ending) {
                return .map(String(parts[1].dropLast(ending.count)))
            }
            return .other
        case (2, "templates"): return .template(parts[1])
        default: break
        }
        guard parts.count > 1, let year = FinancialYear(written: parts[0]) else { return .other }
        if parts[1] == "exports" { return ofExports(parts, year) }
        let stem = String(parts[1].prefix { $0 != "." })
        if parts.count == 2 {
            if YearTable.all.contains(where: { $0.name == stem }) { return .table(year, stem) }
            if stem == "imports" { return .imports(year) }
            if stem == "published" || parts[1].lowercased().hasPrefix("readme") { return .aside }
        }
        return .unknown(year, entry: parts[1])
    }

    private static func ofExports(_ parts: [String], _ year: FinancialYear) -> Role {
        switch parts.count {
        case 2, 3:
            return parts.count == 3 && parts[2] != "superseded"
                ? .exportOfNobody(year) : .unknown(year, entry: "exports")
        case 4 where parts[2] != "superseded": return .export(year, folder: parts[2])
        default: return parts[2] == "superseded" ? .superseded(year) : .nestedExport(year, folder: parts[2])
        }
    }

    /// The year whose folder it lies in.
    public var year: FinancialYear? {
        switch role {
        case .table(let year, _), .imports(let year), .export(let year, _), .superseded(let year),
            .exportOfNobody(let year), .nestedExport(let year, _), .unknown(let year, _):
            year
        case .agreement, .examples, .map, .template, .aside, .other: FinancialYear(written: folder)
        }
    }

    /// The first part of its path, as written: `2018-19`.
    var folder: String { String(path.prefix { $0 != "/" }) }

    /// From its year's folder: `exports/lbhf/ledger.xml`.
    public var inYear: String { String(path.dropFirst(folder.count + 1)) }

    /// The last part of its path.
    public var file: String { String(path.split(separator: "/").last ?? "") }

    /// Whether its name says that its figures are invented, and so marks whatever is made of it.
    public var isIllustrative: Bool { path.lowercased().contains("illustrative") }

    /// The path.
    public var description: String { path }
    /// Folder by folder, as a list of a folder's files has them.
    public static func < (a: DocumentName, b: DocumentName) -> Bool { a.order < b.order }
    /// By the path, from which all else follows.
    public static func == (a: DocumentName, b: DocumentName) -> Bool { a.path == b.path }
    /// Of the path alone, as `==` goes by it.
    public func hash(into hasher: inout Hasher) { hasher.combine(path) }
}
