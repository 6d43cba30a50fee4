internal import Findings
internal import Ledger
internal import Sterling

extension YearTable {
    static let virements = YearTable(
        "virements", "budget moved from one line to another",
        columns: [
            Column("number", .reference), Column("period", .period), Column("from", .line), Column("to", .line),
            Column("amount", .amount(.notNegative)), Column("agreed by", .words, note: "a role"),
            Column("reason", .words),
        ],
        addsUp: true,
        reader: .whole { $0.readVirements($1, $2) })

    static let commitments = YearTable(
        "commitments", "ordered and not yet invoiced",
        columns: [Column("line", .line), Column("amount", .amount(.notNegative)), Column("reference", .reference)],
        addsUp: true,
        reader: .whole { $0.readCommitments($1, $2) })

    static let forecast = YearTable(
        "forecast", "how a line's year is forecast",
        columns: [
            Column("line", .line), Column("method", .oneOf(["straight line", "last year's profile", "typed"])),
            Column("amount", .amount(.natural)), Column("reason", .words),
        ],
        reader: .whole { $0.readForecast($1, $2) })

    static let carryForward = YearTable(
        "carry-forward", "asked to be spent next year out of this year's underspend",
        columns: [
            Column("line", .line), Column("amount", .amount(.notNegative)), Column("reason", .words),
            Column("decision", .oneOf(["agreed", "refused"]), note: "or blank"),
        ],
        addsUp: true,
        reader: .whole { $0.readCarryForward($1, $2) })
}

extension YearTables {
    /// `number, period, from, to, amount, agreed by, reason`
    mutating func readVirements(_ table: Table, _ columns: TableColumns) {
        for row in table.rows {
            guard let from = line(row, columns[2]), let to = line(row, columns[3]),
                let amount = positive(row, columns[4])
            else { continue }
            guard let period = Period(written: row.fields[columns[1]]), period.number > 0 else {
                report(.periodUnreadable(mayBeForward: false), at: row.place(columns[1]), found: row.fields[columns[1]])
                continue
            }
            if from == to {
                report(.movesNowhere(.virement), at: row.place(columns[3]), found: row.fields[columns[3]])
                continue
            }
            for column in [columns[5], columns[6]] where row.fields[column].isEmpty {
                report(.incomplete(.virement), at: row.place(column))
            }
            for (side, column) in [(from, columns[2]), (to, columns[3])]
            where ledger.budget.total(side, of: chart.members) == nil {
                report(.virementWithoutBudget, at: row.place(column), found: row.fields[column])
            }
            ledger.virements.append(
                Virement(
                    number: row.fields[columns[0]], period: period, from: from, to: to, amount: amount,
                    agreedBy: row.fields[columns[5]], reason: row.fields[columns[6]], place: row.place(columns[4])))
        }
    }

    /// `line, amount, reference`
    mutating func readCommitments(_ table: Table, _ columns: TableColumns) {
        for row in table.rows {
            guard let line = line(row, columns[0]), let amount = positive(row, columns[1]) else { continue }
            guard case .heading = line else {
                report(.headingNeeded, at: row.place(columns[0]), found: row.fields[columns[0]])
                continue
            }
            ledger.commitments.append(
                Commitment(line: line, amount: amount, reference: row.fields[columns[2]], place: row.place(columns[1])))
        }
    }

    /// `line, method, amount, reason`
    mutating func readForecast(_ table: Table, _ columns: TableColumns) {
        for row in table.rows {
            guard let line = line(row, columns[0]) else { continue }
            let method: ForecastEntry.Method
            switch row.fields[columns[1]].lowercased() {
            case "straight line", "straight-line": method = .straightLine
            case "last year's profile", "last year", "profile": method = .lastYearsProfile
            case "typed":
                guard let amount = amount(row.fields[columns[2]], row.place(columns[2])) else {
                    report(
                        .amountMissing(of: .typedForecast), at: row.place(columns[2]), found: row.fields[columns[2]])
                    continue
                }
                if row.fields[columns[3]].isEmpty {
                    report(.incomplete(.typedForecast), at: row.place(columns[3]))
                }
                method = .typed(amount)
            default:
                report(
                    .wordUnknown(["straight line", "last year's profile", "typed"], mayBeBlank: false),
                    at: row.place(columns[1]), found: row.fields[columns[1]])
                continue
            }
            if ledger.forecasts[line] != nil {
                report(
                    .entryTwice(.forecast), at: row.place(columns[0]), found: row.fields[columns[0]])
                continue
            }
            ledger.forecasts[line] = ForecastEntry(
                line: line, method: method, reason: row.fields[columns[3]], place: row.place(columns[2]))
        }
    }

    /// `line, amount, reason, decision`
    mutating func readCarryForward(_ table: Table, _ columns: TableColumns) {
        for row in table.rows {
            guard let line = line(row, columns[0]), let amount = positive(row, columns[1]) else { continue }
            let decision = row.fields[columns[3]].lowercased()
            if !["", "agreed", "refused"].contains(decision) {
                report(
                    .wordUnknown(["agreed", "refused"], mayBeBlank: true), at: row.place(columns[3]),
                    found: row.fields[columns[3]])
            }
            if row.fields[columns[2]].isEmpty {
                report(.incomplete(.carryForwardRequest), at: row.place(columns[2]))
            }
            ledger.carryForwardRequests.append(
                CarryForwardRequest(
                    line: line, amount: amount, reason: row.fields[columns[2]], decision: decision,
                    place: row.place(columns[1])))
        }
    }
}
