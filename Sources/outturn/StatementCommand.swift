import ArgumentParser
import Findings
import Rendering
import Workflow

struct StatementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: "Print the outturn statement.",
        discussion: """
            Findings go to standard error. With findings of error severity the statement still prints, marked DRAFT, and the exit status is 1.

              outturn statement Ledgers/tri-borough
              outturn statement Ledgers/tri-borough --to P9 --units pence
              outturn statement Ledgers/tri-borough --output outturn.html --output outturn.csv
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, json, html }

    @OptionGroup var options: YearOptions

    @Option(help: "The form: text, csv, json or html.")
    var format: Format?

    @Option(help: "Write to a file, in the form of its ending (.txt, .csv, .json, .html); may be given several times.", completion: .file())
    var output: [String] = []

    @Option(help: "Pence, whole pounds or thousands, for text and html; csv and json are exact.")
    var units = Units.pounds

    func run() throws {
        try withCircumstances {
            let forms = try output.map { ($0, try form(of: $0)) }
            let work = try options.work()
            let document = work.document(units.format)
            if forms.isEmpty { Terminal.write(rendered(document, format ?? .text)) }
            for (path, form) in forms {
                try Output.write(rendered(document, form), to: path)
                Terminal.error("wrote \(path)")
            }
            let toShow = work.findings.filter { $0.severity != .note }
            if !toShow.isEmpty { Terminal.error("\n" + FindingsRendering.text(toShow, style: Terminal.style(2)).dropLast()) }
            if !forms.isEmpty { Terminal.error("Next: outturn check \(options.dir)") }
            if work.findings.hasErrors { throw ExitCode(1) }
        }
    }

    private func rendered(_ document: StatementDocument, _ form: Format) -> String {
        switch form {
        case .text: document.text
        case .csv: document.csv
        case .json: document.json.text
        case .html: document.html
        }
    }

    private func form(of path: String) throws -> Format {
        if let format { return format }
        let endings: [(String, Format)] = [(".txt", .text), (".csv", .csv), (".json", .json), (".html", .html)]
        guard let form = endings.first(where: { path.lowercased().hasSuffix($0.0) })?.1 else {
            throw Circumstance.usage("\(path) ends in none of .txt, .csv, .json, .html; name the form by --format")
        }
        return form
    }
}
