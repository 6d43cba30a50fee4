internal import Findings
internal import Ledger
internal import Sheets
internal import Sterling

/// Makes the guess.
struct MapGuess {
    var suggestion: MapSuggestion?
    /// Where its columns are.
    var layout: SuggestedLayout?
    typealias Row = SheetSample.Row

    /// Names that finance systems give, in the order in which they are believed.
    static let names: [(role: ImportMap.Role, names: [String])] = [
        (
            .code,
            [
                "account code", "gl account code", "gl account", "gl account no", "gl account number", "account",
                "nominal code", "nominal account", "nominal", "n c", "subjective code", "subjective",
                "natural account code", "natural account", "ledger code", "cost element", "detail code", "account no",
                "account number", "gl code", "expense code", "expenditure code", "expense type", "expenses type",
                "expenditure type",
                "code",
            ]
        ),
        (
            .costCentre,
            [
                "cost centre", "cost center", "cost centre code", "costc", "cost ctr", "objective", "objective code",
                "centre", "department", "dept", "cc",
            ]
        ),
        (
            .period,
            [
                "period", "accounting period", "posting period", "fiscal period", "period no", "period number", "per",
                "gl period", "period name", "pd", "prd", "acc period", "acct period", "financial period",
            ]
        ),
        (
            .date,
            [
                "posting date", "transaction date", "trans date", "tran date", "effective date", "accounting date",
                "date", "gl date", "document date", "payment date", "invoice date", "pstng date",
            ]
        ),
        (
            .document,
            [
                "document number", "document no", "document", "transno", "trans no", "transaction number",
                "transaction no", "invoice no", "journal no", "voucher", "voucher no", "journal", "journal name",
                "journal number", "reference", "ref", "invoice number", "doc no", "reference number",
            ]
        ),
        (
            .description,
            [
                "description", "line description", "narrative", "text", "transaction description", "details",
                "item text", "header text", "journal description", "comment", "narration",
            ]
        ),
        (
            .year,
            [
                "year", "fiscal year", "financial year", "fin year", "fy", "accounting year", "acc year", "gl year",
                "period year", "ledger year",
            ]
        ),
        (.memberConcerned, ["member concerned", "case of", "case", "borough", "authority concerned"]),
        (
            .debit,
            [
                "money out", "paid out", "payments", "withdrawals", "amount out", "ytd debit", "debit ytd",
                "period debit",
                "debit",
                "dr", "debit amount", "accounted debit", "accounted dr", "entered dr", "debits",
            ]
        ),
        (
            .credit,
            [
                "money in", "paid in", "receipts", "deposits", "amount in", "ytd credit", "credit ytd", "period credit",
                "credit",
                "cr", "credit amount", "accounted credit", "accounted cr", "entered cr", "credits",
            ]
        ),
        (
            .net,
            [
                "net", "net amount", "net value", "amount excl vat", "amount ex vat", "amount exc vat",
                "amount excluding vat", "net of vat", "amount net of vat", "amount net", "excl vat",
            ]
        ),
        (.vat, ["vat", "vat amount", "tax", "tax amount"]),
        (
            .gross,
            [
                "gross", "gross amount", "gross value", "amount incl vat", "amount inc vat", "amount including vat",
                "incl vat", "invoice total", "total inc vat", "amount gross",
            ]
        ),
        (
            .amount,
            [
                "amount", "amount in local currency", "amount in company code currency", "value", "actual",
                "actual to date",
                "posted amount", "transaction amount",
                "val in rep cur", "base amount", "amount gbp", "amount £", "actuals", "total amount", "actual amount",
                "spend",
            ]
        ),
    ]

    init(file: String, sheets: [(name: String, rows: [SheetSample.Row], last: [SheetSample.Row])]) {
        var best: (sheet: Int, row: Int, count: Int, score: Int)?
        for (index, sheet) in sheets.enumerated() {
            for row in sheet.rows.indices.prefix(60) {
                for count in 1...2 where count <= row + 1 {
                    let score = Self.score(sheet.rows, row, count)
                    if score > (best?.score ?? 2) { best = (index, row, count, score) }
                }
            }
        }
        guard let best else { return }
        let sheet = sheets[best.sheet]
        let header = sheet.rows[best.row]
        let titles = Self.titles(sheet.rows, best.row, best.count)
        func isRepeat(_ rows: [Row], _ index: Int) -> Bool {
            guard index + 1 >= best.count else { return false }
            let texts = HeaderRows.join(rows[(index + 1 - best.count)...index].map(\.texts))
            return titles.allSatisfy { texts[$0.0] == $0.1 }
        }
        let below = Array(sheet.rows[(best.row + 1)...])
        var found = MapSuggestion(
            file: file, sheet: sheet.name, headerRow: header.number, headerRows: best.count, titles: titles.map(\.1))
        let repeats = Set(below.indices.filter { isRepeat(below, $0) })
        found.repeatedHeaders = repeats.count
        var rows = below.indices.filter { !repeats.contains($0) }.map { below[$0] }
        found.firstRows = [titles.map(\.1)] + rows.prefix(4).map { row in titles.map { row.cells[$0.0]?.text ?? "" } }
        // What other sheets with the header hold shows as well what a column is for.
        for (index, other) in sheets.enumerated() where index != best.sheet && rows.count < SheetSample.mostRows {
            guard let start = other.rows.indices.prefix(60).first(where: { isRepeat(other.rows, $0) }) else { continue }
            rows += other.rows[(start + 1)...]
        }
        found.otherSheets = sheets.enumerated().filter { $0.offset != best.sheet && !$0.element.rows.isEmpty }.map {
            _, other in
            (other.name, other.rows.indices.prefix(60).contains { isRepeat(other.rows, $0) })
        }
        let above = sheet.rows[..<(best.row + 1 - best.count)].flatMap { row in
            row.cells.sorted { $0.key < $1.key }.map(\.value.text)
        }
        var maker = ColumnGuess(found: found, titles: titles, rows: rows, above: above)
        maker.make()
        suggestion = maker.found
        layout = maker.layout
    }

    private static func titles(_ rows: [Row], _ index: Int, _ count: Int) -> [(Int, String)] {
        HeaderRows.join(rows[(index + 1 - count)...index].map(\.texts)).sorted { $0.key < $1.key }.map { ($0, $1) }
    }

    /// How much a row, with those above it that it is a header with, looks like one: names that are known, and figures
    /// below.
    private static func score(_ rows: [Row], _ index: Int, _ count: Int) -> Int {
        let own = rows[index].cells.values.filter { $0.kind == .text && !$0.text.isEmpty }
        let texts: [String]
        if count == 1 {
            texts = own.map { $0.text.folded }
            guard texts.count >= 3 || texts.count == 2 && texts.allSatisfy(isSide) else { return 0 }
        } else {
            // A second row is one of a header where it says the same of several columns, which the first tells apart.
            let words = Set(own.map { $0.text.folded }), above = rows[index - 1].cells.values
            guard own.count >= 3, words.count < own.count, above.count(where: { $0.kind != .number }) >= 2,
                above.allSatisfy({ $0.kind != .number && !isAmount($0.text) })
            else { return 0 }
            texts = titles(rows, index, count).map { $0.1.folded }
        }
        guard Set(texts).count * 10 >= texts.count * 8 else { return 0 }
        let known = names.count { role in texts.contains { role.names.contains($0) } }
        let periods = Set(texts.compactMap { PeriodTitle($0)?.period }).count
        let figuresBelow = rows[(index + 1)...].prefix(8).contains {
            $0.cells.values.contains { $0.kind == .number || isAmount($0.text) }
        }
        // A row of figures or dates is one of the table's own.
        let figuresHere = rows[index].cells.values.count {
            $0.kind == .number || $0.kind == .date || isAmount($0.text) || CalendarDate(exported: $0.text) != nil
        }
        guard figuresBelow else { return 0 }
        return known * 4 + min(periods, 6) + min(texts.count, 6) - figuresHere * 4
    }

    private static func isSide(_ title: String) -> Bool {
        names.contains { [.debit, .credit].contains($0.role) && $0.names.contains(title) }
    }

    static func isAmount(_ text: String) -> Bool {
        guard text.utf8.count < 32, case .amount = AmountReader.read(text) else { return false }
        return true
    }
}
