internal import Findings
internal import Ledger
internal import Sterling

extension YearTable {
    static let accruals = YearTable(
        "accruals", "costs accrued at the end of last year",
        columns: [
            Column("ledger of", .member), Column("document", .reference), Column("code", .reference),
            Column("amount", .amount(.debit)),
        ],
        reader: .whole { $0.readAccruals($1, $2) })
}

extension YearTables {
    /// `ledger of, document, code, amount`: costs accrued at the end of last year.
    mutating func readAccruals(_ table: Table, _ columns: TableColumns) {
        for row in table.rows {
            guard let member = chart.member(written: row.fields[columns[0]]) else {
                report(
                    .nameUnknown(.member, known: chart.members.map(\.name.text)), at: row.place(columns[0]),
                    found: row.fields[columns[0]])
                continue
            }
            guard let amount = amount(row.fields[columns[3]], row.place(columns[3])) else { continue }
            ledger.accrualsBroughtForward.append(
                AccrualBroughtForward(
                    ledgerOf: member, document: row.fields[columns[1]], code: row.fields[columns[2]], amount: amount,
                    place: row.place(columns[3])))
        }
    }
}
