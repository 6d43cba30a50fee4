internal import Agreements
public import Statements
internal import Ledger
internal import Mustache
internal import Sterling
internal import Templates

/// One part of an annual report as every form has it: a table, or lines of text.
public struct ReportPart {
    /// `variances`: the name of its files.
    public let key: String
    public let title: String
    let provenance: Provenance
    let tables: [FigureTable]
    let lines: [String]

    /// Tables one below the other, or notes as a list; then whose figures they are and the digest of what they come
    /// from.
    public var text: String {
        (tables.isEmpty
            ? "\(heading)\n\n" + lines.map { "- \($0)\n" }.joined()
            : tables.map { $0.text(provenance.format) }.joined(separator: "\n"))
            + "\n\(foot)\n"
    }

    /// Tables one below the other with an empty line between, or a note a row.
    public var csv: String {
        tables.isEmpty
            ? CSVWriter.text([[.text("note")]] + lines.map { [.text($0)] })
            : tables.map(\.csv).joined(separator: "\n")
    }

    /// An object: the table, a list of several, or a list of notes, with partnership, year and digest beside it.
    public var json: JSONValue {
        .object([
            ("schema", .string("outturn-report-part-1")), ("partnership", .string(provenance.partnership)),
            ("year", .string(provenance.year)), ("part", .string(key)), ("books", .string(provenance.digest)),
            (
                "content",
                tables.isEmpty
                    ? .array(lines.map(JSONValue.string))
                    : tables.count == 1 ? tables[0].json : .array(tables.map(\.json))
            ),
        ])
    }

    /// The page, which is also what the PDF is made of.
    public var html: String {
        var model: [String: Any] = [
            "title": heading, "lead": provenance.partnership,
            "status": provenance.status.prefix(1).uppercased() + provenance.status.dropFirst(),
            "style": EmbeddedFile.style.text,
            "hasNotes": !lines.isEmpty, "notes": lines, "foot": foot,
            "footStyle": StatementDocument.styleString(provenance.shortFoot),
        ]
        model["tables"] = tables.map { $0.model(provenance.format) }
        return Page.render(.table, model)
    }

    /// A sheet a table, or one sheet of numbered notes.
    public var workbook: Workbook {
        var book = Workbook(of: provenance, title: "\(provenance.partnership): \(heading)")
        for table in tables { book.add(Workbook.Sheet(table)) }
        if tables.isEmpty {
            book.add(
                Workbook.Sheet(
                    name: title, title: heading, basis: provenance.partnership,
                    columns: [.init(title: "Number", width: 9), .init(title: "Note", width: 120, wraps: true)],
                    rows: lines.enumerated().map { [.count($0.offset + 1), .text($0.element)] }))
        }
        return book
    }

    /// SHA-256 of what the figures come from, in hexadecimal; a PDF carries it as its identifier.
    public var identifier: String { provenance.digest }
    /// What files say of when they were made, in seconds since 1970, as `StatementDocument.created`.
    public var created: Int { provenance.created }

    private var heading: String { tables.first?.title ?? "\(title) \(provenance.year)" }
    private var foot: String { provenance.longFoot }

    init(key: String, title: String, provenance: Provenance, tables: [FigureTable], lines: [String]) {
        self.key = key
        self.title = title
        self.provenance = provenance
        self.tables = tables
        self.lines = lines
    }

    /// Tables that a command prints: one after the other, a sheet each in a workbook.
    ///
    /// - Precondition: at least one table.
    public init(_ tables: [FigureTable], _ provenance: Provenance) {
        precondition(!tables.isEmpty, "a part holds something")
        self.init(
            key: tables[0].key, title: tables[0].title, provenance: provenance, tables: tables, lines: [])
    }
}

extension StatementDocument {
    /// Those that the year has something of.
    public var reportParts: [ReportPart] {
        let tables: [(key: String, title: String, table: FigureTable?)] = [
            ("contributions", "Contributions", contributionFigures),
            ("variances", "Budget variances with explanations", varianceFigures),
            ("reserves", "Reserves", reserveFigures),
        ]
        let clauses = outturn.agreement.clauses.enumerated().map {
            "Agreement, clause \($0.offset + 1): \($0.element.oneLine)"
        }
        return tables.compactMap { part in
            part.table.map {
                ReportPart(key: part.key, title: part.title, provenance: Provenance(of: self), tables: [$0], lines: [])
            }
        }
            + [
                ReportPart(
                    key: "notes", title: "Notes", provenance: Provenance(of: self), tables: [], lines: notes + clauses)
            ]
    }

    /// Several years side by side, with the last one's books.
    public func part(_ years: YearsSideBySide) -> ReportPart {
        ReportPart(
            key: "years", title: "Years side by side", provenance: Provenance(of: self),
            tables: [PaperTables.years(years, unit: format)], lines: [])
    }

    /// Tables that a command prints, with the year's books.
    ///
    /// - Precondition: at least one table.
    public func part(_ tables: [FigureTable]) -> ReportPart { ReportPart(tables, Provenance(of: self)) }

    private var contributionFigures: FigureTable? {
        guard !contributions.rows.isEmpty else { return nil }
        let last = contributions.years.count - 1, earlier = Array(contributions.years.indices.dropLast())
        var table = FigureTable(
            key: "contributions", title: "Contributions \(year)",
            caption: "\(format.caption); approved budgets are read from the budget, and posted nowhere; "
                + "N/A: no contributor in that year, or nothing that could be posted",
            columns: earlier.map { .init("\(contributions.years[$0])", "\(contributions.years[$0])") } + [
                .init("agreed", "\(year) agreed"), .init("posted", "\(year) posted"),
                .init("difference", "Difference", of: [("posted", 1), ("agreed", -1)]),
            ])
        func cell(_ amount: Money?) -> FigureTable.Cell { amount.map { .amount($0) } ?? .none }
        for row in contributions.rows {
            table.add(
                row.label,
                earlier.map { cell(row.contributed($0)) } + [
                    cell(row.agreed[last]), cell(row.posted[last]), cell(row.difference(last)),
                ])
        }
        table.add(
            "Total",
            earlier.map { year in contributions.total { $0.contributed(year) } } + [
                contributions.total { $0.agreed[last] }, contributions.total { $0.posted[last] },
                contributions.total { $0.difference(last) },
            ], isTotal: true)
        return table
    }

    private var varianceFigures: FigureTable? {
        guard !variances.rows.isEmpty else { return nil }
        var table = FigureTable(
            key: "variances", title: "Budget and variance \(year)",
            caption:
                "\(format.caption); variance is actual less budget, and the word says whether it is good for the "
                + "partnership",
            columns: [
                .init("budget", outturn.upTo == nil ? "Budget" : "Full-year budget"), .init("actual", "Actual"),
                .init("variance", "Variance", of: [("actual", 1), ("budget", -1)]), .init("direction", "Direction"),
                .init("explanation", "Explanation"),
            ])
        for row in variances.rows {
            table.add(
                row.label,
                [
                    .amount(row.budget), .amount(row.actual), .amount(row.variance), .text(row.direction.rawValue),
                    .text(row.explanation ?? (row.needsExplanation ? "not explained" : "")),
                ])
        }
        return table
    }

    private var reserveFigures: FigureTable? {
        guard !outturn.reserves.isEmpty else { return nil }
        let parts: [(key: String, title: String, figure: (ReserveRollForward) -> Money)] = [
            ("broughtForward", "Brought forward", { $0.broughtForward }),
            ("adjustment", "Adjustment", { $0.adjustment }), ("appropriations", "By journals", { $0.appropriations }),
            ("spent", "Spent on costs", { -$0.spent }), ("fromFunds", "Left of funds", { $0.fromFunds }),
            ("contribution", "To or from reserves", { $0.contribution }),
            ("carriedForward", "Carried forward", { $0.carriedForward }),
        ]
        // Movements that nobody had are omitted; the ends always stand.
        let shown = parts.filter { part in
            ["broughtForward", "contribution", "carriedForward"].contains(part.key)
                || outturn.reserves.contains { !part.figure($0).isZero }
        }
        var table = FigureTable(
            key: "reserves", title: "Reserves \(year)",
            caption: "\(format.caption), by member; more than zero is money held",
            columns: shown.map { part in
                .init(
                    part.key, part.title, of: part.key == "carriedForward" ? shown.dropLast().map { ($0.key, 1) } : [])
            })
        for reserve in outturn.reserves {
            table.add(outturn.agreement.chart.label(reserve.member), shown.map { $0.figure(reserve) })
        }
        table.add("Total", shown.map { part in outturn.reserves.map(part.figure).sum() }, isTotal: true)
        return table
    }
}

/// The page that leads to all files of a report pack.
public enum ReportIndex {
    /// A file of the pack: which part it holds, in which form (`csv`), and where, from the page's own folder.
    public struct File: Sendable {
        public let title: String
        public let form: String
        public let path: String

        /// Takes its parts as they are, unchecked.
        public init(title: String, form: String, path: String) {
            self.title = title
            self.form = form
            self.path = path
        }
    }

    /// - Parameter further: files of all years together.
    public static func html(_ years: [(document: StatementDocument, files: [File])], further: [File]) -> String {
        let newest = years.last!.document
        return Page.render(
            .report,
            [
                "title": "\(newest.partnership): report pack", "style": EmbeddedFile.style.text,
                "lead": years.count == 1 ? "\(newest.year)" : "\(years[0].document.year) to \(newest.year)",
                "years": (further.isEmpty ? [] : [group("All years", "As each year's own statement has them", further)])
                    + years.reversed().map { year, files in
                        group(
                            "\(year.year)",
                            "\(year.status.prefix(1).uppercased() + year.status.dropFirst()). Books "
                                + "\(year.digest.prefix(12))",
                            files)
                    },
            ])
    }

    private static func group(_ name: String, _ status: String, _ files: [File]) -> [String: Any] {
        var titles: [String] = []
        for file in files where !titles.contains(file.title) { titles.append(file.title) }
        return [
            "year": name, "status": status,
            "parts": titles.map { title in
                [
                    "title": title,
                    "files": files.filter { $0.title == title }.map {
                        ["path": $0.path, "form": $0.form, "label": "\(title), \(name), as \($0.form)"]
                    },
                ] as [String: Any]
            },
        ]
    }
}
