/// Words that call a row a total. They may stand in a supplier's name as well, so they prove nothing by themselves.
enum TotalWords {
    /// Of which a total's whole text is made, with codes and dates: `Total for account 4000`.
    private static let all: Set<Substring> = [
        "total", "totals", "subtotal", "sub", "grand", "report", "account", "overall", "sum", "of", "for", "the", "all",
        "code", "period", "page", "sheet", "year", "cost", "centre", "center",
    ]
    private static let openings = [
        "sub-total", "sub total", "subtotal", "total", "totals", "grand total", "report total", "sum",
    ]

    private static let endings = [" total", " totals"]

    /// The same words for who reads bytes, in lower case: ASCII letters, blanks and signs, to which 0x20 adds nothing.
    static let openingBytes = (openings + balances).map { Array($0.utf8) }
    static let endingBytes = endings.map { Array($0.utf8) }

    /// `Total Gas & Power` and `4000 Total`; not `Totally Local`.
    static func read(_ text: String) -> Bool {
        guard text.utf8.count < 100, text.utf8.count > 2 else { return false }
        let lowered = text.trimmed.lowercased()
        return openings.contains { opening in
            lowered.hasPrefix(opening) && !(lowered.dropFirst(opening.count).first?.isLetter ?? false)
        } || endings.contains { lowered.hasSuffix($0) }
    }

    private static let balances = [
        "opening balance", "closing balance", "balance b/f", "balance c/f", "balance bf", "balance cf", "balance b/fwd",
        "balance c/fwd", "balance brought forward", "balance carried forward", "brought forward", "carried forward",
        "b/f", "c/f", "b/fwd", "c/fwd",
    ]

    /// Whether a text calls its row a balance: what stood there before, or stands there now, and no posting.
    static func readBalance(_ text: String) -> Bool {
        guard text.utf8.count < 60, text.utf8.count > 2 else { return false }
        let lowered = text.trimmed.lowercased()
        return balances.contains { balance in
            lowered.hasPrefix(balance) && !(lowered.dropFirst(balance.count).first?.isLetter ?? false)
        }
    }

    /// Whether nothing but a total can be meant: no name stands in it.
    static func areAll(_ text: String) -> Bool {
        guard read(text) else { return false }
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        return words.allSatisfy { all.contains($0) || $0.contains(where: \.isNumber) }
    }
}
