import ArgumentParser
import Rendering
import Workflow

struct RechargesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recharges",
        abstract: "Show who owes whom, and the journals that the ledgers still need.",
        discussion: """
            Once these are posted and exported again, the statement is the same and nothing is owed.

              outturn recharges Ledgers/tri-borough
              outturn recharges Ledgers/tri-borough --format csv
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, json }

    @OptionGroup var options: YearOptions

    @Option(help: "The form: text, csv or json.")
    var format = Format.text

    func run() throws {
        try withCircumstances {
            let outturn = try options.work().outturn
            switch format {
            case .text: Terminal.write(SettlementRendering.text(outturn))
            case .csv: Terminal.write(SettlementRendering.csv(outturn))
            case .json: Terminal.write(SettlementRendering.json(outturn).text)
            }
        }
    }
}
