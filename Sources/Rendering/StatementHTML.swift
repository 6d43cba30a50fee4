internal import Findings
internal import Ledger
internal import Mustache
internal import Statements
internal import Sharing
internal import Sterling
internal import Checks
internal import Templates

extension StatementDocument {
    /// One self-contained page. The template is tested tag by tag against this model, because the
    /// engine renders a name it doesn't know as nothing.
    public var html: String {
        // The template is embedded and tested, so a fault in it is a fault of the program.
        guard let template = try? MustacheTemplate(string: EmbeddedFile.statement.text) else { preconditionFailure("the embedded template is valid") }
        return template.render(htmlModel)
    }

    /// Finished strings only; dictionaries, which the engine walks faster than structs.
    var htmlModel: [String: Any] {
        [
            "title": "\(partnership): outturn statement \(year)", "partnership": partnership, "year": "\(year)", "span": span,
            "status": status.prefix(1).uppercased() + status.dropFirst(), "draft": isDraft,
            "signs": signsSentence, "unit": format.caption, "digest": digest, "foot": foot, "footStyle": Self.styleString("\(foot), books \(digest.prefix(12))"),
            "columns": columns.map { ["label": $0, "sum": $0 == "Total"] as [String: Any] },
            "sections": outturn.sections.filter { !$0.rows.isEmpty }.map(sectionModel),
            "budgetHead": outturn.upTo == nil ? "Budget" : "Full-year budget", "hasVariances": !variances.rows.isEmpty, "variances": variances.rows.map(varianceModel),
            "hasContributions": !contributions.rows.isEmpty, "contributionColumns": contributionColumns.map { ["label": $0] },
            "sideTables": sideTables.map { $0.model(format) }, "clauses": outturn.agreement.clauses.map(Self.model),
            "contributions": contributionModels, "notes": notes.map { ["text": $0] }, "checks": checks.map(checkModel), "findings": findingModels,
        ]
    }

    private var foot: String { "\(partnership), outturn \(year), \(span), \(statusWord)" }

    /// Inside a style sheet's quotation marks, where HTML's escapes mean nothing.
    private static func styleString(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil || " ,.-:".unicodeScalars.contains(scalar)
                ? String(scalar) : "\\" + String(scalar.value, radix: 16) + " "
        }.joined()
    }

    private static func model(_ clause: Clause) -> [String: Any] {
        ["text": clause.text, "hasParts": !clause.parts.isEmpty, "parts": clause.parts.enumerated().map { ["text": $0.element + ($0.offset == clause.parts.count - 1 ? "." : ";")] }]
    }

    private func sectionModel(_ section: Outturn.Section) -> [String: Any] {
        ["title": section.title, "width": "\(columns.count + 1)", "rows": section.rows.map { row -> [String: Any] in
            var model: [String: Any] = ["label": row.label, "figures": figures(outturn.printed(row))]
            if row.isTotal { model["total"] = row.content == .netOutturn || row.content == .carriedForward ? "total double" : "total" }
            return model
        }]
    }

    private func figures(_ amounts: [Money]) -> [[String: Any]] {
        amounts.enumerated().map { ["text": html(figure($0.element)), "sum": $0.offset == amounts.count - 1] }
    }

    /// A typographer's minus; a dash for nil.
    private func html(_ figure: String) -> String { Self.typeset(figure) }

    static func typeset(_ figure: String) -> String {
        figure == "-" ? "\u{2013}" : figure.hasPrefix("-") ? "\u{2212}" + figure.dropFirst() : figure
    }

    private func varianceModel(_ row: BudgetVariances.Row) -> [String: Any] {
        var model: [String: Any] = [
            "label": row.label, "budget": html(figure(row.budget)), "actual": html(figure(row.actual)), "variance": html(figure(row.variance)), "direction": row.direction.rawValue,
        ]
        if let explanation = row.explanation { model["explanation"] = explanation }
        return model
    }

    private var contributionColumns: [String] {
        contributions.years.dropLast().map { "\($0)" } + ["\(year) agreed", "\(year) posted", "Difference"]
    }

    private var contributionModels: [[String: Any]] {
        let last = contributions.years.count - 1
        let earlier = contributions.years.indices.dropLast()
        func cell(_ amount: Money?) -> [String: Any] { ["text": amount.map { html(figure($0)) } ?? "N/A"] }
        let agreed = contributions.rows.compactMap { $0.agreed[last] }.sum()
        let total: [String: Any] = [
            "label": "Total", "total": "total",
            "figures": earlier.map { cell(contributions.total($0)) } + [cell(agreed), cell(contributions.total(last)), cell(contributions.total(last) - agreed)],
        ]
        return contributions.rows.map { row in
            ["label": row.label, "figures": earlier.map { cell(row.posted[$0]) }
                + [cell(row.agreed[last]), cell(row.posted[last]), cell((row.posted[last] ?? .zero) - (row.agreed[last] ?? .zero))]]
        } + [total]
    }

    private func checkModel(_ check: (title: String, result: CheckResult)) -> [String: Any] {
        ["title": check.title, "scope": check.result.scope, "result": check.result.worst?.rawValue ?? "ok"]
    }

    private var findingModels: [[String: Any]] {
        FindingsRendering.groups(findings).map { group in
            let finding = group[0]
            var model: [String: Any] = [
                "severity": finding.severity.rawValue, "code": finding.code.rawValue, "message": finding.message, "hint": finding.hint,
                "place": finding.place?.description ?? "",
            ]
            if let value = finding.value { model["value"] = value }
            if group.count > 1 { model["more"] = "\(group.count - 1)" }
            return model
        }
    }
}
