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

    @Test("Each code has its help", arguments: Finding.Code.allCases.map(\.rawValue)) func help(code: String) throws {
        let run = try Project.run(["help", code])
        #expect(run.status == 0 && run.output.hasPrefix(code))
    }
}
