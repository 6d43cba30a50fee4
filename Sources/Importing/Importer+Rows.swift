internal import Sterling
internal import Ledger
internal import Findings
internal import Sheets

/// A row becomes a posting, is excluded or goes to suspense; a total is held against the rows above it.
extension Importer {
    func take(_ row: RowTexts, _ header: Header) {
        if refusesAsTooLong(row) { return }
        tellUnnamedPeriod(row)
        if let column = beside?.amount(in: row) {
            beside = nil
            report(.blockBeside, row, column)
        }
        commas?.look(at: row)
        if matches(header.map.controlTotal, row, header), !isPosting(row, header, above: ofSheet) {
            return takeControlTotal(row, header)
        }
        if matches(header.map.subtotals, row, header), !isPosting(row, header, above: running) {
            return takeSubtotal(row, header)
        }
        guard header.periodColumns.isEmpty || inPeriod != nil else { return takePeriods(row, header) }
        takeTransaction(row, header)
    }

    private func matches(_ test: ImportMap.RowTest?, _ row: RowTexts, _ header: Header) -> Bool {
        guard let test, let column = header.tests[test.column] else { return false }
        return test.matches(row.text(column))
    }

    private func field(_ role: ImportMap.Role, _ row: RowTexts, _ header: Header) -> String {
        header.columns[role].map { row.text($0).trimmed } ?? ""
    }

    /// Cells of a sheet stand where they stand, and a note beside the table does no harm; a field of a CSV
    /// that is one too many may be half an amount.
    ///
    /// Where all rows have the same fields more, none of them is cut: the header lacks a name.
    private func refusesAsTooLong(_ row: RowTexts) -> Bool {
        guard !row.sheet.isTyped, let column = row.cells.last?.cell.column else { return false }
        guard column > lastColumn else {
            hasNarrow = true
            if let wide {
                result.findings.append(wide.first)
                self.wide = nil
            }
            return false
        }
        if !hasNarrow, wide?.column ?? column == column {
            let first = ImportFault.rowTooLong.finding(
                at: row.place(column), found: row.text(column), excerpt: row.excerpt(column))
            wide = (column, (wide?.rows ?? 0) + 1, wide?.first ?? first)
            return false
        }
        result.refused += 1
        report(.rowTooLong, row, column)
        return true
    }

    /// Whether a row that the map takes for a total has all that a posting has, and isn't the sum of the rows above it:
    /// a supplier may be called Total. It is told either way where nothing else decides.
    private func isPosting(_ row: RowTexts, _ header: Header, above sums: Sides) -> Bool {
        guard header.periodColumns.isEmpty, isWhole(row, header) else { return false }
        let before = result.findings.count
        let total = total(row, header, against: sums)
        result.findings.removeSubrange(before...)
        guard let total, total.isEqual else {
            report(.postingLikeTotal(isSum: false), row, total?.column ?? header.columns[.code] ?? 1)
            return true
        }
        // One row above may have the same amount by chance.
        if sums.rows == 1, result.subtotalsAgreed == 0 { report(.postingLikeTotal(isSum: true), row, total.column) }
        return false
    }

    /// Whether the row has a code that the map knows, a period, and a document or a date where the layout has them.
    private func isWhole(_ row: RowTexts, _ header: Header) -> Bool {
        guard meaning(row, header, code: field(.code, row, header)) != nil else { return false }
        guard
            header.map.wholePeriod != nil || header.map.period(written: writtenPeriod(row, header), in: year) != nil
        else { return false }
        let others = [ImportMap.Role.document, .date].filter { header.columns[$0] != nil }
        return others.isEmpty || others.contains { !field($0, row, header).isEmpty }
    }

    /// A total that the map doesn't know is posted on top of its rows.
    ///
    /// - Returns: whether it is the sum of rows above it.
    private func tellTotal(_ row: RowTexts, _ amount: Money, _ column: Int) -> Bool {
        if !(balance?.isMoving ?? false),
            row.cells.contains(where: { $0.cell.kind == .text && TotalWords.readBalance($0.text) })
        {
            report(.balancePosted, row, column)
            return false
        }
        let words = row.cells.filter { $0.cell.kind == .text && TotalWords.read($0.text) }
        let isFormula = row.cell(column)?.cell.hasFormula ?? false
        guard !words.isEmpty || isFormula else { return false }
        let rows = rowsAdding(upTo: amount)
        guard rows > 1 || words.contains(where: { TotalWords.areAll($0.text) }) else { return false }
        report(.totalPosted(rows: rows, isFormula: words.isEmpty), row, column)
        return rows > 0
    }

    /// Remembers what a column of marks says that the map doesn't read.
    private func noteMark(_ row: RowTexts) {
        guard let marksColumn else { return }
        let mark = row.text(marksColumn).trimmed
        guard !mark.isEmpty else { return }
        marks.insert(mark.lowercased())
        if firstCredit == nil, MarkColumn.isCredit(mark) { firstCredit = row.place(marksColumn) }
    }

    /// The column that says the row's amount is in no pounds.
    private func otherCurrency(_ row: RowTexts) -> Int? {
        currencyColumns.first { column in
            let text = row.text(column).trimmed
            return !text.isEmpty && !CurrencyColumn.isPounds(text)
        }
    }

    /// A month's column that came after the map was written; empty ones wait for their month.
    private func tellUnnamedPeriod(_ row: RowTexts) {
        guard !unnamedPeriods.isEmpty else { return }
        unnamedPeriods.removeAll { column, title in
            guard case .amount(let amount, _) = AmountReader.read(row.text(column)), !amount.isZero else {
                return false
            }
            report(.periodColumnUnnamed, row, column, found: title)
            return true
        }
    }

    /// Codes and numbers of documents whose last digits a spreadsheet has dropped.
    private func tellRewritten(_ row: RowTexts, _ header: Header) {
        for role in [ImportMap.Role.code, .costCentre, .document] {
            guard let column = header.columns[role], !rewritten.contains(column),
                RowTexts.isRewritten(row.text(column).trimmed)
            else { continue }
            rewritten.insert(column)
            report(.numberRewritten, row, column)
        }
    }

    /// One posting for each period that has something in it.
    private func takePeriods(_ row: RowTexts, _ header: Header) {
        let filled = header.periodColumns.filter { row.cell($0.column) != nil }
        if filled.isEmpty { result.withoutAmount += 1 }
        for column in filled where !hasFailed {
            inPeriod = column
            take(row, header)
        }
        inPeriod = nil
    }

    /// What the map says of the row's cost centre and code; `nil` where it doesn't know them.
    private func meaning(_ row: RowTexts, _ header: Header, code: String) -> CodeClass? {
        let costCentre = field(.costCentre, row, header), key = costCentre + "\u{1F}" + code
        if let known = meanings[key] { return known }
        let found = header.map.meaning(costCentre: costCentre, code: code)
        meanings[key] = .some(found)
        return found
    }

    private func takeTransaction(_ row: RowTexts, _ header: Header) {
        tellRewritten(row, header)
        noteMark(row)
        let code = field(.code, row, header), meaning = meaning(row, header, code: code)
        var reason = header.map.exclusions.first { matches($0.test, row, header) }?.reason
        if reason == nil, case .excluded(let why)? = meaning { reason = why }
        if reason == nil, let currency = otherCurrency(row) {
            result.refused += 1
            return report(.otherCurrency, row, currency)
        }
        // What is excluded anyway needs no amount that can be read.
        let before = result.findings.count
        let amount: Money, column: Int
        switch self.amount(row, header) {
        case .amount(let read, let at): (amount, column) = (read, at)
        case .blank(let at):
            guard reason == nil else {
                result.findings.removeSubrange(before...)
                result.withoutAmount += 1
                return
            }
            return takeBlank(
                row, header, code: code, isKnown: meaning != nil, row.place(at ?? header.columns[.code] ?? 1))
        case .refused:
            guard let reason else {
                result.refused += 1
                return
            }
            result.findings.removeSubrange(before...)
            result.exclude(reason + " (amount not readable)", .zero)
            result.all.add(.zero)
            return
        }
        let place = row.place(column)
        noteAmount(row: row.number, column: column)
        noteBalance(row, header, amount, mayRestart: reason != nil, code)
        let isTotal = reason == nil && tellTotal(row, amount, column)
        if reason == nil, !foreign.contains(column), row.cell(column)?.cell.isOtherCurrency ?? false {
            foreign.insert(column)
            report(.currencyOfFormat, row, column)
        }
        guard isWithinLimit(place) else { return }
        if isAfterTotal { tellAfterTotal(row, place, column) }
        count(amount)
        if amount.isNegative { hasNegatives = true }
        if isTotal { markTotal() }
        if let reason { return exclude(reason, amount) }
        guard let meaning else {
            return unknown(row, header, amount, code: code, place)
        }
        take(amount, of: meaning, row, header, place, column)
    }

    /// A row without an amount: a title, a page's number and the like, unless it has a code.
    private func takeBlank(_ row: RowTexts, _ header: Header, code: String, isKnown: Bool, _ place: Place) {
        guard isKnown, inPeriod == nil else {
            result.withoutAmount += 1
            return
        }
        result.refused += 1
        result.findings.append(
            ImportFault.rowWithoutAmount.finding(at: place, found: code, excerpt: row.excerpt(header.columns[.code])))
    }

    private func noteBalance(
        _ row: RowTexts, _ header: Header, _ amount: Money, mayRestart: Bool, _ code: String
    ) {
        guard let column = header.columns[.balance] else { return }
        var read: Money?
        if case .amount(let figure, let marker) = AmountReader.read(row.text(column)) {
            read = marker == .credit ? -figure : figure
        }
        let pounds = read.flatMap { header.map.unit?.inPounds($0) ?? $0 }
        balance?.add(amount, balance: pounds, group: code, mayRestart: mayRestart, at: row.place(column))
    }

    /// What a sheet's balances have shown.
    func take(_ balance: RunningBalance?) {
        guard let way = balance?.best else { return }
        if way.breaks.isEmpty {
            result.balancesAgreed += way.steps
        } else if way.count * 2 > way.steps {
            result.findings.append(ImportFault.balanceNeverRuns.finding(at: way.breaks[0].place))
        } else {
            result.findings += way.breaks.map {
                ImportFault.balanceBreaks(gap: $0.gap).finding(at: $0.place, found: "\($0.balance)")
            }
        }
    }

    private func isWithinLimit(_ place: Place) -> Bool {
        guard result.all.rows >= Limits.importedRows else { return true }
        hasFailed = true
        result.findings.append(ImportFault.tooManyRows.finding(at: place))
        return false
    }

    private func tellAfterTotal(_ row: RowTexts, _ place: Place, _ column: Int?) {
        isAfterTotal = false
        result.findings.append(ImportFault.rowAfterControlTotal.finding(at: place, excerpt: row.excerpt(column)))
    }

    private func take(
        _ amount: Money, of meaning: CodeClass, _ row: RowTexts, _ header: Header, _ place: Place, _ column: Int?
    ) {
        guard !hasNothingOfAPosting(row, header) else { return withoutCode(row, header, amount, place) }
        if meaning.isRecharge(with: result.ledgerOf) {
            return unknown(row, header, amount, .rechargeWithItself, place, field(.code, row, header))
        }
        guard let period = period(row, header, amount) else { return }
        if meaning == .reserveBalance {
            result.exclude("reserve's own balance, compared only", amount)
            result.reserveBalance = (result.reserveBalance ?? .zero) - amount
            if period.number == 0 { result.reserveBroughtForward = (result.reserveBroughtForward ?? .zero) - amount }
            return
        }
        if period.number == 0 {
            result.findings.append(
                ImportFault.periodBroughtForward.finding(at: place, found: "P0", excerpt: row.excerpt(column)))
            return result.exclude("brought forward on a code of the year", amount)
        }
        post(row, header, amount, meaning, period, place)
    }

    /// An amount with nothing that a posting has is a total that the map doesn't know.
    private func hasNothingOfAPosting(_ row: RowTexts, _ header: Header) -> Bool {
        [ImportMap.Role.code, .costCentre, .document, .period].allSatisfy { field($0, row, header).isEmpty }
    }

    private func withoutCode(_ row: RowTexts, _ header: Header, _ amount: Money, _ place: Place) {
        unknown(row, header, amount, .rowWithoutCode, place, "")
    }

    private func unknown(_ row: RowTexts, _ header: Header, _ amount: Money, code: String, _ place: Place) {
        guard !hasNothingOfAPosting(row, header) else { return withoutCode(row, header, amount, place) }
        unknown(row, header, amount, .codeUnknown(map: header.map.name), place, code)
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
        _ row: RowTexts, _ header: Header, _ amount: Money, _ fault: ImportFault, _ place: Place, _ code: String
    ) {
        report(fault, row, header.columns[.code] ?? 1, found: code)
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
        let nets = [sums.net, sums.net - sums.excluded]
        if let debitColumn = header.columns[.debit], let creditColumn = header.columns[.credit] {
            let debits = AmountCell.read(row, debitColumn, isCreditPositive: false, header.map, &result.findings)
            if case .refused = debits { return nil }
            let credits = credits(row, header, creditColumn), unit = header.map.unit ?? .pounds
            switch (unit.inPounds(debits), unit.inPounds(credits)) {
            case (.refused, _), (_, .refused), (.blank, .blank): return nil
            case (.amount(let debit), .amount(let credit)):
                // A report that prints its net leaves a zero on the other side.
                let isNet = (debit.isZero || credit.isZero) && nets.contains(debit - credit)
                return (
                    debit - credit, sums.net, isNet || (debit == sums.debits && credit == sums.credits), debitColumn
                )
            case (.amount(let debit), .blank): return (debit, sums.net, nets.contains(debit), debitColumn)
            case (.blank, .amount(let credit)): return (-credit, sums.net, nets.contains(-credit), creditColumn)
            }
        }
        guard case .amount(let printed, let column) = amount(row, header, isTotal: true) else { return nil }
        return (printed, sums.net, nets.contains(printed), column)
    }

    func takeSubtotal(_ row: RowTexts, _ header: Header) {
        defer {
            running = Sides()
            markTotal()
        }
        guard let (printed, computed, isEqual, column) = total(row, header, against: running) else { return }
        if isEqual {
            result.subtotalsAgreed += 1
            return
        }
        result.subtotalsDiffering += 1
        report(.subtotalDiffers(computed: computed, printed: printed), row, column)
    }

    func takeControlTotal(_ row: RowTexts, _ header: Header) {
        guard let (printed, computed, isEqual, column) = total(row, header, against: ofSheet) else { return }
        result.controlTotal = (result.controlTotal ?? .zero) + printed
        isAfterTotal = true
        guard !isEqual else { return }
        report(.controlTotalDiffers(computed: computed, printed: printed), row, column)
    }
}

extension CodeClass {
    func isRecharge(with member: Name<Member>) -> Bool { self == .recharge(member) }

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
        case .reserveBalance, .excluded: preconditionFailure("these are no postings")
        }
    }
}
