internal import Findings
internal import Ledger

/// One kind of line of an agreement, such as `host rbkc`.
///
/// Whatever the program says of such lines more than once, it says by this list: what may begin a line and where, what
/// help prints, how a line is read into the draft and resolved into the agreement, how it is printed, and which clause
/// stands for it. The list's order is the order of all of these, because a line may need what lines before it declare
/// (names aside, which the draft knows whole).
struct LineKind: Sendable {
    /// The words that begin the line, or follow its first name, where `followsName`.
    let words: [String]
    /// `icb succeeds ccg`: the line begins with a name.
    let followsName: Bool
    let position: Position
    /// Lines of help, laid out as they are printed.
    let help: String
    /// Lines that show it. Those of all kinds, one after the other, are one agreement, which the tests read, print and
    /// read again.
    let example: String
    let read: Read
    /// What its lines add to the agreement; `nil` where another kind's lines resolve them too.
    let resolve: Resolve?
    /// Its lines, as they would be written; `nil` where another kind prints them.
    let print: Print?
    /// In plain English; `nil` where the line bears on no money, or another kind's clause tells it.
    let clauses: Clauses?

    typealias Read = @Sendable (inout AgreementParser, inout LineReader, Token) throws(LineFault) -> Void
    typealias Resolve = @Sendable (inout AgreementAnalyser) -> Void
    typealias Print = @Sendable (Agreement) -> [String]
    typealias Clauses = @Sendable (Agreement) -> [Clause]

    /// Where the line may stand.
    enum Position {
        /// Anywhere; it ends the section or the rule above it.
        case top
        /// Below a `section` line.
        case section
        /// Below a `rule` line.
        case rule
    }

    init(
        _ words: String, followsName: Bool = false, at position: Position, help: String, example: String,
        read: @escaping Read, resolve: Resolve?, print: Print?, clauses: Clauses?
    ) {
        self.words = words.split(separator: " ").map(String.init)
        self.followsName = followsName
        self.position = position
        self.help = help
        self.example = example
        self.read = read
        self.resolve = resolve
        self.print = print
        self.clauses = clauses
    }

    static let all: [LineKind] =
        [partnership, kind, members, contributors, host, books, label, membership, succession, signs, section]
        + rows + [statutory, contribution, weights, scheme, grant, fund, capInAll, rule, ruleSubject, take, fee]
        + [settle, sharedSurplus, sharedDeficit, surplus, deficit, floor, virements, threshold, text]

    /// The words that can begin a line.
    static let keywords = all.filter { !$0.followsName }.map { $0.words[0] }.uniqued()

    /// The kind of the line whose first word was taken, with its other words taken too.
    ///
    /// - Returns: `nil` where no line begins so.
    static func taken(_ keyword: Token, _ reader: inout LineReader) throws(LineFault) -> LineKind? {
        if let second = reader.next?.text, let kind = all.first(where: { $0.followsName && $0.words == [second] }) {
            _ = reader.take()
            return kind
        }
        let candidates = all.filter { !$0.followsName && $0.words[0] == keyword.text }
            .sorted { $0.words.count > $1.words.count }
        if let kind = candidates.first(where: { reader.take(all: $0.words.dropFirst().joined(separator: " ")) }) {
            return kind
        }
        guard let nearest = candidates.max(by: { reader.count(of: $0.words) < reader.count(of: $1.words) }) else {
            return nil
        }
        let hint = candidates.reversed().map { $0.example.split(separator: "\n").last!.drop { $0 == " " } }
            .joined(separator: ", or ")
        for word in nearest.words.dropFirst() { try reader.expect(words: word, hint: hint) }
        return nearest
    }
}

extension LineReader {
    /// How many of a line's words, but for its first, come next.
    fileprivate func count(of words: [String]) -> Int {
        zip(words.dropFirst(), tokens).prefix { $0 == $1.text }.count
    }
}

extension [String] {
    /// Each once, where it stands first.
    fileprivate func uniqued() -> [String] {
        enumerated().filter { !self[..<$0.offset].contains($0.element) }.map(\.element)
    }
}

extension Agreement {
    /// The language's lines, as help shows them.
    public static var languageHelp: String {
        LineKind.all.map(\.help).filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
    }

    /// The words that can begin a line, or stand after its first name.
    public static var languageKeywords: [String] {
        LineKind.all.map { $0.words.joined(separator: " ") }
    }

    /// An agreement with a line of each kind, and the words that begin its kinds.
    public static var languageExample: String { LineKind.all.map(\.example).joined(separator: "\n") + "\n" }
}
