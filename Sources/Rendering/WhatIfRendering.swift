internal import Ledger
internal import Sharing
public import Statements
public import Sterling

/// A change's two statements and their difference; and what many variants come to.
public enum WhatIfRendering {
    public static func text(_ change: String, _ difference: StatementDifference, _ format: AmountFormat) -> String {
        let outturn = difference.before
        var text = "\(outturn.agreement.chart.partnership)\nWhat if \(outturn.ledger.year)\(outturn.upTo.map { " to \($0)" } ?? ""): \(change)\n\(format.caption)\n\n"
        for table in tables(difference) { text += table.text(format) + "\n" }
        if difference.isNothing { text += "Nothing changes.\n" }
        return text
    }

    /// As it is, as it would be, the difference, and the reserves.
    public static func tables(_ difference: StatementDifference) -> [FigureTable] {
        let labels = difference.before.members.map(\.label) + ["Total"]
        let columns = zip(difference.before.members.map(\.name.text) + ["total"], labels).map { FigureTable.Column($0, $1) }
        func statement(_ key: String, _ title: String, _ caption: String, _ amounts: (StatementDifference.Row) -> [Money]) -> FigureTable {
            var table = FigureTable(key: key, title: title, caption: caption, columns: columns)
            for row in difference.rows { table.add(row.label, amounts(row), isTotal: isTotal(row.content)) }
            return table
        }
        var reserves = FigureTable(
            key: "reserves", title: "Reserves carried forward", caption: "more than nought is held",
            columns: [.init("before", "As it is"), .init("after", "What if"), .init("difference", "Difference")])
        for (before, after) in zip(difference.before.reserves, difference.after.reserves) {
            reserves.add(difference.before.agreement.chart.label(before.member), [before.carriedForward, after.carriedForward, after.carriedForward - before.carriedForward])
        }
        let sums = (difference.before.reserves.map(\.carriedForward).sum(), difference.after.reserves.map(\.carriedForward).sum())
        reserves.add("Total", [sums.0, sums.1, sums.1 - sums.0], isTotal: true)
        return [
            statement("before", "As it is", "the statement's signs") { $0.before },
            statement("after", "What if", "the statement's signs") { $0.after },
            statement("difference", "Difference", "what if, less as it is") { $0.difference },
            reserves,
        ]
    }

    private static func isTotal(_ content: StatementLayout.Content) -> Bool {
        switch content {
        case .total, .netOutturn, .carriedForward: true
        default: false
        }
    }

    /// One row a variant: what it adds to each member's reserve by the last year's end.
    public static func summary(_ variants: [(text: String, differences: [StatementDifference])]) -> FigureTable? {
        guard let first = variants.first?.differences.last else { return nil }
        let years = variants[0].differences.map(\.before.ledger.year)
        let span = years.count > 1 ? "\(years.first!) to \(years.last!)" : "\(years[0])"
        var table = FigureTable(
            key: "variants", title: "\(variants.count) variants, \(span)", caption: "what each adds to the reserves carried forward, and the most that it moves of a member's net outturn in a year",
            columns: first.before.members.map { .init($0.name.text, $0.label) } + [.init("total", "Total"), .init("mostMoved", "Most moved")])
        for (text, differences) in variants {
            guard let last = differences.last else { continue }
            let moved = zip(last.before.reserves, last.after.reserves).map { $1.carriedForward - $0.carriedForward }
            let nets = differences.flatMap { difference in
                difference.rows.first { $0.content == .netOutturn }?.difference.dropLast().map(\.magnitude) ?? []
            }
            table.add(text, moved + [moved.sum(), nets.max() ?? .zero])
        }
        return table
    }
}
