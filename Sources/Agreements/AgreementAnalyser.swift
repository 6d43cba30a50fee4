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

    var members: [Name<Member>] = []
    var contributors: [Name<Contributor>] = []
    /// Names whose declaration was refused.
    var brokenNames: Set<String> = []
    var headings: [Name<Heading>] = []
    var costs: Set<Name<Heading>> = []
    var funds: [FundTerm] = []
    var schemes: [Scheme] = []
    var tenures: [Tenure] = []
    var successions: [Succession] = []

    init(draft: AgreementDraft, source: Place.Source, faults: [Finding]) {
        self.draft = draft
        self.source = source
        self.faults = faults
    }

    mutating func analyse() -> Agreement? {
        resolveParties()
        let headings = resolveHeadings()
        costs = Set(headings.filter { $0.kind == .cost }.map(\.name))
        resolveTimes()
        let weights = resolveWeights()
        resolveSchemes()
        resolveFunds()
        checkLabels()
        let layout = resolveLayout()
        let contributions = draft.contributions.compactMap { resolve($0) }
        checkContributionsArePrinted(layout)
        checkRollForward()
        let rules = resolveRules()
        checkFundsAreDrawn(rules)
        let sharedSurplus = resolveShared(isSurplus: true), sharedDeficit = resolveShared(isSurplus: false)
        let floors = draft.floors.compactMap { floor -> ReserveFloor? in
            guard let token = floor.member else {
                return ReserveFloor(amount: floor.amount, member: nil, line: floor.reader.line)
            }
            return member(token, floor.reader).map {
                ReserveFloor(amount: floor.amount, member: $0, line: floor.reader.line)
            }
        }
        let surplus = resolveDisposals(isSurplus: true)
        let deficit = resolveDisposals(isSurplus: false)
        let statutory = draft.statutory.map { line in
            StatutoryLine(item: line.item, headings: line.headings.compactMap { heading($0, line.reader) })
        }
        if !draft.attempted.contains("partnership") {
            missing("the partnership's name", "partnership \"Our Safeguarding Partnership\"")
        }
        if !draft.attempted.contains("signs") {
            missing("the statement's signs", "signs funding negative, expenditure positive")
        }
        if draft.sections.isEmpty { missing("the statement's sections", "section \"Expenditure\" and its rows") }
        guard let partnership = draft.partnership, let signs = draft.signs, !surplus.isEmpty, !deficit.isEmpty,
            let hostName = draft.host,
            !members.isEmpty, !faults.hasErrors
        else { return nil }
        func label(_ name: String) -> String { draft.labels.first { $0.name.text == name }?.label ?? name }
        let chart = Chart(
            partnership: partnership,
            members: members.map { Member(name: $0, label: label($0.text)) },
            host: Name(hostName.text),
            contributors: contributors.map { Contributor(name: $0, label: label($0.text)) },
            headings: headings,
            funds: funds.map { term in
                let holder = draft.funds.first { $0.name.text == term.name.text }?.holder?.text ?? hostName.text
                return Fund(name: term.name, label: label(term.name.text), holder: Name(holder))
            })
        let books = draft.books.map { books in books.names.compactMap { member($0, books.reader) } }
        if faults.hasErrors { return nil }
        return Agreement(
            chart: chart, layout: StatementLayout(signs: signs, sections: layout), tenures: tenures,
            successions: successions, schemes: schemes,
            funds: funds, contributions: contributions, weights: weights, rules: rules, sharedSurplus: sharedSurplus,
            sharedDeficit: sharedDeficit,
            surplus: surplus, deficit: deficit, floors: floors, threshold: draft.threshold,
            virementLimit: draft.virementLimit, statutory: statutory,
            keepsBooks: books ?? members)
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

    mutating func resolveParties() {
        guard !draft.attempted.contains("members") || draft.members?.isEmpty == false else { return }
        guard let declared = draft.members, let declaredIn = draft.membersReader, !declared.isEmpty else {
            missing("the members", "members lbhf rbkc wcc")
            return
        }
        for token in declared {
            let name = Name<Member>(token.text)
            if members.contains(name) {
                add(
                    declaredIn, .declaredTwice, token, "the member \"\(token.text)\" is declared twice",
                    "name each member once")
            } else {
                members.append(name)
            }
        }
        for (token, reader) in draft.contributors {
            let name = Name<Contributor>(token.text)
            if contributors.contains(name) || members.contains(Name(token.text)) {
                add(
                    reader, .declaredTwice, token, "\"\(token.text)\" is declared twice",
                    "a body is a member or a contributor, once")
            } else {
                contributors.append(name)
            }
        }
        if let host = draft.host, let reader = draft.hostReader {
            _ = member(host, reader)
        } else if !draft.attempted.contains("host") {
            missing("the host", "host \(declared[0].text)")
        }
        let written =
            members.map(\.text)
            + draft.labels.filter {
                members.contains(Name($0.name.text)) && $0.label.lowercased() != $0.name.text.lowercased()
            }.map(\.label)
        for (name, label, reader) in draft.labels
        where members.contains(Name(name.text)) && written.count(where: { $0.lowercased() == label.lowercased() }) > 1 {
            add(
                reader, .declaredTwice, name, "another member is written \"\(label)\" as well",
                "tables and folders name members by label too: tell them apart")
        }
        let labelled = draft.labels.map(\.name.text)
        for (index, entry) in draft.labels.enumerated() where labelled[..<index].contains(entry.name.text) {
            add(
                entry.reader, .declaredTwice, entry.name, "\"\(entry.name.text)\" has two labels",
                "remove one of the two lines")
        }
    }

    mutating func checkLabels() {
        guard !members.isEmpty else { return }
        let names = parties + funds.map(\.name.text) + draft.funds.map(\.name.text)
        for (name, _, reader) in draft.labels where !names.contains(name.text) {
            add(
                reader, .nameUnknown, name, "no member, contributor or fund has this name",
                Nearest.hint(name.text, in: names))
        }
    }

    static let reserved = [
        "cash", "suspense", "reserve", "rest", "reserves", "members", "lead", "scheme", "anything", "equally", "by",
        "directly", "approved-budget", "contribution", "total",
    ]

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
        if headings.contains(name) { return name }
        add(reader, .nameUnknown, token, "no heading has this name", Nearest.hint(token.text, in: headings.map(\.text)))
        return nil
    }
}
