public import Importing
public import Books
public import Ledger
internal import Findings
internal import Sterling

/// What `outturn import` would do, or did, in words a finance officer checks an export with.
public enum ImportText {
    /// - Parameter before: the file that this one takes the place of, or is compared with.
    public static func text(
        _ file: FileImport, postings: Postings, chart: Chart, year: FinancialYear,
        before: (file: String, difference: ImportDifference)?, shown: Int = 8
    ) -> String {
        var text =
            "\(file.file), in the books of \(chart.label(file.ledgerOf)), by the map \"\(file.map ?? "none")\"\n\n"
        var table = TextTable(leftColumns: 6)
        table.add(.cells(["Cell", "period", "date", "document", "from", "to", "amount"]))
        for posting in postings.prefix(shown) {
            table.add(
                .cells([
                    posting.place.cell ?? "", posting.period.description, posting.date?.description ?? "-",
                    short(posting.document),
                    account(posting.from, chart), account(posting.to, chart), "\(posting.amount)",
                ]))
        }
        if !postings.isEmpty { text += table.text }
        if postings.count > shown { text += "and \(AmountFormat.grouped(postings.count - shown)) more\n" }
        text += "\n"

        var tallies = TextTable()
        func add(_ label: String, _ tally: FileImport.Tally) {
            guard tally.rows > 0 else { return }
            tallies.add(.cells([label, AmountFormat.grouped(tally.rows), "\(tally.sum)"]))
        }
        tallies.add(.cells(["Rows with an amount", "rows", "sum, debits positive"]))
        add("postings", file.posted)
        add("in suspense", file.suspense)
        for left in file.excluded { add("excluded: \(left.reason)", left.tally) }
        if file.refused > 0 {
            tallies.add(.cells(["refused, with a finding each", AmountFormat.grouped(file.refused), "-"]))
        }
        tallies.add(.rule("-"))
        tallies.add(.cells(["all", AmountFormat.grouped(file.all.rows + file.refused), "\(file.all.sum)"]))
        text += tallies.text + "\n"

        text += suspense(postings, file)
        if let total = file.controlTotal {
            let excluded = file.excluded.map(\.tally.sum).sum()
            let says =
                file.refused > 0
                ? "; the rows add up to \(file.all.sum)"
                : total == file.all.sum
                    ? " = the rows"
                    : total == file.all.sum - excluded
                        ? " = the rows that are not excluded" : "; the rows add up to \(file.all.sum)"
            text += "control total \(total)\(says)\n"
        } else {
            text += "no control total in the file\n"
        }
        if file.balancesAgreed > 0 {
            let count = AmountFormat.grouped(file.balancesAgreed)
            text += "\(count) running balances are each the one before and the row's amount\n"
        }
        if file.subtotalsAgreed + file.subtotalsDiffering > 0 {
            text += "\(file.subtotalsAgreed) sub-totals agree, \(file.subtotalsDiffering) differ\n"
        }
        let outside = postings.filter { $0.date.map { !year.contains($0) } ?? false }
        if outside.isEmpty {
            text += "cut-off: no transaction is dated outside \(year)\n"
        } else {
            text +=
                "cut-off: \(outside.count) transaction\(outside.count == 1 ? " is" : "s are") dated outside \(year)\n"
            for posting in outside.prefix(5) { text += "  " + line(posting) + "\n" }
            if outside.count > 5 { text += "  and \(outside.count - 5) more\n" }
        }
        if let before { text += difference(before.difference, from: before.file) }
        return text
    }

    /// What each code in suspense comes to, the largest first.
    private static func suspense(_ postings: Postings, _ file: FileImport) -> String {
        guard file.suspense.rows > 0 else { return "" }
        var sums: [String: (rows: Int, sum: Money)] = [:]
        for posting in postings where posting.to == .suspense(file.ledgerOf) || posting.from == .suspense(file.ledgerOf)
        {
            sums[posting.code, default: (0, .zero)].rows += 1
            sums[posting.code]!.sum += posting.to == .suspense(file.ledgerOf) ? posting.amount : -posting.amount
        }
        let sorted = sums.sorted { a, b in
            (b.value.sum.magnitude, a.key) < (a.value.sum.magnitude, b.key)
        }
        var table = TextTable()
        table.add(.cells(["Codes in suspense", "rows", "sum, debits positive"]))
        for (code, found) in sorted.prefix(20) {
            table.add(
                .cells([
                    code.isEmpty ? "no code" : short(code), AmountFormat.grouped(found.rows), "\(found.sum)",
                ]))
        }
        if sorted.count > 20 {
            let rest = sorted.dropFirst(20)
            table.add(
                .cells([
                    "\(rest.count) further codes", AmountFormat.grouped(rest.reduce(0) { $0 + $1.value.rows }),
                    "\(rest.map(\.value.sum).sum())",
                ]))
        }
        return table.text + "\n"
    }

    /// A year's imports, those that count first.
    public static func list(_ lines: [ImportList.Line]) -> String {
        var table = TextTable(leftColumns: 6)
        table.add(.cells(["Export", "map", "imported", "superseded by", "why", "SHA-256"]))
        for line in lines {
            table.add(
                .cells(
                    [
                        line.file, line.map, line.imported, line.supersededBy, line.reason,
                        String(line.digest.prefix(12)),
                    ].map { $0.isEmpty ? "-" : $0 }))
        }
        return table.text
    }

    private static func difference(_ difference: ImportDifference, from file: String) -> String {
        let grouped = { (count: Int) in AmountFormat.grouped(count) }
        var text =
            "against \(file): \(grouped(difference.new.count)) new, \(grouped(difference.unchanged)) already there, "
            + "\(grouped(difference.changed.count)) changed, \(grouped(difference.vanished.count)) vanished\n"
        func list(_ word: String, _ postings: [Posting]) {
            for posting in postings.prefix(5) { text += "  \(word) \(line(posting))\n" }
            if postings.count > 5 { text += "  and \(grouped(postings.count - 5)) more \(word)\n" }
        }
        list("new     ", difference.new)
        for (before, now) in difference.changed.prefix(5) {
            text += "  changed  \(line(now)), was \(ImportDifference.signed(before)) at \(before.place.cell ?? "")\n"
        }
        if difference.changed.count > 5 { text += "  and \(grouped(difference.changed.count - 5)) more changed\n" }
        list("vanished", difference.vanished)
        return text
    }

    private static func line(_ posting: Posting) -> String {
        [
            posting.place.cell ?? "", posting.date?.description ?? "-", posting.code, short(posting.document),
            "\(ImportDifference.signed(posting))",
        ].joined(separator: "  ")
    }

    private static func short(_ text: String) -> String {
        text.isEmpty ? "-" : text.count > 24 ? text.prefix(23) + "…" : text
    }

    private static func account(_ account: Account, _ chart: Chart) -> String {
        switch account {
        case .cash(.member(let name)): chart.label(name)
        case .cash(let party): party.text
        case .heading(let name): name.text
        case .reserve(let name): "reserve of \(chart.label(name))"
        case .fund(let name): chart.label(name)
        case .suspense: "suspense"
        }
    }
}
