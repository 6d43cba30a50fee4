internal import Sharing
internal import Agreements
public import Findings
public import Ledger
public import Sterling

/// What later years need to know of a year, and nothing more: small enough to be kept, so that a year is never
/// imported again to state the next.
public struct YearClose: Hashable, Sendable, Codable {
    public let year: FinancialYear
    /// One a member, in the agreement's order.
    public let reserves: [Reserve]
    /// In the agreement's order.
    public let funds: [FundBalance]
    /// In the statement's order.
    public let contributions: [Contribution]
    /// The statement's rows as printed: their totals, with the agreement's signs.
    public let sections: [Section]
    /// What each line came to by the end of each period, P0 first: by this year's profile a next one may be
    /// forecast. Without the statement's signs.
    public let profile: [LineProfile]
    /// What members and contributors bore of costs, by the title of the rule: limits of the year after may go by it.
    public let borne: [Borne]
    /// What the year after takes back in its first period.
    public let entriesToReverse: [YearEndEntry]
    /// What was wrong in reading it and isn't mended: it makes what later years say of it doubtful.
    public let openErrors: [Finding]
    /// SHA-256 over the names and digests of the documents that it was stated from.
    public let digest: String
    /// Documents whose names say that their figures are invented, of this year and of those that it follows from.
    public let illustrative: [String]
    /// The `closing` table's line in the digest of the year after, `2017-18/closing.csv 9f2c...`.
    public let closingDocument: String?

    /// A member's reserve at both ends of the year; money held is above zero.
    public struct Reserve: Hashable, Sendable, Codable {
        public let member: Name<Member>
        /// As certified, before any adjustment.
        public let broughtForward: Money
        public let carriedForward: Money
    }

    /// A fund or grant at the year's end; money held is above zero, and what is still to be received below.
    public struct FundBalance: Hashable, Sendable, Codable {
        public let fund: Name<Fund>
        public let carriedForward: Money
        /// Over the grant's life, this year included.
        public let usedToDate: Money
    }

    /// What a contributor was to put in and did, or the members' approved budgets. What is put in is above zero.
    public struct Contribution: Hashable, Sendable, Codable {
        public let line: BudgetLine
        /// `nil` where the body was no contributor, which is not zero.
        public let agreed: Money?
        /// `nil` also of approved budgets, which no account holds.
        public let posted: Money?
    }

    /// A section of the statement, without the rows that it didn't print.
    public struct Section: Hashable, Sendable, Codable {
        public let title: String
        public let rows: [Row]
    }

    /// A printed row with the total of all members.
    public struct Row: Hashable, Sendable, Codable {
        public let label: String
        public let isTotal: Bool
        public let total: Money
    }

    /// What a body bore of a rule's costs, less the rule's income where it is net.
    public struct Borne: Hashable, Sendable, Codable {
        public let rule: String
        public let party: Party
        public let amount: Money
    }

    /// By the title of the rule.
    public var borneByRule: [String: [Party: Money]] {
        borne.reduce(into: [:]) { $0[$1.rule, default: [:]][$1.party] = $1.amount }
    }

    /// What a line came to, period by period.
    public struct LineProfile: Hashable, Sendable, Codable {
        public let line: BudgetLine
        /// P0 to P16.
        public let toDate: [Money]
    }

    /// - Parameters:
    ///   - outturn: the whole year's, or to the period of a statement that shows the year beside others.
    ///   - openErrors: of reading its documents.
    ///   - digest: of its documents.
    public init(
        _ outturn: Outturn, openErrors: [Finding] = [], digest: String = "", closingDocument: String? = nil,
        illustrative: [String] = []
    ) {
        let ledger = outturn.ledger
        year = ledger.year
        reserves = outturn.reserves.map {
            Reserve(member: $0.member, broughtForward: $0.broughtForward, carriedForward: $0.carriedForward)
        }
        funds = outturn.funds.map {
            FundBalance(fund: $0.term.name, carriedForward: $0.carriedForward, usedToDate: $0.usedToDate)
        }
        contributions = outturn.agreement.layout.rows.compactMap { Self.contribution($0.content, outturn) }
        sections = outturn.sections.map { section in
            Section(
                title: section.title,
                rows: section.rows.map {
                    Row(label: $0.label, isTotal: $0.isTotal, total: outturn.printed($0).last!)
                })
        }
        let totals = outturn.sharing.lineTotalsByPeriod()
        profile = outturn.agreement.layout.rows.compactMap { row in
            guard case .line(let line) = row.content else { return nil }
            return LineProfile(line: line, toDate: totals[line] ?? Array(repeating: .zero, count: 17))
        }
        borne = Self.borne(outturn)
        entriesToReverse = ledger.yearEndEntries
        self.openErrors = openErrors
        self.digest = digest
        self.closingDocument = closingDocument
        self.illustrative = illustrative
    }

    /// In the order of the rules and of the bodies.
    private static func borne(_ outturn: Outturn) -> [Borne] {
        let byRule = outturn.sharing.borneByRule, chart = outturn.agreement.chart
        let parties = chart.members.map { Party.member($0.name) } + chart.contributors.map { .contributor($0.name) }
        return byRule.keys.sorted().flatMap { title in
            parties.compactMap { party in
                byRule[title]![party].map { Borne(rule: title, party: party, amount: $0) }
            }
        }
    }

    private static func contribution(_ content: StatementLayout.Content, _ outturn: Outturn) -> Contribution? {
        switch content {
        case .line(.approvedBudget):
            let given = outturn.members.compactMap { outturn.ledger.budget.figure(.approvedBudget, $0.name)?.amount }
            let sum = given.isEmpty ? nil : given.sum()
            // No account holds what a member puts in of its own budget, so nothing of it is posted.
            return Contribution(line: .approvedBudget, agreed: sum, posted: nil)
        case .line(.contribution(let name)):
            let agreement = outturn.agreement
            let isContributor =
                agreement.paysUnderRule(name) || !agreement.agreed(name, in: outturn.ledger.year).isEmpty
            let agreed = isContributor ? outturn.sharing.owed(by: name) : nil
            let flows = outturn.sharing.movements.flatMap(\.flows).filter { $0.account == .cash(.contributor(name)) }
            let posted = flows.isEmpty ? nil : -flows.map(\.amount).sum()
            // Only who neither owes nor paid is no contributor.
            return Contribution(
                line: .contribution(name), agreed: agreed ?? (posted == nil ? nil : .zero),
                posted: posted ?? (agreed == nil ? nil : .zero))
        default: return nil
        }
    }

    func contribution(_ line: BudgetLine) -> Contribution? { contributions.first { $0.line == line } }

    /// What a line came to: in the whole year, and by the end of a period; `nil` where the year hadn't the line.
    func totals(_ line: BudgetLine, upTo period: Period?) -> (whole: Money, toDate: Money)? {
        guard let toDate = profile.first(where: { $0.line == line })?.toDate else { return nil }
        return (toDate[16], toDate[period?.number ?? 16])
    }
}
