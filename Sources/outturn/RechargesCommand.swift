import Publishing
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
              outturn recharges Ledgers/tri-borough --schedules --output recharges.xlsx --output recharges.pdf
            """)

    @OptionGroup var options: YearOptions

    @OptionGroup var output: TableOutput

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
                let words = tables.map { $0.text(.pence) }.joined(separator: "\n")
                let payments = bills.map { "\n" + PaperTables.payments($0, outturn) } ?? ""
                let all = JSONValue.object([
                    ("schema", .string("outturn-bills-1")), ("tables", .array(tables.map(\.json))),
                ])
                try output.write(
                    text: tables.isEmpty ? "Nothing is owed between members.\n" : words + payments,
                    csv: tables.map(\.csv).joined(separator: "\n"), json: all.text,
                    part: tables.isEmpty ? nil : work.document(.pence).part(tables))
                return
            }
            let schedules = PaperTables.schedules(outturn)
            try output.write(
                text: SettlementRendering.text(outturn), csv: SettlementRendering.csv(outturn),
                json: SettlementRendering.json(outturn).text,
                part: schedules.isEmpty ? nil : work.document(.pence).part(schedules))
        }
    }
}
