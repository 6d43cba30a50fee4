public import Findings
public import Ledger
internal import Sterling

/// A variant of an agreement and a year's books: other weights, a rule replaced, a partner gone.
///
///     everything by child-population
///     cut police by 10% + cost training up £5,000
///
/// It changes what the agreement's lines say, as values, and the analyser goes over the result as over any agreement:
/// what a change leaves alone stays as it was declared.
public struct WhatIf: Sendable {
    /// As it was asked for.
    public let text: String
    private let changes: [Change]

    fileprivate enum Change: Sendable {
        case weights(AgreementDraft.WeightsDraft)
        /// `nil` is every rule.
        case key(rule: String?, AgreementDraft.KeyDraft)
        case lines(rule: String, [AgreementDraft.TakeDraft])
        case without(String)
        case cut(String, Part)
        case move(Name<Heading>, Part, isUp: Bool)
    }

    fileprivate enum Part: Sendable {
        case share(Fraction)
        case amount(Money)
    }

    /// What can be asked for, for hints.
    public static let forms = [
        "everything equally", "everything by WEIGHTS", "rule \"TITLE\" by WEIGHTS",
        "rule \"TITLE\": take ...; take ...", "weights NAME MEMBER 35,150 ...",
        "without NAME", "cut NAME by 10%", "cost HEADING up 5%", "income HEADING down £1,000",
    ]

    /// - Parameter text: changes that hold together, with `+` between them.
    /// - Returns: `nil` with findings where it can't be understood.
    public static func parse(_ text: String, agreement: Agreement) -> (whatIf: WhatIf?, faults: [Finding]) {
        var changes: [Change] = []
        for (index, part) in text.split(separator: " + ").enumerated() {
            var reader = LineReader(source: Place.Source(file: "--with"), number: index + 1, text: String(part))
            do throws(LineFault) { changes.append(try parse(&reader, agreement)) } catch {
                return (nil, [error.finding])
            }
        }
        guard !changes.isEmpty else {
            let nothing = Finding(
                .wordUnexpected, at: Place(file: "--with"), "no change is named",
                hint: "one of: " + forms.joined(separator: "; "))
            return (nil, [nothing])
        }
        return (WhatIf(text: text, changes: changes), [])
    }

    private static let hint = "one of: " + forms.joined(separator: "; ")

    private static func parse(_ reader: inout LineReader, _ agreement: Agreement) throws(LineFault) -> Change {
        let chart = agreement.chart
        let members = chart.members.map(\.name.text), contributors = chart.contributors.map(\.name.text)
        if reader.take(words: "everything") {
            let key = try AgreementParser(source: reader.source).parseKey(&reader)
            try reader.expectEnd(hint: hint)
            return .key(rule: nil, key)
        }
        if reader.take(words: "rule") { return try parseRule(&reader, agreement) }
        if reader.next?.text == "weights" { return try parseWeights(reader) }
        if reader.take(words: "without") {
            let name = try parseName(&reader, members + contributors + chart.funds.map(\.name.text))
            try reader.expectEnd(hint: hint)
            return .without(name)
        }
        if reader.take(words: "cut") {
            let name = try parseName(&reader, members + contributors)
            try reader.expect(words: "by", hint: hint)
            return .cut(name, try parsePart(&reader, most: 100))
        }
        for (word, kind) in [("cost", Heading.Kind.cost), ("income", .income)] where reader.take(words: word) {
            let name = try parseName(&reader, chart.headings.filter { $0.kind == kind }.map(\.name.text))
            let isUp = reader.take(words: "up")
            guard isUp || reader.take(words: "down") else { throw reader.unexpected("\"up\" or \"down\"", hint: hint) }
            return .move(Name(name), try parsePart(&reader, most: isUp ? 1_000 : 100), isUp: isUp)
        }
        throw reader.unexpected("a change", hint: hint)
    }

    /// `rule "Training" by child-population`, or `rule "Training": take ...; take ...`
    private static func parseRule(_ reader: inout LineReader, _ agreement: Agreement) throws(LineFault) -> Change {
        let at = reader.next
        let title = try reader.quoted("the rule's title", hint: hint)
        guard agreement.rules.contains(where: { $0.title == title }) else {
            throw LineFault(
                finding: reader.fault(
                    .nameUnknown, at: at, "no rule has this title",
                    hint: Nearest.hint(title, in: agreement.rules.map(\.title))))
        }
        if reader.next?.text == "equally" || reader.next?.text == "by" {
            let key = try AgreementParser(source: reader.source).parseKey(&reader)
            try reader.expectEnd(hint: hint)
            return .key(rule: title, key)
        }
        guard let at, let colon = reader.text.dropFirst(at.column + title.count + 1).firstIndex(of: ":") else {
            throw reader.unexpected("\"by\", \"equally\" or a colon and the rule's lines", hint: hint)
        }
        return .lines(rule: title, try takes(reader.text[reader.text.index(after: colon)...], reader))
    }

    /// Weights that are tried out may have no source to name yet.
    private static func parseWeights(_ reader: LineReader) throws(LineFault) -> Change {
        let isSourced = reader.text.contains("source")
        var whole = LineReader(
            source: reader.source, number: reader.number,
            text: isSourced ? reader.text : reader.text + ", source \"what-if\", at 2000-01-01")
        _ = whole.take()
        var parser = AgreementParser(source: reader.source)
        try parser.parseWeights(&whole)
        return .weights(parser.draft.weights[0])
    }

    private static func parseName(_ reader: inout LineReader, _ known: [String]) throws(LineFault) -> String {
        let token = try reader.word("a name", hint: hint)
        guard known.contains(token.text) else {
            throw LineFault(
                finding: reader.fault(
                    .nameUnknown, at: token, "the agreement has no such name",
                    hint: Nearest.hint(token.text, in: known)))
        }
        return token.text
    }

    /// - Parameter most: the largest percentage.
    private static func parsePart(_ reader: inout LineReader, most: Int) throws(LineFault) -> Part {
        guard let token = reader.next else { throw reader.unexpected("a percentage or an amount", hint: hint) }
        let part: Part
        switch token.kind {
        case .share(let share):
            guard share <= Fraction(most) / Fraction(100) else {
                throw LineFault(
                    finding: reader.fault(
                        .amountWrong, at: token, "that is more than \(most)%",
                        hint: "write a percentage up to \(most)%"))
            }
            part = .share(share)
        case .amount(let amount): part = .amount(amount)
        default: throw reader.unexpected("a percentage or an amount", hint: hint)
        }
        _ = reader.take()
        try reader.expectEnd(hint: hint)
        return part
    }

    /// `take 80% from ash; take rest from members equally`
    private static func takes(_ text: Substring, _ reader: LineReader) throws(LineFault) -> [AgreementDraft.TakeDraft] {
        var parser = AgreementParser(source: reader.source)
        parser.context = .rule
        parser.draft.rules = [AgreementDraft.RuleDraft(title: "", reader: reader, keyword: reader.next ?? .nothing)]
        for line in text.split(separator: ";") {
            var line = LineReader(
                source: reader.source, number: reader.number, text: String(line.drop { $0 == " " }))
            guard line.take(words: "take") else {
                throw line.unexpected("\"take\"", hint: "take rest from members equally")
            }
            try parser.parseTake(&line)
        }
        return parser.draft.rules[0].takes
    }

    /// - Returns: `nil` for the agreement where the change can't stand, with what the analyser says.
    ///
    /// - Parameter upTo: the period that the books are reckoned to; `nil` is the whole year.
    public func applied(to agreement: Agreement, _ ledger: GeneralLedger, upTo: Period? = nil) -> (
        agreement: Agreement?, ledger: GeneralLedger, faults: [Finding]
    ) {
        var draft = agreement.lines.draft
        var ledger = ledger
        var excesses: [Finding] = []
        for change in changes {
            switch change {
            case .weights(let weights):
                draft.weights = draft.weights.filter { $0.name.text != weights.name.text } + [weights]
            case .lines(let rule, let takes): draft.changeRules(titled: rule) { $0.takes = takes }
            case .key(let rule, let key):
                draft.changeRules(titled: rule) { $0.takes = $0.takes.map { $0.shared(by: key) } }
            case .without(let name): Self.remove(name, &draft, agreement.chart, &ledger)
            case .cut(let name, let part): Self.cut(name, part, &draft, agreement.chart, &ledger, &excesses)
            case .move(let heading, let part, let isUp):
                Self.move(heading, part, isUp: isUp, agreement, &ledger, month: upTo?.month ?? 12, &excesses)
            }
        }
        var analyser = AgreementAnalyser(draft: draft, source: Place.Source(file: "what-if"), faults: [])
        let changed = analyser.analyse()
        let stands = excesses + analyser.faults.inOrder().filter { $0.severity == .error }.map(Self.ofChange)
        return (stands.isEmpty ? changed : nil, ledger, stands)
    }

    /// What is wrong with the changed agreement is reported of the change, because nobody wrote its lines.
    public static func ofChange(_ fault: Finding) -> Finding {
        Finding(
            fault.code, at: Place(file: "--with"), found: fault.value, "with this change, \(fault.message)",
            hint: "change something else with it, or word it otherwise", excerpt: fault.excerpt)
    }

    private static func excess(_ what: String, _ all: Money) -> Finding {
        Finding(
            .amountWrong, at: Place(file: "--with"), "\(what) comes to \(all), and more is taken from it",
            hint: "take at most that")
    }

    /// A body or a fund that takes no part: what the agreement says of it falls away.
    private static func remove(
        _ name: String, _ draft: inout AgreementDraft, _ chart: Chart, _ ledger: inout GeneralLedger
    ) {
        if chart.members.contains(where: { $0.name.text == name }) {
            let before = CalendarDate(dayBefore: ledger.year.firstDay)
            draft.memberships =
                draft.memberships.filter { $0.name.text != name } + [
                    (
                        Token(kind: .word, text: name, column: 1), Span(to: before),
                        LineReader(source: Place.Source(file: "--with"), number: 0, text: "")
                    )
                ]
            ledger.budget.figures[BudgetLineMember(line: .approvedBudget, member: Name(name))] = nil
            return
        }
        draft.remove(name)
        let contributor = Name<Contributor>(name), fund = Name<Fund>(name)
        Self.reverse(.share(.one), of: .cash(.contributor(contributor)), &ledger)
        Self.reverse(.share(.one), of: .fund(fund), &ledger)
        ledger.fundOpenings[fund] = nil
        ledger.inKind.removeAll { $0.countsFor == fund }
    }

    private static func cut(
        _ name: String, _ part: Part, _ draft: inout AgreementDraft, _ chart: Chart, _ ledger: inout GeneralLedger,
        _ excesses: inout [Finding]
    ) {
        if chart.members.contains(where: { $0.name.text == name }) {
            let key = BudgetLineMember(line: .approvedBudget, member: Name(name))
            guard let figure = ledger.budget.figures[key] else { return }
            if part.of(figure.amount) > figure.amount {
                excesses.append(excess("the approved budget of \(name)", figure.amount))
            }
            ledger.budget.figures[key] = Budget.Figure(
                amount: figure.amount - part.of(figure.amount), place: figure.place)
            return
        }
        let contributor = Name<Contributor>(name)
        // A sum is taken from the declared sums in proportion, with one rounding.
        let declared = draft.contributions.indices.filter { draft.contributions[$0].from?.text == name }
        let amounts = declared.map { draft.contributions[$0].amount ?? .zero }
        if case .amount(let sum) = part {
            let paid = -ledger.postings.movements.flatMap(\.flows).filter {
                $0.account == .cash(.contributor(contributor))
            }.map(\.amount).sum()
            let least = min(paid, declared.isEmpty ? paid : amounts.sum())
            if sum > least { excesses.append(excess("what \(name) contributes", least)) }
        }
        for (index, less) in zip(declared, part.of(amounts)) {
            draft.contributions[index].amount = draft.contributions[index].amount.map { max(.zero, $0 - less) }
        }
        reverse(part, of: .cash(.contributor(contributor)), &ledger)
    }

    /// Takes a part of all that flowed to or from an account back.
    ///
    /// A sum is taken from what it paid in; a share is one of what it paid back, too.
    private static func reverse(_ part: Part, of account: Account, _ ledger: inout GeneralLedger) {
        let isFund: Bool = if case .fund = account { true } else { false }
        let movements = ledger.postings.movements.filter {
            $0.from == account || ($0.to == account && part.isShare) || isFund && $0.to == account
        }.inOrder()
        for (movement, amount) in zip(movements, part.of(movements.map(\.amount))) where !amount.isZero {
            ledger.append(amount, from: movement.to, to: movement.from, like: movement)
        }
    }

    private static func move(
        _ heading: Name<Heading>, _ part: Part, isUp: Bool, _ agreement: Agreement, _ ledger: inout GeneralLedger,
        month: Int, _ excesses: inout [Finding]
    ) {
        let isCost = agreement.chart.heading(heading)?.kind == .cost, account = Account.heading(heading)
        // A sum is spread over what was spent, or earned; a share is one of refunds, too.
        let movements = ledger.postings.movements.filter { movement in
            (isCost ? movement.to : movement.from) == account
                || (part.isShare && (movement.from == account || movement.to == account))
        }.inOrder()
        guard !movements.isEmpty else {
            // Nothing was spent there: the host spends it in the last month, for a case of its own where one is needed.
            guard case .amount(let amount) = part else { return }
            guard isUp else { return excesses.append(excess("\(heading)", .zero)) }
            let host = agreement.chart.host
            let cash = Account.cash(.member(host))
            ledger.postings.append(
                amount: amount, from: isCost ? cash : account, to: isCost ? account : cash, ledgerOf: host,
                concerning: host, period: Period(month)!,
                journal: "what-if", place: Place(file: "what-if"))
            return
        }
        if case .amount(let sum) = part, !isUp, sum > movements.map(\.amount).sum() {
            excesses.append(excess("\(heading)", movements.map(\.amount).sum()))
        }
        for (movement, amount) in zip(movements, part.of(movements.map(\.amount))) where !amount.isZero {
            ledger.append(
                amount, from: isUp ? movement.from : movement.to, to: isUp ? movement.to : movement.from, like: movement
            )
        }
    }
}

extension WhatIf.Part {
    fileprivate var isShare: Bool { if case .share = self { true } else { false } }

    fileprivate func of(_ amount: Money) -> Money {
        switch self {
        case .share(let share): (share * Fraction(pence: amount)).roundedToPence
        case .amount(let sum): sum
        }
    }

    /// A sum is spread over several amounts in proportion to them.
    fileprivate func of(_ amounts: [Money]) -> [Money] {
        switch self {
        case .share: amounts.map { of($0) }
        case .amount(let sum): Agreement.split(sum, by: amounts.map { max(0, $0.pence) })
        }
    }
}

extension AgreementDraft {
    /// - Parameter title: of one rule, or of two that are one at two times; `nil` is every rule.
    fileprivate mutating func changeRules(titled title: String?, _ change: (inout RuleDraft) -> Void) {
        for index in rules.indices where title == nil || rules[index].title == title { change(&rules[index]) }
    }

    /// Takes a contributor, or a fund, out of every line that names it.
    fileprivate mutating func remove(_ name: String) {
        func isGone(_ take: TakeDraft) -> Bool {
            if case .name(let token) = take.payer { token.text == name } else { false }
        }
        changeRules(titled: nil) { $0.takes.removeAll(where: isGone) }
        sharedDisposals = sharedDisposals.compactMap { shared in
            let takes = shared.takes.filter { !isGone($0) }
            return takes.isEmpty ? nil : SharedDraft(isSurplus: shared.isSurplus, takes: takes, reader: shared.reader)
        }
        contributions.removeAll { $0.from?.text == name }
        contributors.removeAll { $0.name.text == name }
        capsInAll.removeAll { $0.name.text == name }
        weights = weights.map { $0.without(name) }
        changeRules(titled: nil) { $0.takes = $0.takes.compactMap { $0.without(name) } }
        funds.removeAll { $0.name.text == name }
        labels.removeAll { $0.name.text == name }
        memberships.removeAll { $0.name.text == name }
        successions.removeAll { $0.successor.text == name || $0.predecessor.text == name }
        for section in sections.indices {
            sections[section].rows = sections[section].rows.compactMap { row in
                switch row.content {
                case .from(let token) where token.text == name: return nil
                case .total(let tokens) where tokens.contains { $0.text == name }:
                    // Of no line is of all lines in the language, and is not meant here.
                    let left = tokens.filter { $0.text != name }
                    var row = row
                    row.content = .total(left)
                    return left.isEmpty ? nil : row
                case .approvedBudget, .from, .heading, .total, .fixed: return row
                }
            }
        }
    }
}

extension AgreementDraft.WeightsDraft {
    fileprivate func without(_ name: String) -> Self {
        Self(
            name: self.name, values: values.filter { $0.name.text != name }, source: source, date: date, from: from,
            reader: reader)
    }
}

extension AgreementDraft.TakeDraft {
    /// `nil` where nobody else of its group is left.
    fileprivate func without(_ name: String) -> Self? {
        guard case .group(let names, let key) = payer, names.contains(where: { $0.text == name }) else { return self }
        let left = names.filter { $0.text != name }
        var changed = self
        changed.payer = .group(left, key)
        if case .named(let limits)? = eachAtMost { changed.eachAtMost = .named(limits.filter { $0.name.text != name }) }
        if case .named(let limits)? = eachAtLeast {
            changed.eachAtLeast = .named(limits.filter { $0.name.text != name })
        }
        return left.isEmpty ? nil : changed
    }

    /// With another key, where a group of members pays.
    fileprivate func shared(by key: AgreementDraft.KeyDraft) -> Self {
        guard case .group(let names, _) = payer else { return self }
        var changed = self
        changed.payer = .group(names, key)
        return changed
    }
}

extension [Movement] {
    /// The same order whatever order the postings came in, because odd pennies go by it.
    fileprivate func inOrder() -> [Movement] {
        sorted { a, b in
            (a.period, a.ledgerOf, a.concerning?.text ?? "", "\(a.from)", "\(a.to)", a.isJournal ? 1 : 0) < (
                b.period, b.ledgerOf, b.concerning?.text ?? "", "\(b.from)", "\(b.to)", b.isJournal ? 1 : 0
            )
        }
    }
}

extension GeneralLedger {
    fileprivate mutating func append(_ amount: Money, from: Account, to: Account, like movement: Movement) {
        postings.append(
            amount: amount.magnitude, from: amount.isNegative ? to : from, to: amount.isNegative ? from : to,
            ledgerOf: movement.ledgerOf,
            concerning: movement.concerning, period: movement.period, journal: "what-if", place: Place(file: "what-if"))
    }
}
