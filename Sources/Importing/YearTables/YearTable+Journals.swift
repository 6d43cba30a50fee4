internal import Findings
internal import Ledger
internal import Sheets
internal import Sterling

extension YearTable {
    static let journals = YearTable(
        "journals", "numbered journals, each from one account to another",
        columns: [
            Column("journal", .reference), Column("period", .period), Column("ledger of", .member),
            Column("from", .account, note: "cash, suspense, reserve, a fund, a heading or a contributor"),
            Column("to", .account), Column("amount", .amount(.natural)), Column("reason", .words),
            .optional("date", .date), .optional("concerning", .member, note: "the member concerned"),
        ],
        reader: .streamed { (tables, content, file) throws(FileFailure) in try tables.readJournals(content, file: file)
        })
}

extension YearTables {
    /// `journal, period, ledger of, from, to, amount, reason`, and if need be `date` and `concerning`.
    ///
    /// From and to are `cash`, `suspense`, `reserve`, a fund, a heading or a contributor: clearing suspense is
    /// a line from suspense to a heading, an appropriation one from cash to reserve.
    struct JournalColumns {
        let journal, period, ledgerOf, from, to, amount, reason: Int
        let date, concerning: Int?
    }

    /// - Parameter table: its header is enough.
    mutating func journalColumns(_ table: Table) -> JournalColumns? {
        guard let found = columns(table, .journals) else { return nil }
        return JournalColumns(
            journal: found[0], period: found[1], ledgerOf: found[2], from: found[3], to: found[4], amount: found[5],
            reason: found[6], date: found["date"], concerning: found["concerning"])
    }

    /// - Returns: the accounts, where the row became a posting.
    @discardableResult
    mutating func readJournal(_ row: Table.Row, _ columns: JournalColumns) -> (
        member: Name<Member>, from: Account, to: Account
    )? {
        guard let member = self.member(row, columns.ledgerOf) else { return nil }
        guard let period = Period(written: row.fields[columns.period]), period.number > 0 else {
            report(
                .periodUnreadable(mayBeForward: true), at: row.place(columns.period), found: row.fields[columns.period])
            return nil
        }
        var concerning: Name<Member>?
        if let column = columns.concerning, !row.fields[column].isEmpty {
            guard let name = self.member(row, column) else { return nil }
            concerning = name
        }
        let date = day(row, columns.date)
        let written = row.fields[columns.amount]
        if ["", "-"].contains(written) {
            report(.amountMissing(of: .journal), at: row.place(columns.amount))
        }
        guard let from = account(row, columns.from, member), let to = account(row, columns.to, member),
            let amount = amount(written, row.place(columns.amount))
        else { return nil }
        guard isLawful(from, to, of: member, row, columns) else { return nil }
        if amount.isNegative {
            negativeJournals.count += 1
            negativeJournals.first = negativeJournals.first ?? (row.place(columns.amount), written)
        }
        ledger.postings.append(
            amount: amount.magnitude, from: amount.isNegative ? to : from, to: amount.isNegative ? from : to,
            ledgerOf: member,
            concerning: concerning, period: period, date: date,
            description: row.fields[columns.reason], journal: row.fields[columns.journal],
            place: row.place(columns.amount))
        return (member, from, to)
    }

    /// Whether a journal may move money between two accounts; a finding where it may not.
    private mutating func isLawful(
        _ from: Account, _ to: Account, of member: Name<Member>, _ row: Table.Row, _ columns: JournalColumns
    ) -> Bool {
        let isFund = [from, to].contains { if case .fund = $0 { true } else { false } }
        let isReserve = [from, to].contains(.reserve(member)),
            hasContributor = [from, to].contains { if case .cash(.contributor) = $0 { true } else { false } }
        if (isReserve || isFund || hasContributor) && ![from, to].contains(.cash(.member(member))) {
            report(
                .movesOnlyCash(isReserve ? .reserve : isFund ? .fund : .contributor), at: row.place(columns.to),
                found: row.fields[columns.to])
            return false
        }
        if from == to {
            report(.movesNowhere(.journal), at: row.place(columns.to), found: row.fields[columns.to])
            return false
        }
        if row.fields[columns.reason].isEmpty || row.fields[columns.journal].isEmpty {
            report(
                .incomplete(.journal),
                at: row.place(row.fields[columns.journal].isEmpty ? columns.journal : columns.reason))
            return false
        }
        return true
    }

    private mutating func account(_ row: Table.Row, _ column: Int, _ member: Name<Member>) -> Account? {
        let text = row.fields[column]
        switch text.lowercased() {
        case "cash": return .cash(.member(member))
        case "suspense": return .suspense(member)
        case "reserve": return .reserve(member)
        default: break
        }
        if let heading = chart.heading(written: text) { return .heading(heading.name) }
        if let contributor = chart.contributor(written: text) { return .cash(.contributor(contributor)) }
        if let fund = chart.fund(written: text) { return .fund(fund.name) }
        let known = ["cash", "suspense", "reserve"] + chart.headings.map(\.name.text) + chart.funds.map(\.name.text)
        report(.nameUnknown(.account, known: known), at: row.place(column), found: text)
        return nil
    }
}
