internal import Findings
internal import Sterling
internal import Ledger

/// Rules: which is reached, who pays, and whether anything is left over.
extension AgreementAnalyser {
    mutating func resolveRules() -> [Rule] {
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

    mutating func checkLines(_ rule: AgreementDraft.RuleDraft, _ takes: [Take]) {
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

    mutating func resolve(_ take: AgreementDraft.TakeDraft, in rule: AgreementDraft.RuleDraft) -> Take? {
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
    mutating func checkPayersPayOnce() {
        for rule in draft.rules {
            for take in rule.takes {
                guard case .name(let token) = take.payer, draft.contributions.contains(where: { $0.from?.text == token.text }) else { continue }
                add(take.reader, .notYetSupported, token, "a contributor with a declared contribution can't also take part of a cost yet",
                    "declare the contribution, or let the rule take it, not both")
            }
        }
    }
}
