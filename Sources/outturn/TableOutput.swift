import Publishing
import ArgumentParser
import Books
import Findings
import Rendering
import Workflow

/// How a command that prints tables writes them: to the terminal as text, or to files in every form.
struct TableOutput: ParsableArguments {
    @Option(help: "The form: text, csv, json or html; pdf, xlsx and ods need --output.")
    var format: StatementForm?

    @Option(
        help: """
            Write to a file, in the form of its ending (.txt, .csv, .json, .html, .pdf, .xlsx, .ods); may be given \
            several times.
            """,
        completion: .file())
    var output: [String] = []

    /// - Parameters:
    ///   - text: what stands for the tables as text, CSV and JSON; each is made only if it is asked for.
    ///   - isStyled: whether the text has colours, and has its data shown already.
    ///   - part: the same tables for all other forms; `nil` where there is nothing to print.
    func write(
        text: @autoclosure () -> String, isStyled: Bool = false, csv: @autoclosure () -> String,
        json: @autoclosure () -> String, part: @autoclosure () throws -> ReportPart?
    ) throws {
        func plain(_ form: StatementForm) throws -> String? {
            switch form {
            case .text: isStyled ? text() : text().visible
            case .csv: csv()
            case .json: json()
            case .html: try part()?.html
            case .pdf, .xlsx, .ods: nil
            }
        }
        let forms = try output.map { path in
            guard let form = format ?? StatementForm(path: path) else {
                throw Circumstance.usage(
                    "\(path) ends in none of \(StatementForm.endings); name the form by --format")
            }
            return (path, form)
        }
        if forms.isEmpty {
            let form = format ?? .text
            guard form.isText else {
                throw Circumstance.usage("a \(form.rawValue) file needs a name: --output tables.\(form.ending)")
            }
            guard let words = try plain(form) else { throw Circumstance.usage("there is no table to print") }
            return form == .text ? Terminal.write(styled: words) : Terminal.write(data: words)
        }
        for (path, form) in forms {
            if form.isText, let words = try plain(form) {
                try OutputFile.write(words, to: path)
            } else {
                guard let part = try part() else { throw Circumstance.usage("there is no table to print") }
                try form.write(part, to: path)
            }
            Terminal.error("wrote \(path)")
        }
    }
}
