import Publishing
import ArgumentParser
import Rendering
import Workflow

struct WhatIfCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "what-if",
        abstract: "Show what a change of the agreement or the books would make of the statement.",
        discussion: """
            Nothing is written. Several --with hold together; a file of variants has one a line, each tried alone, \
            with + between changes that hold together. A table shows the figures before, after and their difference; \
            csv holds the difference alone.

            Changes: everything equally; everything by WEIGHTS; rule "TITLE" by WEIGHTS; rule "TITLE": take ...; take \
            ...; weights NAME MEMBER 35,150 ...; without NAME; cut NAME by 10% (or £500); cost HEADING up 5% (or \
            down, or £5,000); income HEADING down £1,000.

              outturn what-if Ledgers/tri-borough/2018-19 --with "everything by child-population"
              outturn what-if Ledgers/tri-borough --with "cut police by 10%" --with "cost training up £5,000"
              outturn what-if Ledgers/tri-borough --variants variants.txt --all-years
            """)

    @OptionGroup var options: YearOptions

    @Option(name: .customLong("with"), help: "A change; may be given several times, and then all hold together.")
    var changes: [String] = []

    @Option(help: "A file of variants, one a line; each is tried alone.", completion: .file())
    var variants: String?

    @Flag(help: "Every year of the folder, reserves rolling on from one to the next.")
    var allYears = false

    @OptionGroup var tables: TableOutput

    @Option(help: "Pence, whole pounds or thousands, for text; csv and json are exact.")
    var units = Units.pounds

    func validate() throws {
        if changes.isEmpty == (variants == nil) {
            throw ValidationError("name a change by --with, or a file of them by --variants")
        }
    }

    func run() throws {
        try withCircumstances {
            let work = try WhatIfWork(
                try Partnership(path: options.dir, year: options.year), allYears: allYears, upTo: options.to)
            if let variants {
                let texts = try WhatIfWork.variants(in: variants)
                var results: [WhatIfRendering.Variant] = []
                let progress = StepProgress("variants", of: texts.count)
                for text in texts {
                    results.append(WhatIfRendering.Variant(text, try work.differences(text)))
                    progress.step()
                }
                progress.clear()
                guard let table = WhatIfRendering.summary(results) else { return }
                return try tables.write(
                    text: table.text(units.format), csv: table.csv, json: table.json.text, part: try part([table]))
            }
            let change = changes.joined(separator: " + ")
            let years = try work.differences(change).map { ($0, WhatIfRendering.tables($0)) }
            try tables.write(
                text: years.map { WhatIfRendering.text(change, $0.0, units.format) }.joined(),
                csv: years.map { $0.1[2].csv }.joined(),
                json: years.map { _, tables in
                    JSONValue.object([
                        ("schema", .string("outturn-what-if-1")), ("change", .string(change)),
                        ("tables", .array(tables.map(\.json))),
                    ]).text
                }.joined(), part: try part(years.flatMap(\.1)))
        }
    }

    /// With the year's books, which a change leaves as they are.
    private func part(_ tables: [FigureTable]) throws -> ReportPart {
        try options.work().document(units.format).part(tables)
    }
}
