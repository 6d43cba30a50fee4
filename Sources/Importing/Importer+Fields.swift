internal import Sterling
internal import Ledger
internal import Findings
internal import Sheets

/// A row's fields: its amount, period, date and member concerned.
extension Importer {
    /// What a row's amount columns hold.
    enum RowAmount {
        /// Debits more than zero.
        case amount(Money, column: Int)
        /// - Parameter column: where an amount would stand, if the map names one column.
        case blank(column: Int?)
        /// A finding says why.
        case refused
    }

    /// - Parameter isTotal: a total may stand without the mark of its side, and then has a sign of its own.
    func amount(_ row: RowTexts, _ header: Header, isTotal: Bool = false) -> RowAmount {
        let read = inPounds(unmarked(row, header), row, header)
        guard case .amount(let amount, let column) = read, let sign = header.map.sign,
            let marks = header.tests[sign.column], !(isTotal && row.text(marks).trimmed.isEmpty)
        else { return read }
        guard let isCredit = sign.isCredit(row.text(marks)) else {
            if amount.isZero { return read }
            report(.markUnknown(credits: sign.credits.sorted()), row, marks)
            return .refused
        }
        if amount.isNegative {
            report(.markAndMinus(mark: row.text(marks).trimmed), row, column)
            return .refused
        }
        return .amount(isCredit ? -amount : amount, column: column)
    }

    private func inPounds(_ read: RowAmount, _ row: RowTexts, _ header: Header) -> RowAmount {
        guard case .amount(let figure, let column) = read, let unit = header.map.unit else { return read }
        guard let pounds = unit.inPounds(figure) else {
            report(.amountUnreadable(reason: "in \(unit.rawValue) it makes no whole pence"), row, column)
            return .refused
        }
        return .amount(pounds, column: column)
    }

    /// What the amount columns say by themselves.
    private func unmarked(_ row: RowTexts, _ header: Header) -> RowAmount {
        if let debit = header.columns[.debit], let credit = header.columns[.credit] {
            return amount(row, header, debit: debit, credit: credit)
        }
        if !header.periodColumns.isEmpty { return amountOfPeriods(row, header) }
        if let column = header.columns[.amount] {
            switch read(row, header, column) {
            case .amount(let amount): return signed(amount, header, column)
            case .blank: return .blank(column: column)
            case .refused: return .refused
            }
        }
        return netAmount(row, header)
    }

    private func read(_ row: RowTexts, _ header: Header, _ column: Int) -> AmountCell.Outcome {
        AmountCell.read(
            row, column, isCreditPositive: header.map.isCreditPositive, header.map, &result.findings)
    }

    /// The map says which side is positive; the importer's debits are.
    private func signed(_ amount: Money, _ header: Header, _ column: Int) -> RowAmount {
        .amount(header.map.isCreditPositive ? -amount : amount, column: column)
    }

    /// The credit column's figure, a credit above zero.
    func credits(_ row: RowTexts, _ header: Header, _ column: Int) -> AmountCell.Outcome {
        let isNegative = header.map.areCreditsNegative ?? false
        let read = AmountCell.read(row, column, isCreditPositive: !isNegative, header.map, &result.findings)
        guard case .amount(let amount) = read else { return read }
        if !amount.isZero, header.map.areCreditsNegative == nil {
            if amount.isNegative {
                negativeCredits = negativeCredits ?? row.place(column)
            } else {
                hasPositiveCredits = true
            }
        }
        return isNegative ? .amount(-amount) : read
    }

    private func amount(_ row: RowTexts, _ header: Header, debit: Int, credit: Int) -> RowAmount {
        let debits = AmountCell.read(row, debit, isCreditPositive: false, header.map, &result.findings)
        if case .refused = debits { return .refused }
        let credits = credits(row, header, credit)
        switch (debits, credits) {
        case (.refused, _), (_, .refused): return .refused
        case (.blank, .blank): return .blank(column: credit)
        case (.amount(let amount), .blank): return .amount(amount, column: debit)
        case (.blank, .amount(let amount)): return .amount(-amount, column: credit)
        case (.amount(.zero), .amount(let amount)): return .amount(-amount, column: credit)
        case (.amount(let amount), .amount(.zero)): return .amount(amount, column: debit)
        case (.amount, .amount):
            report(.debitAndCredit, row, credit)
            return .refused
        }
    }

    /// A total's row is summed over the periods; any other is read for one of them.
    private func amountOfPeriods(_ row: RowTexts, _ header: Header) -> RowAmount {
        var total: Money?
        for (_, column) in inPeriod.map({ [$0] }) ?? header.periodColumns {
            switch read(row, header, column) {
            case .amount(let amount): total = (total ?? .zero) + (header.map.isCreditPositive ? -amount : amount)
            case .blank: break
            case .refused: return .refused
            }
        }
        let column = inPeriod?.column ?? header.periodColumns[0].column
        return total.map { .amount($0, column: column) } ?? .blank(column: column)
    }

    /// The net amount, or the gross less its VAT; where all three stand, they agree.
    private func netAmount(_ row: RowTexts, _ header: Header) -> RowAmount {
        var amounts: [ImportMap.Role: Money] = [:]
        for role in [ImportMap.Role.net, .vat, .gross] {
            guard let column = header.columns[role] else { continue }
            switch read(row, header, column) {
            case .amount(let amount): amounts[role] = amount
            case .blank: break
            case .refused: return .refused
            }
        }
        let vat = amounts[.vat] ?? .zero
        if let net = amounts[.net], let gross = amounts[.gross], net + vat != gross {
            report(.grossDiffers(net: net, vat: vat), row, header.columns[.gross]!)
            return .refused
        }
        if let net = amounts[.net] { return signed(net, header, header.columns[.net]!) }
        guard let column = header.columns[.gross], header.columns[.vat] != nil else {
            return .blank(column: header.columns[.net])
        }
        return amounts[.gross].map { signed($0 - vat, header, column) } ?? .blank(column: column)
    }

    func period(_ row: RowTexts, _ header: Header, _ amount: Money) -> Period? {
        if let inPeriod { return inPeriod.period }
        if let whole = header.map.wholePeriod { return whole }
        let isFromDate = header.map.periodFormat == .fromDate
        let column = header.columns[isFromDate ? .date : .period]!
        let text = writtenPeriod(row, header)
        guard let (of, period) = header.map.period(written: text, in: year) else {
            report(.periodUnreadable(header.map.periodFormat), row, column, found: text)
            result.exclude("period not readable", amount)
            return nil
        }
        guard of == year else {
            report(.periodOfYear(of, not: year), row, column, found: text)
            result.exclude("period of another year", amount)
            return nil
        }
        return period
    }

    /// What says the period, with its year where that stands in a column of its own.
    func writtenPeriod(_ row: RowTexts, _ header: Header) -> String {
        let text = row.text(header.columns[header.map.periodFormat == .fromDate ? .date : .period]!).trimmed
        guard let column = header.columns[.year] else { return text }
        return PeriodName.joined(year: row.text(column).trimmed, text)
    }

    func date(_ row: RowTexts, _ header: Header) -> CalendarDate? {
        guard let column = header.columns[.date] else { return nil }
        let text = row.text(column).trimmed
        if text.isEmpty { return nil }
        if let date = CalendarDate(exported: text, isMonthFirst: header.map.isMonthFirst) {
            if isNearMidnight(text), !toldOfMidnight {
                toldOfMidnight = true
                report(.dateNearMidnight, row, column, found: text)
            }
            return date
        }
        report(.dateUnreadable, row, column, found: text)
        return nil
    }

    enum Concerned: Equatable {
        case known(Name<Member>)
        case unknown

        var name: Name<Member>? { if case .known(let name) = self { name } else { nil } }
    }

    func memberConcerned(_ row: RowTexts, _ header: Header) -> Concerned? {
        guard let column = header.columns[.memberConcerned] else { return nil }
        let text = row.text(column).trimmed
        if text.isEmpty { return nil }
        if let member = header.map.membersConcerned[text.lowercased()] ?? chart.member(written: text) {
            return .known(member)
        }
        report(.memberConcernedUnknown(members: chart.members.map(\.name.text)), row, column, found: text)
        return .unknown
    }
}

extension ImportMap {
    func period(written text: String, in year: FinancialYear) -> (FinancialYear, Period)? {
        periodFormat.period(written: text, in: year, isMonthFirst: isMonthFirst)
    }
}

extension ImportMap.PeriodFormat {
    /// The accounting period that a cell says, and the year it belongs to; `nil` where it can't be read.
    ///
    /// - Parameters:
    ///   - year: the one that a bare number belongs to.
    ///   - isMonthFirst: of dates.
    func period(written text: String, in year: FinancialYear, isMonthFirst: Bool = false) -> (FinancialYear, Period)? {
        switch self {
        case .number: return Period(named: text).map { (year, $0) }
        case .monthName:
            return MonthName.number(text.lowercased()).flatMap { Period(($0 + 8) % 12 + 1) }.map { (year, $0) }
        case .startYear, .endYear:
            guard let name = PeriodName(written: text), let period = name.period.flatMap({ Period($0) }) else {
                return nil
            }
            let start = name.namesBothYears || self == .startYear ? name.year : name.year - 1
            return (FinancialYear(startYear: start), period)
        case .calendarMonth:
            guard let name = PeriodName(written: text), !name.namesBothYears, let month = name.month,
                let first = CalendarDate(year: name.year, month: month, day: 1)
            else { return nil }
            let of = FinancialYear(of: first)
            return of.period(of: first).map { (of, $0) }
        case .fromDate:
            guard let date = CalendarDate(exported: text, isMonthFirst: isMonthFirst) else { return nil }
            let of = FinancialYear(of: date)
            return of.period(of: date).map { (of, $0) }
        }
    }
}

/// Whether a time says that the day may be another: an hour before midnight in UTC is the next day in an English
/// summer, and systems write the end of a day as its last minute.
func isNearMidnight(_ text: String) -> Bool {
    guard text.count >= 16, let mark = text.dropFirst(10).first, mark == "T" || mark == " " else { return false }
    let time = text.dropFirst(11)
    guard time.hasPrefix("23:") else { return false }
    return time.hasPrefix("23:59") || time.hasSuffix("Z") || time.hasSuffix("+00:00")
}
