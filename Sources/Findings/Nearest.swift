/// The word that somebody probably meant.
public enum Nearest {
    /// The closest of the candidates, if it is at most a third of the word away (two letters at least).
    public static func match(_ word: String, in candidates: some Sequence<String>) -> String? {
        // Nobody mistypes a word of this length.
        guard word.utf8.count <= 200 else { return nil }
        let wanted = Array(word.lowercased())
        let limit = max(2, wanted.count / 3)
        return
            candidates
            .filter { abs($0.count - wanted.count) <= limit }
            .map { ($0, distance(wanted, Array($0.lowercased()))) }
            .filter { $0.1 <= limit && $0.1 < wanted.count }
            .min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
    }

    /// `did you mean "salaries"?`, or the names there are.
    public static func hint(_ word: String, in candidates: some Sequence<String>) -> String {
        let names = Array(candidates)
        if let near = match(word, in: names) { return "did you mean \"\(near)\"?" }
        return names.isEmpty ? "none is declared" : "there are: \(names.joined(separator: ", "))"
    }

    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        var previous = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var current = [i + 1]
            for (j, y) in b.enumerated() {
                current.append(min(previous[j + 1] + 1, current[j] + 1, previous[j] + (x == y ? 0 : 1)))
            }
            previous = current
        }
        return previous[b.count]
    }
}
