internal import Sterling
internal import Ledger

/// An agreement as its lines say it, before names are resolved; each part keeps its line.
struct AgreementDraft {
    /// Keywords that a line began with, whether it could be read or not: what was attempted isn't
    /// also called missing.
    var attempted: Set<String> = []
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
        var to: Token?
        var year: FinancialYear?
        var key: KeyDraft?
    }

    enum KeyDraft {
        case equally
        case by(Token)
    }

    struct WeightsDraft {
        let name: Token
        let values: [(Token, Int)]
        let source: String
        let date: CalendarDate
        let reader: LineReader
    }

    struct RuleDraft {
        let title: String
        let reader: LineReader
        let keyword: Token
        var forReader: LineReader?
        var subject: Subject?
        var isSplit = false
        var takes: [TakeDraft] = []
        var hasBrokenLine = false

        enum Subject {
            case headings([Token])
            case anythingElse
        }
    }

    struct TakeDraft {
        let reader: LineReader
        var amount = Take.Amount.rest
        var amountToken: Token?
        var payer = PayerDraft.memberConcerned
        var limit: Take.Limit?
    }

    enum PayerDraft {
        case name(Token)
        case memberConcerned
        case reserveOfMemberConcerned
        case reserve(Token)
        /// No names are all members.
        case group([Token], KeyDraft)
    }

    struct DisposalDraft {
        let isSurplus: Bool
        let reader: LineReader
        var member: Token?
        var steps: [Disposal.Step] = []
    }
}
