import Books
import Publishing
import ArgumentParser
import Findings
import Rendering
import Statements
import Workflow

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare the statement with a published table, or two statements with each other.",
        discussion: """
            Rows are matched by their printed labels; columns are members and Total, or years (contributions). A cell \
            agrees, is within rounding (less than one printed unit apart), or differs. The last line gives the three \
            counts; the exit status is 1 only if a cell differs.

            Where the second is a folder, or a statement saved as JSON, the two statements stand side by side: this \
            year and last, two versions of one year, two partnerships.

              outturn compare Ledgers/tri-borough/2018-19 Ledgers/tri-borough/2018-19/published.csv
              outturn compare Ledgers/lewisham/2017-18 Ledgers/lewisham/2018-19
              outturn compare before.json Ledgers/tri-borough
            """)

    @Argument(help: "A partnership's folder, or a year's folder; or a statement saved as JSON.", completion: .file())
    var dir: String

    @Argument(
        help: "The published table, in any readable format; or another folder, or a statement saved as JSON.",
        completion: .file())
    var published: String

    @Option(help: "The year, such as 2018-19; the latest if not given.")
    var year: String?

    @Option(help: "The published table's unit: pence, pounds or thousands. A figure with pence is taken as such.")
    var units = Units.pounds

    @OptionGroup var tables: TableOutput

    func run() throws {
        try withCircumstances {
            if StatementFile.isOurs(published) { return try compareStatements() }
            let work = try YearWork(try Partnership(path: dir, year: year))
            let (comparison, findings) = try work.compare(published, format: units.format)
            guard let comparison else { throw Circumstance.findings(findings) }
            guard !comparison.cells.isEmpty else {
                throw Circumstance.badData(
                    "\(published): no cell could be compared: its columns must be headed by members, Total or years, "
                        + "and its rows by the statement's labels"
                )
            }
            let table = CommandTables.comparison(comparison)
            try tables.write(
                text: comparison.text, csv: table.csv, json: comparison.json.text,
                part: work.document(units.format).part([table]))
            if comparison.count(.differs) > 0 { throw ExitCode(1) }
        }
    }

    private func compareStatements() throws {
        let before = try StatementFile.read(dir, year: year), after = try StatementFile.read(published)
        guard before.signs == after.signs else {
            throw Circumstance.usage(
                "the two print opposite signs (\(before.signs); \(after.signs)), so their figures can't be taken from "
                    + "each other as printed"
            )
        }
        let difference = PrintedDifference(before, after)
        let table = PaperTables.difference(difference, unit: units.format)
        let lone = difference.lone.map { "\($0.column) is in \($0.statement) alone\n" }.joined()
        let changed = difference.rows.count(where: \.isChanged)
        let verdict =
            difference.isNothing ? "The two are the same.\n" : "\(changed) of \(difference.rows.count) rows differ.\n"
        try tables.write(
            text: table.text(units.format) + "\n" + lone + verdict, csv: table.csv, json: table.json.text,
            part: ReportPart(
                [table],
                Provenance(
                    title: "\(before.name) and \(after.name)", year: after.year,
                    status: "two statements compared", digest: Digest(text: table.csv).text, format: units.format)))
    }
}
