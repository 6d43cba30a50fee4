public import Statements
internal import Ledger
internal import Sharing
internal import Mustache
internal import Sterling
internal import Templates

/// What an annual report takes from a year: the statement's parts, each on its own.
public enum ReportPart: String, Sendable, CaseIterable {
    case contributions, variances, reserves, notes

    public var title: String {
        switch self {
        case .contributions: "Contributions"
        case .variances: "Budget variances with explanations"
        case .reserves: "Reserves"
        case .notes: "Notes"
        }
    }
}

/// One part as every form has it: a table, or lines of text.
public struct ReportPartDocument {
    public let part: ReportPart
    let document: StatementDocument
    let table: FigureTable?
    let lines: [String]

    public var text: String { (table.map { $0.text(document.format) } ?? "\(part.title) \(document.year)\n\n" + lines.map { "- \($0)\n" }.joined()) + "\n\(foot)\n" }

    public var csv: String { table?.csv ?? CSVWriter.text([[.text("note")]] + lines.map { [.text($0)] }) }

    public var json: JSONValue {
        .object([
            ("schema", .string("outturn-report-part-1")), ("partnership", .string(document.partnership)), ("year", .string("\(document.year)")), ("part", .string(part.rawValue)), ("books", .string(document.digest)),
            ("content", table?.json ?? .array(lines.map(JSONValue.string))),
        ])
    }

    public var html: String {
        var model: [String: Any] = [
            "title": "\(part.title) \(document.year)", "lead": document.partnership, "status": document.status.prefix(1).uppercased() + document.status.dropFirst(), "style": EmbeddedFile.style.text,
            "hasNotes": !lines.isEmpty, "notes": lines, "foot": foot,
        ]
        model["tables"] = table.map { [$0.model(document.format)] } ?? []
        return Page.render(.table, model)
    }

    private var foot: String { "\(document.partnership), \(document.year), \(document.span), \(document.statusWord). SHA-256 of the books: \(document.digest)." }
}

extension StatementDocument {
    /// - Returns: `nil` where the year has nothing of it.
    public func part(_ part: ReportPart) -> ReportPartDocument? {
        switch part {
        case .contributions: contributionFigures.map { ReportPartDocument(part: part, document: self, table: $0, lines: []) }
        case .variances: varianceFigures.map { ReportPartDocument(part: part, document: self, table: $0, lines: []) }
        case .reserves: reserveFigures.map { ReportPartDocument(part: part, document: self, table: $0, lines: []) }
        case .notes: ReportPartDocument(part: part, document: self, table: nil, lines: notes + outturn.agreement.clauses.map { clause in "Agreement: " + ([clause.text] + clause.parts).joined(separator: " ") })
        }
    }

    private var contributionFigures: FigureTable? {
        guard !contributions.rows.isEmpty else { return nil }
        let last = contributions.years.count - 1, earlier = Array(contributions.years.indices.dropLast())
        var table = FigureTable(
            key: "contributions", title: "Contributions \(year)", caption: "\(format.caption); approved budgets are read from the budget; N/A: no contributor in that year",
            columns: earlier.map { .init("\(contributions.years[$0])", "\(contributions.years[$0])") } + [.init("agreed", "\(year) agreed"), .init("posted", "\(year) posted"), .init("difference", "Difference")])
        func cell(_ amount: Money?) -> FigureTable.Cell { amount.map { .amount($0) } ?? .none }
        for row in contributions.rows {
            table.add(row.label, earlier.map { cell(row.posted[$0]) } + [cell(row.agreed[last]), cell(row.posted[last]), .amount((row.posted[last] ?? .zero) - (row.agreed[last] ?? .zero))])
        }
        let agreed = contributions.rows.compactMap { $0.agreed[last] }.sum(), posted = contributions.total(last)
        table.add("Total", earlier.map { contributions.total($0) } + [agreed, posted, posted - agreed], isTotal: true)
        return table
    }

    private var varianceFigures: FigureTable? {
        guard !variances.rows.isEmpty else { return nil }
        var table = FigureTable(
            key: "variances", title: "Budget and variance \(year)", caption: "\(format.caption); variance is actual less budget, and the word says whether it is good for the partnership",
            columns: [.init("budget", outturn.upTo == nil ? "Budget" : "Full-year budget"), .init("actual", "Actual"), .init("variance", "Variance"), .init("direction", "Direction"), .init("explanation", "Explanation")])
        for row in variances.rows {
            table.add(row.label, [.amount(row.budget), .amount(row.actual), .amount(row.variance), .text(row.direction.rawValue), .text(row.explanation ?? (row.needsExplanation ? "not explained" : ""))])
        }
        return table
    }

    private var reserveFigures: FigureTable? {
        guard !outturn.reserves.isEmpty else { return nil }
        let parts: [(key: String, title: String, figure: (ReserveRollForward) -> Money)] = [
            ("broughtForward", "Brought forward", { $0.broughtForward }), ("adjustment", "Adjustment", { $0.adjustment }), ("appropriations", "By journals", { $0.appropriations }),
            ("spent", "Spent on costs", { -$0.spent }), ("fromFunds", "Left of funds", { $0.fromFunds }), ("contribution", "To or from reserves", { $0.contribution }), ("carriedForward", "Carried forward", { $0.carriedForward }),
        ]
        // Movements that nobody had are left out; the ends always stand.
        let shown = parts.filter { part in ["broughtForward", "contribution", "carriedForward"].contains(part.key) || outturn.reserves.contains { !part.figure($0).isZero } }
        var table = FigureTable(
            key: "reserves", title: "Reserves \(year)", caption: "\(format.caption), by member; more than nought is money held", columns: shown.map { .init($0.key, $0.title) })
        for reserve in outturn.reserves { table.add(outturn.agreement.chart.label(reserve.member), shown.map { $0.figure(reserve) }) }
        table.add("Total", shown.map { part in outturn.reserves.map(part.figure).sum() }, isTotal: true)
        return table
    }
}

/// The page that leads to all files of a report pack.
public enum ReportIndex {
    public struct File: Sendable {
        public let title: String
        public let form: String
        public let path: String

        public init(title: String, form: String, path: String) {
            self.title = title
            self.form = form
            self.path = path
        }
    }

    public static func html(_ years: [(document: StatementDocument, files: [File])], sideBySide: YearsSideBySide) -> String {
        let newest = years.last!.document
        return Page.render(.report, [
            "title": "\(newest.partnership): report pack", "style": EmbeddedFile.style.text,
            "lead": years.count == 1 ? "\(newest.year)" : "\(years[0].document.year) to \(newest.year)",
            "years": years.reversed().map { year, files -> [String: Any] in
                var titles: [String] = []
                for file in files where !titles.contains(file.title) { titles.append(file.title) }
                return [
                    "year": "\(year.year)", "status": year.status.prefix(1).uppercased() + year.status.dropFirst(), "digest": String(year.digest.prefix(12)),
                    "parts": titles.map { title in
                        ["title": title, "files": files.filter { $0.title == title }.map { ["path": $0.path, "form": $0.form, "label": "\(title) \(year.year) as \($0.form)"] }] as [String: Any]
                    },
                ]
            },
            "tables": sideBySide.years.count > 1 ? [PaperTables.years(sideBySide, unit: newest.format).model(newest.format)] : [],
        ])
    }
}
