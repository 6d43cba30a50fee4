internal import Agreements
internal import Sharing
internal import Ledger
internal import Findings
internal import Statements
internal import Sterling

extension StatementDocument {
    /// The statement as a workbook that recomputes itself: totals, variances and roll-forwards are formulas,
    /// the postings stand beside their sources, and a sheet of checks holds the figures against both.
    public var workbook: Workbook {
        var builder = WorkbookBuilder(self)
        builder.build()
        return builder.book
    }
}

private struct WorkbookBuilder {
    let document: StatementDocument
    let outturn: Outturn
    var book: Workbook
    /// `"Statement"` by row index among the statement's rows.
    private var statementRows: [Int: Int] = [:]
    /// Figures that another formula must come to.
    private var checks: [(what: String, now: CellReference, formula: Formula, amount: Money)] = []

    /// More postings than this are omitted; a workbook's sheet holds little more.
    static let mostPostings = 1_000_000

    init(_ document: StatementDocument) {
        self.document = document
        outturn = document.outturn
        book = Workbook(
            of: Provenance(of: document), title: "\(document.partnership): outturn statement \(document.year)")
    }

    private var members: [Member] { outturn.members }
    private let first = Workbook.headerRow + 1

    private func amountColumns(_ titles: [String]) -> [Workbook.Sheet.Column] {
        titles.map { .init(title: $0, width: max(13, min(24, $0.count + 2)), isAmount: true) }
    }

    mutating func build() {
        cover()
        statement()
        variances()
        contributions()
        reserves()
        for table in document.sideTables { book.add(Workbook.Sheet(table)) }
        postings()
        checkSheet()
    }

    // MARK: The cover

    private mutating func cover() {
        var sheet = Workbook.Sheet(
            name: "Cover", title: book.title, basis: "What this workbook holds and what its figures rest on",
            columns: [.init(title: "Item", width: 22), .init(title: "Text", width: 110, wraps: true)])
        func add(_ item: String, _ text: String) { sheet.rows.append([.text(item), .text(text)]) }
        add("Status", document.status)
        add("Period", document.span)
        add("Signs", document.signsSentence)
        add("Unit", "Exact pounds and pence, shown as \(document.format.caption)")
        add("Books", "SHA-256 \(document.digest)")
        add(
            "Checks",
            "The sheet Checks recomputes every total from the postings and from its parts; its first result says "
                + "whether all pass."
        )
        for note in document.notes.dropFirst(document.illustrative.isEmpty ? 0 : 1)
        where note != document.roundingSentence { add("Note", note) }
        if !document.illustrative.isEmpty { add("Illustrative", document.notes[0]) }
        for (index, clause) in outturn.agreement.clauses.enumerated() {
            add("Agreement \(index + 1)", clause.oneLine)
        }
        for (finding) in document.findings where finding.severity != .note {
            add(
                finding.severity.rawValue,
                "\(finding.code.rawValue) \(finding.place?.description ?? ""): \(finding.message)")
        }
        book.add(sheet)
    }

    // MARK: The statement

    private mutating func statement() {
        let width = members.count
        var sheet = Workbook.Sheet(
            name: "Statement", title: book.title,
            basis: "\(document.format.caption). \(document.signsSentence) \(document.status)",
            columns: [.init(title: "Section", width: 18), .init(title: "Row", width: 44)]
                + amountColumns(document.columns))
        sheet.frozenColumns = 2
        let relations = Dictionary(uniqueKeysWithValues: outturn.rowRelations.map { ($0.target, $0) })
        let rows = outturn.rows
        for index in rows.indices { statementRows[index] = first + index }
        var index = 0
        for section in outturn.sections {
            for row in section.rows {
                let printed = outturn.printed(row)
                let style: Workbook.Style =
                    row.content == .netOutturn || row.content == .carriedForward
                    ? .double : row.isTotal ? .total : .plain
                let line = statementRows[index]!
                var cells: [Workbook.Cell] = [.text(section.title, style), .text(row.label, style)]
                for column in 0..<width {
                    if let relation = relations[index] {
                        cells.append(.formula(formula(relation, column), printed[column], style))
                    } else {
                        cells.append(.amount(printed[column], style))
                    }
                }
                cells.append(
                    .formula(
                        .sum(CellRange("Statement", rows: line..<line + 1, columns: 2..<2 + width)), printed[width],
                        style == .plain ? .sum : style))
                sheet.rows.append(cells)
                // A total across is also the total down.
                if let relation = relations[index] {
                    checks.append(
                        (
                            "\(row.label), total of the totals", cell(line, 2 + width), formula(relation, width),
                            printed[width]
                        ))
                }
                if row.content == .netOutturn { book.name("Net_outturn", cell(line, 2 + width)) }
                if row.content == .carriedForward { book.name("Carried_forward", cell(line, 2 + width)) }
                index += 1
            }
        }
        book.add(sheet)
    }

    private func cell(_ row: Int, _ column: Int, _ sheet: String = "Statement") -> CellReference {
        CellReference(sheet: sheet, row: row, column: column)
    }

    private func formula(_ relation: RowRelation, _ column: Int) -> Formula {
        let lines = relation.terms.map { statementRows[$0.row]! }
        if relation.terms.count > 1, relation.terms.allSatisfy({ $0.sign > 0 }),
            lines.last! - lines[0] == lines.count - 1
        {
            return .sum(CellRange("Statement", rows: lines[0]..<lines.last! + 1, columns: (2 + column)..<(3 + column)))
        }
        return .terms(relation.terms.map { (cell(statementRows[$0.row]!, 2 + column), $0.sign) })
    }

    // MARK: Beside it

    private mutating func variances() {
        guard !document.variances.rows.isEmpty else { return }
        let name = "Variance"
        var sheet = Workbook.Sheet(
            name: name, title: "Budget and variance \(document.year)",
            basis:
                "\(document.format.caption). Variance is actual less budget; the word says whether it is good for the "
                + "partnership",
            columns: [.init(title: "Line", width: 44)]
                + amountColumns([outturn.upTo == nil ? "Budget" : "Full-year budget", "Actual", "Variance"]) + [
                    .init(title: "Direction", width: 14), .init(title: "Explanation", width: 70, wraps: true),
                ])
        for (offset, row) in document.variances.rows.enumerated() {
            let line = first + offset
            var actual: Workbook.Cell = .amount(row.actual)
            // Natural amounts here, whatever sign the statement prints.
            if let index = outturn.rows.firstIndex(where: { $0.content == .line(row.line) }) {
                actual = .formula(
                    .terms([
                        (
                            cell(statementRows[index]!, 2 + members.count),
                            outturn.printed(outturn.rows[index]).last! == row.actual ? 1 : -1
                        )
                    ]), row.actual)
            }
            sheet.rows.append([
                .text(row.label), .amount(row.budget), actual,
                .formula(.terms([(cell(line, 2, name), 1), (cell(line, 1, name), -1)]), row.variance),
                .text(row.direction.rawValue), .text(row.explanation ?? ""),
            ])
        }
        let rows = first..<(first + document.variances.rows.count)
        if rows.count > 1 {
            sheet.chart = Workbook.Chart(
                title: "Budget against outturn \(document.year)",
                description: "Budget and outturn of each line; the table beside it has all figures",
                labels: CellRange(name, rows: rows, columns: 0..<1),
                series: [
                    ("Budget", CellRange(name, rows: rows, columns: 1..<2)),
                    ("Outturn", CellRange(name, rows: rows, columns: 2..<3)),
                ], row: rows.upperBound + 1, column: 0)
        }
        book.add(sheet)
    }

    private mutating func contributions() {
        let table = document.contributions
        guard !table.rows.isEmpty else { return }
        let name = "Contributions", last = table.years.count - 1, earlier = Array(table.years.indices.dropLast())
        var sheet = Workbook.Sheet(
            name: name, title: "Contributions, agreed and posted",
            basis:
                "\(document.format.caption). N/A: no contributor in that year, or nothing that could be "
                + "posted, which is not zero",
            columns: [.init(title: "Contributor", width: 44)]
                + amountColumns(
                    earlier.map { "\(table.years[$0])" } + [
                        "\(document.year) agreed", "\(document.year) posted", "Difference",
                    ]))
        let rows = first..<(first + table.rows.count)
        func cellOf(_ amount: Money?) -> Workbook.Cell { amount.map { .amount($0) } ?? .text("N/A") }
        for (offset, row) in table.rows.enumerated() {
            let line = first + offset, agreed = earlier.count + 1
            let difference = row.difference(last), isAgreed = row.agreed[last] != nil
            sheet.rows.append(
                [.text(row.label)] + earlier.map { cellOf(row.contributed($0)) } + [
                    cellOf(row.agreed[last]), cellOf(row.posted[last]),
                    difference.map {
                        isAgreed
                            ? .formula(.terms([(cell(line, agreed + 1, name), 1), (cell(line, agreed, name), -1)]), $0)
                            : .amount($0)
                    } ?? .text("N/A"),
                ])
        }
        let totals =
            earlier.map { year in table.total { $0.contributed(year) } } + [
                table.total { $0.agreed[last] }, table.total { $0.posted[last] }, table.total { $0.difference(last) },
            ]
        sheet.rows.append(
            [.text("Total", .total)]
                + totals.enumerated().map {
                    .formula(
                        .sum(CellRange(name, rows: rows, columns: ($0.offset + 1)..<($0.offset + 2))), $0.element,
                        .total)
                })
        if rows.count > 1 {
            sheet.chart = Workbook.Chart(
                title: "Contributions by partner \(document.year)",
                description: "What each partner agreed, and what is posted; the table beside it has all figures",
                labels: CellRange(name, rows: rows, columns: 0..<1),
                series: [
                    ("Agreed", CellRange(name, rows: rows, columns: (earlier.count + 1)..<(earlier.count + 2))),
                    ("Posted", CellRange(name, rows: rows, columns: (earlier.count + 2)..<(earlier.count + 3))),
                ],
                row: rows.upperBound + 2, column: 0)
        }
        book.add(sheet)
    }

    private mutating func reserves() {
        guard
            !outturn.reserves.allSatisfy({
                $0.broughtForward.isZero && $0.carriedForward.isZero && $0.contribution.isZero
            })
        else { return }
        let name = "Reserves"
        let parts: [(title: String, figure: (ReserveRollForward) -> Money)] = [
            ("Brought forward", { $0.broughtForward }), ("Adjustment", { $0.adjustment }),
            ("By journals", { $0.appropriations }), ("Spent on costs", { -$0.spent }),
            ("Left of funds", { $0.fromFunds }),
            ("To or from reserves", { $0.contribution }),
        ]
        var sheet = Workbook.Sheet(
            name: name, title: "Reserves \(document.year)",
            basis: "\(document.format.caption). More than zero is money held",
            columns: [.init(title: "Member", width: 30)]
                + amountColumns(parts.map(\.title) + ["Carried forward", "Ledger's balance"]) + [
                    .init(title: "Reason of adjustment", width: 50, wraps: true)
                ])
        let rows = first..<(first + outturn.reserves.count)
        for (offset, reserve) in outturn.reserves.enumerated() {
            let line = first + offset
            sheet.rows.append(
                [.text(outturn.agreement.chart.label(reserve.member))] + parts.map { .amount($0.figure(reserve)) }
                    + [
                        .formula(
                            .sum(CellRange(name, rows: line..<line + 1, columns: 1..<1 + parts.count)),
                            reserve.carriedForward, .sum), reserve.ledgerBalance.map { .amount($0) } ?? .text("N/A"),
                        .text(reserve.adjustmentReason),
                    ])
        }
        let columns =
            parts.map { part in outturn.reserves.map(part.figure).sum() } + [
                outturn.reserves.map(\.carriedForward).sum()
            ]
        sheet.rows.append(
            [.text("Total", .double)]
                + columns.enumerated().map {
                    .formula(
                        .sum(CellRange(name, rows: rows, columns: ($0.offset + 1)..<($0.offset + 2))), $0.element,
                        .double)
                } + [.blank, .blank])
        // The statement prints them with its own signs.
        if let index = outturn.rows.firstIndex(where: { $0.content == .carriedForward }) {
            for (offset, amount) in outturn.reserves.map(\.carriedForward).enumerated() {
                let printed = outturn.printed(outturn.rows[index])[offset]
                checks.append(
                    (
                        "Reserve of \(members[offset].label), as in the statement",
                        cell(first + offset, parts.count + 1, name),
                        .terms([(cell(statementRows[index]!, 2 + offset), printed == amount ? 1 : -1)]), amount
                    ))
            }
        }
        sheet.chart = Workbook.Chart(
            title: "Reserves \(document.year)",
            description:
                "Each member's reserve brought forward and carried forward; the table beside it has all figures",
            labels: CellRange(name, rows: rows, columns: 0..<1),
            series: [
                ("Brought forward", CellRange(name, rows: rows, columns: 1..<2)),
                ("Carried forward", CellRange(name, rows: rows, columns: (parts.count + 1)..<(parts.count + 2))),
            ],
            row: rows.upperBound + 2, column: 0)
        book.add(sheet)
    }

    // MARK: The postings

    private func label(_ account: Account) -> String {
        let chart = outturn.agreement.chart
        return switch account {
        case .heading(let name): chart.heading(name)?.label ?? name.text
        case .reserve(let name): "Reserve of \(chart.label(name))"
        case .fund(let name): "Fund \(chart.label(name))"
        case .suspense(let name): "Suspense of \(chart.label(name))"
        case .cash(let party):
            switch party {
            case .member(let name): "Cash of \(chart.label(name))"
            case .contributor(let name): "Cash of \(chart.label(name))"
            }
        }
    }

    private mutating func postings() {
        let name = "Postings", all = outturn.ledger.postings
        guard all.count > 0 else { return }
        guard all.count <= Self.mostPostings else {
            book.add(
                Workbook.Sheet(
                    name: name, title: "Postings \(document.year)",
                    basis:
                        "\(AmountFormat.grouped(all.count)) postings are more than a sheet holds; `outturn explain` "
                        + "lists those of a figure",
                    columns: [.init(title: "Number", width: 10)]))
            return
        }
        var sheet = Workbook.Sheet(
            name: name, title: "Postings \(document.year), \(document.span)",
            basis:
                "Each moves its amount from one account to another; the source is the cell that the amount came from",
            columns: [
                .init(title: "Number", width: 9), .init(title: "Ledger of", width: 18),
                .init(title: "Period", width: 8), .init(title: "Date", width: 12), .init(title: "From", width: 34),
                .init(title: "To", width: 34),
                .init(title: "Amount", width: 15, isAmount: true), .init(title: "Concerning", width: 18),
                .init(title: "Code", width: 14), .init(title: "Document", width: 16),
                .init(title: "Source file", width: 40),
                .init(title: "Sheet", width: 16), .init(title: "Cell", width: 10),
            ])
        let chart = outturn.agreement.chart
        var number = 0
        for posting in all {
            number += 1
            let place = posting.place
            sheet.rows.append([
                .count(number), .text(chart.label(posting.ledgerOf)), .text(posting.period.description),
                .text(posting.date?.description ?? ""), .text(label(posting.from)), .text(label(posting.to)),
                .exact(posting.amount),
                .text(posting.concerning.map { chart.label($0) } ?? ""), .text(posting.code),
                .text(posting.journal.map { "journal \($0)" } ?? posting.document), .text(place.file),
                .text(place.sheet ?? ""), .text(place.cell ?? ""),
            ])
        }
        book.add(sheet)
        let rows = first..<(first + all.count)
        func column(_ index: Int) -> CellRange { CellRange(name, rows: rows, columns: index..<index + 1) }
        let movements = outturn.sharing.movements
        for (index, row) in outturn.rows.enumerated() {
            let account: Account, sign: Int
            switch row.content {
            case .line(.heading(let heading)):
                (account, sign) = (.heading(heading), chart.heading(heading)?.kind == .cost ? 1 : -1)
            case .line(.contribution(let contributor)): (account, sign) = (.cash(.contributor(contributor)), -1)
            default: continue
            }
            let flow = movements.map { movement -> Money in
                guard movement.from != movement.to else { return .zero }
                return movement.to == account ? movement.amount : movement.from == account ? -movement.amount : .zero
            }.sum()
            let printed = outturn.printed(row).last!
            // A contributor may pay for costs as well, which stand elsewhere.
            guard (sign > 0 ? flow : -flow) == row.total, Set(chart.headings.map(\.label)).count == chart.headings.count
            else { continue }
            let isTurned = printed != row.total
            checks.append(
                (
                    "\(row.label), total, from the postings", cell(statementRows[index]!, 2 + members.count),
                    .flow(
                        label: label(account), to: column(5), from: column(4), amounts: column(6),
                        sign: isTurned ? -sign : sign), printed
                ))
        }
    }

    // MARK: The checks

    private mutating func checkSheet() {
        let name = "Checks"
        var sheet = Workbook.Sheet(
            name: name, title: "Checks that this workbook makes of itself",
            basis:
                "Each line holds a figure as it stands now against what was stated, or against what its parts or the "
                + "postings come to",
            columns: [.init(title: "Check", width: 60)] + amountColumns(["Now", "Should be", "Difference"]) + [
                .init(title: "Result", width: 12)
            ])
        let lines = statedLines + checkLines + postingLines
        let rows = (first + 1)..<(first + 1 + lines.count)
        sheet.rows.append([
            .text("All checks", .total), .blank, .blank, .blank,
            .word(.allPass(CellRange(name, rows: rows, columns: 4..<5)), "all pass", .total),
        ])
        for (offset, check) in lines.enumerated() {
            let line = first + 1 + offset
            sheet.rows.append([
                .text(check.what), .exactFormula(check.now, check.value), check.should,
                .exactFormula(check.difference ?? .difference(cell(line, 1, name), cell(line, 2, name)), .zero),
                .word(.verdict(cell(line, 3, name)), "pass"),
            ])
        }
        book.name("All_checks", CellReference(sheet: name, row: first, column: 4))
        book.add(sheet)
    }

    /// What a line of the checks holds against each other; `difference` where it isn't one less the other.
    private typealias CheckLine = (
        what: String, now: Formula, value: Money, should: Workbook.Cell, difference: Formula?
    )

    private var statedLines: [CheckLine] {
        var lines: [CheckLine] = []
        // Every amount of every sheet as it was stated: a sum alone would miss two changes that cancel each other.
        for sheet in book.sheets where sheet.name != "Postings" {
            for (offset, row) in sheet.rows.enumerated() {
                guard row.count > 1, case .text(let label, _) = row[sheet.name == "Statement" ? 1 : 0] else { continue }
                for run in book.runs(sheet, row: offset) {
                    let cells = CellRange(sheet.name, rows: first + offset..<first + offset + 1, columns: run.columns),
                        sum = run.amounts.sum()
                    lines.append(
                        (
                            "\(sheet.name): \(label), each figure as stated", .sum(cells), sum, .exact(sum),
                            .distance(cells, from: run.amounts)
                        ))
                }
            }
        }
        return lines
    }

    private var checkLines: [CheckLine] {
        checks.map { check in
            (check.what, .terms([(check.now, 1)]), check.amount, .exactFormula(check.formula, check.amount), nil)
        }
    }

    private var postingLines: [CheckLine] {
        var lines: [CheckLine] = []
        guard let postings = book.sheets.first(where: { $0.name == "Postings" && $0.columns.count > 1 }) else {
            return []
        }
        // Rows that somebody adds below count as well.
        let all = first..<(first + postings.rows.count + 5_000)
        func column(_ index: Int) -> CellRange { CellRange("Postings", rows: all, columns: index..<index + 1) }
        let postingList = outturn.ledger.postings
        let total = postingList.map(\.amount).sum()
        lines.append(("Postings: all amounts", .sum(column(6)), total, .exact(total), nil))
        lines.append(
            (
                "Postings: how many", .count(column(6)), Money(pence: postingList.count * 100),
                .exact(Money(pence: postingList.count * 100)), nil
            ))
        var byLedger: [Name<Member>: Money] = [:]
        for posting in postingList {
            byLedger[posting.ledgerOf, default: .zero] = byLedger[posting.ledgerOf, default: .zero] + posting.amount
        }
        for member in members {
            guard let sum = byLedger[member.name] else { continue }
            lines.append(
                (
                    "Postings: amounts in the ledger of \(member.label)",
                    .sumBeside(label: member.label, labels: column(1), amounts: column(6)), sum, .exact(sum), nil
                ))
        }
        return lines
    }
}
