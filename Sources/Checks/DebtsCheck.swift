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
        let findings = invoices.compactMap { invoice -> Finding? in
            let isReceived = invoice.receivedOn.map { $0 <= end } ?? true
            let open = invoice.gross - (isReceived ? invoice.received : .zero) - invoice.writtenOff
            let days = end.dayNumber - invoice.due.dayNumber
            guard open > .zero, days > 90 else { return nil }
            return Finding(
                .debtOld, at: invoice.place, found: "\(open)",
                "invoice \(invoice.number) to \(year.outturn.agreement.chart.label(invoice.from)) was due on "
                    + "\(invoice.due), \(days) days before \(end), and \(open) of it is open",
                hint: "ask for it; what will not come is written off, and the column \"written off\" says so")
        }
        return CheckResult(CheckResult.count(invoices.count, "invoice"), findings)
    }
}
