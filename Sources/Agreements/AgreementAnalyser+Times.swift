public import Findings
internal import Sterling
public import Ledger

/// Who takes part when, and what a change within the year needs said: laws 8 and 10.
extension AgreementAnalyser {
    mutating func resolveMemberships() {
        for (token, span, reader) in draft.memberships {
            guard let party = party(token, reader) else { continue }
            if let earlier = memberships.first(where: { $0.party == party && $0.span.overlaps(span) }) {
                add(
                    reader, .dateWrong, token, "the time overlaps that of line \(earlier.line.number)",
                    "a body takes part once at a time: join the two, or let one end before the other begins")
            }
            memberships.append(Membership(party: party, span: span, line: reader.line))
        }
    }

    mutating func resolveSuccessions() {
        for (newToken, oldToken, date, reader) in draft.successions {
            guard let successor = party(newToken, reader), let predecessor = party(oldToken, reader) else { continue }
            switch (successor, predecessor) {
            case (.member, .member), (.contributor, .contributor): break
            case (.member, .contributor), (.contributor, .member):
                add(
                    reader, .wordUnexpected, oldToken,
                    "a member can succeed a member only, and a contributor a contributor",
                    "declare both bodies as members, or both as contributors")
            }
            if successor == predecessor
                || successions.contains(where: { $0.successor == successor || $0.predecessor == predecessor })
            {
                add(
                    reader, .declaredTwice, newToken, "the body already succeeds another, or is succeeded",
                    "a body succeeds one other, once")
                continue
            }
            // Back to those whom the predecessor succeeded: none of them is the successor.
            var earlier = predecessor
            while earlier != successor, let before = successions.first(where: { $0.successor == earlier })?.predecessor
            { earlier = before }
            if earlier == successor {
                add(
                    reader, .declaredTwice, newToken,
                    "\"\(newToken.text)\" was succeeded before, and can't succeed in turn",
                    "a body that comes back has two membership lines")
                continue
            }
            successions.append(
                Succession(successor: successor, predecessor: predecessor, from: date, line: reader.line))
        }
    }

    /// The accounting period decides which rule, weights or grant apply, so they begin and end with a month.
    mutating func checkMonthEdges(_ span: Span, _ reader: LineReader) {
        if let from = span.from, from.day != 1 {
            add(
                reader, .dateWrong, reader.token(of: from),
                "it must begin with a month, because the accounting period decides what applies",
                "write the first of a month, such as \(CalendarDate(year: from.year, month: from.month, day: 1)!)")
        }
        if let to = span.to, !to.isLastOfMonth {
            let last = (28...31).reversed().lazy.compactMap { CalendarDate(year: to.year, month: to.month, day: $0) }
                .first!
            add(
                reader, .dateWrong, reader.token(of: to),
                "it must end with a month, because the accounting period decides what applies",
                "write the last of a month, such as \(last)")
        }
    }

    /// The days on which a body begins or ends to take part, as the line would put it.
    private func changes(of party: Party) -> [(date: CalendarDate, words: String)] {
        var found: [(CalendarDate, String)] = []
        for membership in memberships where membership.party == party {
            if let from = membership.span.from { found.append((from, "\(party.text) joins on \(from)")) }
            if let to = membership.span.to {
                found.append((CalendarDate(dayAfter: to), "\(party.text) leaves on \(to)"))
            }
        }
        for succession in successions where succession.successor == party || succession.predecessor == party {
            found.append(
                (
                    succession.from,
                    "\(succession.successor.text) succeeds \(succession.predecessor.text) on \(succession.from)"
                ))
        }
        return found
    }

    /// Every member of a group that shares by weights has one; each lack is told once.
    private mutating func checkWeights(_ set: AgreementDraft.WeightsDraft, of group: [Party]) {
        let given = Set(set.values.map(\.name.text))
        let absent = group.filter { party in
            // A successor bears its predecessor's weight.
            !given.contains(party.text)
                && !successions.contains { $0.successor == party || $0.predecessor == party }
                && !weightsMissing.contains("\(set.reader.number) \(party.text)")
        }
        guard !absent.isEmpty else { return }
        for party in absent { weightsMissing.insert("\(set.reader.number) \(party.text)") }
        add(
            set.reader, .weightsWrong, set.name, "no weight is given for \(absent.map(\.text).joined(separator: ", "))",
            "give every member that shares by them a weight; one that pays nothing has the weight 0")
    }

    /// A group's key: its weights are declared, and what changes within a year is reckoned somehow.
    ///
    /// - Parameter names: none are all members.
    mutating func resolve(_ key: AgreementDraft.KeyDraft, _ reader: LineReader, of names: [Party] = []) -> SplitKey? {
        let group = names.isEmpty ? members.map { .member($0) } : names
        guard let basis = resolve(key.basis, reader, of: group) else { return nil }
        let weightChanges = basis.weightNames.flatMap { name in
            draft.weights.filter { $0.name.text == name.text }.compactMap { set in
                set.from.map { (date: $0, words: "the weights \"\(name)\" change on \($0)") }
            }
        }
        let within = (group.flatMap { changes(of: $0) } + weightChanges).filter {
            $0.0.month != 4 || $0.0.day != 1
        }.min { $0.date < $1.date }
        // What is counted is counted of those who are there.
        if key.timing == nil, !basis.isByActivity, let within {
            add(
                reader, .changeNotReckoned, key.token,
                "\(within.words), within a year, and the line doesn't say how that is reckoned",
                "write after it: , by days (the year's share by days) or , as costs fall (each month's costs among "
                    + "those there)"
            )
        }
        checkGaps(group, key, reader)
        return SplitKey(basis, key.timing)
    }

    /// What the shares are in proportion to; `nil` where a name is unknown.
    private mutating func resolve(_ draft: AgreementDraft.KeyDraft.Basis, _ reader: LineReader, of group: [Party])
        -> SplitKey.Basis?
    {
        switch draft {
        case .equally: return .equally
        case .by(let token): return resolveName(token, reader, of: group)
        case .byActivity(let token): return .byActivity(Name(token.text))
        case .average(let tokens):
            let names = tokens.compactMap { weights($0, reader, of: group) }
            let sets = draftWeights(tokens)
            let isPercent = sets.map { $0.values.contains { $0.written.hasSuffix("%") } }
            if isPercent.contains(true), isPercent.contains(false) {
                add(
                    reader, .weightsWrong, tokens[0], "percentages and counts have no average",
                    "share a part by each: by 50% population 50% agreed")
            }
            if Set(names).count < names.count {
                add(reader, .declaredTwice, tokens[0], "weights are named twice", "name each year's weights once")
            }
            return names.count == tokens.count ? .average(names) : nil
        case .mix(let parts):
            let resolved = parts.compactMap { part -> SplitKey.Part? in
                let basis = part.name.map { resolveName($0, reader, of: group) } ?? .equally
                return basis.map { SplitKey.Part(share: part.share, written: part.written, basis: $0) }
            }
            let sum = parts.map(\.share).sum()
            if sum != .one {
                add(
                    reader, .weightsWrong, parts[0].name, "the parts of the key add to \(sum.percentDescription)",
                    "let them add to 100%: by 50% population 50% caseload")
            }
            return resolved.count == parts.count ? .mix(resolved) : nil
        case .unless(let actual, let within, let written, let agreed):
            guard let first = weights(actual, reader, of: group), let second = weights(agreed, reader, of: group) else {
                return nil
            }
            return .unless(first, within: within, written: written, of: second)
        }
    }

    private func draftWeights(_ names: [Token]) -> [AgreementDraft.WeightsDraft] {
        names.compactMap { name in draft.weights.first { $0.name.text == name.text } }
    }

    /// `contribution`, or the name of weights.
    private mutating func resolveName(_ token: Token, _ reader: LineReader, of group: [Party]) -> SplitKey.Basis? {
        guard token.text == "contribution" else { return weights(token, reader, of: group).map { .by($0) } }
        if !draft.contributions.contains(where: { $0.amount == nil }) {
            add(
                reader, .weightsWrong, token,
                "\"by contribution\" goes by the members' approved budgets, and the agreement calls none a "
                    + "contribution",
                "add the line: contribution approved budget of each member, stays")
        }
        if group.contains(where: { $0.asMember == nil }) {
            add(
                reader, .weightsWrong, token, "a contributor has no approved budget to go by",
                "let contributors share equally, or by weights")
        }
        return .byContribution
    }

    private mutating func weights(_ token: Token, _ reader: LineReader, of group: [Party]) -> Name<WeightSet>? {
        let sets = draft.weights.filter { $0.name.text == token.text }
        guard !sets.isEmpty else {
            add(
                reader, .nameUnknown, token, "no weights have this name",
                Nearest.hint(token.text, in: draft.weights.map(\.name.text) + ["contribution"]))
            return nil
        }
        for set in sets { checkWeights(set, of: group) }
        return Name(token.text)
    }

    /// What a year's activity tells is known when costs are shared, and not when a sum is agreed.
    mutating func refuseActivity(_ token: Token?, _ reader: LineReader) {
        add(
            reader, .wordUnexpected, token, "only a rule's costs can be shared by activity",
            "write: equally, or by weights")
    }

    /// Somebody must be there at all times between the first and the last of a group.
    private mutating func checkGaps(_ group: [Party], _ key: AgreementDraft.KeyDraft, _ reader: LineReader) {
        var bearing = group
        if case .by(let token) = key.basis, let set = draft.weights.first(where: { $0.name.text == token.text }) {
            bearing = group.filter { party in
                set.values.first { $0.name.text == party.text }.map { !$0.weight.isZero } ?? true
            }
        }
        let spans = bearing.flatMap { party -> [Span] in
            let own = memberships.filter { $0.party == party }.map(\.span)
            let from = successions.first { $0.successor == party }?.from
            let to = successions.first { $0.predecessor == party }.map { CalendarDate(dayBefore: $0.from) }
            return (own.isEmpty ? [.always] : own).map { Span(from: from ?? $0.from, to: to ?? $0.to) }
        }.sorted { ($0.from?.dayNumber ?? .min) < ($1.from?.dayNumber ?? .min) }
        guard !spans.contains(.always), var end = spans.first?.to else { return }
        for span in spans.dropFirst() {
            guard let from = span.from, from.dayNumber > end.dayNumber + 1 else {
                guard let to = span.to else { return }
                end = max(end, to)
                continue
            }
            add(
                reader, .nobodyTakesPart, key.token,
                "from \(CalendarDate(dayAfter: end)) to \(CalendarDate(dayBefore: from)) none of the payers takes part",
                "name a payer for that time, or mend the membership lines")
            return
        }
    }
}

extension LineReader {
    /// The token that spells a date, for pointing at it.
    func token(of date: CalendarDate) -> Token? {
        AgreementLexer.tokens(text).first { $0.kind == .date(date) }
    }
}

extension Agreement {
    /// What makes the agreement unfit for a year: costs that nobody would be there to pay.
    ///
    /// - Parameter file: how findings call the agreement.
    public func faults(in year: FinancialYear, file: String) -> [Finding] {
        var found: [Finding] = []
        let source = Place.Source(file: file)
        func fault(_ line: AgreementLine, _ months: [Int], _ who: String) {
            guard let first = months.first else { return }
            found.append(
                Finding(
                    .nobodyTakesPart, at: Place(source, row: line.number),
                    "in \(year) \(who) from P\(first)\(months.count > 1 ? " to P\(months.last!)" : "")",
                    hint: "give the rule dates (rule \"...\" from ... to ...), or mend the membership lines"))
        }
        func check(_ take: Take, _ months: [Int]) {
            switch take.payer {
            case .group(let group, let key): check(group.parties(chart), key, take.line, months)
            case .reserves(let names, let key):
                check(members(names).map { .member($0) }, key, take.line, months)
            case .party(let party):
                fault(
                    take.line, months.filter { days(of: party, month: $0, of: year) == 0 },
                    "\(party.text) takes no part")
            case .directly(let name):
                fault(
                    take.line, months.filter { days(of: .member(name), month: $0, of: year) == 0 },
                    "\(name) takes no part")
            case .lead(let name):
                fault(
                    take.line, months.filter { days(of: .member(scheme(name)!.lead), month: $0, of: year) == 0 },
                    "\(scheme(name)!.lead) takes no part")
            case .memberConcerned, .reserveOfMemberConcerned, .reserve, .fund: break
            }
        }
        func check(_ group: [Party], _ key: SplitKey, _ line: AgreementLine, _ months: [Int]) {
            fault(
                line,
                months.filter { month in
                    group.allSatisfy { party in
                        // What figures alone could tell is no fault of the agreement.
                        let isToldByFigures = key.basis.goesByContribution || key.basis.isByActivity
                        let bears =
                            isToldByFigures
                            || !weight(of: party, key.basis, on: year.lastDay(ofMonth: month)).isZero
                        return !bears || days(of: party, month: month, of: year) == 0
                    }
                }, "none of the payers takes part")
        }
        for rule in rules {
            let months = (1...12).filter { rule.span.contains(year.lastDay(ofMonth: $0)) }
            for take in rule.takes { check(take, months) }
        }
        for take in (sharedSurplus?.takes ?? []) + (sharedDeficit?.takes ?? []) { check(take, Array(1...12)) }
        if let hub = settlesThrough {
            let last = year.lastDay(ofMonth: 12)
            if days(of: .member(successor(of: hub, by: last)), month: 12, of: year) == 0 {
                found.append(
                    Finding(
                        .nobodyTakesPart, at: Place(source), found: hub.text,
                        "at the end of \(year) \(hub) takes no part, and members settle through it",
                        hint: "name a member that is there: settle through \(chart.host)"))
            }
        }
        for term in contributions {
            if case .pooled(let key) = term.use {
                check(members(nil).map { .member($0) }, key, term.line, Array(1...12))
            }
            guard case .fixed(let base, _, let receiver, let only) = term.source, only == nil || only == year else {
                continue
            }
            if case .group(let names, let key) = receiver,
                members(names).allSatisfy({
                    !takesPart(.member($0), in: year)
                        || weight(of: .member($0), key.basis, on: year.firstDay).isZero
                })
            {
                fault(term.line, [1], "none of those who receive it takes part")
            }
            if term.amount(base, in: year) > .largest {
                found.append(
                    Finding(
                        .amountWrong, at: Place(source, row: term.line.number),
                        "in \(year) the contribution comes to more than £10,000,000,000",
                        hint: "mend the sum, or the rate by which it rises"))
            }
        }
        return found
    }
}
