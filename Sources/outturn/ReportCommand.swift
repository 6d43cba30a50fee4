import Publishing
import ArgumentParser
import Rendering
import Sheets
import Workflow

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the pack for an annual report: statement, contributions, variances, reserves and notes.",
        discussion: """
            The statement and each of its parts come in every form. An index page leads to all of them, and \
            checksums.sha256 lets anybody see that none was changed. The exit status is 1 if a statement has errors: \
            it is marked DRAFT then.

              outturn report Ledgers/tri-borough --output pack
              outturn report Ledgers/lewisham --years 4 --forms html --forms csv --output pack
            """)

    @Argument(help: "A partnership's folder, or a year's folder.", completion: .directory)
    var dir: String

    @Option(help: "The folder to write; a pack that is there already is replaced.", completion: .directory)
    var output: String

    @Option(help: "The year, such as 2018-19; the latest if not given.")
    var year: String?

    @Option(help: "How many years, that one and those before it.")
    var years = 1

    @Option(
        help:
            """
            Only this form; may be given several times: \
            \(StatementForm.allCases.map(\.rawValue).joined(separator: ", ")).
            """
    )
    var forms: [StatementForm] = []

    @Option(help: "Pence, whole pounds or thousands.")
    var units = Units.pounds

    @Option(help: "independent, or cast: so that the statement adds up as printed.")
    var rounding = StatementDocument.Rounding.independent

    func validate() throws {
        guard (1...100).contains(years) else { throw ValidationError("--years is 1 to 100") }
    }

    func run() throws {
        try withCircumstances {
            let pack = try ReportPack(
                dir, year: year, years: years, format: units.format, rounding: rounding,
                forms: forms.isEmpty ? StatementForm.allCases : forms)
            if pack.steps < years {
                Terminal.error(
                    "\(dir) has \(pack.steps) year\(pack.steps == 1 ? "" : "s") up to that one; the pack has as many")
            }
            // One bar for the whole, none for each file that is read.
            SheetReader.observe(nil)
            let progress = StepProgress(pack.steps == 1 ? "year" : "years", of: pack.steps)
            defer { progress.clear() }
            let (files, hasErrors) = try pack.write(to: output) { progress.step() }
            progress.clear()
            Terminal.error("wrote \(files) files to \(output)\nNext: open index.html there")
            if hasErrors { throw ExitCode(1) }
        }
    }
}
