import ArgumentParser
import Findings
import Rendering
import Sheets
import Workflow

struct ReadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Show what the program sees in a spreadsheet file.",
        discussion: """
            Every cell, or with --summary for each sheet its rows and cells that are not empty, how many of them are \
            numbers, dates, booleans, errors and texts, and the exact sum of the numbers as the file spells them.

              outturn read ledger.xml
              outturn read ledger.xml --summary --format json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, json }

    @Argument(help: "The file.", completion: .file())
    var file: String

    @Flag(help: "Counts and sums only.")
    var summary = false

    @Option(help: "The form: csv or json; text for a summary.")
    var format: Format?

    @Option(help: "How many threads read; what they read is the same.")
    var threads = 2

    func validate() throws {
        guard (1...64).contains(threads) else { throw ValidationError("--threads is 1 to 64") }
    }

    func run() throws {
        try withCircumstances {
            let options = SheetReader.Options(threads: threads)
            let report: SheetReader.Report
            var findings: [Finding]
            if summary {
                let receiver = ReadSummary()
                report = try SheetReader.read(path: file, options: options, into: receiver)
                findings = report.findings + receiver.unreadable
                if report.format != nil {
                    switch format ?? .text {
                    case .text: Terminal.write(receiver.text)
                    case .csv: Terminal.write(data: receiver.csv)
                    case .json: Terminal.write(data: receiver.json.text)
                    }
                }
            } else {
                let writer = CellWriter(format == .json ? .json : .csv) { Terminal.write(data: $0) }
                report = try SheetReader.read(path: file, options: options, into: writer)
                if report.format != nil { writer.finish() }
                findings = report.findings
            }
            findings = findings.inOrder()
            if !findings.isEmpty {
                Terminal.error(styled: String(FindingsRendering.text(findings, style: Terminal.style(2)).dropLast()))
            }
            if report.format == nil { throw ExitCode(65) }
            if findings.hasErrors { throw ExitCode(1) }
        }
    }
}
