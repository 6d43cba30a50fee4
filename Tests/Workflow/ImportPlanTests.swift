import Agreements
import Findings
import Foundation
import Importing
import Testing
import Rendering
import Workflow

@Suite struct ImportPlanTests {
    /// A copy of the tri-borough folder, and LBHF's ledger with one amount and its totals moved by a pound.
    private func with(_ body: (_ folder: URL, _ export: URL) throws -> Void) throws {
        let scratch = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let folder = scratch.appending(path: "partnership")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: Project.root.appending(path: "Ledgers/tri-borough"), to: folder)
        let text = try String(
            contentsOf: folder.appending(path: "2018-19/exports/lbhf/ledger-illustrative.xml"), encoding: .utf8)
        let first = try #require(text.range(of: ">3301<"))
        let export = scratch.appending(path: "rerun.xml")
        try text.replacingCharacters(in: first, with: ">3302<").replacingOccurrences(of: ">40784.4<", with: ">40785.4<")
            .replacingOccurrences(of: ">-28165.8<", with: ">-28164.8<")
            .write(to: export, atomically: true, encoding: .utf8)
        try body(folder, export)
    }

    private func files(_ folder: URL) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { !$0.hasSuffix("exports") }.sorted()
    }

    @Test("A dry run says what would happen, and writes nothing") func dryRun() throws {
        try with { folder, export in
            let before = try files(folder)
            let plan = try ImportPlan(
                try Partnership(path: folder.path), path: export.path, map: nil, ledgerOf: "lbhf", replaces: nil)
            let text = ImportText.text(
                plan.result, postings: plan.postings, chart: plan.partnership.agreement.chart,
                year: plan.partnership.year, before: plan.before)
            #expect(text.contains("0 new, 24 already there, 1 changed, 0 vanished"))
            #expect(text.contains("was 3,301.00"))
            #expect(text.contains("control total -28,164.80 = the rows"))
            #expect(plan.destination == "2018-19/exports/lbhf/rerun.xml")
            #expect(try files(folder) == before)
        }
    }

    @Test("A file that holds the rows of an earlier one is not written until somebody says what is meant") func asks()
        throws
    {
        try with { folder, export in
            let plan = try ImportPlan(
                try Partnership(path: folder.path), path: export.path, map: nil, ledgerOf: "lbhf", replaces: nil)
            let held = try #require(plan.heldRows)
            #expect(held.file == "ledger-illustrative.xml" && held.count == 25 && held.of == 25)
            let before = try files(folder), words = ["import", folder.path, export.path, "--ledger-of", "lbhf"]
            let asked = try Project.run(words)
            #expect(asked.status == 64 && asked.error.contains("--replaces \"ledger-illustrative.xml\""))
            #expect(try files(folder) == before)
            #expect(try Project.run(words + ["--beside"]).status != 64)
            #expect(try files(folder).contains("2018-19/exports/lbhf/rerun.xml"))
        }
    }

    @Test("The file that is replaced is kept under superseded, and imports.csv tells of the new one") func replacing()
        throws
    {
        try with { folder, export in
            let plan = try ImportPlan(
                try Partnership(path: folder.path), path: export.path, map: "line-items", ledgerOf: "lbhf",
                replaces: "ledger-illustrative.xml")
            _ = try plan.perform(accepting: [.rowsInTwoFiles], at: "2019-01-08T10:15Z")
            let names = try files(folder)
            #expect(names.contains("2018-19/exports/lbhf/rerun.xml"))
            #expect(!names.contains("2018-19/exports/lbhf/ledger-illustrative.xml"))
            #expect(names.contains("2018-19/exports/superseded/lbhf/ledger-illustrative.xml"))
            let work = try YearWork(try Partnership(path: folder.path))
            #expect(
                !work.findings.contains { [.sourceChanged, .fileTwice].contains($0.code) },
                "\(work.findings.map(\.message))")
            #expect(try files(folder).allSatisfy { !$0.contains(".incoming") })
        }
    }

    @Test("An import is taken back as a whole, and the list tells both") func undone() throws {
        try with { folder, export in
            let words = [
                "import", folder.path, export.path, "--ledger-of", "lbhf", "--replaces", "ledger-illustrative.xml",
                "--because", "a pound was missing",
            ]
            let before = try String(
                contentsOf: folder.appending(path: "2018-19/exports/lbhf/ledger-illustrative.xml"), encoding: .utf8)
            #expect(try Project.run(words).status != 64)
            let listed = try Project.run(["imports", folder.path])
            #expect(listed.status == 0 && listed.text.contains("a pound was missing"), "\(listed.text)")
            let undo = try Project.run(["undo", folder.path])
            #expect(undo.status == 0 && undo.text.contains("puts back exports/lbhf/ledger-illustrative.xml"))
            let names = try files(folder)
            #expect(names.contains("2018-19/exports/superseded/lbhf/rerun.xml"))
            #expect(!names.contains("2018-19/exports/lbhf/rerun.xml"))
            #expect(
                try String(
                    contentsOf: folder.appending(path: "2018-19/exports/lbhf/ledger-illustrative.xml"),
                    encoding: .utf8) == before)
            let work = try YearWork(try Partnership(path: folder.path))
            #expect(!work.findings.contains { [.sourceChanged, .fileTwice].contains($0.code) })
            let list = try String(contentsOf: folder.appending(path: "2018-19/imports.csv"), encoding: .utf8)
            #expect(list.contains("exports/superseded/lbhf/rerun.xml") && list.contains(",undone,"), "\(list)")
            #expect(try Project.run(["undo", folder.path, "no-such.xml"]).status == 64)
        }
    }

    @Test("A file with an error is put in its place only where its code is accepted") func withErrors() throws {
        try with { folder, export in
            let text = try String(contentsOf: export, encoding: .utf8)
            let row = try #require(text.range(of: ">3302<"))
            try text.replacingCharacters(in: row, with: ">3302.123<").write(
                to: export, atomically: true, encoding: .utf8)
            let words = [
                "import", folder.path, export.path, "--ledger-of", "lbhf", "--replaces", "ledger-illustrative.xml",
            ]
            let before = try files(folder), asked = try Project.run(words)
            #expect(asked.status == 64 && asked.error.contains("--accept E0206"), "\(asked.error)")
            #expect(try files(folder) == before)
            let dry = try Project.run(words + ["--dry-run"])
            #expect(dry.text.contains("but first: 1 error E0206"), "\(dry.text)")
            let accepted = ["--accept", "E0206", "--accept", "E0213", "--accept", "E0214"]
            #expect(try Project.run(words + accepted).status == 1)
            #expect(try files(folder).contains("2018-19/exports/lbhf/rerun.xml"))
        }
    }

    @Test("The export of another member is asked about") func otherMember() throws {
        try with { folder, _ in
            let theirs = folder.appending(path: "2018-19/exports/rbkc/ledger-illustrative.xml")
            let copy = folder.deletingLastPathComponent().appending(path: "copy.xml")
            try FileManager.default.copyItem(at: theirs, to: copy)
            let asked = try Project.run(["import", folder.path, copy.path, "--ledger-of", "lbhf"])
            #expect(asked.status == 64 && asked.error.contains("in the books of rbkc"), "\(asked.error)")
        }
    }

    @Test("A list of imports that can't be read is not written anew") func keepsList() throws {
        try with { folder, export in
            let list = folder.appending(path: "2018-19/imports.csv")
            let broken = "file,sha-256\nexports/lbhf/ledger-illustrative.xml,half\n\"a quote that never closes"
            try Data(broken.utf8).write(to: list)
            let run = try Project.run(["import", folder.path, export.path, "--ledger-of", "lbhf", "--beside"])
            #expect(run.status != 0 && run.error.contains("2018-19/imports.csv"), "\(run.text)")
            #expect(try String(contentsOf: list, encoding: .utf8) == broken)
            #expect(try !files(folder).contains("2018-19/exports/lbhf/rerun.xml"))
        }
    }

    @Test("A file most of whose dates are of another year is asked about, and written once that is accepted")
    func otherYear() throws {
        try with { folder, export in
            let text = try String(contentsOf: export, encoding: .utf8)
            try text.replacing("2018-", with: "2016-").replacing("2019-", with: "2017-").write(
                to: export, atomically: true, encoding: .utf8)
            let words = ["import", folder.path, export.path, "--ledger-of", "lbhf", "--beside"]
            let before = try files(folder)
            let asked = try Project.run(words)
            #expect(asked.status == 64 && asked.error.contains("--accept E0425"), "\(asked.text)")
            #expect(try files(folder) == before)
            #expect(try Project.run(words + ["--accept", "e0425"]).status != 64)
            #expect(try files(folder).contains("2018-19/exports/lbhf/rerun.xml"))
            #expect(try Project.run(words + ["--accept", "E9999"]).status == 64)
        }
    }

    @Test("A file that no map fits, or that was cut short, is not imported") func refused() throws {
        try with { folder, export in
            let partnership = try Partnership(path: folder.path)
            #expect(
                try !ImportPlan(
                    partnership, path: folder.appending(path: "agreement").path, map: nil, ledgerOf: "lbhf",
                    replaces: nil
                ).isAllowed)
            let text = try String(contentsOf: export, encoding: .utf8)
            try String(text.prefix(text.count / 2)).write(to: export, atomically: true, encoding: .utf8)
            #expect(
                try !ImportPlan(partnership, path: export.path, map: nil, ledgerOf: "lbhf", replaces: nil).isAllowed)
            #expect(throws: Circumstance.self) {
                try ImportPlan(partnership, path: export.path, map: "no-such", ledgerOf: "lbhf", replaces: nil)
            }
            #expect(throws: Circumstance.self) {
                try ImportPlan(partnership, path: export.path, map: nil, ledgerOf: nil, replaces: nil)
            }
        }
    }
}
