import Publishing
import Findings
import ArgumentParser
import Ledger
import Rendering
import Statements
import Workflow

struct ContributionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contributions",
        abstract: "Show contributions agreed, invoiced, received and outstanding with their age.",
        discussion: """
            Read from the agreement and the year's `invoices`. Ages are reckoned to --on, or to the end of the year \
            or of the period given by --to.

              outturn contributions Ledgers/tri-borough
              outturn contributions Ledgers/tri-borough --to P9 --including-in-kind
              outturn contributions Ledgers/tri-borough --output contributions.xlsx --output contributions.pdf
            """)

    @OptionGroup var options: YearOptions

    @Option(help: "The day to which ages are reckoned, such as 2019-06-30.")
    var on: String?

    @Flag(help: "Also what is given in kind, in a column of its own.")
    var includingInKind = false

    @OptionGroup var output: TableOutput

    @Option(help: "Pence, whole pounds or thousands, for text; csv and json are exact.")
    var units = Units.pence

    func run() throws {
        try withCircumstances {
            let work = try options.work(), outturn = work.outturn
            var day = outturn.ledger.year.lastDay(ofMonth: outturn.upTo?.month ?? 12)
            if let on {
                guard let parsed = CalendarDate(written: on) else {
                    throw Circumstance.usage("\"\(on)\" is no day; write it as 2019-06-30")
                }
                day = parsed
            }
            let table = PaperTables.contributions(
                Receivables(outturn, asAt: day, lastYear: work.lastYear), outturn, inKind: includingInKind)
            try output.write(
                text: table.text(units.format), csv: table.csv, json: table.json.text,
                part: work.document(units.format).part([table]))
        }
    }
}
