internal import Sharing
internal import Agreements
internal import Ledger
public import Statements
public import Sterling

/// The tables of forecasts, contributions, bills and surveys.
public enum PaperTables {
    /// A row a line and the net below; columns of virements and commitments stand only where there are any.
    public static func forecast(_ forecast: Forecast) -> FigureTable {
        let isAnyVirement = forecast.rows.contains { !$0.virements.isZero }
        let isAnyCommitment = forecast.rows.contains { !$0.commitments.isZero }
        let all: [(isShown: Bool, column: FigureTable.Column, cell: (Forecast.Row) -> FigureTable.Cell)] = [
            (
                true, .init("original", isAnyVirement ? "Original" : "Budget"),
                { $0.original.map { .amount($0) } ?? .none }
            ),
            (isAnyVirement, .init("virements", "Virements"), { .amount($0.virements) }),
            (isAnyVirement, .init("revised", "Revised"), { $0.revised.map { .amount($0) } ?? .none }),
            (true, .init("actual", "Actual to date"), { .amount($0.actual) }),
            (isAnyCommitment, .init("commitments", "Committed"), { .amount($0.commitments) }),
            (true, .init("forecast", "Forecast"), { .amount($0.forecast) }),
            (true, .init("variance", "Variance"), { $0.variance.map { .amount($0) } ?? .none }),
            (true, .init("direction", ""), { .text($0.direction.rawValue) }),
            (
                isAnyVirement, .init("varianceFromOriginal", "From original"),
                { row in row.original.map { .amount(row.forecast - $0) } ?? .none }
            ),
            (true, .init("method", "By"), { .text($0.method + ($0.reason.isEmpty ? "" : ": \($0.reason)")) }),
        ]
        let shown = all.filter(\.isShown)
        var table = FigureTable(
            key: "forecast", title: "Forecast outturn\(forecast.upTo.map { " at \($0)" } ?? "")",
            caption:
                "variance is forecast less \(isAnyVirement ? "revised " : "")budget; by accounting period, "
                + "never by days",
            columns: shown.map(\.column))
        for row in forecast.rows { table.add(row.label, shown.map { $0.cell(row) }) }
        // What is over, funding less expenditure; of budgets only where every line has one.
        func net(_ figure: (Forecast.Row) -> Money?) -> FigureTable.Cell {
            let figures = forecast.rows.map { row in figure(row).map { row.side == .funding ? $0 : -$0 } }
            return figures.contains { $0 == nil } ? .none : .amount(figures.compactMap { $0 }.sum())
        }
        table.add(
            "Net, before what partners, funds and reserves meet",
            shown.map { part in
                switch part.column.key {
                case "original": net { $0.original }
                case "virements": .blank
                case "revised": net { $0.revised }
                case "actual": net { $0.actual }
                case "commitments": net { $0.commitments }
                case "forecast": net { $0.forecast }
                case "variance": net { $0.variance }
                case "varianceFromOriginal": net { row in row.original.map { row.forecast - $0 } }
                default: .blank
                }
            }, isTotal: true)
        return table
    }

    /// What is asked for beside what is left of the budget; `nil` where nothing is asked for.
    public static func carryForward(_ outturn: Outturn) -> FigureTable? {
        let requests = outturn.ledger.carryForwardRequests
        guard !requests.isEmpty else { return nil }
        var table = FigureTable(
            key: "carryForward", title: "Requests to carry forward", caption: "left is revised budget less actual",
            columns: [
                .init("left", "Left"), .init("asked", "Asked for"), .init("decision", "Decision"),
                .init("reason", "For"),
            ])
        for request in requests {
            let left =
                (outturn.ledger.revisedBudget(request.line) ?? .zero)
                - (outturn.rows.first { $0.content == .line(request.line) }?.total ?? .zero)
            let label = outturn.agreement.layout.rows.first { $0.content == .line(request.line) }?.label ?? ""
            table.add(
                label,
                [
                    .amount(left), .amount(request.amount), .text(request.decision.isEmpty ? "open" : request.decision),
                    .text(request.reason),
                ])
        }
        return table
    }

    /// Members' reserves, their total and the funds, a column a year, with each floor and when a reserve first falls
    /// below it.
    public static func reserves(_ forecast: ReserveForecast, _ outturn: Outturn) -> FigureTable {
        let chart = outturn.agreement.chart
        var table = FigureTable(
            key: "reserveForecast", title: "Reserves over \(forecast.assumptions.years) years",
            caption:
                "each year as this one, under the agreement: funding grows by \(forecast.assumptions.fundingWritten) "
                + "a year and costs by \(forecast.assumptions.costsWritten); grants give only while they last",
            columns: forecast.years.map { .init("\($0)", "\($0)") } + [
                .init("floor", "Floor"), .init("below", "First below it"),
            ])
        for line in forecast.members {
            table.add(
                chart.label(line.member),
                line.carriedForward.map { .amount($0) }
                    + [
                        line.floor.map { .amount($0) } ?? .none,
                        .text(
                            line.floor == nil
                                ? "no floor" : line.firstBelowFloor.map { "\(forecast.years[$0])" } ?? "never"),
                    ])
            if line.metFromGeneralFund.contains(where: { !$0.isZero }) {
                table.add(
                    "  met from its general fund", line.metFromGeneralFund.map { .amount($0) } + [.blank, .blank])
            }
        }
        table.add(
            "Total of reserves",
            forecast.years.indices.map { year in .amount(forecast.members.map { $0.carriedForward[year] }.sum()) } + [
                .blank, .blank,
            ], isTotal: true)
        for fund in forecast.funds {
            table.add(chart.label(fund.term.name), fund.carriedForward.map { .amount($0) } + [.blank, .blank])
        }
        return table
    }

    /// - Parameter inKind: whether gifts in kind stand beside, in a column of their own.
    public static func contributions(_ receivables: Receivables, _ outturn: Outturn, inKind: Bool) -> FigureTable {
        let chart = outturn.agreement.chart
        let isAnyVAT = receivables.rows.contains { !$0.vat.isZero }
        let isAnyOff = receivables.rows.contains { !$0.writtenOff.isZero }
        func gifts(_ row: Receivables.Row) -> Money {
            outturn.ledger.inKind.filter { $0.from == chart.label(row.from) }.map(\.value).sum()
        }
        let isInvoiced = !outturn.ledger.invoices.isEmpty
        let isPartYear = receivables.rows.contains { $0.dueToDate != $0.agreed }
        let all: [(isShown: Bool, column: FigureTable.Column, figure: (Receivables.Row) -> Money)] = [
            (true, .init("agreedLastYear", "Agreed last year"), { $0.agreedLastYear }),
            (true, .init("agreed", "Agreed"), { $0.agreed }),
            (isPartYear, .init("dueToDate", "Due to date"), { $0.dueToDate }),
            (true, .init("posted", "Posted"), { $0.posted }),
            (!isInvoiced, .init("difference", "Difference"), { $0.posted - $0.agreed }),
            (isInvoiced, .init("invoiced", "Invoiced"), { $0.invoiced }),
            (isAnyVAT, .init("vat", "VAT"), { $0.vat }),
            (isInvoiced, .init("received", "Received"), { $0.received }),
            (isAnyOff, .init("writtenOff", "Written off"), { $0.writtenOff }),
            (isInvoiced, .init("outstanding", "Outstanding"), { $0.outstanding }),
            (isInvoiced, .init("over30Days", "over 30 days"), { $0.over30Days }),
            (isInvoiced, .init("over90Days", "over 90 days"), { $0.over90Days }),
            (isInvoiced, .init("inAdvance", "In advance"), { $0.inAdvance }),
        ]
        let shown = all.filter(\.isShown)
        let invoiced =
            isInvoiced
            ? "; invoiced net of VAT; received and outstanding gross, as at \(receivables.asAt)"
            : "; the year has no `invoices`"
        var table = FigureTable(
            key: "contributions", title: "Contributions \(outturn.ledger.year)",
            caption: "agreed by the agreement, posted in the ledgers\(invoiced)"
                + "\(inKind ? "; in kind is in no total of money" : "")",
            columns: shown.map(\.column) + (isAnyOff ? [.init("borneBy", "Borne by")] : [])
                + (inKind ? [.init("inKind", "In kind")] : []))
        var counted: Set<Party> = []
        for row in receivables.rows {
            // A contributor's gifts stand once, beside its first row.
            let gift: [FigureTable.Cell] =
                inKind ? [counted.insert(row.from).inserted ? .amount(gifts(row)) : .blank] : []
            table.add(
                "\(chart.label(row.from)) to \(chart.label(row.to))",
                shown.map { .amount($0.figure(row)) } + (isAnyOff ? [.text(row.borneBy)] : []) + gift)
        }
        if inKind {
            // Members give in kind too, and have no row of their own.
            let others = outturn.ledger.inKind.filter { gift in
                !receivables.rows.contains { chart.label($0.from) == gift.from }
            }
            for giver in Set(others.map(\.from)).sorted() {
                table.add(
                    giver,
                    shown.map { _ in .blank } + (isAnyOff ? [.blank] : []) + [
                        .amount(others.filter { $0.from == giver }.map(\.value).sum())
                    ])
            }
        }
        table.add(
            "Total",
            shown.map { column in .amount(receivables.rows.map(column.figure).sum()) } + (isAnyOff ? [.blank] : [])
                + (inKind ? [.amount(outturn.ledger.inKind.map(\.value).sum())] : []), isTotal: true)
        return table
    }

    /// A row a member: what it is billed by quarter, what it has paid already and what is still to pay.
    public static func bills(_ bills: QuarterlyBills, _ outturn: Outturn) -> FigureTable {
        var table = FigureTable(
            key: "bills", title: "Bills by quarter \(outturn.ledger.year)",
            caption:
                "position to date less what was billed before; more than zero is to be paid, less to be received; "
                + "approved budgets are due with the year's first period",
            columns: bills.quarters.enumerated().map {
                .init(
                    "q\($0.offset + 1)", $0.offset == 3 ? "P10 to close" : "P\($0.offset * 3 + 1) to \($0.element.upTo)"
                )
            } + [.init("year", "Year"), .init("posted", "Paid already"), .init("left", "Still to pay")])
        for (index, member) in bills.members.enumerated() {
            table.add(
                outturn.agreement.chart.label(member),
                bills.quarters.map { $0.bills[index] } + [
                    bills.year[index], bills.posted[index], bills.year[index] - bills.posted[index],
                ])
        }
        table.add(
            "Total",
            bills.quarters.map { $0.bills.sum() } + [
                bills.year.sum(), bills.posted.sum(), bills.year.sum() - bills.posted.sum(),
            ], isTotal: true)
        return table
    }

    /// Who pays whom in each quarter, with a number for each.
    public static func payments(_ bills: QuarterlyBills, _ outturn: Outturn) -> String {
        let chart = outturn.agreement.chart
        return bills.quarters.enumerated().map { index, quarter in
            "Quarter \(index + 1)\n"
                + (quarter.payments.isEmpty
                    ? "  Nothing is to be paid.\n"
                    : quarter.payments.enumerated().map { number, payment in
                        "  Q\(index + 1)-\(number + 1)  \(chart.label(payment.from)) pays \(chart.label(payment.to)) "
                            + "\(payment.amount)\n"
                    }.joined())
        }.joined()
    }

    /// One schedule a recharge, ready for an invoice: what the payer's position is made of, and what of it this
    /// payment settles.
    public static func schedules(_ outturn: Outturn) -> [FigureTable] {
        let chart = outturn.agreement.chart
        return outturn.settlement.recharges.enumerated().map { index, recharge in
            let position = outturn.settlement.members.first { $0.member == recharge.from }!
            var table = FigureTable(
                key: "BR\(index + 1)",
                title: "Schedule BR\(index + 1): \(chart.label(recharge.to)) to invoice \(chart.label(recharge.from))",
                caption:
                    "balancing recharge \(outturn.ledger.year)\(outturn.upTo.map { " to \($0)" } ?? ""), outside the "
                    + "scope of VAT unless advised otherwise",
                columns: [.init("pool", "Whole pool"), .init("amount", "Amount")])
            for allocation in outturn.sharing.allocations {
                let payers = allocation.payers.filter { $0.column(chart) == recharge.from }
                guard !payers.isEmpty else { continue }
                let share = payers.map { allocation.total(of: $0) }.sum()
                let title =
                    switch allocation.pool.source {
                    case .rule(let index): outturn.agreement.rules[index].title
                    case .contributions(let key): "Contributions pooled \(key)"
                    case .net, .left: ""
                    }
                let isCost = allocation.pool.kind == .cost
                table.add(
                    "\(isCost ? "Share" : "less share of income"): "
                        + "\(title)\(allocation.pool.concerning.map { " (\(chart.label($0)))" } ?? "")",
                    [allocation.pool.total, isCost ? share : -share])
            }
            let shown = outturn.sharing.allocations.map { allocation in
                let share = allocation.payers.filter { $0.column(chart) == recharge.from }.map {
                    allocation.total(of: $0)
                }.sum()
                return allocation.pool.kind == .cost ? share : -share
            }.sum()
            func add(_ label: String, _ amount: Money) {
                if !amount.isZero { table.add(label, [.blank, .amount(amount)]) }
            }
            add("Partners' part, through its books", position.share - position.shareOfIncome - shown)
            add("Funds, through its books", position.throughFunds)
            add("less costs in its own ledger", -position.paidInOwnLedger)
            add("plus pooled income that it holds", position.incomeHeld)
            add(
                position.sharedNet.isNegative ? "plus net outturn shared from it" : "less net outturn shared to it",
                -position.sharedNet)
            add(
                position.rechargesPaid.isNegative ? "plus recharges already received" : "less recharges already paid",
                -position.rechargesPaid)
            table.add("Owed by \(chart.label(recharge.from))", [.blank, .amount(position.owes)], isTotal: true)
            if recharge.amount < position.owes { add("less paid to others", recharge.amount - position.owes) }
            if recharge.amount > position.owes { add("plus what others owe by it", recharge.amount - position.owes) }
            table.add("This invoice", [.blank, .amount(recharge.amount)], isTotal: true)
            return table
        }
    }

    /// Two statements side by side: the totals, what differs, and by how much in each column.
    public static func difference(_ difference: PrintedDifference, unit: AmountFormat) -> FigureTable {
        // Of one member alone its part is the whole.
        let columns = difference.columns.count == 2 ? ["total"] : difference.columns
        let all = difference.columns
        let order = columns.indices.sorted { columns[$0] == "total" && columns[$1] != "total" }
        var table = FigureTable(
            key: "compare", title: "\(difference.after.name) against \(difference.before.name)",
            caption:
                "\(unit.caption), with the statement's signs; a difference is the second less the first; N/A where a "
                + "statement hasn't got the row",
            columns: [.init("before", difference.before.name), .init("after", difference.after.name)]
                + order.map {
                    .init("difference-\(columns[$0])", columns[$0] == "total" ? "Difference" : "of it \(columns[$0])")
                })
        var section: String?
        for row in difference.rows {
            if row.section != section {
                table.add(row.section, table.columns.map { _ in .blank }); section = row.section
            }
            func total(_ amounts: [Money]?) -> FigureTable.Cell { amounts?.last.map { .amount($0) } ?? .none }
            table.add(
                "  " + row.label,
                [total(row.before), total(row.after)]
                    + order.map { .amount(row.difference[all.firstIndex(of: columns[$0])!]) }, isTotal: row.isTotal)
        }
        return table
    }

    /// - Parameter unit: what the caption names; the table itself is exact.
    public static func years(_ years: YearsSideBySide, unit: AmountFormat) -> FigureTable {
        var table = FigureTable(
            key: "years", title: "Years side by side",
            caption:
                "\(unit.caption), totals of all members with the statement's signs; N/A where a year's statement "
                + "hasn't got the row",
            columns: years.years.map { .init("\($0)", "\($0)") })
        for section in years.sections where !section.rows.isEmpty {
            table.add(section.title, years.years.map { _ in .blank })
            for row in section.rows {
                table.add("  " + row.label, row.totals.map { $0.map { .amount($0) } ?? .none }, isTotal: row.isTotal)
            }
        }
        return table
    }

    /// - Parameter year: as the title names it.
    public static func survey(_ survey: Survey, _ year: String) -> FigureTable {
        var table = FigureTable(
            key: "survey", title: "Survey of boards \(year)",
            caption:
                "by what each spends; to whole thousands; a cell with fewer than \(Survey.fewest) boards, or that "
                + "would leave fewer in its row, is refused",
            columns: Survey.classes.enumerated().map { .init("class\($0.offset + 1)", $0.element) })
        table.add(
            "Boards",
            survey.counts.enumerated().map { index, count in
                .text(count == 0 ? "none" : survey.rows[0].figures[index] == nil ? "refused" : "\(count)")
            })
        for row in survey.rows {
            table.add(
                "\(row.measure.rawValue), \(row.statistic.rawValue)",
                row.figures.enumerated().map { index, figure in
                    figure.map { .amount($0) } ?? .text(survey.counts[index] == 0 ? "no board" : "refused")
                })
        }
        return table
    }
}
