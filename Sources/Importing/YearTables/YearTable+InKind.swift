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
        addsUp: true,
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
                report(
                    .nameUnknown(
                        .memberOrContributor,
                        known: chart.members.map(\.name.text) + chart.contributors.map(\.name.text)),
                    at: row.place(columns[0]), found: from)
                continue
            }
            let place = row.place(valueColumn ?? rateColumn ?? columns[0])
            var value = valueColumn.flatMap { amount(row.fields[$0], row.place($0)) }
            let rate = rateColumn.flatMap { amount(row.fields[$0], row.place($0)) }
            let daysText = daysColumn.map { row.fields[$0] } ?? ""
            if let rate, let days = Self.days(daysText) {
                // Half days are common, so days are counted in hundredths.
                guard let product = rate.timesHundredths(days) else {
                    report(.inKindTooLarge, at: place, found: daysText)
                    continue
                }
                if let value, value != product {
                    report(.inKindValueDiffers(product: product), at: place, found: "\(value)")
                }
                value = product
            } else if !daysText.isEmpty || rate != nil {
                report(.inKindHalfReckoned, at: row.place(daysColumn ?? rateColumn ?? columns[0]), found: daysText)
                continue
            }
            let lieu = lieuColumn.flatMap { amount(row.fields[$0], row.place($0)) } ?? .zero
            guard let value else {
                report(.amountMissing(of: .gift), at: place)
                continue
            }
            if row.fields[columns[2]].isEmpty {
                report(.incomplete(.inKind), at: row.place(columns[2]))
            }
            var fund: Name<Fund>?
            if let forColumn, !row.fields[forColumn].isEmpty {
                fund = chart.fund(written: row.fields[forColumn])?.name
                if fund == nil {
                    report(
                        .nameUnknown(.grant, known: chart.funds.map(\.name.text)), at: row.place(forColumn),
                        found: row.fields[forColumn])
                }
            }
            if value.isNegative || lieu.isNegative {
                report(.amountNegative, at: place, found: "\(value)"); continue
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
