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

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @OptionGroup var options: YearOptions

    @Option(help: "The form: text or json.")
    var format = Format.text

    @Option(help: "Only the findings of this code, such as W0414, and no table of checks; may be given several times.")
    var code: [String] = []

    func run() throws {
        try withCircumstances {
            let codes = try code.map { text in
                guard let code = Finding.Code(rawValue: text.uppercased()) else {
                    let hint = Nearest.hint(text.uppercased(), in: Finding.Code.allCases.map(\.rawValue))
                    throw Circumstance.usage("there is no code \"\(text)\"; \(hint)")
                }
                return code
            }
            let work = try options.work()
            let shown = codes.isEmpty ? work.findings : work.findings.filter { codes.contains($0.code) }
            switch format {
            case .text where !codes.isEmpty:
                Terminal.write(
                    FindingsRendering.text(shown, style: Terminal.style(1)) + FindingsRendering.counts(shown) + "\n")
            case .text:
                let findings = FindingsRendering.text(work.findings, style: Terminal.style(1))
                Terminal.write(
                    ChecksRendering.text(work.checks, imports: work.imports)
                        + (findings.isEmpty ? "" : "\n" + findings)
                        + "\n" + FindingsRendering.counts(work.findings) + "\n")
            case .json:
                Terminal.write(
                    JSONValue.object([
                        ("checks", ChecksRendering.json(work.checks)),
                        ("findings", FindingsRendering.json(shown)),
                    ]).text)
            }
            if work.findings.hasErrors { throw ExitCode(1) }
        }
    }
}
