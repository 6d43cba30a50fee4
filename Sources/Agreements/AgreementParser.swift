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

    static let keywords = [
        "partnership", "members", "host", "books", "contributors", "label", "signs", "threshold", "statutory",
        "section",
        "approved", "from", "cost", "income", "total", "met", "net", "brought", "adjustment", "appropriations", "spent",
        "shared", "to", "carried",
        "membership", "scheme", "grant", "fund", "contribution", "weights", "rule", "for", "take", "surplus", "deficit",
        "floor", "virements",
    ]

    /// The keywords of a section's rows.
    private static let rowKeywords: Set = [
        "approved", "from", "cost", "income", "total", "met", "net", "brought", "adjustment", "appropriations", "spent",
        "shared", "to", "carried",
    ]

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
        let text = keyword.text
        draft.attempted.insert(text)
        if reader.next?.text == "succeeds" { return try parseSuccession(&reader, keyword) }
        switch (context, text) {
        case (.section, _) where Self.rowKeywords.contains(text):
            let row = try parseRow(&reader, keyword)
            draft.sections[draft.sections.count - 1].rows.append(row)
        case (.rule, "for"): try parseFor(&reader)
        case (.rule, "take"): try parseTake(&reader)
        case (_, "section"):
            let title = try reader.quoted("the section's title", hint: "section \"Expenditure\"")
            try reader.expectEnd(hint: "the title stands alone")
            draft.sections.append((title, []))
            context = .section
        case (_, "rule"): try parseRule(&reader, keyword)
        case (_, _) where Self.rowKeywords.contains(text) || ["for", "take"].contains(text):
            throw LineFault(
                finding: reader.fault(
                    .keywordUnknown, at: keyword, "\"\(text)\" can't stand here",
                    hint: ["for", "take"].contains(text)
                        ? "it belongs below a rule line" : "it belongs below a section line"))
        default: try parseDeclaration(&reader, keyword)
        }
    }

    private mutating func parseDeclaration(_ reader: inout LineReader, _ keyword: Token) throws(LineFault) {
        let before = context
        context = .top
        switch keyword.text {
        case "partnership":
            let name = try reader.quoted("the partnership's name", hint: "partnership \"Tri-borough LSCB\"")
            try reader.expectEnd(hint: "the name stands alone")
            if draft.partnership != nil { throw twice(reader, keyword) }
            draft.partnership = name
        case "members":
            if draft.members != nil { throw twice(reader, keyword) }
            draft.members = reader.words()
            draft.membersReader = reader
            try reader.expectEnd(hint: "members lbhf rbkc wcc")
        case "host":
            if draft.host != nil { throw twice(reader, keyword) }
            draft.host = try reader.word("the host's name", hint: "host rbkc")
            try reader.expectEnd(hint: "one host keeps the books")
            draft.hostReader = reader
        case "books":
            if draft.books != nil { throw twice(reader, keyword) }
            let isInJournals = reader.take(words: "in", "journals")
            let names = isInJournals ? [] : reader.words()
            if names.isEmpty, !isInJournals {
                throw reader.unexpected("a member, or \"in journals\"", hint: "books rbkc wcc")
            }
            draft.books = (names, reader)
            try reader.expectEnd(hint: "books rbkc wcc")
        case "contributors":
            for name in reader.words() { draft.contributors.append((name, reader)) }
            try reader.expectEnd(hint: "contributors police probation")
        case "label":
            let name = try reader.word("a name", hint: "label lbhf \"LBHF\"")
            let label = try reader.quoted("the label", hint: "label lbhf \"LBHF\"")
            try reader.expectEnd(hint: "one label a line")
            draft.labels.append((name, label, reader))
        case "signs": try parseSigns(&reader, keyword)
        case "threshold": try parseThreshold(&reader, keyword)
        case "statutory": try parseStatutory(&reader)
        case "weights": try parseWeights(&reader)
        case "membership": try parseMembership(&reader)
        case "scheme": try parseScheme(&reader)
        case "grant": try parseGrant(&reader)
        case "fund": try parseFund(&reader)
        case "contribution": try parseContribution(&reader)
        case "surplus", "deficit": try parseDisposal(&reader, isSurplus: keyword.text == "surplus")
        case "floor": try parseFloor(&reader)
        case "virements": try parseVirements(&reader, keyword)
        default:
            // It may have been one of the rule's lines, so the rule isn't also called unfinished.
            if before == .rule { draft.rules[draft.rules.count - 1].hasBrokenLine = true }
            context = before
            throw LineFault(
                finding: reader.fault(
                    .keywordUnknown, at: keyword, "no line of an agreement begins so",
                    hint: ["given", "expect", "example"].contains(keyword.text)
                        ? "examples stand in a file of their own, named examples, beside the agreement"
                        : Nearest.hint(keyword.text, in: Self.keywords)))
        }
    }

    func twice(_ reader: LineReader, _ token: Token) -> LineFault {
        LineFault(
            finding: reader.fault(
                .declaredTwice, at: token, "\"\(token.text)\" is declared a second time",
                hint: "remove one of the two lines"))
    }
}
