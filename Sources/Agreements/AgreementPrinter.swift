internal import Sterling
internal import Ledger

/// Prints an agreement in its own language, so that parsing it again gives an equal one.
extension Agreement: CustomStringConvertible {
    /// Its lines, in the order of `LineKind.all`, each ending with a line feed.
    public var description: String {
        LineKind.all.flatMap { $0.print?(self) ?? [] }.joined(separator: "\n") + "\n"
    }

    func printed(_ row: StatementLayout.Row) -> String {
        let label = "\"\(row.label)\""
        return switch row.content {
        case .line(.approvedBudget): "approved budget \(label)"
        case .line(.contribution(let name)): "from \(name) \(label)"
        case .line(.heading(let name)): "\(chart.heading(name)?.kind == .income ? "income" : "cost") \(name) \(label)"
        case .total(of: nil): "total \(label)"
        case .total(of: let lines?): "total \(label) of \(lines.map(Self.name).joined(separator: " "))"
        default: "\(row.content.worked!.words) \(label)"
        }
    }

    private static func name(_ line: BudgetLine) -> String {
        switch line {
        case .approvedBudget: "approved-budget"
        case .contribution(let name): name.text
        case .heading(let name): name.text
        }
    }
}

extension Threshold: CustomStringConvertible {
    /// `threshold £1,000 or 10%`
    public var description: String {
        let parts = [amount.map(pounds), percentageWritten].compactMap { $0 }
        return "threshold " + parts.joined(separator: needsBoth ? " and " : " or ")
    }
}

extension WeightSet: CustomStringConvertible {
    /// `weights child-population lbhf 35,150 rbkc 29,801, source "ONS mid-year estimates", at 2017-06-30`
    public var description: String {
        "weights \(name) " + values.map { "\($0.party.text) \($0.written)" }.joined(separator: " ")
            + ", source \"\(source)\", at \(date)" + (from.map { ", from \($0)" } ?? "")
    }
}

extension Span: CustomStringConvertible {
    /// `from 2018-10-01 to 2019-03-31`; empty for all time.
    public var description: String {
        [from.map { "from \($0)" }, to.map { "to \($0)" }].compactMap { $0 }.joined(separator: " ")
    }
}

extension SplitKey: CustomStringConvertible {
    /// `equally`, `by child-population, by days`
    public var description: String {
        "\(basis)\(timing.map { ", \($0.rawValue)" } ?? "")"
    }
}

extension SplitKey.Basis: CustomStringConvertible {
    /// `equally`, `by child-population`
    public var description: String { self == .equally ? "equally" : "by \(words)" }

    /// Without `by`.
    private var words: String {
        switch self {
        case .equally: "equally"
        case .by(let name): name.text
        case .byContribution: "contribution"
        case .byActivity(let unit): "activity of \(unit)"
        case .average(let names): "average of \(names.map(\.text).joined(separator: " "))"
        case .mix(let parts): parts.map { "\($0.written) \($0.basis.words)" }.joined(separator: " ")
        case .unless(let actual, _, let written, let agreed): "\(actual), unless within \(written) of \(agreed)"
        }
    }
}

extension FundTerm {
    /// - Parameter holder: printed where it isn't the host.
    func print(holder: Name<Member>, host: Name<Member>) -> String {
        var parts: [String] = []
        if let award {
            parts = ["grant \(name) \(pounds(award))", "\(life.from!) to \(life.to!)"]
        } else {
            parts = ["fund \(name)"]
        }
        if let ringFence { parts.append("for \(ringFence.map(\.text).joined(separator: " "))") }
        if holder != host { parts.append("held by \(holder)") }
        if let owner { parts.append("owned by \(owner.text)") }
        if isGrant, !isConditional { parts.append("unconditional") }
        if !isGrant, holdsAs != .earmarkedReserve { parts.append("as \(holdsAs.rawValue)") }
        if let matchWritten { parts.append("match \(matchWritten)") }
        if let inKindMost { parts.append("in kind up to \(pounds(inKindMost))") }
        switch unspent {
        case .returned: parts.append("unspent returned")
        case .carriedForward: parts.append("unspent carried forward")
        case .shared(let key): parts.append("unspent shared \(key)")
        }
        return parts.joined(separator: ", ")
    }
}

extension ContributionTerm: CustomStringConvertible {
    /// `contribution £10,000 from police to rbkc, quarterly, stays`
    public var description: String {
        var parts: [String]
        switch source {
        case .approvedBudget: parts = ["contribution approved budget of each member"]
        case .fixed(let amount, let from, let receiver, let year):
            let to =
                switch receiver {
                case .member(let name): name.text
                case .group(nil, let key): "members \(key)"
                case .group(let names?, let key): "\(names.map(\.text).joined(separator: " ")) \(key)"
                }
            parts = ["contribution \(pounds(amount)) from \(from) to \(to)" + (year.map { " in \($0)" } ?? "")]
        }
        switch uplift {
        case .yearly(let rate, let first)?: parts.append("rising \(rate.written) a year from \(first)")
        case .inYears(let steps)?:
            parts.append("rising " + steps.map { "\($0.rate.written) in \($0.year)" }.joined(separator: ", "))
        case nil: break
        }
        if let instalments { parts.append(instalments.rawValue) }
        if isByDays { parts.append("by days") }
        switch use {
        case .stays: parts.append("stays")
        case .pooled(let key): parts.append("pooled \(key)")
        }
        return parts.joined(separator: ", ")
    }
}

extension Rule: CustomStringConvertible {
    /// The line that begins it and, further in, those below: without a line feed at the end.
    public var description: String {
        let subject =
            switch subject {
            case .headings(let names): names.map(\.text).joined(separator: " ")
            case .scheme(let name, _): "scheme \(name)"
            case .anythingElse: "anything else"
            }
        let head =
            "rule \"\(title)\"" + (span == .always ? "" : " \(span)") + "\n  for \(subject)"
            + (isSplitByMemberConcerned ? ", split by member concerned" : "") + (isNet ? ", net" : "")
        return ([head] + takes.map { "  " + $0.description }).joined(separator: "\n")
    }
}

extension Take.PayerClause: CustomStringConvertible {
    /// `members equally`, `reserve of lbhf`
    public var description: String {
        switch self {
        case .party(let party): party.text
        case .directly(let name): "\(name) directly"
        case .memberConcerned: "member concerned"
        case .reserveOfMemberConcerned: "reserve of member concerned"
        case .reserve(let name): "reserve of \(name)"
        case .fund(let name): name.text
        case .lead: "lead"
        case .group(let group, let key): "\(group) \(key)"
        case .reserves(nil, let key): "reserves of members \(key)"
        case .reserves(let names?, let key): "reserves of \(names.map(\.text).joined(separator: " ")) \(key)"
        }
    }
}

extension Take: CustomStringConvertible {
    /// `take 80% from eu-grant, at most £400,000`
    public var description: String {
        // Each pays the price of its own, so the line has no key.
        let who: String =
            if case .perUnit = amount, case .group(let group, _) = payer { "\(group)" } else { "\(payer)" }
        return "take \(amount) from \(who)\(tail)"
    }

    /// What follows the payer.
    var tail: String {
        [
            atLeast.map { "at least \(pounds($0))" },
            eachAtLeast.map { "each at least \($0)" }, eachAtMost.map { "each at most \($0)" },
            excess == .sharedAgain ? "excess by the same key" : nil, limit?.description,
        ]
        .compactMap { $0.map { ", " + $0 } }.joined()
    }
}

extension Take.Amount: CustomStringConvertible {
    /// `rest`, `80% of the rest`, `up to budget`
    public var description: String {
        switch self {
        case .rest: "rest"
        case .share(_, let written): written
        case .shareOfRest(_, let written): "\(written) of the rest"
        case .fixed(let amount): "up to \(pounds(amount))"
        case .budget(_, nil): "up to budget"
        case .budget(_, let written?): "up to \(written) of budget"
        case .perUnit(let price, let unit): "\(pounds(price)) per \(unit)"
        }
    }
}

extension Take.Group: CustomStringConvertible {
    /// `members`, `lbhf rbkc`
    public var description: String {
        switch self {
        case .members: "members"
        case .contributors: "contributors"
        case .named(let names): names.map(\.text).joined(separator: " ")
        }
    }
}

extension Take.Each: CustomStringConvertible {
    /// `£9,000`, `lbhf £9,000 rbkc £12,000`, `5% above last year`
    public var description: String {
        switch self {
        case .same(let amount): pounds(amount)
        case .named(let named): named.map { "\($0.party.text) \(pounds($0.amount))" }.joined(separator: " ")
        case .ofLastYear(_, let written): written
        }
    }
}

extension Take.Limit: CustomStringConvertible {
    /// `at most £400,000`, `at most balance above £20,000`
    public var description: String {
        switch self {
        case .money(let amount): "at most \(pounds(amount))"
        case .balance: "at most balance"
        case .balanceAbove(let floor): "at most balance above \(pounds(floor))"
        case .budget(_, let written): "at most \(written) of budget"
        }
    }
}

extension SharedDisposal {
    func print(_ way: String) -> String {
        takes.enumerated().map { index, take in
            let what = take.amount != .rest ? "\(take.amount) " : index == 0 ? "" : "rest "
            return "\(what)\(way) \(take.payer)\(take.tail)"
        }.joined(separator: "; ")
    }
}

extension Disposal {
    func print(isSurplus: Bool) -> String {
        let who = member.map(\.text) ?? "each member"
        let parts = steps.map { step in
            "\(isSurplus ? "to" : "from") its \(step.target == .reserve ? "reserve" : "general fund")"
                + (step.limit.map { ", \($0)" } ?? "")
        }
        return "\(isSurplus ? "surplus" : "deficit") of \(who) \(parts.joined(separator: "; rest "))"
    }
}

/// `£12,000`, or with pence where there are any.
func pounds(_ amount: Money) -> String {
    "£" + (amount.pence.isMultiple(of: 100) ? AmountFormat.pounds : .pence).string(amount)
}
