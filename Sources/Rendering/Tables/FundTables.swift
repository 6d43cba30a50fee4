public import Agreements
internal import Ledger
internal import Statements
internal import Sterling

extension StatementDocument {
    /// Funds, schemes and gifts in kind: beside the members' columns, and in none of their totals.
    var sideTables: [FigureTable] { [fundTable, schemeTable, inKindTable, reserveTable].compactMap { $0 } }

    /// Each member's reserve at the end of each year, where there is more than one.
    private var reserveTable: FigureTable? {
        guard reserveHistory.count > 1,
            !reserveHistory.allSatisfy({ ($0.broughtForward + $0.carriedForward).allSatisfy(\.isZero) })
        else { return nil }
        let first = reserveHistory[0]
        var table = FigureTable(
            key: "reservesOverYears", title: "Reserves over the years",
            caption: "\(format.caption), by member, at the end of each year; more than zero is money held",
            columns: [.init("broughtForward", "Brought forward \(first.year)")]
                + reserveHistory.map { .init("\($0.year)", "\($0.year)") })
        for (index, member) in outturn.members.enumerated() {
            table.add(member.label, [first.broughtForward[index]] + reserveHistory.map { $0.carriedForward[index] })
        }
        if outturn.members.count > 1 {
            table.add(
                "Total", [first.broughtForward.sum()] + reserveHistory.map { $0.carriedForward.sum() }, isTotal: true)
        }
        return table
    }

    /// Law 7: as what a balance is held, by whom, and for whom.
    private func held(_ fund: FundRollForward) -> String {
        guard !fund.standing.isEmpty, !fund.carriedForward.isNegative else { return fund.standing }
        let chart = outturn.agreement.chart
        let holder = chart.funds.first { $0.name == fund.term.name }.map { ", by \(chart.label($0.holder))" } ?? ""
        let owner =
            switch fund.term.owner {
            case .member(let name)?: ", for \(chart.label(name))"
            case .contributor(let name)?: ", for \(chart.label(name))"
            case nil: ""
            }
        return fund.standing + holder + owner
    }

    private var fundTable: FigureTable? {
        guard !outturn.funds.isEmpty else { return nil }
        let isAnyAdjusted = outturn.funds.contains { !$0.adjustment.isZero }
        let isAnyShared = outturn.funds.contains { !$0.contribution.isZero }
        let isAnyLeft = outturn.funds.contains { !$0.shared.isZero }
        let isAnyReturned = outturn.funds.contains { !$0.returned.isZero }
        let all: [(isShown: Bool, column: FigureTable.Column, figure: (FundRollForward) -> FigureTable.Cell)] = [
            (true, .init("broughtForward", "Brought forward"), { .amount($0.broughtForward) }),
            (isAnyAdjusted, .init("adjustment", "Adjusted"), { .amount($0.adjustment) }),
            (true, .init("received", "Received"), { .amount($0.received) }),
            (true, .init("used", "Used"), { .amount(-$0.used) }),
            (isAnyShared, .init("contribution", "Of the net outturn"), { .amount($0.contribution) }),
            (isAnyReturned, .init("returned", "To be returned"), { .amount(-$0.returned) }),
            (isAnyLeft, .init("shared", "Shared"), { .amount(-$0.shared) }),
            (
                true,
                .init(
                    "carriedForward", "Carried forward",
                    of: ["broughtForward", "adjustment", "received", "used", "contribution", "returned", "shared"].map {
                        ($0, 1)
                    }), { .amount($0.carriedForward) }
            ),
            (true, .init("awardLeft", "Award left"), { $0.awardLeft.map { .amount($0) } ?? .none }),
            (outturn.funds.contains { !held($0).isEmpty }, .init("heldAs", "Held as"), { .text(held($0)) }),
        ]
        let shown = all.filter(\.isShown)
        var table = FigureTable(
            key: "funds", title: "Funds and grants",
            caption:
                "\(format.caption), outside the members' reserves; more than zero is held, less is still to be "
                + "received",
            columns: shown.map(\.column))
        for fund in outturn.funds {
            table.add(outturn.agreement.chart.label(fund.term.name), shown.map { $0.figure(fund) })
        }
        return table
    }

    private var schemeTable: FigureTable? {
        guard !outturn.agreement.schemes.isEmpty else { return nil }
        var table = FigureTable(
            key: "schemes", title: "Schemes",
            caption: "\(format.caption); variance is actual less budget, virements included",
            columns: [
                .init("lead", "Lead"), .init("budget", "Budget"), .init("actual", "Actual"),
                .init("variance", "Variance", of: [("actual", 1), ("budget", -1)]),
            ])
        for scheme in outturn.agreement.schemes {
            let lines = scheme.headings.map { BudgetLine.heading($0) }
            let budget = lines.compactMap { outturn.ledger.revisedBudget($0, upTo: outturn.upTo) }.sum()
            let actual = outturn.rows.filter { row in lines.contains { row.content == .line($0) } }.map(\.total).sum()
            table.add(
                scheme.title,
                [
                    .text(outturn.agreement.chart.label(scheme.lead)), .amount(budget), .amount(actual),
                    .amount(actual - budget),
                ])
        }
        return table
    }

    private var inKindTable: FigureTable? {
        guard !outturn.ledger.inKind.isEmpty else { return nil }
        var table = FigureTable(
            key: "inKind", title: "In kind",
            caption: "\(format.caption), given otherwise than in money, and in no total of this statement",
            columns: [
                .init("value", "Value"), .init("cashInLieu", "Cash in lieu"), .init("countsFor", "Counts for"),
                .init("basis", "Valued by"),
            ])
        for gift in outturn.ledger.inKind {
            table.add(
                "\(gift.from): \(gift.what)",
                [
                    .amount(gift.value), .amount(gift.cashInLieu),
                    .text(gift.countsFor.map { outturn.agreement.chart.label($0) } ?? ""), .text(gift.basis),
                ])
        }
        table.add(
            "Total in kind",
            [
                .amount(outturn.ledger.inKind.map(\.value).sum()),
                .amount(outturn.ledger.inKind.map(\.cashInLieu).sum()), .blank, .blank,
            ], isTotal: true)
        return table
    }

    /// `1. ...`, with `(a)` below: the clauses that the figures rest on.
    public static func text(_ clauses: [Clause]) -> String {
        clauses.enumerated().map { index, clause in
            let head = wrapped("\(index + 1). \(clause.text)", first: "  ", rest: "     ")
            return head
                + clause.writtenParts.enumerated().map { part, text in
                    wrapped("(\(Clause.letter(part))) \(text)", first: "     ", rest: "         ")
                }.joined()
        }.joined()
    }

    /// Lines of at most a hundred characters.
    private static func wrapped(_ text: String, first: String, rest: String) -> String {
        var lines: [String] = []
        var line = first
        for word in text.split(separator: " ") {
            if line.count + 1 + word.count > 100, line.contains(where: { $0 != " " }) {
                lines.append(line)
                line = rest
            }
            line += (line.last == " " || line.isEmpty ? "" : " ") + word
        }
        return (lines + [line]).map { $0 + "\n" }.joined()
    }
}
