internal import Findings
internal import Ledger
internal import Sterling

extension YearTable {
    static let inKind = YearTable(
        "in-kind", "what is given that isn't money, valued, or as days and a rate",
        columns: [
            Column("from", .memberOrContributor), Column("what", .words), Column("basis", .words),
            .optional("days", .days), .optional("rate", .amount(.notNegative)),
            .optional("value", .amount(.notNegative)), .optional("counts for", .fund, note: "a grant"),
            .optional("cash in lieu", .amount(.notNegative)),
        ],
        reader: .whole { $0.readInKind($1, $2) })
}

extension YearTables {
    /// `from, what, days, rate, value, basis, counts for, cash in lieu`: what is given in kind, and how it was valued.
    mutating func readInKind(_ table: Table, _ columns: TableColumns) {
        let daysColumn = columns["days"], rateColumn = columns["rate"], valueColumn = columns["value"]
        let forColumn = columns["counts for"], lieuColumn = columns["cash in lieu"]
        for row in table.rows {
            let from = row.fields[columns[0]]
            let label: String
            if let member = chart.member(written: from) {
                label = chart.label(member)
            } else if let contributor = chart.contributor(written: from) {
                label = chart.label(contributor)
            } else {
                broken(
                    row.place(columns[0]), from, "no member or contributor has this name",
                    Nearest.hint(from, in: chart.members.map(\.name.text) + chart.contributors.map(\.name.text)))
                continue
            }
            let place = row.place(valueColumn ?? rateColumn ?? columns[0])
            var value = valueColumn.flatMap { amount(row.fields[$0], row.place($0)) }
            let rate = rateColumn.flatMap { amount(row.fields[$0], row.place($0)) }
            let daysText = daysColumn.map { row.fields[$0] } ?? ""
            if let rate, let days = Self.days(daysText) {
                // Half days are common, so days are counted in hundredths.
                guard let product = rate.timesHundredths(days) else {
                    broken(
                        place, daysText, "days times rate is more than any gift is worth", "mend the days or the rate")
                    continue
                }
                if let value, value != product {
                    broken(
                        place, "\(value)", "the value is not days times rate, which is \(product)",
                        "mend one of the three")
                }
                value = product
            } else if !daysText.isEmpty || rate != nil {
                broken(
                    row.place(daysColumn ?? rateColumn ?? columns[0]), daysText, "days and a rate go together",
                    "give both, such as 12.5 and 180.00, or the value alone")
                continue
            }
            let lieu = lieuColumn.flatMap { amount(row.fields[$0], row.place($0)) } ?? .zero
            guard let value else {
                broken(place, nil, "nothing says what it is worth", "give the value, or days and a rate")
                continue
            }
            if row.fields[columns[2]].isEmpty {
                broken(
                    row.place(columns[2]), nil, "nothing says how it was valued",
                    "name the basis, such as: the hall's hire rate")
            }
            var fund: Name<Fund>?
            if let forColumn, !row.fields[forColumn].isEmpty {
                fund = chart.fund(written: row.fields[forColumn])?.name
                if fund == nil {
                    broken(
                        row.place(forColumn), row.fields[forColumn], "no grant has this name",
                        Nearest.hint(row.fields[forColumn], in: chart.funds.map(\.name.text)))
                }
            }
            if value.isNegative || lieu.isNegative {
                broken(place, "\(value)", "a gift is not less than nothing", "write it without a minus"); continue
            }
            ledger.inKind.append(
                InKind(
                    from: label, what: row.fields[columns[1]], value: value, basis: row.fields[columns[2]],
                    countsFor: fund, cashInLieu: lieu, place: place))
        }
    }

    /// Days in hundredths: `12.5` is 1,250.
    private static func days(_ text: String) -> Int? {
        guard !text.isEmpty, case .amount(let amount, marker: .none) = AmountReader.read(text), !amount.isNegative
        else { return nil }
        return amount.pence
    }
}
