import ArgumentParser
import Findings
import Rendering
import Statements
import Workflow

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare the statement with a published table, cell by cell.",
        discussion: """
            Rows are matched by their printed labels; columns are members and Total, or years (contributions). A cell agrees, is within rounding (less than one printed unit apart), or differs. The last line gives the three counts; the exit status is 1 only if a cell differs.

              outturn compare Ledgers/tri-borough/2018-19 Ledgers/tri-borough/2018-19/published.csv
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: "A partnership's folder, or a year's folder.", completion: .directory)
    var dir: String

    @Argument(help: "The published table, in any readable format.", completion: .file())
    var published: String

    @Option(help: "The year, such as 2018-19; the latest if not given.")
    var year: String?

    @Option(help: "The published table's unit: pence, pounds or thousands. A figure with pence is taken as such.")
    var units = Units.pounds

    @Option(help: "The form: text or json.")
    var format = Format.text

    func run() throws {
        try withCircumstances {
            let work = try YearWork(try Partnership(path: dir, year: year))
            let (comparison, findings) = try work.compare(published, format: units.format)
            guard let comparison else { throw Circumstance.findings(findings) }
            guard !comparison.cells.isEmpty else {
                throw Circumstance.badData("\(published): no cell could be compared: its columns must be headed by members, Total or years, and its rows by the statement's labels")
            }
            Terminal.write(format == .text ? comparison.text : comparison.json.text)
            if comparison.count(.differs) > 0 { throw ExitCode(1) }
        }
    }
}
