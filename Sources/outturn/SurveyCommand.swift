import Books
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

    @Argument(help: "The partnerships' folders.", completion: .directory)
    var dirs: [String]

    @Option(help: "The year, such as 2018-19; each folder's latest if not given, and then all must have the same.")
    var year: String?

    @OptionGroup var tables: TableOutput

    func run() throws {
        try withCircumstances {
            let (survey, year, excluded) = try SurveyWork.gather(dirs, year: year)
            for dir in excluded { Terminal.error("outturn: \(dir) has errors and is excluded: outturn check \(dir)") }
            let table = PaperTables.survey(survey, "\(year)")
            let boards = survey.counts.last! == 1 ? "1 board" : "\(survey.counts.last!) boards"
            try tables.write(
                text: table.text(.pounds) + "\n\(boards).\n", csv: table.csv, json: table.json.text,
                part: ReportPart(
                    [table],
                    Provenance(
                        title: "Survey of \(boards)", year: year, status: "medians and quartiles, no board named",
                        digest: Digest(text: table.csv).text, format: .pounds)))
        }
    }
}
