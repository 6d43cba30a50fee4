public import Findings
public import Ledger
internal import Sterling

/// A variant of an agreement and a year's books: other weights, a rule replaced, a partner gone.
///
///     everything by child-population
///     cut police by 10% + cost training up £5,000
///
/// The changed agreement is printed and read again, so that a change is analysed as any agreement is.
public struct WhatIf: Sendable {
    /// As it was asked for.
    public let text: String
    private let changes: [Change]

    fileprivate enum Change: Sendable {
        case weights(name: String, line: String)
        /// `nil` is every rule.
        case key(rule: String?, SplitKey)
        case lines(rule: String, [String])
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

    private static func parse(_ reader: inout LineReader, _ agreement: Agreement) throws(LineFault) -> Change {
        let hint = "one of: " + forms.joined(separator: "; ")
        let parser = AgreementParser(source: reader.source)
        func resolved(_ key: AgreementDraft.KeyDraft) -> SplitKey {
            switch key.basis {
            case .equally: SplitKey(.equally, key.timing)
            case .by(let token):
                SplitKey(token.text == "contribution" ? .byContribution : .by(Name(token.text)), key.timing)
            }
        }
        if reader.take(words: "everything") {
            let key = resolved(try parser.parseKey(&reader))
            try reader.expectEnd(hint: hint)
            return .key(rule: nil, key)
        }
        if reader.take(words: "rule") {
            let at = reader.next
            let title = try reader.quoted("the rule's title", hint: hint)
            guard agreement.rules.contains(where: { $0.title == title }) else {
                throw LineFault(
                    finding: reader.fault(
                        .nameUnknown, at: at, "no rule has this title",
                        hint: Nearest.hint(title, in: agreement.rules.map(\.title))))
            }
            if reader.next?.text == "equally" || reader.next?.text == "by" {
                let key = resolved(try parser.parseKey(&reader))
                try reader.expectEnd(hint: hint)
                return .key(rule: title, key)
            }
            // The rest are the rule's lines, read when the whole agreement is.
            guard let at, let colon = reader.text.dropFirst(at.column + title.count + 1).firstIndex(of: ":") else {
                throw reader.unexpected("\"by\", \"equally\" or a colon and the rule's lines", hint: hint)
            }
            let lines = reader.text[reader.text.index(after: colon)...].split(separator: ";").map {
                String($0.drop { $0 == " " })
            }
            return .lines(rule: title, lines)
        }
        if reader.next?.text == "weights" {
            let line = reader.text
            _ = reader.take()
            let name = try reader.word("the name of the weights", hint: hint)
            return .weights(
                name: name.text, line: line.contains("source") ? line : line + ", source \"what-if\", at 2000-01-01")
        }
        let names =
            agreement.chart.members.map(\.name.text) + agreement.chart.contributors.map(\.name.text)
            + agreement.chart.funds.map(\.name.text)
        func name(_ reader: inout LineReader, _ known: [String]) throws(LineFault) -> String {
            let token = try reader.word("a name", hint: hint)
            guard known.contains(token.text) else {
                throw LineFault(
                    finding: reader.fault(
                        .nameUnknown, at: token, "the agreement has no such name",
                        hint: Nearest.hint(token.text, in: known)))
            }
            return token.text
        }
        func part(_ reader: inout LineReader, most: Int) throws(LineFault) -> Part {
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
        if reader.take(words: "without") {
            let name = try name(&reader, names)
            try reader.expectEnd(hint: hint)
            return .without(name)
        }
        if reader.take(words: "cut") {
            let name = try name(
                &reader, agreement.chart.members.map(\.name.text) + agreement.chart.contributors.map(\.name.text))
            try reader.expect(words: "by", hint: hint)
            return .cut(name, try part(&reader, most: 100))
        }
        for (word, kind) in [("cost", Heading.Kind.cost), ("income", .income)] where reader.take(words: word) {
            let name = try name(&reader, agreement.chart.headings.filter { $0.kind == kind }.map(\.name.text))
            let isUp = reader.take(words: "up")
            guard isUp || reader.take(words: "down") else { throw reader.unexpected("\"up\" or \"down\"", hint: hint) }
            return .move(Name(name), try part(&reader, most: isUp ? 1_000 : 100), isUp: isUp)
        }
        throw reader.unexpected("a change", hint: hint)
    }

    /// - Returns: `nil` for the agreement where the change can't stand, with what the analyser says.
    ///
    /// - Parameter upTo: the period that the books are reckoned to; `nil` is the whole year.
    public func applied(to agreement: Agreement, _ ledger: GeneralLedger, upTo: Period? = nil) -> (
        agreement: Agreement?, ledger: GeneralLedger, faults: [Finding]
    ) {
        var agreement = agreement
        var ledger = ledger
        var excesses: [Finding] = []
        var lines: [(rule: String, lines: [String])] = []
        var weights: [(name: String, line: String)] = []
        for change in changes {
            switch change {
            case .weights(let name, let line): weights.append((name, line))
            case .lines(let rule, let new): lines.append((rule, new))
            case .key(let rule, let key):
                agreement.rules = agreement.rules.map { rule == nil || $0.title == rule ? $0.sharing(by: key) : $0 }
            case .without(let name): Self.remove(name, &agreement, &ledger)
            case .cut(let name, let part): Self.cut(name, part, &agreement, &ledger, &excesses)
            case .move(let heading, let part, let isUp):
                Self.move(heading, part, isUp: isUp, agreement, &ledger, month: upTo?.month ?? 12, &excesses)
            }
        }
        var text = agreement.description.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (name, line) in weights {
            text.removeAll { $0.hasPrefix("weights \(name) ") }
            text.insert(line, at: text.firstIndex { $0.hasPrefix("rule ") } ?? text.count)
        }
        for (rule, new) in lines {
            // Two rules of one title are one rule at two times.
            var from = 0
            while let head = text[from...].firstIndex(where: { $0.hasPrefix("rule \"\(rule)\"") }) {
                let first = head + 2
                let end = text[first...].firstIndex { !$0.hasPrefix("  take") } ?? text.count
                text.replaceSubrange(first..<end, with: new.map { "  " + $0 })
                from = first + new.count
            }
        }
        let (changed, faults) = Agreement.parse(text.joined(separator: "\n"), file: "what-if")
        let stands = excesses + faults.filter { $0.severity == .error }.map(Self.ofChange)
        return (stands.isEmpty ? changed : nil, ledger, stands)
    }

    /// What is wrong with the changed agreement is told of the change: its own lines nobody has seen.
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
    private static func remove(_ name: String, _ agreement: inout Agreement, _ ledger: inout GeneralLedger) {
        if agreement.chart.members.contains(where: { $0.name.text == name }) {
            let party = Party.member(Name(name))
            let before = CalendarDate(dayBefore: ledger.year.firstDay)
            agreement.tenures =
                agreement.tenures.filter { $0.party != party } + [
                    Tenure(party: party, span: Span(to: before), line: AgreementLine(number: 0))
                ]
            ledger.budget.figures[BudgetLineMember(line: .approvedBudget, member: Name(name))] = nil
            return
        }
        let contributor = Name<Contributor>(name), fund = Name<Fund>(name)
        func isGone(_ take: Take) -> Bool {
            take.payer == .party(.contributor(contributor)) || take.payer == .fund(fund)
        }
        agreement.rules = agreement.rules.map { rule in
            Rule(
                title: rule.title, span: rule.span, subject: rule.subject,
                isSplitByMemberConcerned: rule.isSplitByMemberConcerned, takes: rule.takes.filter { !isGone($0) },
                line: rule.line)
        }
        func without(_ shared: SharedDisposal?) -> SharedDisposal? {
            shared.map { SharedDisposal(takes: $0.takes.filter { !isGone($0) }, line: $0.line) }
        }
        agreement.sharedSurplus = without(agreement.sharedSurplus)
        agreement.sharedDeficit = without(agreement.sharedDeficit)
        agreement.contributions = agreement.contributions.filter {
            if case .fixed(_, contributor, _, _) = $0.source { false } else { true }
        }
        agreement.funds = agreement.funds.filter { $0.name != fund }
        agreement.tenures = agreement.tenures.filter { $0.party != .contributor(contributor) }
        agreement.successions = agreement.successions.filter {
            $0.successor != .contributor(contributor) && $0.predecessor != .contributor(contributor)
        }
        let chart = agreement.chart
        agreement.chart = Chart(
            partnership: chart.partnership, members: chart.members, host: chart.host,
            contributors: chart.contributors.filter { $0.name != contributor },
            headings: chart.headings, funds: chart.funds.filter { $0.name != fund })
        let gone = BudgetLine.contribution(contributor)
        agreement.layout = StatementLayout(
            signs: agreement.layout.signs,
            sections: agreement.layout.sections.map { section in
                StatementLayout.Section(
                    title: section.title,
                    rows: section.rows.compactMap { row in
                        switch row.content {
                        case .line(gone): nil
                        case .total(of: let lines?):
                            StatementLayout.Row(content: .total(of: lines.filter { $0 != gone }), label: row.label)
                        default: row
                        }
                    })
            })
        Self.reverse(.share(.one), of: .cash(.contributor(contributor)), &ledger)
        Self.reverse(.share(.one), of: .fund(fund), &ledger)
        ledger.fundOpenings[fund] = nil
        ledger.inKind.removeAll { $0.countsFor == fund }
    }

    private static func cut(
        _ name: String, _ part: Part, _ agreement: inout Agreement, _ ledger: inout GeneralLedger,
        _ excesses: inout [Finding]
    ) {
        if agreement.chart.members.contains(where: { $0.name.text == name }) {
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
        let declared = agreement.contributions.indices.filter {
            if case .fixed(_, contributor, _, _) = agreement.contributions[$0].source { true } else { false }
        }
        let amounts = declared.map { index -> Money in
            if case .fixed(let amount, _, _, _) = agreement.contributions[index].source { amount } else { .zero }
        }
        if case .amount(let sum) = part {
            let paid = -ledger.postings.movements.flatMap(\.flows).filter {
                $0.account == .cash(.contributor(contributor))
            }.map(\.amount).sum()
            let least = min(paid, declared.isEmpty ? paid : amounts.sum())
            if sum > least { excesses.append(excess("what \(name) contributes", least)) }
        }
        for (index, less) in zip(declared, part.of(amounts)) {
            guard case .fixed(let amount, let from, let to, let year) = agreement.contributions[index].source else {
                continue
            }
            let term = agreement.contributions[index]
            agreement.contributions[index] = ContributionTerm(
                source: .fixed(max(.zero, amount - less), from: from, to: to, in: year), use: term.use,
                uplift: term.uplift, instalments: term.instalments, isByDays: term.isByDays, line: term.line)
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

extension Rule {
    /// With another key for all that groups pay.
    fileprivate func sharing(by key: SplitKey) -> Rule {
        Rule(
            title: title, span: span, subject: subject, isSplitByMemberConcerned: isSplitByMemberConcerned,
            takes: takes.map { take in
                guard case .group(let names, _) = take.payer else { return take }
                return Take(
                    amount: take.amount, payer: .group(names, key), limit: take.limit, eachAtLeast: take.eachAtLeast,
                    eachAtMost: take.eachAtMost, line: take.line)
            }, line: line)
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
