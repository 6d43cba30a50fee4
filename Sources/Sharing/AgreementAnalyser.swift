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

    private var members: [Name<Member>] = []
    private var contributors: [Name<Contributor>] = []
    private var headings: [Name<Heading>] = []

    init(draft: AgreementDraft, source: Place.Source, faults: [Finding]) {
        self.draft = draft
        self.source = source
        self.faults = faults
    }

    mutating func analyse() -> Agreement? {
        resolveParties()
        let headings = resolveHeadings()
        let weights = resolveWeights()
        let layout = resolveLayout()
        let contributions = draft.contributions.compactMap { resolve($0) }
        checkContributionsArePrinted(layout)
        checkRollForward()
        let rules = resolveRules()
        checkPayersPayOnce()
        let surplus = resolveDisposals(isSurplus: true)
        let deficit = resolveDisposals(isSurplus: false)
        let statutory = draft.statutory.map { line in
            StatutoryLine(item: line.item, headings: line.headings.compactMap { heading($0, line.reader) })
        }
        if !draft.attempted.contains("partnership") { missing("the partnership's name", "partnership \"Our Safeguarding Partnership\"") }
        if !draft.attempted.contains("signs") { missing("the statement's signs", "signs funding negative, expenditure positive") }
        if draft.sections.isEmpty { missing("the statement's sections", "section \"Expenditure\" and its rows") }
        guard let partnership = draft.partnership, let signs = draft.signs, !surplus.isEmpty, !deficit.isEmpty, let hostName = draft.host,
              !members.isEmpty, !faults.hasErrors else { return nil }
        func label(_ name: String) -> String { draft.labels.first { $0.name.text == name }?.label ?? name }
        let chart = Chart(
            partnership: partnership,
            members: members.map { Member(name: $0, label: label($0.text)) },
            host: Name(hostName.text),
            contributors: contributors.map { Contributor(name: $0, label: label($0.text)) },
            headings: headings)
        let books = draft.books.map { books in books.names.compactMap { member($0, books.reader) } }
        if faults.hasErrors { return nil }
        return Agreement(
            chart: chart, layout: StatementLayout(signs: signs, sections: layout), contributions: contributions, weights: weights,
            rules: rules, surplus: surplus, deficit: deficit, threshold: draft.threshold, statutory: statutory,
            keepsBooks: books ?? members)
    }

    private mutating func missing(_ what: String, _ line: String) {
        faults.append(Finding(.declarationMissing, at: Place(source), "\(what) must be declared", hint: "add the line: \(line)"))
    }

    private mutating func add(_ reader: LineReader, _ code: Finding.Code, _ token: Token?, _ message: String, _ hint: String) {
        faults.append(reader.fault(code, at: token, message, hint: hint))
    }

    // MARK: Parties

    private mutating func resolveParties() {
        guard !draft.attempted.contains("members") || draft.members?.isEmpty == false else { return }
        guard let declared = draft.members, let declaredIn = draft.membersReader, !declared.isEmpty else {
            missing("the members", "members lbhf rbkc wcc")
            return
        }
        for token in declared {
            let name = Name<Member>(token.text)
            if members.contains(name) { add(declaredIn, .declaredTwice, token, "the member \"\(token.text)\" is declared twice", "name each member once") }
            else { members.append(name) }
        }
        for (token, reader) in draft.contributors {
            let name = Name<Contributor>(token.text)
            if contributors.contains(name) || members.contains(Name(token.text)) {
                add(reader, .declaredTwice, token, "\"\(token.text)\" is declared twice", "a body is a member or a contributor, once")
            } else {
                contributors.append(name)
            }
        }
        if let host = draft.host, let reader = draft.hostReader { _ = member(host, reader) }
        else if !draft.attempted.contains("host") { missing("the host", "host \(declared[0].text)") }
        for (name, _, reader) in draft.labels where !members.contains(Name(name.text)) && !contributors.contains(Name(name.text)) {
            add(reader, .nameUnknown, name, "no member or contributor has this name", Nearest.hint(name.text, in: parties))
        }
        let written = members.map(\.text) + draft.labels.filter { members.contains(Name($0.name.text)) && $0.label.lowercased() != $0.name.text.lowercased() }.map(\.label)
        for (name, label, reader) in draft.labels where members.contains(Name(name.text)) && written.count(where: { $0.lowercased() == label.lowercased() }) > 1 {
            add(reader, .declaredTwice, name, "another member is written \"\(label)\" as well", "tables and folders name members by label too: tell them apart")
        }
        let labelled = draft.labels.map(\.name.text)
        for (index, entry) in draft.labels.enumerated() where labelled[..<index].contains(entry.name.text) {
            add(entry.reader, .declaredTwice, entry.name, "\"\(entry.name.text)\" has two labels", "remove one of the two lines")
        }
    }

    private static let reserved = ["cash", "suspense", "reserve", "rest", "members", "approved-budget", "total"]

    private var parties: [String] { members.map(\.text) + contributors.map(\.text) }

    private mutating func member(_ token: Token, _ reader: LineReader) -> Name<Member>? {
        let name = Name<Member>(token.text)
        if members.contains(name) { return name }
        add(reader, .nameUnknown, token, "no member has this name", Nearest.hint(token.text, in: members.map(\.text)))
        return nil
    }

    private mutating func contributor(_ token: Token, _ reader: LineReader) -> Name<Contributor>? {
        let name = Name<Contributor>(token.text)
        if contributors.contains(name) { return name }
        add(reader, .nameUnknown, token, "no contributor has this name", Nearest.hint(token.text, in: contributors.map(\.text)))
        return nil
    }

    private mutating func heading(_ token: Token, _ reader: LineReader) -> Name<Heading>? {
        let name = Name<Heading>(token.text)
        if headings.contains(name) { return name }
        add(reader, .nameUnknown, token, "no heading has this name", Nearest.hint(token.text, in: headings.map(\.text)))
        return nil
    }

    // MARK: The statement

    private mutating func resolveHeadings() -> [Heading] {
        var found: [Heading] = []
        for row in draft.sections.flatMap(\.rows) {
            guard case .heading(let token, let kind) = row.content else { continue }
            let name = Name<Heading>(token.text)
            // A journal or a map names accounts of all kinds in one column.
            if Self.reserved.contains(token.text) || members.contains(Name(token.text)) || contributors.contains(Name(token.text)) {
                add(row.reader, .declaredTwice, token, "\"\(token.text)\" already means something else", "give the heading a name of its own")
            }
            if found.contains(where: { $0.label.lowercased() == row.label.lowercased() }) {
                add(row.reader, .declaredTwice, token, "two headings have the label \"\(row.label)\"", "tables name headings by their labels too: tell them apart")
            }
            if headings.contains(name) {
                add(row.reader, .declaredTwice, token, "the heading \"\(token.text)\" is printed twice", "a heading is one line of the statement: remove one of the two")
            } else {
                headings.append(name)
                found.append(Heading(name: name, label: row.label, kind: kind))
            }
        }
        return found
    }

    private mutating func resolveLayout() -> [StatementLayout.Section] {
        var printed: Set<StatementLayout.Content> = []
        return draft.sections.map { section in
            var above: [BudgetLine] = []
            var labels: Set<String> = []
            let rows = section.rows.compactMap { row -> StatementLayout.Row? in
                let content: StatementLayout.Content
                switch row.content {
                case .approvedBudget: content = .line(.approvedBudget)
                case .from(let token):
                    guard let name = contributor(token, row.reader) else { return nil }
                    content = .line(.contribution(name))
                case .heading(let token, _): content = .line(.heading(Name(token.text)))
                case .fixed(let fixed): content = fixed
                case .total(let tokens):
                    guard let total = resolveTotal(tokens, above: above, row) else { return nil }
                    content = total
                }
                if !labels.insert(row.label.lowercased()).inserted, !isHeading(content) {
                    add(row.reader, .layoutWrong, row.keyword, "two rows of the section have one label", "tell them apart: figures are named by their labels")
                }
                if case .total = content {} else if !printed.insert(content).inserted, !isHeading(content) {
                    add(row.reader, .declaredTwice, row.keyword, "this is printed twice", "remove one of the two lines")
                }
                if case .line(let line) = content { above.append(line) }
                return StatementLayout.Row(content: content, label: row.label)
            }
            return StatementLayout.Section(title: section.title, rows: rows)
        }
    }

    private func isHeading(_ content: StatementLayout.Content) -> Bool {
        if case .line(.heading) = content { true } else { false }
    }

    private mutating func resolveTotal(_ tokens: [Token], above: [BudgetLine], _ row: AgreementDraft.RowDraft) -> StatementLayout.Content? {
        var lines: [BudgetLine] = []
        for token in tokens {
            let candidates: [BudgetLine] = token.text == "approved-budget"
                ? [.approvedBudget] : [.heading(Name(token.text)), .contribution(Name(token.text))]
            guard let line = candidates.first(where: { above.contains($0) }) else {
                add(row.reader, .layoutWrong, token, "no line above in this section has this name", "a total adds lines of its own section that stand above it")
                continue
            }
            if lines.contains(line) { add(row.reader, .layoutWrong, token, "the total counts a line twice", "name each line once") }
            lines.append(line)
        }
        let all = tokens.isEmpty ? above : lines
        if all.isEmpty {
            add(row.reader, .layoutWrong, row.keyword, "the total has nothing to add", "put the total below the lines that it adds")
            return nil
        }
        if Set(all.map(side)).count > 1 {
            add(row.reader, .layoutWrong, row.keyword, "the total adds funding and expenditure together", "total each in a section of its own; \"net outturn\" takes one from the other")
        }
        return .total(of: tokens.isEmpty ? nil : lines)
    }

    private func side(_ line: BudgetLine) -> StatementLayout.Side {
        guard case .heading(let name) = line else { return .funding }
        for row in draft.sections.flatMap(\.rows) {
            if case .heading(let token, let kind) = row.content, token.text == name.text { return kind == .cost ? .expenditure : .funding }
        }
        return .expenditure
    }

    /// A roll-forward has a beginning and an end.
    private mutating func checkRollForward() {
        let rows = draft.sections.flatMap(\.rows)
        func row(_ content: StatementLayout.Content) -> AgreementDraft.RowDraft? {
            rows.first { if case .fixed(content) = $0.content { true } else { false } }
        }
        let (opening, closing) = (row(.broughtForward), row(.carriedForward))
        guard let one = opening ?? closing, opening == nil || closing == nil else { return }
        add(one.reader, .layoutWrong, one.keyword, "brought forward and carried forward go together", "add the line: \(opening == nil ? "brought" : "carried") forward \"its label\"")
    }

    /// No money may enter the net outturn without a line of its own.
    private mutating func checkContributionsArePrinted(_ layout: [StatementLayout.Section]) {
        let printed = Set(layout.flatMap(\.rows).map(\.content))
        let payUnderRule = Set(draft.rules.flatMap(\.takes).compactMap { take -> String? in if case .name(let token) = take.payer { token.text } else { nil } })
        let declared = Set(draft.contributions.compactMap(\.from?.text))
        for (token, reader) in draft.contributors where !payUnderRule.contains(token.text) && !declared.contains(token.text) && !printed.contains(.line(.contribution(Name(token.text)))) {
            add(reader, .layoutWrong, token, "the contributor has no line in the statement", "add to a section: from \(token.text) \"its printed label\"")
        }
        for term in draft.contributions {
            if let from = term.from, contributors.contains(Name(from.text)), !printed.contains(.line(.contribution(Name(from.text)))) {
                add(term.reader, .layoutWrong, from, "the contribution has no line in the statement", "add to a section: from \(from.text) \"its printed label\"")
            } else if term.amount == nil, !printed.contains(.line(.approvedBudget)) {
                add(term.reader, .layoutWrong, nil, "the approved budget has no line in the statement", "add to a section: approved budget \"General fund\"")
            }
        }
    }

    // MARK: Weights, contributions, disposals

    private mutating func resolveWeights() -> [WeightSet] {
        var sets: [WeightSet] = []
        for weights in draft.weights {
            let name = Name<WeightSet>(weights.name.text)
            if sets.contains(where: { $0.name == name }) {
                add(weights.reader, .declaredTwice, weights.name, "the weights \"\(name)\" are declared twice", "remove one of the two lines; dated weights are not yet supported")
                continue
            }
            var entries: [WeightSet.Entry] = []
            for (token, weight) in weights.values {
                guard let member = member(token, weights.reader) else { continue }
                if entries.contains(where: { $0.member == member }) {
                    add(weights.reader, .weightsWrong, token, "the member has two weights", "give each member one weight")
                }
                entries.append(WeightSet.Entry(member: member, weight: weight))
            }
            let absent = members.filter { member in !entries.contains { $0.member == member } }
            if !absent.isEmpty {
                add(weights.reader, .weightsWrong, weights.name, "no weight is given for \(absent.map(\.text).joined(separator: ", "))", "give every member a weight; a member that pays nothing has the weight 0")
            } else if entries.allSatisfy({ $0.weight == 0 }) {
                add(weights.reader, .weightsWrong, weights.name, "all the weights are nought", "at least one member must bear a share")
            }
            sets.append(WeightSet(name: name, values: entries, source: weights.source, date: weights.date, line: weights.reader.line))
        }
        return sets
    }

    private mutating func resolve(_ key: AgreementDraft.KeyDraft, _ reader: LineReader) -> SplitKey? {
        guard case .by(let token) = key else { return .equally }
        if draft.weights.contains(where: { $0.name.text == token.text }) { return .by(Name(token.text)) }
        add(reader, .nameUnknown, token, "no weights have this name", Nearest.hint(token.text, in: draft.weights.map(\.name.text)))
        return nil
    }

    private mutating func resolve(_ term: AgreementDraft.ContributionDraft) -> ContributionTerm? {
        var use = ContributionTerm.Use.stays
        if let key = term.key {
            guard let key = resolve(key, term.reader) else { return nil }
            use = .pooled(key)
        }
        guard let amount = term.amount, let from = term.from, let to = term.to else {
            if case .pooled = use {
                add(term.reader, .notYetSupported, nil, "pooling the approved budgets is not yet supported", "write: contribution approved budget of each member, stays")
            }
            return ContributionTerm(source: .approvedBudget, use: use, line: term.reader.line)
        }
        let payer = contributor(from, term.reader)
        let receiver = member(to, term.reader)
        guard let payer, let receiver else { return nil }
        let earlier = draft.contributions.first { $0.from?.text == from.text && $0.to?.text == to.text && ($0.year == nil || term.year == nil || $0.year == term.year) }
        if let earlier, earlier.reader.number != term.reader.number {
            add(term.reader, .declaredTwice, from, "this contribution is declared twice (line \(earlier.reader.number))", "remove one of the two lines, or give each its year: in 2018-19")
        }
        return ContributionTerm(source: .fixed(amount, from: payer, to: receiver, in: term.year), use: use, line: term.reader.line)
    }

    private mutating func resolveDisposals(isSurplus: Bool) -> [Disposal] {
        let word = isSurplus ? "surplus" : "deficit"
        let drafts = draft.disposals.filter { $0.isSurplus == isSurplus }
        if drafts.isEmpty, !draft.attempted.contains(word) {
            missing("what becomes of a \(word)", isSurplus
                ? "surplus of each member to its reserve" : "deficit of each member from its reserve, at most balance; rest from its general fund")
        }
        var covered: [Name<Member>?] = []
        var disposals: [Disposal] = []
        for disposal in drafts {
            var name: Name<Member>?
            if let token = disposal.member {
                guard let found = member(token, disposal.reader) else { continue }
                name = found
            }
            if covered.contains(name) || (!covered.isEmpty && (name == nil || covered.contains(nil))) {
                add(disposal.reader, .declaredTwice, disposal.member, "a member's \(word) is disposed of twice", "write one line for each member, or one for all")
            }
            covered.append(name)
            for (index, step) in disposal.steps.enumerated() {
                let isLast = index == disposal.steps.count - 1
                let isLimited = step.limit != nil || (!isSurplus && step.target == .reserve)
                if isLast, isLimited {
                    add(disposal.reader, .ruleUnfinished, nil, "the line leaves a rest that goes nowhere", "end it with: ; rest \(isSurplus ? "to" : "from") its general fund")
                } else if !isLast, !isLimited {
                    add(disposal.reader, .lineAfterRest, nil, "the first part takes all, so the rest is always nothing", "limit the first part, or remove what follows it")
                }
                if isSurplus, step.limit == .balance {
                    add(disposal.reader, .wordUnexpected, nil, "a balance limits what is taken from a reserve, not what goes to it", "write a sum: at most £50,000")
                }
                if !isSurplus, step.target == .reserve, step.limit == nil, !isLast {
                    add(disposal.reader, .wordUnexpected, nil, "a reserve can give at most its balance", "write: from its reserve, at most balance; rest from its general fund")
                }
            }
            disposals.append(Disposal(member: name, steps: disposal.steps, line: disposal.reader.line))
        }
        if !covered.isEmpty, !covered.contains(nil) {
            let absent = members.filter { !covered.contains($0) }
            if !absent.isEmpty { missing("what becomes of the \(word) of \(absent.map(\.text).joined(separator: ", "))", "\(word) of each member ...") }
        }
        return disposals
    }

    // MARK: Rules

    private mutating func resolveRules() -> [Rule] {
        var rules: [Rule] = []
        var taken: [Name<Heading>: Int] = [:]
        for (index, rule) in draft.rules.enumerated() {
            guard let subject = rule.subject else {
                if !rule.hasBrokenLine || rule.forReader == nil {
                    add(rule.reader, .declarationMissing, rule.keyword, "the rule doesn't say what it is for", "add below it: for training, or: for anything else")
                }
                continue
            }
            let forReader = rule.forReader ?? rule.reader
            switch subject {
            case .headings(let tokens):
                for token in tokens {
                    guard let name = heading(token, forReader) else { continue }
                    if let earlier = taken[name] {
                        add(forReader, .ruleUnreachable, token, "an earlier rule (line \(earlier)) takes this heading", "name each heading in one rule; the first that matches takes it")
                    } else {
                        taken[name] = rule.reader.number
                    }
                }
            case .anythingElse:
                if index < draft.rules.count - 1 {
                    add(draft.rules[index + 1].reader, .ruleUnreachable, draft.rules[index + 1].keyword,
                        "this rule can never be reached: the one above is for anything else", "move the rule for anything else to the end")
                }
            }
            let takes = rule.takes.compactMap { resolve($0, in: rule) }
            if !rule.hasBrokenLine { checkLines(rule, takes) }
            let resolved: Rule.Subject = switch subject {
            case .headings(let tokens): .headings(tokens.map { Name($0.text) })
            case .anythingElse: .anythingElse
            }
            rules.append(Rule(title: rule.title, subject: resolved, isSplitByMemberConcerned: rule.isSplit, takes: takes, line: rule.reader.line))
        }
        let endsWithElse = draft.rules.contains { if case .anythingElse? = $0.subject { true } else { false } }
        if !endsWithElse { missing("a rule for anything else", "rule \"Everything else\", and below it: for anything else, and below that: take rest from members equally") }
        return rules
    }

    private mutating func checkLines(_ rule: AgreementDraft.RuleDraft, _ takes: [Take]) {
        guard takes.count == rule.takes.count else { return }
        guard let last = takes.last, let lastDraft = rule.takes.last else {
            add(rule.reader, .ruleUnfinished, rule.keyword, "nobody pays under this rule", "add below it: take rest from members equally")
            return
        }
        var isTakenBefore = false
        for (index, take) in takes.enumerated().dropLast() where take.amount == .rest && take.isUnlimited {
            isTakenBefore = true
            add(rule.takes[index + 1].reader, .lineAfterRest, rule.takes[index + 1].amountToken,
                "the line above takes the whole rest, so this one takes nothing", "put this line above that one, or limit that one: at most £...")
        }
        if !isTakenBefore, last.amount != .rest || !last.isUnlimited {
            add(lastDraft.reader, .ruleUnfinished, lastDraft.amountToken, "the rule's last line must take the rest, from a payer without limit",
                "add below it: take rest from members equally")
        }
        let shares = takes.compactMap { take -> Fraction? in if case .share(let share, _) = take.amount, take.isUnlimited { share } else { nil } }
        if shares.sum() > .one {
            add(lastDraft.reader, .percentagesAboveWhole, nil, "the rule's lines take more than the whole of the pool", "their percentages are of the pool's total: together at most 100%")
        }
    }

    private mutating func resolve(_ take: AgreementDraft.TakeDraft, in rule: AgreementDraft.RuleDraft) -> Take? {
        let reader = take.reader
        let payer: Take.PayerClause
        switch take.payer {
        case .memberConcerned, .reserveOfMemberConcerned:
            if !rule.isSplit {
                add(reader, .splitRuleWrong, take.amountToken, "only a rule split by member concerned has a member concerned", "add to the rule's for line: , split by member concerned")
            }
            if case .memberConcerned = take.payer { payer = .memberConcerned } else { payer = .reserveOfMemberConcerned }
        case .reserve(let token):
            guard let name = member(token, reader) else { return nil }
            payer = .reserve(name)
        case .name(let token):
            if let name = members.first(where: { $0.text == token.text }) { payer = .party(.member(name)) }
            else if let name = contributors.first(where: { $0.text == token.text }) { payer = .party(.contributor(name)) }
            else {
                add(reader, .nameUnknown, token, "no member or contributor has this name", Nearest.hint(token.text, in: parties))
                return nil
            }
        case .group(let tokens, let key):
            let names = tokens.compactMap { member($0, reader) }
            guard names.count == tokens.count, let key = resolve(key, reader) else { return nil }
            if Set(names).count < names.count { add(reader, .declaredTwice, tokens[0], "a payer is named twice in one line", "name each payer once") }
            if case .by(let weights) = key, !names.isEmpty,
               let set = draft.weights.first(where: { $0.name.text == weights.text }),
               set.values.allSatisfy({ value in value.1 == 0 || !names.contains(Name(value.0.text)) }) {
                add(reader, .weightsWrong, tokens[0], "the payers named all have the weight 0", "at least one must bear a share")
            }
            payer = .group(names.isEmpty ? nil : names, key)
        }
        let resolved = Take(amount: take.amount, payer: payer, limit: take.limit, line: reader.line)
        if resolved.isReserve, take.limit == nil {
            add(reader, .wordUnexpected, nil, "a reserve can give at most its balance", "end the line with: , at most balance")
        }
        if !resolved.isReserve, take.limit == .balance {
            add(reader, .wordUnexpected, nil, "only a reserve has a balance", "write a sum: at most £12,000")
        }
        if case .share(let share, _) = take.amount, share > .one {
            add(reader, .amountWrong, take.amountToken, "a share of more than the whole", "write a percentage up to 100%, or a fraction up to 1")
        }
        if rule.isSplit {
            let namesOther: Bool = switch payer {
            case .memberConcerned, .reserveOfMemberConcerned: false
            case .reserve: true
            case .party, .group: take.limit != nil || { if case .fixed = take.amount { true } else { false } }()
            }
            if namesOther {
                add(reader, .splitRuleWrong, take.amountToken, "in a split rule, fixed sums, caps and reserves may name only the member concerned",
                    "each member has a pool of its own here: write \"member concerned\" or \"reserve of member concerned\"")
            }
        }
        return resolved
    }

    /// A contributor either owes a declared sum or takes part of a cost; with both, what it paid for
    /// can't be told from its postings.
    private mutating func checkPayersPayOnce() {
        for rule in draft.rules {
            for take in rule.takes {
                guard case .name(let token) = take.payer, draft.contributions.contains(where: { $0.from?.text == token.text }) else { continue }
                add(take.reader, .notYetSupported, token, "a contributor with a declared contribution can't also take part of a cost yet",
                    "declare the contribution, or let the rule take it, not both")
            }
        }
    }
}
