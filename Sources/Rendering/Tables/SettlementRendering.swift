internal import Agreements
public import Sharing
internal import Findings
internal import Ledger
public import Sterling
public import Statements

extension Settlement {
    /// Positions and recharges in exact pounds and pence, with the signs of `Settlement`.
    public var json: JSONValue {
        func exact(_ amount: Money) -> JSONValue { .string(AmountFormat.exact(amount)) }
        return .object([
            (
                "positions",
                .array(
                    members.map { position in
                        .object([
                            ("member", .string(position.member.text)), ("share", exact(position.share)),
                            ("paidInOwnLedger", exact(position.paidInOwnLedger)),
                            ("shareOfIncome", exact(position.shareOfIncome)),
                            ("incomeHeld", exact(position.incomeHeld)), ("throughFunds", exact(position.throughFunds)),
                            ("sharedNet", exact(position.sharedNet)),
                            ("rechargesPaid", exact(position.rechargesPaid)), ("owes", exact(position.owes)),
                        ])
                    })
            ),
            (
                "recharges",
                .array(
                    recharges.map {
                        .object([
                            ("from", .string($0.from.text)), ("to", .string($0.to.text)), ("amount", exact($0.amount)),
                        ])
                    })
            ),
        ])
    }
}

/// Who owes whom, and the year-end journals that the ledgers still need.
public enum SettlementRendering {
    /// A line of a journal: which ledger, on which class of code, debit or credit.
    public struct JournalLine: Sendable {
        /// `BR1` for the first recharge, `RS1` for the first reserve's journal.
        public let number: String
        /// The member's name, as the agreement writes it.
        public let ledgerOf: String
        /// `recharge with NAME`, `reserve transfer` or `reserve balance`, as a map writes it.
        public let meaning: String
        /// Above zero; `nil` on a line of credit.
        public let debit: Money?
        /// Above zero; `nil` on a line of debit.
        public let credit: Money?
        public let description: String
    }

    /// Both sides of each recharge, and of each reserve's journal.
    public static func journals(_ outturn: Outturn) -> [JournalLine] {
        let chart = outturn.agreement.chart
        var lines: [JournalLine] = []
        for (index, recharge) in outturn.settlement.recharges.enumerated() {
            let number = "BR\(index + 1)"
            let words =
                "Balancing recharge \(outturn.ledger.year), \(chart.label(recharge.from)) to "
                + "\(chart.label(recharge.to))"
            lines.append(
                JournalLine(
                    number: number, ledgerOf: recharge.from.text, meaning: "recharge with \(recharge.to)",
                    debit: recharge.amount, credit: nil, description: words))
            lines.append(
                JournalLine(
                    number: number, ledgerOf: recharge.to.text, meaning: "recharge with \(recharge.from)", debit: nil,
                    credit: recharge.amount, description: words))
        }
        for (index, reserve) in outturn.reserves.filter({ !$0.journalToPost.isZero }).enumerated() {
            let number = "RS\(index + 1)"
            let amount = reserve.journalToPost
            let words =
                "\(amount.isNegative ? "From" : "To") the reserve of \(chart.label(reserve.member)) "
                + "\(outturn.ledger.year)"
            let size = amount.magnitude
            lines.append(
                JournalLine(
                    number: number, ledgerOf: reserve.member.text, meaning: "reserve transfer",
                    debit: amount.isNegative ? nil : size, credit: amount.isNegative ? size : nil, description: words))
            lines.append(
                JournalLine(
                    number: number, ledgerOf: reserve.member.text, meaning: "reserve balance",
                    debit: amount.isNegative ? size : nil, credit: amount.isNegative ? nil : size, description: words))
        }
        return lines
    }

    /// For a terminal: what each member's position is made of, who pays whom, and the journals.
    public static func text(_ outturn: Outturn) -> String {
        let chart = outturn.agreement.chart
        var positions = TextTable()
        positions.add(.cells([""] + outturn.members.map(\.label)))
        let rows: [(String, (Settlement.Position) -> Money)] = [
            ("Share of costs", { $0.share }), ("less paid in its own ledger", { -$0.paidInOwnLedger }),
            ("less share of pooled income", { -$0.shareOfIncome }),
            ("plus pooled income that it holds", { $0.incomeHeld }),
            ("through funds that it or others hold", { $0.throughFunds }),
            ("less net outturn shared to it (plus from it)", { -$0.sharedNet }),
            ("less recharges paid (plus received)", { -$0.rechargesPaid }),
        ].filter { row in
            !row.0.contains("funds") && !row.0.contains("shared to it")
                || outturn.settlement.members.contains { !row.1($0).isZero }
        }
        func cell(_ amount: Money) -> String { amount.isZero ? "-" : "\(amount)" }
        for (label, amount) in rows {
            positions.add(.cells([label] + outturn.settlement.members.map { cell(amount($0)) }))
        }
        positions.add(.rule("-"))
        positions.add(
            .cells(["Owes the others (less than zero: is owed)"] + outturn.settlement.members.map { cell($0.owes) }))
        positions.add(.rule("="))
        var text =
            "\(chart.partnership)\n"
            + "Balancing recharges and reserve journals "
            + "\(outturn.ledger.year)\(outturn.upTo.map { " to \($0)" } ?? "")\n\n"
            + positions.text + "\n"
        if outturn.settlement.recharges.isEmpty { text += "Nothing is owed between members.\n" }
        for recharge in outturn.settlement.recharges {
            text += "\(chart.label(recharge.from)) pays \(chart.label(recharge.to)) \(recharge.amount)\n"
        }
        let journals = journals(outturn)
        guard !journals.isEmpty else { return text + "No journal is left to post.\n" }
        var table = TextTable(leftColumns: 3)
        table.add(.cells(["Journal", "Ledger of", "Class", "Debit", "Credit"]))
        for line in journals {
            table.add(
                .cells([
                    line.number, line.ledgerOf, line.meaning, line.debit.map { "\($0)" } ?? "",
                    line.credit.map { "\($0)" } ?? "",
                ]))
        }
        return text + "\n" + table.text
    }

    /// The journals, a line a row, in exact pounds and pence.
    public static func csv(_ outturn: Outturn) -> String {
        let header = ["journal", "ledger of", "class", "debit", "credit", "description"].map(CSVWriter.Field.text)
        return CSVWriter.text(
            [header]
                + journals(outturn).map { line in
                    [
                        .text(line.number), .text(line.ledgerOf), .text(line.meaning),
                        .number(line.debit.map(AmountFormat.exact) ?? ""),
                        .number(line.credit.map(AmountFormat.exact) ?? ""), .text(line.description),
                    ]
                })
    }

    /// Positions, recharges and journals in exact pounds and pence.
    public static func json(_ outturn: Outturn) -> JSONValue {
        .object([
            ("settlement", outturn.settlement.json),
            (
                "journals",
                .array(
                    journals(outturn).map { line in
                        .object([
                            ("journal", .string(line.number)), ("ledgerOf", .string(line.ledgerOf)),
                            ("class", .string(line.meaning)),
                            ("debit", .optional(line.debit.map(AmountFormat.exact))),
                            ("credit", .optional(line.credit.map(AmountFormat.exact))),
                            ("description", .string(line.description)),
                        ])
                    })
            ),
        ])
    }
}
