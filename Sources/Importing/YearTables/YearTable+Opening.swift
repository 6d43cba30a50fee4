internal import Findings
internal import Ledger
internal import Sterling

extension YearTable {
    static let opening = YearTable(
        "opening", "balances of reserves, funds and grants",
        columns: [
            Column("reserve of", .memberOrFund, note: "a member or a fund"),
            Column("brought forward", .amount(.balance)),
            .optional("adjustment", .amount(.natural)),
            .optional("reason", .words),
            .optional("used before", .amount(.notNegative), note: "of a grant, in earlier years"),
        ],
        reader: .whole { $0.readOpening($1, $2) })
}

extension YearTables {
    /// `reserve of, brought forward, adjustment, reason`: a row a member, and perhaps a total.
    mutating func readOpening(_ table: Table, _ columns: TableColumns) {
        let adjustmentColumn = columns["adjustment"], reasonColumn = columns["reason"],
            usedColumn = columns["used before"]
        var sums = (broughtForward: Money.zero, adjustment: Money.zero)
        for row in table.rows {
            let name = row.fields[columns[0]]
            let place = row.place(columns[1])
            let broughtForward = amount(row.fields[columns[1]], place) ?? .zero
            let adjustment = adjustmentColumn.flatMap { amount(row.fields[$0], row.place($0)) } ?? .zero
            let reason = reasonColumn.map { row.fields[$0] } ?? ""
            if isTotal(name) {
                printedTotals.append(
                    PrintedTotal(
                        place: place, label: "brought forward", printed: broughtForward, computed: sums.broughtForward,
                        isCross: false))
                if let adjustmentColumn, !row.fields[adjustmentColumn].isEmpty {
                    printedTotals.append(
                        PrintedTotal(
                            place: row.place(adjustmentColumn), label: "adjustment", printed: adjustment,
                            computed: sums.adjustment, isCross: false))
                }
                continue
            }
            let used = usedColumn.flatMap { amount(row.fields[$0], row.place($0)) }
            if !adjustment.isZero, reason.isEmpty {
                report(.incomplete(.adjustment), at: row.place(adjustmentColumn!), found: row.fields[adjustmentColumn!])
            }
            if let fund = chart.fund(written: name) {
                if ledger.fundOpenings[fund.name] != nil {
                    report(.entryTwice(.openingOfFund), at: row.place(columns[0]), found: name)
                }
                if row.fields[columns[1]].isEmpty {
                    report(.nothingBroughtForward, at: place)
                }
                sums.broughtForward += broughtForward
                sums.adjustment += adjustment
                ledger.fundOpenings[fund.name] = FundOpening(
                    broughtForward: broughtForward, adjustment: adjustment, usedBefore: used ?? .zero, reason: reason,
                    place: place)
                continue
            }
            guard let member = chart.member(written: name) else {
                report(
                    .nameUnknown(.memberOrFund, known: chart.members.map(\.name.text) + chart.funds.map(\.name.text)),
                    at: row.place(columns[0]), found: name)
                continue
            }
            if used != nil {
                report(.usedBeforeOfReserve, at: row.place(usedColumn!), found: row.fields[usedColumn!])
            }
            if row.fields[columns[1]].isEmpty {
                report(.nothingBroughtForward, at: place)
            }
            if ledger.openings[member] != nil {
                report(.entryTwice(.openingOfMember), at: row.place(columns[0]), found: name)
                continue
            }
            sums.broughtForward += broughtForward
            sums.adjustment += adjustment
            ledger.openings[member] = OpeningBalance(
                broughtForward: broughtForward, adjustment: adjustment, reason: reason, place: place,
                adjustmentPlace: adjustmentColumn.map(row.place) ?? place)
        }
    }
}
