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
    private mutating func checkWeights(_ set: AgreementDraft.WeightsDraft, of group: [Name<Member>]) {
        let given = Set(set.values.map(\.0.text))
        let absent = group.filter { member in
            // A successor bears its predecessor's weight.
            !given.contains(member.text)
                && !successions.contains { $0.successor == .member(member) || $0.predecessor == .member(member) }
                && !weightsMissing.contains("\(set.reader.number) \(member)")
        }
        guard !absent.isEmpty else { return }
        for member in absent { weightsMissing.insert("\(set.reader.number) \(member)") }
        add(
            set.reader, .weightsWrong, set.name, "no weight is given for \(absent.map(\.text).joined(separator: ", "))",
            "give every member that shares by them a weight; one that pays nothing has the weight 0")
    }

    /// A group's key: its weights are declared, and what changes within a year is reckoned somehow.
    mutating func resolve(_ key: AgreementDraft.KeyDraft, _ reader: LineReader, of names: [Name<Member>] = [])
        -> SplitKey?
    {
        let basis: SplitKey.Basis
        var weightChanges: [(date: CalendarDate, words: String)] = []
        switch key.basis {
        case .equally: basis = .equally
        case .by(let token) where token.text == "contribution":
            basis = .byContribution
            if !draft.contributions.contains(where: { $0.amount == nil }) {
                add(
                    reader, .weightsWrong, token,
                    "\"by contribution\" goes by the members' approved budgets, and the agreement calls none a "
                        + "contribution",
                    "add the line: contribution approved budget of each member, stays")
            }
        case .by(let token):
            let sets = draft.weights.filter { $0.name.text == token.text }
            guard !sets.isEmpty else {
                add(
                    reader, .nameUnknown, token, "no weights have this name",
                    Nearest.hint(token.text, in: draft.weights.map(\.name.text) + ["contribution"]))
                return nil
            }
            basis = .by(Name(token.text))
            for set in sets { checkWeights(set, of: names.isEmpty ? members : names) }
            weightChanges = sets.compactMap { set in
                set.from.map { ($0, "the weights \"\(token.text)\" change on \($0)") }
            }
        }
        let group = names.isEmpty ? members : names
        let within = (group.flatMap { changes(of: .member($0)) } + weightChanges).filter {
            $0.0.month != 4 || $0.0.day != 1
        }.min { $0.date < $1.date }
        if key.timing == nil, let within {
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

    /// Somebody must be there at all times between the first and the last of a group.
    private mutating func checkGaps(_ group: [Name<Member>], _ key: AgreementDraft.KeyDraft, _ reader: LineReader) {
        var bearing = group
        if case .by(let token) = key.basis, let set = draft.weights.first(where: { $0.name.text == token.text }) {
            bearing = group.filter { member in set.values.first { $0.0.text == member.text }.map { $0.1 > 0 } ?? true }
        }
        let spans = bearing.flatMap { member -> [Span] in
            let own = memberships.filter { $0.party == .member(member) }.map(\.span)
            let from = successions.first { $0.successor == .member(member) }?.from
            let to = successions.first { $0.predecessor == .member(member) }.map { CalendarDate(dayBefore: $0.from) }
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
            case .group(let names, let key), .reserves(let names, let key): check(names, key, take.line, months)
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
        func check(_ names: [Name<Member>]?, _ key: SplitKey, _ line: AgreementLine, _ months: [Int]) {
            let group = chart.members.map(\.name).filter { names?.contains($0) ?? true }
            fault(
                line,
                months.filter { month in
                    group.allSatisfy { member in
                        let weight =
                            key.basis == .byContribution
                            ? 1 : self.weight(of: member, key.basis, on: year.lastDay(ofMonth: month))
                        return weight == 0 || days(of: .member(member), month: month, of: year) == 0
                    }
                }, "none of the payers takes part")
        }
        for rule in rules {
            let months = (1...12).filter { rule.span.contains(year.lastDay(ofMonth: $0)) }
            for take in rule.takes { check(take, months) }
        }
        for take in (sharedSurplus?.takes ?? []) + (sharedDeficit?.takes ?? []) { check(take, Array(1...12)) }
        for term in contributions {
            if case .pooled(let key) = term.use { check(nil, key, term.line, Array(1...12)) }
            guard case .fixed(let base, _, let receiver, let only) = term.source, only == nil || only == year else {
                continue
            }
            if case .group(let names, let key) = receiver,
                chart.members.map(\.name).filter({ names?.contains($0) ?? true }).allSatisfy({
                    !takesPart(.member($0), in: year) || weight(of: $0, key.basis, on: year.firstDay) == 0
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
