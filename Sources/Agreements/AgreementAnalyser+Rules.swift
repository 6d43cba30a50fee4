internal import Findings
internal import Sterling
internal import Ledger

/// Rules: which is reached, who pays, and whether anything is left over.
extension AgreementAnalyser {
    mutating func resolveRules() {
        var taken: [(heading: Name<Heading>, span: Span, line: Int)] = []
        defer { ruleSpan = .always }
        for (index, rule) in draft.rules.enumerated() {
            ruleSpan = rule.span
            checkMonthEdges(rule.span, rule.reader)
            guard let draftSubject = rule.subject else {
                if !rule.hasBrokenLine || rule.forReader == nil {
                    add(
                        rule.reader, .declarationMissing, rule.keyword, "the rule doesn't say what it is for",
                        "add below it: for training, or: for anything else")
                }
                continue
            }
            let forReader = rule.forReader ?? rule.reader
            let subject: Rule.Subject
            switch draftSubject {
            case .headings(let tokens):
                subject = .headings(tokens.compactMap { heading($0, forReader) })
                for token in tokens where headings.contains(where: { $0.name.text == token.text }) {
                    take(Name(token.text), token, rule, &taken)
                }
            case .scheme(let token):
                guard let scheme = schemes.first(where: { $0.name.text == token.text }) else {
                    add(
                        forReader, .nameUnknown, token, "no scheme has this name",
                        Nearest.hint(token.text, in: draft.schemes.map(\.name.text)))
                    continue
                }
                subject = .scheme(scheme.name, scheme.headings)
                for heading in scheme.headings { take(heading, token, rule, &taken) }
            case .anythingElse:
                subject = .anythingElse
                if rule.span == .always, index < draft.rules.count - 1 {
                    add(
                        draft.rules[index + 1].reader, .ruleUnreachable, draft.rules[index + 1].keyword,
                        "this rule can never be reached: the one above is for anything else",
                        "move the rule for anything else to the end")
                }
            }
            let before = Set(taken.filter { $0.span == .always && $0.line != rule.reader.number }.map(\.heading))
            let takes = rule.takes.compactMap { resolve($0, in: rule, subject, takenBefore: before) }
            if !rule.hasBrokenLine, takes.count == rule.takes.count {
                if rule.takes.isEmpty {
                    add(
                        rule.reader, .ruleUnfinished, rule.keyword, "nobody pays under this rule",
                        "add below it: take rest from members equally")
                } else {
                    checkLines(rule.takes, takes, "add below it: take rest from members equally")
                    checkIncome(rule, subject, takes, takenBefore: before)
                }
            }
            rules.append(
                Rule(
                    title: rule.title, span: rule.span, subject: subject, isSplitByMemberConcerned: rule.isSplit,
                    isNet: rule.isNet, takes: takes, line: rule.reader.line))
        }
        let endsWithElse = draft.rules.contains {
            if case .anythingElse? = $0.subject { $0.span == .always } else { false }
        }
        if !endsWithElse, !draft.attempted.contains("anything else") {
            missing(
                "a rule for anything else",
                "rule \"Everything else\", and below it: for anything else, and below that: take rest from "
                    + "members equally"
            )
        }
        checkFundsAreDrawn()
    }

    /// In a rule over income alone, a line that income passes over is a mistake.
    private mutating func checkIncome(
        _ rule: AgreementDraft.RuleDraft, _ subject: Rule.Subject, _ takes: [Take], takenBefore: Set<Name<Heading>>
    ) {
        let names: [Name<Heading>] =
            switch subject {
            case .headings(let names), .scheme(_, let names): names
            case .anythingElse: headings.map(\.name).filter { !takenBefore.contains($0) }
            }
        if rule.isNet, names.allSatisfy(isCost) || !names.contains(where: isCost) {
            add(
                rule.forReader ?? rule.reader, .netRuleWrong, nil,
                "a rule that is net is for costs and for the income that goes off them",
                "name a heading of each, or leave \"net\" out")
        }
        guard !names.isEmpty, !names.contains(where: isCost) else { return }
        for (draft, take) in zip(rule.takes, takes) where !take.isUnlimited {
            add(
                draft.reader, .lineTakesNoIncome, draft.amountToken,
                "income is shared in percentages and by the rest, and this line would take nothing of it",
                "say the shares in percentages or by weights; a sum that somebody keeps first is a contribution")
        }
    }

    /// An earlier rule that holds for all the time of a later one leaves it nothing.
    private mutating func take(
        _ name: Name<Heading>, _ token: Token, _ rule: AgreementDraft.RuleDraft,
        _ taken: inout [(heading: Name<Heading>, span: Span, line: Int)]
    ) {
        if let earlier = taken.first(where: { $0.heading == name && $0.span.covers(rule.span) }) {
            add(
                rule.forReader ?? rule.reader, .ruleUnreachable, token,
                "an earlier rule (line \(earlier.line)) takes this heading",
                "name each heading in one rule; the first that matches takes it")
        } else {
            taken.append((name, rule.span, rule.reader.number))
        }
    }

    /// The lines of a rule, or of a shared disposal, leave nothing over and take nothing twice.
    mutating func checkLines(_ drafts: [AgreementDraft.TakeDraft], _ takes: [Take], _ remedy: String) {
        guard let last = takes.last, let lastDraft = drafts.last else { return }
        var isTakenBefore = false
        for (index, take) in takes.enumerated().dropLast() where take.amount == .rest && take.isUnlimited {
            isTakenBefore = true
            add(
                drafts[index + 1].reader, .lineAfterRest, drafts[index + 1].amountToken,
                "the line above takes the whole rest, so this one takes nothing",
                "put this line above that one; or limit that one, at most £..., and say last who takes the rest")
        }
        let shares = takes.compactMap { take -> Fraction? in
            if case .share(let share, _) = take.amount, take.isUnlimited { share } else { nil }
        }
        // What the lines leave of the pool, where none is limited; a limited one may leave all.
        var left = Fraction.one, leftBeforeLast = Fraction.one
        var isMoreTaken = false, isMoreTakenBeforeLast = false
        for (index, take) in takes.enumerated() {
            if index == takes.count - 1 { (leftBeforeLast, isMoreTakenBeforeLast) = (left, isMoreTaken) }
            guard take.isUnlimited else { continue }
            switch take.amount {
            case .share(let share, _):
                isMoreTaken = isMoreTaken || share > left
                left = max(.zero, left - share)
            case .shareOfRest(let share, _): left = left * max(.zero, .one - share)
            case .rest, .fixed, .budget, .perUnit: break
            }
        }
        let lastShare = takes.indices.last { index in
            if case .share = takes[index].amount { takes[index].isUnlimited } else { false }
        }.map { drafts[$0] }
        if let least = takes.firstIndex(where: { $0.atLeast != nil }),
            let later = takes.indices.first(where: { $0 > least && takes[$0].isUnlimited && takes[$0].isShareOfAll })
        {
            add(
                drafts[later].reader, .percentagesAboveWhole, drafts[later].amountToken,
                "the least of the line above can leave less than this percentage of the pool",
                "write: take rest, or a percentage of the rest")
        }
        if leftBeforeLast.isZero, !isMoreTakenBeforeLast {
            add(
                lastDraft.reader, .lineAfterRest, lastDraft.amountToken,
                "the lines above take the whole pool, so this one takes nothing",
                "remove this line, or lower their percentages")
        } else if isMoreTaken {
            add(
                (lastShare ?? lastDraft).reader, .percentagesAboveWhole, lastShare?.amountToken,
                "the rule's lines take more than the whole of the pool",
                "their percentages are of the pool's total: together less than 100%, or 100% and no line after them")
        } else if !isTakenBefore, !(last.amount == .rest && last.isUnlimited), !left.isZero || !last.isUnlimited {
            let missing = left
            let isPercentages =
                !shares.isEmpty && takes.allSatisfy { if case .share = $0.amount { true } else { false } }
            add(
                lastDraft.reader, .ruleUnfinished, lastDraft.amountToken,
                isPercentages && !missing.isZero
                    ? "the percentages leave \(missing.percentDescription) of the pool without a payer"
                    : "the rule's last line must take the rest, from a payer without limit",
                // What a cap leaves can't go to the same body again: the line proposed would undo it.
                takes.contains(where: \.capsMembers)
                    ? "say last who takes what the caps leave over: a payer that has none"
                    : isPercentages && !missing.isZero ? "\(remedy); or let the percentages add to 100%" : remedy)
        }
    }

    /// - Parameter takenBefore: headings that earlier rules leave nothing of.
    mutating func resolve(
        _ take: AgreementDraft.TakeDraft, in rule: AgreementDraft.RuleDraft?, _ subject: Rule.Subject,
        takenBefore: Set<Name<Heading>> = []
    ) -> Take? {
        let reader = take.reader
        guard let payer = resolvePayer(take, in: rule, subject) else { return nil }
        guard let (least, most) = resolveEach(take, payer) else { return nil }
        let resolved = Take(
            amount: take.amount, payer: payer, atLeast: take.atLeast, limit: take.limit, eachAtLeast: least,
            eachAtMost: most, excess: take.excess ?? .passedOn, freedom: freedom(payer, most, isOfRule: rule != nil),
            line: reader.line)
        if rule == nil { checkLinesOfNet(take, resolved) }
        checkExcess(take, resolved)
        checkLeast(take, resolved)
        let isPuttingIn =
            rule == nil && draft.sharedDisposals.contains { $0.isSurplus && $0.reader.number == reader.number }
        if resolved.hasBalance, take.limit == nil, !isPuttingIn {
            add(
                reader, .wordUnexpected, nil, "a reserve or a fund can give at most its balance",
                "end the line with: , at most balance")
        }
        if !resolved.hasBalance || isPuttingIn,
            take.limit == .balance || { if case .balanceAbove? = take.limit { true } else { false } }()
        {
            add(
                reader, .wordUnexpected, take.tailToken,
                isPuttingIn
                    ? "what is put to a reserve or a fund has no balance to stop at"
                    : "only a reserve or a fund has a balance", "write a sum: at most £12,000")
        }
        if take.amount.isMoreThanAll {
            add(
                reader, .amountWrong, take.amountToken, "a share of more than the whole",
                "write a percentage up to 100%, or a fraction up to 1")
        }
        let group = payer.key
        if take.eachAtLeast != nil || take.eachAtMost != nil || take.excess == .sharedAgain, group == nil {
            add(reader, .wordUnexpected, take.tailToken, "\"each\" needs several payers", "write: at most £12,000")
        }
        if take.eachAtLeast != nil, group?.timing == .asCostsFall {
            add(
                reader, .changeNotReckoned, take.tailToken,
                "the least that each bears is of the whole year, and can't be reckoned month by month", "write: by days"
            )
        }
        if case .same(let least)? = least, most?.isBelow(least) ?? false {
            add(
                reader, .amountWrong, take.tailToken, "the least that each bears is more than the most",
                "write the smaller sum after \"each at least\"")
        }
        if case .reserves = payer, take.eachAtLeast != nil {
            add(
                reader, .wordUnexpected, take.tailToken, "a reserve can't be made to give more than its part",
                "take \"each at least\" out")
        }
        if let rule, rule.isSplit { checkSplit(take, payer, resolved) }
        if case .fund(let name) = payer, let fund = funds.first(where: { $0.name == name }), let rule {
            checkRingFence(fund, take, rule, subject, takenBefore)
        }
        return resolved
    }

    private mutating func resolvePayer(
        _ take: AgreementDraft.TakeDraft, in rule: AgreementDraft.RuleDraft?, _ subject: Rule.Subject
    ) -> Take.PayerClause? {
        let reader = take.reader
        switch take.payer {
        case .memberConcerned, .reserveOfMemberConcerned:
            if rule?.isSplit != true {
                add(
                    reader, .splitRuleWrong, take.amountToken,
                    "only a rule split by member concerned has a member concerned",
                    "add to the rule's for line: , split by member concerned")
            }
            if case .memberConcerned = take.payer { return .memberConcerned }
            return .reserveOfMemberConcerned
        case .reserve(let token): return member(token, reader).map { .reserve($0) }
        case .directly(let token): return member(token, reader).map { .directly($0) }
        case .lead, .leadDirectly:
            if case .scheme(let name, _) = subject {
                // Met directly it is the member that meets it, whatever scheme it leads.
                if case .leadDirectly = take.payer { return .directly(schemes.first { $0.name == name }!.lead) }
                return .lead(name)
            }
            add(
                reader, .schemeWrong, take.amountToken, "only a rule for a scheme has a lead",
                "write: for scheme NAME, or name the member that pays")
            return nil
        case .name(let token):
            if members.contains(Name(token.text)) { return .party(.member(Name(token.text))) }
            if contributors.contains(Name(token.text)) { return .party(.contributor(Name(token.text))) }
            if draft.funds.contains(where: { $0.name.text == token.text }) { return .fund(Name(token.text)) }
            add(
                reader, .nameUnknown, token, "no member, contributor or fund has this name",
                Nearest.hint(token.text, in: parties + draft.funds.map(\.name.text)))
            return nil
        case .contributors(let key):
            guard !contributors.isEmpty else {
                add(
                    reader, .nameUnknown, take.amountToken, "the agreement names no contributors",
                    "add the line: contributors police icb")
                return nil
            }
            return resolve(key, reader, of: contributors.map { .contributor($0) }).map { .group(.contributors, $0) }
        case .reserves(let tokens, let key):
            let names = tokens.compactMap { member($0, reader) }
            guard names.count == tokens.count else { return nil }
            guard let key = resolveGroup(tokens, names.map { .member($0) }, key, reader) else { return nil }
            return .reserves(names.isEmpty ? nil : names, key)
        case .group(let tokens, let key):
            let parties = tokens.compactMap { party($0, reader) }
            guard parties.count == tokens.count else { return nil }
            guard let key = resolveGroup(tokens, parties, key, reader) else { return nil }
            return .group(parties.isEmpty ? .members : .named(parties), key)
        }
    }

    /// The key of a group; no names are all members.
    private mutating func resolveGroup(
        _ tokens: [Token], _ parties: [Party], _ key: AgreementDraft.KeyDraft, _ reader: LineReader
    ) -> SplitKey? {
        guard let resolved = resolve(key, reader, of: parties) else { return nil }
        if Set(parties).count < parties.count {
            add(reader, .declaredTwice, tokens[0], "a payer is named twice in one line", "name each payer once")
        }
        for (token, party) in zip(tokens, parties) { checkSuccessor(party, named: parties, token, reader) }
        let sets = key.names.compactMap { name in draft.weights.first { $0.name.text == name.text } }
        if !parties.isEmpty, !sets.isEmpty, !resolved.basis.goesByContribution,
            sets.allSatisfy({ set in
                set.values.allSatisfy { value in
                    value.weight.isZero || !parties.contains { $0.text == value.name.text }
                }
            })
        {
            add(
                reader, .weightsWrong, tokens[0], "the payers named all have the weight 0",
                "at least one must bear a share")
        }
        return resolved
    }

    private mutating func checkSplit(_ take: AgreementDraft.TakeDraft, _ payer: Take.PayerClause, _ resolved: Take) {
        let isFixed: Bool =
            switch take.amount {
            case .fixed, .budget, .perUnit: true
            case .rest, .share, .shareOfRest: false
            }
        let namesOther: Bool =
            switch payer {
            case .memberConcerned, .reserveOfMemberConcerned: false
            case .reserve, .reserves, .fund: true
            case .party, .directly, .group, .lead:
                take.limit != nil || take.atLeast != nil || take.eachAtMost != nil || take.eachAtLeast != nil || isFixed
            }
        if namesOther {
            add(
                take.reader, .splitRuleWrong, take.amountToken,
                "in a split rule, fixed sums, caps and reserves may name only the member concerned",
                "each member has a pool of its own here: write \"member concerned\" or \"reserve of member concerned\"")
        }
    }

    /// A ring-fenced fund pays for nothing outside its fence.
    private mutating func checkRingFence(
        _ fund: FundTerm, _ take: AgreementDraft.TakeDraft, _ rule: AgreementDraft.RuleDraft, _ subject: Rule.Subject,
        _ takenBefore: Set<Name<Heading>>
    ) {
        guard let fence = fund.ringFence else { return }
        let covered: [Name<Heading>] =
            switch subject {
            case .headings(let names), .scheme(_, let names): names
            case .anythingElse: headings.map(\.name).filter { !takenBefore.contains($0) }
            }
        guard let outside = covered.first(where: { isCost($0) && !fence.contains($0) }) else { return }
        add(
            take.reader, .fundWrong, take.amountToken,
            "\"\(fund.name)\" is for \(fence.map(\.text).joined(separator: ", ")), and this rule is for \(outside) too",
            "give those headings a rule of their own, or add \(outside) to the fund's line")
    }

    /// A fund that no rule draws on stays as it is, and of one that two draw on the first leaves the second what is
    /// over.
    mutating func checkFundsAreDrawn() {
        for fund in funds {
            guard let fundDraft = draft.funds.first(where: { $0.name.text == fund.name.text }) else { continue }
            let drawing = rules.filter { $0.takes.contains { $0.payer == .fund(fund.name) } }
            let isShared = draft.sharedDisposals.contains {
                $0.takes.contains {
                    if case .name(let token) = $0.payer { token.text == fund.name.text } else { false }
                }
            }
            if drawing.count > 1 {
                add(
                    fundDraft.reader, .fundDrawnTwice, fundDraft.name,
                    "\(drawing.count) rules draw on \"\(fund.name)\": "
                        + "\(drawing.map { "\"\($0.title)\"" }.joined(separator: ", "))",
                    "the earlier rule is met first, and the later has what it leaves; give each a fund of its own if "
                        + "that isn't meant"
                )
            } else if drawing.isEmpty, !isShared {
                add(
                    fundDraft.reader, .fundNotDrawn, fundDraft.name, "no rule draws on \"\(fund.name)\"",
                    "add to a rule: take rest from \(fund.name), at most balance")
            }
        }
    }

    mutating func resolveShared(isSurplus: Bool) {
        let drafts = draft.sharedDisposals.filter { $0.isSurplus == isSurplus }
        for extra in drafts.dropFirst() {
            add(
                extra.reader, .declaredTwice, extra.takes.first?.amountToken,
                "what becomes of the partnership's \(isSurplus ? "surplus" : "deficit") is said twice",
                "remove one of the two lines")
        }
        guard let shared = drafts.first else { return }
        let takes = shared.takes.compactMap { resolve($0, in: nil, .anythingElse) }
        guard takes.count == shared.takes.count else { return }
        for (take, draft) in zip(takes, shared.takes) { checkShared(take, draft, isSurplus: isSurplus) }
        let way = isSurplus ? "to" : "from"
        if isSurplus, let last = takes.last, last.limit == nil, last.eachAtMost == nil, last.amount == .rest {
            // What is put somewhere needs no balance, so a reserve or a fund may come last.
        } else {
            checkLines(shared.takes, takes, "end the line with: ; rest \(way) members by contribution")
        }
        let disposal = SharedDisposal(takes: takes, line: shared.reader.line)
        if isSurplus { sharedSurplus = disposal } else { sharedDeficit = disposal }
    }

    /// Who may take part in what the partnership as a whole has over, or lacks.
    private mutating func checkShared(_ take: Take, _ draft: AgreementDraft.TakeDraft, isSurplus: Bool) {
        switch take.payer {
        case .party(.contributor), .directly, .group(.contributors, _):
            add(
                draft.reader, .wordUnexpected, draft.amountToken,
                "a surplus or deficit is shared among members, their reserves and funds",
                "name a member, or: members by contribution")
        case .group(.named(let names), _)
        where names.contains(where: { $0.asMember == nil }):
            add(
                draft.reader, .wordUnexpected, draft.amountToken,
                "a surplus or deficit is shared among members, their reserves and funds",
                "name a member, or: members by contribution")
        case .group(_, let key), .reserves(_, let key):
            if key.timing == .asCostsFall {
                add(
                    draft.reader, .changeNotReckoned, draft.amountToken, "a surplus or deficit has no months",
                    "write: by days")
            }
        case .fund(let name):
            guard let fund = funds.first(where: { $0.name == name }) else { break }
            if fund.isGrant {
                add(
                    draft.reader, .fundWrong, draft.amountToken,
                    "\"\(name)\" is a grant, which meets eligible cost and no \(isSurplus ? "surplus" : "deficit")",
                    "let a rule's line take from it, or name a fund")
            } else if !isSurplus, let fence = fund.ringFence {
                add(
                    draft.reader, .fundWrong, draft.amountToken,
                    "\"\(name)\" is for \(fence.map(\.text).joined(separator: ", ")), and a deficit is of "
                        + "every cost",
                    "let a rule's line take from it, or name a fund without \"for\"")
            }
        case .party(.member), .memberConcerned, .reserveOfMemberConcerned, .reserve, .lead: break
        }
    }
}

extension Span {
    /// Whether all of another span lies in it.
    func covers(_ other: Span) -> Bool {
        let begins = from == nil || (other.from.map { $0 >= from! } ?? false)
        let ends = to == nil || (other.to.map { $0 <= to! } ?? false)
        return begins && ends
    }
}

extension Fraction {
    /// `20%`, `33 1/3%`.
    var percentDescription: String {
        let percent = self * Fraction(100)
        let part = percent - Fraction(percent.wholePart)
        return part.isZero ? "\(percent.wholePart)%" : "\(percent.wholePart) \(part)%"
    }
}
