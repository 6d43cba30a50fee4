import Publishing
import Sterling
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
              outturn check Ledgers/tri-borough --code W0414 --code E0238
            """)

    @OptionGroup var options: YearOptions

    @OptionGroup var tables: TableOutput

    @Option(help: "Only the findings of this code, such as W0414, and no table of checks; may be given several times.")
    var code: [String] = []

    func run() throws {
        try withCircumstances {
            let codes = try code.map(Finding.Code.named)
            let work = try options.work()
            let shown = codes.isEmpty ? work.findings : work.findings.filter { codes.contains($0.code) }
            let style = tables.output.isEmpty ? Terminal.style(1) : .plain
            let listed = FindingsRendering.text(shown, style: style)
            let counted = FindingsRendering.counts(shown) + "\n"
            let list = CommandTables.checks(codes.isEmpty ? work.checks : [], shown)
            try tables.write(
                text: codes.isEmpty
                    ? ChecksRendering.text(work.checks, imports: work.imports).visible
                        + (listed.isEmpty ? "" : "\n" + listed)
                        + "\n" + counted
                    : listed + counted,
                isStyled: true,
                csv: list.map(\.csv).joined(separator: "\n"),
                json: JSONValue.object([
                    ("checks", ChecksRendering.json(work.checks)), ("findings", FindingsRendering.json(shown)),
                ]).text,
                part: work.document(.pence).part(list))
            if work.findings.hasErrors { throw ExitCode(1) }
        }
    }
}
