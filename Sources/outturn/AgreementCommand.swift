import ArgumentParser
import Findings
import Publishing
import Rendering
import Workflow

struct AgreementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreement",
        abstract: "Print the agreement as numbered clauses in plain English.",
        discussion: """
            The same clauses stand in the statement's notes. What the analyser has to note, such as a fund that two \
            rules draw on, goes to standard error.

              outturn agreement Ledgers/tri-borough
              outturn agreement Ledgers/tri-borough --format source
              outturn agreement Ledgers/tri-borough --output agreement.pdf
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, source }

    @Argument(help: "A partnership's folder, or a year's folder.", completion: .directory)
    var dir: String

    @Option(help: "The form: text, json, or source (the agreement's own language, as the program understands it).")
    var format = Format.text

    @Option(
        help: """
            Write a paper to sign, with parties, clauses and a place for each signature, in the form of its ending \
            (.html, .pdf, .odt); may be given several times.
            """,
        completion: .file())
    var output: [String] = []

    func run() throws {
        try withCircumstances {
            let forms = try output.map { path in
                guard let form = AgreementForm(path: path) else {
                    throw Circumstance.usage("\(path) ends in none of .html, .pdf, .odt")
                }
                return (path, form)
            }
            let partnership = try Partnership(path: dir, needsYear: false)
            for (path, form) in forms {
                try form.write(partnership.agreementDocument, to: path)
                Terminal.error("wrote \(path)")
            }
            guard forms.isEmpty else { return }
            switch format {
            case .text: Terminal.write(AgreementRendering.text(partnership.agreement))
            case .json: Terminal.write(data: AgreementRendering.json(partnership.agreement).text)
            case .source: Terminal.write(data: AgreementRendering.source(partnership.agreement))
            }
            let faults = partnership.agreementFindings
            if !faults.isEmpty {
                Terminal.error(styled: "\n" + FindingsRendering.text(faults, style: Terminal.style(2)).dropLast())
            }
        }
    }
}
