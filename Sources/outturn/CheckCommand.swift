import ArgumentParser
import Findings
import Rendering
import Workflow

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Run every check, and print what each file became.",
        discussion: """
            The exit status is 1 if there is a finding of error severity.

              outturn check Ledgers/tri-borough
              outturn check Ledgers/tri-borough --format json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @OptionGroup var options: YearOptions

    @Option(help: "The form: text or json.")
    var format = Format.text

    func run() throws {
        try withCircumstances {
            let work = try options.work()
            switch format {
            case .text:
                let findings = FindingsRendering.text(work.findings, style: Terminal.style(1))
                Terminal.write(
                    ChecksRendering.text(work.checks, imports: work.books.imports)
                        + (findings.isEmpty ? "" : "\n" + findings)
                        + "\n" + FindingsRendering.counts(work.findings) + "\n")
            case .json:
                Terminal.write(
                    JSONValue.object([
                        ("checks", ChecksRendering.json(work.checks)),
                        ("findings", FindingsRendering.json(work.findings)),
                    ]).text)
            }
            if work.findings.hasErrors { throw ExitCode(1) }
        }
    }
}
