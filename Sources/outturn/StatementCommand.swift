import Publishing
public import ArgumentParser
import Books
import Findings
public import Rendering
internal import Workflow

struct StatementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: "Print the outturn statement.",
        discussion: """
            Findings go to standard error. With findings of error severity the statement still prints, marked DRAFT, \
            and the exit status is 1.

              outturn statement Ledgers/tri-borough
              outturn statement Ledgers/tri-borough --to P9 --units pence
              outturn statement Ledgers/tri-borough --output outturn.html --output outturn.xlsx --output outturn.pdf
              outturn statement Ledgers/tri-borough --rounding cast
            """)

    @OptionGroup var options: YearOptions

    @Option(help: "The form: text, csv, json, html, pdf, xlsx or ods.")
    var format: StatementForm?

    @Option(
        help:
            """
            Write to a file, in the form of its ending (.txt, .csv, .json, .html, .pdf, .xlsx, .ods); may be given \
            several times.
            """,
        completion: .file())
    var output: [String] = []

    @Option(
        help:
            """
            Pence, whole pounds or thousands, for text, html and pdf, and shown in xlsx and ods; csv and json \
            are exact.
            """
    )
    var units = Units.pounds

    @Option(
        help:
            """
            independent: each figure on its own. cast: so that rows, columns, sub-totals and roll-forwards add up, \
            with the moved figures listed.
            """
    )
    var rounding = StatementDocument.Rounding.independent

    @Flag(help: "The statement's rows of all years side by side instead: totals.")
    var years = false

    func run() throws {
        try withCircumstances {
            let forms = try output.map { ($0, try form(of: $0)) }
            let work = try options.work()
            if years { return try writeYears(work) }
            let document = work.document(units.format, rounding: rounding)
            let needsLayout = forms.contains { $0.1 == .html || $0.1 == .pdf } || format == .html
            let layout = needsLayout ? try work.partnership.layout() : .own
            if forms.isEmpty {
                guard let text = (format ?? .text).text(document, layout) else {
                    throw Circumstance.usage(
                        "a \(format!.rawValue) file needs a name: --output outturn.\(format!.ending)")
                }
                Terminal.write(data: text)
            }
            for (path, form) in forms {
                try form.write(document, layout, to: path)
                Terminal.error("wrote \(path)")
            }
            let toShow = work.findings.filter { $0.severity != .note }
            if !toShow.isEmpty {
                Terminal.error(styled: "\n" + FindingsRendering.text(toShow, style: Terminal.style(2)).dropLast())
            }
            if !forms.isEmpty { Terminal.error("Next: outturn check \(options.dir)") }
            if work.findings.hasErrors { throw ExitCode(1) }
        }
    }

    private func writeYears(_ work: YearWork) throws {
        guard work.partnership.years.count > 1 else { throw Circumstance.usage("\(options.dir) has one year alone") }
        let table = PaperTables.years(work.yearsSideBySide, unit: units.format)
        var tables = TableOutput()
        (tables.format, tables.output) = (format, output)
        try tables.write(
            text: table.text(units.format), csv: table.csv, json: table.json.text,
            part: work.document(units.format).part(work.yearsSideBySide))
    }

    private func form(of path: String) throws -> StatementForm {
        if let format { return format }
        guard let form = StatementForm(path: path) else {
            throw Circumstance.usage("\(path) ends in none of \(StatementForm.endings); name the form by --format")
        }
        return form
    }
}

extension StatementForm: ExpressibleByArgument {}
extension StatementDocument.Rounding: ExpressibleByArgument {}
