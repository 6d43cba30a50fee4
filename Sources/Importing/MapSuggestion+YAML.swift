internal import Findings
internal import Ledger
internal import Sheets
internal import Sterling

extension MapSuggestion {
    /// The map, commented; it is read as it stands, and puts every row into suspense until its codes are filled in.
    public var yaml: String {
        var text = heading
        text +=
            "layout: \(Self.quoted(firstRows.isEmpty ? file : "suggested for " + file.split(separator: "/").last!))\n\n"
        text += "# The map fits a sheet where all of these stand in one row.\n"
        let recognised =
            columns.filter { [.code, .period, .amount, .debit, .credit, .net, .document].contains($0.role) }.map(
                \.title
            ).filter { RowTexts.column(lettered: $0) == nil } + periodColumns.prefix(3).map(\.title)
        text += "recognise: [\(recognised.map { Self.quoted($0) }.joined(separator: ", "))]\n"
        if headerRows > 1 {
            text += "# A column's header is the texts of all of these rows.\nheader rows: \(headerRows)\n"
        }
        if !repeatingSheets.isEmpty {
            text +=
                "# What they hold stands on other sheets too.\nsheets not read: "
                + "[\(repeatingSheets.map { Self.quoted($0) }.joined(separator: ", "))]\n"
        }
        text += "\ncolumns:\n"
        for column in columns { text += "  \(column.role.rawValue): \(Self.quoted(column.title))    # \(column.why)\n" }
        if !amountsInQuestion.isEmpty {
            let names = amountsInQuestion.map(\.oneLine).joined(separator: ", ")
            text +=
                "  # Which is the amount? One of: \(names). Write: amount: and its header.\n"
        }
        let unused = titles.filter { title in
            !columns.contains { $0.title == title } && !periodColumns.contains { $0.title == title }
                && sign?.column != title && !exclusions.contains { $0.column == title }
        }
        if !unused.isEmpty { text += "# Not used: \(unused.map(\.oneLine).joined(separator: ", "))\n" }
        if !periodColumns.isEmpty {
            text +=
                "\n# Each period has a column: a row becomes a posting for each that is filled.\nperiod columns: {"
                + periodColumns.map { "\($0.period): \(Self.quoted($0.title))" }.joined(separator: ", ") + "}\n"
        }
        if let unit = columns.lazy.compactMap({ ImportMap.Unit(header: $0.title) }).first {
            text += "\n# The header says so.\nunit: \(unit.rawValue)\n"
        }
        if let wholePeriod {
            text += "\n# \(wholePeriod.why).\nperiod: \(wholePeriod.period)\n"
        } else if periodColumns.isEmpty, !columns.contains(where: { [.period, .date].contains($0.role) }) {
            text += "\n# Of which period is the file? No column says it. Write: period: P12, or another.\n"
        }
        if isMonthFirst {
            text += "\n# Days above the 12th show it: 04/13/2025 is 13 April.\ndates: month first\n"
        }
        if let sign {
            func list(_ marks: [String]) -> String { marks.map { Self.quoted($0) }.joined(separator: ", ") }
            text +=
                "\n# \(sign.why).\nsign: {column: \(Self.quoted(sign.column)), credit: [\(list(sign.credits))]"
                + "\(sign.debits.isEmpty ? "" : ", debit: [\(list(sign.debits))]")}\n"
        }
        if let isCreditPositive {
            text += "\n# \(isCreditPositive.why).\namounts: \(isCreditPositive.value ? "credits" : "debits") positive\n"
        }
        if let signInQuestion {
            text +=
                "\n# Which way do amounts go? \(signInQuestion): income that its ledger prints so, or what was "
                + "spent.\n# Look at one that you know, and write: amounts: debits positive, or: amounts: credits "
                + "positive.\n"
        }
        if let balanced {
            text += "\n# Debits and credits come to the same, \(balanced): a list that balances.\n"
        }
        if areCreditsNegative {
            text +=
                "\n# The credit column prints credits below zero. Else: positive.\n"
                + "credits: negative\n"
        }
        if hasMarkers {
            text +=
                "# Amounts end in CR or DR: is that the ledger's view (CR is a credit) or the bank's?\n"
                + "cr means: credit\n"
        }
        if let periodFormat { text += "\n# \(periodFormat.why).\nperiod format: \(periodFormat.format.rawValue)\n" }
        text += rowTests
        text +=
            "\n# The class of each code. Take the # away and put the class in: expenditure HEADING, income HEADING,\n"
            + "# contribution from CONTRIBUTOR, recharge with MEMBER, reserve transfer, reserve balance, or excluded, "
            + "REASON.\n"
        text += "# Ranges (4000-4099) and beginnings (40*) save lines. Until then every row is in suspense.\ncodes:\n"
        for code in codes {
            let key = Self.quoted(Self.key(code.code), always: true), proposed = proposals[code.code]
            let rows = "\(code.rows) row\(code.rows == 1 ? "" : "s") of \(code.sum)"
            let example = code.example.isEmpty ? "" : ", " + code.example.oneLine
            let meaning = proposed?.meaning ?? "expenditure"
            let why = proposed.map { $0.map.map { "as in maps/\($0).yaml; " } ?? "by its name alone; " } ?? ""
            text += "\(proposed?.map == nil ? "# " : " ") \(key): \(meaning)      # \(why)\(rows)\(example)\n"
        }
        return text
    }

    /// What was looked at, and what is passed over, as comments.
    private var heading: String {
        var text =
            "# Suggested from \(file)\(sheet.isEmpty ? "" : ", sheet \(sheet)"): the header is row \(headerRow).\n"
        text += "# Every line that says why was guessed: look at it beside the file's first rows:\n"
        // Suppliers and descriptions may hold people's names, and a map is kept and shared.
        let plain = Set(
            columns.filter { ![.description, .memberConcerned].contains($0.role) }.map(\.title)
                + periodColumns.map(\.title))
        let shown =
            firstRows.prefix(1)
            + firstRows.dropFirst().map { row in
                row.enumerated().map { $0.element.isEmpty || plain.contains(titles[$0.offset]) ? $0.element : "..." }
            }
        for row in shown {
            text +=
                "#     " + row.map { $0.isEmpty ? "-" : String($0.prefix(28)).oneLine }.joined(separator: " | ") + "\n"
        }
        if repeatedHeaders > 0 {
            text +=
                "# The header comes again \(repeatedHeaders) time\(repeatedHeaders == 1 ? "" : "s"), as at the top of "
                + "a page; it is passed over.\n"
        }
        for other in otherSheets {
            let repeats = repeatingSheets.contains(other.name)
            let what =
                other.isAlike
                ? "has the same header, and " + (repeats ? "repeats the others" : "is read too")
                : "has no such header, and is not read"
            text += "# The sheet \(Self.quoted(other.name)) \(what).\n"
        }
        return text
    }

    private var rowTests: String {
        var text = ""
        if notTotals > 0 {
            text +=
                "\n# \(notTotals) row\(notTotals == 1 ? " reads" : "s read") like a total, but the rows above "
                + "don't add up to it: a posting, as any other.\n"
        }
        guard subtotals != nil || controlTotal != nil || !exclusions.isEmpty else { return text }
        text +=
            "\n# Rows that are no transactions. Totals are checked against the rows, never added to them.\nrows:\n"
        if !exclusions.isEmpty {
            text += "  exclude:\n"
            for (column, value, rows, why) in exclusions {
                text +=
                    "    - {column: \(Self.quoted(column)), is: \(Self.quoted(value)), because: "
                    + "\(Self.quoted(why))}    # \(rows) "
                    + "row\(rows == 1 ? "" : "s")\n"
            }
        }
        for (key, test) in [("sub-totals", subtotals), ("control total", controlTotal)] {
            guard let test else { continue }
            text +=
                "  \(key): {column: \(Self.quoted(test.column)), \(test.kind.rawValue): \(Self.quoted(test.text))}\n"
        }
        return text
    }

    /// As `codes` names a code that would else be read as a range, a beginning or one with a cost centre.
    private static func key(_ code: String) -> String {
        let isPlain =
            !code.hasSuffix("*") && !code.hasPrefix("=") && !code.contains("/")
            && code.wholeMatch(of: /[0-9 ]+-[0-9 ]+/) == nil
        return isPlain ? code : "=" + code
    }

    /// A YAML text, quoted where it must be.
    private static func quoted(_ text: String, always: Bool = false) -> String {
        let isPlain =
            !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
            && text.first!.isLetter && text.last != " "
            && !["yes", "no", "true", "false", "null", "on", "off", "y", "n"].contains(text.lowercased())
        if isPlain, !always { return text }
        return "\"" + text.oneLine.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
    }
}

extension String {
    /// `GLAccount`, `gl_account` and `G/L Account` are one name.
    var joined: String { folded.filter { $0 != " " } }

    var oneLine: String { String(map { $0.isNewline || $0 == "\t" ? " " : $0 }) }
}
