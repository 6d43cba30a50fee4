public import Sterling
public import Ledger
public import Findings

/// The documents of a year's folder beside the exports: opening, budget, journals, explanations,
/// accruals brought forward. Each adds to the ledger; faults are findings with their cell.
public struct YearTables: Sendable {
    public internal(set) var ledger: GeneralLedger
    public internal(set) var findings: [Finding] = []
    /// Every total that a table prints, against what its figures come to.
    public private(set) var printedTotals: [PrintedTotal] = []

    public struct PrintedTotal: Sendable {
        public let place: Place
        public let label: String
        public let printed: Money
        public let computed: Money
        /// At the end of a row, rather than at the foot of a column.
        public let isCross: Bool
    }

    public init(ledger: GeneralLedger) { self.ledger = ledger }

    var chart: Chart { ledger.chart }

    mutating func broken(_ place: Place, _ value: String?, _ message: String, _ hint: String) {
        findings.append(Finding(.tableBroken, at: place, found: value, message, hint: hint))
    }

    /// An amount, `nil` for a blank or a dash; a finding where it can't be read.
    mutating func amount(_ text: String, _ place: Place) -> Money? {
        // 5,000.00 without quotation marks is two fields of a CSV, 5 and 000.00.
        if text.count > 2, text.hasPrefix("00") {
            broken(
                place, text, "an amount doesn't begin with noughts: a comma may have cut it in two",
                "put quotation marks around amounts with commas")
            return nil
        }
        switch AmountReader.read(text) {
        case .amount(let amount, marker: .none): return amount
        case .blank, .dash: return nil
        case .amount, .notAvailable: broken(place, text, "an amount was expected", "write it as 1234.50")
        case .unreadable(let reason):
            if case .amount(let amount, _) = AmountReader.readNumber(text) { return amount }
            broken(place, text, "the amount can't be read: \(reason)", "write it as 1234.50")
        }
        return nil
    }

    /// The places of the columns that a table must have; any other than these and the optional ones is
    /// a slip that would otherwise be passed over in silence.
    mutating func columns(_ table: Table, _ titles: [String], optional: [String] = []) -> [Int]? {
        var found: [Int] = []
        let known = titles + optional + ["source", "note", "document"]
        for (index, title) in table.headers.enumerated()
        where !title.isEmpty && !known.contains(title.lowercased()) && !optional.contains("*") {
            broken(
                Place(table.source, row: 1, column: index + 1), title, "the table has no such column",
                Nearest.hint(title, in: known))
        }
        for title in titles {
            guard let column = table.headers.firstIndex(where: { $0.lowercased() == title }) else {
                broken(
                    Place(table.source, row: 1), nil, "the table has no column \"\(title)\"",
                    "its columns are: \(titles.joined(separator: ", "))")
                continue
            }
            found.append(column)
        }
        return found.count == titles.count ? found : nil
    }

    /// `reserve of, brought forward, adjustment, reason`: a row a member, and perhaps a total.
    public mutating func readOpening(_ table: Table) {
        guard
            let columns = columns(
                table, ["reserve of", "brought forward"], optional: ["adjustment", "reason", "used before"])
        else { return }
        let adjustmentColumn = table.column("adjustment"), reasonColumn = table.column("reason"),
            usedColumn = table.column("used before")
        var sums = (broughtForward: Money.zero, adjustment: Money.zero)
        for row in table.rows {
            let name = row.fields[columns[0]]
            let place = row.place(columns[1])
            let broughtForward = amount(row.fields[columns[1]], place) ?? .zero
            let adjustment = adjustmentColumn.flatMap { amount(row.fields[$0], row.place($0)) } ?? .zero
            let reason = reasonColumn.map { row.fields[$0] } ?? ""
            if isTotal(name) {
                printedTotals.append(
                    PrintedTotal(
                        place: place, label: "brought forward", printed: broughtForward, computed: sums.broughtForward,
                        isCross: false))
                if let adjustmentColumn, !row.fields[adjustmentColumn].isEmpty {
                    printedTotals.append(
                        PrintedTotal(
                            place: row.place(adjustmentColumn), label: "adjustment", printed: adjustment,
                            computed: sums.adjustment, isCross: false))
                }
                continue
            }
            let used = usedColumn.flatMap { amount(row.fields[$0], row.place($0)) }
            if !adjustment.isZero, reason.isEmpty {
                broken(
                    row.place(adjustmentColumn!), row.fields[adjustmentColumn!], "the adjustment has no reason",
                    "say in the column \"reason\" why the certified balance changed")
            }
            if let fund = chart.fund(written: name) {
                if ledger.fundOpenings[fund.name] != nil {
                    broken(
                        row.place(columns[0]), name, "the fund has two opening balances", "remove one of the two rows")
                }
                sums.broughtForward += broughtForward
                sums.adjustment += adjustment
                ledger.fundOpenings[fund.name] = FundOpening(
                    broughtForward: broughtForward, adjustment: adjustment, usedBefore: used ?? .zero, reason: reason,
                    place: place)
                continue
            }
            guard let member = chart.member(written: name) else {
                broken(
                    row.place(columns[0]), name, "no member or fund has this name",
                    Nearest.hint(name, in: chart.members.map(\.name.text) + chart.funds.map(\.name.text)))
                continue
            }
            if used != nil {
                broken(
                    row.place(usedColumn!), row.fields[usedColumn!], "only a grant is used over several years",
                    "leave the cell blank for a reserve")
            }
            if row.fields[columns[1]].isEmpty {
                broken(place, nil, "nothing is said to be brought forward", "a reserve that held nothing has 0.00")
            }
            if ledger.openings[member] != nil {
                broken(row.place(columns[0]), name, "the member has two opening balances", "remove one of the two rows")
                continue
            }
            sums.broughtForward += broughtForward
            sums.adjustment += adjustment
            ledger.openings[member] = OpeningBalance(
                broughtForward: broughtForward, adjustment: adjustment, reason: reason, place: place,
                adjustmentPlace: adjustmentColumn.map(row.place) ?? place)
        }
    }

    private func isTotal(_ text: String) -> Bool { text.lowercased().hasPrefix("total") }

    /// A line by its name or its printed label: `approved budget`, `salaries`, `Salary expenditure`.
    func line(_ text: String) -> BudgetLine? {
        if ["approved budget", "approved-budget"].contains(text.lowercased()) { return .approvedBudget }
        if let heading = chart.heading(written: text) { return .heading(heading.name) }
        return chart.contributor(written: text).map { .contribution($0) }
    }

    var lineNames: [String] {
        ["approved budget"] + chart.headings.map(\.name.text) + chart.contributors.map(\.name.text)
    }

    /// `line, lbhf, rbkc, wcc, total`: a row a line. The partnership's budget may stand in `total` alone.
    public mutating func readBudget(_ table: Table) {
        guard let columns = columns(table, ["line"], optional: ["*"]) else { return }
        let memberColumns = table.headers.enumerated().compactMap { index, title in
            chart.member(written: title).map { (index, $0) }
        }
        let totalColumn = table.column("total")
        for (index, (column, member)) in memberColumns.enumerated()
        where memberColumns[..<index].contains(where: { $0.1 == member }) {
            broken(
                Place(table.source, row: 1, column: column + 1), table.headers[column], "the member has two columns",
                "take one of the two away")
        }
        for (index, title) in table.headers.enumerated()
        where index != columns[0] && chart.member(written: title) == nil
            && !["total", "document", "source", "note"].contains(title.lowercased())
        {
            broken(
                Place(table.source, row: 1, column: index + 1), title, "no member has this name",
                Nearest.hint(title, in: chart.members.map(\.name.text)))
        }
        var sums: [Int: Money] = [:]
        for row in table.rows {
            let name = row.fields[columns[0]]
            let figures = memberColumns.map { ($0.0, $0.1, amount(row.fields[$0.0], row.place($0.0))) }
            let total = totalColumn.flatMap { column in amount(row.fields[column], row.place(column)) }
            if self.line(name) == nil, isTotal(name) {
                for (column, _, printed) in figures {
                    if let printed {
                        printedTotals.append(
                            PrintedTotal(
                                place: row.place(column), label: table.headers[column], printed: printed,
                                computed: sums[column] ?? .zero, isCross: false))
                    }
                }
                if let total, let totalColumn {
                    printedTotals.append(
                        PrintedTotal(
                            place: row.place(totalColumn), label: "total", printed: total,
                            computed: sums[totalColumn] ?? .zero, isCross: false))
                }
                continue
            }
            guard let line = line(name) else {
                broken(row.place(columns[0]), name, "the agreement has no such line", Nearest.hint(name, in: lineNames))
                continue
            }
            if ledger.budget.totals[line] != nil
                || chart.members.contains(where: { ledger.budget.figure(line, $0.name) != nil })
            {
                broken(row.place(columns[0]), name, "the line has two budgets", "remove one of the two rows")
                continue
            }
            for (column, member, figure) in figures {
                guard let figure else { continue }
                ledger.budget.figures[BudgetLineMember(line: line, member: member)] = Budget.Figure(
                    amount: figure, place: row.place(column))
                sums[column, default: .zero] += figure
            }
            if let total, let totalColumn {
                sums[totalColumn, default: .zero] += total
                if figures.contains(where: { $0.2 != nil }) {
                    printedTotals.append(
                        PrintedTotal(
                            place: row.place(totalColumn), label: name, printed: total,
                            computed: figures.compactMap(\.2).sum(), isCross: true))
                } else {
                    ledger.budget.totals[line] = Budget.Figure(amount: total, place: row.place(totalColumn))
                }
            }
        }
    }

    /// `line, explanation`.
    public mutating func readExplanations(_ table: Table) {
        guard let columns = columns(table, ["line", "explanation"]) else { return }
        for row in table.rows {
            let name = row.fields[columns[0]]
            guard let line = line(name) else {
                broken(row.place(columns[0]), name, "the agreement has no such line", Nearest.hint(name, in: lineNames))
                continue
            }
            guard !row.fields[columns[1]].isEmpty else { continue }
            ledger.explanations[line] = Explanation(text: row.fields[columns[1]], place: row.place(columns[1]))
        }
    }

    /// `ledger of, document, code, amount`: costs accrued at the end of last year.
    public mutating func readAccruals(_ table: Table) {
        guard let columns = columns(table, ["ledger of", "document", "code", "amount"]) else { return }
        for row in table.rows {
            guard let member = chart.member(written: row.fields[columns[0]]) else {
                broken(
                    row.place(columns[0]), row.fields[columns[0]], "no member has this name",
                    Nearest.hint(row.fields[columns[0]], in: chart.members.map(\.name.text)))
                continue
            }
            guard let amount = amount(row.fields[columns[3]], row.place(columns[3])) else { continue }
            ledger.accrualsBroughtForward.append(
                AccrualBroughtForward(
                    ledgerOf: member, document: row.fields[columns[1]], code: row.fields[columns[2]], amount: amount,
                    place: row.place(columns[3])))
        }
    }

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
        guard
            let found = columns(
                table, ["journal", "period", "ledger of", "from", "to", "amount", "reason"],
                optional: ["date", "concerning"])
        else { return nil }
        return JournalColumns(
            journal: found[0], period: found[1], ledgerOf: found[2], from: found[3], to: found[4], amount: found[5],
            reason: found[6],
            date: table.column("date"), concerning: table.column("concerning"))
    }

    /// - Returns: the accounts, where the row became a posting.
    @discardableResult
    mutating func readJournal(_ row: Table.Row, _ columns: JournalColumns) -> (
        member: Name<Member>, from: Account, to: Account
    )? {
        guard let member = chart.member(written: row.fields[columns.ledgerOf]) else {
            broken(
                row.place(columns.ledgerOf), row.fields[columns.ledgerOf], "no member has this name",
                Nearest.hint(row.fields[columns.ledgerOf], in: chart.members.map(\.name.text)))
            return nil
        }
        guard let period = Period(written: row.fields[columns.period]), period.number > 0 else {
            broken(
                row.place(columns.period), row.fields[columns.period], "the period can't be read",
                "P1 to P16, April being P1; a balance brought forward belongs into `opening`")
            return nil
        }
        var concerning: Name<Member>?
        if let column = columns.concerning, !row.fields[column].isEmpty {
            concerning = chart.member(written: row.fields[column])
            if concerning == nil {
                broken(
                    row.place(column), row.fields[column], "no member has this name",
                    Nearest.hint(row.fields[column], in: chart.members.map(\.name.text)))
                return nil
            }
        }
        var date: CalendarDate?
        if let column = columns.date, !row.fields[column].isEmpty {
            date = CalendarDate(written: row.fields[column])
            if date == nil {
                broken(
                    row.place(column), row.fields[column], "the date can't be read",
                    "write it as 2018-04-30 or 30/04/2018")
            }
        }
        let written = row.fields[columns.amount]
        if ["", "-"].contains(written) {
            broken(row.place(columns.amount), nil, "the journal has no amount", "give the amount that it moves")
        }
        guard let from = account(row, columns.from, member), let to = account(row, columns.to, member),
            let amount = amount(written, row.place(columns.amount))
        else { return nil }
        let isFund = [from, to].contains { if case .fund = $0 { true } else { false } }
        let isReserve = [from, to].contains(.reserve(member)),
            hasContributor = [from, to].contains { if case .cash(.contributor) = $0 { true } else { false } }
        if (isReserve || isFund || hasContributor) && ![from, to].contains(.cash(.member(member))) {
            broken(
                row.place(columns.to), row.fields[columns.to],
                "a \(isReserve ? "reserve" : isFund ? "fund" : "contributor") moves money only to or from cash",
                "make two journals: one with cash, and one from cash to where it goes")
            return nil
        }
        if from == to {
            broken(
                row.place(columns.to), row.fields[columns.to], "the journal moves an amount from an account to itself",
                "name two accounts")
            return nil
        }
        if row.fields[columns.reason].isEmpty || row.fields[columns.journal].isEmpty {
            broken(
                row.place(row.fields[columns.journal].isEmpty ? columns.journal : columns.reason), nil,
                "a journal has a number and a reason", "number it, and say why it is made")
            return nil
        }
        ledger.postings.append(
            amount: amount.magnitude, from: amount.isNegative ? to : from, to: amount.isNegative ? from : to,
            ledgerOf: member,
            concerning: concerning, period: period, date: date,
            description: row.fields[columns.reason], journal: row.fields[columns.journal],
            place: row.place(columns.amount))
        return (member, from, to)
    }

    /// `from, what, days, rate, value, basis, counts for, cash in lieu`: what is given in kind, and how it was valued.
    public mutating func readInKind(_ table: Table) {
        guard
            let columns = columns(
                table, ["from", "what", "basis"], optional: ["days", "rate", "value", "counts for", "cash in lieu"])
        else { return }
        let daysColumn = table.column("days"), rateColumn = table.column("rate"), valueColumn = table.column("value")
        let forColumn = table.column("counts for"), lieuColumn = table.column("cash in lieu")
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
                // Half days are common; the product is rounded once, half a penny upwards.
                let product = Money(pence: (rate.pence * days + 50) / 100)
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
        broken(
            row.place(column), text, "no account has this name",
            Nearest.hint(
                text,
                in: ["cash", "suspense", "reserve"] + chart.headings.map(\.name.text) + chart.funds.map(\.name.text)))
        return nil
    }
}
