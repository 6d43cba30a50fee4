internal import Findings
internal import Ledger
internal import Sterling

extension YearTable {
    static let invoices = YearTable(
        "invoices", "what contributors, and members that pay another, were invoiced, and what became of it",
        columns: [
            Column("invoice", .reference), Column("from", .memberOrContributor), Column("to", .member),
            Column("date", .date),
            Column("due", .date), Column("net", .amount(.natural)), Column("vat", .amount(.natural)),
            Column("received", .amount(.natural)), .optional("vat treatment", .words),
            .optional("received on", .date), .optional("written off", .amount(.natural)),
        ],
        reader: .whole { $0.readInvoices($1, $2) })
}

extension YearTables {
    /// `invoice, from, to, date, due, net, vat, received`, and if need be `vat treatment, received on, written off`.
    mutating func readInvoices(_ table: Table, _ columns: TableColumns) {
        let treatment = columns["vat treatment"], receivedOn = columns["received on"],
            writtenOff = columns["written off"]
        // Another sheet may have been read before.
        var numbers = Set(ledger.invoices.map(\.number))
        for row in table.rows {
            guard let to = member(row, columns[2]) else { continue }
            guard let from = party(row.fields[columns[1]]) else {
                report(
                    .nameUnknown(
                        .memberOrContributor,
                        known: chart.contributors.map(\.name.text) + chart.members.map(\.name.text)),
                    at: row.place(columns[1]), found: row.fields[columns[1]])
                continue
            }
            if from == .member(to) {
                report(.invoiceToItself, at: row.place(columns[1]), found: row.fields[columns[1]])
                continue
            }
            guard let date = day(row, columns[3]), let due = day(row, columns[4]) else {
                for column in [columns[3], columns[4]] where row.fields[column].isEmpty {
                    report(.incomplete(.invoiceDates), at: row.place(column))
                }
                continue
            }
            guard let net = amount(row.fields[columns[5]], row.place(columns[5])) else {
                report(.amountMissing(of: .invoice), at: row.place(columns[5])); continue
            }
            if !numbers.insert(row.fields[columns[0]]).inserted {
                report(
                    .entryTwice(.invoiceNumber), at: row.place(columns[0]),
                    found: row.fields[columns[0]])
            }
            let vat = amount(row.fields[columns[6]], row.place(columns[6])) ?? .zero
            let received = amount(row.fields[columns[7]], row.place(columns[7])) ?? .zero
            let off = writtenOff.flatMap { amount(row.fields[$0], row.place($0)) } ?? .zero
            let words = treatment.map { row.fields[$0] } ?? ""
            if !vat.isZero, words.isEmpty {
                report(.vatUnexplained, at: row.place(columns[6]), found: row.fields[columns[6]])
            }
            if received + off > net + vat, !net.isNegative {
                report(.receivedTooMuch, at: row.place(columns[7]), found: row.fields[columns[7]])
            }
            if received.isNegative || off.isNegative, !net.isNegative {
                report(.amountNegative, at: row.place(columns[7]), found: row.fields[columns[7]])
            }
            ledger.invoices.append(
                Invoice(
                    number: row.fields[columns[0]], from: from, to: to, date: date, due: due, net: net, vat: vat,
                    vatTreatment: words, received: received,
                    receivedOn: day(row, receivedOn), writtenOff: off, place: row.place(columns[5])))
        }
    }
}
