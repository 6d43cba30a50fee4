internal import Findings
internal import Sterling
internal import Ledger

/// Weights, contributions, and what becomes of a surplus or a deficit.
extension AgreementAnalyser {
    mutating func resolveWeights() -> [WeightSet] {
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

    mutating func resolve(_ key: AgreementDraft.KeyDraft, _ reader: LineReader) -> SplitKey? {
        guard case .by(let token) = key else { return .equally }
        if draft.weights.contains(where: { $0.name.text == token.text }) { return .by(Name(token.text)) }
        add(reader, .nameUnknown, token, "no weights have this name", Nearest.hint(token.text, in: draft.weights.map(\.name.text)))
        return nil
    }

    mutating func resolve(_ term: AgreementDraft.ContributionDraft) -> ContributionTerm? {
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

    mutating func resolveDisposals(isSurplus: Bool) -> [Disposal] {
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
}
