internal import Ledger
internal import Sterling

/// Rules and their lines, as a board would say them.
extension Agreement {
    /// What holds for all rules, so that none of them need say it again.
    var sharingClauses: [Clause] {
        let takes = rules.flatMap(\.takes)
        var parts: [String] = []
        if rules.count > 1 {
            parts.append(
                "a cost, or an income, falls under the first of these clauses that covers it in the month to whose "
                    + "accounts it is charged")
        }
        if rules.contains(where: { $0.takes.count > 1 }) {
            parts.append(
                "the paragraphs of a clause are applied in order to all that falls under it in the year, taken "
                    + "together; none takes more than those before it have left, and what it does not take passes to "
                    + "the next")
        }
        if takes.contains(where: \.hasBalance) || drawsOnBalanceForDeficit {
            parts.append(
                "a reserve or fund never gives more than its balance: what it held at the end of last year, as "
                    + "adjusted, with what has since been transferred to or from it, less what earlier clauses and "
                    + "paragraphs have taken; this year's surplus is no part of it, and the balance of a grant is the "
                    + "part of its sum that has not yet been drawn")
        }
        if takes.contains(where: { !$0.isUnlimited }) {
            parts.append(
                "income, and a cost or net cost that is less than nil over the year, are shared under those paragraphs "
                    + "alone that would meet their part of a cost, or what is left of it, however large it was; all "
                    + "who pay under such a paragraph share in it, also one with a limit; sums, limits, least sums, "
                    + "reserves, funds and grants take no part in it")
        }
        if takes.contains(where: { $0.eachAtLeast != nil && $0.eachAtMost != nil }) {
            parts.append("a limit prevails over a least sum")
        }
        return parts.isEmpty
            ? []
            : [Clause("Costs and income are shared by the clauses that follow, for all of which this holds:", parts)]
    }

    /// A deficit may be met from a balance where no rule draws on one.
    private var drawsOnBalanceForDeficit: Bool {
        let steps = deficit.flatMap(\.steps)
        return (sharedDeficit?.takes ?? []).contains(where: \.hasBalance)
            || steps.contains { step in
                switch step.limit {
                case .balance?, .balanceAbove?: true
                case .money?, .budget?, nil: false
                }
            }
    }

    /// `The cost of Training and Website is met in this order: ...`
    func clause(_ rule: Rule) -> Clause {
        let covered = coveredHeadings(rule)
        let income = covered.filter { $0.kind == .income }.map(\.label)
        let isIncomeAlone = !income.isEmpty && !covered.contains { $0.kind == .cost }
        let words = TakeWords(
            agreement: self, what: isIncomeAlone ? .income : rule.isNet ? .netCost : .cost,
            isSplit: rule.isSplitByMemberConcerned)
        let time = rule.span == .always ? "" : "\(rule.isNet ? ", both" : "") falling \(Self.span(rule.span))"
        let subject = subject(rule, covered, isIncomeAlone: isIncomeAlone) + time
        let way =
            (rule.isNet ? "," : "")
            + (rule.isSplitByMemberConcerned ? " is reckoned for each member's cases apart, and" : " is")
            + (isIncomeAlone ? " shared" : " met")
        let ofIncome = isIncomeAlone || rule.isNet ? "" : self.income(income, time, rule.takes.filter(\.isUnlimited))
        let unknown =
            rule.isSplitByMemberConcerned
            ? " \(isIncomeAlone ? "Income" : "A cost") whose member is not known is shared once it is known." : ""
        if rule.takes.count == 1 {
            return Clause(
                "\(subject)\(way) as follows: \(words.sentence(rule.takes[0], isFirst: true)).\(ofIncome)\(unknown)")
        }
        return Clause(
            "\(subject)\(way) in the order that follows.\(ofIncome)\(unknown)",
            rule.takes.enumerated().map { words.sentence($0.element, isFirst: $0.offset == 0) })
    }

    /// Income is received by those who take part in costs without a limit, in the same parts.
    private func income(_ labels: [String], _ time: String, _ takes: [Take]) -> String {
        guard !labels.isEmpty else { return "" }
        let words = TakeWords(agreement: self, what: .income)
        let sentences = takes.enumerated().map { words.sentence($0.element, isFirst: $0.offset == 0) }
        return " Income from \(Self.list(labels))\(time) is received as follows: \(sentences.joined(separator: "; "))."
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
        let less = rule.isNet ? ", less the income from \(labels(.income))" : ""
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
    /// Each member's cases are shared apart.
    var isSplit = false

    /// What is shared.
    enum What { case cost, netCost, income, surplus, deficit }

    private var verb: String {
        switch what {
        case .cost, .netCost, .deficit: "pay"
        case .income, .surplus: "receive"
        }
    }

    /// `it`, of which a sum is the most.
    private var whole: String {
        switch what {
        case .cost: isSplit ? "the cost of those cases" : "it"
        case .income: isSplit ? "the income from those cases" : "it"
        case .netCost: isSplit ? "the net cost of those cases" : "the net cost"
        case .surplus: "the surplus"
        case .deficit: "the deficit"
        }
    }

    /// - Parameter isFirst: nothing is taken before it.
    func sentence(_ take: Take, isFirst: Bool) -> String {
        // Nothing limits what is received of income.
        if what == .income { return who(take, amount(take, isFirst: isFirst)) }
        // A cap alone on the first line reads best as what it takes first.
        if case .money(let most)? = take.limit, take.amount == .rest, isFirst, grant(take.payer) == nil {
            return who(take, "the first \(pounds(most)) of \(whole)") + limitsOfEach(take) + balance(take)
                + outside(take)
        }
        return who(take, amount(take, isFirst: isFirst) + least(take) + limit(take)) + limitsOfEach(take)
            + balance(take)
            + outside(take)
    }

    private func grant(_ payer: Take.PayerClause) -> FundTerm? {
        guard case .fund(let name) = payer, let fund = agreement.fund(name), fund.isGrant else { return nil }
        return fund
    }

    private func amount(_ take: Take, isFirst: Bool) -> String {
        // A grant meets the cost of the months of its life alone.
        let base = grant(take.payer).map {
            "the cost in its time" + ($0.inKindMost != nil ? ", gifts in kind included" : "")
        }
        let ofTime = grant(take.payer) == nil ? nil : "the cost in its time"
        return switch take.amount {
        case .rest:
            isFirst
                ? "all of \(ofTime ?? whole)" : ofTime.map { "what is left of \($0)" } ?? "what is left"
        case .share(_, let written) where written.contains("days"):
            "\(written.split(separator: " ").prefix(3).joined(separator: " ").replacing(" of ", with: "/")) of "
                + "\(base ?? "the whole") (\(written))"
        case .share(_, let written): "\(written) of \(base ?? (isSplit ? whole : "the whole"))"
        case .shareOfRest(_, let written):
            "\(written) of \(ofTime.map { "what is left of \($0)" } ?? (isFirst ? "the whole" : "what is left"))"
        case .fixed(let amount): "up to \(pounds(amount)) of \(ofTime ?? whole)"
        case .budget(_, let written):
            (ofTime.map { "\($0) " } ?? "") + "up to \(written.map { "\($0) of " } ?? "")\(budget(ofTime))"
        case .perUnit(let price, let unit):
            "\(pounds(price)) for each \"\(unit)\" that the year's activity return counts for it, in proportion where "
                + "there is less"
        }
    }

    /// The budget of a net cost is net too, and a grant's is that of the whole year.
    ///
    /// - Parameter part: what of the cost alone is met.
    private func budget(_ part: String?) -> String {
        let of =
            what == .netCost
            ? "the year's budget for that cost less that for that income"
            : "the year's budget for \(part == nil ? "it" : "all that this clause covers")"
        return of + ", virements included" + (isSplit ? ", for each member's cases" : "")
    }

    private func who(_ take: Take, _ amount: String) -> String {
        let chart = agreement.chart
        func one(_ name: String) -> String { "\(name) \(verb)s \(amount)" }
        switch take.payer {
        case .party(let party): return one(agreement.label(party))
        case .directly(let name): return "\(chart.label(name)) itself \(verb)s \(amount)"
        case .memberConcerned: return one("the member concerned")
        case .reserveOfMemberConcerned: return one("the reserve of the member concerned")
        case .reserve(let name): return one("the reserve of \(chart.label(name))")
        case .fund(let name):
            let kind = agreement.fund(name)?.isGrant == true ? "grant" : "fund"
            return one("the \(kind) \"\(chart.label(name))\"")
        case .lead(let name): return one("\(chart.label(agreement.scheme(name)!.lead)), the lead,")
        case .reserves(let names, let key):
            let members = agreement.members(names)
            if members.count == 1 { return one("the reserve of \(chart.label(members[0]))") }
            let who = names.map { Agreement.list($0.map { chart.label($0) }) } ?? "the members"
            return "the reserves of \(who) \(verb) \(amount), \(agreement.key(key))"
        case .group(let group, let key):
            let parties = group.parties(chart)
            if parties.count == 1 { return one(agreement.label(parties[0])) }
            let who =
                switch group {
                case .members: "the members"
                case .contributors: Agreement.list(chart.contributors.map(\.label))
                case .named(let names): Agreement.list(names.map { agreement.label($0) })
                }
            if case .perUnit = take.amount { return "\(who) each \(verb) \(amount)" }
            return "\(who) \(verb) \(amount), \(agreement.key(key))"
        }
    }

    private func least(_ take: Take) -> String {
        take.atLeast.map {
            ", or \(pounds($0)) where that is more (all that is left, where there is less than \(pounds($0)))"
        } ?? ""
    }

    private func limitsOfEach(_ take: Take) -> String {
        let before = "what it bore under this clause in the year before, apart from what it paid itself"
        let isNil = " unless its part is nil otherwise"
        let shortfall =
            "; the others bear the rest in the same proportions, and where there is less to pay here than the least "
            + "sums together, it is shared in proportion to them"
        var text = ""
        switch take.eachAtLeast {
        case .same(let least)?: text += ", each at least \(pounds(least))\(isNil)\(shortfall)"
        case .named(let named)?: text += ", \(list(named, "at least")), each\(isNil)\(shortfall)"
        case .ofLastYear(_, let written)?:
            text +=
                ", each at least \(written.replacing("last year", with: before)) (one that bore nothing then has no "
                + "least sum)\(shortfall)"
        case nil: break
        }
        switch take.eachAtMost {
        case .same(let most)?: text += ", each at most \(pounds(most))"
        case .named(let named)?: text += ", \(list(named, "at most"))"
        case .ofLastYear(_, let written)?:
            text +=
                ", each at most \(written.replacing("last year", with: before)) (one that bore nothing then has no "
                + "such limit)"
        case nil: break
        }
        if take.excess == .sharedAgain {
            text += "; what one doesn't bear because of its limit, the others bear in the same proportions"
        } else if take.eachAtMost != nil {
            text += "; what one doesn't bear because of its limit is left for the next paragraph"
        }
        return text
    }

    /// `LBHF at most £9,000 and RBKC at most £12,000`
    private func list(_ named: [Take.Each.Named], _ word: String) -> String {
        Agreement.list(named.map { "\(agreement.label($0.party)) \(word) \(pounds($0.amount))" })
    }

    /// Of the line as a whole.
    private func limit(_ take: Take) -> String {
        let isSeveral: Bool =
            switch take.payer {
            case .group(let group, _): group.parties(agreement.chart).count > 1
            case .reserves(let names, _): agreement.members(names).count > 1
            case .party, .directly, .memberConcerned, .reserveOfMemberConcerned, .reserve, .fund, .lead: false
            }
        let together = isSeveral ? ", but together" : ","
        return switch take.limit {
        case .money(let most)?:
            grant(take.payer) != nil
                ? ", at most \(pounds(most)) over its life" : "\(together) at most \(pounds(most)) of \(whole)"
        case .budget(_, let written)?:
            "\(together) at most \(written) of \(budget(grant(take.payer) == nil ? nil : whole))"
        case .balance?, .balanceAbove?, nil: ""
        }
    }

    private func balance(_ take: Take) -> String {
        // What is put to a reserve or a fund has no balance to stop at.
        guard take.hasBalance, what != .surplus else { return "" }
        let above: String = if case .balanceAbove(let floor)? = take.limit { " above \(pounds(floor))" } else { "" }
        switch take.payer {
        case .reserves(let names, _) where agreement.members(names).count > 1:
            return ", each as far as its own balance goes\(above); what one cannot give is left for the next paragraph"
        case .reserves, .party, .directly, .memberConcerned, .reserveOfMemberConcerned, .reserve, .group, .fund, .lead:
            return ", as far as its balance goes\(above)"
        }
    }

    private func outside(_ take: Take) -> String {
        guard case .directly = take.payer else { return "" }
        return ", outside its own and the partnership's surplus or deficit"
    }
}
