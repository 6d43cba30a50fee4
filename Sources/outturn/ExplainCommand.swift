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

    func run() throws {
        try withCircumstances { Terminal.write(try options.work().trail(figure).text) }
    }
}
