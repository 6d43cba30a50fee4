import Foundation
import Testing

/// Every command that prints tables writes them in every form.
@Suite struct CommandFormsTests {
    static let commands = [
        ["statement", "Ledgers/lewisham", "--years"],
        ["check", "Ledgers/tri-borough"],
        ["compare", "Ledgers/tri-borough/2018-19", "Ledgers/tri-borough/2018-19/published.csv"],
        ["compare", "Ledgers/lewisham/2017-18", "Ledgers/lewisham/2018-19"],
        ["explain", "Ledgers/tri-borough", "Reserves to take forward/LBHF"],
        ["what-if", "Ledgers/tri-borough", "--with", "everything by child-population"],
        ["recharges", "Ledgers/tri-borough"],
        ["contributions", "Ledgers/tri-borough"],
        ["forecast", "Ledgers/tri-borough"],
    ]

    @Test("A command's tables are written in each form, by the file's ending", arguments: commands)
    func forms(command: [String]) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // The PDF is of the page, by a program of its own, which Tests/Browser tries.
        let endings = ["txt", "csv", "json", "html", "xlsx", "ods"]
        let outputs = endings.flatMap { ["--output", folder.appending(path: "tables.\($0)").path] }
        let run = try Project.run(command + outputs)
        #expect(run.status == 0, "\(run.error)")
        #expect(run.output.isEmpty)
        for ending in endings {
            let bytes = try Data(contentsOf: folder.appending(path: "tables.\(ending)"))
            #expect(bytes.count > 100, "\(ending)")
        }
        let json = try Data(contentsOf: folder.appending(path: "tables.json"))
        #expect((try? JSONSerialization.jsonObject(with: json)) != nil)
        let page = try String(contentsOf: folder.appending(path: "tables.html"), encoding: .utf8)
        #expect(page.contains("<table") && page.contains("SHA-256 of the"))
    }

    @Test("Without a file the form goes to the terminal, and one that is no text asks for a file") func terminal()
        throws
    {
        let csv = try Project.run(["check", "Ledgers/tri-borough", "--format", "csv"])
        #expect(csv.status == 0 && csv.output.hasPrefix("row,Looked at,Result"))
        let workbook = try Project.run(["check", "Ledgers/tri-borough", "--format", "xlsx"])
        #expect(workbook.status == 64 && workbook.error.contains("--output tables.xlsx"))
    }

    @Test("An agreement is written as a paper to sign, with every clause and a place for each party")
    func agreement() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let ledger = "Ledgers/illustrative-arrangements"
        let (html, odt) = (folder.appending(path: "a.html").path, folder.appending(path: "a.odt").path)
        let run = try Project.run(["agreement", ledger, "--output", html, "--output", odt])
        #expect(run.status == 0 && run.output.isEmpty, "\(run.error)")
        let page = try String(contentsOfFile: html, encoding: .utf8)
        let told = try JSONDecoder().decode(
            Agreement.self, from: Data(try Project.run(["agreement", ledger, "--format", "json"]).output.utf8))
        for clause in told.clauses {
            for text in [clause.text] + clause.parts {
                #expect(
                    page.contains("<li>" + text.replacing("\"", with: "&quot;").replacing("'", with: "&#39;")),
                    "\(text)")
            }
        }
        for party in ["Portsmouth", "Southampton", "Hampshire", "Police", "Integrated care board", "Probation"] {
            #expect(page.contains("<th scope=\"row\">\(party)</th>"))
        }
        #expect(!page.contains("{{"))
        #expect(try Data(contentsOf: URL(filePath: odt)).starts(with: [0x50, 0x4B, 3, 4]))
        let other = try Project.run(["agreement", ledger, "--output", folder.appending(path: "a.doc").path])
        #expect(other.status == 64 && other.error.contains(".html, .pdf, .odt"))
    }

    private struct Agreement: Decodable {
        let clauses: [Clause]

        struct Clause: Decodable {
            let text: String
            let parts: [String]
        }
    }
}
