import Foundation
import Testing

/// Documents are tests: what they show is what the program prints.
@Suite struct DocumentTests {
    @Test("The README's statement is the program's own") func readme() throws {
        let readme = try String(contentsOf: Project.root.appending(path: "README.md"), encoding: .utf8)
        let shown = try #require(readme.split(separator: "```\n").dropFirst().first)
        let printed = try Project.run(["statement", "Ledgers/tri-borough"]).output
        #expect(printed.hasPrefix(shown))
        #expect(shown.contains("Reserves to take forward"))
    }

    @Test("Every command that the README names has its help") func commands() throws {
        let readme = try String(contentsOf: Project.root.appending(path: "README.md"), encoding: .utf8)
        let named = Set(
            readme.split(separator: "    outturn ").dropFirst().map { String($0.prefix { $0.isLetter || $0 == "-" }) })
        #expect(named.count >= 8)
        for command in named { #expect(try Project.run([command, "--help"]).status == 0, "\(command)") }
    }

    /// The boards of a survey lie one folder deeper.
    static let partnerships = try! Project.folders(in: "Ledgers").flatMap { folder -> [String] in
        let isOne = FileManager.default.fileExists(atPath: folder.appending(path: "agreement").path)
        return isOne
            ? [folder.lastPathComponent]
            : try Project.folders(in: "Ledgers/\(folder.lastPathComponent)").map {
                folder.lastPathComponent + "/" + $0.lastPathComponent
            }
    }

    @Test("Every ledger of the project runs, in every year and form", arguments: partnerships)
    func ledgers(name: String) throws {
        for folder in try [Project.root.appending(path: "Ledgers/\(name)")]
            + Project.folders(in: "Ledgers/\(name)").filter({ $0.lastPathComponent.first!.isNumber })
        {
            for format in ["text", "csv", "json", "html"] {
                let run = try Project.run(["statement", folder.path, "--format", format])
                #expect(run.status == 0, "\(folder.path): \(run.error)")
            }
            #expect(try Project.run(["check", folder.path]).status == 0)
        }
    }
}
