import Findings
import Foundation
import Ledger
@testable import Rendering
import Statements
import Sterling
import Templates
import Testing
import Workflow

/// Each form is read back and compared with the model, figure by figure.
@Suite struct StatementFormsTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private func work() throws -> YearWork { try YearWork(try Partnership(path: Self.root.appending(path: "Ledgers/tri-borough").path)) }

    @Test("The CSV reads back to the model, exactly") func csv() throws {
        let work = try work()
        let lines = work.document(.pounds).csv.split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        #expect(lines[0] == ["section", "row", "LBHF", "RBKC", "WCC", "Total"])
        let rows = work.outturn.sections.flatMap { section in section.rows.map { (section.title, $0) } }
        #expect(lines.count == rows.count + 1)
        for (line, (title, row)) in zip(lines.dropFirst(), rows) {
            #expect(line.prefix(2) == [title, row.label])
            let amounts = line.dropFirst(2).map { text -> Money? in if case .amount(let amount, _) = AmountReader.read(text) { amount } else { nil } }
            #expect(amounts == work.outturn.printed(row))
        }
    }

    @Test("The JSON reads back to the model, exactly") func json() throws {
        let work = try work()
        let object = try #require(try JSONSerialization.jsonObject(with: Data(work.document(.pounds).json.text.utf8)) as? [String: Any])
        let sections = try #require(object["sections"] as? [[String: Any]])
        #expect(sections.count == work.outturn.sections.count)
        for (section, ours) in zip(sections, work.outturn.sections) {
            #expect((section["rows"] as? [Any])?.count == ours.rows.count)
            for (row, our) in zip(try #require(section["rows"] as? [[String: Any]]), ours.rows) {
                let amounts = try #require(row["amounts"] as? [String: String])
                #expect(row["label"] as? String == our.label)
                #expect(["lbhf", "rbkc", "wcc", "total"].map { amounts[$0] } == work.outturn.printed(our).map { AmountFormat.exact($0) })
            }
        }
        #expect(object["draft"] as? Bool == false)
    }

    @Test("The HTML shows every figure of the model, in order", arguments: AmountFormat.allCases) func html(format: AmountFormat) throws {
        let work = try work()
        let html = work.document(format).html
        let table = try #require(html.split(separator: "<table>").dropFirst().first?.split(separator: "</table>").first)
        let cells = table.split(separator: "<td").dropFirst(2).map { cell in
            String(cell.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }).replacing("\u{2212}", with: "-").replacing("\u{2013}", with: "-")
        }
        #expect(cells == work.outturn.rows.flatMap { work.outturn.printed($0).map { format.statementString($0) } })
        #expect(!html.contains("{{") && !html.contains("}}"))
    }

    @Test("Every tag of the template is a name that the model gives") func tags() throws {
        var known: Set<String> = []
        func walk(_ value: Any) {
            if let dictionary = value as? [String: Any] {
                known.formUnion(dictionary.keys)
                dictionary.values.forEach(walk)
            } else if let array = value as? [Any] {
                array.forEach(walk)
            }
        }
        walk(try work().document(.pounds).htmlModel)
        // It has funds, schemes, and figures that are words.
        walk(try YearWork(try Partnership(path: Self.root.appending(path: "Ledgers/illustrative-pooled-fund").path)).document(.pounds).htmlModel)
        walk(try YearWork(try Partnership(path: Self.root.appending(path: "Ledgers/city-hackney").path)).document(.pounds).htmlModel)
        // Of a budget with an explanation and a group of findings, which this ledger hasn't got.
        known.formUnion(["budget", "actual", "variance", "direction", "explanation", "value", "more"])
        let tags = EmbeddedFile.statement.text.split(separator: "{{").dropFirst().map { tag in
            String(tag.prefix { $0 != "}" }.drop { "#^/&{".contains($0) })
        }
        #expect(tags.count > 40)
        for tag in tags { #expect(known.contains(tag), "{{\(tag)}}") }
    }

    @Test("Markup in a label or a finding is text, not markup") func escaped() throws {
        let work = try work()
        let document = StatementDocument(
            outturn: work.outturn, variances: BudgetVariances(work.outturn), contributions: work.contributions, imports: [], checks: [],
            findings: [Finding(.codeUnknown, found: "<script>alert(1)</script>", "a & b", hint: "\"quoted\"")], digest: "d", format: .pounds)
        #expect(document.html.contains("&lt;script&gt;"))
        #expect(!document.html.contains("<script>"))
        #expect(document.html.contains("DRAFT: 1 error"))
    }
}
