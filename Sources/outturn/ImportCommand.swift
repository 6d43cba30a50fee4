import Agreements
import ArgumentParser
import Findings
import Importing
import Rendering
import Workflow

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Put an export into a year, after showing what becomes of it.",
        discussion: """
            Shows the first rows as postings, what is excluded and why, what is in suspense, the control total, the \
            cut-off, and what is new, changed or gone since the last export of the same ledger. Then copies the file \
            to exports/MEMBER/ and lists it in imports.csv; the file that it takes the place of moves to \
            exports/superseded/. A file with an error, of another year, or with rows that lie there already is put \
            in its place only when that is accepted.

              outturn import Ledgers/ours ledger-p9.xlsx --ledger-of northshire --dry-run
              outturn import Ledgers/ours ledger-p9.xlsx --ledger-of northshire --replaces ledger-p8.xlsx
            """)

    @Argument(help: "A partnership's folder, or a year's folder.", completion: .directory)
    var dir: String

    @Argument(help: "The export.", completion: .file())
    var file: String

    @Option(help: "The year, such as 2018-19; the latest if not given.")
    var year: String?

    @Option(help: "The map to read it by; the one that fits if not given.")
    var map: String?

    @Option(help: "The member whose books it is of; not needed where only one keeps books.")
    var ledgerOf: String?

    @Option(
        help:
            "An earlier export of the same ledger that this one takes the place of; one of the same name if not given.")
    var replaces: String?

    @Flag(help: "The file stands beside an earlier one that it holds the rows of, and both count.")
    var beside = false

    @Option(
        help: "The code of a doubt that holds the import up, such as E0425: the file is put in its place all the same.")
    var accept: [String] = []

    @Option(help: "Why it is imported, for the list of imports.")
    var because = ""

    @Flag(help: "Only show what would be done.")
    var dryRun = false

    func run() throws {
        try withCircumstances {
            let accepted = try accept.map(Finding.Code.named)
            let plan = try ImportPlan(
                try Partnership(path: dir, year: year), path: file, map: map, ledgerOf: ledgerOf, replaces: replaces)
            let findings = plan.findings
            if plan.isAllowed {
                Terminal.write(
                    ImportText.text(
                        plan.result, postings: plan.postings, chart: plan.partnership.agreement.chart,
                        year: plan.partnership.year, before: plan.before))
            }
            if !findings.isEmpty {
                Terminal.error(styled: String(FindingsRendering.text(findings, style: Terminal.style(2)).dropLast()))
            }
            guard plan.isAllowed else { throw ExitCode(65) }
            var accepting = Set(accepted)
            if beside { accepting.insert(.rowsInTwoFiles) }
            if dryRun {
                Terminal.write(
                    "\nwould write "
                        + "\(plan.destination)\(plan.superseded.map { " and move the earlier file to \($0)" } ?? "")\n"
                )
                let open = plan.doubts.filter { !accepting.contains($0.code) }
                for doubt in open { Terminal.write("but first: \(doubt.question)\n") }
                if open.isEmpty, plan.superseded == nil, let before = plan.before {
                    Terminal.write("If this is the same ledger run again: --replaces \(before.file)\n")
                }
            } else {
                let kept = try Interruption.shield {
                    try plan.perform(accepting: accepting, reason: because, at: Minute.now)
                }
                let moved = kept.isEmpty ? "" : " and moved the earlier file to \(kept.joined(separator: ", "))"
                Terminal.write(
                    "\nwrote \(plan.destination)\(moved)\nTake it back: outturn undo \(dir) \(plan.result.file)\n"
                        + "Next: outturn check \(dir)\n")
            }
            if findings.hasErrors { throw ExitCode(1) }
        }
    }
}
