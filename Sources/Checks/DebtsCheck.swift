internal import Agreements
internal import Findings
internal import Ledger
internal import Statements
internal import Sterling

/// No contribution has been due for more than ninety days.
enum DebtsCheck: Check {
    static let title = "Contributions are paid when due"

    static func run(_ year: CheckedYear) -> CheckResult {
        let invoices = year.ledger.invoices
        guard !invoices.isEmpty else { return .notRun("no `invoices` table") }
        let end = year.ledger.year.lastDay(ofMonth: year.outturn.upTo?.month ?? 12)
        let findings = open(invoices, on: end).compactMap { invoice, open -> Finding? in
            let days = end.dayNumber - invoice.due.dayNumber
            guard open > .zero, days > 90 else { return nil }
            return Finding(
                .debtOld, at: invoice.place, found: "\(open)",
                "invoice \(invoice.number) to \(year.outturn.agreement.chart.label(invoice.from)) was due on "
                    + "\(invoice.due), \(days) days before \(end), and \(open) of it is open",
                hint: "ask for it; what will not come is written off, and the column \"written off\" says so")
        }
        return CheckResult(CheckResult.count(invoices.count, "invoice"), findings + unlikely(invoices))
    }

    /// What is open of each invoice on a day, in their order: credit notes of that day or before settle what the same
    /// body owes the same member, the oldest debt first.
    private static func open(_ invoices: [Invoice], on end: CalendarDate) -> [(invoice: Invoice, open: Money)] {
        var open = invoices.map { invoice in
            let isReceived = invoice.receivedOn.map { $0 <= end } ?? true
            return invoice.gross - (isReceived ? invoice.received : .zero) - invoice.writtenOff
        }
        let byAge = invoices.indices.sorted { (invoices[$0].due, $0) < (invoices[$1].due, $1) }
        for credit in byAge where open[credit].isNegative && invoices[credit].date <= end {
            for debt in byAge where open[debt] > .zero {
                guard invoices[debt].from == invoices[credit].from, invoices[debt].to == invoices[credit].to,
                    open[credit].isNegative
                else { continue }
                let settled = min(open[debt], -open[credit])
                open[debt] -= settled
                open[credit] += settled
            }
        }
        return Array(zip(invoices, open)).map { (invoice: $0, open: $1) }
    }

    /// Days and taxes that no invoice has.
    private static func unlikely(_ invoices: [Invoice]) -> [Finding] {
        invoices.flatMap { invoice -> [Finding] in
            var found: [Finding] = []
            let days = invoice.due.dayNumber - invoice.date.dayNumber
            if days < 0 || days > 366 {
                found.append(
                    Finding(
                        .invoiceDateUnlikely, at: invoice.place, found: invoice.due.description,
                        "invoice \(invoice.number) is of \(invoice.date) and due on \(invoice.due)",
                        hint: "mend the day that is mistyped"))
            }
            if let on = invoice.receivedOn, on.dayNumber < invoice.date.dayNumber - 366 {
                found.append(
                    Finding(
                        .invoiceDateUnlikely, at: invoice.place, found: on.description,
                        "invoice \(invoice.number) is of \(invoice.date), and was paid on \(on), more than a year "
                            + "before",
                        hint: "mend the day that is mistyped"))
            }
            if invoice.vat.magnitude.pence > invoice.net.magnitude.pence / 2 {
                found.append(
                    Finding(
                        .vatUnlikely, at: invoice.place, found: "\(invoice.vat)",
                        "invoice \(invoice.number) has a VAT of \(invoice.vat) on \(invoice.net)",
                        hint: "see whether the columns \"net\" and \"vat\" are exchanged"))
            }
            return found
        }
    }
}
