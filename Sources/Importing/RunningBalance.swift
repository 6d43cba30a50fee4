internal import Findings
internal import Sterling

/// Holds a column of running balances against the amounts beside it.
///
/// A list may begin with its oldest row or its newest, and a balance may rise with debits or with credits: which of
/// the four ways it is, the rows tell. In one of them every balance is the one before it and the row's amount.
struct RunningBalance {
    struct Way {
        /// Whether the newest row stands first, so that a balance is the one below it and the row's own amount.
        let isUpwards: Bool
        /// Whether the balance falls with a debit.
        let isTurned: Bool
        /// Rows that were compared with one before them, and how many of those fail.
        var steps = 0
        var count = 0
        /// The first of them: what the balance is, and is above what it should be.
        var breaks: [(place: Place, balance: Money, gap: Money)] = []
    }

    private var ways = [false, true].flatMap { upwards in
        [false, true].map { Way(isUpwards: upwards, isTurned: $0) }
    }
    private var last: (balance: Money, group: String)?
    /// Amounts since the last balance, its own row's among them, and without it.
    private var withOwn = Money.zero
    private var since = Money.zero
    /// Whether the last row took a balance on from another one than nil, in the way that fits best.
    private(set) var isMoving = false

    /// - Parameters:
    ///   - amount: as the ledger has it, debits above zero.
    ///   - balance: `nil` where the cell is empty.
    ///   - group: a list may begin anew where it changes.
    ///   - mayRestart: whether the row may begin a list, as one that is called an opening balance.
    mutating func add(_ amount: Money, balance: Money?, group: String, mayRestart: Bool, at place: Place) {
        isMoving = false
        since += amount
        guard let balance else {
            withOwn += amount
            return
        }
        defer {
            last = (balance, group)
            (since, withOwn) = (.zero, amount)
        }
        guard let last else { return }
        let isFree = mayRestart || last.group != group
        for index in ways.indices {
            let way = ways[index]
            let moved = way.isUpwards ? -withOwn : since
            let gap = balance - (last.balance + (way.isTurned ? -moved : moved))
            if !isFree { ways[index].steps += 1 }
            guard !gap.isZero, !isFree else { continue }
            ways[index].count += 1
            if way.breaks.count < 20 { ways[index].breaks.append((place, balance, gap)) }
        }
        let best = ways.min { $0.count < $1.count }!, moved = best.isUpwards ? -withOwn : since
        isMoving =
            !last.balance.isZero && !moved.isZero && balance == last.balance + (best.isTurned ? -moved : moved)
    }

    /// The way in which the fewest rows fail; `nil` where no row was compared.
    var best: Way? {
        let best = ways.min { $0.count < $1.count }!
        return best.steps > 0 ? best : nil
    }
}
