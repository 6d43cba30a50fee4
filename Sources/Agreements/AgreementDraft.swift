internal import Sterling
internal import Ledger

/// The lines that an agreement was read from. A what-if changes them and has them analysed again.
///
/// They take no part in comparing agreements, because two that say the same are equal however they are written.
struct AgreementLines: Equatable, Sendable {
    let draft: AgreementDraft

    static func == (a: AgreementLines, b: AgreementLines) -> Bool { true }
}

/// An agreement as its lines say it, before names are resolved; each part keeps its line.
struct AgreementDraft {
    /// The words of the kinds that a line began with, whether it could be read or not: what was attempted isn't also
    /// called missing.
    var attempted: Set<String> = []
    /// Names whose declaration could not be read.
    var brokenNames: Set<String> = []
    var partnership: String?
    var members: [Token]?
    var membersReader: LineReader?
    var host: Token?
    var hostReader: LineReader?
    /// Members that keep books; `nil` is all of them.
    var books: (names: [Token], reader: LineReader)?
    var contributors: [(name: Token, reader: LineReader)] = []
    var labels: [(name: Token, label: String, reader: LineReader)] = []
    var signs: StatementLayout.Signs?
    var threshold: Threshold?
    var statutory: [(item: StatutoryLine.Item, headings: [Token], reader: LineReader)] = []
    var sections: [(title: String, rows: [RowDraft])] = []
    var contributions: [ContributionDraft] = []
    var weights: [WeightsDraft] = []
    var rules: [RuleDraft] = []
    var disposals: [DisposalDraft] = []
    var sharedDisposals: [SharedDraft] = []
    var memberships: [(name: Token, span: Span, reader: LineReader)] = []
    var successions: [(successor: Token, predecessor: Token, from: CalendarDate, reader: LineReader)] = []
    var schemes: [SchemeDraft] = []
    var funds: [FundDraft] = []
    var floors: [(amount: Money, member: Token?, reader: LineReader)] = []
    var virementLimit: Money?
    var capsInAll: [(name: Token, amount: Money, reader: LineReader)] = []
    var fees: [FeeDraft] = []
    var settlesThrough: (name: Token, reader: LineReader)?
    var texts: [TextClause] = []
    var kind: PartnershipKind?

    struct RowDraft {
        var content: Content
        let keyword: Token
        let reader: LineReader
        var label = ""

        enum Content {
            case approvedBudget
            case from(Token)
            case heading(Token, Heading.Kind)
            case total([Token])
            case fixed(StatementLayout.Content)
        }
    }

    struct ContributionDraft {
        let reader: LineReader
        var amount: Money?
        var amountToken: Token?
        var from: Token?
        var receiver: Receiver?
        var year: FinancialYear?
        var uplift: ContributionTerm.Uplift?
        var instalments: ContributionTerm.Instalments?
        var isByDays = false
        var key: KeyDraft?
        var hasUse = false

        enum Receiver {
            case member(Token)
            /// No names are all members.
            case group([Token], KeyDraft)
        }

        /// The members that it names.
        var receivers: [Token] {
            switch receiver {
            case .member(let token)?: [token]
            case .group(let tokens, _)?: tokens
            case nil: []
            }
        }
    }

    struct KeyDraft {
        var basis: Basis
        /// Where the key begins.
        let token: Token?
        var timing: SplitKey.Timing?

        enum Basis {
            case equally
            case by(Token)
            case byActivity(Token)
            case average([Token])
            case mix([Part])
            case unless(Token, within: Fraction, written: String, of: Token)
        }

        /// `50% population`; no name is equally.
        struct Part {
            let share: Fraction
            let written: String
            let name: Token?
        }

        /// The names that it goes by, of weights or `contribution`.
        var names: [Token] {
            switch basis {
            case .equally, .byActivity: []
            case .by(let name): [name]
            case .average(let names): names
            case .mix(let parts): parts.compactMap(\.name)
            case .unless(let actual, _, _, let agreed): [actual, agreed]
            }
        }
    }

    struct FeeDraft {
        let heading: Token
        let share: Fraction
        let written: String
        let of: [Token]?
        let reader: LineReader
    }

    struct SchemeDraft {
        let name: Token
        let title: String
        let lead: Token
        let headings: [Token]
        let reader: LineReader
    }

    struct FundDraft {
        let name: Token
        let reader: LineReader
        var award: Money?
        var life = Span.always
        var ringFence: [Token]?
        var holder: Token?
        var owner: Token?
        var isConditional = true
        var holdsAs = FundTerm.HeldAs.earmarkedReserve
        var match: Fraction?
        var matchWritten: String?
        var inKindMost: Money?
        var unspent: Unspent?

        enum Unspent {
            case returned, carriedForward
            case shared(KeyDraft)
        }
    }

    struct SharedDraft {
        let isSurplus: Bool
        let takes: [TakeDraft]
        let reader: LineReader
    }

    struct WeightsDraft {
        let name: Token
        let values: [(name: Token, weight: Fraction, written: String)]
        let source: String
        let date: CalendarDate
        let from: CalendarDate?
        let reader: LineReader
    }

    struct RuleDraft {
        let title: String
        let reader: LineReader
        let keyword: Token
        var span = Span.always
        var forReader: LineReader?
        var subject: Subject?
        var isSplit = false
        var isNet = false
        var takes: [TakeDraft] = []
        var hasBrokenLine = false

        enum Subject {
            case headings([Token])
            case scheme(Token)
            case anythingElse
        }
    }

    struct TakeDraft {
        let reader: LineReader
        var amount = Take.Amount.rest
        var amountToken: Token?
        var payer = PayerDraft.memberConcerned
        var atLeast: Money?
        var limit: Take.Limit?
        var eachAtLeast: EachDraft?
        var eachAtMost: EachDraft?
        var excess: Take.Excess?
        /// Where the limits begin.
        var tailToken: Token?
    }

    enum EachDraft {
        case same(Money)
        case named([(name: Token, amount: Money)])
        case ofLastYear(Fraction, written: String)
    }

    enum PayerDraft {
        case name(Token)
        case memberConcerned
        case reserveOfMemberConcerned
        case reserve(Token)
        case directly(Token)
        case lead
        case leadDirectly
        /// No names are all members.
        case group([Token], KeyDraft)
        case contributors(KeyDraft)
        case reserves([Token], KeyDraft)
    }

    struct DisposalDraft {
        let isSurplus: Bool
        let reader: LineReader
        var member: Token?
        var steps: [Disposal.Step] = []
    }
}
