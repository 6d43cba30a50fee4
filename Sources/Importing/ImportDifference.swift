public import Ledger
public import Sterling

/// What an export holds that the last one of the same ledger didn't, and the other way round.
///
/// Rows are compared by what they say, not by where they stand, and equal rows are counted: of three
/// standing charges of £50 in both files none is new, and of four against three one is.
public struct ImportDifference: Sendable {
    /// How many rows stand in both files.
    public let unchanged: Int
    /// In the order of the later file.
    public let new: [Posting]
    /// By their places, ascending.
    public let vanished: [Posting]
    /// The same document, code, period and description with another amount.
    public let changed: [(before: Posting, now: Posting)]

    /// - Parameters:
    ///   - before: all postings of the file whose place is taken.
    ///   - now: all postings of the file that takes it.
    public init(from before: [Posting], to now: [Posting]) {
        var left: [String: [Posting]] = [:]
        for posting in before { left[Self.key(posting), default: []].append(posting) }
        var unchanged = 0
        var fresh: [Posting] = []
        for posting in now {
            let key = Self.key(posting)
            if left[key]?.popLast() != nil { unchanged += 1 } else { fresh.append(posting) }
        }
        var gone: [String: [Posting]] = [:]
        for posting in left.values.joined() { gone[Self.identity(posting), default: []].append(posting) }
        for key in gone.keys { gone[key]!.sort { $0.place > $1.place } }
        var new: [Posting] = [], changed: [(before: Posting, now: Posting)] = []
        for posting in fresh {
            // A row without a document could be anybody's.
            if !posting.document.isEmpty, let before = gone[Self.identity(posting)]?.popLast() {
                changed.append((before, posting))
            } else {
                new.append(posting)
            }
        }
        self.unchanged = unchanged
        self.new = new
        self.changed = changed
        vanished = gone.values.joined().sorted { $0.place < $1.place }
    }

    /// A debit of the ledger is above zero.
    public static func signed(_ posting: Posting) -> Money {
        posting.from == .cash(.member(posting.ledgerOf)) ? posting.amount : -posting.amount
    }

    private static func identity(_ posting: Posting) -> String {
        [
            posting.code, posting.period.description, posting.date?.description ?? "", posting.document,
            posting.description, posting.concerning?.text ?? "",
        ].joined(separator: "\u{1F}")
    }

    private static func key(_ posting: Posting) -> String { identity(posting) + "\u{1F}\(signed(posting).pence)" }
}
