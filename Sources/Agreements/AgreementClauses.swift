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
                "Shares are worked out exactly, and rounded to the penny once for all that one clause covers in a "
                    + "year.")
        ] + texts.map { Clause("\($0.title). \($0.text)") }
    }

    func label(_ party: Party) -> String {
        switch party {
        case .member(let name): chart.label(name)
        case .contributor(let name): chart.label(name)
        }
    }

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
                    + "contribute\(chart.contributors.count == 1 ? "s" : "") and "
                    + "bear\(chart.contributors.count == 1 ? "s" : "") no share beyond what is said here.")
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
        successions.map {
            Clause(
                "\(label($0.successor)) succeeds \(label($0.predecessor)) on \(Self.date($0.from)): from that day "
                    + "what this agreement says of the one holds of the other.")
        }
    }

    func key(_ key: SplitKey, of what: String = "costs") -> String {
        let words = words(key.basis)
        let timing =
            switch key.timing {
            case .byDays?: ", by the days of the year on which each takes part"
            case .asCostsFall?: ", each month's \(what) among those taking part in it"
            case nil: ""
            }
        return words + timing
    }

    private func words(_ basis: SplitKey.Basis) -> String {
        switch basis {
        case .equally: "equally"
        case .by(let name): "in proportion to the weights \"\(name)\""
        case .byContribution: "in proportion to their approved budgets"
        case .byActivity(let unit): "in proportion to the number of each's own (\(unit)) in the year to date"
        case .average(let names):
            "in proportion to the average of the weights \(Self.list(names.map { "\"\($0)\"" }))"
        case .mix(let parts): Self.list(parts.map { "\($0.written) of it \(words($0.basis))" })
        case .unless(let actual, _, let written, let agreed):
            "in proportion to the weights \"\(actual)\"; or to the weights \"\(agreed)\", as long as nobody's share by "
                + "the former differs by more than \(written) from its share by the latter"
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
                    text += ", rising by \(rate.written) a year from \(first), rounded to the penny"
                case .inYears(let steps)?:
                    text += ", rising by \(Self.list(steps.map { "\($0.rate.written) in \($0.year)" }))"
                case nil: break
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
        return pounds(amount) + when + (chart.members.count == 1 ? "" : " to \(to)") + risen(term, amount)
    }

    /// ` (£853.60 in 2022-23, £886.89 from 2023-24)`: what a sum comes to in the years in which it rises.
    private func risen(_ term: ContributionTerm, _ base: Money) -> String {
        guard case .inYears(let steps)? = term.uplift else { return "" }
        let sums = steps.enumerated().map { index, step in
            "\(pounds(term.amount(base, in: step.year))) \(index == steps.count - 1 ? "from" : "in") \(step.year)"
        }
        return " (\(sums.joined(separator: ", ")))"
    }

    var weightClauses: [Clause] {
        weights.filter { uses($0.name) }.map { set in
            let values = set.values.map { "\(label($0.party)) \($0.written)" }.joined(separator: ", ")
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
        return (ofTakes + ofFunds + ofContributions).contains { $0.basis.weightNames.contains(name) }
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

    func sharedDisposalClauses(isSurplus: Bool) -> [Clause] {
        guard let shared = isSurplus ? sharedSurplus : sharedDeficit else { return [] }
        return [
            Clause(
                "If the partnership as a whole ends the year with a \(isSurplus ? "surplus" : "deficit"), it is shared "
                    + "in this order before any member's own:",
                shared.takes.enumerated().map {
                    TakeWords(agreement: self, what: isSurplus ? .surplus : .deficit)
                        .sentence($0.element, isFirst: $0.offset == 0)
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
                "\(label($0.party)) bears at most \(pounds($0.amount)) in all of a year's costs, under whichever "
                    + "clauses they fall; what is more passes to those who pay after it.")
        }
    }

    var feeClauses: [Clause] {
        fees.map { fee in
            let of = fee.of.map { "the year's cost of \(headings($0))" } ?? "the year's costs, such charges aside"
            return Clause(
                "\(chart.label(chart.host)), as host, charges \(fee.written) of \(of), shown as "
                    + "\(headings([fee.heading])).")
        }
    }

    var settleClauses: [Clause] {
        settlesThrough.map { name in
            [
                Clause(
                    "What members owe each other is settled through \(chart.label(name)): each pays it what it "
                        + "owes, or is paid by it what it is owed.")
            ]
        } ?? []
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
