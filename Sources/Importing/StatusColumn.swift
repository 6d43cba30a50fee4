/// A column of a few words, some of which say that a row is no posting: `Cancelled`, `Commitment`, `Budget`.
enum StatusColumn {
    private static let titles: Set<Substring> = ["status", "state", "type", "kind", "ledger", "scenario", "version"]
    private static let drafts: Set = ["draft", "unposted", "not posted", "parked"]
    private static let noPostings: Set = drafts.union([
        "cancelled", "canceled", "void", "voided", "rejected", "deleted", "commitment", "commitments", "committed",
        "order", "purchase order", "encumbrance", "budget", "forecast", "bud", "com", "fcst", "po",
    ])
    /// A column with more different words is none of this kind.
    static let mostWords = 12

    static func reads(_ title: String) -> Bool {
        title.folded.split(separator: " ").contains { titles.contains($0) }
    }

    /// The words that stand for no posting, where others stand beside them.
    ///
    /// - Parameter counts: how many rows have each word.
    static func stopped(_ counts: [String: Int]) -> [String: Int] {
        let stopped = counts.filter { noPostings.contains($0.key.lowercased()) }
        guard counts.count <= mostWords, !stopped.isEmpty, stopped.count < counts.count else { return [:] }
        // Where most rows are drafts, they are what the file is of.
        let areDrafts = stopped.keys.allSatisfy { drafts.contains($0.lowercased()) }
        return areDrafts && stopped.values.reduce(0, +) * 2 > counts.values.reduce(0, +) ? [:] : stopped
    }
}
