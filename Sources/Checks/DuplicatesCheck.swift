internal import Sterling
internal import Findings
internal import Ledger

/// Postings that share document number, code, amount and date, and files that share their rows. They are reported and
/// never removed; what the ledgers or a journal have taken back is reported no more.
enum DuplicatesCheck: Check {
    static let title = "No likely duplicates"

    static func run(_ year: CheckedYear) -> CheckResult {
        let postings = year.ledger.postings
        let shared = postings.rowsInTwoFiles
        var findings = shared.map { shared in
            Finding(
                .rowsInTwoFiles, at: shared.later.place, found: shared.later.document,
                "\(shared.count) of \(shared.of) rows of \(Place(shared.later.place.source)) stand in "
                    + "\(Place(shared.earlier.place.source)) too, the first at \(shared.earlier.place), and count "
                    + "twice",
                hint: "keep the one that holds all of them; `outturn import --replaces` moves the other aside")
        }
        // Rows of a file that is told as a whole aren't told one by one.
        let told = Set(shared.map { Set([$0.later.place.source, $0.earlier.place.source]) })
        let twice = postings.likelyDuplicates.filter {
            !told.contains([$0.posting.place.source, $0.earlier.place.source])
        }
        var reversals = Reversals(of: twice.map(\.posting), in: postings)
        findings += twice.filter { !reversals.take(for: $0.posting) }.map { posting, earlier in
            Finding(
                .likelyDuplicate, at: posting.place, found: posting.document,
                "the same document, code, amount (\(posting.amount)) and date as \(earlier.place)",
                hint: "if it was keyed twice, have one reversed: in the ledger under its number, or by a journal that "
                    + "names it; both are in the statement")
        }
        return CheckResult(CheckResult.count(postings.count, "posting"), findings)
    }

    /// What took a posting back: as much the other way between the same accounts, under its number or naming it.
    private struct Reversals {
        private var open: [Posting]

        init(of postings: [Posting], in all: Postings) {
            let amounts = Set(postings.map(\.amount))
            open =
                postings.isEmpty
                ? []
                : all.filter { reversal in
                    amounts.contains(reversal.amount)
                        && postings.contains { $0.from == reversal.to && $0.to == reversal.from }
                }
        }

        /// - Returns: whether there is a reversal that took back none before it.
        mutating func take(for posting: Posting) -> Bool {
            let index = open.firstIndex { reversal in
                reversal.amount == posting.amount && reversal.from == posting.to && reversal.to == posting.from
                    && reversal.ledgerOf == posting.ledgerOf && Self.names(reversal, posting)
            }
            guard let index else { return false }
            open.remove(at: index)
            return true
        }

        private static func names(_ reversal: Posting, _ posting: Posting) -> Bool {
            if reversal.document == posting.document { return true }
            let words = (reversal.description + " " + reversal.document).split { !$0.isLetter && !$0.isNumber }
            let number = posting.document.split { !$0.isLetter && !$0.isNumber }
            guard !number.isEmpty, words.count >= number.count else { return false }
            return (0...(words.count - number.count)).contains { words[$0..<($0 + number.count)] == number[...] }
        }
    }
}
