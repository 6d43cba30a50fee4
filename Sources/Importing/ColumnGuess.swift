internal import Findings
internal import Ledger
internal import Sheets
internal import Sterling

/// Fills a suggestion in, column by column.
struct ColumnGuess {
    var found: MapSuggestion
    /// Of the header, and after those the names by letter of columns that it leaves without one.
    let titles: [(column: Int, title: String)]
    private let titled: Int
    /// The texts above the header.
    private let above: [String]
    typealias Row = SheetSample.Row
    let rows: [Row]
    private var taken: Set<Int> = []
    private var byRole: [ImportMap.Role: Int] = [:]

    init(found: MapSuggestion, titles: [(Int, String)], rows: [Row], above: [String]) {
        self.found = found
        self.rows = rows
        self.above = above
        titled = titles.count
        var counts: [Int: Int] = [:]
        for row in rows { for (column, cell) in row.cells where !cell.text.isEmpty { counts[column, default: 0] += 1 } }
        let known = Set(titles.map(\.0))
        let untitled = counts.filter { !known.contains($0.key) && $0.value * 2 > rows.count }.keys.sorted()
        self.titles = titles + untitled.map { ($0, "column " + Place.letters($0)) }
    }

    mutating func make() {
        takePeriodColumns()
        takeNamed()
        takeAmountByValues()
        takeSignColumn()
        takeStatus()
        takeByValues()
        takeDates()
        takeSigns()
        takePeriodFormat()
        takeWholePeriod()
        let order = ImportMap.Role.allCases
        found.columns.sort { order.firstIndex(of: $0.role)! < order.firstIndex(of: $1.role)! }
    }

    private func values(_ column: Int) -> [(text: String, kind: RowBuffer.Kind)] {
        rows.compactMap { $0.cells[column] }.filter { !$0.text.isEmpty }
    }

    private func share(_ column: Int, _ test: ((text: String, kind: RowBuffer.Kind)) -> Bool) -> Int {
        let values = values(column)
        return values.isEmpty ? 0 : values.count(where: test) * 100 / values.count
    }

    private func title(_ column: Int) -> String { titles.first { $0.column == column }!.title }

    private mutating func take(_ role: ImportMap.Role, _ column: Int, _ why: String) {
        taken.insert(column)
        byRole[role] = column
        found.columns.append((role, title(column), why))
    }

    /// `Apr` to `Mar`, or `P1` to `P12`, each with figures below.
    private mutating func takePeriodColumns() {
        var columns: [(title: String, column: Int, period: Int, rest: String, year: Int?)] = []
        for (column, title) in titles {
            guard let read = PeriodTitle(title),
                share(column, { $0.kind == .number || MapGuess.isAmount($0.text) || $0.text == "-" }) >= 80
            else { continue }
            columns.append((title, column, read.period, read.rest, read.year))
        }
        // What was spent, where it stands beside what was planned.
        let kinds = Set(columns.map(\.rest)).sorted()
        let actual = kinds.first { kind in
            kind.split(separator: " ").contains { ["actual", "actuals", "act"].contains($0) }
        }
        let kind = actual ?? (kinds.contains("") || kinds.count > 1 ? "" : kinds.first)
        let hasOtherKinds = kinds.count > 1
        columns.removeAll { $0.rest != kind || !hasOtherKinds && Self.isPlan($0.rest) }
        // Of two financial years, the one that has more of its months; of two alike, the later.
        let years = Dictionary(grouping: columns.compactMap(\.year)) { $0 }.mapValues(\.count)
        if let year = years.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key {
            columns.removeAll { $0.year != nil && $0.year != year }
        }
        guard Set(columns.map(\.period)).count == columns.count else { return }
        guard columns.count >= 3 || columns.count == 2 && hasOtherKinds else { return }
        found.periodColumns = columns.sorted { $0.period < $1.period }.map { ("P\($0.period)", $0.title) }
        taken.formUnion(columns.map(\.column))
    }

    /// A header without its unit: `Amount (pence)`, `Actual £'000`.
    private static func plain(_ title: String) -> String {
        guard ImportMap.Unit(header: title) != nil else { return title }
        let words = title.folded.split(separator: " ")
        return words.filter {
            !["pence", "pennies", "£", "£000", "000", "000s", "£k", "in", "thousands"].contains($0)
        }
        .joined(separator: " ")
    }

    /// Whether a header's words are of what was planned or promised.
    private static func isPlan(_ words: String) -> Bool {
        words.split(separator: " ").contains {
            ["budget", "forecast", "commitment", "commitments", "variance", "prior", "previous", "bud", "fcst"]
                .contains($0)
        }
    }

    /// Of several currencies only an amount in the books' own adds up.
    private mutating func takeBaseAmount() {
        let currencies = titles.filter { CurrencyColumn.reads($0.title) }.map(\.column)
        guard currencies.contains(where: { share($0, { !CurrencyColumn.isPounds($0.text) }) > 0 }),
            let base = titles.first(where: {
                CurrencyColumn.isOwn(amount: $0.title) && $0.title.folded.contains("amount")
                    && share($0.column, { $0.kind == .number || isAmountOrMarked($0.text) }) >= 70
            })
        else { return }
        take(.amount, base.column, "in the books' own currency, which the others are not")
    }

    private mutating func takeNamed() {
        if found.periodColumns.isEmpty { takeBaseAmount() }
        for (role, names) in MapGuess.names {
            if !found.periodColumns.isEmpty, [.amount, .debit, .credit, .net, .vat, .gross, .period].contains(role) {
                continue
            }
            // A year is taken with its period, where that has none.
            for name in names where byRole[role] == nil && role != .year {
                for (column, title) in titles
                where !taken.contains(column) && Self.plain(title).joined == name.joined && byRole[role] == nil {
                    if [.amount, .debit, .credit, .net, .vat, .gross].contains(role), !values(column).isEmpty,
                        share(column, { $0.kind == .number || isAmountOrMarked($0.text) }) < 70
                    {
                        continue
                    }
                    take(role, column, "by its name")
                }
            }
        }
        takePair()
        // `Prior Amount` and `Fund Account Code` end in what they are.
        let hasWay =
            [ImportMap.Role.net, .gross].contains { byRole[$0] != nil }
            || byRole[.debit] != nil && byRole[.credit] != nil
        for role in [ImportMap.Role.amount, .code]
        where byRole[role] == nil && found.periodColumns.isEmpty && !(role == .amount && hasWay) {
            let names = MapGuess.names.first { $0.role == role }!.names.filter {
                role == .code ? $0.contains(" ") : true
            }
            let ending = titles.filter { column, title in
                !taken.contains(column) && names.contains { title.folded.hasSuffix(" " + $0) }
                    && (role != .amount
                        || !Self.isPlan(title.folded)
                            && share(column, { $0.kind == .number || isAmountOrMarked($0.text) }) >= 70)
            }
            if ending.count == 1 { take(role, ending[0].column, "by the end of its name") }
        }
        // One way to an amount: debit and credit before a single column, and that before net.
        func drop(_ roles: [ImportMap.Role]) {
            for role in roles {
                if let column = byRole.removeValue(forKey: role) { taken.remove(column) }
                found.columns.removeAll { $0.role == role }
            }
        }
        if byRole[.debit] != nil, byRole[.credit] != nil {
            drop([.amount, .net, .vat, .gross])
        } else {
            drop([.debit, .credit])
        }
        // A column that is net and VAT together is the gross.
        if let amount = byRole[.amount], let net = byRole[.net], let vat = byRole[.vat], byRole[.gross] == nil,
            isSum(amount, of: [net, vat])
        {
            drop([.amount])
            take(.gross, amount, "it is net and VAT together in every row")
        }
        if byRole[.amount] != nil { drop([.net, .vat, .gross]) }
        if byRole[.net] != nil, byRole[.vat] == nil { drop([.gross]) }
        if byRole[.net] == nil, byRole[.gross] == nil || byRole[.vat] == nil { drop([.vat, .gross]) }
    }

    /// `Debit - Year to date` beside `Credit - Year to date`: two headers alike but for the side.
    private mutating func takePair() {
        guard found.periodColumns.isEmpty, byRole[.debit] == nil || byRole[.credit] == nil else { return }
        let sides = [("debit", "credit"), ("debits", "credits"), ("dr", "cr")]
        func isFree(_ column: Int) -> Bool {
            !taken.contains(column) && share(column, { $0.kind == .number || isAmountOrMarked($0.text) }) >= 70
        }
        let pairs = titles.prefix(titled).flatMap { column, title -> [(Int, Int)] in
            let words = title.folded.split(separator: " ").map(String.init)
            guard let side = sides.first(where: { words.contains($0.0) }), isFree(column) else { return [] }
            let other = words.map { $0 == side.0 ? side.1 : $0 }.joined(separator: " ")
            return titles.prefix(titled).filter { $0.title.folded == other && isFree($0.column) }.map {
                (column, $0.column)
            }
        }
        guard pairs.count == 1 else { return }
        for role in [ImportMap.Role.debit, .credit] where byRole[role] != nil {
            taken.remove(byRole.removeValue(forKey: role)!)
            found.columns.removeAll { $0.role == role }
        }
        take(.debit, pairs[0].0, "beside a credit of the same name")
        take(.credit, pairs[0].1, "beside a debit of the same name")
    }

    /// Whether a column is what others add up to, in every row that has them.
    private func isSum(_ column: Int, of parts: [Int]) -> Bool {
        func amount(_ row: Row, _ column: Int) -> Money? {
            guard case .amount(let amount, _) = AmountReader.read(row.cells[column]?.text ?? "") else { return nil }
            return amount
        }
        let filled = rows.filter { row in amount(row, column) != nil && parts.allSatisfy { amount(row, $0) != nil }
        }
        return !filled.isEmpty
            && filled.allSatisfy { row in parts.compactMap { amount(row, $0) }.sum() == amount(row, column) }
    }

    private func isAmountOrMarked(_ text: String) -> Bool { MapGuess.isAmount(text) || text == "-" }

    private mutating func takeAmountByValues() {
        let hasAmount =
            [.amount, .debit, .net, .gross].contains { byRole[$0] != nil } || !found.periodColumns.isEmpty
        if !hasAmount {
            // Pence are what sets an amount apart from a code or a count.
            let candidates = titles.map(\.column).filter {
                !taken.contains($0) && !Self.isPlan(title($0).folded)
                    && share($0, { $0.kind == .number || MapGuess.isAmount($0.text) }) >= 80
                    && share($0, { Int($0.text).map { (1900..<2200).contains($0) } ?? false }) < 100
                    && !title($0).folded.split(separator: " ").contains {
                        Self.numbersOfNoMoney.contains(String($0))
                    }
            }
            let withPence = candidates.filter { column in share(column, { $0.text.contains(".") }) > 0 }
            let likeliest = withPence.isEmpty ? candidates : withPence
            if likeliest.count == 1 {
                take(.amount, likeliest[0], "by its values; a guess")
            } else {
                // Nothing tells which is posted.
                found.amountsInQuestion = likeliest.map { title($0) }
            }
        }
    }

    private mutating func takeByValues() {
        if byRole[.date] == nil,
            let column = titles.map(\.column).first(where: {
                !taken.contains($0)
                    && share(
                        $0,
                        {
                            $0.kind == .date || CalendarDate(exported: $0.text) != nil
                                || CalendarDate(exported: $0.text, isMonthFirst: true) != nil
                        }) >= 80
            })
        {
            take(.date, column, "by its values")
        }
        if byRole[.code] == nil {
            // Short words or numbers that come again and again, though not all the same.
            let candidates = titles.map(\.column).filter { column in
                let values = values(column), different = Set(values.map(\.text)).count
                let words = title(column).folded.split(separator: " ").map(String.init)
                return !taken.contains(column) && values.count >= 2
                    && values.allSatisfy { $0.text.count <= 12 && !$0.text.contains(" ") && !$0.text.contains(".") }
                    && (different > 1 || values.count < 4) && (values.count < 20 || different * 10 < values.count * 8)
                    && !words.contains { Self.ofDocuments.contains($0) }
                    && MarkColumn.known(Set(values.map { $0.text.lowercased() })) == nil
            }
            if let column = candidates.min(by: {
                Set(values($0).map(\.text)).count < Set(values($1).map(\.text)).count
            })
                ?? titles.map(\.column).first(where: {
                    !taken.contains($0) && share($0, { $0.kind == .text }) >= 80
                })
            {
                take(.code, column, "by its values; a guess")
            }
        }
        if byRole[.description] == nil {
            let candidates = titles.map(\.column).filter {
                !taken.contains($0) && share($0, { $0.kind == .text }) >= 60
            }
            func length(_ column: Int) -> Int {
                let values = values(column);
                return values.isEmpty ? 0 : values.reduce(0) { $0 + $1.text.count } / values.count
            }
            if let column = candidates.max(by: { length($0) < length($1) }), length(column) > 6 {
                take(.description, column, "the longest texts; a guess")
            }
        }
    }

    /// Words of columns whose values name a row, and not what it was spent on.
    private static let ofDocuments: Set = [
        "document", "doc", "invoice", "voucher", "seq", "sequence", "reference", "ref", "number", "no", "transaction",
        "batch", "user", "currency", "date", "balance",
    ]

    /// What columns of whole numbers hold that are no amounts.
    private static let numbersOfNoMoney: Set = [
        "code", "account", "year", "yr", "no", "number", "id", "period", "month", "quantity", "qty", "line", "row",
    ]

    /// A column of marks beside amounts that have no sign of their own.
    private mutating func takeSignColumn() {
        guard byRole[.debit] == nil, found.periodColumns.isEmpty,
            let amounts = byRole[.amount] ?? byRole[.net] ?? byRole[.gross]
        else { return }
        for (column, title) in titles where !taken.contains(column) {
            let written = Set(values(column).map(\.text)), lowered = Set(written.map { $0.lowercased() })
            guard let known = MarkColumn.known(lowered) else { continue }
            // Amounts that are below zero where the mark says credit have said it themselves.
            let isSigned = rows.contains { row in
                guard case .amount(let amount, _) = AmountReader.read(row.cells[amounts]?.text ?? "") else {
                    return false
                }
                return amount.isNegative
            }
            guard !isSigned else { return }
            func marks(_ side: [String], _ other: [String]) -> [String] {
                let present = written.filter { side.contains($0.lowercased()) }.sorted()
                // Of a side that has no row yet, the marks that go with the other's.
                return present.isEmpty
                    ? zip(side, other).filter { lowered.contains($0.1) }.map { $0.0.uppercased() } : present
            }
            let credits = marks(known.credits, known.debits), debits = marks(known.debits, known.credits)
            guard !credits.isEmpty else { continue }
            let counts = (credits + debits).map { mark in "\(mark) in \(values(column).count { $0.text == mark })" }
            found.sign = (
                title, credits, debits,
                "no amount is below zero, and the column has \(counts.joined(separator: ", ")) rows"
            )
            taken.insert(column)
            return
        }
    }

    /// What says of rows that they are no postings is no code and no text; which words do, all rows show.
    private mutating func takeStatus() {
        for (column, title) in titles where !taken.contains(column) && StatusColumn.reads(title) {
            var counts: [String: Int] = [:]
            for value in values(column) { counts[value.text, default: 0] += 1 }
            if !StatusColumn.stopped(counts).isEmpty { taken.insert(column) }
        }
    }

    private mutating func takeSigns() {
        guard found.sign == nil else { return }
        if let column = byRole[.amount] {
            found.hasMarkers =
                share(column, { value in ["cr", "dr"].contains { value.text.lowercased().hasSuffix($0) } }) > 0
        }
        if let credit = byRole[.credit] {
            let figures = values(credit).compactMap { value -> Money? in
                guard case .amount(let amount, _) = AmountReader.read(value.text), !amount.isZero else {
                    return nil
                }
                return amount
            }
            found.areCreditsNegative = !figures.isEmpty && figures.allSatisfy(\.isNegative)
        }
        guard byRole[.debit] == nil else { return }
        let columns =
            found.periodColumns.isEmpty
            ? [byRole[.amount] ?? byRole[.net] ?? byRole[.gross]].compactMap { $0 }
            : titles.filter { t in found.periodColumns.contains { $0.title == t.title } }.map(\.column)
        var positive = 0, negative = 0
        for column in columns {
            for value in values(column) {
                guard case .amount(let amount, _) = AmountReader.read(value.text), !amount.isZero else { continue }
                if amount.isNegative { negative += 1 } else { positive += 1 }
            }
        }
        guard positive + negative > 0 else { return }
        guard positive >= negative else {
            // Either what comes in is below zero, as most ledgers print it, or what is spent.
            found.signInQuestion = "\(negative) of \(positive + negative) amounts are below zero"
            return
        }
        found.isCreditPositive = (
            false,
            "\(positive) of \(positive + negative) amounts are positive, and most rows of a ledger are costs; "
                + "look at one that you know"
        )
    }

    private mutating func takePeriodFormat() {
        guard found.periodColumns.isEmpty else { return }
        guard let column = byRole[.period] else {
            found.periodFormat = (.fromDate, "the file has no column of periods")
            return
        }
        let numbers = share(column, { Period(named: $0.text) != nil })
        let isNamed = share(column, { MonthName.number($0.text.lowercased()) != nil }) >= 80
        if numbers >= 80 || isNamed { takeYear(beside: column) }
        if byRole[.year] == nil {
            if isNamed {
                found.periodFormat = (.monthName, "the periods are the months' names")
                return
            }
            if numbers >= 80 { return takeNumbers(column) }
        }
        func name(_ row: Row) -> PeriodName? { PeriodName(written: written(row, column)) }
        let filled = rows.filter { !($0.cells[column]?.text ?? "").isEmpty }, names = filled.compactMap(name)
        guard !filled.isEmpty, names.count * 100 >= filled.count * 80 else {
            if byRole[.date] != nil {
                found.periodFormat = (
                    .fromDate,
                    "\"\(values(column).first?.text ?? "")\" is no period that the program reads, so the date's "
                        + "month is taken"
                )
            }
            return
        }
        if names.allSatisfy(\.namesBothYears) {
            found.periodFormat = (.startYear, "the periods name both years")
            return
        }
        if names.allSatisfy({ $0.period == nil }) {
            found.periodFormat = (.calendarMonth, "the periods are named by their months")
            return
        }
        takeYearsByDates(filled.compactMap { row in name(row).map { ($0, row) } })
    }

    /// What says a row's period: its cell, and before it the year's where that stands in a column of its own.
    private func written(_ row: Row, _ column: Int) -> String {
        let text = row.cells[column]?.text ?? ""
        guard let year = byRole[.year] else { return text }
        return PeriodName.joined(year: row.cells[year]?.text ?? "", text)
    }

    /// A year beside a period's number, where there are several or it says both of a financial year's.
    private mutating func takeYear(beside period: Int) {
        let names = MapGuess.names.first { $0.role == .year }!.names
        let years = titles.prefix(titled).filter { column, title in
            !taken.contains(column) && names.contains { title.joined == $0.joined }
                && share(column, { PeriodName(written: PeriodName.joined(year: $0.text, "1")) != nil }) >= 80
        }
        guard years.count == 1, let column = years.first?.column,
            Set(values(column).map(\.text)).count > 1 || byRole[.date] != nil
                || values(column).allSatisfy({ $0.text.count > 4 })
        else { return }
        take(.year, column, "the year of the period")
    }

    /// Numbers of accounting periods, unless the dates show that they are the calendar's.
    private mutating func takeNumbers(_ column: Int) {
        let read = values(column).compactMap { Period(named: $0.text) }
        var months = 0, periods = 0
        if let dates = byRole[.date] {
            for row in rows {
                guard let period = row.cells[column].flatMap({ Period(named: $0.text) }),
                    let date = row.cells[dates].flatMap({ date($0.text) })
                else { continue }
                if period.number == date.month { months += 1 }
                if period.number == (date.month + 8) % 12 + 1 { periods += 1 }
            }
        }
        if months > periods * 4, months > 2 {
            byRole[.period] = nil
            found.columns.removeAll { $0.role == .period }
            found.periodFormat = (
                .fromDate, "the numbers in \"\(title(column))\" are months of the calendar, as \(months) dates show"
            )
            return
        }
        let first = Set(read.prefix(500)).sorted().prefix(13).map(\.description).joined(separator: ", ")
        found.periodFormat = (.number, "the periods are \(first)")
    }

    /// The dates say which year a period's name means.
    private mutating func takeYearsByDates(_ names: [(name: PeriodName, row: Row)]) {
        var starts = 0, ends = 0, months = 0, dated = 0
        if let dates = byRole[.date] {
            for (name, row) in names {
                guard let date = row.cells[dates].flatMap({ date($0.text) }) else { continue }
                dated += 1
                if date.year == name.year, date.month == name.month { months += 1 }
                let year = FinancialYear(of: date).startYear
                if year == name.year { starts += 1 } else if year == name.year - 1 { ends += 1 }
            }
        }
        if months > 0, months * 5 >= dated * 4 {
            found.periodFormat = (
                .calendarMonth, "\(months) of \(dated) dates are of the calendar's month that the period names"
            )
            return
        }
        found.periodFormat =
            ends > starts
            ? (
                .endYear, "\(ends) of \(starts + ends) dates lie in the financial year that ends in the period's year"
            )
            : (
                .startYear,
                starts > 0
                    ? "\(starts) of \(starts + ends) dates lie in the financial year that starts in the period's year"
                    : "a guess: no date tells whether the year is named by its start or its end"
            )
    }

    /// Dates of the United States are those that make sense in no other way.
    private mutating func takeDates() {
        guard let column = byRole[.date] else { return }
        let orders = values(column).compactMap { CalendarDate.order($0.text) }
        found.isMonthFirst = orders.contains(where: \.isSecondDay) && !orders.contains(where: \.isFirstDay)
    }

    private func date(_ text: String) -> CalendarDate? {
        CalendarDate(exported: text, isMonthFirst: found.isMonthFirst)
    }

    /// A file without a column of periods or dates is of one, which a line above its header may name.
    private mutating func takeWholePeriod() {
        guard byRole[.period] == nil, byRole[.date] == nil, found.periodColumns.isEmpty else { return }
        found.periodFormat = nil
        for text in above {
            guard let period = Self.period(in: text) else { continue }
            found.wholePeriod = ("\(period)", "a line above the header says \"\(text.prefix(60))\"")
            return
        }
    }

    /// `As of 31 March 2026`, `Period 12`, `P12 2025-26`, `March 2026`.
    private static func period(in text: String) -> Period? {
        let words = text.folded.split(separator: " ").map(String.init)
        for (index, word) in words.enumerated() {
            if let number = word.wholeMatch(of: /p([0-9]{1,2})/)?.1 { return Period(written: String(number)) }
            if ["period", "pd", "month"].contains(word), index + 1 < words.count,
                let period = Period(written: words[index + 1])
            {
                return period
            }
        }
        for length in [3, 1] where words.count >= length {
            for start in 0...(words.count - length) {
                let part = words[start..<(start + length)].joined(separator: "/")
                if length == 3, let date = CalendarDate(written: part) {
                    return FinancialYear(of: date).period(of: date)
                }
                if length == 1, start + 1 < words.count, let month = MonthName.number(part),
                    words[start + 1].wholeMatch(of: /20[0-9]{2}|[0-9]{2}/) != nil
                {
                    return Period((month + 8) % 12 + 1)
                }
            }
        }
        return nil
    }

    /// The column of balances that run on from row to row, as its name says.
    private var balance: Int? {
        titles.first { column, title in
            !taken.contains(column) && title.folded.split(separator: " ").contains { Self.ofBalances.contains($0) }
                && share(column, { $0.kind == .number || isAmountOrMarked($0.text) }) >= 70
        }?.column
    }

    private static let ofBalances: Set<Substring> = ["balance", "bal", "running", "cumulative"]

    /// Where the columns are, for whoever reads all rows.
    var layout: SuggestedLayout {
        func column(_ title: String) -> Int { titles.first { $0.title == title }!.column }
        let accounts = titles.first {
            $0.title.folded.hasPrefix("account") && $0.column != byRole[.code] && !taken.contains($0.column)
        }
        return SuggestedLayout(
            titles: Array(titles.prefix(titled)), columns: titles, headerRows: found.headerRows, roles: byRole,
            periods: found.periodColumns.map { column($0.title) },
            marks: found.sign.map { (column($0.column), Set($0.credits)) },
            areCreditsNegative: found.areCreditsNegative,
            statuses: titles.filter { column, title in
                StatusColumn.reads(title) && !byRole.values.contains(column) && found.sign?.column != title
            }, accounts: accounts?.column, balance: balance)
    }
}
