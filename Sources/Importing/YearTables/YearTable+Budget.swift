internal import Findings
internal import Ledger
internal import Sterling

extension YearTable {
    static let budget = YearTable(
        "budget", "what each line may cost or bring",
        columns: [Column("line", .line), .optional("total", .amount(.natural))],
        hasMemberColumns: true, reader: .whole { $0.readBudget($1, $2) })

    static let explanations = YearTable(
        "explanations", "why a line differs from its budget",
        columns: [Column("line", .line), Column("explanation", .words)],
        reader: .whole { $0.readExplanations($1, $2) })
}

extension YearTables {
    /// `line, lbhf, rbkc, wcc, total`: a row a line. The partnership's budget may stand in `total` alone.
    mutating func readBudget(_ table: Table, _ columns: TableColumns) {
        let memberColumns = table.headers.enumerated().compactMap { index, title in
            chart.member(written: title).map { (index, $0) }
        }
        let totalColumn = columns["total"]
        for (index, (column, member)) in memberColumns.enumerated()
        where memberColumns[..<index].contains(where: { $0.1 == member }) {
            report(
                .memberColumnTwice, at: Place(table.source, row: 1, column: column + 1), found: table.headers[column])
        }
        var sums: [Int: Money] = [:]
        for row in table.rows {
            let name = row.fields[columns[0]]
            let figures = memberColumns.map { ($0.0, $0.1, amount(row.fields[$0.0], row.place($0.0))) }
            let total = totalColumn.flatMap { column in amount(row.fields[column], row.place(column)) }
            if self.line(name) == nil, isTotal(name) {
                for (column, _, printed) in figures {
                    if let printed {
                        printedTotals.append(
                            PrintedTotal(
                                place: row.place(column), label: table.headers[column], printed: printed,
                                computed: sums[column] ?? .zero, isCross: false))
                    }
                }
                if let total, let totalColumn {
                    printedTotals.append(
                        PrintedTotal(
                            place: row.place(totalColumn), label: "total", printed: total,
                            computed: sums[totalColumn] ?? .zero, isCross: false))
                }
                continue
            }
            guard let line = line(name) else {
                report(.nameUnknown(.line, known: lineNames), at: row.place(columns[0]), found: name)
                continue
            }
            if ledger.budget.totals[line] != nil
                || chart.members.contains(where: { ledger.budget.figure(line, $0.name) != nil })
            {
                report(.entryTwice(.budget), at: row.place(columns[0]), found: name)
                continue
            }
            for (column, member, figure) in figures {
                guard let figure else { continue }
                ledger.budget.figures[BudgetLineMember(line: line, member: member)] = Budget.Figure(
                    amount: figure, place: row.place(column))
                sums[column, default: .zero] += figure
            }
            if let total, let totalColumn {
                sums[totalColumn, default: .zero] += total
                if figures.contains(where: { $0.2 != nil }) {
                    printedTotals.append(
                        PrintedTotal(
                            place: row.place(totalColumn), label: name, printed: total,
                            computed: figures.compactMap(\.2).sum(), isCross: true))
                } else {
                    ledger.budget.totals[line] = Budget.Figure(amount: total, place: row.place(totalColumn))
                }
            }
        }
    }

    /// `line, explanation`.
    mutating func readExplanations(_ table: Table, _ columns: TableColumns) {
        for row in table.rows {
            let name = row.fields[columns[0]]
            guard let line = line(name) else {
                report(.nameUnknown(.line, known: lineNames), at: row.place(columns[0]), found: name)
                continue
            }
            guard !row.fields[columns[1]].isEmpty else { continue }
            ledger.explanations[line] = Explanation(text: row.fields[columns[1]], place: row.place(columns[1]))
        }
    }
}
