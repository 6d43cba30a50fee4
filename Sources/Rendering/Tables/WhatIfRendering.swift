internal import Agreements
internal import Ledger
public import Statements
public import Sterling

/// A change's two statements and their difference; and what many variants come to.
public enum WhatIfRendering {
    /// - Parameter change: as it was written.
    public static func text(_ change: String, _ difference: StatementDifference, _ format: AmountFormat) -> String {
        let outturn = difference.before
        var text =
            "\(outturn.agreement.chart.partnership)\n"
            + "What if \(outturn.ledger.year)\(outturn.upTo.map { " to \($0)" } ?? ""): \(change)\n"
            + "\(format.caption)\n\n"
        for table in tables(difference) { text += table.text(format) + "\n" }
        if difference.isNothing { text += "Nothing changes.\n" }
        return text
    }

    /// As it is, as it would be, the difference, and the reserves.
    public static func tables(_ difference: StatementDifference) -> [FigureTable] {
        let labels = difference.before.members.map(\.label) + ["Total"]
        let columns = zip(difference.before.members.map(\.name.text) + ["total"], labels).map {
            FigureTable.Column($0, $1)
        }
        func statement(
            _ key: String, _ title: String, _ caption: String, _ amounts: (StatementDifference.Row) -> [Money]
        ) -> FigureTable {
            var table = FigureTable(key: key, title: title, caption: caption, columns: columns)
            for row in difference.rows { table.add(row.label, amounts(row), isTotal: isTotal(row.content)) }
            return table
        }
        var reserves = FigureTable(
            key: "reserves", title: "Reserves carried forward", caption: "more than zero is held",
            columns: [.init("before", "As it is"), .init("after", "What if"), .init("difference", "Difference")])
        for (before, after) in zip(difference.before.reserves, difference.after.reserves) {
            reserves.add(
                difference.before.agreement.chart.label(before.member),
                [before.carriedForward, after.carriedForward, after.carriedForward - before.carriedForward])
        }
        let sums = (
            difference.before.reserves.map(\.carriedForward).sum(),
            difference.after.reserves.map(\.carriedForward).sum()
        )
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

    /// What a variant comes to; small, so that thousands can be held.
    public struct Variant: Sendable {
        let text: String
        let years: [String]
        let members: [(name: String, label: String)]
        /// What it adds to each member's net outturn, all years together.
        let moved: [Money]
        /// What it adds to what funds were given of the net outturn.
        let funds: Money
        let reserves: Money

        /// - Parameter differences: one a year, at least one.
        public init(_ text: String, _ differences: [StatementDifference]) {
            func net(_ outturn: Outturn) -> [Money] {
                outturn.members.indices.map { column in
                    outturn.rows.filter { [.netOutturn, .sharedNetOutturn].contains($0.content) }.map {
                        $0.amounts[column]
                    }.sum()
                }
            }
            let first = differences[0].before, last = differences[differences.count - 1]
            self.text = text
            years = differences.map { "\($0.before.ledger.year)" }
            members = first.members.map { ($0.name.text, $0.label) }
            let nets = differences.map { zip(net($0.after), net($0.before)).map { $0 - $1 } }
            moved = first.members.indices.map { column in nets.map { $0[column] }.sum() }
            funds = differences.map {
                $0.after.funds.map(\.contribution).sum() - $0.before.funds.map(\.contribution).sum()
            }.sum()
            reserves = zip(last.before.reserves, last.after.reserves).map { $1.carriedForward - $0.carriedForward }
                .sum()
        }
    }

    /// One row a variant: what it adds to each member's net outturn, and where that ends up.
    public static func summary(_ variants: [Variant]) -> FigureTable? {
        guard let first = variants.first else { return nil }
        var table = FigureTable(
            key: "variants",
            title:
                "\(variants.count) variant\(variants.count == 1 ? "" : "s"), "
                + "\(first.years.count > 1 ? "\(first.years[0]) to \(first.years.last!)" : first.years[0])",
            caption:
                "what each adds to the members' net outturn\(first.years.count > 1 ? ", all years together" : ""), "
                + "and where that ends up; more than zero leaves them better off",
            columns: first.members.map { .init($0.name, $0.label) } + [
                .init("total", "Total"), .init("reserves", "In reserves"), .init("elsewhere", "Elsewhere"),
            ])
        for variant in variants {
            let total = variant.moved.sum() + variant.funds
            table.add(variant.text, variant.moved + [total, variant.reserves, total - variant.reserves])
        }
        return table
    }
}
