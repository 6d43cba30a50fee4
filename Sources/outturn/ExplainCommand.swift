import Publishing
import ArgumentParser
import Rendering
import Workflow

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Show where a figure comes from: its share, rule, pool, postings and source cells.",
        discussion: """
            A figure is named by its row and column as printed. What is listed adds up to it.

              outturn explain Ledgers/tri-borough "Salary expenditure/LBHF"
              outturn explain Ledgers/tri-borough "Reserves to take forward/Total"
            """)

    @OptionGroup var options: YearOptions

    @Argument(help: "ROW/COLUMN, as printed.")
    var figure: String

    @OptionGroup var tables: TableOutput

    @Option(help: "Pence, whole pounds or thousands, for html, pdf and workbooks; text, csv and json are exact.")
    var units = Units.pence

    func run() throws {
        try withCircumstances {
            let work = try options.work(), trail = try work.trail(figure)
            let table = CommandTables.trail(trail)
            try tables.write(
                text: trail.text, csv: table.csv, json: table.json.text, part: work.document(units.format).part([table])
            )
        }
    }
}
