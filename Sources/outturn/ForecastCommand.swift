import Publishing
import ArgumentParser
import Ledger
import Rendering
import Statements
import Sterling
import Workflow

struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Forecast the year's outturn by line, or the reserves over years to come.",
        discussion: """
            A line is forecast as the year's `forecast` table says, else by --method. With --reserves: each member's \
            reserve over the years, against the floor that the agreement names; --with shows it under a change (see \
            what-if).

              outturn forecast Ledgers/tri-borough --to P9
              outturn forecast Ledgers/tri-borough --to P9 --method profile
              outturn forecast Ledgers/tri-borough --reserves --costs 3% --funding 1%
            """)

    enum Method: String, ExpressibleByArgument, CaseIterable {
        case straightLine = "straight-line"
        case profile
    }

    @OptionGroup var options: YearOptions

    @Option(help: "How lines without a word in `forecast` go on: straight-line, or profile (as last year's did).")
    var method = Method.straightLine

    @Flag(help: "The reserves over years to come.")
    var reserves = false

    @Option(help: "With --reserves: how many years.")
    var years = 5

    @Option(help: "With --reserves: growth of funding a year, such as 1%.")
    var funding = "0%"

    @Option(help: "With --reserves: growth of costs a year, such as 2.5%.")
    var costs = "0%"

    @Option(name: .customLong("with"), help: "With --reserves: a change, as in what-if; may be given several times.")
    var changes: [String] = []

    @OptionGroup var output: TableOutput

    @Option(help: "Pence, whole pounds or thousands, for text; csv and json are exact.")
    var units = Units.pounds

    func validate() throws {
        if !(1...30).contains(years) { throw ValidationError("the years to come are 1 to 30") }
        if !reserves, !changes.isEmpty { throw ValidationError("--with goes with --reserves") }
    }

    func run() throws {
        try withCircumstances {
            let tables: [FigureTable]
            let work = try options.work()
            if reserves {
                let assumptions = ReserveForecast.Assumptions(
                    years: years, funding: (try Percentage.read(funding), funding),
                    costs: (try Percentage.read(costs), costs))
                let whatIf = try WhatIfWork(work.partnership, allYears: false, upTo: options.to)
                let outturn =
                    changes.isEmpty
                    ? whatIf.base[0] : try whatIf.differences(changes.joined(separator: " + "))[0].after
                tables = [PaperTables.reserves(try whatIf.reserveForecast(outturn, assumptions), outturn)]
            } else {
                let forecast = Forecast(
                    work.outturn, lastYear: work.lastYear,
                    preferred: method == .profile ? .lastYearsProfile : .straightLine)
                tables = [PaperTables.forecast(forecast)] + [PaperTables.carryForward(work.outturn)].compactMap { $0 }
            }
            let all = JSONValue.object([
                ("schema", .string("outturn-forecast-1")), ("tables", .array(tables.map(\.json))),
            ])
            try output.write(
                text: tables.map { $0.text(units.format) }.joined(separator: "\n"), csv: tables[0].csv, json: all.text,
                part: work.document(units.format).part(tables))
        }
    }
}
