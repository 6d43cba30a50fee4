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
        "layout", "recognise", "sheets", "columns", "period columns", "amounts", "cr means", "period format", "rows",
        "codes", "members concerned",
    ]
    static let rowKeys = ["sub-totals", "control total", "accruals", "leave out"]

    mutating func fault(_ node: Node?, _ message: String, _ hint: String) {
        let place = node?.mark.map { Place(source, row: $0.line, column: $0.column) } ?? Place(source)
        faults.append(Finding(.mapBroken, at: place, found: node?.scalar?.string, message, hint: hint))
    }

    mutating func read(_ yaml: String) -> ImportMap? {
        // Aliases let a few lines stand for millions, and no map needs one.
        guard yaml.utf8.count < 1 << 20, yaml.firstMatch(of: /(?:^|[\s:,\[{?-])[&*][A-Za-z0-9_]/) == nil else {
            fault(
                nil, "a map is at most 1 MB and uses no anchors or aliases (& and * before a name)",
                "write each value out")
            return nil
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            fault(
                nil, "the file is not valid YAML: \(Self.words(error))",
                "check the indentation and the quotation marks of that line")
            return nil
        } catch {
            fault(nil, "the file is not valid YAML", "check the indentation and the quotation marks")
            return nil
        }
        guard let mapping = root?.mapping else {
            fault(root, "a map is a list of keys and values", "`outturn new DIR` writes a commented one")
            return nil
        }
        checkKeys(mapping, Self.keys)
        let periodColumns = readPeriodColumns(mapping["period columns"])
        let columns = readColumns(mapping["columns"], hasPeriodColumns: !periodColumns.isEmpty)
        let rows = mapping["rows"]?.mapping
        if mapping["rows"] != nil, rows == nil {
            fault(
                mapping["rows"], "`rows` is a list of keys and tests",
                "rows: {control total: {column: Account, is: Total}}")
        }
        if let rows { checkKeys(rows, Self.rowKeys) }
        let recognise = strings(mapping["recognise"])
        if recognise.isEmpty {
            fault(mapping["recognise"], "`recognise` names no header", "recognise: [Account, Period, Amount]")
        }
        // An empty list is a map in the making: every row goes to suspense.
        if mapping["codes"]?.mapping == nil, mapping["codes"]?.scalar?.string != "" {
            fault(nil, "`codes` is missing", "codes: and below it a class for each code")
        }
        var sheets: [String]?
        if let node = mapping["sheets"], node.string != "all" { sheets = strings(node) }
        return ImportMap(
            name: name, layout: mapping["layout"]?.string ?? name, recognise: recognise, sheets: sheets,
            columns: columns, periodColumns: periodColumns,
            isCreditPositive: choice(
                mapping["amounts"], ["debits positive", "credits positive"], isRequired: columns[.debit] == nil)
                == "credits positive",
            crMeansCredit: choice(mapping["cr means"], ["credit", "debit"], isRequired: false) != "debit",
            periodFormat: periodColumns.isEmpty ? periodFormat(mapping["period format"], columns) : .number,
            subtotals: test(rows?["sub-totals"]), controlTotal: test(rows?["control total"]),
            accruals: test(rows?["accruals"]),
            leaveOut: readLeaveOut(rows?["leave out"]), codes: readCodes(mapping["codes"]),
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
            fault(key, "no map has this key", Nearest.hint(key.string ?? "", in: known))
        }
    }

    private mutating func strings(_ node: Node?) -> [String] {
        guard let node else { return [] }
        if let sequence = node.sequence {
            for item in sequence where item.scalar == nil {
                fault(item, "a name was expected here", "[Account, Period, Amount]")
            }
            return sequence.compactMap(\.scalar?.string)
        }
        return node.scalar.map { [$0.string] } ?? []
    }

    private mutating func choice(_ node: Node?, _ words: [String], isRequired: Bool) -> String? {
        guard let node else {
            if isRequired {
                fault(nil, "`amounts` is missing", "write: amounts: debits positive, or: amounts: credits positive")
            }
            return nil
        }
        guard let text = node.scalar?.string, words.contains(text) else {
            fault(
                node, "one of \(words.map { "\"\($0)\"" }.joined(separator: ", ")) was expected",
                Nearest.hint(node.scalar?.string ?? "", in: words))
            return nil
        }
        return text
    }

    /// `{P1: Apr-18, P2: May-18}`
    private mutating func readPeriodColumns(_ node: Node?) -> [(period: Period, title: String)] {
        guard let node else { return [] }
        if node.mapping == nil {
            fault(node, "`period columns` is a list of periods and headers", "period columns: {P1: Apr, P2: May}")
        }
        var columns: [(period: Period, title: String)] = []
        for (key, value) in node.mapping ?? [:] {
            guard let period = Period(written: key.scalar?.string ?? "") else {
                fault(key, "this is no accounting period", "write P1 to P16, April being P1")
                continue
            }
            if columns.contains(where: { $0.period == period }) {
                fault(key, "the period has two columns", "keep one of them")
            }
            columns.append((period, value.scalar?.string ?? ""))
        }
        return columns.sorted { $0.period < $1.period }
    }

    private mutating func readColumns(_ node: Node?, hasPeriodColumns: Bool) -> [ImportMap.Role: String] {
        guard let mapping = node?.mapping else {
            fault(node, "`columns` is missing", "columns: {code: Account, period: Period, amount: Amount}")
            return [:]
        }
        var columns: [ImportMap.Role: String] = [:]
        for (key, value) in mapping {
            guard let role = ImportMap.Role(rawValue: key.scalar?.string ?? "") else {
                fault(
                    key, "no column has this role",
                    Nearest.hint(key.scalar?.string ?? "", in: ImportMap.Role.allCases.map(\.rawValue)))
                continue
            }
            columns[role] = value.scalar?.string ?? ""
        }
        if columns[.code] == nil { fault(node, "no column holds the code", "add: code: and the header's name") }
        let ways = [
            columns[.amount] != nil, columns[.debit] != nil && columns[.credit] != nil,
            columns[.net] != nil || (columns[.gross] != nil && columns[.vat] != nil),
        ]
        if hasPeriodColumns {
            if ways.contains(true) || columns[.period] != nil {
                fault(
                    node, "with `period columns`, the amount and the period come from those",
                    "take `amount` and `period` out of `columns`")
            }
            return columns
        }
        if ways.filter({ $0 }).count != 1 {
            fault(
                node,
                "the amount must come from one place: `amount`, or `debit` and `credit`, or `net` (with `vat` and "
                    + "`gross`)",
                "name the columns of one of the three ways")
        }
        if columns[.period] == nil, columns[.date] == nil {
            fault(node, "no column holds the period or the date", "add: period: and the header's name")
        }
        return columns
    }

    private mutating func periodFormat(_ node: Node?, _ columns: [ImportMap.Role: String]) -> ImportMap.PeriodFormat {
        guard let node else { return columns[.period] == nil ? .fromDate : .number }
        guard let format = ImportMap.PeriodFormat(rawValue: node.scalar?.string ?? "") else {
            let known = ImportMap.PeriodFormat.allCases.map(\.rawValue)
            fault(node, "this is no period format", "write one of: \(known.joined(separator: "; "))")
            return .number
        }
        if format == .fromDate ? columns[.date] == nil : columns[.period] == nil {
            fault(
                node, "the map names no column for the period format",
                "add the \(format == .fromDate ? "date" : "period") to `columns`")
        }
        return format
    }

    private mutating func test(_ node: Node?) -> ImportMap.RowTest? {
        guard let node else { return nil }
        guard let mapping = node.mapping, let column = mapping["column"]?.scalar?.string else {
            fault(node, "a test of rows names a column", "{column: Account, begins: Total}")
            return nil
        }
        for kind in ImportMap.RowTest.Kind.allCases {
            if let text = mapping[kind.rawValue]?.scalar?.string {
                return ImportMap.RowTest(column: column, kind: kind, text: text.lowercased())
            }
        }
        fault(
            node, "a test of rows says what the column begins with, is or contains",
            "{column: \(column), begins: Total}")
        return nil
    }

    private mutating func readLeaveOut(_ node: Node?) -> [(test: ImportMap.RowTest, reason: String)] {
        guard let node else { return [] }
        guard let sequence = node.sequence else {
            fault(node, "`leave out` is a list", "- {column: Text, begins: Balance, because: opening balances}")
            return []
        }
        var found: [(ImportMap.RowTest, String)] = []
        for item in sequence {
            guard let reason = item.mapping?["because"]?.scalar?.string else {
                fault(item, "rows are left out only for a reason", "add: because: and the reason")
                continue
            }
            if let test = test(item) { found.append((test, reason)) }
        }
        return found
    }

    private mutating func readCodes(_ node: Node?) -> [ImportMap.CodeEntry] {
        guard let mapping = node?.mapping else { return [] }
        var entries: [ImportMap.CodeEntry] = []
        for (key, value) in mapping {
            guard let written = key.scalar?.string.trimmed, !written.isEmpty, let meaning = readClass(value) else {
                continue
            }
            // A cost centre and a code, `LSCB/4000`, or a code alone.
            let parts = written.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map {
                String($0).trimmed
            }
            guard let code = parts.last, !code.isEmpty else {
                fault(key, "\"\(written)\" names no code", "write a code, or a cost centre and a code: LSCB/4000")
                continue
            }
            let costCentre = parts.count == 2 && !parts[0].isEmpty ? parts[0] : nil
            let bounds = code.split(separator: "-", omittingEmptySubsequences: false).map { Int(String($0).trimmed) }
            let pattern: ImportMap.CodeEntry.Pattern
            if code.hasSuffix("*") {
                pattern = .prefix(String(code.dropLast()))
            } else if bounds.count == 2, let low = bounds[0], let high = bounds[1] {
                guard low <= high else {
                    fault(key, "the range runs backwards", "write the lower code first")
                    continue
                }
                pattern = .range(low, high)
            } else {
                pattern = .exact(code)
            }
            let entry = ImportMap.CodeEntry(costCentre: costCentre, pattern: pattern, meaning: meaning)
            if let clash = entries.first(where: { Self.clash($0, entry) }), clash.meaning != entry.meaning {
                fault(
                    key, "two lines of `codes` claim the same codes",
                    "keep one, or let one be more exact than the other")
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
                fault(node, "the agreement has no heading \"\(name)\"", Nearest.hint(name, in: names))
                return nil
            }
            guard (heading.kind == .income) == isIncome else {
                fault(
                    node, "the agreement calls \"\(name)\" \(isIncome ? "a cost" : "an income")",
                    "write: \(isIncome ? "expenditure" : "income") \(name)")
                return nil
            }
            return isIncome ? .income(heading.name) : .expenditure(heading.name)
        }
        if let name = rest("contribution from") {
            guard chart.contributors.contains(where: { $0.name.text == name }) else {
                fault(
                    node, "the agreement has no contributor \"\(name)\"",
                    Nearest.hint(name, in: chart.contributors.map(\.name.text)))
                return nil
            }
            return .contribution(Name(name))
        }
        if let name = rest("recharge with") {
            guard chart.members.contains(where: { $0.name.text == name }) else {
                fault(
                    node, "the agreement has no member \"\(name)\"",
                    Nearest.hint(name, in: chart.members.map(\.name.text)))
                return nil
            }
            return .recharge(Name(name))
        }
        if let name = rest("receipt of") ?? rest("transfer to") {
            guard chart.funds.contains(where: { $0.name.text == name }) else {
                fault(
                    node, "the agreement has no fund or grant \"\(name)\"",
                    Nearest.hint(name, in: chart.funds.map(\.name.text)))
                return nil
            }
            return text.hasPrefix("receipt") ? .fundReceipt(Name(name)) : .fundTransfer(Name(name))
        }
        if text == "reserve transfer" { return .reserveTransfer }
        if text == "reserve balance" { return .reserveBalance }
        if let reason = rest("left out,"), !reason.isEmpty { return .leftOut(reason) }
        fault(
            node, "a code's class can't be understood",
            "write one of: expenditure HEADING; income HEADING; contribution from CONTRIBUTOR; recharge with MEMBER; "
                + "receipt of FUND; transfer to FUND; reserve transfer; reserve balance; left out, REASON"
        )
        return nil
    }

    private mutating func readMembers(_ node: Node?) -> [String: Name<Member>] {
        guard let node else { return [:] }
        if node.mapping == nil {
            fault(node, "`members concerned` is a list of texts and members", "members concerned: {HF: lbhf}")
        }
        var members: [String: Name<Member>] = [:]
        for (key, value) in node.mapping ?? [:] {
            guard let written = key.scalar?.string, let name = value.scalar?.string else { continue }
            guard let member = chart.member(written: name) else {
                fault(
                    value, "the agreement has no member \"\(name)\"",
                    Nearest.hint(name, in: chart.members.map(\.name.text)))
                continue
            }
            members[written.trimmed.lowercased()] = member
        }
        return members
    }
}
