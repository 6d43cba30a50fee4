internal import Ledger
internal import Sterling

/// The agreement in plain English, as a board could sign it.
///
///     3. The cost of Training and Website is shared in this order:
///        (a) first, the DfE grant pays the rest, as far as its balance goes;
///        (b) then the members pay what is left, equally.
public struct Clause: Equatable, Sendable {
    /// Whole sentences, or the beginning of one that `parts` end; without the clause's number.
    public let text: String
    /// `(a)`, `(b)` below it.
    public let parts: [String]

    /// `a` to `z`, then `aa`.
    public static func letter(_ index: Int) -> String {
        let letter = String(UnicodeScalar(UInt8(97 + index % 26)))
        return index < 26 ? letter : String(repeating: letter, count: index / 26 + 1)
    }

    init(_ text: String, _ parts: [String] = []) {
        self.text = text
        self.parts = parts
    }
}

extension Agreement {
    /// Every declaration that bears on money, in the order in which a reader needs it; numbered from 1 by whoever
    /// prints them.
    public var clauses: [Clause] {
        LineKind.all.flatMap { $0.clauses?(self) ?? [] } + [
            Clause(
                "Shares are reckoned exactly and rounded to the penny once, for all that one rule covers in the year; "
                    + "the order of invoices changes nothing.")
        ]
    }

    private func label(_ party: Party) -> String {
        switch party {
        case .member(let name): chart.label(name)
        case .contributor(let name): chart.label(name)
        }
    }

    private func headings(_ names: [Name<Heading>]) -> String {
        Self.list(names.map { chart.heading($0)?.label ?? $0.text })
    }

    /// `LBHF, RBKC and WCC`
    static func list(_ words: [String]) -> String {
        words.count < 2 ? words.first ?? "" : words.dropLast().joined(separator: ", ") + " and " + words.last!
    }

    private static func date(_ date: CalendarDate) -> String {
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        return "\(date.day) \(months[date.month - 1]) \(date.year)"
    }

    private static func span(_ span: Span) -> String {
        switch (span.from, span.to) {
        case (let from?, let to?): "from \(date(from)) to \(date(to))"
        case (let from?, nil): "from \(date(from))"
        case (nil, let to?): "until \(date(to))"
        case (nil, nil): ""
        }
    }

    var partnershipClause: Clause {
        let one = chart.members.count == 1
        return Clause(
            "\(chart.partnership) has \(one ? "one member" : "\(chart.members.count) members"): "
                + "\(Self.list(chart.members.map(\.label))). \(chart.label(chart.host)) is the host.")
    }

    var contributorsClauses: [Clause] {
        guard !chart.contributors.isEmpty else { return [] }
        return [
            Clause(
                "\(Self.list(chart.contributors.map(\.label))) "
                    + "contribute\(chart.contributors.count == 1 ? "s" : "") and "
                    + "bear\(chart.contributors.count == 1 ? "s" : "") no share beyond what is said here.")
        ]
    }

    var booksClauses: [Clause] {
        if keepsBooks.isEmpty {
            return [Clause("The partnership's books are its journals; no member's finance system is read.")]
        }
        guard keepsBooks != chart.members.map(\.name) else { return [] }
        let names = Self.list(keepsBooks.map { chart.label($0) })
        return [Clause("Of the members' ledgers only that of \(names) is read.")]
    }

    var membershipClauses: [Clause] {
        memberships.map { Clause("\(label($0.party)) takes part \(Self.span($0.span)).") }
    }

    var successionClauses: [Clause] {
        successions.map {
            Clause(
                "\(label($0.successor)) succeeds \(label($0.predecessor)) on \(Self.date($0.from)): from that day "
                    + "what this agreement says of the one holds of the other.")
        }
    }

    private func key(_ key: SplitKey, of what: String = "costs") -> String {
        let words =
            switch key.basis {
            case .equally: "equally"
            case .by(let name): "in proportion to the weights \"\(name)\""
            case .byContribution: "in proportion to their approved budgets"
            }
        let timing =
            switch key.timing {
            case .byDays?: ", by the days of the year on which each takes part"
            case .asCostsFall?: ", each month's \(what) among those taking part in it"
            case nil: ""
            }
        return words + timing
    }

    var contributionClauses: [Clause] {
        var found: [Clause] = []
        var grouped: Set<Int> = []
        for (index, term) in contributions.enumerated() where !grouped.contains(index) {
            switch term.source {
            case .approvedBudget:
                let use =
                    switch term.use {
                    case .stays: "which stays with that member"
                    case .pooled(let key): "and these are pooled and shared among the members \(self.key(key))"
                    }
                found.append(Clause("Each member contributes its approved budget for the year, \(use)."))
            case .fixed(_, let from, _, _):
                // One clause for all that a contributor gives on the same terms.
                let alike = contributions.indices.filter { other in
                    guard other >= index, case .fixed(_, from, _, _) = contributions[other].source else { return false }
                    return contributions[other].isOnTermsOf(term)
                }
                grouped.formUnion(alike)
                let sums = alike.map { sum(contributions[$0]) }
                var text = "\(chart.label(from)) contributes \(Self.list(sums))"
                if let uplift = term.uplift {
                    text += ", rising by \(uplift.written) a year from \(uplift.firstYear), rounded to the penny"
                }
                if let instalments = term.instalments {
                    text +=
                        instalments == .monthly ? ", a twelfth each month" : ", a quarter at the end of each quarter"
                }
                if term.isByDays { text += ", for the days of the year on which it takes part" }
                let one = sums.count == 1
                let use =
                    switch term.use {
                    case .stays:
                        "\(one ? "it stays" : "they stay") with the member that receives \(one ? "it" : "them")"
                    case .pooled(let key):
                        "\(one ? "it is" : "they are") pooled, and reduce\(one ? "s" : "") what the members owe "
                            + "\(self.key(key, of: "receipts"))"
                    }
                found.append(Clause("\(text). \(one ? "It is" : "They are") due in full whatever is spent; \(use)."))
            }
        }
        return found
    }

    /// `£5,000 a year to LBHF`
    private func sum(_ term: ContributionTerm) -> String {
        guard case .fixed(let amount, _, let receiver, let year) = term.source else { return "" }
        let to =
            switch receiver {
            case .member(let name): chart.label(name)
            case .group(let names, let key):
                "\(names.map { Self.list($0.map { chart.label($0) }) } ?? "the members"), divided \(self.key(key))"
            }
        let when = year.map { " in \($0)" } ?? " a year"
        // With one member there is nobody else to pay it to.
        return pounds(amount) + when + (chart.members.count == 1 ? "" : " to \(to)")
    }

    var weightClauses: [Clause] {
        weights.filter { uses($0.name) }.map { set in
            let values = set.values.map { "\(chart.label($0.member)) \(AmountFormat.grouped($0.weight))" }.joined(
                separator: ", ")
            return Clause(
                "The weights \"\(set.name)\"\(set.from.map { " from \(Self.date($0))" } ?? "") are: \(values) "
                    + "(\(set.source), \(Self.date(set.date)))."
            )
        }
    }

    /// Weights that nothing goes by bind nobody: they stand there for comparison.
    private func uses(_ name: Name<WeightSet>) -> Bool {
        let takes = rules.flatMap(\.takes) + (sharedSurplus?.takes ?? []) + (sharedDeficit?.takes ?? [])
        let ofTakes = takes.compactMap { take -> SplitKey? in
            switch take.payer {
            case .group(_, let key), .reserves(_, let key): key
            case .party, .directly, .memberConcerned, .reserveOfMemberConcerned, .reserve, .fund, .lead: nil
            }
        }
        let ofFunds = funds.compactMap { fund -> SplitKey? in
            if case .shared(let key) = fund.unspent { key } else { nil }
        }
        let ofContributions = contributions.flatMap { term -> [SplitKey] in
            let pooled: [SplitKey] = if case .pooled(let key) = term.use { [key] } else { [] }
            if case .fixed(_, _, .group(_, let key), _) = term.source { return pooled + [key] }
            return pooled
        }
        return (ofTakes + ofFunds + ofContributions).contains { $0.basis == .by(name) }
    }

    var schemeClauses: [Clause] {
        schemes.map {
            Clause("The scheme \"\($0.title)\" is led by \(chart.label($0.lead)), and covers \(headings($0.headings)).")
        }
    }

    var fundClauses: [Clause] {
        funds.map { fund in
            let name = chart.label(fund.name), holder = chart.label(chart.funds.first { $0.name == fund.name }!.holder)
            var text: String
            if let award = fund.award {
                text =
                    "The grant \"\(name)\" is \(pounds(award)) for the time \(Self.span(fund.life)), held by "
                    + "\(holder); all it gives over that time counts against it. "
                text +=
                    fund.isConditional
                    ? "It is income as eligible cost is met; until then it is a receipt in advance. "
                    : "It is unconditional: what isn't spent is an earmarked reserve. "
            } else {
                text =
                    "The fund \"\(name)\" is held by \(holder) as \(fund.holdsAs == .earmarkedReserve ? "an" : "a") "
                    + "\(fund.holdsAs.rawValue)\(fund.owner.map { ", and belongs to \(label($0))" } ?? ""). It "
                    + "never gives more than it holds. "
            }
            if let fence = fund.ringFence { text += "It may be spent only on \(headings(fence)). " }
            if let match = fund.matchWritten {
                text += "Others must meet \(match) of the eligible cost"
                text += fund.inKindMost.map { ", of which up to \(pounds($0)) may be given in kind. " } ?? ". "
            }
            let end = fund.isGrant ? "when its time ends" : "at the end of each year"
            switch fund.unspent {
            case .returned:
                let owner = fund.owner.map { " to \(label($0))" } ?? (fund.isGrant ? " to its funder" : "")
                text += "What is left \(end) is returned\(owner)."
            case .carriedForward: text += "What is left is carried forward."
            case .shared(let key):
                text += "What is left \(end) is shared among the members' reserves, \(self.key(key))."
            }
            return Clause(text)
        }
    }

    private func isGrant(_ payer: Take.PayerClause) -> Bool {
        if case .fund(let name) = payer { fund(name)?.isGrant ?? false } else { false }
    }

    /// What a line takes and who pays it: `RBKC pays the rest`.
    ///
    /// - Parameter isFirst: nothing is taken before it.
    private func words(_ take: Take, verb: String = "pay", isFirst: Bool) -> String {
        func conjugated(_ plural: Bool) -> String { plural ? verb : verb + "s" }
        // A cap alone on the first line reads best as what it takes first.
        var cap = ""
        if case .money(let most)? = take.limit, !isGrant(take.payer) { cap = pounds(most) }
        let isCapped = !cap.isEmpty && take.amount == .rest && isFirst
        let grant: FundTerm? = if case .fund(let name) = take.payer { fund(name) } else { nil }
        let eligible: String? =
            grant?.isGrant == true
            ? "the cost in its time" + (grant?.inKindMost != nil ? ", gifts in kind included" : "") : nil
        let amount =
            switch take.amount {
            case .rest: isFirst && isCapped ? "the first \(cap)" : isFirst ? "all of it" : "what is left"
            case .share(_, let written):
                (written.contains("days") ? "the part for \(written)" : "\(written) of \(eligible ?? "it")")
                    + (written.contains("days") && eligible != nil ? " of \(eligible!)" : "")
            case .fixed(let amount): "up to \(pounds(amount)) in all"
            case .budget: "up to the year's budget, virements included"
            }
        func who(_ names: [Name<Member>]?) -> String {
            names.map { Self.list($0.map { chart.label($0) }) } ?? "the members"
        }
        var text =
            switch take.payer {
            case .party(let party): "\(label(party)) \(conjugated(false)) \(amount)"
            case .directly(let name):
                "\(chart.label(name)) itself \(conjugated(false)) \(amount), outside its contributions, so that a "
                    + "saving is its own"
            case .memberConcerned: "the member concerned \(conjugated(false)) \(amount)"
            case .reserveOfMemberConcerned: "the reserve of the member concerned \(conjugated(false)) \(amount)"
            case .reserve(let name): "the reserve of \(chart.label(name)) \(conjugated(false)) \(amount)"
            case .group(let names, let key):
                "\(who(names)) \(conjugated(names?.count != 1)) \(amount), \(self.key(key))"
            case .reserves(let names, let key):
                "the reserves of \(who(names)) \(conjugated(true)) \(amount), \(self.key(key))"
            case .fund(let name): "\(chart.label(name)) \(conjugated(false)) \(amount)"
            case .lead(let name): "\(chart.label(scheme(name)!.lead)), the lead, \(conjugated(false)) \(amount)"
            }
        if let least = take.eachAtLeast { text += ", each at least \(pounds(least)) where there is enough for all" }
        if let most = take.eachAtMost { text += ", each at most \(pounds(most))" }
        switch take.limit {
        case .money where isCapped: break
        case .money(let most)?:
            text += isGrant(take.payer) ? ", at most \(pounds(most)) over its life" : ", at most \(pounds(most))"
        case .balance?: text += ", as far as the balance goes"
        case .balanceAbove(let floor)?: text += ", as far as the balance goes above \(pounds(floor))"
        case nil: break
        }
        return text
    }

    func clause(_ rule: Rule) -> Clause {
        let what =
            switch rule.subject {
            case .headings(let names): "The cost of \(headings(names))"
            case .scheme(let name, _): "The cost of the scheme \"\(scheme(name)!.title)\""
            case .anythingElse: rules.count == 1 ? "Every cost" : "Every other cost"
            }
        let incomes = chart.headings.filter { heading in
            guard heading.kind == .income, rule.covers(heading.name) else { return false }
            return rule.subject != .anythingElse
                || !rules.contains { $0.subject != .anythingElse && $0.covers(heading.name) }
        }.map(\.label)
        let unlimited = rule.takes.indices.filter { rule.takes[$0].isUnlimited }.map { "(\(Clause.letter($0)))" }
        let isFunded = rule.takes.contains { !$0.isUnlimited }
        let time = rule.span == .always ? "" : " falling \(Self.span(rule.span))"
        let each = rule.isSplitByMemberConcerned ? ", for each member whose case it is," : ""
        if rule.takes.count == 1 {
            return Clause(
                "\(what)\(time)\(each) is met so: "
                    + "\(words(rule.takes[0], isFirst: true))"
                    + ".\(incomes.isEmpty ? "" : " Income (\(Self.list(incomes))) is shared in the same way.")"
            )
        }
        let takes = "take\(unlimited.count == 1 ? "s" : "")"
        let ofIncome =
            incomes.isEmpty ? "" : " Of income (\(Self.list(incomes))) only \(Self.list(unlimited)) \(takes) part."
        return Clause(
            "\(what)\(time)\(each) is met in this order, the year's costs taken "
                + "together\(isFunded ? "; what one can't meet passes to the next" : "").\(ofIncome)",
            rule.takes.enumerated().map { words($0.element, isFirst: $0.offset == 0) })
    }

    func sharedDisposalClauses(isSurplus: Bool) -> [Clause] {
        guard let shared = isSurplus ? sharedSurplus : sharedDeficit else { return [] }
        return [
            Clause(
                "If the partnership as a whole ends the year with a \(isSurplus ? "surplus" : "deficit"), it is shared "
                    + "in this order before any member's own:",
                shared.takes.enumerated().map {
                    words($0.element, verb: isSurplus ? "receive" : "pay", isFirst: $0.offset == 0)
                })
        ]
    }

    func disposalClauses(isSurplus: Bool) -> [Clause] {
        (isSurplus ? surplus : deficit).map { disposal in
            let who = disposal.member.map { chart.label($0) + "'s" } ?? "A member's"
            let steps = disposal.steps.map { step in
                let limit =
                    switch step.limit {
                    case .money(let most)?: " up to \(pounds(most))"
                    case .balance?: " as far as its balance goes"
                    case .balanceAbove(let floor)?: " as far as its balance goes above \(pounds(floor))"
                    case nil: ""
                    }
                return "\(step.target == .reserve ? "its reserve" : "its general fund")\(limit)"
            }
            let way = isSurplus ? "goes to" : "is met from"
            return Clause(
                "\(who) \(isSurplus ? "surplus" : "deficit") of the year \(way) "
                    + "\(steps.joined(separator: ", and the rest \(isSurplus ? "to" : "from") ")).")
        }
    }

    var floorClauses: [Clause] {
        floors.map {
            Clause(
                "The reserve of \($0.member.map { chart.label($0) } ?? "each member") should not fall below "
                    + "\(pounds($0.amount)).")
        }
    }

    var virementClauses: [Clause] {
        virementLimit.map { limit in
            [
                Clause(
                    "Budget may be moved between headings up to \(pounds(limit)) at a time; more needs the members' "
                        + "agreement.")
            ]
        } ?? []
    }

    var thresholdClauses: [Clause] {
        guard let threshold else { return [] }
        let parts = [threshold.amount.map(pounds), threshold.percentageWritten.map { "\($0) of the budget" }]
            .compactMap { $0 }
        let sum = parts.joined(separator: threshold.needsBoth ? " and " : " or ")
        return [Clause("A variance of more than \(sum) is explained.")]
    }
}

extension ContributionTerm {
    /// Whether two sums differ in nothing but their amount, year and receiver.
    func isOnTermsOf(_ other: ContributionTerm) -> Bool {
        use == other.use && uplift == other.uplift && instalments == other.instalments && isByDays == other.isByDays
    }
}
