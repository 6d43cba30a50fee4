internal import Agreements
internal import Sterling
internal import Findings
internal import Ledger
internal import Statements

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
                hint: shared.later.place.file == shared.earlier.place.file
                    ? "name the sheets to read in the map's `sheets`, or take the copy out of the workbook"
                    : "keep the one that holds all of them: move the other to exports/superseded, and import the "
                        + "rest again"
            )
        }
        findings += feesPosted(year)
        // Rows of a file that is told as a whole aren't told one by one.
        let told = Set(shared.map { Set([$0.later.place.source, $0.earlier.place.source]) })
        func isUntold(_ a: Posting, _ b: Posting) -> Bool { !told.contains([a.place.source, b.place.source]) }
        let elsewhere = postings.rowsInTwoLedgers.filter { isUntold($0.posting, $0.earlier) }
        var takenBack = Reversals(of: elsewhere.map(\.posting), in: postings)
        findings += elsewhere.filter { !takenBack.take(for: $0.posting, since: $0.posting) }.map { posting, earlier in
            Finding(
                .likelyDuplicate, at: posting.place, found: posting.document,
                "the same document, date, text and amount (\(posting.amount)) as \(earlier.place), in another member's "
                    + "ledger",
                hint: "see which of the two paid it, and have the other's taken back under its number; where both did, "
                    + "answer it in the year's `answers` table")
        }
        findings += postings.unnumberedTwice.filter { isUntold($0.later, $0.earlier) }.map { rows in
            Finding(
                .likelyDuplicate, at: rows.later.place, found: "\(rows.later.amount)",
                "\(rows.count == 1 ? "the row says" : "\(rows.count) rows say") what an earlier row says, without a "
                    + "document's number to tell them apart; the first as \(rows.earlier.place)",
                hint: "if each was paid, answer it in the year's `answers` table; else have one taken back")
        }
        let twice = postings.likelyDuplicates.filter { isUntold($0.posting, $0.earlier) }
        var reversals = Reversals(of: twice.map(\.posting), in: postings)
        findings += twice.filter { !reversals.take(for: $0.posting, since: $0.earlier) }.map { posting, earlier in
            Finding(
                .likelyDuplicate, at: posting.place, found: posting.document,
                "the same document, code, amount (\(posting.amount)) and date as \(earlier.place)",
                hint: "if it was keyed twice, have one reversed: in the ledger under its number, or by a journal that "
                    + "names it; both are in the statement")
        }
        findings += takenBackTwice(postings)
        return CheckResult(CheckResult.count(postings.count, "posting"), findings)
    }

    /// Journals that take back what another has taken back already: a second one has a number of its own, and its
    /// reason names what both reverse.
    private static func takenBackTwice(_ postings: Postings) -> [Finding] {
        struct Way: Hashable {
            let ledgerOf: Name<Member>
            let from: Account
            let to: Account
            let amount: Money
        }
        let journals = postings.filter { $0.isJournal && !$0.description.isEmpty }
        let turned = Set(journals.map { Way(ledgerOf: $0.ledgerOf, from: $0.to, to: $0.from, amount: $0.amount) })
        guard !turned.isEmpty else { return [] }
        // How many there are of each number, by the words that it is made of.
        var originals: [Way: [[Substring]: Int]] = [:]
        for posting in postings where !posting.document.isEmpty {
            let way = Way(ledgerOf: posting.ledgerOf, from: posting.from, to: posting.to, amount: posting.amount)
            if turned.contains(way) { originals[way, default: [:]][Posting.words(posting.document), default: 0] += 1 }
        }
        var firstOf: [Way: [[Substring]: Posting]] = [:]
        return journals.compactMap { journal in
            let way = Way(ledgerOf: journal.ledgerOf, from: journal.to, to: journal.from, amount: journal.amount)
            guard let numbers = originals[way] else { return nil }
            let words = Posting.words(journal.description)
            let named = words.indices.lazy.flatMap { start in
                (start..<min(words.count, start + 6)).lazy.map { Array(words[start...$0]) }
            }.first { numbers[$0] != nil }
            guard let named else { return nil }
            if numbers[named]! > 0 {
                originals[way]![named]! -= 1
                firstOf[way, default: [:]][named] = journal
                return nil
            }
            let number = named.joined(separator: " ")
            return Finding(
                .likelyDuplicate, at: journal.place, found: journal.document,
                "the journal takes \(number) back, which \(firstOf[way]![named]!.document) has taken back already",
                hint: "take one of them away; if both are right, name in each what it takes back")
        }
    }

    /// What the agreement charges of itself stands in no ledger as well.
    private static func feesPosted(_ year: CheckedYear) -> [Finding] {
        let agreement = year.outturn.agreement
        return agreement.fees.compactMap { fee in
            let heading = Account.heading(fee.heading)
            let posted = year.ledger.postings.first { posting in
                !posting.flow(into: heading).isZero && !posting.isFee
            }
            guard let posted else { return nil }
            let label = agreement.chart.heading(fee.heading)?.label ?? fee.heading.text
            return Finding(
                .feePosted, at: posted.place, found: label,
                "the agreement charges \(label) as \(fee.written) of costs (line \(fee.line.number)), and the books "
                    + "have postings under it too",
                hint: "take the journal away, or exclude its code in the map; or take the fee out of the agreement")
        }
    }

    /// What took a posting back: as much the other way between the same accounts, under its number or naming it, and
    /// not before it. What stands before is an original, and the two alike are its reversal, keyed twice.
    private struct Reversals {
        private var open: [(posting: Posting, order: Order)]
        private let orders: [Place: Order]

        /// By period, and within one as the books have them.
        private struct Order: Comparable {
            let period: Int
            let index: Int

            static func < (a: Order, b: Order) -> Bool { (a.period, a.index) < (b.period, b.index) }
        }

        init(of postings: [Posting], in all: Postings) {
            let amounts = Set(postings.map(\.amount))
            let alike =
                postings.isEmpty
                ? []
                : all.enumerated().filter { amounts.contains($0.element.amount) }
                    .map { (posting: $0.element, order: Order(period: $0.element.period.number, index: $0.offset)) }
            let ways = Set(postings.map { [$0.from, $0.to] })
            open = alike.filter { ways.contains([$0.posting.to, $0.posting.from]) }
            orders = Dictionary(alike.map { ($0.posting.place, $0.order) }) { first, _ in first }
        }

        /// - Parameter earlier: the first of those alike.
        /// - Returns: whether there is a reversal that took back none before it.
        mutating func take(for posting: Posting, since earlier: Posting) -> Bool {
            let index = open.firstIndex { reversal, order in
                orders[earlier.place].map { $0 < order } ?? false && reversal.amount == posting.amount
                    && reversal.from == posting.to && reversal.to == posting.from
                    && reversal.ledgerOf == posting.ledgerOf && reversal.names(posting.document)
            }
            guard let index else { return false }
            open.remove(at: index)
            return true
        }
    }
}
