internal import Agreements
internal import Findings
internal import Ledger
internal import Sterling
internal import Statements
internal import Checks

extension StatementDocument {
    /// For the terminal.
    public var text: String {
        var parts = [
            "\(partnership)\nOutturn statement \(year), \(span) - \(status)\n\(format.caption). \(signsSentence)\n",
            statementTable,
        ]
        if !variances.rows.isEmpty {
            parts.append(
                "Budget and variance (actual less budget; the word says whether it is good for the partnership)\n\n"
                    + varianceTable)
        }
        if !contributions.rows.isEmpty {
            parts.append(
                "Contributions, agreed and posted (approved budgets are read from the budget, and posted nowhere)\n\n"
                    + contributionTable)
        }
        for table in sideTables { parts.append(table.text(format)) }
        parts.append("Notes\n" + notes.map { "  - \($0)\n" }.joined())
        parts.append("The agreement\n" + Self.text(outturn.agreement.clauses))
        parts.append(
            "\(ChecksRendering.count(checks)); \(FindingsRendering.counts(findings)). Books \(digest.prefix(12)).\n")
        return parts.joined(separator: "\n")
    }

    private var statementTable: String {
        var table = TextTable()
        table.add(.cells([""] + columns))
        for (section, rows) in printedSections where !rows.isEmpty {
            table.add(.heading(section.title))
            for (row, _, figures) in rows {
                if row.isTotal { table.add(.rule("-")) }
                table.add(.cells(["  " + row.label] + figures))
                if row.content == .carriedForward || row.content == .netOutturn { table.add(.rule("=")) }
            }
            table.add(.blank)
        }
        return table.text
    }

    private var varianceTable: String {
        var table = TextTable()
        table.add(.cells(["", outturn.upTo == nil ? "Budget" : "Full-year budget", "Actual", "Variance", ""]))
        for row in variances.rows {
            let printed = printed(row)
            table.add(
                .cells(["  " + row.label, printed.budget, printed.actual, printed.variance, row.direction.rawValue]))
            if let explanation = row.explanation { table.add(.heading("      \(explanation)")) }
        }
        return table.text
    }

    private var contributionTable: String {
        var table = TextTable()
        let last = contributions.years.count - 1
        let earlier = contributions.years.indices.dropLast()
        table.add(
            .cells([""] + earlier.map { "\(contributions.years[$0])" } + ["\(year) agreed", "posted", "difference"]))
        func cell(_ amount: Money?) -> String { amount.map(figure) ?? "N/A" }
        for row in contributions.rows {
            table.add(
                .cells(
                    ["  " + row.label] + earlier.map { cell(row.contributed($0)) } + [
                        cell(row.agreed[last]), cell(row.posted[last]), cell(row.difference(last)),
                    ]))
        }
        table.add(.rule("-"))
        func total(_ figure: (ContributionTable.Row) -> Money?) -> String { self.figure(contributions.total(figure)) }
        table.add(
            .cells(
                ["  Total"] + earlier.map { year in total { $0.contributed(year) } } + [
                    total { $0.agreed[last] }, total { $0.posted[last] }, total { $0.difference(last) },
                ]))
        return table.text
    }
}
