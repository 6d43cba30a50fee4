import ArgumentParser
import Rendering
import Statements
import Sterling
import Workflow

struct RechargesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recharges",
        abstract: "Show who owes whom, and the journals that the ledgers still need.",
        discussion: """
            Once these are posted and exported again, the statement is the same and nothing is owed.

              outturn recharges Ledgers/tri-borough
              outturn recharges Ledgers/tri-borough --format csv
              outturn recharges Ledgers/tri-borough --schedules
              outturn recharges Ledgers/tri-borough --quarterly
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, json }

    @OptionGroup var options: YearOptions

    @Option(help: "The form: text, csv or json.")
    var format = Format.text

    @Flag(help: "A schedule for each recharge, ready for its invoice.")
    var schedules = false

    @Flag(help: "What each member is billed by quarter: its share to date less what was billed before.")
    var quarterly = false

    func validate() throws {
        if quarterly, options.to != nil || schedules {
            throw ValidationError("--quarterly covers the whole year, and has no schedules")
        }
    }

    func run() throws {
        try withCircumstances {
            let work = try options.work()
            let outturn = work.outturn
            if quarterly || schedules {
                let bills = quarterly ? work.bills : nil
                let tables = bills.map { [PaperTables.bills($0, outturn)] } ?? PaperTables.schedules(outturn)
                switch format {
                case .text:
                    Terminal.write(
                        tables.map { $0.text(.pence) }.joined(separator: "\n")
                            + (bills.map { "\n" + PaperTables.payments($0, outturn) } ?? ""))
                    if tables.isEmpty { Terminal.write("Nothing is owed between members.\n") }
                case .csv: Terminal.write(tables.map(\.csv).joined(separator: "\n"))
                case .json:
                    Terminal.write(
                        JSONValue.object([
                            ("schema", .string("outturn-bills-1")), ("tables", .array(tables.map(\.json))),
                        ]).text)
                }
                return
            }
            switch format {
            case .text: Terminal.write(SettlementRendering.text(outturn))
            case .csv: Terminal.write(SettlementRendering.csv(outturn))
            case .json: Terminal.write(SettlementRendering.json(outturn).text)
            }
        }
    }
}
