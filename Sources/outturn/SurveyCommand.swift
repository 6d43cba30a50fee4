import ArgumentParser
import Rendering
import Statements
import Sterling
import Workflow

struct SurveyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "survey",
        abstract: "Gather many boards' year into one anonymous table.",
        discussion: """
            Medians and quartiles of budgets, contributions and reserves by size of board. The table is fixed: no \
            board is named, none can be picked out, and a cell with fewer than five boards is refused, as is one that \
            would leave fewer in its row. Publish one survey a year: two tables that differ by one board would tell \
            that board's figures.

              outturn survey Boards/*
              outturn survey Boards/* --year 2018-19 --format csv
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, json }

    @Argument(help: "The partnerships' folders.", completion: .directory)
    var dirs: [String]

    @Option(help: "The year, such as 2018-19; each folder's latest if not given, and then all must have the same.")
    var year: String?

    @Option(help: "The form: text, csv or json.")
    var format = Format.text

    func run() throws {
        try withCircumstances {
            let (survey, year, excluded) = try SurveyWork.gather(dirs, year: year)
            for dir in excluded { Terminal.error("outturn: \(dir) has errors and is excluded: outturn check \(dir)") }
            let table = PaperTables.survey(survey, "\(year)")
            switch format {
            case .text:
                Terminal.write(
                    table.text(.pounds)
                        + "\n\(survey.counts.last! == 1 ? "1 board" : "\(survey.counts.last!) boards").\n")
            case .csv: Terminal.write(table.csv)
            case .json: Terminal.write(table.json.text)
            }
        }
    }
}
