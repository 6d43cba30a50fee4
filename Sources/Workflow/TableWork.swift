public import Casting
public import Findings
internal import Sheets

/// Checks the tables of files that anybody published.
public struct TableWork {
    public let checks: [TableCheck]
    /// What could not be read.
    public let findings: [Finding]
    /// Whether no file at all held anything to read.
    public let isRefused: Bool

    /// - Throws: `Circumstance` where a file can't be opened.
    public init(_ files: [String]) throws(Circumstance) {
        var checks: [TableCheck] = [], findings: [Finding] = [], isAnyRead = false
        for file in files {
            let (tables, faults) = try FileFailure.asCircumstance { () throws(FileFailure) in
                try TableReader.tables(path: file)
            }
            isAnyRead = isAnyRead || !tables.isEmpty
            checks += tables.compactMap(TableCheck.init)
            findings += faults
        }
        self.checks = checks
        self.findings = findings.inOrder()
        isRefused = !isAnyRead && findings.hasErrors
    }
}
