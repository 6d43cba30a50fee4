import Findings
import Foundation
import Testing

/// One folder an error: the smallest bad input, the command, and exactly what the program says.
@Suite struct ErrorGalleryTests {
    static let cases = try! Project.folders(in: "Tests/ErrorGallery").map(\.lastPathComponent)

    static let mended = cases.filter {
        FileManager.default.fileExists(atPath: Project.root.appending(path: "Tests/ErrorGallery/\($0)/mended").path)
    }

    @Test("The gallery says what it is kept to say", arguments: cases) func says(name: String) throws {
        let folder = Project.root.appending(path: "Tests/ErrorGallery/\(name)")
        let command = try String(contentsOf: folder.appending(path: "command"), encoding: .utf8)
        let run = try Project.run(Project.words(command), in: folder)
        let difference = try Project.matches(run.text, folder.appending(path: "expected"))
        #expect(difference == nil, "\(difference!)")
    }

    @Test("Every finding that data can cause stands in the gallery") func complete() throws {
        let said = try Self.cases.map {
            try String(contentsOf: Project.root.appending(path: "Tests/ErrorGallery/\($0)/expected"), encoding: .utf8)
        }.joined()
        // A fault of the program itself can't be caused by data; OwnFiguresTests makes one by hand. A table of too many
        // rows is no small file; YearTablesTests makes one.
        let elsewhere: [Finding.Code] = [.ownFiguresDisagree, .tableTooLong]
        let absent = Finding.Code.allCases.filter {
            !elsewhere.contains($0) && !$0.isRetired && !said.contains(" \($0.rawValue) ")
        }
        #expect(absent.isEmpty, "\(absent.map(\.rawValue))")
    }

    @Test("A fault of the language, mended as its hint says, is gone", arguments: mended) func mends(name: String)
        throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: Project.root.appending(path: "Tests/ErrorGallery/\(name)/mended"),
            to: folder.appending(path: "agreement"))
        let run = try Project.run(["agreement", "."], in: folder)
        #expect(run.status == 0 && !run.error.contains(": error: "), "\(run.error)")
    }

    /// Cases with nothing to mend: notes that something is as it should be.
    static let asTheyShouldBe = [
        "amount-is-text", "cut-off", "note-rule-matched-nothing", "suspense-cleared-by-journal",
    ]

    static let overlaid = cases.filter { !mended.contains($0) && !asTheyShouldBe.contains($0) }

    /// Calls that fail without a code, by what they must not say any more.
    private static let wordsOf = [
        "command-mistyped": "no command \"hepl\"", "figure-unknown": "no figure",
        "folder-missing": "there is no folder", "two-folders-for-one-year": "two folders for one year",
        "year-unknown": "has no folder for",
    ]

    @Test("What a case is about is gone where its hint was followed to the letter", arguments: overlaid)
    func follows(name: String) throws {
        let manager = FileManager.default
        let original = Project.root.appending(path: "Tests/ErrorGallery/\(name)")
        let overlay = Project.root.appending(path: "Tests/Mended/\(name)")
        try #require(manager.fileExists(atPath: overlay.path), "no overlay follows the hint of \(name)")
        let folder = manager.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? manager.removeItem(at: folder) }
        try manager.copyItem(at: original, to: folder)
        let removed = try? String(contentsOf: overlay.appending(path: "removed"), encoding: .utf8)
        for path in removed?.split(separator: "\n") ?? [] {
            var gone = folder.appending(path: String(path))
            try manager.removeItem(at: gone)
            // A folder that it leaves empty goes with it.
            while gone.deletingLastPathComponent().path != folder.path,
                try manager.contentsOfDirectory(atPath: gone.deletingLastPathComponent().path).isEmpty
            {
                gone = gone.deletingLastPathComponent()
                try manager.removeItem(at: gone)
            }
        }
        let files = try #require(manager.enumerator(atPath: overlay.path)).compactMap { $0 as? String }
        for file in files where file != "removed" {
            var isFolder: ObjCBool = false
            _ = manager.fileExists(atPath: overlay.appending(path: file).path, isDirectory: &isFolder)
            guard !isFolder.boolValue else { continue }
            let target = folder.appending(path: file)
            try manager.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try? manager.removeItem(at: target)
            try manager.copyItem(at: overlay.appending(path: file), to: target)
        }
        let command = try String(contentsOf: folder.appending(path: "command"), encoding: .utf8)
        let run = try Project.run(Project.words(command), in: folder)
        let about = try #require(try Self.wordsOf[name] ?? code(of: original))
        // A command that was not carried out tells of nothing.
        #expect([0, 1].contains(run.status), "\(run.text)")
        #expect(!run.text.contains(about), "\(run.text)")
    }

    /// The code that a case's command asks for, or else the first of an error or a warning that it prints, or of a
    /// note.
    private func code(of folder: URL) throws -> String? {
        let command = try String(contentsOf: folder.appending(path: "command"), encoding: .utf8)
        let words = Project.words(command)
        let expected = try String(contentsOf: folder.appending(path: "expected"), encoding: .utf8)
        let printed = expected.split(separator: "\n").filter { !$0.hasPrefix("    ") }.flatMap { line in
            line.matches(of: #/(?:error|warning|note): ([EWN][0-9]{4}) /#).map { String($0.1) }
        }
        let named = words.indices.dropLast().filter { words[$0] == "--code" }.map { words[$0 + 1] }
        return printed.first { named.contains($0) } ?? printed.first { !$0.hasPrefix("N") } ?? printed.first
    }

    @Test("Each code has its help", arguments: Finding.Code.allCases.map(\.rawValue)) func help(code: String) throws {
        let run = try Project.run(["help", code])
        #expect(run.status == 0 && run.output.hasPrefix(code))
    }
}
