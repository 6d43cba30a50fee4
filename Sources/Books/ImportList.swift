public import Findings
internal import Importing
public import Sheets

/// `imports.csv`: every export of a year with the digest of what was imported and the map that read it, when it came
/// and why, and the exports that others took the place of.
///
///     file,sha-256,map,imported,superseded by,was,reason
///     exports/lbhf/p9.xml,9f2c...,line-items,2019-01-08T10:15Z,,,
///     exports/superseded/lbhf/p8.xml,77ab...,line-items,2018-12-07T09:02Z,exports/lbhf/p9.xml,exports/lbhf/p8.xml,
public struct ImportList: Sendable {
    /// What the list says of one export. Files are named from the year's folder.
    public struct Line: Sendable, Equatable {
        public var file: String
        /// SHA-256, in lower case, as it stands.
        public var digest: String
        /// Empty where none is given.
        public var map: String
        /// The minute, in UTC, as `2019-01-08T10:15Z`; empty where the list doesn't say.
        public var imported: String
        /// What took its place, or `undone`; empty of an export that counts.
        public var supersededBy: String
        /// Its name before it was superseded.
        public var was: String
        /// Why it was imported, as whoever did it said.
        public var reason: String

        public init(
            file: String, digest: String, map: String, imported: String = "", supersededBy: String = "",
            was: String = "", reason: String = ""
        ) {
            (self.file, self.digest, self.map, self.imported) = (file, digest, map, imported)
            (self.supersededBy, self.was, self.reason) = (supersededBy, was, reason)
        }
    }

    /// A line of the list, with its places.
    @dynamicMemberLookup
    public struct Entry: Sendable {
        public let line: Line
        /// The cell of `file`.
        public let place: Place
        let digestPlace: Place
        let mapPlace: Place?

        public subscript<Value>(dynamicMember key: KeyPath<Line, Value>) -> Value { line[keyPath: key] }
    }

    /// Of the exports that count, in the order of the table.
    public var entries: [Entry] { all.filter(\.supersededBy.isEmpty) }
    /// Those and the superseded ones.
    public let all: [Entry]

    private static let columns = ["file", "sha-256", "map", "imported", "superseded by", "was", "reason"]

    /// - Returns: `nil` where the list can't be read, with findings.
    /// - Throws: `FileFailure` where its content can't be read.
    public static func read(_ content: FileContent, file: String) throws(FileFailure)
        -> (list: ImportList?, findings: [Finding])
    {
        var (table, findings) = try Table.read(content, file: file)
        guard let table else { return (nil, findings) }
        guard let fileColumn = table.column("file"), let digestColumn = table.column("sha-256") else {
            findings.append(
                DocumentFault.listWithoutColumns.finding(at: Place(table.source, row: 1)))
            return (nil, findings)
        }
        let others = columns.dropFirst(2).map { table.column($0) }
        let all = table.rows.map { row in
            let texts = others.map { column in column.map { row.fields[$0] } ?? "" }
            return Entry(
                line: Line(
                    file: row.fields[fileColumn].replacing("\\", with: "/"),
                    digest: row.fields[digestColumn].lowercased(), map: texts[0], imported: texts[1],
                    supersededBy: texts[2], was: texts[3], reason: texts[4]),
                place: row.place(fileColumn), digestPlace: row.place(digestColumn),
                mapPlace: others[0].map(row.place))
        }
        return (ImportList(all: all), findings)
    }

    /// A list as it is written, a line an export.
    public static func text(_ lines: [Line]) -> String {
        func quoted(_ text: String) -> String {
            guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
            return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }
        let texts = lines.map { line in
            [line.file, line.digest, line.map, line.imported, line.supersededBy, line.was, line.reason].map(quoted)
                .joined(separator: ",")
        }
        return ([columns.joined(separator: ",")] + texts).joined(separator: "\n") + "\n"
    }
}
