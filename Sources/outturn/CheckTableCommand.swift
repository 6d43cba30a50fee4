import ArgumentParser
import Casting
import Findings
import Rendering
import Workflow

struct CheckTableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-table",
        abstract: "Check anybody's published table: does it cast, and if not, why?",
        discussion: """
            Finds by itself which lines are totals, balances, variances, percentages and shares of which, judges each \
            exact, within rounding or an error, and names the likeliest slip. Reads every spreadsheet format, CSV, \
            TSV and the tables of a web page. The exit status is 1 if there is an error.

              outturn check-table accounts.xlsx
              outturn check-table page.html --format json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, html }

    @Argument(help: "The files, each with one table or several.", completion: .file())
    var files: [String]

    @Option(help: "The form: text, json or html.")
    var format = Format.text

    func run() throws {
        try withCircumstances {
            let work = try TableWork(files)
            switch format {
            case .text:
                let parts =
                    [CastingRendering.text(work.checks, style: Terminal.style(1))]
                    + (work.checks.isEmpty ? ["No table of figures was found.\n"] : [])
                Terminal.write(styled: parts.joined())
            case .json: Terminal.write(data: CastingRendering.json(work.checks, work.findings).text)
            case .html: Terminal.write(data: CastingRendering.html(work.checks, work.findings))
            }
            if !work.findings.isEmpty {
                Terminal.error(
                    styled: String(FindingsRendering.text(work.findings, style: Terminal.style(2)).dropLast()))
            }
            if work.isRefused { throw ExitCode(65) }
            if work.findings.hasErrors || work.checks.contains(where: { !$0.errors.isEmpty }) { throw ExitCode(1) }
        }
    }
}
