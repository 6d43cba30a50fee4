internal import Sterling
internal import Ledger
internal import Findings
internal import Sheets

/// A row's fields: its amount, period, date and member concerned.
extension Importer {
    /// The row's amount, debits more than zero, and its column; a `nil` amount is a blank one.
    /// - Returns: `nil` where a finding stands instead.
    func amount(_ row: RowTexts, _ header: Header) -> (Money?, Int?)? {
        func read(_ role: ImportMap.Role) -> (Money?, Int)?? {
            guard let column = header.columns[role] else { return .some(nil) }
            guard
                let value = AmountCell.read(
                    row, column, isCreditPositive: role == .credit || (role != .debit && header.map.isCreditPositive),
                    header.map, &result.findings)
            else { return nil }
            return .some((value, column))
        }
        if header.columns[.debit] != nil {
            guard case let debit?? = read(.debit), case let credit?? = read(.credit) else { return nil }
            if let a = debit.0, let b = credit.0 {
                if a.isZero { return (-b, credit.1) }
                if b.isZero { return (a, debit.1) }
                result.findings.append(
                    Finding(
                        .debitAndCredit, at: row.place(credit.1), found: row.text(credit.1),
                        "the row has a debit and a credit",
                        hint: "mend the row at its source: it moves an amount one way", excerpt: row.excerpt(credit.1)))
                return nil
            }
            if let a = debit.0 { return (a, debit.1) }
            return (credit.0.map { -$0 }, credit.1)
        }
        if !header.periodColumns.isEmpty {
            // A total's row is summed over the periods; any other is read for one of them.
            var total: Money?
            for (_, column) in inPeriod.map({ [$0] }) ?? header.periodColumns {
                guard
                    let value = AmountCell.read(
                        row, column, isCreditPositive: header.map.isCreditPositive, header.map, &result.findings)
                else { return nil }
                if let value { total = (total ?? .zero) + (header.map.isCreditPositive ? -value : value) }
            }
            return (total, inPeriod?.column ?? header.periodColumns[0].column)
        }
        let sign = { (money: Money?) in header.map.isCreditPositive ? money.map { -$0 } : money }
        if header.columns[.amount] != nil {
            guard case let value?? = read(.amount) else { return nil }
            return (sign(value.0), value.1)
        }
        guard let net = read(.net), let vat = read(.vat), let gross = read(.gross) else { return nil }
        let vatAmount = vat?.0 ?? .zero
        if let net, let net = net.0, let gross, let gross = gross.0, net + vatAmount != gross {
            result.findings.append(
                Finding(
                    .grossDiffers, at: row.place(header.columns[.gross]!), found: row.text(header.columns[.gross]!),
                    "net \(net) and VAT \(vatAmount) add up to \(net + vatAmount), not to the gross",
                    hint: "mend the row at its source", excerpt: row.excerpt(header.columns[.gross])))
            return nil
        }
        if let net, net.0 != nil { return (sign(net.0), net.1) }
        guard let gross, let vat else { return (nil, net?.1) }
        return (sign(gross.0.map { $0 - (vat.0 ?? .zero) }), gross.1)
    }

    func period(_ row: RowTexts, _ header: Header, _ amount: Money) -> Period? {
        if let inPeriod { return inPeriod.period }
        let isFromDate = header.map.periodFormat == .fromDate
        let column = header.columns[isFromDate ? .date : .period]!
        let text = row.text(column).trimmed
        guard let (of, period) = header.map.periodFormat.period(written: text, in: year) else {
            result.findings.append(
                Finding(
                    .periodUnreadable, at: row.place(column), found: text, "the accounting period can't be read",
                    hint: "the map says: period format: \(header.map.periodFormat.rawValue)",
                    excerpt: row.excerpt(column)))
            result.exclude("period not readable", amount)
            return nil
        }
        guard of == year else {
            result.findings.append(
                Finding(
                    .periodOutsideYear, at: row.place(column), found: text,
                    "the period belongs to \(of), not to \(year)",
                    hint: "put the row into that year's export, or mend its period", excerpt: row.excerpt(column)))
            result.exclude("period of another year", amount)
            return nil
        }
        return period
    }

    func date(_ row: RowTexts, _ header: Header) -> CalendarDate? {
        guard let column = header.columns[.date] else { return nil }
        let text = row.text(column).trimmed
        if text.isEmpty { return nil }
        if let date = CalendarDate(written: text) { return date }
        result.findings.append(
            Finding(
                .dateUnreadable, at: row.place(column), found: text, "the date can't be read",
                hint: "write it as 2018-04-30 or 30/04/2018", excerpt: row.excerpt(column)))
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
        result.findings.append(
            Finding(
                .memberConcernedUnknown, at: row.place(column), found: text,
                "no member has this name; the row is in suspense",
                hint: "add to the map's `members concerned`, or: "
                    + Nearest.hint(text, in: chart.members.map(\.name.text)), excerpt: row.excerpt(column)))
        return .unknown
    }
}

extension ImportMap.PeriodFormat {
    /// The accounting period that a cell says, and the year it belongs to; `nil` where it can't be read.
    ///
    /// - Parameter year: the one that a bare number belongs to.
    func period(written text: String, in year: FinancialYear) -> (FinancialYear, Period)? {
        switch self {
        case .number: return Period(written: text).map { (year, $0) }
        case .startYear, .endYear:
            let digits = text.filter { $0.isASCII && $0.isNumber }
            guard (5...6).contains(digits.count), text.allSatisfy({ $0.isNumber || "-/P p".contains($0) }),
                let start = Int(digits.prefix(4)), let number = Int(digits.dropFirst(4)), let period = Period(number)
            else { return nil }
            return (FinancialYear(startYear: self == .startYear ? start : start - 1), period)
        case .fromDate:
            guard let date = CalendarDate(written: text) else { return nil }
            let of = FinancialYear(of: date)
            return of.period(of: date).map { (of, $0) }
        }
    }
}
