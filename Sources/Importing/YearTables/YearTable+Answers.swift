internal import Findings
internal import Ledger

extension YearTable {
    static let answers = YearTable(
        "answers", "warnings that somebody has looked at, and why they stand",
        columns: [
            Column("code", .reference), Column("place", .words, note: "as the warning names it"),
            Column("reason", .words), Column("by", .words, note: "a role"), Column("date", .date),
        ],
        reader: .whole { $0.readAnswers($1, $2) })
}

extension YearTables {
    /// `code, place, reason, by, date`
    mutating func readAnswers(_ table: Table, _ columns: TableColumns) {
        let codes = Finding.Code.allCases.filter { $0.severity == .warning }
        for row in table.rows {
            let written = row.fields[columns[0]].uppercased()
            guard let code = Finding.Code(rawValue: written) else {
                report(
                    .nameUnknown(.code, known: codes.map(\.rawValue)), at: row.place(columns[0]),
                    found: row.fields[columns[0]])
                continue
            }
            guard code.severity == .warning else {
                report(.answeredNoWarning(code.severity), at: row.place(columns[0]), found: written)
                continue
            }
            if let blank = [1, 2, 3, 4].first(where: { row.fields[columns[$0]].isEmpty }) {
                report(.incomplete(.answer), at: row.place(columns[blank]))
                continue
            }
            guard let date = day(row, columns[4]) else { continue }
            ledger.answers.append(
                Answer(
                    code: code, about: row.fields[columns[1]], reason: row.fields[columns[2]],
                    by: row.fields[columns[3]], date: date, place: row.place(columns[0])))
        }
    }
}
