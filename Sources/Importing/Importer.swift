internal import Sterling
internal import Ledger
internal import Findings
internal import Sheets

/// Receives an export's rows and makes postings of them.
final class Importer: SheetReceiver {
    private var result: FileImport
    private let maps: [ImportMap]
    private let chart: Chart
    private let year: FinancialYear

    private var sheet: Sheet?
    private var header: Header?
    private var hasChosen = false
    private var hasFailed = false
    private var untold = 0
    /// Rows of the sheet before its header, with the columns that hold numbers.
    private var above: [(row: Int, numbers: [Int])] = []
    private var isAfterTotal = false
    private var lastColumn = 0
    private var headless: [Sheet] = []
    /// The row that came nearest to a map's header, for the file that none fits.
    private var nearest: (map: String, missing: [String], place: Place)?
    /// Debits and credits since the last sub-total, and of the sheet.
    private var running = Sides()
    private var ofSheet = Sides()

    private struct Sides {
        var debits = Money.zero
        var credits = Money.zero
        var net: Money { debits - credits }

        mutating func add(_ amount: Money) {
            if amount.isNegative { credits -= amount } else { debits += amount }
        }
    }

    /// A header row found: the map it fits and where its columns are.
    private struct Header {
        let map: ImportMap
        let columns: [ImportMap.Role: Int]
        let tests: [String: Int]
    }

    init(_ result: FileImport, maps: [ImportMap], chart: Chart, year: FinancialYear) {
        self.result = result
        self.maps = maps
        self.chart = chart
        self.year = year
    }

    func beginSheet(_ sheet: Sheet) {
        endSheet()
        self.sheet = sheet
        header = nil
        above = []
        isAfterTotal = false
        running = Sides()
        ofSheet = Sides()
    }

    func receive(_ row: RowBuffer) {
        guard !hasFailed, let sheet else { return }
        let texts = RowTexts(row, sheet)
        guard let header else {
            findHeader(texts)
            if self.header == nil { above.append((row.number, row.cells.filter { $0.kind == .number }.map(\.column))) }
            return
        }
        // The header again, at the top of a page: all its columns, perhaps in other places.
        if Self.fits(header.map, texts), header.map.columns.values.allSatisfy({ texts.column(titled: $0) != nil }) {
            result.pageHeaders += 1
            self.header = nil
            findHeader(texts)
            return
        }
        take(texts, header)
        if result.findings.count > Self.mostFindings { trimFindings() }
    }

    /// A file wrong in every row says so ten thousand times and then counts.
    private static let mostFindings = 10_000

    private func trimFindings() {
        untold += result.findings.count - Self.mostFindings
        result.findings.removeLast(result.findings.count - Self.mostFindings)
    }

    /// A sheet without a header may be a cover; with numbers in it, it may be half the ledger.
    private func endSheet() {
        guard let sheet, header == nil, !hasFailed, above.contains(where: { !$0.numbers.isEmpty }) else { return }
        headless.append(sheet)
    }

    func finish(_ report: SheetReader.Report) -> FileImport {
        endSheet()
        if hasChosen, !hasFailed {
            for sheet in headless where maps.first(where: { $0.name == result.map })?.sheets == nil {
                result.findings.append(Finding(
                    .rowsOutsideTable, at: Place(sheet.source), "the sheet \"\(sheet.name)\" holds numbers and no header that the map knows, so nothing of it was read",
                    hint: "name the sheets to read in the map's `sheets`, or give this one the header"))
            }
        }
        if untold > 0 {
            result.findings.append(Finding(
                .limitPassed, at: Place(file: result.file), "\(untold) further findings of this file are not listed", hint: "mend what is listed, and import the file again"))
        }
        result.findings += report.findings
        let isRead = report.isWhole && !hasFailed
        if isRead, !hasChosen {
            result.findings.append(Finding(
                .noMapFits, at: Place(file: result.file), "no map fits this file",
                hint: nearest.map { "the nearest is \"\($0.map)\": the header at \($0.place.cell ?? "") lacks \($0.missing.map { "\"\($0)\"" }.joined(separator: ", "))" } ?? (maps.isEmpty ? "there is no map in maps/ that could be read: mend or write one" : "none of \(maps.map(\.name).sorted().joined(separator: ", ")) finds its header: compare their `recognise` with the file's header row")))
        } else if isRead, result.postings.isEmpty, result.refused == 0 {
            result.findings.append(Finding(
                .nothingRead, at: Place(file: result.file), "no row became a posting", hint: "check the period and the cost centre that the export was run for"))
        }
        if isRead, hasChosen, result.controlTotal == nil, maps.first(where: { $0.name == result.map })?.controlTotal != nil {
            result.findings.append(Finding(
                .controlTotalMissing, at: Place(file: result.file), "the control total that the map describes was not found",
                hint: "see whether the file is cut short; if its total is printed otherwise now, mend the map's `control total`"))
        }
        // A file that was not read whole must not stand in any total.
        if !report.isWhole || hasFailed { result.withdraw() }
        return result
    }

    // MARK: The header

    private func findHeader(_ row: RowTexts) {
        for map in maps {
            let missing = map.recognise.filter { row.column(titled: $0) == nil }
            if missing.count < map.recognise.count, nearest.map({ missing.count < $0.missing.count }) ?? true { nearest = (map.name, missing, row.place(1)) }
        }
        let fitting = maps.filter { map in (map.sheets?.contains(row.sheet.name) ?? true) && Self.fits(map, row) }
        guard let map = fitting.first else { return }
        if fitting.count > 1 || (hasChosen && map.name != result.map) {
            hasFailed = true
            result.findings.append(Finding(
                .severalMapsFit, at: row.place(1), "more than one map fits: \(Set(fitting.map(\.name) + [result.map].compactMap { $0 }).sorted().joined(separator: ", "))",
                hint: "give one of them a further header name to recognise"))
            return
        }
        hasChosen = true
        result.map = map.name
        var columns: [ImportMap.Role: Int] = [:]
        for (role, title) in map.columns.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            if let column = row.column(titled: title) { columns[role] = column } else { missing(title, row) }
            if row.isTitledTwice(title) {
                hasFailed = true
                result.findings.append(Finding(
                    .columnMissing, at: row.place(columns[role] ?? 1), found: title, "two columns are headed \"\(title)\", and which is meant can't be told",
                    hint: "give the columns different headers in the export", excerpt: row.excerpt(columns[role])))
            }
        }
        let amountColumns = [ImportMap.Role.amount, .debit, .credit, .net, .gross].compactMap { columns[$0] }
        if let stray = above.first(where: { $0.numbers.contains(where: amountColumns.contains) }) {
            result.findings.append(Finding(
                .rowsOutsideTable, at: Place(row.sheet.source, row: stray.row, column: amountColumns.first ?? 1), "a row above the header holds a number in a column of amounts, and was not read",
                hint: "move the header above all transactions"))
        }
        above = []
        lastColumn = row.cells.last?.cell.column ?? 0
        var tests: [String: Int] = [:]
        let tested = [map.subtotals, map.controlTotal, map.accruals].compactMap { $0?.column } + map.leaveOut.map(\.test.column)
        for title in Set(tested).sorted() {
            if let column = row.column(titled: title) { tests[title] = column } else { missing(title, row) }
        }
        header = Header(map: map, columns: columns, tests: tests)
    }

    private func missing(_ title: String, _ row: RowTexts) {
        hasFailed = true
        result.findings.append(Finding(
            .columnMissing, at: row.place(1), "the header has no column \"\(title)\"",
            hint: Nearest.hint(title, in: row.cells.map(\.text)), excerpt: row.excerpt(nil)))
    }

    private static func fits(_ map: ImportMap, _ row: RowTexts) -> Bool {
        map.recognise.allSatisfy { row.column(titled: $0) != nil }
    }

    // MARK: A row

    private func take(_ row: RowTexts, _ header: Header) {
        func test(_ test: ImportMap.RowTest?) -> Bool {
            guard let test, let column = header.tests[test.column] else { return false }
            return test.matches(row.text(column))
        }
        func field(_ role: ImportMap.Role) -> String { header.columns[role].map { row.text($0).trimmed } ?? "" }
        if let last = row.cells.last, last.cell.column > lastColumn {
            result.refused += 1
            result.findings.append(Finding(
                .rowTooLong, at: row.place(last.cell.column), found: last.text, "the row has more fields than the header, so its amount may be cut in two",
                hint: "put quotation marks around fields that hold the separator", excerpt: row.excerpt(last.cell.column)))
            return
        }
        if test(header.map.controlTotal) { return takeControlTotal(row, header) }
        if test(header.map.subtotals) { return takeSubtotal(row, header) }

        let code = field(.code)
        let meaning = header.map.meaning(costCentre: field(.costCentre), code: code)
        var reason = header.map.leaveOut.first { test($0.test) }?.reason
        if reason == nil, case .leftOut(let why)? = meaning { reason = why }
        // What is left out anyway needs no amount that can be read.
        let before = result.findings.count
        let read = self.amount(row, header)
        if let reason, read?.0 == nil {
            result.findings.removeSubrange(before...)
            if read == nil { result.leaveOut(reason + " (amount not readable)", .zero) } else { result.withoutAmount += 1 }
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
            guard meaning != nil else {
                result.withoutAmount += 1
                return
            }
            result.refused += 1
            result.findings.append(Finding(
                .rowWithoutAmount, at: place, found: code, "the row has a code and no amount",
                hint: "mend the row at its source, or let the map leave it out", excerpt: row.excerpt(header.columns[.code])))
            return
        }
        guard result.all.rows < Limits.importedRows else {
            hasFailed = true
            result.findings.append(Finding(
                .limitPassed, at: place, "the file has more than \(Limits.importedRows) rows with an amount", hint: "export a year at a time"))
            return
        }
        if isAfterTotal {
            isAfterTotal = false
            result.findings.append(Finding(
                .controlTotalDiffers, at: place, "a transaction comes after the control total, which doesn't cover it",
                hint: "export the file again; a control total stands last on its sheet", excerpt: row.excerpt(column)))
        }
        result.all.add(amount)
        running.add(amount)
        ofSheet.add(amount)
        if let reason { return result.leaveOut(reason, amount) }
        if code.isEmpty, field(.costCentre).isEmpty, field(.document).isEmpty, field(.period).isEmpty {
            // An amount with nothing that a posting has: a total that the map doesn't know.
            unknown(row, header, amount, "an amount stands in a row without a code", "if it is a sub-total, describe it in the map's `rows`; else mend the row", place, code)
            return
        }
        guard let meaning else {
            unknown(row, header, amount, "the map \"\(header.map.name)\" doesn't know this code", "add to the map's codes: \"\(code)\": and its class; until then the row is in suspense", place, code)
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
            result.findings.append(Finding(
                .periodOutsideYear, at: place, found: "P0", "P0 holds what was brought forward, and the code is one of the year's own",
                hint: "give the row its period, or let the map leave it out", excerpt: row.excerpt(column)))
            return result.leaveOut("brought forward on a code of the year", amount)
        }
        post(row, header, amount, meaning, period, place)
    }

    private func post(_ row: RowTexts, _ header: Header, _ amount: Money, _ meaning: CodeClass, _ period: Period, _ place: Place) {
        let member = result.ledgerOf
        let cash = Account.cash(.member(member))
        let concerning = memberConcerned(row, header)
        // For a debit; a credit goes the other way.
        let accounts: (from: Account, to: Account) = switch meaning {
        case .expenditure(let heading), .income(let heading): (cash, .heading(heading))
        case .contribution(let contributor): (cash, .cash(.contributor(contributor)))
        case .recharge(let other): (cash, .cash(.member(other)))
        case .reserveTransfer: (cash, .reserve(member))
        case .reserveBalance, .leftOut: preconditionFailure("these are no postings")
        }
        guard concerning != .some(.unknown) else { return suspend(row, header, amount, period, place) }
        append(row, header, amount, accounts, period, place, concerning: concerning?.name)
        result.posted.add(amount)
    }

    private func append(
        _ row: RowTexts, _ header: Header, _ amount: Money, _ accounts: (from: Account, to: Account), _ period: Period, _ place: Place,
        concerning: Name<Member>?
    ) {
        func field(_ role: ImportMap.Role) -> String { header.columns[role].map { row.text($0).trimmed } ?? "" }
        let isAccrual = header.map.accruals.map { test in header.tests[test.column].map { test.matches(row.text($0)) } ?? false } ?? false
        result.postings.append(Posting(
            amount: amount.magnitude, from: amount.isNegative ? accounts.to : accounts.from, to: amount.isNegative ? accounts.from : accounts.to,
            ledgerOf: result.ledgerOf, concerning: concerning, period: period, date: date(row, header), document: field(.document),
            code: field(.code), description: field(.description), isAccrual: isAccrual, place: place))
    }

    private func unknown(
        _ row: RowTexts, _ header: Header, _ amount: Money, _ message: String, _ hint: String, _ place: Place, _ code: String
    ) {
        let column = header.columns[.code] ?? 1
        result.findings.append(Finding(
            .codeUnknown, at: row.place(column), found: code, message, hint: hint, excerpt: row.excerpt(column)))
        guard let period = period(row, header, amount) else { return }
        suspend(row, header, amount, period, place)
    }

    private func suspend(_ row: RowTexts, _ header: Header, _ amount: Money, _ period: Period, _ place: Place) {
        append(row, header, amount, (.cash(.member(result.ledgerOf)), .suspense(result.ledgerOf)), period, place, concerning: nil)
        result.suspense.add(amount)
    }

    // MARK: Fields

    /// The row's amount, debits more than nought, and its column; a `nil` amount is a blank one.
    /// - Returns: `nil` where a finding stands instead.
    private func amount(_ row: RowTexts, _ header: Header) -> (Money?, Int?)? {
        func read(_ role: ImportMap.Role) -> (Money?, Int)?? {
            guard let column = header.columns[role] else { return .some(nil) }
            guard let value = AmountCell.read(
                row, column, isCreditPositive: role == .credit || (role != .debit && header.map.isCreditPositive), header.map, &result.findings) else { return nil }
            return .some((value, column))
        }
        if header.columns[.debit] != nil {
            guard case let debit?? = read(.debit), case let credit?? = read(.credit) else { return nil }
            if let a = debit.0, let b = credit.0 {
                if a.isZero { return (-b, credit.1) }
                if b.isZero { return (a, debit.1) }
                result.findings.append(Finding(
                    .debitAndCredit, at: row.place(credit.1), found: row.text(credit.1), "the row has a debit and a credit",
                    hint: "mend the row at its source: it moves an amount one way", excerpt: row.excerpt(credit.1)))
                return nil
            }
            if let a = debit.0 { return (a, debit.1) }
            return (credit.0.map { -$0 }, credit.1)
        }
        let sign = { (money: Money?) in header.map.isCreditPositive ? money.map { -$0 } : money }
        if header.columns[.amount] != nil {
            guard case let value?? = read(.amount) else { return nil }
            return (sign(value.0), value.1)
        }
        guard let net = read(.net), let vat = read(.vat), let gross = read(.gross) else { return nil }
        if let net, let net = net.0, let vat, let vat = vat.0, let gross, let gross = gross.0, net + vat != gross {
            result.findings.append(Finding(
                .grossDiffers, at: row.place(header.columns[.gross]!), found: row.text(header.columns[.gross]!), "net \(net) and VAT \(vat) add up to \(net + vat), not to the gross",
                hint: "mend the row at its source", excerpt: row.excerpt(header.columns[.gross])))
            return nil
        }
        if let net, net.0 != nil { return (sign(net.0), net.1) }
        guard let gross, let vat else { return (nil, net?.1) }
        return (sign(gross.0.map { $0 - (vat.0 ?? .zero) }), gross.1)
    }

    private func period(_ row: RowTexts, _ header: Header, _ amount: Money) -> Period? {
        let isFromDate = header.map.periodFormat == .fromDate
        let column = header.columns[isFromDate ? .date : .period]!
        let text = row.text(column).trimmed
        var found: (FinancialYear, Period)?
        switch header.map.periodFormat {
        case .number: found = Period(written: text).map { (year, $0) }
        case .startYear, .endYear:
            let digits = text.filter { $0.isASCII && $0.isNumber }
            if (5...6).contains(digits.count), text.allSatisfy({ $0.isNumber || "-/P p".contains($0) }),
               let start = Int(digits.prefix(4)), let number = Int(digits.dropFirst(4)), let period = Period(number) {
                found = (FinancialYear(startYear: header.map.periodFormat == .startYear ? start : start - 1), period)
            }
        case .fromDate:
            if let date = CalendarDate(written: text) {
                let of = FinancialYear(of: date)
                found = of.period(of: date).map { (of, $0) }
            }
        }
        guard let (of, period) = found else {
            result.findings.append(Finding(
                .periodUnreadable, at: row.place(column), found: text, "the accounting period can't be read",
                hint: "the map says: period format: \(header.map.periodFormat.rawValue)", excerpt: row.excerpt(column)))
            result.leaveOut("period not readable", amount)
            return nil
        }
        guard of == year else {
            result.findings.append(Finding(
                .periodOutsideYear, at: row.place(column), found: text, "the period belongs to \(of), not to \(year)",
                hint: "put the row into that year's export, or mend its period", excerpt: row.excerpt(column)))
            result.leaveOut("period of another year", amount)
            return nil
        }
        return period
    }

    private func date(_ row: RowTexts, _ header: Header) -> CalendarDate? {
        guard let column = header.columns[.date] else { return nil }
        let text = row.text(column).trimmed
        if text.isEmpty { return nil }
        if let date = CalendarDate(written: text) { return date }
        result.findings.append(Finding(
            .dateUnreadable, at: row.place(column), found: text, "the date can't be read",
            hint: "write it as 2018-04-30 or 30/04/2018", excerpt: row.excerpt(column)))
        return nil
    }

    private enum Concerned: Equatable {
        case known(Name<Member>)
        case unknown

        var name: Name<Member>? { if case .known(let name) = self { name } else { nil } }
    }

    private func memberConcerned(_ row: RowTexts, _ header: Header) -> Concerned? {
        guard let column = header.columns[.memberConcerned] else { return nil }
        let text = row.text(column).trimmed
        if text.isEmpty { return nil }
        if let member = header.map.membersConcerned[text.lowercased()] ?? chart.member(written: text) { return .known(member) }
        result.findings.append(Finding(
            .memberConcernedUnknown, at: row.place(column), found: text, "no member has this name; the row is in suspense",
            hint: "add to the map's `members concerned`, or: " + Nearest.hint(text, in: chart.members.map(\.name.text)), excerpt: row.excerpt(column)))
        return .unknown
    }

    // MARK: Totals in the file

    /// What a total's row prints: a net amount, or where it fills both columns a debit and a credit.
    private func total(_ row: RowTexts, _ header: Header, against sums: Sides) -> (printed: Money, computed: Money, isEqual: Bool, column: Int)? {
        if let debitColumn = header.columns[.debit], let creditColumn = header.columns[.credit] {
            guard case let debit?? = .some(AmountCell.read(row, debitColumn, isCreditPositive: false, header.map, &result.findings)),
                  case let credit?? = .some(AmountCell.read(row, creditColumn, isCreditPositive: true, header.map, &result.findings)) else { return nil }
            if let debit, let credit {
                return (debit - credit, sums.net, debit == sums.debits && credit == sums.credits, debitColumn)
            }
            guard let one = debit ?? credit.map({ -$0 }) else { return nil }
            return (one, sums.net, one == sums.net, debit == nil ? creditColumn : debitColumn)
        }
        guard case (let printed?, let column?)? = amount(row, header) else { return nil }
        return (printed, sums.net, printed == sums.net, column)
    }

    private func takeSubtotal(_ row: RowTexts, _ header: Header) {
        defer { running = Sides() }
        guard let (printed, computed, isEqual, column) = total(row, header, against: running) else { return }
        if isEqual {
            result.subtotalsAgreed += 1
            return
        }
        result.subtotalsDiffering += 1
        result.findings.append(Finding(
            .subtotalDiffers, at: row.place(column), found: row.text(column),
            "the rows above add up to \(computed), and the sub-total is \(printed): \(printed - computed) apart (debits positive)",
            hint: "export the file again: rows are missing, or were changed by hand", excerpt: row.excerpt(column)))
    }

    private func takeControlTotal(_ row: RowTexts, _ header: Header) {
        guard let (printed, computed, isEqual, column) = total(row, header, against: ofSheet) else { return }
        result.controlTotal = (result.controlTotal ?? .zero) + printed
        isAfterTotal = true
        guard !isEqual else { return }
        result.findings.append(Finding(
            .controlTotalDiffers, at: row.place(column), found: row.text(column),
            "the rows read add up to \(computed), and the control total is \(printed): \(printed - computed) apart (debits positive)",
            hint: "export the file again: rows are missing, or were changed by hand", excerpt: row.excerpt(column)))
    }
}
