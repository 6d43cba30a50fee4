internal import Findings
internal import Sterling
internal import Ledger

/// One line of an agreement, read word by word. A fault ends the line, not the reading.
struct LineReader {
    let source: Place.Source
    let number: Int
    let text: String
    private(set) var tokens: ArraySlice<Token>

    init(source: Place.Source, number: Int, text: String) {
        self.source = source
        self.number = number
        self.text = text
        tokens = AgreementLexer.tokens(text)[...]
    }

    var isEmpty: Bool { tokens.isEmpty }
    var line: AgreementLine { AgreementLine(number: number) }
    var next: Token? { tokens.first }

    func fault(_ code: Finding.Code, at token: Token? = nil, _ message: String, hint: String) -> Finding {
        let column = token?.column ?? text.count + 1
        return Finding(
            code, at: Place(source, row: number, column: column), found: token?.text, message, hint: hint,
            excerpt: Finding.Excerpt(line: text, offset: column - 1, length: token?.length ?? 1))
    }

    mutating func take() -> Token? { tokens.popFirst() }

    /// Takes the words if they come next, all of them or none.
    mutating func take(words: String...) -> Bool {
        guard tokens.prefix(words.count).map(\.text) == words else { return false }
        tokens.removeFirst(words.count)
        return true
    }

    /// Whether the word after the next one reads so.
    func isFollowed(by word: String) -> Bool { tokens.dropFirst().first?.text == word }

    /// The same for words in one text.
    mutating func take(all text: String) -> Bool {
        let words = text.split(separator: " ").map(String.init)
        guard tokens.prefix(words.count).map(\.text) == words else { return false }
        tokens.removeFirst(words.count)
        return true
    }

    /// Takes a comma and the words after it, all of them or none.
    mutating func takeAfterComma(_ words: [String]) -> Bool {
        guard tokens.first?.kind == .comma, tokens.dropFirst().prefix(words.count).map(\.text) == words else {
            return false
        }
        tokens.removeFirst(words.count + 1)
        return true
    }

    mutating func date(hint: String) throws(LineFault) -> CalendarDate {
        guard let token = tokens.first, case .date(let date) = token.kind else {
            throw unexpected("a day (2018-10-01)", hint: hint)
        }
        tokens.removeFirst()
        return date
    }

    mutating func expect(words: String..., hint: String) throws(LineFault) {
        for word in words {
            guard let token = tokens.first, token.text == word else { throw unexpected("\"\(word)\"", hint: hint) }
            tokens.removeFirst()
        }
    }

    mutating func comma() -> Bool {
        guard tokens.first?.kind == .comma else { return false }
        tokens.removeFirst()
        return true
    }

    mutating func semicolon() -> Bool {
        guard tokens.first?.kind == .semicolon else { return false }
        tokens.removeFirst()
        return true
    }

    mutating func word(_ what: String, hint: String) throws(LineFault) -> Token {
        guard let token = tokens.first, token.kind == .word else { throw unexpected(what, hint: hint) }
        tokens.removeFirst()
        return token
    }

    /// Names one after the other; commas and an "and" between them are understood.
    ///
    /// - Parameters:
    ///   - ends: words that are no name and end the list.
    ///   - clauses: words that begin what follows the list after a comma.
    ///   - isLastCommaOfList: whether the line's last comma may be one of the list, or always begins a clause.
    mutating func words(
        upTo ends: Set<String> = [], before clauses: Set<String> = [], isLastCommaOfList: Bool = true
    ) -> [Token] {
        var found: [Token] = []
        while let next = tokens.first, next.kind == .word, !ends.contains(next.text), !Synonyms.isPhrase(tokens) {
            found.append(next)
            tokens.removeFirst()
            if tokens.first?.kind == .comma, !isLastCommaOfList, tokens.count(where: { $0.kind == .comma }) == 1 {
                break
            }
            passListed(upTo: ends, before: clauses)
        }
        return found
    }

    /// Passes over a comma and an "and" where another name of a list follows.
    mutating func passListed(upTo ends: Set<String> = [], before clauses: Set<String> = []) {
        /// The name that comes after some words, if one does.
        func name(after count: Int) -> Token? {
            tokens.dropFirst(count).first.flatMap { $0.kind == .word && !ends.contains($0.text) ? $0 : nil }
        }
        if tokens.first?.kind == .comma {
            let between = tokens.dropFirst().first?.text == "and" ? 2 : 1
            if let following = name(after: between), !clauses.contains(following.text) { tokens.removeFirst(between) }
        } else if tokens.first?.text == "and", name(after: 1) != nil {
            tokens.removeFirst()
        }
    }

    /// Passes over a comma and an "and" where another percentage follows.
    mutating func passBetweenShares() {
        func isShare(after count: Int) -> Bool {
            if case .share? = tokens.dropFirst(count).first?.kind { true } else { false }
        }
        let isComma = tokens.first?.kind == .comma
        let isAnd = tokens.dropFirst(isComma ? 1 : 0).first?.text == "and"
        let count = (isComma ? 1 : 0) + (isAnd ? 1 : 0)
        if count > 0, isShare(after: count) { tokens.removeFirst(count) }
    }

    mutating func quoted(_ what: String, hint: String) throws(LineFault) -> String {
        guard let token = tokens.first, case .quoted(let inner) = token.kind else {
            throw unexpected("\(what) in quotation marks", hint: hint)
        }
        tokens.removeFirst()
        return inner
    }

    mutating func amount(hint: String) throws(LineFault) -> Money {
        guard let token = tokens.first, case .amount(let amount) = token.kind else {
            throw unexpected("an amount", hint: hint)
        }
        tokens.removeFirst()
        return amount
    }

    /// `7%`, up to the whole.
    mutating func percentage(hint: String) throws(LineFault) -> (share: Fraction, written: String) {
        guard let token = tokens.first, case .share(let share) = token.kind else {
            throw unexpected("a percentage", hint: hint)
        }
        guard share <= .one else {
            throw LineFault(
                finding: fault(
                    .amountWrong, at: token, "that is more than 100%", hint: "write a percentage up to 100%"))
        }
        tokens.removeFirst()
        return (share, token.text)
    }

    func expectEnd(hint: String) throws(LineFault) {
        guard let token = tokens.first else { return }
        throw LineFault(finding: fault(.wordUnexpected, at: token, "the line should end here", hint: hint))
    }

    func unexpected(_ what: String, hint: String) -> LineFault {
        if let token = tokens.first {
            if case .broken(let reason) = token.kind {
                return LineFault(finding: fault(.amountWrong, at: token, "\(what) was expected: \(reason)", hint: hint))
            }
        }
        let meant = Synonyms.found(tokens).flatMap { what.contains($0.word) || hint.contains($0.word) ? $0 : nil }
        let synonym = meant.map { "write \"\($0.word)\" for \"\($0.said)\": " } ?? ""
        return LineFault(
            finding: fault(.wordUnexpected, at: tokens.first, "\(what) was expected here", hint: synonym + hint))
    }
}

/// The clauses that a line has said: of two of one kind, nobody would know which holds.
struct ClausesSaid {
    private var said: Set<String> = []

    /// - Parameter what: as a part of a sentence: `how it rises`.
    mutating func say(_ what: String, at token: Token?, _ reader: LineReader) throws(LineFault) {
        guard !said.insert(what).inserted else { return }
        throw LineFault(
            finding: reader.fault(
                .declaredTwice, at: token, "the line says \(what) a second time", hint: "keep the one that was agreed"))
    }
}

/// A fault that ended a line.
struct LineFault: Error {
    let finding: Finding
}
