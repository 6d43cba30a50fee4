internal import Ledger

extension Posting {
    /// Whether its number is this, or its text says it: `Reversal of D-17` names `D-17` and `D 17`, and not `D-1`.
    func names(_ document: String) -> Bool {
        if self.document == document { return true }
        let words = Self.words(description + " " + self.document), number = Self.words(document)
        guard !number.isEmpty, words.count >= number.count else { return false }
        return (0...(words.count - number.count)).contains { words[$0..<($0 + number.count)] == number[...] }
    }

    /// `D-17` is `D` and `17`.
    static func words(_ text: String) -> [Substring] { text.split { !$0.isLetter && !$0.isNumber } }
}
