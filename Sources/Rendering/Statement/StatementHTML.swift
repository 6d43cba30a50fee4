internal import Agreements
internal import Findings
internal import Ledger
internal import Mustache
internal import Statements
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
        guard let template = try? MustacheTemplate(string: layout.template) else {
            preconditionFailure("a checked layout is valid")
        }
        return template.render(htmlModel(layout, provenance: provenance))
    }

    /// Finished strings only; dictionaries, which the engine walks faster than structs.
    func htmlModel(_ layout: PageLayout = .own, provenance: Bool = true) -> [String: Any] {
        let charts = charts, paper = paperModels
        var model: [String: Any] = [
            "title": "\(partnership): outturn statement \(year)", "partnership": partnership, "year": "\(year)",
            "span": span,
            "status": status.prefix(1).uppercased() + status.dropFirst(), "draft": isDraft,
            "signs": signsSentence, "unit": format.caption, "digest": digest, "foot": foot,
            "footStyle": Self.styleString("\(foot), books \(digest.prefix(12))"),
            "style": EmbeddedFile.style.text, "ownStyle": layout.style, "words": layout.words, "provenance": provenance,
            "pageSize": isLandscape ? "A4 landscape" : "A4",
            "columns": columnModels(Array(columns.indices)),
            "sections": sectionModels(provenance ? FigureReasons(outturn) : nil, Array(columns.indices)),
            "hasPaper": !paper.isEmpty, "paper": paper, "hasCharts": !charts.isEmpty,
            "charts": charts.map { ["title": $0.title, "svg": $0.svg] },
            "budgetHead": outturn.upTo == nil ? "Budget" : "Full-year budget", "hasVariances": !variances.rows.isEmpty,
            "variances": variances.rows.map(varianceModel),
            "hasContributions": !contributions.rows.isEmpty,
            "contributionColumns": contributionColumns.map { ["label": $0] },
            "sideTables": sideTables.map { $0.model(format) }, "clauses": outturn.agreement.clauses.map(Self.model),
            "contributions": contributionModels, "notes": notes.map { ["text": $0] }, "checks": checks.map(checkModel),
            "findings": findingModels,
        ]
        if let logo = layout.logo { model["logo"] = logo }
        return model
    }

    /// What stands at the foot of each printed page.
    var foot: String { "\(partnership), outturn \(year), \(span), \(statusWord)" }

    /// Inside a style sheet's quotation marks, where HTML's escapes mean nothing.
    static func styleString(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || " ,.-:".unicodeScalars.contains(scalar)
                ? String(scalar) : "\\" + String(scalar.value, radix: 16) + " "
        }.joined()
    }

    private static func model(_ clause: Clause) -> [String: Any] {
        [
            "text": clause.text, "hasParts": !clause.parts.isEmpty,
            "parts": clause.writtenParts.map { ["text": $0] },
        ]
    }

    /// How many characters of figures paper has room for beside the labels, upright and lying; measured on A4
    /// with the page's own letters, and a little less than fits.
    private static let roomUpright = 58, roomLying = 104

    /// A column is as wide as its longest figure or the longest word of its title, and the room between two.
    private func width(_ title: String, _ figures: [String]) -> Int {
        max(title.split(separator: " ").map(\.count).max() ?? 0, figures.map(\.count).max() ?? 0) + 3
    }

    private var columnWidths: [Int] {
        let rows = printedSections.flatMap(\.rows)
        return columns.indices.map { column in width(columns[column], rows.map { $0.figures[column] }) }
    }

    private var isLandscape: Bool {
        let years = contributionColumns.map {
            width($0, contributions.rows.flatMap { $0.agreed.compactMap { $0.map(figure) } })
        }
        let sides = sideTables.map { table in
            table.columns.indices.map { column in
                min(24, width(table.columns[column].title, table.rows.map { table.text($0.cells[column], format) }))
            }.reduce(0, +)
        }
        return ([columnWidths.reduce(0, +), years.reduce(0, +)] + sides).contains { $0 > Self.roomUpright }
    }

    /// More columns than paper has room for are printed in several tables, the total in the last.
    private var paperColumns: [[Int]] {
        let widths = columnWidths
        guard widths.reduce(0, +) > Self.roomLying else { return [] }
        var tables: [[Int]] = [[]], used = 0
        for column in columns.indices {
            if used + widths[column] > Self.roomLying, !tables[tables.count - 1].isEmpty { tables.append([]); used = 0 }
            tables[tables.count - 1].append(column)
            used += widths[column]
        }
        // A total alone on its page says little.
        if tables.count > 1, tables.last!.count == 1 {
            tables[tables.count - 1].insert(tables[tables.count - 2].removeLast(), at: 0)
        }
        return tables
    }

    private var paperModels: [[String: Any]] {
        let tables = paperColumns
        return tables.enumerated().map { index, shown in
            [
                "caption":
                    "Outturn \(year) by member, \(format.caption): \(columns[shown[0]]) to \(columns[shown.last!]), "
                    + "table \(index + 1) of \(tables.count)",
                "columns": columnModels(shown), "sections": sectionModels(nil, shown),
            ]
        }
    }

    private func columnModels(_ shown: [Int]) -> [[String: Any]] {
        shown.map { ["label": columns[$0], "sum": $0 == columns.count - 1] }
    }

    private func sectionModels(_ reasons: FigureReasons?, _ shown: [Int]) -> [[String: Any]] {
        printedSections.filter { !$0.rows.isEmpty }.map { section, rows in
            [
                "title": section.title, "width": "\(shown.count + 1)",
                "rows": rows.map { row, index, figures -> [String: Any] in
                    var model: [String: Any] = [
                        "label": row.label,
                        "figures": shown.map { column -> [String: Any] in
                            let figure = figures[column]
                            let why = reasons?.lines(index, column) ?? []
                            return [
                                "text": html(figure), "sum": column == figures.count - 1,
                                "opens": !why.isEmpty && figure != "-", "why": why,
                            ]
                        },
                    ]
                    if row.isTotal {
                        model["total"] =
                            row.content == .netOutturn || row.content == .carriedForward ? "total double" : "total"
                    }
                    return model
                },
            ]
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
            "label": row.label, "budget": html(printed.budget), "actual": html(printed.actual),
            "variance": html(printed.variance), "direction": row.direction.rawValue,
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
        let total: [String: Any] = [
            "label": "Total", "total": "total",
            "figures": earlier.map { year in cell(contributions.total { $0.contributed(year) }) } + [
                cell(contributions.total { $0.agreed[last] }), cell(contributions.total { $0.posted[last] }),
                cell(contributions.total { $0.difference(last) }),
            ],
        ]
        return contributions.rows.map { row in
            [
                "label": row.label,
                "figures": earlier.map { cell(row.contributed($0)) }
                    + [cell(row.agreed[last]), cell(row.posted[last]), cell(row.difference(last))],
            ]
        } + [total]
    }

    private func checkModel(_ check: (title: String, result: CheckResult)) -> [String: Any] {
        ["title": check.title, "scope": check.result.scope, "result": check.result.outcome]
    }

    private var findingModels: [[String: Any]] {
        FindingsRendering.groups(findings).map { group in
            let finding = group[0]
            var model: [String: Any] = [
                "severity": finding.severity.rawValue, "code": finding.code.rawValue, "message": finding.message,
                "hint": finding.hint,
                "place": finding.place?.description ?? "",
            ]
            if let value = finding.value { model["value"] = value }
            if group.count > 1 { model["more"] = "\(group.count - 1)" }
            return model
        }
    }
}
