/// A column of marks that say which way each amount goes.
enum MarkColumn {
    /// Marks of credits and of debits, side by side, as systems write them.
    static let pairs: [(credits: [String], debits: [String])] = [
        (["c", "cr", "credit"], ["d", "dr", "debit"]), (["h", "haben"], ["s", "soll"]),
        // Sage: invoices, credit notes, receipts and journals of sales and purchases.
        (["si", "pc", "br", "vr", "cr", "jc"], ["pi", "sc", "bp", "vp", "cp", "jd"]),
    ]
    private static let titles: Set = [
        "dc", "drcr", "crdr", "cd", "debitcredit", "creditdebit", "sh", "dcindicator", "drcrindicator",
        "debitcreditindicator", "dcind", "debitorcredit", "sign", "side",
    ]

    static func reads(_ title: String) -> Bool { titles.contains(title.folded.filter { $0 != " " }) }

    /// - Parameter marks: in lower case.
    static func known(_ marks: Set<String>) -> (credits: [String], debits: [String])? {
        marks.isEmpty ? nil : pairs.first { marks.isSubset(of: Set($0.credits + $0.debits)) }
    }

    static func isCredit(_ mark: String) -> Bool { pairs.contains { $0.credits.contains(mark.lowercased()) } }
}
