import Findings
import Foundation
import Ledger
@testable import Rendering
import Statements
import Sterling
import Templates
import Testing
import Publishing
import Workflow

/// Each form is read back and compared with the model, figure by figure.
@Suite struct StatementFormsTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func work() throws -> YearWork {
        try YearWork(try Partnership(path: Self.root.appending(path: "Ledgers/tri-borough").path))
    }

    @Test("The CSV reads back to the model, exactly") func csv() throws {
        let work = try work()
        let lines = work.document(.pounds).csv.split(separator: "\r\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        #expect(lines[0] == ["section", "row", "LBHF", "RBKC", "WCC", "Total"])
        let rows = work.outturn.sections.flatMap { section in section.rows.map { (section.title, $0) } }
        #expect(lines.count == rows.count + 1)
        for (line, (title, row)) in zip(lines.dropFirst(), rows) {
            #expect(line.prefix(2) == [title, row.label])
            let amounts = line.dropFirst(2).map { text -> Money? in
                if case .amount(let amount, _) = AmountReader.read(text) { amount } else { nil }
            }
            #expect(amounts == work.outturn.printed(row))
        }
    }

    @Test("The JSON reads back to the model, exactly") func json() throws {
        let work = try work()
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(work.document(.pounds).json.text.utf8)) as? [String: Any])
        let sections = try #require(object["sections"] as? [[String: Any]])
        #expect(sections.count == work.outturn.sections.count)
        for (section, ours) in zip(sections, work.outturn.sections) {
            #expect((section["rows"] as? [Any])?.count == ours.rows.count)
            for (row, our) in zip(try #require(section["rows"] as? [[String: Any]]), ours.rows) {
                let amounts = try #require(row["amounts"] as? [String: String])
                #expect(row["label"] as? String == our.label)
                #expect(
                    ["lbhf", "rbkc", "wcc", "total"].map { amounts[$0] }
                        == work.outturn.printed(our).map { AmountFormat.exact($0) })
            }
        }
        #expect(object["draft"] as? Bool == false)
    }

    @Test("The HTML shows every figure of the model, in order", arguments: AmountFormat.allCases) func html(
        format: AmountFormat
    ) throws {
        let work = try work()
        let html = work.document(format).html
        let table = try #require(html.split(separator: "<table>").dropFirst().first?.split(separator: "</table>").first)
        let cells = table.split(separator: "<td").dropFirst(2).map { cell -> String in
            // A figure that opens stands in its summary.
            let inside =
                cell.firstRange(of: "<summary>").map { cell[$0.upperBound...] } ?? cell.drop { $0 != ">" }.dropFirst()
            return String(inside.prefix { $0 != "<" }).replacing("\u{2212}", with: "-").replacing("\u{2013}", with: "-")
        }
        #expect(cells == work.outturn.rows.flatMap { work.outturn.printed($0).map { format.statementString($0) } })
        #expect(!html.contains("{{") && !html.contains("}}"))
    }

    /// Ledgers that have funds, schemes, budgets, gifts, several years and one of each thing that a page can hold.
    private static let ledgers = [
        "tri-borough", "illustrative-pooled-fund", "city-hackney", "bexley", "illustrative-youth-justice",
        "london-project", "illustrative-arrangements",
    ]

    private func models() throws -> [[String: Any]] {
        try Self.ledgers.map {
            try YearWork(try Partnership(path: Self.root.appending(path: "Ledgers/\($0)").path)).document(.pounds)
                .htmlModel()
        }
    }

    @Test("What a page is given is what its names are checked against") func model() throws {
        func check(_ value: Any, _ shape: TemplateCheck.Shape?, _ path: String) {
            switch shape {
            case nil: Issue.record("\(path) is in the model, and a template may not name it")
            case .text: #expect(value is String || value is Substring, "\(path)")
            case .flag: #expect(value is Bool, "\(path)")
            case .group(let inner):
                for (key, part) in value as? [String: Any] ?? [:] { check(part, inner[key], "\(path).\(key)") }
            case .list(let inner):
                guard let list = value as? [Any] else { Issue.record("\(path) is no list"); return }
                for item in list where !inner.isEmpty {
                    for (key, part) in item as? [String: Any] ?? [:] { check(part, inner[key], "\(path).\(key)") }
                }
            }
        }
        for model in try models() { for (key, value) in model { check(value, TemplateCheck.statement[key], key) } }
    }

    @Test("Every name that a template may use is given by some statement") func names() throws {
        let models = try models()
        func given(_ shapes: [String: TemplateCheck.Shape], in items: [[String: Any]], _ path: String) {
            for (key, shape) in shapes {
                let values = items.compactMap { $0[key] }
                // Only with a fault in the data, or a partnership's own logo.
                if ["logo", "value", "more"].contains(key) { continue }
                #expect(!values.isEmpty, "\(path)\(key)")
                if case .list(let inner) = shape, path.count < 40 {
                    let inside = values.flatMap { ($0 as? [[String: Any]]) ?? [] }
                    // Figures share one shape, and none has every name.
                    if key != "figures" { given(inner, in: inside, "\(path)\(key).") }
                }
            }
        }
        given(TemplateCheck.statement, in: models, "")
    }

    @Test("The program's own template names nothing that the page hasn't got") func ownTemplate() {
        #expect(TemplateCheck.faults(EmbeddedFile.statement.text, file: "statement.html").isEmpty)
    }

    @Test(
        "A misspelt tag is an error with its line, wherever it stands",
        arguments: [
            ("<p>{{partnership}}</p>\n<p>{{partnershp}}</p>", 2),
            ("{{#sections}}\n{{#rows}}\n{{lable}}\n{{/rows}}\n{{/sections}}", 3),
            ("{{#sections}}\n{{figures}}{{/sections}}", 2),
            ("\n\n{{#notes}}{{text}}", 3), ("{{#notes}}\n{{/note}}{{/notes}}", 2), ("{{notes}}", 1), ("{{words}}", 1),
            ("\n{{words.note}}", 2), ("{{> part}}", 1), ("{{title}", 1), ("{{label}}", 1),
        ]) func misspelt(template: String, line: Int) throws
    {
        let faults = TemplateCheck.faults(template, file: "t")
        #expect(
            faults.first?.place?.row == Int32(line) && faults.allSatisfy { $0.code == .templateBroken }, "\(faults)")
    }

    @Test("A template that says nowhere whether the statement is a draft is refused") func silent() {
        #expect(
            TemplateCheck.faults("<p>{{partnership}}</p>", file: "t").map(\.message) == [
                "the page doesn't print {{status}}", "the page doesn't print {{digest}}",
            ])
    }

    @Test("A template may use what it likes of the page, in any order and nested") func wellSpelt() {
        #expect(
            TemplateCheck.faults(
                "{{! a note }}{{#sections}}{{#rows}}{{partnership}} {{label}} "
                    + "{{#figures}}{{#opens}}{{#why}}{{.}}{{/why}}{{/opens}}{{^opens}}{{ text "
                    + "}}{{/opens}}{{/figures}}{{/rows}}{{/sections}}{{{style}}}{{words.notes}}{{status}}{{digest}}",
                file: "t"
            ).isEmpty)
    }

    @Test("A partnership's own words, colours and logo stand on its page") func ownPage() throws {
        let work = try YearWork(
            try Partnership(path: Self.root.appending(path: "Ledgers/illustrative-pooled-fund").path))
        let page = work.document(.pounds).html(try work.partnership.layout())
        for part in [
            "Pooled fund memorandum account", "The section 75 agreement", "--bar0: #00594c",
            "data:image/svg+xml;base64,",
        ] { #expect(page.contains(part), "\(part)") }
        #expect(!page.contains("<h2>The agreement</h2>"))
    }

    @Test(
        "A statement printed to cast adds up as printed, and no figure is a unit from the exact one",
        arguments: Self.ledgers, [AmountFormat.pounds, .thousands])
    func cast(ledger: String, format: AmountFormat) throws {
        let work = try YearWork(try Partnership(path: Self.root.appending(path: "Ledgers/\(ledger)").path))
        guard case .cast(let figures) = CastFigures.round(work.outturn, format) else {
            Issue.record("it falls back"); return
        }
        let rows = work.outturn.rows
        for relation in work.outturn.rowRelations {
            for column in figures.units[0].indices {
                #expect(
                    relation.terms.map { $0.sign * figures.units[$0.row][column] }.reduce(0, +)
                        == figures.units[relation.target][column])
            }
        }
        for (row, units) in zip(rows, figures.units) {
            #expect(units.dropLast().reduce(0, +) == units.last!, "\(row.label)")
            for (unit, exact) in zip(units, work.outturn.printed(row)) {
                #expect(abs(unit * format.unitPence - exact.pence) < format.unitPence)
            }
        }
        // A figure that prints twice prints alike: the net outturn and what it puts to the reserve.
        #expect(!work.document(format, rounding: .cast).text.contains("Asked to cast, but"))
    }

    @Test("Every total, net and balance of every ledger is told as what it is of other rows", arguments: Self.ledgers)
    func relations(ledger: String) throws {
        let outturn = try YearWork(try Partnership(path: Self.root.appending(path: "Ledgers/\(ledger)").path)).outturn
        let told = Set(outturn.rowRelations.map(\.target))
        for (index, row) in outturn.rows.enumerated() where row.isTotal {
            #expect(told.contains(index), "\(row.label)")
        }
    }

    @Test("Markup in a label or a finding is text, not markup") func escaped() throws {
        let work = try work()
        let document = StatementDocument(
            outturn: work.outturn, variances: BudgetVariances(work.outturn), contributions: work.contributions,
            imports: [], checks: [],
            findings: [Finding(.codeUnknown, found: "<script>alert(1)</script>", "a & b", hint: "\"quoted\"")],
            digest: "d", format: .pounds)
        #expect(document.html.contains("&lt;script&gt;"))
        #expect(!document.html.contains("<script>"))
        #expect(document.html.contains("DRAFT: 1 error"))
    }
}
