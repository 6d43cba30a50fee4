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

    /// The parts as they are printed below one another: each ends the sentence, or goes on with it.
    public var writtenParts: [String] {
        parts.enumerated().map { index, part in part + (index == parts.count - 1 ? "." : ";") }
    }

    /// All of it in one line: `The cost of Pay is met in the order that follows. (a) Ash pays 50% of it; (b) ...`
    public var oneLine: String {
        ([text] + writtenParts.enumerated().map { "(\(Self.letter($0.offset))) \($0.element)" }).joined(separator: " ")
    }

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
                "Shares are worked out exactly, and rounded to the penny once for all that one clause covers in a "
                    + "year, so that they add up to the whole.")
        ] + texts.map { Clause("\($0.title). \($0.text)") }
    }

    func label(_ party: Party) -> String { chart.label(party) }

    func headings(_ names: [Name<Heading>]) -> String {
        Self.list(names.map { chart.heading($0)?.label ?? $0.text })
    }

    /// `LBHF, RBKC and WCC`
    static func list(_ words: [String]) -> String {
        words.count < 2 ? words.first ?? "" : words.dropLast().joined(separator: ", ") + " and " + words.last!
    }

    static func date(_ date: CalendarDate) -> String {
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        return "\(date.day) \(months[date.month - 1]) \(date.year)"
    }

    static func span(_ span: Span) -> String {
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
                    + (chart.contributors.count == 1
                        ? "is a contributor: it pays what this agreement says, and bears nothing else."
                        : "are contributors: they pay what this agreement says, and bear nothing else."))
        ]
    }

    var booksClauses: [Clause] {
        if keepsBooks.isEmpty {
            return [Clause("The partnership's accounts are kept in journals of its own.")]
        }
        guard keepsBooks != chart.members.map(\.name) else { return [] }
        let names = Self.list(keepsBooks.map { chart.label($0) })
        return [
            Clause("The partnership's accounts are kept in the ledger\(keepsBooks.count == 1 ? "" : "s") of \(names).")
        ]
    }

    var membershipClauses: [Clause] {
        memberships.map { Clause("\(label($0.party)) takes part \(Self.span($0.span)).") }
    }

    var successionClauses: [Clause] {
        successions.map { succession in
            let new = label(succession.successor), old = label(succession.predecessor)
            let isMember: Bool = if case .member = succession.successor { true } else { false }
            let divided = isMember ? "" : ", that of the year divided between them by days,"
            return Clause(
                "\(new) takes the place of \(old) on \(Self.date(succession.from)). From that day it is one of the "
                    + "\(isMember ? "members" : "contributors") in its stead, has its weight where none is given for "
                    + "\(new), and takes over its contributions\(divided) and what it owes or is owed. Where a clause "
                    + "names \(old)\(isMember ? " or its reserve" : ""), or sets a limit or a least sum for it, \(new) "
                    + "is meant only if it is named too.")
        }
    }

    /// `equally`, `in proportion to the weights "children" and to the days of the year on which each takes part`
    func key(_ key: SplitKey) -> String {
        let words = words(key.basis)
        let compared: String = if case .unless = key.basis { ", the shares compared once those days count" } else { "" }
        switch key.timing {
        case .byDays?:
            let days = "to the days of the year on which each takes part"
            if key.basis == .equally { return "in proportion \(days)" }
            return key.basis.isOfSeveral
                ? "\(words), in each case in proportion also \(days)\(compared)" : "\(words) and \(days)"
        case .asCostsFall?:
            let each = key.basis.isOfSeveral ? "in each case " : ""
            return
                "\(words), \(each)month by month, in proportion also to the days of the month on which each takes part"
                + compared
        case nil: return words
        }
    }

    private func words(_ basis: SplitKey.Basis) -> String {
        switch basis {
        case .equally: "equally"
        case .by(let name): "in proportion to the weights \"\(name)\""
        case .byContribution: "in proportion to their approved budgets"
        case .byActivity(let unit): "in proportion to what the year's activity return counts for each as \"\(unit)\""
        case .average(let names):
            "in proportion to the average of the weights \(Self.list(names.map { "\"\($0)\"" }))"
        case .mix(let parts): Self.list(parts.map { "\($0.written) of it \(words($0.basis))" })
        case .unless(let actual, _, let written, let agreed):
            "in proportion to the weights \"\(agreed)\"; but in proportion to the weights \"\(actual)\" where any "
                + "body's share by these differs from its share by \"\(agreed)\" by more than \(written) of the latter"
        }
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
                    case .pooled(let key) where key.timing == .asCostsFall:
                        "and these are pooled and shared, \(words(key.basis)), among the members that take part in "
                            + "April, in proportion also to the days of April on which each does"
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
                switch term.uplift {
                case .yearly(let rate, let first)?:
                    text +=
                        ", \(rate.written) more in \(first) and again in each later year, compounded and rounded once "
                        + "to the penny"
                case .inYears(let steps)?:
                    text += ", rising by \(Self.list(steps.map { "\($0.rate.written) in \($0.year)" }))"
                case nil: break
                }
                switch term.instalments {
                case .monthly?: text += ", a twelfth at the end of each month"
                case .quarterly?: text += ", a quarter at the end of each quarter"
                case nil: break
                }
                if term.isByDays {
                    text += ", in proportion to the days of the year on which it takes part"
                } else if memberships.contains(where: { $0.party == .contributor(from) }) {
                    text += ", in full for each year in any part of which it takes part"
                }
                let one = sums.count == 1
                let use =
                    switch term.use {
                    case .stays:
                        "\(one ? "it" : "each") stays with the member that receives it"
                    case .pooled(let key):
                        "what is received of \(one ? "it" : "them") is shared among the members, \(self.key(key)), and "
                            + "reduces what they owe"
                    }
                let first =
                    paysUnderRule(from)
                    ? " What \(chart.label(from)) pays counts first towards this, then towards its part of costs." : ""
                found.append(
                    Clause(
                        "\(text). \(one ? "It is" : "They are") due in full whatever is spent; \(use).\(first)"))
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
                "\(names.map { Self.list($0.map { chart.label($0) }) } ?? "the members"), divided \(self.key(key)) "
                    + "among those of them that take part in the year"
            }
        let when = year.map { " in \($0)" } ?? " a year"
        // With one member there is nobody else to pay it to.
        return pounds(amount) + when + (chart.members.count == 1 ? "" : " to \(to)") + risen(term, amount)
    }

    /// ` (£853.60 in 2022-23, £886.89 from 2023-24)`: what a sum comes to in the years in which it rises.
    private func risen(_ term: ContributionTerm, _ base: Money) -> String {
        guard case .inYears(let steps)? = term.uplift else { return "" }
        let sums = steps.map { step in
            "\(pounds(term.amount(base, in: step.year))) from \(step.year)"
        }
        return " (\(sums.joined(separator: ", ")))"
    }

    var weightClauses: [Clause] {
        weights.filter { uses($0.name) }.map { set in
            let values = set.values.map { "\(label($0.party)) \($0.written)" }.joined(separator: ", ")
            return Clause(
                "The weights \"\(set.name)\"\(set.from.map { " from \(Self.date($0))" } ?? "") are: \(values) "
                    + "(source: \(set.source); as at \(Self.date(set.date)))."
            )
        }
    }

    /// Weights that nothing goes by bind nobody: they stand there for comparison.
    private func uses(_ name: Name<WeightSet>) -> Bool {
        let ofFunds = funds.compactMap { fund in if case .shared(let key) = fund.unspent { key } else { nil } }
        let ofReceivers = contributions.compactMap { term in
            if case .fixed(_, _, .group(_, let key), _) = term.source { key } else { nil }
        }
        return (keyUses.map(\.key) + ofFunds + ofReceivers).contains { $0.basis.weightNames.contains(name) }
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
                    + "\(holder); no more than this may be drawn over that time in all. "
                text +=
                    fund.isConditional
                    ? "It counts as income when eligible cost is met from it; until then it is a receipt in advance. "
                    : "It is unconditional: what isn't spent is an earmarked reserve. "
            } else {
                text =
                    "The fund \"\(name)\" is held by \(holder) as \(fund.holdsAs == .earmarkedReserve ? "an" : "a") "
                    + "\(fund.holdsAs.rawValue)\(fund.owner.map { ", and belongs to \(label($0))" } ?? ""). It "
                    + "never gives more than it holds. "
            }
            if let fence = fund.ringFence { text += "It may be spent only on \(headings(fence)). " }
            if let match = fund.matchWritten {
                text += "Under each clause others must meet \(match) of the cost of its time"
                text +=
                    fund.inKindMost.map {
                        " and of gifts in kind taken together; gifts count up to \(pounds($0)), once, under the first "
                            + "clause under which it pays. "
                    } ?? ". "
            }
            let end =
                fund.isGrant ? "at the end of the financial year in which its time ends" : "at the end of each year"
            switch fund.unspent {
            case .returned:
                let owner =
                    fund.owner.map { " to \(label($0))" }
                    ?? (fund.isGrant ? " to its funder" : " to those who paid it in")
                text += "What is left \(end) is returned\(owner)."
            case .carriedForward: text += "What is left is carried forward."
            case .shared(let key):
                text += "What is left \(end) is shared among the members' reserves, \(self.key(key))."
            }
            return Clause(text)
        }
    }

    func sharedDisposalClauses(isSurplus: Bool) -> [Clause] {
        guard let shared = isSurplus ? sharedSurplus : sharedDeficit else { return [] }
        let what = isSurplus ? "surplus" : "deficit"
        let takes = shared.takes.enumerated().map {
            TakeWords(agreement: self, what: isSurplus ? .surplus : .deficit).sentence(
                $0.element, isFirst: $0.offset == 0)
        }
        let effect =
            "What a member \(isSurplus ? "receives" : "pays") under this clause, or nil where that is nothing, takes "
            + "the place of its own surplus or deficit of the year."
        let (own, less) = isSurplus ? ("surpluses", "deficits") : ("deficits", "surpluses")
        let whole = "A \(what) of the partnership as a whole, which is the members' \(own) less their \(less),"
        return [
            takes.count == 1
                ? Clause("\(whole) is shared as follows: \(takes[0]). \(effect)")
                : Clause(
                    "\(whole) is shared in the order that follows. \(effect)", takes)
        ]
    }

    /// What the members' own lines on surplus and deficit are about.
    var netClause: Clause {
        let pooled = contributions.contains { if case .pooled = $0.use { true } else { false } }
        let budget = contributions.contains { $0.source == .approvedBudget && $0.use == .stays }
        let parts =
            (budget ? ["its approved budget"] : []) + ["what it received of contributions that stay with it"]
            + [pooled ? "its shares of pooled contributions and of income" : "its share of income"]
        return Clause(
            "A member's surplus or deficit of the year is \(Self.list(parts)), less its share of costs. What reserves, "
                + "funds, grants or contributors meet, and what a member pays or receives itself, is outside it.")
    }

    func disposalClauses(isSurplus: Bool) -> [Clause] {
        (isSurplus ? [netClause] : [])
            + (isSurplus ? surplus : deficit).map { disposal in
                let who = disposal.member.map { chart.label($0) + "'s" } ?? "A member's"
                let steps = disposal.steps.enumerated().map { index, step in
                    let limit =
                        switch step.limit {
                        case .money(let most)?: " (the first \(pounds(most)) of \(index == 0 ? "it" : "that rest"))"
                        case .balance?: " as far as its balance goes"
                        case .balanceAbove(let floor)?: " as far as its balance goes above \(pounds(floor))"
                        case .budget(_, let written)?: " up to \(written) of the budget"
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

    var capInAllClauses: [Clause] {
        capsInAll.map {
            Clause(
                "\(label($0.party)) bears at most \(pounds($0.amount)) of a year's costs, under all clauses together, "
                    + "what it pays itself included. Its declared contributions and its parts of income, and of a "
                    + "surplus or deficit, do not count; of a cost less income its part of the net cost does. The "
                    + "limit is used up in the order of the clauses and their paragraphs. What is more is left for "
                    + "the next paragraph, or for the others where the paragraph says so.")
        }
    }

    var feeClauses: [Clause] {
        fees.map { fee in
            let of =
                fee.of.map { "the year's cost of \(headings($0))" }
                ?? "all costs of the year other than those of \(headings(fees.map(\.heading)))"
            return Clause(
                "\(chart.label(chart.host)), as host, charges \(fee.written) of \(of), before any income; the "
                    + "charge is a cost of \(headings([fee.heading])) and is met under the clause that covers it.")
        }
    }

    var settleClauses: [Clause] {
        guard let name = settlesThrough else {
            return chart.members.count < 2
                ? []
                : [Clause("What members owe each other is settled by as few payments as can be found.")]
        }
        let next =
            successions.filter { $0.predecessor == .member(name) }
            .map { ", or from \(Self.date($0.from)) through \(label($0.successor))" }.joined()
        return [
            Clause(
                "What members owe each other is settled through \(chart.label(name))\(next): each pays it what it "
                    + "owes, or is paid by it what it is owed.")
        ]
    }

    var floorClauses: [Clause] {
        let own = floors.compactMap(\.member)
        return floors.map { floor in
            let who =
                floor.member.map { chart.label($0) } ?? (own.isEmpty ? "each member" : "each other member")
            return Clause(
                "The reserve of \(who) is to be kept at \(pounds(floor.amount)) or more. This limits no payment under "
                    + "this agreement.")
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
        let sum =
            parts.count == 1
            ? parts[0] : threshold.needsBoth ? "both \(Self.list(parts))" : "either \(parts.joined(separator: " or "))"
        return [Clause("A variance must be explained if it is more than \(sum).")]
    }
}

extension ContributionTerm {
    /// Whether two sums differ in nothing but their amount, year and receiver.
    func isOnTermsOf(_ other: ContributionTerm) -> Bool {
        use == other.use && uplift == other.uplift && instalments == other.instalments && isByDays == other.isByDays
    }
}
