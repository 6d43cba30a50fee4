import Ledger
import Crypto
import Foundation
import Statements
import Sterling
import Testing

/// The annual report's pack, and statements beside each other.
@Suite struct ReportTests {
    private func scratch() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test("A pack has every part in every form that needs no other program, and its checksums hold") func pack() throws
    {
        let folder = try scratch()
        defer { try? FileManager.default.removeItem(at: folder) }
        let forms = ["text", "csv", "json", "html", "xlsx", "ods"]
        let run = try Project.run(
            ["report", "Ledgers/bexley", "--years", "2", "--output", folder.path] + forms.flatMap { ["--forms", $0] })
        #expect(run.status == 0 && run.error.contains("Next: open index.html"), "\(run.error)")
        let sums = try String(contentsOf: folder.appending(path: "checksums.sha256"), encoding: .utf8).split(
            separator: "\n")
        // Two years of the statement and its four parts in six forms, the years side by side, and the index.
        #expect(sums.count == 2 * 6 * 5 + 6 + 1)
        for line in sums {
            let parts = line.split(separator: " ", maxSplits: 1)
            let data = try Data(contentsOf: folder.appending(path: String(parts[1].drop { $0 == " " })))
            #expect(
                SHA256.hash(data: data).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == parts[0],
                "\(line)")
        }
        let index = try String(contentsOf: folder.appending(path: "index.html"), encoding: .utf8)
        // Every link leads to a file of the pack.
        for link in index.split(separator: "href=\"").dropFirst().map({ String($0.prefix { $0 != "\"" }) }) {
            #expect(FileManager.default.fileExists(atPath: folder.appending(path: link).path), "\(link)")
        }
        let variances = try String(contentsOf: folder.appending(path: "2016-17/variances.csv"), encoding: .utf8)
        #expect(variances.hasPrefix("row,Budget,Actual,Variance,Direction,Explanation\r\n"))
        // Written again over itself it is the same.
        let again = try Project.run(
            ["report", "Ledgers/bexley", "--years", "2", "--output", folder.path] + forms.flatMap { ["--forms", $0] })
        #expect(again.status == 0)
        #expect(
            try String(contentsOf: folder.appending(path: "checksums.sha256"), encoding: .utf8).split(separator: "\n")
                == sums)
    }

    @Test("A folder with something else in it is left alone") func occupied() throws {
        let folder = try scratch()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("mine".utf8).write(to: folder.appending(path: "mine.txt"))
        let run = try Project.run(["report", "Ledgers/bexley", "--output", folder.path, "--forms", "csv"])
        #expect(run.status == 73 && run.error.contains("not empty"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["mine.txt"])
    }

    @Test("A folder with checksums of something else is left alone, and an earlier pack's files don't outlive it")
    func earlier() throws {
        let folder = try scratch()
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in [
            ("release.tar", "mine"), ("checksums.sha256", "00  index.html\n00  ../release.tar\n00  release.tar.gz\n"),
            ("index.html", "mine"),
        ] { try Data(text.utf8).write(to: folder.appending(path: name)) }
        #expect(try Project.run(["report", "Ledgers/bexley", "--output", folder.path, "--forms", "csv"]).status == 73)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
                "checksums.sha256", "index.html", "release.tar",
            ])
        let pack = folder.appending(path: "pack").path
        #expect(
            try Project.run(["report", "Ledgers/bexley", "--output", pack, "--forms", "csv", "--forms", "html"]).status
                == 0)
        #expect(try Project.run(["report", "Ledgers/bexley", "--output", pack, "--forms", "json"]).status == 0)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: pack + "/2017-18").sorted() == [
                "contributions.json", "notes.json", "reserves.json", "statement.json", "variances.json",
            ])
        #expect(!FileManager.default.fileExists(atPath: pack + ".partial"))
    }

    @Test("A statement saved as JSON and compared with its own books is the same") func saved() throws {
        let folder = try scratch()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "before.json").path
        #expect(try Project.run(["statement", "Ledgers/tri-borough", "--output", file]).status == 0)
        let run = try Project.run(["compare", file, "Ledgers/tri-borough"])
        #expect(run.status == 0 && run.output.hasSuffix("The two are the same.\n"))
        // A penny more in one figure is told.
        let text = try String(contentsOfFile: file, encoding: .utf8).replacing("\"-79169.00\"", with: "\"-79169.01\"")
        try Data(text.utf8).write(to: URL(filePath: file))
        #expect(try Project.run(["compare", file, "Ledgers/tri-borough"]).output.hasSuffix("1 of 18 rows differ.\n"))
        try Data("{}".utf8).write(to: URL(filePath: file))
        #expect(try Project.run(["compare", file, "Ledgers/tri-borough"]).status == 65)
    }

    private func row(_ label: String, _ amounts: [Int], total: Bool = false) -> PrintedStatement.Row {
        PrintedStatement.Row(section: "S", label: label, isTotal: total, amounts: amounts.map(Money.init(pence:)))
    }

    @Test("Two statements match row by row; what only one has stands where it stood, and columns of one alone are told")
    func difference() {
        let before = PrintedStatement(
            name: "a", year: FinancialYear(startYear: 2018), signs: "", columns: ["x", "y", "total"],
            rows: [row("A", [1, 2, 3]), row("Gone", [4, 0, 4]), row("Total", [5, 2, 7], total: true)])
        let after = PrintedStatement(
            name: "b", year: FinancialYear(startYear: 2018), signs: "", columns: ["y", "z", "total"],
            rows: [row("A", [2, 9, 11]), row("New", [1, 1, 2]), row("Total", [3, 10, 13], total: true)])
        let difference = PrintedDifference(before, after)
        #expect(difference.columns == ["y", "total"] && difference.lone.map(\.column) == ["x", "z"])
        #expect(difference.rows.map(\.label) == ["A", "Gone", "New", "Total"])
        #expect(difference.rows.map { $0.difference.map(\.pence) } == [[0, 8], [0, -4], [1, 2], [1, 6]])
        #expect(PrintedDifference(before, before).isNothing)
    }

    @Test("A form that is no text needs a file's name, and a wrong ending is told before anything is worked out")
    func forms() throws {
        #expect(try Project.run(["statement", "Ledgers/bexley", "--format", "xlsx"]).status == 64)
        let run = try Project.run(["statement", "Ledgers/bexley", "--output", "/nonexistent/outturn.doc"])
        #expect(run.status == 64 && run.error.contains(".pdf"))
        #expect(try Project.run(["statement", "Ledgers/bexley", "--output", "/proc/outturn.xlsx"]).status == 73)
    }
}
