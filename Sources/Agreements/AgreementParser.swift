internal import Findings
internal import Sterling
internal import Ledger

/// Reads an agreement line by line and collects every fault.
///
/// Names may be used before they are declared, so a line's words are kept as tokens until all lines
/// are read; the analyser then resolves them.
struct AgreementParser {
    let source: Place.Source
    var faults: [Finding] = []
    var draft = AgreementDraft()
    var context = Context.top

    enum Context { case top, section, rule }

    init(source: Place.Source) { self.source = source }

    mutating func parse(_ text: String) {
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            var reader = LineReader(source: source, number: index + 1, text: String(line))
            guard !reader.isEmpty else { continue }
            let words = reader.tokens.prefix(2).map(\.text)
            do throws(LineFault) { try parse(&reader) } catch {
                faults.append(error.finding)
                // What the line would have declared isn't also called undeclared.
                if words.count == 2, ["grant", "fund", "scheme", "weights"].contains(words[0]) {
                    draft.brokenNames.insert(words[1])
                }
            }
        }
    }

    private mutating func parse(_ reader: inout LineReader) throws(LineFault) {
        let keyword = reader.take()!
        guard let kind = try LineKind.taken(keyword, &reader) else {
            // What was meant isn't also called missing.
            if let meant = Synonyms.found([keyword])?.word ?? Nearest.match(keyword.text, in: LineKind.keywords) {
                draft.attempted.insert(meant)
            }
            // It may have been one of the rule's lines, so the rule isn't also called unfinished.
            if context == .rule { draft.rules[draft.rules.count - 1].hasBrokenLine = true }
            throw LineFault(
                finding: reader.fault(
                    .keywordUnknown, at: keyword, "no line of an agreement begins so",
                    hint: ["given", "expect", "example"].contains(keyword.text)
                        ? "examples stand in a file of their own, named examples, beside the agreement"
                        : Synonyms.found([keyword]).map { "write \"\($0.word)\" for \"\($0.said)\"" }
                            ?? Nearest.hint(keyword.text, in: LineKind.keywords)))
        }
        draft.attempted.insert(kind.words.joined(separator: " "))
        switch (kind.position, context) {
        case (.top, _): context = .top
        case (.section, .section), (.rule, .rule): break
        case (.section, .top), (.section, .rule), (.rule, .top), (.rule, .section):
            throw LineFault(
                finding: reader.fault(
                    .keywordUnknown, at: keyword, "\"\(keyword.text)\" can't stand here",
                    hint: kind.position == .rule ? "it belongs below a rule line" : "it belongs below a section line"))
        }
        try kind.read(&self, &reader, keyword)
    }

    func twice(_ reader: LineReader, _ token: Token) -> LineFault {
        LineFault(
            finding: reader.fault(
                .declaredTwice, at: token, "\"\(token.text)\" is declared a second time",
                hint: "remove one of the two lines"))
    }
}
