public import Findings
internal import Importing
public import Sheets

/// `imports.csv`: every export of a year with the digest of what was imported and the map that read it.
///
///     file,sha-256,map
///     exports/lbhf/ledger.xml,9f2c...,line-items
public struct ImportList: Sendable {
    /// A line of the list: one export.
    public struct Entry: Sendable {
        /// From the year's folder.
        public let file: String
        /// In lower case, as it stands.
        public let digest: String
        /// Empty where none is given.
        public let map: String
        /// The cell of `file`.
        public let place: Place
        let digestPlace: Place
        let mapPlace: Place?
    }

    /// In the order of the table.
    public let entries: [Entry]

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
        let mapColumn = table.column("map")
        let entries = table.rows.map { row in
            Entry(
                file: row.fields[fileColumn].replacing("\\", with: "/"), digest: row.fields[digestColumn].lowercased(),
                map: mapColumn.map { row.fields[$0] } ?? "", place: row.place(fileColumn),
                digestPlace: row.place(digestColumn), mapPlace: mapColumn.map(row.place))
        }
        return (ImportList(entries: entries), findings)
    }

    /// A list as it is written, a line an export.
    public static func text(_ entries: [(file: String, digest: String, map: String)]) -> String {
        func quoted(_ text: String) -> String {
            guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
            return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }
        let lines = entries.map { [quoted($0.file), $0.digest, quoted($0.map)].joined(separator: ",") }
        return (["file,sha-256,map"] + lines).joined(separator: "\n") + "\n"
    }
}
