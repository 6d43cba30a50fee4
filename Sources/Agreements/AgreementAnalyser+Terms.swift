internal import Findings
internal import Sterling
internal import Ledger

/// Weights, contributions, and what becomes of a surplus or a deficit.
extension AgreementAnalyser {
    mutating func resolveWeights() {
        for weights in draft.weights {
            let name = Name<WeightSet>(weights.name.text)
            if Self.reserved.contains(name.text) {
                add(
                    weights.reader, .declaredTwice, weights.name, "\"\(name)\" already means something else",
                    "give the weights a name of their own")
            }
            if let from = weights.from { checkMonthEdges(Span(from: from), weights.reader) }
            if let earlier = self.weights.last(where: { $0.name == name }) {
                // Later versions say from when they hold, and stand in that order.
                guard let from = weights.from, earlier.from.map({ $0 < from }) ?? true else {
                    add(
                        weights.reader, .declaredTwice, weights.name, "the weights \"\(name)\" are declared twice",
                        "remove one of the two lines, or say from when the later holds: , from 2018-10-01; earlier "
                            + "versions stand first"
                    )
                    continue
                }
            } else if weights.from != nil {
                add(
                    weights.reader, .weightsWrong, weights.name, "nothing says what the weights are before",
                    "leave the date of the first version out; later ones say from when they hold")
            }
            var entries: [WeightSet.Entry] = []
            for (token, weight, written) in weights.values {
                guard let party = party(token, weights.reader) else { continue }
                if entries.contains(where: { $0.party == party }) {
                    add(
                        weights.reader, .weightsWrong, token, "\"\(token.text)\" has two weights",
                        "give each body one weight")
                }
                entries.append(WeightSet.Entry(party: party, weight: weight, written: written))
            }
            if entries.allSatisfy(\.weight.isZero) {
                add(
                    weights.reader, .weightsWrong, weights.name, "all the weights are zero",
                    "at least one member must bear a share")
            }
            checkPercentages(weights, entries)
            self.weights.append(
                WeightSet(
                    name: name, values: entries, source: weights.source, date: weights.date, from: weights.from,
                    line: weights.reader.line))
        }
    }

    /// Percentages as weights are those of a whole: one that is mistyped would pass unseen.
    private mutating func checkPercentages(_ weights: AgreementDraft.WeightsDraft, _ entries: [WeightSet.Entry]) {
        let percentages = entries.filter { $0.written.hasSuffix("%") }
        guard !percentages.isEmpty else { return }
        if percentages.count < entries.count {
            add(
                weights.reader, .weightsWrong, weights.name, "some weights are percentages and some are not",
                "write all of them with %, or none")
            return
        }
        // Each may be rounded by half of its last decimal: three times 33.33% are a whole, and three times 33%.
        let areEqual = Set(percentages.map(\.weight)).count == 1
        let rounding = percentages.map { entry -> Fraction in
            let decimals = entry.written.dropLast().split(separator: ".").dropFirst().first?.count ?? 0
            guard decimals > 0 || areEqual else { return .zero }
            return (0..<decimals).reduce(.one / Fraction(200)) { half, _ in half / Fraction(10) }
        }.sum()
        let sum = entries.map(\.weight).sum()
        if (sum - .one).magnitude > rounding {
            add(
                weights.reader, .weightsWrong, weights.name, "the percentages add to \(sum.percentDescription)",
                "mend the one that is wrong; weights that are no parts of a whole are written without %")
        }
    }

    mutating func resolveSchemes() {
        var taken: Set<Name<Heading>> = []
        for scheme in draft.schemes {
            if schemes.contains(where: { $0.name.text == scheme.name.text }) {
                add(
                    scheme.reader, .declaredTwice, scheme.name, "the scheme is declared twice",
                    "remove one of the two lines")
                continue
            }
            guard let lead = member(scheme.lead, scheme.reader) else {
                brokenNames.insert(scheme.name.text)
                continue
            }
            let names = scheme.headings.compactMap { heading($0, scheme.reader) }
            for (token, name) in zip(scheme.headings, names) where !taken.insert(name).inserted {
                add(
                    scheme.reader, .schemeWrong, token, "the heading belongs to another scheme",
                    "a heading belongs to one scheme at most")
            }
            schemes.append(
                Scheme(
                    name: Name(scheme.name.text), title: scheme.title, lead: lead, headings: names,
                    line: scheme.reader.line))
        }
    }

    mutating func resolveFunds() {
        for fund in draft.funds {
            let name = fund.name.text
            if Self.reserved.contains(name) || parties.contains(name)
                || headings.contains(where: { $0.name.text == name })
            {
                add(
                    fund.reader, .declaredTwice, fund.name, "\"\(name)\" already means something else",
                    "give the fund a name of its own")
            }
            if funds.contains(where: { $0.name.text == name }) {
                add(fund.reader, .declaredTwice, fund.name, "the fund is declared twice", "remove one of the two lines")
                continue
            }
            checkMonthEdges(fund.life, fund.reader)
            if let holder = fund.holder { _ = member(holder, fund.reader) }
            let owner = fund.owner.flatMap { party($0, fund.reader) }
            let fence = fund.ringFence?.compactMap { token -> Name<Heading>? in
                guard let name = heading(token, fund.reader) else { return nil }
                if !isCost(name) {
                    add(
                        fund.reader, .fundWrong, token, "a fund meets costs, and this is a heading of income",
                        "name the costs that it is for")
                }
                return name
            }
            if fund.inKindMost != nil, fund.match == nil {
                add(
                    fund.reader, .fundWrong, nil,
                    "what may be given in kind is part of a match, and the line asks for none",
                    "add before it: match 20%")
            }
            let unspent: FundTerm.Unspent
            switch fund.unspent! {
            case .returned: unspent = .returned
            case .carriedForward: unspent = .carriedForward
            case .shared(let key):
                if fund.isConditional, fund.award != nil {
                    add(
                        fund.reader, .fundWrong, key.token,
                        "a conditional grant's rest is the funder's, and can't be shared",
                        "write: unspent returned; or say that the grant is unconditional")
                }
                if key.timing == .asCostsFall {
                    add(
                        fund.reader, .changeNotReckoned, key.token, "what a fund leaves has no months", "write: by days"
                    )
                }
                guard let resolved = resolve(key, fund.reader) else { continue }
                if resolved.basis.isByActivity { refuseActivity(key.token, fund.reader) }
                unspent = .shared(resolved)
            }
            funds.append(
                FundTerm(
                    name: Name(name), award: fund.award, life: fund.life, ringFence: fence,
                    isConditional: fund.isConditional, holdsAs: fund.holdsAs, owner: owner,
                    match: fund.match, matchWritten: fund.matchWritten, inKindMost: fund.inKindMost, unspent: unspent,
                    line: fund.reader.line))
        }
    }

    mutating func resolveContributions() {
        for term in draft.contributions {
            if let resolved = resolve(term) { contributions.append(resolved) }
        }
    }

    func isCost(_ name: Name<Heading>) -> Bool { headings.contains { $0.name == name && $0.kind == .cost } }

    private mutating func resolve(_ term: AgreementDraft.ContributionDraft) -> ContributionTerm? {
        var use = ContributionTerm.Use.stays
        if let key = term.key {
            guard let resolved = resolve(key, term.reader) else { return nil }
            if resolved.basis.isByActivity { refuseActivity(key.token, term.reader) }
            use = .pooled(resolved)
        }
        guard let amount = term.amount, let from = term.from, let receiverDraft = term.receiver else {
            if let earlier = draft.contributions.first(where: { $0.amount == nil }),
                earlier.reader.number != term.reader.number
            {
                add(
                    term.reader, .declaredTwice, nil,
                    "the approved budget is declared twice (line \(earlier.reader.number))",
                    "remove one of the two lines")
            }
            return ContributionTerm(source: .approvedBudget, use: use, line: term.reader.line)
        }
        let payer = contributor(from, term.reader)
        let firstRise: FinancialYear? =
            switch term.uplift {
            case .yearly(_, let first)?: first
            case .inYears(let steps)?: steps.first?.year
            case nil: nil
            }
        if let only = term.year, let firstRise, only < firstRise {
            add(
                term.reader, .dateWrong, term.amountToken, "the sum is one of \(only) alone, and rises in \(firstRise)",
                "leave \"in \(only)\" out, or the rise")
        }
        let receiver: ContributionTerm.Receiver
        switch receiverDraft {
        case .member(let token):
            guard let member = member(token, term.reader) else { return nil }
            receiver = .member(member)
        case .group(let tokens, let key):
            let names = tokens.compactMap { member($0, term.reader) }
            // One sum is split once, by the weights at the year's start.
            var key = key
            key.timing = .byDays
            guard names.count == tokens.count,
                let resolved = resolve(key, term.reader, of: names.map { .member($0) })
            else { return nil }
            if resolved.basis.isByActivity { refuseActivity(key.token, term.reader) }
            if resolved.basis.goesByContribution {
                add(
                    term.reader, .wordUnexpected, key.token, "a contribution can't be split by contributions",
                    "write: equally, or by weights")
            }
            receiver = .group(names.isEmpty ? nil : names, SplitKey(resolved.basis))
        }
        guard let payer else { return nil }
        let receivers = term.receivers.map(\.text)
        let earlier = draft.contributions.first { other in
            other.from?.text == from.text && (other.year == nil || term.year == nil || other.year == term.year)
                && (other.receivers.isEmpty || receivers.isEmpty
                    || other.receivers.contains { receivers.contains($0.text) })
        }
        if let earlier, earlier.reader.number != term.reader.number {
            add(
                term.reader, .declaredTwice, from,
                "this contribution is declared twice (line \(earlier.reader.number))",
                "remove one of the two lines, or give each its year: in 2018-19")
        }
        return ContributionTerm(
            source: .fixed(amount, from: payer, to: receiver, in: term.year), use: use, uplift: term.uplift,
            instalments: term.instalments,
            isByDays: term.isByDays, line: term.reader.line)
    }

    mutating func resolveDisposals(isSurplus: Bool) {
        let word = isSurplus ? "surplus" : "deficit"
        let drafts = draft.disposals.filter { $0.isSurplus == isSurplus }
        if drafts.isEmpty, !draft.attempted.contains(word) {
            missing(
                "what becomes of a \(word)",
                isSurplus
                    ? "surplus of each member to its reserve"
                    : "deficit of each member from its reserve, at most balance; rest from its general fund")
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
                add(
                    disposal.reader, .declaredTwice, disposal.member, "a member's \(word) is disposed of twice",
                    "write one line for each member, or one for all")
            }
            covered.append(name)
            for (index, step) in disposal.steps.enumerated() {
                let isLast = index == disposal.steps.count - 1
                let isLimited = step.limit != nil || (!isSurplus && step.target == .reserve)
                if isLast, isLimited {
                    add(
                        disposal.reader, .ruleUnfinished, nil, "the line leaves a rest that goes nowhere",
                        "end it with: ; rest \(isSurplus ? "to" : "from") its general fund")
                } else if !isLast, !isLimited {
                    add(
                        disposal.reader, .lineAfterRest, nil, "the first part takes all, so the rest is always nothing",
                        "limit the first part, or remove what follows it")
                }
                if case .budget? = step.limit {
                    add(
                        disposal.reader, .wordUnexpected, nil, "a member's \(word) has no budget of its own",
                        "write a sum: at most £50,000")
                }
                if isSurplus, step.limit == .balance {
                    add(
                        disposal.reader, .wordUnexpected, nil,
                        "a balance limits what is taken from a reserve, not what goes to it",
                        "write a sum: at most £50,000")
                }
                if case .balanceAbove? = step.limit, isSurplus {
                    add(
                        disposal.reader, .wordUnexpected, nil,
                        "a balance limits what is taken from a reserve, not what goes to it",
                        "write a sum: at most £50,000")
                }
                if !isSurplus, step.target == .reserve, step.limit == nil, !isLast {
                    add(
                        disposal.reader, .wordUnexpected, nil, "a reserve can give at most its balance",
                        "write: from its reserve, at most balance; rest from its general fund")
                }
            }
            disposals.append(Disposal(member: name, steps: disposal.steps, line: disposal.reader.line))
        }
        if !covered.isEmpty, !covered.contains(nil) {
            let absent = members.filter { !covered.contains($0) }
            if !absent.isEmpty {
                missing(
                    "what becomes of the \(word) of \(absent.map(\.text).joined(separator: ", "))",
                    "\(word) of each member ...")
            }
        }
        if isSurplus { surplus = disposals } else { deficit = disposals }
    }
}
