internal import Ledger
internal import Sterling

extension Workbook.Sheet {
    /// A table on a sheet of its own: totals are sums and carried forward is what makes it, wherever they are.
    init(_ table: FigureTable) {
        let name = String(table.title.filter { !"[]:*?/\\'".contains($0) }.prefix(31)), first = Workbook.headerRow + 1
        self.init(
            name: name, title: table.title, basis: table.caption,
            columns: [.init(title: "Row", width: 44)]
                + table.columns.indices.map { column in
                    let isWords = !table.rows.contains { if case .amount = $0.cells[column] { true } else { false } }
                    return .init(
                        title: table.columns[column].title,
                        width: isWords ? 44 : max(13, min(24, table.columns[column].title.count + 2)),
                        isAmount: !isWords, wraps: isWords)
                })
        for (offset, row) in table.rows.enumerated() {
            let line = first + offset, style: Workbook.Style = row.isTotal ? .total : .plain
            rows.append(
                [.text(row.label, style)]
                    + row.cells.enumerated().map { column, value in
                        switch value {
                        case .amount(let amount):
                            if row.isTotal, offset > 0, table.sum(above: offset, column) == amount {
                                return .formula(
                                    .sum(CellRange(name, rows: first..<line, columns: (column + 1)..<(column + 2))),
                                    amount, style)
                            }
                            if let parts = table.parts(of: column, in: row) {
                                return .formula(
                                    .terms(
                                        parts.map {
                                            (CellReference(sheet: name, row: line, column: $0.column + 1), $0.sign)
                                        }), amount, style)
                            }
                            return .amount(amount, style)
                        case .none: return .text("N/A", style)
                        case .text(let text): return .text(text, style)
                        case .blank: return .blank
                        }
                    })
        }
    }
}

extension Workbook {
    /// An empty book that says on each printed page what it belongs to.
    init(of provenance: Provenance, title: String) {
        self.init(
            title: title, subject: provenance.subject, created: provenance.day, foot: provenance.shortFoot,
            format: provenance.format)
    }
}
