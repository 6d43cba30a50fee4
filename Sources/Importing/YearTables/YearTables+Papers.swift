internal import Findings
internal import Ledger
internal import Sterling

/// The papers of a budget: virements, commitments, forecasts, requests to carry forward, year-end entries; and
/// invoices.
extension YearTables {
    private mutating func line(_ row: Table.Row, _ column: Int) -> BudgetLine? {
        if let line = line(row.fields[column]) { return line }
        broken(
            row.place(column), row.fields[column], "the agreement has no such line",
            Nearest.hint(row.fields[column], in: lineNames))
        return nil
    }

    private mutating func member(_ row: Table.Row, _ column: Int) -> Name<Member>? {
        if let member = chart.member(written: row.fields[column]) { return member }
        broken(
            row.place(column), row.fields[column], "no member has this name",
            Nearest.hint(row.fields[column], in: chart.members.map(\.name.text)))
        return nil
    }

    private mutating func positive(_ row: Table.Row, _ column: Int) -> Money? {
        guard let amount = amount(row.fields[column], row.place(column)) else {
            if row.fields[column].isEmpty || row.fields[column] == "-" {
                broken(row.place(column), nil, "the row has no amount", "give the amount")
            }
            return nil
        }
        if amount.isNegative {
            broken(
                row.place(column), row.fields[column], "the amount is less than nought",
                "write it without a minus; what it is, another column says");
            return nil
        }
        return amount
    }

    private mutating func day(_ row: Table.Row, _ column: Int?) -> CalendarDate? {
        guard let column, !row.fields[column].isEmpty else { return nil }
        if let date = CalendarDate(written: row.fields[column]) { return date }
        broken(row.place(column), row.fields[column], "the date can't be read", "write it as 2018-04-30 or 30/04/2018")
        return nil
    }

    /// `number, period, from, to, amount, agreed by, reason`
    public mutating func readVirements(_ table: Table) {
        guard let columns = columns(table, ["number", "period", "from", "to", "amount", "agreed by", "reason"]) else {
            return
        }
        for row in table.rows {
            guard let from = line(row, columns[2]), let to = line(row, columns[3]),
                let amount = positive(row, columns[4])
            else { continue }
            guard let period = Period(written: row.fields[columns[1]]), period.number > 0 else {
                broken(
                    row.place(columns[1]), row.fields[columns[1]], "the period can't be read",
                    "P1 to P16, April being P1")
                continue
            }
            if from == to {
                broken(
                    row.place(columns[3]), row.fields[columns[3]], "the virement moves budget from a line to itself",
                    "name two lines")
                continue
            }
            for column in [columns[5], columns[6]] where row.fields[column].isEmpty {
                broken(
                    row.place(column), nil, "a virement says who agreed it, and why",
                    "name a role, such as business manager or members, and the reason")
            }
            for (side, column) in [(from, columns[2]), (to, columns[3])]
            where ledger.budget.total(side, of: chart.members) == nil {
                broken(
                    row.place(column), row.fields[column], "the line has no budget to move",
                    "give it one in `budget`; a line that begins with nothing has 0.00")
            }
            ledger.virements.append(
                Virement(
                    number: row.fields[columns[0]], period: period, from: from, to: to, amount: amount,
                    agreedBy: row.fields[columns[5]], reason: row.fields[columns[6]], place: row.place(columns[4])))
        }
    }

    /// `line, amount, reference`
    public mutating func readCommitments(_ table: Table) {
        guard let columns = columns(table, ["line", "amount", "reference"]) else { return }
        for row in table.rows {
            guard let line = line(row, columns[0]), let amount = positive(row, columns[1]) else { continue }
            ledger.commitments.append(
                Commitment(line: line, amount: amount, reference: row.fields[columns[2]], place: row.place(columns[1])))
        }
    }

    /// `line, method, amount, reason`
    public mutating func readForecast(_ table: Table) {
        guard let columns = columns(table, ["line", "method", "amount", "reason"]) else { return }
        for row in table.rows {
            guard let line = line(row, columns[0]) else { continue }
            let method: ForecastEntry.Method
            switch row.fields[columns[1]].lowercased() {
            case "straight line", "straight-line": method = .straightLine
            case "last year's profile", "last year", "profile": method = .lastYearsProfile
            case "typed":
                guard let amount = amount(row.fields[columns[2]], row.place(columns[2])) else {
                    broken(
                        row.place(columns[2]), row.fields[columns[2]], "a typed forecast has an amount",
                        "give the year's whole, not what is still to come")
                    continue
                }
                if row.fields[columns[3]].isEmpty {
                    broken(row.place(columns[3]), nil, "a typed forecast has a reason", "say what it rests on")
                }
                method = .typed(amount)
            default:
                broken(
                    row.place(columns[1]), row.fields[columns[1]], "no way of forecasting has this name",
                    "write: straight line, last year's profile, or typed")
                continue
            }
            if ledger.forecasts[line] != nil {
                broken(
                    row.place(columns[0]), row.fields[columns[0]], "the line has two forecasts",
                    "remove one of the two rows");
                continue
            }
            ledger.forecasts[line] = ForecastEntry(
                line: line, method: method, reason: row.fields[columns[3]], place: row.place(columns[2]))
        }
    }

    /// `line, amount, reason, decision`
    public mutating func readCarryForward(_ table: Table) {
        guard let columns = columns(table, ["line", "amount", "reason", "decision"]) else { return }
        for row in table.rows {
            guard let line = line(row, columns[0]), let amount = positive(row, columns[1]) else { continue }
            let decision = row.fields[columns[3]].lowercased()
            if !["", "agreed", "refused"].contains(decision) {
                broken(
                    row.place(columns[3]), row.fields[columns[3]], "a request is agreed, refused, or not decided yet",
                    "write agreed or refused, or leave the cell blank")
            }
            if row.fields[columns[2]].isEmpty {
                broken(row.place(columns[2]), nil, "a request has a reason", "say what it is for")
            }
            ledger.carryForwardRequests.append(
                CarryForwardRequest(
                    line: line, amount: amount, reason: row.fields[columns[2]], decision: decision,
                    place: row.place(columns[1])))
        }
    }

    /// `kind, ledger of, line, amount, document, reason`, and if need be `concerning`: what is entered at
    /// the year's end, and reversed as the next begins.
    ///
    /// - Parameter isReversal: read for the year after, whose first period takes the entries back.
    public mutating func readClosing(_ table: Table, isReversal: Bool) {
        guard
            let columns = columns(
                table, ["kind", "ledger of", "line", "amount", "document", "reason"], optional: ["concerning"])
        else { return }
        let concerningColumn = table.column("concerning")
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
                broken(
                    row.place(columns[2]), row.fields[columns[2]], "an approved budget is no posting",
                    "name a heading or a contributor")
                continue
            }
            let adds: Bool
            switch (row.fields[columns[0]].lowercased(), isCost) {
            case ("accrual", true), ("debtor", false): adds = true
            case ("prepayment", true), ("receipt in advance", false): adds = false
            default:
                broken(
                    row.place(columns[0]), row.fields[columns[0]],
                    "this is no year-end entry for \(isCost ? "a cost" : "an income")",
                    isCost ? "write: accrual, or prepayment" : "write: debtor, or receipt in advance")
                continue
            }
            if row.fields[columns[4]].isEmpty || row.fields[columns[5]].isEmpty {
                broken(
                    row.place(columns[4]), nil, "a year-end entry has a document and a reason",
                    "number it, and say why it is made");
                continue
            }
            let cash = Account.cash(.member(member))
            let goesToLine = (isCost == adds) != isReversal
            ledger.postings.append(
                amount: amount, from: goesToLine ? cash : account, to: goesToLine ? account : cash, ledgerOf: member,
                concerning: concerningColumn.flatMap { chart.member(written: row.fields[$0]) },
                period: Period(isReversal ? 1 : 13)!,
                description: row.fields[columns[0]] + (isReversal ? " reversed: " : ": ") + row.fields[columns[5]],
                journal: row.fields[columns[4]], place: row.place(columns[3]))
        }
    }

    /// `invoice, from, to, date, due, net, vat, received`, and if need be `vat treatment, received on, written off`.
    public mutating func readInvoices(_ table: Table) {
        guard
            let columns = columns(
                table, ["invoice", "from", "to", "date", "due", "net", "vat", "received"],
                optional: ["vat treatment", "received on", "written off"])
        else { return }
        let treatment = table.column("vat treatment"), receivedOn = table.column("received on"),
            writtenOff = table.column("written off")
        var numbers: Set<String> = []
        for row in table.rows {
            guard let to = member(row, columns[2]) else { continue }
            guard let from = chart.contributor(written: row.fields[columns[1]]) else {
                broken(
                    row.place(columns[1]), row.fields[columns[1]], "no contributor has this name",
                    Nearest.hint(row.fields[columns[1]], in: chart.contributors.map(\.name.text)))
                continue
            }
            guard let date = day(row, columns[3]), let due = day(row, columns[4]) else {
                for column in [columns[3], columns[4]] where row.fields[column].isEmpty {
                    broken(
                        row.place(column), nil, "an invoice has a date, and a day on which it is due",
                        "write it as 2018-04-30")
                }
                continue
            }
            guard let net = amount(row.fields[columns[5]], row.place(columns[5])) else {
                broken(row.place(columns[5]), nil, "the invoice has no net amount", "give it"); continue
            }
            if !numbers.insert(row.fields[columns[0]]).inserted {
                broken(
                    row.place(columns[0]), row.fields[columns[0]], "two invoices have one number",
                    "number each invoice once")
            }
            let vat = amount(row.fields[columns[6]], row.place(columns[6])) ?? .zero
            let received = amount(row.fields[columns[7]], row.place(columns[7])) ?? .zero
            let off = writtenOff.flatMap { amount(row.fields[$0], row.place($0)) } ?? .zero
            let words = treatment.map { row.fields[$0] } ?? ""
            if !vat.isZero, words.isEmpty {
                broken(
                    row.place(columns[6]), row.fields[columns[6]], "the invoice charges VAT and doesn't say why",
                    "say in the column \"vat treatment\" how the supply is treated, such as standard-rated")
            }
            if received + off > net + vat, !net.isNegative {
                broken(
                    row.place(columns[7]), row.fields[columns[7]],
                    "more was received and written off than was invoiced",
                    "enter what was overpaid as an invoice of its own")
            }
            ledger.invoices.append(
                Invoice(
                    number: row.fields[columns[0]], from: from, to: to, date: date, due: due, net: net, vat: vat,
                    vatTreatment: words, received: received,
                    receivedOn: day(row, receivedOn), writtenOff: off, place: row.place(columns[5])))
        }
    }
}
