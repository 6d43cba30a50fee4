public import Findings
internal import Sterling
internal import Ledger

extension Agreement {
    /// Reads an agreement's text.
    ///
    /// - Parameters:
    ///   - text: the lines, as `outturn help agreement` describes them.
    ///   - file: how findings call the file.
    /// - Returns: the agreement, `nil` if there is any error; and every fault, each with line and column.
    public static func parse(_ text: String, file: String) -> (agreement: Agreement?, faults: [Finding]) {
        var parser = AgreementParser(source: Place.Source(file: file))
        parser.parse(text)
        var analyser = AgreementAnalyser(draft: parser.draft, source: parser.source, faults: parser.faults)
        let agreement = analyser.analyse()
        return (analyser.faults.hasErrors ? nil : agreement, analyser.faults.inOrder())
    }
}

/// Resolves the names of a draft and finds what is missing, doubled or unreachable, without any figures.
struct AgreementAnalyser {
    let draft: AgreementDraft
    let source: Place.Source
    var faults: [Finding]

    /// Names whose declaration was refused.
    var brokenNames: Set<String> = []
    // What the kinds of lines resolve to, in the order of `LineKind.all`.
    var members: [Name<Member>] = []
    var contributors: [Name<Contributor>] = []
    var keepsBooks: [Name<Member>]?
    /// Weights that were told to be missing, by line and member.
    var weightsMissing: Set<String> = []
    var memberships: [Membership] = []
    var successions: [Succession] = []
    var headings: [Heading] = []
    var sections: [StatementLayout.Section] = []
    var statutory: [StatutoryLine] = []
    var contributions: [ContributionTerm] = []
    var weights: [WeightSet] = []
    var schemes: [Scheme] = []
    var funds: [FundTerm] = []
    var rules: [Rule] = []
    var sharedSurplus: SharedDisposal?
    var sharedDeficit: SharedDisposal?
    var surplus: [Disposal] = []
    var deficit: [Disposal] = []
    var floors: [ReserveFloor] = []
    var capsInAll: [CapInAll] = []
    var fees: [Fee] = []
    /// Of the rule whose lines are being resolved.
    var ruleSpan = Span.always
    var settlesThrough: Name<Member>?

    init(draft: AgreementDraft, source: Place.Source, faults: [Finding]) {
        self.draft = draft
        self.source = source
        self.faults = faults
    }

    /// - Returns: `nil` where anything is wrong; the faults say what.
    mutating func analyse() -> Agreement? {
        for kind in LineKind.all { kind.resolve?(&self) }
        guard let partnership = draft.partnership, let signs = draft.signs, let hostName = draft.host,
            !faults.hasErrors
        else { return nil }
        return Agreement(
            chart: chart(partnership, host: hostName.text), layout: StatementLayout(signs: signs, sections: sections),
            memberships: memberships, successions: successions, schemes: schemes, funds: funds,
            contributions: contributions,
            weights: weights, rules: rules, sharedSurplus: sharedSurplus, sharedDeficit: sharedDeficit,
            surplus: surplus, deficit: deficit, floors: floors, threshold: draft.threshold,
            virementLimit: draft.virementLimit, statutory: statutory, keepsBooks: keepsBooks ?? members,
            capsInAll: capsInAll, fees: fees, settlesThrough: settlesThrough, texts: draft.texts, kind: draft.kind,
            lines: AgreementLines(draft: draft))
    }

    private func chart(_ partnership: String, host: String) -> Chart {
        func label(_ name: String) -> String { draft.labels.first { $0.name.text == name }?.label ?? name }
        return Chart(
            partnership: partnership,
            members: members.map { Member(name: $0, label: label($0.text)) },
            host: Name(host),
            contributors: contributors.map { Contributor(name: $0, label: label($0.text)) },
            headings: headings,
            funds: funds.map { term in
                let holder = draft.funds.first { $0.name.text == term.name.text }?.holder?.text ?? host
                return Fund(name: term.name, label: label(term.name.text), holder: Name(holder))
            })
    }

    mutating func missing(_ what: String, _ line: String) {
        faults.append(
            Finding(.declarationMissing, at: Place(source), "\(what) must be declared", hint: "add the line: \(line)"))
    }

    mutating func add(_ reader: LineReader, _ code: Finding.Code, _ token: Token?, _ message: String, _ hint: String) {
        if code == .nameUnknown, let token, draft.brokenNames.contains(token.text) || brokenNames.contains(token.text) {
            return
        }
        faults.append(reader.fault(code, at: token, message, hint: hint))
    }

    mutating func resolveMembers() {
        guard !draft.attempted.contains("members") || draft.members?.isEmpty == false else { return }
        guard let declared = draft.members, let declaredIn = draft.membersReader, !declared.isEmpty else {
            missing("the members", "members lbhf rbkc wcc")
            return
        }
        for token in declared where !isReserved(token, declaredIn) {
            let name = Name<Member>(token.text)
            if members.contains(name) {
                add(
                    declaredIn, .declaredTwice, token, "the member \"\(token.text)\" is declared twice",
                    "name each member once")
            } else {
                members.append(name)
            }
        }
    }

    mutating func resolveContributors() {
        for (token, reader) in draft.contributors where !isReserved(token, reader) {
            let name = Name<Contributor>(token.text)
            if contributors.contains(name) || members.contains(Name(token.text)) {
                add(
                    reader, .declaredTwice, token, "\"\(token.text)\" is declared twice",
                    "a body is a member or a contributor, once")
            } else {
                contributors.append(name)
            }
        }
    }

    mutating func resolveHost() {
        if let host = draft.host, let reader = draft.hostReader {
            if !members.isEmpty { _ = member(host, reader) }
        } else if !draft.attempted.contains("host"), let first = draft.members?.first {
            missing("the host", "host \(first.text)")
        }
    }

    mutating func resolveBooks() {
        guard let books = draft.books else { return }
        keepsBooks = books.names.compactMap { member($0, books.reader) }
    }

    /// Labels are of names that are declared, one each, and tell members apart.
    mutating func checkLabels() {
        guard !members.isEmpty else { return }
        let names = parties + draft.funds.map(\.name.text)
        // Tables name bodies and funds by name or label, so no label is another's of either.
        let written = names.map { (of: $0, text: $0) } + draft.labels.map { (of: $0.name.text, text: $0.label) }
        let labelled = draft.labels.map(\.name.text)
        for (index, (name, label, reader)) in draft.labels.enumerated() {
            if !names.contains(name.text) {
                add(
                    reader, .nameUnknown, name, "no member, contributor or fund has this name",
                    Nearest.hint(name.text, in: names))
            }
            if names.contains(name.text),
                let other = written.first(where: {
                    $0.of != name.text && $0.text.lowercased() == label.lowercased()
                })
            {
                add(
                    reader, .declaredTwice, name, "\"\(other.of)\" is written \"\(label)\" as well",
                    "tables and folders name bodies and funds by label too: tell them apart")
            }
            if labelled[..<index].contains(name.text) {
                add(
                    reader, .declaredTwice, name, "\"\(name.text)\" has two labels", "remove one of the two lines")
            }
        }
    }

    mutating func resolveStatutory() {
        statutory = draft.statutory.map { line in
            StatutoryLine(item: line.item, headings: line.headings.compactMap { heading($0, line.reader) })
        }
    }

    mutating func resolveFloors() {
        for floor in draft.floors {
            guard let token = floor.member else {
                if floors.contains(where: { $0.member == nil }) { floorTwice(floor.reader, nil) }
                floors.append(ReserveFloor(amount: floor.amount, member: nil, line: floor.reader.line))
                continue
            }
            guard let member = member(token, floor.reader) else { continue }
            if floors.contains(where: { $0.member == member }) { floorTwice(floor.reader, token) }
            floors.append(ReserveFloor(amount: floor.amount, member: member, line: floor.reader.line))
        }
    }

    mutating func resolveCapsInAll() {
        for (name, amount, reader) in draft.capsInAll {
            guard let party = party(name, reader) else { continue }
            if capsInAll.contains(where: { $0.party == party }) {
                add(
                    reader, .declaredTwice, name, "\"\(name.text)\" has two limits in all",
                    "keep the one that was agreed")
            }
            let capped = draft.capsInAll.map(\.name.text)
            checkSuccessor(
                party, named: successions.map(\.successor).filter { capped.contains($0.text) }, name, reader)
            capsInAll.append(CapInAll(party: party, amount: amount, line: reader.line))
        }
    }

    mutating func resolveSettle() {
        guard let (name, reader) = draft.settlesThrough else { return }
        settlesThrough = member(name, reader)
    }

    mutating func resolveFees() {
        for fee in draft.fees {
            guard let name = heading(fee.heading, fee.reader) else { continue }
            if !isCost(name) {
                add(
                    fee.reader, .feeWrong, fee.heading, "a fee is a cost, and this is a heading of income",
                    "declare a heading for it, cost hosting \"Hosting\", and write: fee hosting \(fee.written) of costs"
                )
            }
            if fees.contains(where: { $0.heading == name }) {
                add(fee.reader, .declaredTwice, fee.heading, "the heading has two fees", "keep the one that was agreed")
            }
            if rules.contains(where: { $0.isSplitByMemberConcerned && $0.covers(name) && !isTakenBefore($0, name) }) {
                add(
                    fee.reader, .feeWrong, fee.heading, "a fee concerns no member, and its rule is split by member",
                    "give the heading a rule of its own")
            }
            let of = fee.of?.compactMap { token -> Name<Heading>? in
                guard let base = heading(token, fee.reader) else { return nil }
                if !isCost(base) || draft.fees.contains(where: { $0.heading.text == token.text }) {
                    add(
                        fee.reader, .feeWrong, token, "a fee is a part of costs other than fees",
                        "name the costs that it is reckoned on")
                }
                return base
            }
            fees.append(Fee(heading: name, share: fee.share, written: fee.written, of: of, line: fee.reader.line))
        }
    }

    /// Whether a rule before takes all of a heading.
    private func isTakenBefore(_ rule: Rule, _ heading: Name<Heading>) -> Bool {
        let before = rules.prefix { $0.line.number < rule.line.number }
        return before.contains { $0.covers(heading) && $0.span == .always }
    }

    private mutating func floorTwice(_ reader: LineReader, _ token: Token?) {
        add(reader, .declaredTwice, token, "the reserve has two floors", "keep the one that was agreed")
    }

    /// Words that mean something where headings, weights and funds are named too: in journals, maps and rules.
    static let reserved: Set = [
        "cash", "suspense", "reserve", "rest", "reserves", "members", "lead", "scheme", "anything", "equally", "by",
        "directly", "approved-budget", "contribution", "total",
    ]
    /// Words that mean something where bodies are named.
    static let reservedOfBodies: Set = [
        "each", "budget", "balance", "member", "concerned", "host", "contributors", "books", "journals", "nobody",
        "partnership", "take", "pooled", "stays", "days",
    ]
    /// Words that join others: no name, and no sign of one.
    static let joining: Set = [
        "and", "or", "of", "the", "to", "from", "for", "in", "at", "with", "up", "else", "not", "as",
    ]

    /// Whether a word can't name a body; then it says so.
    private mutating func isReserved(_ token: Token, _ reader: LineReader) -> Bool {
        if Self.joining.contains(token.text) {
            add(
                reader, .declaredTwice, token, "\"\(token.text)\" joins other words and names nobody",
                "leave it out: names follow each other with a blank between them")
            return true
        }
        guard Self.reserved.contains(token.text) || Self.reservedOfBodies.contains(token.text) else { return false }
        add(
            reader, .declaredTwice, token, "\"\(token.text)\" already means something else",
            "a list of names holds names only: take the word away, or give the body another name")
        return true
    }

    var parties: [String] { members.map(\.text) + contributors.map(\.text) }

    mutating func member(_ token: Token, _ reader: LineReader) -> Name<Member>? {
        let name = Name<Member>(token.text)
        if members.contains(name) { return name }
        add(reader, .nameUnknown, token, "no member has this name", Nearest.hint(token.text, in: members.map(\.text)))
        return nil
    }

    /// A member or a contributor.
    mutating func party(_ token: Token, _ reader: LineReader) -> Party? {
        if members.contains(Name(token.text)) { return .member(Name(token.text)) }
        if contributors.contains(Name(token.text)) { return .contributor(Name(token.text)) }
        add(
            reader, .nameUnknown, token, "no member or contributor has this name", Nearest.hint(token.text, in: parties)
        )
        return nil
    }

    mutating func contributor(_ token: Token, _ reader: LineReader) -> Name<Contributor>? {
        let name = Name<Contributor>(token.text)
        if contributors.contains(name) { return name }
        add(
            reader, .nameUnknown, token, "no contributor has this name",
            Nearest.hint(token.text, in: contributors.map(\.text)))
        return nil
    }

    mutating func heading(_ token: Token, _ reader: LineReader) -> Name<Heading>? {
        let name = Name<Heading>(token.text)
        if headings.contains(where: { $0.name == name }) { return name }
        add(
            reader, .nameUnknown, token, "no heading has this name",
            Nearest.hint(token.text, in: headings.map(\.name.text)))
        return nil
    }
}
