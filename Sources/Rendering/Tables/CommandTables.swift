public import Checks
public import Findings
internal import Ledger
public import Statements
internal import Sterling

/// What commands print as lists, as tables that every form can have.
public enum CommandTables {
    /// The checks with what they looked at, and the findings.
    public static func checks(_ checks: [(title: String, result: CheckResult)], _ findings: [Finding]) -> [FigureTable]
    {
        var table = FigureTable(
            key: "checks", title: "Checks", caption: "what was looked at, and what came of it",
            columns: [.init("scope", "Looked at"), .init("result", "Result")])
        for (title, result) in checks {
            table.add(title, [.text(result.scope), .text(result.outcome)])
        }
        return (checks.isEmpty ? [] : [table]) + [self.findings(findings)]
    }

    /// A finding a row, by its place.
    public static func findings(_ findings: [Finding]) -> FigureTable {
        var table = FigureTable(
            key: "findings", title: "Findings", caption: FindingsRendering.counts(findings),
            columns: [
                .init("severity", "Severity"), .init("code", "Code"), .init("message", "What"),
                .init("found", "Found"), .init("hint", "What to do"),
            ])
        for finding in findings {
            table.add(
                finding.place?.description ?? "",
                [
                    .text(finding.severity.rawValue), .text(finding.code.rawValue), .text(finding.message),
                    .text(finding.value ?? ""), .text(finding.hint),
                ])
        }
        return table
    }

    /// The way of a figure, part by part: deeper parts further in, each with what it rests on.
    public static func trail(_ trail: Trail) -> FigureTable {
        var table = FigureTable(
            key: "explain", title: "\(trail.label) / \(trail.column)", caption: "each part adds up to the one above it",
            columns: [.init("amount", "Amount"), .init("source", "From")])
        table.add("\(trail.label) / \(trail.column)", [.amount(trail.printed), .text("as printed")], isTotal: true)
        add(trail.parts, to: &table, indent: "  ")
        return table
    }

    private static func add(_ parts: [Trail.Part], to table: inout FigureTable, indent: String) {
        for part in parts {
            switch part.source {
            case .document(let place, let reason):
                table.add(
                    indent + part.what,
                    [.amount(part.amount), .text("\(place)\(reason.isEmpty ? "" : " (\(reason))")")])
            case .parts(let inner):
                table.add(indent + part.what, [.amount(part.amount), .text("")])
                add(inner, to: &table, indent: indent + "  ")
            case .postings(let postings):
                table.add(indent + part.what, [.amount(part.amount), .text("")])
                add(postings, to: &table, indent: indent + "  ")
            case .share(let share):
                table.add(
                    indent + part.what,
                    [
                        .amount(part.amount),
                        .text("\(share.rule), line \(share.ruleLine) of the agreement, of \(share.rowTotal)"),
                    ])
                add(share.postings, to: &table, indent: indent + "  ")
            }
        }
    }

    private static func add(_ postings: Trail.Postings, to table: inout FigureTable, indent: String) {
        for line in postings.lines.sorted(by: { $0.posting.place < $1.posting.place }) {
            let posting = line.posting
            let about = [posting.period.description, posting.journal.map { "journal \($0)" } ?? posting.document]
            table.add(
                indent + about.filter { !$0.isEmpty }.joined(separator: " "),
                [.amount(line.amount), .text("\(posting.place)")])
        }
    }

    /// A published table held against the statement, cell by cell; what agrees, too.
    public static func comparison(_ comparison: Comparison) -> FigureTable {
        let counts =
            "\(comparison.count(.agrees)) agree, \(comparison.count(.withinRounding)) within rounding, "
            + "\(comparison.count(.differs)) differ"
        var table = FigureTable(
            key: "comparison", title: "Published and ours", caption: counts,
            columns: [
                .init("cell", "Cell"), .init("published", "Published"), .init("ours", "Ours"),
                .init("verdict", "Verdict"),
            ])
        for cell in comparison.cells {
            table.add(
                "\(cell.row) / \(cell.column)",
                [
                    .text("\(cell.place)"), .text(cell.published), cell.ours.map { .amount($0) } ?? .none,
                    .text(cell.verdict.rawValue),
                ])
        }
        return table
    }
}
