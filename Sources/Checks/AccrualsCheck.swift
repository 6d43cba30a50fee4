internal import Findings
internal import Sterling
internal import Ledger
internal import Statements

/// What last year accrued was reversed this year, once, and the invoice came; and no entry stands in two places.
enum AccrualsCheck: Check {
    static let title = "Last year's accruals are reversed and used"

    static func run(_ year: CheckedYear) -> CheckResult {
        let accruals = year.ledger.accrualsBroughtForward
        let books = Books(of: accruals, in: year.ledger.postings)
        var findings: [Finding] = []
        for accrual in accruals {
            let cash = Account.cash(.member(accrual.ledgerOf))
            let ofCode = books.ofCode[[accrual.ledgerOf.text, accrual.code]] ?? []
            let ofDocument = books.ofDocument[[accrual.ledgerOf.text, accrual.document]] ?? []
            /// Whether it goes the way that takes the accrual back.
            func takesBack(_ posting: Posting) -> Bool { (posting.to == cash) == !accrual.amount.isNegative }
            let reversals = (ofCode.filter { $0.document == accrual.document } + books.journals(naming: accrual)).filter
            {
                $0.amount == accrual.amount.magnitude && takesBack($0)
            }
            let takenBack = ofCode.count { posting in
                posting.document == accrual.document && posting.amount == accrual.amount.magnitude
                    && (posting.from == cash) == !accrual.amount.isNegative
            }
            if reversals.count - takenBack > 1 {
                findings.append(
                    twice(
                        reversals[1], accrual.document,
                        "the accrual was reversed at \(reversals[0].place) already, so its cost is understated"))
            }
            let isUsed =
                ofCode.contains {
                    $0.document != accrual.document && !$0.isAccrual && $0.to != cash
                        && $0.amount >= accrual.amount.magnitude
                } || isAccruedAgain(accrual, reversals.first, year)
            guard reversals.isEmpty || !isUsed else { continue }
            // The same document taken back with another amount, or on another code, is this accrual mistyped.
            let near = reversals.isEmpty ? ofDocument.first { $0.journal == nil && takesBack($0) } : nil
            if let near {
                findings.append(
                    Finding(
                        .accrualNotReversed, at: accrual.place, found: accrual.document,
                        "\(near.place) takes \(accrual.document) back with \(near.amount) on code \(near.code), and "
                            + "the table says \(accrual.amount) on code \(accrual.code)",
                        hint: "mend the one that is mistyped"))
                continue
            }
            let turned = ofDocument.first { $0.journal == nil && $0.amount == accrual.amount.magnitude }
            findings.append(
                Finding(
                    .accrualNotReversed, at: accrual.place, found: accrual.document,
                    !reversals.isEmpty
                        ? "the accrual was reversed, and no invoice of its size came on code \(accrual.code)"
                        : "the accrual of \(accrual.amount) on code \(accrual.code) is not reversed",
                    hint: !reversals.isEmpty
                        ? "ask whether the cost was ever due; if it is still expected, accrue it again"
                        : "post the reversal in P1, or the cost counts twice"
                            + (turned.map {
                                "; if \($0.place) is it, the table's sign is turned: a debit is above zero"
                            }
                                ?? "")))
        }
        findings += entriesInTwoPlaces(year)
        let entries = year.ledger.yearEndEntries.count + (year.lastYear?.entriesToReverse.count ?? 0)
        if accruals.isEmpty, entries == 0 { return .notRun("no `accruals` table and no year-end entries") }
        return CheckResult(
            [(accruals.count, "accrual", nil), (entries, "year-end entry", "year-end entries")].filter { $0.0 > 0 }
                .map { CheckResult.count($0.0, $0.1, $0.2) }.joined(separator: ", "), findings)
    }

    /// What the books have of the accruals' documents and codes, by ledger and one of them.
    private struct Books {
        var ofCode: [[String]: [Posting]] = [:]
        var ofDocument: [[String]: [Posting]] = [:]
        private var journals: [Posting] = []

        init(of accruals: [AccrualBroughtForward], in postings: Postings) {
            guard !accruals.isEmpty else { return }
            let codes = Set(accruals.map { [$0.ledgerOf.text, $0.code] })
            let documents = Set(accruals.map { [$0.ledgerOf.text, $0.document] })
            for posting in postings {
                let code = [posting.ledgerOf.text, posting.code], document = [posting.ledgerOf.text, posting.document]
                if codes.contains(code) { ofCode[code, default: []].append(posting) }
                if documents.contains(document) { ofDocument[document, default: []].append(posting) }
                if posting.isJournal { journals.append(posting) }
            }
        }

        /// Journals whose number or reason names the accrual's document.
        func journals(naming accrual: AccrualBroughtForward) -> [Posting] {
            guard !accrual.document.isEmpty else { return [] }
            return journals.filter { $0.ledgerOf == accrual.ledgerOf && $0.names(accrual.document) }
        }
    }

    /// Still expected, it is accrued again at this year's end.
    private static func isAccruedAgain(_ accrual: AccrualBroughtForward, _ reversal: Posting?, _ year: CheckedYear)
        -> Bool
    {
        guard let heading = reversal?.headings.first else { return false }
        return year.ledger.yearEndEntries.contains {
            $0.ledgerOf == accrual.ledgerOf && $0.account == .heading(heading)
                && $0.amount >= accrual.amount.magnitude
        }
    }

    /// Year-end entries that the ledger has as well, and those of last year that it takes back beside this program.
    private static func entriesInTwoPlaces(_ year: CheckedYear) -> [Finding] {
        let entries = year.ledger.yearEndEntries.map { (entry: $0, isReversal: false) }
        let reversed = (year.lastYear?.entriesToReverse ?? []).map { (entry: $0, isReversal: true) }
        guard !entries.isEmpty || !reversed.isEmpty else { return [] }
        // What the program posts of them itself stands at their own places.
        let places = Set((entries + reversed).map(\.entry.place))
        let numbers = Set((entries + reversed).map { folded($0.entry.document) })
        let named = year.ledger.postings.filter {
            ($0.isJournal || numbers.contains(folded($0.document))) && !places.contains($0.place)
        }
        return (entries + reversed).compactMap { entry, isReversal in
            let flow = entry.isToAccount != isReversal ? entry.amount : -entry.amount
            let alike = named.filter {
                (folded($0.document) == folded(entry.document) || $0.isJournal && $0.names(entry.document))
                    && $0.ledgerOf == entry.ledgerOf
                    && $0.flow(into: entry.account).magnitude == entry.amount
            }
            let (same, opposite) = (
                alike.filter { $0.flow(into: entry.account) == flow },
                alike.filter { $0.flow(into: entry.account) == -flow }
            )
            // What the ledger has itself reversed stands in one place alone.
            guard let posting = same.first, same.count > opposite.count else { return nil }
            return twice(
                posting, entry.document,
                isReversal
                    ? "the ledger takes the \(entry.kind) back, and so does this program, which had it from "
                        + "\(entry.place)"
                    : "the \(entry.kind) stands in the ledger, and at \(entry.place) as well")
        }
    }

    /// `ACC-1` and `acc 1` are one number.
    private static func folded(_ document: String) -> String {
        document.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    private static func twice(_ posting: Posting, _ document: String, _ message: String) -> Finding {
        Finding(
            .accrualTwice, at: posting.place, found: document, message,
            hint: "keep one of the two, or have one of them reversed in the ledger")
    }
}
