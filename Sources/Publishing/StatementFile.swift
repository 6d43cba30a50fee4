internal import Ledger
internal import Books
public import Findings
internal import FoundationEssentials
internal import Rendering
internal import Sheets
public import Statements
internal import Sterling
internal import Workflow

/// A statement from wherever it is: a partnership's folder, a year's, or a file that this program wrote as
/// JSON.
public enum StatementFile {
    /// - Throws: `Circumstance`, where there is none at the path.
    public static func read(_ path: String, year: String? = nil) throws(Circumstance) -> PrintedStatement {
        if FolderStore.isFolder(path) {
            return PrintedStatement(try YearWork(try Partnership(path: path, year: year)).outturn)
        }
        guard FolderStore.exists(path) else { throw Circumstance.missing("there is no file or folder \(path)") }
        return try json(path)
    }

    /// Whether the path is a statement of this program's, and no table of somebody else's.
    public static func isOurs(_ path: String) -> Bool {
        FolderStore.isFolder(path) || path.lowercased().hasSuffix(".json")
    }

    private static func json(_ path: String) throws(Circumstance) -> PrintedStatement {
        let bytes = try FileFailure.asCircumstance { () throws(FileFailure) in
            let content = try FileContent(path: path)
            return content.byteCount <= 64 << 20 ? try content.bytes() : []
        }
        guard let written = try? JSONDecoder().decode(StatementRecord.self, from: Data(bytes)),
            written.schema == StatementRecord.schema, let year = FinancialYear(written: written.year)
        else {
            throw Circumstance.badData("\(path) is no statement in JSON that `outturn statement --format json` wrote")
        }
        let columns = written.sections.lazy.flatMap(\.rows).first?.amounts.columns.map(\.name) ?? ["total"]
        var rows: [PrintedStatement.Row] = []
        for section in written.sections {
            for row in section.rows {
                guard row.amounts.columns.map(\.name) == columns else {
                    throw .badData("\(path): \(row.label) has other columns than the rows above it")
                }
                rows.append(
                    PrintedStatement.Row(
                        section: section.title, label: row.label, isTotal: row.total,
                        amounts: row.amounts.columns.map(\.amount.amount)))
            }
        }
        return PrintedStatement(
            name:
                "\(written.year)\(written.upTo.map { " to \($0)" } ?? "")\(written.draft ? " draft" : ""), "
                + "\(path.split(separator: "/").last ?? "")",
            year: year,
            signs: "funding \(written.signs.funding), expenditure \(written.signs.expenditure)", columns: columns,
            rows: rows)
    }
}
