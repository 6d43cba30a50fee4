internal import Findings
internal import Ledger
internal import Sterling

extension YearTable {
    /// The table of year-end entries; a year's close names its document, because the year after takes them back.
    public static let closing = YearTable(
        "closing", "year-end entries, posted in P13 and taken back in P1 of the next year",
        columns: [
            Column("kind", .oneOf(["accrual", "prepayment", "debtor", "receipt in advance"])),
            Column("ledger of", .member), Column("line", .line), Column("amount", .amount(.notNegative)),
            Column("document", .reference), Column("reason", .words), .optional("concerning", .member),
        ],
        addsUp: true,
        reader: .whole { $0.readClosing($1, $2) })
}

extension YearTables {
    /// `kind, ledger of, line, amount, document, reason`, and if need be `concerning`: what is entered at
    /// the year's end, and reversed as the next begins.
    mutating func readClosing(_ table: Table, _ columns: TableColumns) {
        let concerningColumn = columns["concerning"]
        for row in table.rows {
            guard let member = member(row, columns[1]), let line = line(row, columns[2]),
                let amount = positive(row, columns[3])
            else { continue }
            let isCost: Bool
            let account: Account
            switch line {
            case .heading(let name): (isCost, account) = (chart.heading(name)?.kind == .cost, .heading(name))
            case .contribution(let name): (isCost, account) = (false, .cash(.contributor(name)))
            case .approvedBudget:
                report(.approvedBudgetPosted, at: row.place(columns[2]), found: row.fields[columns[2]])
                continue
            }
            let adds: Bool
            switch (row.fields[columns[0]].lowercased(), isCost) {
            case ("accrual", true), ("debtor", false): adds = true
            case ("prepayment", true), ("receipt in advance", false): adds = false
            default:
                report(.yearEndEntryWrong(isCost: isCost), at: row.place(columns[0]), found: row.fields[columns[0]])
                continue
            }
            if row.fields[columns[4]].isEmpty || row.fields[columns[5]].isEmpty {
                report(.incomplete(.yearEndEntry), at: row.place(columns[4]));
                continue
            }
            var concerning: Name<Member>?
            if let concerningColumn, !row.fields[concerningColumn].isEmpty {
                concerning = self.member(row, concerningColumn)
                if concerning == nil { continue }
            }
            let entry = YearEndEntry(
                kind: row.fields[columns[0]], ledgerOf: member, account: account, amount: amount,
                isToAccount: isCost == adds,
                concerning: concerning, document: row.fields[columns[4]], reason: row.fields[columns[5]],
                place: row.place(columns[3]))
            ledger.yearEndEntries.append(entry)
            ledger.postings.append(entry, isReversal: false)
        }
    }
}
