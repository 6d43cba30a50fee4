internal import Sharing
internal import Agreements
public import Findings
public import Sterling
public import Ledger
public import Importing
public import Statements
public import Checks

/// All that a statement prints, whatever the form it is written in.
public struct StatementDocument: Sendable {
    public let outturn: Outturn
    public let variances: BudgetVariances
    public let contributions: ContributionTable
    public let imports: [FileImport]
    /// In running order; findings that somebody has answered are not among theirs.
    public let checks: [(title: String, result: CheckResult)]
    /// Of reading and of the checks.
    public let findings: [Finding]
    /// Files of the year whose names say that their figures are invented.
    public let illustrative: [String]
    /// Warnings that somebody has looked at, each with the answer.
    public let answered: [(finding: Finding, answer: Answer)]
    /// SHA-256 of the agreement, the maps and the year's files, in hexadecimal.
    public let digest: String
    /// This year's reserves and those of earlier years, ascending.
    let reserveHistory: [YearReserves]
    /// The unit in which amounts are printed.
    public let format: AmountFormat
    public let rounding: Rounding
    /// The main table's figures where it is printed to cast.
    let cast: CastFigures.Outcome?

    /// How figures become whole units when they are printed.
    public enum Rounding: String, Sendable, CaseIterable {
        /// Each on its own, half away from zero: what boards publish.
        case independent
        /// So that rows, columns, sub-totals and roll-forwards add up.
        case cast
    }

    /// - Parameter years: what earlier years left, and this one; this one alone if not given.
    public init(
        outturn: Outturn, variances: BudgetVariances, contributions: ContributionTable, imports: [FileImport],
        checks: [(title: String, result: CheckResult)], findings: [Finding],
        answered: [(finding: Finding, answer: Answer)] = [], illustrative: [String] = [],
        digest: String, years: [YearClose] = [], format: AmountFormat, rounding: Rounding = .independent
    ) {
        self.outturn = outturn
        self.variances = variances
        self.contributions = contributions
        self.imports = imports
        self.checks = checks
        self.findings = findings
        self.illustrative = illustrative
        self.answered = answered
        self.digest = digest
        reserveHistory = YearReserves.history(
            years.isEmpty ? [YearClose(outturn)] : years, members: outturn.members.map(\.name))
        self.format = format
        self.rounding = rounding
        cast = rounding == .cast && format != .pence ? CastFigures.round(outturn, format) : nil
    }

    /// What files say of when they were made, in seconds since 1970: the end of the year's last day, so that
    /// the same books give the same bytes.
    public var created: Int { ExcelWriter.daysSince1970(year.lastDay(ofMonth: 12)) * 86_400 }

    /// Whether an error is open, so that a figure may be wrong.
    public var isDraft: Bool { findings.hasErrors }

    var partnership: String { outturn.agreement.chart.partnership }
    var year: FinancialYear { outturn.ledger.year }
    var span: String { outturn.upTo.map { "to \($0)" } ?? "whole year" }
    /// Final is only a whole year in which nothing is open.
    var isFinal: Bool { outturn.upTo == nil && !findings.contains { $0.severity != .note } }
    var status: String {
        if isDraft {
            let errors = findings.filter { $0.severity == .error }
            return "DRAFT: \(FindingsRendering.counts(errors).prefix { $0 != "," }) open"
        }
        let warnings = findings.count { $0.severity == .warning }
        let open = [
            outturn.upTo.map { _ in "part of the year" },
            warnings > 0 ? "\(warnings) warning\(warnings == 1 ? "" : "s") open" : nil,
        ].compactMap { $0 }
        let illustrated = illustrative.isEmpty ? "" : ", with illustrative figures"
        return open.isEmpty
            ? "final\(illustrated): no error and no warning open"
            : "not final\(illustrated): " + open.joined(separator: ", ")
    }
    /// One word for the foot of each page.
    var statusWord: String {
        (isDraft ? "draft" : isFinal ? "final" : "not final") + (illustrative.isEmpty ? "" : ", illustrative figures")
    }
    var columns: [String] { outturn.members.map(\.label) + ["Total"] }

    /// `£. Funding is printed negative, expenditure positive; a negative net outturn is an underspend.`
    var signsSentence: String {
        let signs = outturn.agreement.layout.signs
        return
            "Funding is printed \(signs.funding.rawValue), expenditure \(signs.expenditure.rawValue); a "
            + "\(signs.funding.rawValue) net outturn is an underspend."
    }

    var roundingSentence: String {
        if format == .pence { return "Printed in pounds and pence, as held." }
        let unit = format == .pounds ? "whole pounds" : "thousands of pounds"
        if case .cast = cast {
            return
                "Held in pence and rounded once, when printed, to \(unit), so that the statement's rows, columns and "
                + "sub-totals and its budget and variance add up; no figure is a whole unit from the exact one. "
                + "Other tables and the charts round each figure on its own."
        }
        return
            "Held in pence and rounded once, when printed, to \(unit), each figure on its own: printed figures may "
            + "differ by a unit or two from the sum of their printed parts."
    }

    /// Who got the odd pennies, and what was excluded: what a reader can't see in the table.
    var notes: [String] {
        illustrativeNotes + [roundingSentence] + castNotes + partYearNotes + unbudgetedNotes + suspenseNotes
            + reserveNotes + oddPennyNotes + excludedNotes + answerNotes
    }

    private var answerNotes: [String] {
        answered.map { finding, answer in
            "Answered: \(finding.code.rawValue), \(finding.message)"
                + "\(finding.place.map { " (\($0))" } ?? ""): \(answer.reason) (\(answer.by), \(answer.date))."
        }
    }

    private var illustrativeNotes: [String] {
        illustrative.isEmpty
            ? []
            : [
                "Illustrative: these files hold invented figures, as their names say: "
                    + "\(illustrative.joined(separator: ", "))."
            ]
    }

    /// Cells that were moved to make the table cast, or why none were.
    private var castNotes: [String] {
        func name(_ row: Int, _ column: Int) -> String { "\(outturn.rows[row].label)/\(columns[column])" }
        switch cast {
        case nil: return []
        case .cast(let figures):
            if figures.moved.isEmpty { return ["Each figure stands where rounding it on its own would put it."] }
            return [
                "Rounded the other way so that the table casts: "
                    + figures.moved.map { row, column in
                        "\(name(row, column)) \(format.string(units: figures.units[row][column])) for "
                            + "\(AmountFormat.pence.string(outturn.printed(outturn.rows[row])[column]))"
                    }.joined(separator: "; ") + "."
            ]
        case .fallsBack(let reason):
            let differences = CastFigures.differences(outturn, format)
            return [
                "Asked to cast, but \(reason); each figure is rounded on its own."
                    + (differences.isEmpty
                        ? ""
                        : " Differences from the sum of the printed parts: "
                            + differences.map { "\(name($0.row, $0.column)) \(format.string(units: $0.difference))" }
                            .joined(separator: "; ") + ".")
            ]
        }
    }

    private var partYearNotes: [String] {
        guard let period = outturn.upTo, agreementHasApprovedBudget else { return [] }
        return [
            "Costs, income and contributions are those posted up to \(period); the members' approved budgets stand "
                + "for the whole year, in which they are due."
        ]
    }

    private var agreementHasApprovedBudget: Bool {
        outturn.agreement.contributions.contains { $0.source == .approvedBudget }
    }

    /// Costs that the comparison with the budget leaves out, because nothing was budgeted for them.
    private var unbudgetedNotes: [String] {
        guard !variances.rows.isEmpty else { return [] }
        let missing = outturn.rows.filter { row in
            guard case .line(.heading(let name)) = row.content, outturn.agreement.chart.heading(name)?.kind == .cost,
                !row.isNil
            else { return false }
            return outturn.ledger.revisedBudget(.heading(name)) == nil
        }
        return missing.isEmpty
            ? []
            : [
                "No budget is given for "
                    + "\(missing.map { "\($0.label) (\(figure($0.total)))" }.joined(separator: ", ")), so budget and "
                    + "variance leave it out."
            ]
    }

    private var suspenseNotes: [String] {
        outturn.members.compactMap { member in
            let balance = outturn.sharing.suspense(of: member.name).balance
            return outturn.sharing.isSuspenseClear(of: member.name)
                ? nil : "In suspense in the books of \(member.label), and in no figure of this statement: \(balance)."
        }
    }

    /// Law 12's last lines: why a certified balance was adjusted, and the ledger's own balance.
    private var reserveNotes: [String] {
        outturn.reserves.flatMap { reserve -> [String] in
            let label = outturn.agreement.chart.label(reserve.member)
            let adjustment =
                reserve.adjustment.isZero
                ? [] : ["The reserve of \(label) was adjusted by \(reserve.adjustment): \(reserve.adjustmentReason)."]
            guard let balance = reserve.ledgerBalance else { return adjustment }
            let difference = reserve.carriedForward - balance
            let held = "The ledger of \(label) itself holds \(balance) on the reserve's code"
            if difference.isZero { return adjustment + [held + ", as carried forward."] }
            return adjustment + [
                held + ": \(difference.magnitude) \(difference.isNegative ? "more" : "less") than carried forward, "
                    + "of which \(reserve.journalToPost) is the year-end journal still to be posted."
            ]
        }
    }

    /// `+1/3p`; where the fraction is long, its decimals, `+0.26p`.
    private static func oddPenny(_ moved: Fraction) -> String {
        let sign = moved.isNegative ? "-" : "+"
        if moved.isInParts(upTo: 1_000) { return "\(sign)\(moved.magnitude)p" }
        let hundredths = (moved.magnitude * Fraction(100)).roundedToPence.pence
        return "\(sign)0.\(hundredths < 10 ? "0" : "")\(hundredths)p"
    }

    private var oddPennyNotes: [String] {
        let chart = outturn.agreement.chart
        return (outturn.sharing.allocations + [outturn.sharedNet].compactMap { $0 } + outturn.sharedFromFunds)
            .compactMap { allocation in
                let odd = allocation.oddPennies
                guard !odd.isEmpty else { return nil }
                let title =
                    switch allocation.pool.source {
                    case .rule(let index):
                        "\(outturn.agreement.rules[index].title), \(allocation.pool.kind == .cost ? "costs" : "income")"
                    case .contributions(let key): "contributions pooled \(key)"
                    case .net(let isSurplus): "the partnership's \(isSurplus ? "surplus" : "deficit")"
                    case .left(let fund): "what \(chart.label(fund)) left"
                    }
                let who = odd.map { "\($0.payer.label(chart)) \(Self.oddPenny($0.moved))" }.joined(separator: ", ")
                return "Odd pennies of \(title) (\(allocation.pool.total)): \(who) against the exact shares."
            }
    }

    /// By reason, with each member's sum.
    private var excludedNotes: [String] {
        var reasons: [String] = []
        for file in imports {
            for left in file.excluded where !reasons.contains(left.reason) { reasons.append(left.reason) }
        }
        return reasons.map { reason in
            let sums = outturn.members.compactMap { member -> String? in
                let parts = imports.filter { $0.ledgerOf == member.name }.flatMap(\.excluded).filter {
                    $0.reason == reason
                }
                guard !parts.isEmpty else { return nil }
                let rows = parts.map(\.tally.rows).reduce(0, +)
                return "\(member.label) \(parts.map(\.tally.sum).sum()) in \(rows) row\(rows == 1 ? "" : "s")"
            }
            return "Excluded, \(reason): \(sums.joined(separator: "; ")) (debits positive)."
        }
    }

    /// A printed figure; nil is a dash.
    func figure(_ amount: Money) -> String { format.statementString(amount) }

    /// The statement's rows by section, each with its finished figures.
    var printedSections: [(section: Outturn.Section, rows: [(row: Outturn.Row, index: Int, figures: [String])])] {
        var index = -1
        return outturn.sections.map { section in
            (
                section,
                section.rows.map { row in
                    index += 1
                    let amounts = outturn.printed(row)
                    guard case .cast(let figures) = cast else { return (row, index, amounts.map(figure)) }
                    return (
                        row, index,
                        zip(amounts, figures.units[index]).map { $0.isZero ? "-" : format.string(units: $1) }
                    )
                }
            )
        }
    }

    /// Budget, actual and variance as printed.
    func printed(_ row: BudgetVariances.Row) -> (budget: String, actual: String, variance: String) {
        guard case .cast(let figures) = cast,
            let index = outturn.rows.firstIndex(where: { $0.content == .line(row.line) })
        else { return (figure(row.budget), figure(row.actual), figure(row.variance)) }
        // Natural amounts here, whatever the sign that the statement prints.
        let printed = figures.units[index].last!, isTurned = outturn.printed(outturn.rows[index]).last! != row.actual
        let actual = isTurned ? -printed : printed
        let (budget, variance) = CastFigures.variance(
            budget: row.budget, actual: row.actual, actualUnits: actual, format)
        func text(_ units: Int, _ exact: Money) -> String { exact.isZero ? "-" : format.string(units: units) }
        return (text(budget, row.budget), text(actual, row.actual), text(variance, row.variance))
    }
}
