internal import Findings
internal import Ledger
internal import Mustache
internal import Statements
internal import Sharing
internal import Sterling
internal import Checks
internal import Templates

extension StatementDocument {
    /// One self-contained page in the program's own layout.
    public var html: String { html(.own) }

    /// - Parameters:
    ///   - layout: the program's or the partnership's; it has been checked tag by tag, because the engine
    ///     renders a name it doesn't know as nothing.
    ///   - provenance: whether each figure opens to say where it comes from; paper doesn't.
    public func html(_ layout: PageLayout, provenance: Bool = true) -> String {
        // The layout was read once when it was checked.
        guard let template = try? MustacheTemplate(string: layout.template) else { preconditionFailure("a checked layout is valid") }
        return template.render(htmlModel(layout, provenance: provenance))
    }

    /// Finished strings only; dictionaries, which the engine walks faster than structs.
    func htmlModel(_ layout: PageLayout = .own, provenance: Bool = true) -> [String: Any] {
        var model: [String: Any] = [
            "title": "\(partnership): outturn statement \(year)", "partnership": partnership, "year": "\(year)", "span": span,
            "status": status.prefix(1).uppercased() + status.dropFirst(), "draft": isDraft,
            "signs": signsSentence, "unit": format.caption, "digest": digest, "foot": foot, "footStyle": Self.styleString("\(foot), books \(digest.prefix(12))"),
            "style": EmbeddedFile.style.text, "ownStyle": layout.style, "words": layout.words, "provenance": provenance, "pageSize": outturn.members.count > 5 ? "A4 landscape" : "A4",
            "columns": columnModels(Array(columns.indices)),
            "sections": sectionModels(provenance ? FigureReasons(outturn) : nil, Array(columns.indices)), "hasPaper": !paperColumns.isEmpty, "paper": paperModels, "hasCharts": !charts.isEmpty, "charts": charts.map { ["title": $0.title, "svg": $0.svg] },
            "budgetHead": outturn.upTo == nil ? "Budget" : "Full-year budget", "hasVariances": !variances.rows.isEmpty, "variances": variances.rows.map(varianceModel),
            "hasContributions": !contributions.rows.isEmpty, "contributionColumns": contributionColumns.map { ["label": $0] },
            "sideTables": sideTables.map { $0.model(format) }, "clauses": outturn.agreement.clauses.map(Self.model),
            "contributions": contributionModels, "notes": notes.map { ["text": $0] }, "checks": checks.map(checkModel), "findings": findingModels,
        ]
        if let logo = layout.logo { model["logo"] = logo }
        return model
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

    /// More columns than paper has room for are printed in several tables, the total in the last.
    private static let mostOnPaper = 9

    private var paperColumns: [[Int]] {
        guard columns.count > Self.mostOnPaper else { return [] }
        let tables = (columns.count + Self.mostOnPaper - 1) / Self.mostOnPaper
        // As alike in width as they can be.
        return (0..<tables).map { table in Array((columns.count * table / tables)..<(columns.count * (table + 1) / tables)) }
    }

    private var paperModels: [[String: Any]] {
        paperColumns.enumerated().map { index, shown in
            ["caption": "Outturn \(year) by member, \(format.caption): \(columns[shown[0]]) to \(columns[shown.last!]), table \(index + 1) of \(paperColumns.count)", "columns": columnModels(shown), "sections": sectionModels(nil, shown)]
        }
    }

    private func columnModels(_ shown: [Int]) -> [[String: Any]] { shown.map { ["label": columns[$0], "sum": $0 == columns.count - 1] } }

    private func sectionModels(_ reasons: FigureReasons?, _ shown: [Int]) -> [[String: Any]] {
        printedSections.filter { !$0.rows.isEmpty }.map { section, rows in
            ["title": section.title, "width": "\(shown.count + 1)", "rows": rows.map { row, index, figures -> [String: Any] in
                var model: [String: Any] = ["label": row.label, "figures": shown.map { column -> [String: Any] in
                    let figure = figures[column]
                    let why = reasons?.lines(index, column) ?? []
                    return ["text": html(figure), "sum": column == figures.count - 1, "opens": !why.isEmpty && figure != "-", "why": why]
                }]
                if row.isTotal { model["total"] = row.content == .netOutturn || row.content == .carriedForward ? "total double" : "total" }
                return model
            }]
        }
    }

    /// A typographer's minus; a dash for nil.
    private func html(_ figure: String) -> String { Self.typeset(figure) }

    static func typeset(_ figure: String) -> String {
        figure == "-" ? "\u{2013}" : figure.hasPrefix("-") ? "\u{2212}" + figure.dropFirst() : figure
    }

    private func varianceModel(_ row: BudgetVariances.Row) -> [String: Any] {
        let printed = printed(row)
        var model: [String: Any] = [
            "label": row.label, "budget": html(printed.budget), "actual": html(printed.actual), "variance": html(printed.variance), "direction": row.direction.rawValue,
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
