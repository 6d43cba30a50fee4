internal import Findings
internal import Sterling
internal import Ledger

/// What limits the payers of a line, each and in all.
extension AgreementAnalyser {
    /// The limits of each payer; `nil` where a name is unknown.
    mutating func resolveEach(_ take: AgreementDraft.TakeDraft, _ payer: Take.PayerClause) -> (
        least: Take.Each?, most: Take.Each?
    )? {
        var least: Take.Each?, most: Take.Each?
        if let draft = take.eachAtLeast {
            guard let resolved = resolve(draft, take, payer) else { return nil }
            least = resolved
        }
        if let draft = take.eachAtMost {
            guard let resolved = resolve(draft, take, payer) else { return nil }
            most = resolved
        }
        return (least, most)
    }

    private mutating func resolve(
        _ each: AgreementDraft.EachDraft, _ take: AgreementDraft.TakeDraft, _ payer: Take.PayerClause
    ) -> Take.Each? {
        let reader = take.reader
        switch each {
        case .same(let amount): return .same(amount)
        case .ofLastYear(let factor, let written):
            if case .reserves = payer {
                add(
                    reader, .wordUnexpected, take.tailToken, "what reserves gave last year says nothing of what is due",
                    "write a sum: each at most £9,000")
            }
            return .ofLastYear(factor, written: written)
        case .named(let entries):
            var named: [Take.Each.Named] = []
            for (token, amount) in entries {
                guard let party = party(token, reader) else { return nil }
                if named.contains(where: { $0.party == party }) {
                    add(reader, .declaredTwice, token, "\"\(token.text)\" has two limits", "keep the one agreed")
                }
                if let paying = parties(of: payer), !paying.contains(party) {
                    add(
                        reader, .nameUnknown, token, "\"\(token.text)\" is none of the line's payers",
                        "name it before the key, or take its limit out")
                }
                named.append(Take.Each.Named(party: party, amount: amount))
            }
            for (entry, limit) in zip(entries, named) {
                checkSuccessor(limit.party, named: named.map(\.party), entry.name, reader)
            }
            return .named(named)
        }
    }

    /// The bodies of a group; `nil` where the line names no group.
    private func parties(of payer: Take.PayerClause) -> [Party]? {
        switch payer {
        case .group(.members, _): members.map { .member($0) }
        case .group(.contributors, _): contributors.map { .contributor($0) }
        case .group(.named(let names), _): names
        case .reserves(let names, _): (names ?? members).map { .member($0) }
        case .party, .directly, .memberConcerned, .reserveOfMemberConcerned, .reserve, .fund, .lead: nil
        }
    }

    /// Whether the caps leave anybody free: one without a cap of its own, that takes part and bears a share always.
    ///
    /// - Parameter isOfRule: limits in all bind what a body bears of rules, and nothing of a surplus or a deficit.
    func freedom(_ payer: Take.PayerClause, _ most: Take.Each?, isOfRule: Bool) -> Take.Freedom {
        let capsInAll = isOfRule ? capsInAll : []
        func isCapped(_ party: Party) -> Bool {
            switch most {
            case .same?, .ofLastYear?: return true
            case .named(let named)? where named.contains { $0.party == party }: return true
            case .named?, nil: return capsInAll.contains { $0.party == party }
            }
        }
        switch payer {
        case .party(let party): return isCapped(party) ? .none : .all
        case .directly(let name): return isCapped(.member(name)) ? .none : .all
        case .lead(let name): return isCapped(.member(schemes.first { $0.name == name }!.lead)) ? .none : .all
        case .memberConcerned: return capsInAll.contains { $0.party.asMember != nil } ? .none : .all
        case .reserve, .reserveOfMemberConcerned, .reserves, .fund: return .none
        case .group(_, let key):
            let parties = parties(of: payer) ?? []
            guard parties.contains(where: isCapped) else { return .all }
            return parties.contains { !isCapped($0) && bearsAlways($0, key.basis) } ? .some : .none
        }
    }

    private func bearsAlways(_ party: Party, _ basis: SplitKey.Basis) -> Bool {
        guard !memberships.contains(where: { $0.party == party }),
            !successions.contains(where: { $0.successor == party || $0.predecessor == party })
        else { return false }
        switch basis {
        case .equally: return true
        case .by(let name):
            let sets = weights.filter { $0.name == name }
            return !sets.isEmpty && sets.allSatisfy { !($0.weight(of: party) ?? .zero).isZero }
        case .unless(let actual, _, _, let agreed):
            return bearsAlways(party, .by(actual)) && bearsAlways(party, .by(agreed))
        case .average(let names): return names.contains { bearsAlways(party, .by($0)) }
        case .mix(let parts): return parts.contains { !$0.share.isZero && bearsAlways(party, $0.basis) }
        case .byContribution, .byActivity: return false
        }
    }

    /// A least sum that the line's own most, or its price, contradicts.
    mutating func checkLeast(_ take: AgreementDraft.TakeDraft, _ resolved: Take) {
        if case .perUnit = resolved.amount, take.atLeast != nil || take.eachAtLeast != nil {
            add(
                take.reader, .amountWrong, take.tailToken, "a price says what each pays, so nobody has a least to pay",
                "take the least out; or take the sum that is due whatever is counted in a line of its own")
        }
        guard let least = take.atLeast else { return }
        let isAboveLimit: Bool = if case .money(let most)? = take.limit { most < least } else { false }
        let isAboveAmount: Bool = if case .fixed(let most) = take.amount { most < least } else { false }
        if isAboveLimit || isAboveAmount {
            add(
                take.reader, .amountWrong, take.tailToken, "the least that the line takes is more than its most",
                "write the smaller sum after \"at least\"")
        }
    }

    /// A limit of a body alone binds no successor.
    mutating func checkSuccessor(_ party: Party, named: [Party], _ token: Token, _ reader: LineReader) {
        guard let next = successions.first(where: { $0.predecessor == party }), !named.contains(next.successor),
            ruleSpan.to.map({ $0 >= next.from }) ?? true
        else { return }
        add(
            reader, .successorNotNamed, token,
            "\(next.successor.text) succeeds \"\(token.text)\" on \(next.from), and the line doesn't name it",
            "name it too, or say of whom the line is meant from then on")
    }

    /// The excess needs caps that leave one, and a key that is one for the whole year.
    mutating func checkExcess(_ take: AgreementDraft.TakeDraft, _ resolved: Take) {
        guard take.excess != nil else { return }
        let isCapped = resolved.eachAtMost != nil || resolved.freedom != .all
        if !isCapped {
            add(
                take.reader, .wordUnexpected, take.tailToken, "without a cap there is no excess",
                "write before it: each at most £9,000")
        }
        if resolved.payer.key?.timing == .asCostsFall, take.excess == .sharedAgain {
            add(
                take.reader, .changeNotReckoned, take.tailToken,
                "caps are of the whole year, and their excess can't be shared again month by month", "write: by days")
        }
    }

    /// What goes by a rule's costs says nothing of the partnership's surplus or deficit.
    mutating func checkLinesOfNet(_ take: AgreementDraft.TakeDraft, _ resolved: Take) {
        if resolved.activity != nil { refuseActivity(take.amountToken, take.reader) }
        guard resolved.usesBudget || resolved.usesLastYear else { return }
        add(
            take.reader, .wordUnexpected, take.tailToken ?? take.amountToken,
            "a surplus or deficit has no budget and no last year of its own", "write a sum: at most £12,000")
    }
}

extension Take.Each {
    /// Whether anybody's most is below a sum.
    func isBelow(_ least: Money) -> Bool {
        switch self {
        case .same(let most): most < least
        case .named(let named): named.contains { $0.amount < least }
        case .ofLastYear: false
        }
    }
}

extension Take.Amount {
    /// A share of more than there is.
    var isMoreThanAll: Bool {
        switch self {
        case .share(let share, _), .shareOfRest(let share, _): share > .one
        case .rest, .fixed, .budget, .perUnit: false
        }
    }
}

extension Take {
    /// Whether it takes a percentage of the whole pool.
    var isShareOfAll: Bool { if case .share = amount { true } else { false } }
}
