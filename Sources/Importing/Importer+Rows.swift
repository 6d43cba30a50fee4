internal import Sterling
internal import Ledger
internal import Findings
internal import Sheets

/// A row becomes a posting, is left out or goes to suspense; a total is held against the rows above it.
extension Importer {
    func take(_ row: RowTexts, _ header: Header) {
        func test(_ test: ImportMap.RowTest?) -> Bool {
            guard let test, let column = header.tests[test.column] else { return false }
            return test.matches(row.text(column))
        }
        func field(_ role: ImportMap.Role) -> String { header.columns[role].map { row.text($0).trimmed } ?? "" }
        // Cells of a sheet stand where they stand, and a note beside the table does no harm; a field of a CSV
        // that is one too many may be half an amount.
        if let last = row.cells.last, last.cell.column > lastColumn, !row.sheet.isTyped {
            result.refused += 1
            result.findings.append(
                Finding(
                    .rowTooLong, at: row.place(last.cell.column), found: last.text,
                    "the row has more fields than the header, so its amount may be cut in two",
                    hint: "put quotation marks around fields that hold the separator",
                    excerpt: row.excerpt(last.cell.column)))
            return
        }
        if test(header.map.controlTotal) { return takeControlTotal(row, header) }
        if test(header.map.subtotals) { return takeSubtotal(row, header) }
        if !header.periodColumns.isEmpty, inPeriod == nil {
            // One row for each period that has something in it.
            let filled = header.periodColumns.filter { row.cell($0.column) != nil }
            if filled.isEmpty { result.withoutAmount += 1 }
            for column in filled where !hasFailed {
                inPeriod = column
                take(row, header)
            }
            inPeriod = nil
            return
        }

        let code = field(.code)
        let key = field(.costCentre) + "\u{1F}" + code
        let meaning =
            meanings[key]
            ?? {
                let found = header.map.meaning(costCentre: field(.costCentre), code: code)
                meanings[key] = .some(found)
                return found
            }()
        var reason = header.map.leaveOut.first { test($0.test) }?.reason
        if reason == nil, case .leftOut(let why)? = meaning { reason = why }
        // What is left out anyway needs no amount that can be read.
        let before = result.findings.count
        let read = self.amount(row, header)
        if let reason, read?.0 == nil {
            result.findings.removeSubrange(before...)
            if read == nil {
                result.leaveOut(reason + " (amount not readable)", .zero)
            } else {
                result.withoutAmount += 1
            }
            if read == nil { result.all.add(.zero) }
            return
        }
        guard let (amount, column) = read else {
            result.refused += 1
            return
        }
        let place = row.place(column ?? header.columns[.code] ?? 1)
        guard let amount else {
            // Titles, page numbers and the like: text without an amount.
            guard meaning != nil, inPeriod == nil else {
                result.withoutAmount += 1
                return
            }
            result.refused += 1
            result.findings.append(
                Finding(
                    .rowWithoutAmount, at: place, found: code, "the row has a code and no amount",
                    hint: "mend the row at its source, or let the map leave it out",
                    excerpt: row.excerpt(header.columns[.code])))
            return
        }
        if let column { noteAmount(row: row.number, column: column) }
        guard result.all.rows < Limits.importedRows else {
            hasFailed = true
            result.findings.append(
                Finding(
                    .limitPassed, at: place, "the file has more than \(Limits.importedRows) rows with an amount",
                    hint: "export a year at a time"))
            return
        }
        if isAfterTotal {
            isAfterTotal = false
            result.findings.append(
                Finding(
                    .controlTotalDiffers, at: place,
                    "a transaction comes after the control total, which doesn't cover it",
                    hint: "export the file again; a control total stands last on its sheet",
                    excerpt: row.excerpt(column)))
        }
        count(amount)
        if let reason { return result.leaveOut(reason, amount) }
        if code.isEmpty, field(.costCentre).isEmpty, field(.document).isEmpty, field(.period).isEmpty {
            // An amount with nothing that a posting has: a total that the map doesn't know.
            unknown(
                row, header, amount, "an amount stands in a row without a code",
                "if it is a sub-total, describe it in the map's `rows`; else mend the row", place, code)
            return
        }
        guard let meaning else {
            unknown(
                row, header, amount, "the map \"\(header.map.name)\" doesn't know this code",
                "add to the map's codes: \"\(code)\": and its class; until then the row is in suspense", place, code)
            return
        }
        guard let period = period(row, header, amount) else { return }
        if meaning == .reserveBalance {
            result.leaveOut("reserve's own balance, compared only", amount)
            result.reserveBalance = (result.reserveBalance ?? .zero) - amount
            if period.number == 0 { result.reserveBroughtForward = (result.reserveBroughtForward ?? .zero) - amount }
            return
        }
        if period.number == 0 {
            result.findings.append(
                Finding(
                    .periodOutsideYear, at: place, found: "P0",
                    "P0 holds what was brought forward, and the code is one of the year's own",
                    hint: "give the row its period, or let the map leave it out", excerpt: row.excerpt(column)))
            return result.leaveOut("brought forward on a code of the year", amount)
        }
        post(row, header, amount, meaning, period, place)
    }

    func post(
        _ row: RowTexts, _ header: Header, _ amount: Money, _ meaning: CodeClass, _ period: Period, _ place: Place
    ) {
        let concerning = memberConcerned(row, header)
        guard concerning != .some(.unknown) else { return suspend(row, header, amount, period, place) }
        append(row, header, amount, meaning.accounts(in: result.ledgerOf), period, place, concerning: concerning?.name)
        result.posted.add(amount)
    }

    func append(
        _ row: RowTexts, _ header: Header, _ amount: Money, _ accounts: (from: Account, to: Account), _ period: Period,
        _ place: Place,
        concerning: Name<Member>?
    ) {
        func field(_ role: ImportMap.Role) -> String { header.columns[role].map { row.text($0).trimmed } ?? "" }
        let isAccrual =
            header.map.accruals.map { test in header.tests[test.column].map { test.matches(row.text($0)) } ?? false }
            ?? false
        result.postings.append(
            amount: amount.magnitude, from: amount.isNegative ? accounts.to : accounts.from,
            to: amount.isNegative ? accounts.from : accounts.to,
            ledgerOf: result.ledgerOf, concerning: concerning, period: period, date: date(row, header),
            document: field(.document),
            code: field(.code), description: field(.description), isAccrual: isAccrual, place: place)
    }

    func unknown(
        _ row: RowTexts, _ header: Header, _ amount: Money, _ message: String, _ hint: String, _ place: Place,
        _ code: String
    ) {
        let column = header.columns[.code] ?? 1
        result.findings.append(
            Finding(
                .codeUnknown, at: row.place(column), found: code, message, hint: hint, excerpt: row.excerpt(column)))
        guard let period = period(row, header, amount) else { return }
        suspend(row, header, amount, period, place)
    }

    func suspend(_ row: RowTexts, _ header: Header, _ amount: Money, _ period: Period, _ place: Place) {
        append(
            row, header, amount, (.cash(.member(result.ledgerOf)), .suspense(result.ledgerOf)), period, place,
            concerning: nil)
        result.suspense.add(amount)
    }

    /// What a total's row prints: a net amount, or where it fills both columns a debit and a credit.
    func total(_ row: RowTexts, _ header: Header, against sums: Sides) -> (
        printed: Money, computed: Money, isEqual: Bool, column: Int
    )? {
        if let debitColumn = header.columns[.debit], let creditColumn = header.columns[.credit] {
            guard
                case let debit?? = .some(
                    AmountCell.read(row, debitColumn, isCreditPositive: false, header.map, &result.findings)),
                case let credit?? = .some(
                    AmountCell.read(row, creditColumn, isCreditPositive: true, header.map, &result.findings))
            else { return nil }
            if let debit, let credit {
                // A report that prints its net leaves a zero on the other side.
                let isNet = (debit.isZero || credit.isZero) && debit - credit == sums.net
                return (
                    debit - credit, sums.net, isNet || (debit == sums.debits && credit == sums.credits), debitColumn
                )
            }
            guard let one = debit ?? credit.map({ -$0 }) else { return nil }
            return (one, sums.net, one == sums.net, debit == nil ? creditColumn : debitColumn)
        }
        guard case (let printed?, let column?)? = amount(row, header) else { return nil }
        return (printed, sums.net, printed == sums.net, column)
    }

    func takeSubtotal(_ row: RowTexts, _ header: Header) {
        defer { running = Sides() }
        guard let (printed, computed, isEqual, column) = total(row, header, against: running) else { return }
        if isEqual {
            result.subtotalsAgreed += 1
            return
        }
        result.subtotalsDiffering += 1
        result.findings.append(
            Finding(
                .subtotalDiffers, at: row.place(column), found: row.text(column),
                "the rows above add up to \(computed), and the sub-total is \(printed): \(printed - computed) apart "
                    + "(debits positive)",
                hint: "export the file again: rows are missing, or were changed by hand", excerpt: row.excerpt(column)))
    }

    func takeControlTotal(_ row: RowTexts, _ header: Header) {
        guard let (printed, computed, isEqual, column) = total(row, header, against: ofSheet) else { return }
        result.controlTotal = (result.controlTotal ?? .zero) + printed
        isAfterTotal = true
        guard !isEqual else { return }
        result.findings.append(
            Finding(
                .controlTotalDiffers, at: row.place(column), found: row.text(column),
                "the rows read add up to \(computed), and the control total is \(printed): \(printed - computed) "
                    + "apart (debits positive)",
                hint: "export the file again: rows are missing, or were changed by hand", excerpt: row.excerpt(column)))
    }
}

extension CodeClass {
    /// The accounts of a debit in a member's ledger; a credit goes the other way.
    ///
    /// - Precondition: rows of the class are postings.
    func accounts(in ledgerOf: Name<Member>) -> (from: Account, to: Account) {
        let cash = Account.cash(.member(ledgerOf))
        return switch self {
        case .expenditure(let heading), .income(let heading): (cash, .heading(heading))
        case .contribution(let contributor): (cash, .cash(.contributor(contributor)))
        case .recharge(let other): (cash, .cash(.member(other)))
        case .fundReceipt(let fund): (.fund(fund), cash)
        case .fundTransfer(let fund): (cash, .fund(fund))
        case .reserveTransfer: (cash, .reserve(ledgerOf))
        case .reserveBalance, .leftOut: preconditionFailure("these are no postings")
        }
    }
}
