/// Words that people write and the language says otherwise, by the language's own.
///
///     take remainder from members in proportion to child-population
///
/// They are suggested, never taken: an agreement says one thing in one way.
enum Synonyms {
    /// Longer ones first, because `in equal shares` begins as `in` does.
    private static let all: [(said: [String], word: String)] = [
        ("in proportion to", "by"), ("proportionately to", "by"), ("proportionate to", "by"), ("according to", "by"),
        ("pro rata to", "by"), ("pro rata by", "by"), ("pro rata", "by"), ("on the basis of", "by"), ("based on", "by"),
        ("in equal shares", "equally"), ("in equal parts", "equally"), ("in equal proportions", "equally"),
        ("evenly", "equally"), ("equal", "equally"),
        ("everything else", "anything else"), ("all other costs", "anything else"), ("all else", "anything else"),
        ("the remainder", "rest"), ("the balance", "rest"), ("the rest", "rest"), ("remainder", "rest"),
        ("remaining", "rest"), ("all", "rest"),
        ("up to a maximum of", "at most"), ("a maximum of", "at most"), ("maximum of", "at most"),
        ("capped at", "at most"), ("no more than", "at most"), ("not more than", "at most"), ("max", "at most"),
        ("limited to", "at most"), ("a minimum of", "at least"), ("minimum of", "at least"),
        ("no less than", "at least"),
        ("not less than", "at least"), ("min", "at least"),
        ("per annum", "a year"), ("annually", "a year"), ("yearly", "a year"), ("every year", "a year"),
        ("each year", "a year"), ("increasing", "rising"), ("uplifted", "rising"), ("increased", "rising"),
        ("each month", "monthly"), ("each quarter", "quarterly"), ("in quarters", "quarterly"),
        ("retained", "stays"), ("kept", "stays"), ("with effect from", "from"), ("starting", "from"), ("until", "to"),
        ("all members", "members"), ("the members", "members"), ("all partners", "members"), ("partners", "members"),
        ("underspend", "surplus"), ("underspends", "surplus"), ("overspend", "deficit"), ("overspends", "deficit"),
        ("boroughs", "members"), ("authorities", "members"), ("ratio", "weights"), ("shares", "weights"),
        ("pay", "take"), ("share", "take"), ("split", "take"), ("fees", "fee"), ("notes", "clause"),
    ].map { said, word in (said.split(separator: " ").map(String.init), word) }
        .sorted { $0.0.count > $1.0.count }

    /// What the tokens begin with, and the language's word for it.
    static func found(_ tokens: ArraySlice<Token>) -> (said: String, word: String)? {
        all.first { said, _ in tokens.prefix(said.count).map { $0.text.lowercased() } == said }
            .map { ($0.said.joined(separator: " "), $0.word) }
    }

    /// Whether the tokens begin with several words that stand for one of the language: none of them is a name.
    static func isPhrase(_ tokens: ArraySlice<Token>) -> Bool { found(tokens).map { $0.said.contains(" ") } ?? false }
}
