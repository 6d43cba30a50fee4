internal import Ledger
internal import Sterling

/// Rules and their lines, as a board would say them.
extension Agreement {
    /// `The cost of Training and Website is met in this order: ...`
    func clause(_ rule: Rule) -> Clause {
        let covered = coveredHeadings(rule)
        let income = covered.filter { $0.kind == .income }.map(\.label)
        let isIncomeAlone = !income.isEmpty && !covered.contains { $0.kind == .cost }
        let words = TakeWords(agreement: self, what: isIncomeAlone ? .income : rule.isNet ? .netCost : .cost)
        let time = rule.span == .always ? "" : " falling \(Self.span(rule.span))"
        let each = rule.isSplitByMemberConcerned ? ", for each member whose case it is," : ""
        let subject = subject(rule, covered, isIncomeAlone: isIncomeAlone) + time + each
        let way = isIncomeAlone ? "is shared" : "is met"
        if rule.takes.count == 1 {
            let also =
                income.isEmpty || isIncomeAlone || rule.isNet
                ? "" : " Income (\(Self.list(income))) is received in the same shares."
            return Clause("\(subject) \(way) so: \(words.sentence(rule.takes[0], isFirst: true)).\(also)")
        }
        let isFunded = rule.takes.contains { !$0.isUnlimited }
        let unlimited = rule.takes.indices.filter { rule.takes[$0].isUnlimited }.map { "(\(Clause.letter($0)))" }
        let ofIncome =
            income.isEmpty || isIncomeAlone || rule.isNet
            ? ""
            : " Income (\(Self.list(income))) is received by those of \(Self.list(unlimited)), in the same "
                + "order and shares."
        return Clause(
            "\(subject) \(way) in this order\(isIncomeAlone ? "" : ", a year's costs taken together")"
                + "\(isFunded ? "; what one can't meet passes to the next" : "").\(ofIncome)",
            rule.takes.enumerated().map { words.sentence($0.element, isFirst: $0.offset == 0) })
    }

    /// The headings that a rule covers and no earlier one takes for all time.
    private func coveredHeadings(_ rule: Rule) -> [Heading] {
        chart.headings.filter { heading in
            guard rule.covers(heading.name) else { return false }
            return rule.subject != .anythingElse
                || !rules.contains { $0.subject != .anythingElse && $0.covers(heading.name) && $0.span == .always }
        }
    }

    private func subject(_ rule: Rule, _ covered: [Heading], isIncomeAlone: Bool) -> String {
        func labels(_ kind: Heading.Kind) -> String { Self.list(covered.filter { $0.kind == kind }.map(\.label)) }
        if isIncomeAlone {
            return rule.subject == .anythingElse ? "All other income" : "Income from \(labels(.income))"
        }
        let less = rule.isNet ? ", less the income from \(labels(.income))," : ""
        return switch rule.subject {
        case .headings: "The cost of \(labels(.cost))\(less)"
        case .scheme(let name, _): "The cost of the scheme \"\(scheme(name)!.title)\"\(less)"
        case .anythingElse: (rules.count == 1 ? "Every cost" : "Every other cost") + less
        }
    }
}

/// Says what one line takes and who pays it: `RBKC pays what is left`.
struct TakeWords {
    let agreement: Agreement
    let what: What

    /// What is shared.
    enum What { case cost, netCost, income, surplus, deficit }

    private var verb: String {
        switch what {
        case .cost, .netCost, .deficit: "pay"
        case .income, .surplus: "receive"
        }
    }

    /// `the year's cost`, of which a sum is the most.
    private var whole: String {
        switch what {
        case .cost: "the year's cost"
        case .netCost: "the year's net cost"
        case .income: "the year's income"
        case .surplus: "the surplus"
        case .deficit: "the deficit"
        }
    }

    /// - Parameter isFirst: nothing is taken before it.
    func sentence(_ take: Take, isFirst: Bool) -> String {
        // A cap alone on the first line reads best as what it takes first.
        if case .money(let most)? = take.limit, take.amount == .rest, isFirst, grant(take.payer) == nil {
            return "\(who(take, "the first \(pounds(most)) of \(whole)"))\(limitsOfEach(take))"
        }
        return who(take, amount(take, isFirst: isFirst)) + least(take) + limitsOfEach(take) + limit(take)
    }

    private func grant(_ payer: Take.PayerClause) -> FundTerm? {
        guard case .fund(let name) = payer, let fund = agreement.fund(name), fund.isGrant else { return nil }
        return fund
    }

    private func amount(_ take: Take, isFirst: Bool) -> String {
        let eligible = grant(take.payer).map {
            "the cost in its time" + ($0.inKindMost != nil ? ", gifts in kind included" : "")
        }
        return switch take.amount {
        case .rest: isFirst ? "all of it" : "what is left"
        case .share(_, let written):
            "\(written.contains("days") ? "the part for \(written)" : written) of \(eligible ?? "the whole")"
        case .shareOfRest(_, let written): "\(written) of \(isFirst ? "the whole" : "what is left")"
        case .fixed(let amount): "up to \(pounds(amount)) of \(whole)"
        case .budget(_, let written):
            "up to \(written.map { "\($0) of " } ?? "")the year's budget for it, virements included"
        case .perUnit(let price, let unit): "\(pounds(price)) for each of its own (\(unit)) in the year to date"
        }
    }

    private func members(_ names: [Name<Member>]?) -> String {
        names.map { Agreement.list($0.map { agreement.chart.label($0) }) } ?? "the members"
    }

    private func who(_ take: Take, _ amount: String) -> String {
        let chart = agreement.chart
        func one(_ name: String) -> String { "\(name) \(verb)s \(amount)" }
        switch take.payer {
        case .party(let party): return one(agreement.label(party))
        case .directly(let name):
            return
                "\(chart.label(name)) itself \(verb)s \(amount), outside its contributions, so that a saving is its own"
        case .memberConcerned: return one("the member concerned")
        case .reserveOfMemberConcerned: return one("the reserve of the member concerned")
        case .reserve(let name): return one("the reserve of \(chart.label(name))")
        case .fund(let name): return one(chart.label(name))
        case .lead(let name): return one("\(chart.label(agreement.scheme(name)!.lead)), the lead,")
        case .reserves(let names, let key):
            return "the reserves of \(members(names)) \(verb) \(amount), \(agreement.key(key))"
        case .group(let group, let key):
            let isOne: Bool = if case .named(let names) = group { names.count == 1 } else { false }
            let who =
                switch group {
                case .members: "the members"
                case .contributors: Agreement.list(chart.contributors.map(\.label))
                case .named(let names): Agreement.list(names.map { agreement.label($0) })
                }
            if case .perUnit = take.amount { return "\(who) each \(verb)\(isOne ? "s" : "") \(amount)" }
            return "\(who) \(verb)\(isOne ? "s" : "") \(amount), \(agreement.key(key))"
        }
    }

    private func least(_ take: Take) -> String {
        take.atLeast.map { ", and at least \(pounds($0)) as long as so much is left" } ?? ""
    }

    private func limitsOfEach(_ take: Take) -> String {
        var text = ""
        switch take.eachAtLeast {
        case .same(let least)?: text += ", each at least \(pounds(least)) where there is enough for all"
        case .named(let named)?: text += ", \(list(named, "at least")) where there is enough for all"
        case .ofLastYear(_, let written)?:
            text +=
                ", each at least \(written.replacing("last year", with: "what it bore of this the year before"))"
                + " where there is enough for all"
        case nil: break
        }
        switch take.eachAtMost {
        case .same(let most)?: text += ", each at most \(pounds(most)) of \(whole)"
        case .named(let named)?: text += ", \(list(named, "at most")) of \(whole)"
        case .ofLastYear(_, let written)?:
            text +=
                ", each at most \(written.replacing("last year", with: "what it bore of this the year before"))"
                + " (one that bore nothing then has no such limit)"
        case nil: break
        }
        if take.excess == .sharedAgain {
            text += "; what one doesn't bear because of its limit, the others bear in the same proportions"
        }
        return text
    }

    /// `LBHF at most £9,000 and RBKC at most £12,000`
    private func list(_ named: [Take.Each.Named], _ word: String) -> String {
        Agreement.list(named.map { "\(agreement.label($0.party)) \(word) \(pounds($0.amount))" })
    }

    private func limit(_ take: Take) -> String {
        switch take.limit {
        case .money(let most)?:
            grant(take.payer) != nil
                ? ", at most \(pounds(most)) over its life" : ", at most \(pounds(most)) of \(whole)"
        case .balance?: ", as far as the balance goes"
        case .balanceAbove(let floor)?: ", as far as the balance goes above \(pounds(floor))"
        case .budget(_, let written)?: ", at most \(written) of the year's budget for it"
        case nil: ""
        }
    }
}
