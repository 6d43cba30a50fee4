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
    private var context = Context.top

    private enum Context { case top, section, rule }

    init(source: Place.Source) { self.source = source }

    static let keywords = [
        "partnership", "members", "host", "books", "contributors", "label", "signs", "threshold", "statutory", "section",
        "approved", "from", "cost", "income", "total", "met", "net", "brought", "adjustment", "appropriations", "spent", "to", "carried",
        "contribution", "weights", "rule", "for", "take", "surplus", "deficit",
    ]

    static let laterKeywords = ["grant", "fund", "scheme", "succession", "in-kind", "match", "given", "expect"]

    mutating func parse(_ text: String) {
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            var reader = LineReader(source: source, number: index + 1, text: String(line))
            guard !reader.isEmpty else { continue }
            do throws(LineFault) { try parse(&reader) } catch { faults.append(error.finding) }
        }
    }

    private mutating func parse(_ reader: inout LineReader) throws(LineFault) {
        let keyword = reader.take()!
        let text = keyword.text
        draft.attempted.insert(text)
        switch (context, text) {
        case (_, "partnership"):
            let name = try reader.quoted("the partnership's name", hint: "partnership \"Tri-borough LSCB\"")
            try reader.expectEnd(hint: "the name stands alone")
            if draft.partnership != nil { throw twice(reader, keyword) }
            draft.partnership = name
            context = .top
        case (_, "members"):
            if draft.members != nil { throw twice(reader, keyword) }
            draft.members = reader.words()
            draft.membersReader = reader
            try reader.expectEnd(hint: "members lbhf rbkc wcc")
            context = .top
        case (_, "host"):
            if draft.host != nil { throw twice(reader, keyword) }
            draft.host = try reader.word("the host's name", hint: "host rbkc")
            try reader.expectEnd(hint: "one host keeps the books")
            draft.hostReader = reader
            context = .top
        case (_, "books"):
            if draft.books != nil { throw twice(reader, keyword) }
            let names = reader.words()
            if names.isEmpty { throw reader.unexpected("a member", hint: "books rbkc wcc") }
            draft.books = (names, reader)
            try reader.expectEnd(hint: "books rbkc wcc")
            context = .top
        case (_, "contributors"):
            for name in reader.words() { draft.contributors.append((name, reader)) }
            try reader.expectEnd(hint: "contributors police probation")
            context = .top
        case (_, "label"):
            let name = try reader.word("a name", hint: "label lbhf \"LBHF\"")
            let label = try reader.quoted("the label", hint: "label lbhf \"LBHF\"")
            try reader.expectEnd(hint: "one label a line")
            draft.labels.append((name, label, reader))
            context = .top
        case (_, "signs"): try parseSigns(&reader, keyword)
        case (_, "threshold"): try parseThreshold(&reader, keyword)
        case (_, "statutory"): try parseStatutory(&reader)
        case (_, "weights"): try parseWeights(&reader)
        case (_, "contribution"): try parseContribution(&reader)
        case (_, "surplus"), (_, "deficit"): try parseDisposal(&reader, isSurplus: text == "surplus")
        case (_, "section"):
            let title = try reader.quoted("the section's title", hint: "section \"Expenditure\"")
            try reader.expectEnd(hint: "the title stands alone")
            draft.sections.append((title, []))
            context = .section
        case (_, "rule"):
            let title = try reader.quoted("the rule's title", hint: "rule \"Training\"")
            draft.rules.append(AgreementDraft.RuleDraft(title: title, reader: reader, keyword: keyword))
            context = .rule
            try reader.expectEnd(hint: "what the rule is for stands on the next line")
        case (.section, "approved"), (.section, "from"), (.section, "cost"), (.section, "income"), (.section, "total"), (.section, "met"),
             (.section, "net"), (.section, "brought"), (.section, "adjustment"), (.section, "appropriations"), (.section, "spent"),
             (.section, "to"), (.section, "carried"):
            let row = try parseRow(&reader, keyword)
            draft.sections[draft.sections.count - 1].rows.append(row)
        case (.rule, "for"): try parseFor(&reader)
        case (.rule, "take"): try parseTake(&reader)
        case (_, _) where Self.laterKeywords.contains(text) || reader.next?.text == "succeeds":
            throw LineFault(finding: reader.fault(
                .notYetSupported, at: keyword, "\"\(text)\" lines are not yet supported",
                hint: "this version shares costs among members, their reserves and fixed sums; take the line out, or keep this partnership in its workbook until they are"))
        case (_, _) where Self.keywords.contains(text):
            throw LineFault(finding: reader.fault(
                .keywordUnknown, at: keyword, "\"\(text)\" can't stand here",
                hint: ["for", "take"].contains(text) ? "it belongs below a rule line" : "it belongs below a section line"))
        default:
            // It may have been one of the rule's lines, so the rule isn't also called unfinished.
            if context == .rule { draft.rules[draft.rules.count - 1].hasBrokenLine = true }
            throw LineFault(finding: reader.fault(
                .keywordUnknown, at: keyword, "no line of an agreement begins so", hint: Nearest.hint(text, in: Self.keywords)))
        }
    }

    func twice(_ reader: LineReader, _ token: Token) -> LineFault {
        LineFault(finding: reader.fault(.declaredTwice, at: token, "\"\(token.text)\" is declared a second time", hint: "remove one of the two lines"))
    }

    private mutating func parseSigns(_ reader: inout LineReader, _ keyword: Token) throws(LineFault) {
        let hint = "signs funding negative, expenditure positive"
        func sign(_ token: Token, _ reader: LineReader) throws(LineFault) -> StatementLayout.Sign {
            guard let sign = StatementLayout.Sign(rawValue: token.text) else {
                throw LineFault(finding: reader.fault(.wordUnexpected, at: token, "\"positive\" or \"negative\" was expected here", hint: hint))
            }
            return sign
        }
        try reader.expect(words: "funding", hint: hint)
        let funding = try sign(try reader.word("\"positive\" or \"negative\"", hint: hint), reader)
        guard reader.comma() else { throw reader.unexpected("a comma", hint: hint) }
        try reader.expect(words: "expenditure", hint: hint)
        let expenditure = try sign(try reader.word("\"positive\" or \"negative\"", hint: hint), reader)
        try reader.expectEnd(hint: hint)
        if draft.signs != nil { throw twice(reader, keyword) }
        draft.signs = StatementLayout.Signs(funding: funding, expenditure: expenditure)
        context = .top
    }

    private mutating func parseThreshold(_ reader: inout LineReader, _ keyword: Token) throws(LineFault) {
        let hint = "threshold £1,000 or 10%"
        var amount: Money?
        var share: (Fraction, String)?
        var needsBoth = false
        var parts = 0
        repeat {
            guard let token = reader.next else { throw reader.unexpected("an amount or a percentage", hint: hint) }
            switch token.kind {
            case .amount(let value) where amount == nil: amount = value
            case .share(let value) where share == nil: share = (value, token.text)
            default: throw reader.unexpected("an amount or a percentage", hint: hint)
            }
            _ = reader.take()
            parts += 1
            if reader.take(words: "and") { needsBoth = true } else if !reader.take(words: "or") { break }
        } while parts < 2
        try reader.expectEnd(hint: hint)
        if draft.threshold != nil { throw twice(reader, keyword) }
        draft.threshold = Threshold(amount: amount, percentage: share?.0, percentageWritten: share?.1, needsBoth: needsBoth)
        context = .top
    }

    private mutating func parseStatutory(_ reader: inout LineReader) throws(LineFault) {
        let hint = "statutory case-reviews in scr, or statutory child-death-reviews nil"
        let word = try reader.word("what a report must show", hint: hint)
        guard let item = StatutoryLine.Item(rawValue: word.text) else {
            throw LineFault(finding: reader.fault(
                .nameUnknown, at: word, "no report must show this", hint: Nearest.hint(word.text, in: StatutoryLine.Item.allCases.map(\.rawValue))))
        }
        if draft.statutory.contains(where: { $0.item == item }) { throw twice(reader, word) }
        if reader.take(words: "nil") {
            draft.statutory.append((item, [], reader))
        } else {
            try reader.expect(words: "in", hint: hint)
            let headings = reader.words()
            if headings.isEmpty { throw reader.unexpected("a heading", hint: hint) }
            draft.statutory.append((item, headings, reader))
        }
        try reader.expectEnd(hint: hint)
        context = .top
    }

    private mutating func parseWeights(_ reader: inout LineReader) throws(LineFault) {
        let hint = "weights child-population lbhf 35,150 rbkc 29,801, source \"ONS\", at 2017-06-30"
        context = .top
        let name = try reader.word("the name of the weights", hint: hint)
        var values: [(Token, Int)] = []
        while let member = reader.next, member.kind == .word {
            _ = reader.take()
            guard let token = reader.next, case .number(let weight) = token.kind else { throw reader.unexpected("a weight (a whole number)", hint: hint) }
            _ = reader.take()
            values.append((member, weight))
        }
        guard reader.comma(), reader.take(words: "source") else {
            throw LineFault(finding: reader.fault(.weightsWrong, at: reader.next, "the weights' source is missing", hint: hint))
        }
        let origin = try reader.quoted("the source", hint: hint)
        guard reader.comma(), reader.take(words: "at"), let token = reader.next, case .date(let date) = token.kind else {
            throw LineFault(finding: reader.fault(.weightsWrong, at: reader.next, "the weights' date is missing", hint: hint))
        }
        _ = reader.take()
        try reader.expectEnd(hint: hint)
        draft.weights.append(AgreementDraft.WeightsDraft(name: name, values: values, source: origin, date: date, reader: reader))
    }

    private mutating func parseContribution(_ reader: inout LineReader) throws(LineFault) {
        let hint = "contribution £10,000 from police to rbkc, stays"
        context = .top
        var term = AgreementDraft.ContributionDraft(reader: reader)
        if reader.take(words: "approved") {
            try reader.expect(words: "budget", "of", "each", "member", hint: "contribution approved budget of each member, stays")
        } else {
            term.amountToken = reader.next
            term.amount = try reader.amount(hint: hint)
            try reader.expect(words: "from", hint: hint)
            term.from = try reader.word("a contributor", hint: hint)
            try reader.expect(words: "to", hint: hint)
            term.to = try reader.word("a member", hint: hint)
            if reader.take(words: "in") {
                guard let token = reader.next, case .year(let year) = token.kind else { throw reader.unexpected("a year", hint: "in 2018-19") }
                _ = reader.take()
                term.year = year
            }
        }
        guard reader.comma() else { throw reader.unexpected("a comma and \"stays\" or \"pooled\"", hint: hint) }
        if reader.take(words: "pooled") {
            term.key = try parseKey(&reader)
        } else if !reader.take(words: "stays") {
            throw reader.unexpected("\"stays\" or \"pooled\"", hint: hint)
        }
        try reader.expectEnd(hint: hint)
        draft.contributions.append(term)
    }

    private mutating func parseDisposal(_ reader: inout LineReader, isSurplus: Bool) throws(LineFault) {
        let hint = isSurplus ? "surplus of each member to its reserve"
            : "deficit of each member from its reserve, at most balance; rest from its general fund"
        context = .top
        var disposal = AgreementDraft.DisposalDraft(isSurplus: isSurplus, reader: reader)
        try reader.expect(words: "of", hint: hint)
        if !reader.take(words: "each", "member") { disposal.member = try reader.word("\"each member\" or a member", hint: hint) }
        repeat {
            if !disposal.steps.isEmpty { try reader.expect(words: "rest", hint: hint) }
            try reader.expect(words: isSurplus ? "to" : "from", "its", hint: hint)
            let target: Disposal.Target
            if reader.take(words: "reserve") { target = .reserve }
            else if reader.take(words: "general", "fund") { target = .generalFund }
            else { throw reader.unexpected("\"reserve\" or \"general fund\"", hint: hint) }
            var limit: Take.Limit?
            if reader.comma() { limit = try parseLimit(&reader, hint: hint) }
            disposal.steps.append(Disposal.Step(target: target, limit: limit))
        } while reader.semicolon()
        try reader.expectEnd(hint: hint)
        draft.disposals.append(disposal)
    }

    private mutating func parseRow(_ reader: inout LineReader, _ keyword: Token) throws(LineFault) -> AgreementDraft.RowDraft {
        var row = AgreementDraft.RowDraft(content: .fixed(.netOutturn), keyword: keyword, reader: reader)
        switch keyword.text {
        case "approved":
            try reader.expect(words: "budget", hint: "approved budget \"General fund\"")
            row.content = .approvedBudget
        case "from":
            if reader.take(words: "general", "fund") { row.content = .fixed(.metFromGeneralFund) }
            else { row.content = .from(try reader.word("a contributor", hint: "from police \"Metropolitan Police\"")) }
        case "cost", "income":
            let name = try reader.word("the heading's name", hint: "\(keyword.text) training \"Training\"")
            row.content = .heading(name, keyword.text == "cost" ? .cost : .income)
        case "met":
            try reader.expect(words: "from", hint: "met from reserves \"Transfer from reserves\"")
            if reader.take(words: "reserves") { row.content = .fixed(.metFromReserves) }
            else {
                try reader.expect(words: "partners", hint: "met from reserves, or met from partners")
                row.content = .fixed(.metFromPartners)
            }
        case "net":
            try reader.expect(words: "outturn", hint: "net outturn \"Net outturn\"")
            row.content = .fixed(.netOutturn)
        case "brought":
            try reader.expect(words: "forward", hint: "brought forward \"Reserves brought forward\"")
            row.content = .fixed(.broughtForward)
        case "adjustment": row.content = .fixed(.adjustment)
        case "appropriations": row.content = .fixed(.appropriations)
        case "spent":
            try reader.expect(words: "from", "reserves", hint: "spent from reserves \"Case reviews met\"")
            row.content = .fixed(.spentFromReserves)
        case "to":
            if reader.take(words: "reserves") { row.content = .fixed(.contributionToReserves) }
            else {
                try reader.expect(words: "general", "fund", hint: "to reserves, or to general fund")
                row.content = .fixed(.returnedToGeneralFund)
            }
        case "carried":
            try reader.expect(words: "forward", hint: "carried forward \"Reserves carried forward\"")
            row.content = .fixed(.carriedForward)
        default:
            row.content = .total([])
        }
        row.label = try reader.quoted("the printed label", hint: "the label stands last, as \"Salaries\"")
        if case .total = row.content, reader.take(words: "of") { row.content = .total(reader.words()) }
        try reader.expectEnd(hint: "the label stands last")
        return row
    }

    private mutating func parseFor(_ reader: inout LineReader) throws(LineFault) {
        let hint = "for training website, or for anything else, or for scr, split by member concerned"
        var rule = draft.rules.removeLast()
        defer { draft.rules.append(rule) }
        guard rule.subject == nil else {
            throw LineFault(finding: reader.fault(.declaredTwice, at: reader.next, "the rule says twice what it is for", hint: "name all headings on one line"))
        }
        rule.forReader = reader
        if reader.take(words: "anything", "else") {
            rule.subject = .anythingElse
        } else {
            let headings = reader.words()
            if headings.isEmpty { throw reader.unexpected("a heading", hint: hint) }
            rule.subject = .headings(headings)
        }
        if reader.comma() {
            try reader.expect(words: "split", "by", "member", "concerned", hint: hint)
            rule.isSplit = true
        }
        try reader.expectEnd(hint: hint)
    }

    private mutating func parseTake(_ reader: inout LineReader) throws(LineFault) {
        let hint = "take rest from members equally"
        // A line that fails still counts as one, so that its rule isn't also called unfinished.
        draft.rules[draft.rules.count - 1].hasBrokenLine = true
        let start = reader
        var take = AgreementDraft.TakeDraft(reader: start)
        guard let token = reader.next else { throw reader.unexpected("what to take", hint: hint) }
        take.amountToken = token
        if reader.take(words: "rest") { take.amount = .rest }
        else if reader.take(words: "up", "to") { take.amount = .fixed(try reader.amount(hint: "take up to £15,000 from police")) }
        else if case .amount(let amount) = token.kind { take.amount = .fixed(amount); _ = reader.take() }
        else if case .share(let share) = token.kind { take.amount = .share(share, written: token.text); _ = reader.take() }
        else { throw reader.unexpected("\"rest\", \"up to £...\", an amount or a percentage", hint: hint) }
        try reader.expect(words: "from", hint: hint)
        if reader.take(words: "reserve") {
            try reader.expect(words: "of", hint: "take rest from reserve of lbhf, at most balance")
            if reader.take(words: "member", "concerned") { take.payer = .reserveOfMemberConcerned }
            else { take.payer = .reserve(try reader.word("a member", hint: "reserve of lbhf")) }
        } else if reader.take(words: "member", "concerned") {
            take.payer = .memberConcerned
        } else if reader.take(words: "members") {
            take.payer = .group([], try parseKey(&reader))
        } else {
            let names = namesBeforeKey(&reader)
            if names.isEmpty { throw reader.unexpected("a payer", hint: hint) }
            take.payer = names.count == 1 && reader.next?.text != "equally" && reader.next?.text != "by"
                ? .name(names[0]) : .group(names, try parseKey(&reader))
        }
        if reader.comma() { take.limit = try parseLimit(&reader, hint: "at most £12,000, or at most balance") }
        try reader.expectEnd(hint: hint)
        draft.rules[draft.rules.count - 1].hasBrokenLine = false
        draft.rules[draft.rules.count - 1].takes.append(take)
    }

    private func namesBeforeKey(_ reader: inout LineReader) -> [Token] {
        var names: [Token] = []
        while let token = reader.next, token.kind == .word, token.text != "equally", token.text != "by" {
            names.append(token)
            _ = reader.take()
        }
        return names
    }

    private func parseKey(_ reader: inout LineReader) throws(LineFault) -> AgreementDraft.KeyDraft {
        if reader.take(words: "equally") { return .equally }
        guard reader.next?.text == "by" else { throw reader.unexpected("\"equally\" or \"by\" and the name of weights", hint: "equally, or by child-population") }
        _ = reader.take()
        return .by(try reader.word("the name of weights", hint: "by child-population"))
    }

    private func parseLimit(_ reader: inout LineReader, hint: String) throws(LineFault) -> Take.Limit {
        try reader.expect(words: "at", "most", hint: hint)
        if reader.take(words: "balance") { return .balance }
        return .money(try reader.amount(hint: hint))
    }
}
