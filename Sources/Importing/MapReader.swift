public import Ledger
public import Findings
internal import Yams

extension ImportMap {
    /// Reads a map's YAML; every fault is a finding with its line.
    public static func parse(_ yaml: String, file: String, name: String, chart: Chart) -> (
        map: ImportMap?, faults: [Finding]
    ) {
        var reader = MapReader(file: file, name: name, chart: chart)
        let map = reader.read(yaml)
        return (reader.faults.hasErrors ? nil : map, reader.faults)
    }
}

private struct MapReader {
    let source: Place.Source
    let name: String
    let chart: Chart
    var faults: [Finding] = []

    init(file: String, name: String, chart: Chart) {
        source = Place.Source(file: file)
        self.name = name
        self.chart = chart
    }

    static let keys = [
        "layout", "recognise", "header rows", "sheets", "sheets not read", "ledger of", "columns", "period", "dates",
        "period columns", "amounts", "unit", "sign", "credits", "cr means",
        "period format", "rows",
        "codes", "members concerned",
    ]
    static let rowKeys = ["sub-totals", "control total", "accruals", "exclude", "leave out"]

    mutating func report(_ fault: MapFault, at node: Node?) {
        let place = node?.mark.map { Place(source, row: $0.line, column: $0.column) } ?? Place(source)
        faults.append(fault.finding(at: place, found: node?.scalar?.string))
    }

    mutating func read(_ yaml: String) -> ImportMap? {
        // Aliases let a few lines stand for millions, and no map needs one.
        // What stands in quotation marks, from where a value may begin, and in comments is no alias.
        let bare = yaml.replacing(/(?m)(^|[\s:,\[{?-])"(?:[^"\\\n]|\\.)*"/) { "\($0.1)" }
            .replacing(/(?m)(?:^|\s)#[^\n]*/, with: "")
        guard yaml.utf8.count < 1 << 20, bare.firstMatch(of: /(?:^|[\s:,\[{?-])[&*][A-Za-z0-9_]/) == nil else {
            report(.tooLargeOrAliased, at: nil)
            return nil
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            report(.notYAML(Self.words(error)), at: nil)
            return nil
        } catch {
            report(.notYAML(nil), at: nil)
            return nil
        }
        guard let mapping = root?.mapping else {
            report(.notKeys, at: root)
            return nil
        }
        checkKeys(mapping, Self.keys)
        let periodColumns = readPeriodColumns(mapping["period columns"])
        let wholePeriod = readWholePeriod(mapping["period"])
        let columns = readColumns(
            mapping["columns"], hasPeriodColumns: !periodColumns.isEmpty, hasPeriod: wholePeriod != nil)
        let sign = readSign(mapping["sign"])
        // Debits and credits in columns of their own, or told apart by a third, have no sign to be explained.
        let hasSides = columns[.debit] != nil || sign != nil
        if let node = mapping["sign"], columns[.debit] != nil { report(.signOfSides, at: node) }
        let rows = mapping["rows"]?.mapping
        if mapping["rows"] != nil, rows == nil {
            report(.notAList("rows", like: "rows: {control total: {column: Account, is: Total}}"), at: mapping["rows"])
        }
        if let rows { checkKeys(rows, Self.rowKeys) }
        let recognise = strings(mapping["recognise"])
        if recognise.isEmpty {
            report(.missing("recognise", add: "recognise: [Account, Period, Amount]"), at: mapping["recognise"])
        }
        // An empty list is a map in the making: every row goes to suspense.
        if mapping["codes"]?.mapping == nil, mapping["codes"]?.scalar?.string != "" {
            report(.missing("codes", add: "codes: and below it a class for each code"), at: nil)
        }
        var sheets: [String]?
        if let node = mapping["sheets"], node.string != "all" { sheets = strings(node) }
        let headerRows = choice(mapping["header rows"], ["1", "2", "3"], isRequired: false).flatMap { Int($0) } ?? 1
        return ImportMap(
            name: name, layout: mapping["layout"]?.string ?? name, recognise: recognise, headerRows: headerRows,
            sheets: ImportMap.SheetNames(read: sheets, notRead: strings(mapping["sheets not read"])),
            ledgerOf: readMember(mapping["ledger of"]), columns: columns, wholePeriod: wholePeriod,
            isMonthFirst: choice(mapping["dates"], ["day first", "month first"], isRequired: false) == "month first",
            periodColumns: periodColumns,
            isCreditPositive: choice(
                mapping["amounts"], ["debits positive", "credits positive"], isRequired: !hasSides)
                == "credits positive",
            unit: choice(mapping["unit"], ImportMap.Unit.allCases.map(\.rawValue), isRequired: false).flatMap {
                ImportMap.Unit(rawValue: $0)
            },
            areCreditsNegative: choice(mapping["credits"], ["positive", "negative"], isRequired: false).map {
                $0 == "negative"
            },
            sign: sign,
            crMeansCredit: choice(mapping["cr means"], ["credit", "debit"], isRequired: false) != "debit",
            periodFormat: periodColumns.isEmpty && wholePeriod == nil
                ? periodFormat(mapping["period format"], columns) : .number,
            subtotals: test(rows?["sub-totals"]), controlTotal: test(rows?["control total"]),
            accruals: test(rows?["accruals"]),
            exclusions: readExclusions(rows?["exclude"] ?? rows?["leave out"]),
            codes: readCodes(mapping["codes"], hasCentres: columns[.costCentre] != nil),
            membersConcerned: readMembers(mapping["members concerned"]), place: Place(source))
    }

    private static func words(_ error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            "\(problem) (line \(mark.line), column \(mark.column))"
        default: "it can't be read"
        }
    }

    private mutating func checkKeys(_ mapping: Node.Mapping, _ known: [String]) {
        for (key, _) in mapping where !known.contains(key.string ?? "") {
            report(.keyUnknown(known: known), at: key)
        }
    }

    private mutating func strings(_ node: Node?) -> [String] {
        guard let node else { return [] }
        if let sequence = node.sequence {
            for item in sequence where item.scalar == nil {
                report(.notAName(like: "[Account, Period, Amount]"), at: item)
            }
            return sequence.compactMap(\.scalar?.string)
        }
        return node.scalar.map { [$0.string] } ?? []
    }

    private mutating func choice(_ node: Node?, _ words: [String], isRequired: Bool) -> String? {
        guard let node else {
            if isRequired {
                report(
                    .missing("amounts", add: "write: amounts: debits positive, or: amounts: credits positive"), at: nil)
            }
            return nil
        }
        guard let text = node.scalar?.string, words.contains(text) else {
            report(.wordUnknown(words), at: node)
            return nil
        }
        return text
    }

    /// `{P1: Apr-18, P2: May-18}`
    private mutating func readPeriodColumns(_ node: Node?) -> [(period: Period, title: String)] {
        guard let node else { return [] }
        if node.mapping == nil {
            report(.notAList("period columns", like: "period columns: {P1: Apr, P2: May}"), at: node)
        }
        var columns: [(period: Period, title: String)] = []
        for (key, value) in node.mapping ?? [:] {
            guard let period = Period(written: key.scalar?.string ?? "") else {
                report(.periodUnknown, at: key)
                continue
            }
            if columns.contains(where: { $0.period == period }) {
                report(.periodTwice, at: key)
            }
            columns.append((period, value.scalar?.string ?? ""))
        }
        return columns.sorted { $0.period < $1.period }
    }

    /// `P12`, the period of every row.
    private mutating func readWholePeriod(_ node: Node?) -> Period? {
        guard let node else { return nil }
        let period = Period(written: node.scalar?.string ?? "")
        if period == nil { report(.periodUnknown, at: node) }
        return period
    }

    private mutating func readMember(_ node: Node?) -> Name<Member>? {
        guard let node else { return nil }
        let name = node.scalar?.string ?? "", member = chart.member(written: name)
        if member == nil {
            report(.nameUnknown("member", name, known: chart.members.map(\.name.text)), at: node)
        }
        return member
    }

    private mutating func readColumns(_ node: Node?, hasPeriodColumns: Bool, hasPeriod: Bool)
        -> [ImportMap.Role: String]
    {
        guard let mapping = node?.mapping else {
            report(.missing("columns", add: "columns: {code: Account, period: Period, amount: Amount}"), at: node)
            return [:]
        }
        var columns: [ImportMap.Role: String] = [:]
        for (key, value) in mapping {
            guard let role = ImportMap.Role(rawValue: key.scalar?.string ?? "") else {
                report(.roleUnknown(known: ImportMap.Role.allCases.map(\.rawValue)), at: key)
                continue
            }
            columns[role] = value.scalar?.string ?? ""
        }
        if columns[.code] == nil { report(.noColumn("code", add: "code"), at: node) }
        let ways = [
            columns[.amount] != nil, columns[.debit] != nil && columns[.credit] != nil,
            columns[.net] != nil || (columns[.gross] != nil && columns[.vat] != nil),
        ]
        if hasPeriodColumns {
            if ways.contains(true) || columns[.period] != nil || hasPeriod {
                report(.amountAndPeriodTwice, at: node)
            }
            return columns
        }
        if hasPeriod, columns[.period] != nil { report(.periodSaidTwice, at: node) }
        if ways.filter({ $0 }).count != 1 {
            report(.amountWays, at: node)
        }
        if columns[.period] == nil, columns[.date] == nil, !hasPeriod {
            report(.noColumn("period or the date", add: "period"), at: node)
        }
        return columns
    }

    private mutating func periodFormat(_ node: Node?, _ columns: [ImportMap.Role: String]) -> ImportMap.PeriodFormat {
        guard let node else {
            if columns[.year] != nil {
                report(.yearWithoutFormat(ImportMap.PeriodFormat.allCases.filter(\.hasYear).map(\.rawValue)), at: nil)
            }
            return columns[.period] == nil ? .fromDate : .number
        }
        guard let format = ImportMap.PeriodFormat(rawValue: node.scalar?.string ?? "") else {
            let known = ImportMap.PeriodFormat.allCases.map(\.rawValue)
            report(.periodFormatUnknown(known), at: node)
            return .number
        }
        if columns[.year] != nil, !format.hasYear {
            report(.yearWithoutFormat(ImportMap.PeriodFormat.allCases.filter(\.hasYear).map(\.rawValue)), at: node)
        }
        if format == .fromDate ? columns[.date] == nil : columns[.period] == nil {
            report(.noColumnForPeriodFormat(format == .fromDate ? "date" : "period"), at: node)
        }
        return format
    }

    /// - Parameter others: keys that the test may have beside its own.
    private mutating func test(_ node: Node?, others: [String] = []) -> ImportMap.RowTest? {
        guard let node else { return nil }
        guard let mapping = node.mapping, let column = mapping["column"]?.scalar?.string else {
            report(.testWithoutColumn, at: node)
            return nil
        }
        let kinds = ImportMap.RowTest.Kind.allCases
        checkKeys(mapping, ["column"] + kinds.map(\.rawValue) + others)
        let tests = kinds.compactMap { kind in
            mapping[kind.rawValue]?.scalar.map {
                ImportMap.RowTest(column: column, kind: kind, text: $0.string.lowercased())
            }
        }
        if tests.isEmpty { report(.testWithoutText(column: column), at: node) }
        if tests.count > 1 { report(.testOfSeveral(tests.map(\.kind.rawValue)), at: node) }
        return tests.first
    }

    /// `{column: D/C, credit: [H, C, CR], debit: [S, D, DR]}`
    private mutating func readSign(_ node: Node?) -> ImportMap.SignColumn? {
        guard let node else { return nil }
        let like = "sign: {column: D/C, credit: [H, C, CR]}"
        guard let mapping = node.mapping, let column = mapping["column"]?.scalar?.string else {
            report(.notAList("sign", like: like), at: node)
            return nil
        }
        checkKeys(mapping, ["column", "credit", "debit"])
        let credits = Set(strings(mapping["credit"]).map { $0.trimmed.lowercased() })
        let debits = Set(strings(mapping["debit"]).map { $0.trimmed.lowercased() })
        if credits.isEmpty { report(.missing("credit", add: like), at: node) }
        if let both = credits.intersection(debits).min() { report(.markOfBothSides(both), at: node) }
        return ImportMap.SignColumn(column: column, credits: credits, debits: debits)
    }

    private mutating func readExclusions(_ node: Node?) -> [(test: ImportMap.RowTest, reason: String)] {
        guard let node else { return [] }
        guard let sequence = node.sequence else {
            report(
                .notAList("exclude", like: "- {column: Text, begins: Balance, because: opening balances}"), at: node)
            return []
        }
        var found: [(ImportMap.RowTest, String)] = []
        for item in sequence {
            guard let reason = item.mapping?["because"]?.scalar?.string else {
                report(.excludedWithoutReason, at: item)
                continue
            }
            if let test = test(item, others: ["because"]) { found.append((test, reason)) }
        }
        return found
    }

    /// - Parameter hasCentres: whether the layout has cost centres, so that one may stand before a code.
    private mutating func readCodes(_ node: Node?, hasCentres: Bool) -> [ImportMap.CodeEntry] {
        guard let mapping = node?.mapping else { return [] }
        var entries: [ImportMap.CodeEntry] = []
        for (key, value) in mapping {
            guard let written = key.scalar?.string.trimmed, !written.isEmpty, let meaning = readClass(value) else {
                continue
            }
            // A cost centre and a code, `LSCB/4000`, or a code alone.
            let isExact = written.hasPrefix("=")
            let parts =
                isExact
                ? [String(written.dropFirst()).trimmed]
                : hasCentres
                    ? written.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map {
                        String($0).trimmed
                    } : [written]
            guard let code = parts.last, !code.isEmpty, isExact || code.last != "/" else {
                report(.noCode(written), at: key)
                continue
            }
            let costCentre = parts.count == 2 && !parts[0].isEmpty ? parts[0] : nil
            // A workbook's 4000.0 is its 4000.
            let number = RowTexts.wholeNumber(code) ?? code
            let bounds = code.split(separator: "-", omittingEmptySubsequences: false).map { Int(String($0).trimmed) }
            let pattern: ImportMap.CodeEntry.Pattern
            if isExact {
                pattern = .exact(number)
            } else if code.hasSuffix("*") {
                pattern = .prefix(String(code.dropLast()))
            } else if bounds.count == 2, let low = bounds[0], let high = bounds[1] {
                guard low <= high else {
                    report(.rangeBackwards, at: key)
                    continue
                }
                pattern = .range(low, high)
            } else {
                pattern = .exact(number)
            }
            let entry = ImportMap.CodeEntry(costCentre: costCentre, pattern: pattern, meaning: meaning)
            if let clash = entries.first(where: { Self.clash($0, entry) }), clash.meaning != entry.meaning {
                report(.codesClash, at: key)
            }
            entries.append(entry)
        }
        return entries
    }

    private static func clash(_ a: ImportMap.CodeEntry, _ b: ImportMap.CodeEntry) -> Bool {
        guard a.costCentre == b.costCentre else { return false }
        switch (a.pattern, b.pattern) {
        case (.exact(let x), .exact(let y)): return x == y
        case (.range(let low, let high), .range(let from, let to)):
            // One inside the other is more exact; the same, or crossing, is a clash.
            return low <= to && from <= high
                && !((low < from && to <= high) || (low <= from && to < high) || (from < low && high <= to)
                    || (from <= low && high < to))
        case (.prefix(let x), .prefix(let y)): return x == y
        case (.exact, _), (.range, _), (.prefix, _): return false
        }
    }

    private mutating func readClass(_ node: Node) -> CodeClass? {
        let text = node.scalar?.string.trimmed ?? ""
        func rest(_ words: String) -> String? {
            text.hasPrefix(words + " ") ? String(text.dropFirst(words.count + 1)).trimmed : nil
        }
        let names = chart.headings.map(\.name.text)
        if let name = rest("expenditure") ?? rest("income") {
            let isIncome = text.hasPrefix("income")
            guard let heading = chart.headings.first(where: { $0.name.text == name }) else {
                report(.nameUnknown("heading", name, known: names), at: node)
                return nil
            }
            guard (heading.kind == .income) == isIncome else {
                report(.kindDiffers(name, isCost: isIncome), at: node)
                return nil
            }
            return isIncome ? .income(heading.name) : .expenditure(heading.name)
        }
        if let name = rest("contribution from") {
            guard chart.contributors.contains(where: { $0.name.text == name }) else {
                report(.nameUnknown("contributor", name, known: chart.contributors.map(\.name.text)), at: node)
                return nil
            }
            return .contribution(Name(name))
        }
        if let name = rest("recharge with") {
            guard chart.members.contains(where: { $0.name.text == name }) else {
                report(.nameUnknown("member", name, known: chart.members.map(\.name.text)), at: node)
                return nil
            }
            return .recharge(Name(name))
        }
        if let name = rest("receipt of") ?? rest("transfer to") {
            guard chart.funds.contains(where: { $0.name.text == name }) else {
                report(.nameUnknown("fund or grant", name, known: chart.funds.map(\.name.text)), at: node)
                return nil
            }
            return text.hasPrefix("receipt") ? .fundReceipt(Name(name)) : .fundTransfer(Name(name))
        }
        if text == "reserve transfer" { return .reserveTransfer }
        if text == "reserve balance" { return .reserveBalance }
        if let reason = rest("excluded,") ?? rest("left out,"), !reason.isEmpty { return .excluded(reason) }
        report(.classUnknown, at: node)
        return nil
    }

    private mutating func readMembers(_ node: Node?) -> [String: Name<Member>] {
        guard let node else { return [:] }
        if node.mapping == nil {
            report(.notAList("members concerned", like: "members concerned: {HF: lbhf}"), at: node)
        }
        var members: [String: Name<Member>] = [:]
        for (key, value) in node.mapping ?? [:] {
            guard let written = key.scalar?.string, let name = value.scalar?.string else { continue }
            guard let member = chart.member(written: name) else {
                report(.nameUnknown("member", name, known: chart.members.map(\.name.text)), at: value)
                continue
            }
            members[written.trimmed.lowercased()] = member
        }
        return members
    }
}
