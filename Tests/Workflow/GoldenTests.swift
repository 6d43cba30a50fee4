import Foundation
import Testing

/// What the commands print for the ledgers of the project. `Tests/Golden/README.md` says how each was
/// checked before it was kept.
@Suite struct GoldenTests {
    @Test(
        "The commands print what they are kept to print",
        arguments: [
            ("tri-borough-statement.txt", "statement Ledgers/tri-borough"),
            ("tri-borough-statement-pence.txt", "statement Ledgers/tri-borough --units pence"),
            ("tri-borough-statement-p6.txt", "statement Ledgers/tri-borough --to P6"),
            ("tri-borough-statement.csv", "statement Ledgers/tri-borough --format csv"),
            ("tri-borough-statement.json", "statement Ledgers/tri-borough --format json"),
            ("tri-borough-statement.html", "statement Ledgers/tri-borough --format html"),
            ("tri-borough-check.txt", "check Ledgers/tri-borough"),
            (
                "tri-borough-compare.txt",
                "compare Ledgers/tri-borough/2018-19 Ledgers/tri-borough/2018-19/published.csv"
            ),
            ("tri-borough-explain-training.txt", "explain Ledgers/tri-borough Training/WCC"),
            ("tri-borough-explain-reserves.txt", "explain Ledgers/tri-borough \"Reserves to take forward/Total\""),
            ("tri-borough-recharges.txt", "recharges Ledgers/tri-borough"),
            ("tri-borough-agreement.txt", "agreement Ledgers/tri-borough"),
            ("tri-borough-bills.txt", "recharges Ledgers/tri-borough --quarterly"),
            ("tri-borough-schedules.txt", "recharges Ledgers/tri-borough --schedules"),
            (
                "tri-borough-what-if.txt",
                "what-if Ledgers/tri-borough/2018-19 --with \"everything by child-population\" --units pence"
            ),
            ("tri-borough-variants.txt", "what-if Ledgers/tri-borough --variants Tests/Golden/tri-borough-variants"),
            ("tri-borough-reserves.txt", "forecast Ledgers/tri-borough --reserves --costs 3.5% --funding 1%"),
            ("tri-borough-cast.txt", "statement Ledgers/tri-borough --rounding cast"),
            ("tri-borough-check-table.txt", "check-table Tests/Casting/tables/tri-borough-2018-19.published.csv"),
            ("parish-check-table.txt", "check-table Tests/Casting/tables/mscc_accounts_ye2019.tsv"),
            ("parish-check-table.json", "check-table Tests/Casting/tables/mscc_accounts_ye2019.tsv --format json"),
            ("lewisham-years.txt", "statement Ledgers/lewisham --years"),
            ("bexley-compare-years.txt", "compare Ledgers/bexley/2016-17 Ledgers/bexley/2017-18"),
            ("bexley-statement.txt", "statement Ledgers/bexley/2016-17"),
            ("bexley-statement-2017-18.txt", "statement Ledgers/bexley"),
            ("bexley-explain-chair.txt", "explain Ledgers/bexley/2016-17 \"Independent chair/Total\""),
            ("city-hackney-statement.txt", "statement Ledgers/city-hackney"),
            ("city-hackney-contributions.txt", "contributions Ledgers/city-hackney --including-in-kind"),
            ("city-hackney-vacancy.txt", "what-if Ledgers/city-hackney --with \"cost officer up £21,480\""),
            ("london-project-statement.txt", "statement Ledgers/london-project --format csv"),
            ("london-project-agreement.txt", "agreement Ledgers/london-project"),
            ("london-survey.txt", "survey"),
            ("pooled-fund-statement.txt", "statement Ledgers/illustrative-pooled-fund"),
            ("pooled-fund-forecast.txt", "forecast Ledgers/illustrative-pooled-fund --to P9"),
            ("arrangements-agreement.txt", "agreement Ledgers/illustrative-arrangements"),
            ("arrangements-recharges.txt", "recharges Ledgers/illustrative-arrangements"),
            ("arrangements-statement.txt", "statement Ledgers/illustrative-arrangements"),
            ("youth-justice-statement.txt", "statement Ledgers/illustrative-youth-justice"),
            ("youth-justice-contributions.txt", "contributions Ledgers/illustrative-youth-justice --including-in-kind"),
            ("safeguarding-2023-statement.txt", "statement Ledgers/illustrative-safeguarding-2023/2023-24"),
            ("safeguarding-2023-agreement.txt", "agreement Ledgers/illustrative-safeguarding-2023"),
            ("safeguarding-2024-statement.txt", "statement Ledgers/illustrative-safeguarding-2023"),
            ("lewisham-statement.txt", "statement Ledgers/lewisham"),
            ("lewisham-statement-2016-17.txt", "statement Ledgers/lewisham/2016-17"),
            ("lewisham-compare.txt", "compare Ledgers/lewisham Ledgers/lewisham/published.csv"),
        ])
    func golden(name: String, command: String) throws {
        var words = Project.words(command)
        // What a shell would make of a star.
        if words == ["survey"] {
            words += try Project.folders(in: "Ledgers/london-survey-illustrative").map {
                "Ledgers/london-survey-illustrative/\($0.lastPathComponent)"
            }
        }
        let run = try Project.run(words)
        let difference = try Project.matches(run.text, Project.root.appending(path: "Tests/Golden/\(name)"))
        #expect(difference == nil, "\(difference!)")
    }

    @Test("The published statement is reproduced: 71 cells agree, one is within rounding, none differs")
    func published() throws {
        let run = try Project.run(
            Project.words("compare Ledgers/tri-borough/2018-19 Ledgers/tri-borough/2018-19/published.csv"))
        #expect(run.status == 0)
        #expect(run.output.hasSuffix("71 agree, 1 within rounding, 0 differ\n"))
    }

    @Test("Lewisham's two totals that don't cast are told, and nothing else is") func lewisham() throws {
        let run = try Project.run(Project.words("compare Ledgers/lewisham Ledgers/lewisham/published.csv"))
        #expect(run.status == 1)
        #expect(run.output.hasSuffix("38 agree, 0 within rounding, 2 differ\n"))
    }

    @Test("The same folder prints the same bytes from anywhere") func anywhere() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(at: Project.root.appending(path: "Ledgers/tri-borough"), to: folder)
        for format in ["text", "json", "html", "csv"] {
            let here = try Project.run(["statement", "Ledgers/tri-borough", "--format", format])
            #expect(try Project.run(["statement", ".", "--format", format], in: folder) == here)
            #expect(try Project.run(["statement", folder.path + "/2018-19/", "--format", format]) == here)
        }
    }

    @Test("A new folder runs as it is written, and is not written twice") func newFolder() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try Project.run(["new", folder.path, "--year", "2026-27"]).status == 0)
        let statement = try Project.run(["statement", folder.path])
        #expect(statement.status == 0 && statement.error.isEmpty, "\(statement.error)")
        let difference = try Project.matches(
            statement.text, Project.root.appending(path: "Tests/Golden/new-statement.txt"))
        #expect(difference == nil, "\(difference!)")
        #expect(try Project.run(["check", folder.path]).status == 0)
        #expect(try Project.run(["new", folder.path]).status == 73)
    }

    @Test(
        "Exit statuses tell usage from missing files and bad data",
        arguments: [
            ("", 0), ("--version", 0), ("--help", 0), ("help", 0), ("statement --help", 0), ("statement", 64),
            ("stetement .", 64), ("statement . --nonsense", 64),
            ("statement nowhere", 66), ("statement Ledgers/tri-borough --year 2030-31", 66),
            ("statement Ledgers/tri-borough --to P99", 64), ("read nowhere.xml", 66), ("read Ledgers", 66),
            ("compare Ledgers/tri-borough README.md", 65), ("explain Ledgers/tri-borough nothing", 64),
            ("statement Ledgers/tri-borough --output /proc/none/x.html", 73),
            ("statement Ledgers/tri-borough --output x.doc", 64), ("help E9999", 64), ("help agreement", 0),
            ("help map", 0), ("help folder", 0),
        ])
    func exits(command: String, status: Int32) throws {
        let run = try Project.run(Project.words(command))
        #expect(run.status == status, "\(run.text)")
        #expect(status == 0 || !run.error.isEmpty)
    }
}
