/// What most likely made a figure wrong.
public struct Cause: Hashable, Sendable {
    /// The slips that are known; the raw value is how a report names them.
    public enum Kind: String, Sendable, CaseIterable {
        case digitsSwapped = "digits swapped"
        case digitLost = "digit lost"
        case digitDoubled = "digit doubled"
        case digitAdded = "digit added"
        case digitWrong = "digit wrong"
        case signTurned = "sign turned"
        case countedTwice = "line counted twice"
        case leftOut = "line left out"
        case otherSection = "total of another section"
        case percentageCut = "percentage cut, not rounded"
        case broughtForwardMoved = "brought forward moved"
        case unequalShares = "shares not as stated"
        case wordContradicts = "word contradicts the sign"
    }

    public let kind: Kind
    /// The line that was counted twice, left out or turned; empty for a slip of digits.
    public let line: String

    init(_ kind: Kind, _ line: String = "") {
        self.kind = kind
        self.line = line
    }

    /// Whether hardly anything else explains it.
    var isSpecific: Bool { kind != .digitWrong && kind != .digitAdded }

    /// Why the target's figure is not what its terms give.
    ///
    /// - Parameters:
    ///   - unit: of the target's column.
    ///   - otherTotals: totals that are no part of it.
    ///   - names: the label of a term.
    static func of(
        _ evaluation: Evaluation, unit: Int, otherTotals: [(value: Int, name: String)],
        names: (FigureGrid.Cell) -> String, value: ((FigureGrid.Cell) -> Int?)? = nil
    ) -> Cause? {
        let slack = evaluation.tolerance / max(1, unit)
        let printed = evaluation.printed / max(1, unit)
        // Exact first; then what rounding of the parts may hide.
        for offset in Self.offsets(min(slack, 6)) {
            let correct = evaluation.computed / max(1, unit) + offset
            if printed.magnitude > 999, let other = otherTotals.first(where: { $0.value == evaluation.printed }) {
                return Cause(.otherSection, other.name)
            }
            if printed == -correct, correct != 0 { return Cause(.signTurned) }
            let edit = edit(from: correct, to: printed)
            if let edit, edit != .digitWrong, edit != .digitAdded { return Cause(edit) }
            if let value {
                let difference = (printed - correct) * max(1, unit)
                for (cell, sign) in evaluation.terms {
                    guard let term = value(cell), term.magnitude > 9 * UInt(max(1, unit)) else { continue }
                    if difference == sign * term, evaluation.terms.count > 1 {
                        return Cause(.countedTwice, names(cell))
                    }
                    if difference == -sign * term { return Cause(.leftOut, names(cell)) }
                }
            }
            // What rounding must first be bent for is no likely slip.
            if let edit, offset == 0 { return Cause(edit) }
        }
        return nil
    }

    /// A slip in one of the terms that explains the difference.
    static func ofTerms(_ evaluation: Evaluation, grid: FigureGrid) -> Cause? {
        var found: [Cause] = []
        for (cell, sign) in evaluation.terms {
            guard let value = grid.value(cell.row, cell.column) else { continue }
            let unit = max(1, grid.columns[cell.column].unit)
            let correct = value + sign * evaluation.difference
            if let cause = of(
                figure: value / unit, correct: correct / unit, slack: min(2, evaluation.tolerance / unit)),
                cause.isSpecific
            {
                found.append(cause)
            }
        }
        return found.first
    }

    /// Why a figure is printed instead of the correct one.
    ///
    /// - Parameter slack: how many units rounding may have moved the correct one by.
    static func of(figure printed: Int, correct: Int, slack: Int) -> Cause? {
        var second: Cause?
        for offset in offsets(min(slack, 6)) {
            let correct = correct + offset
            if printed == -correct, correct != 0 { return Cause(.signTurned) }
            guard let cause = edit(from: correct, to: printed).map({ Cause($0) }) else { continue }
            if cause.isSpecific { return cause }
            if offset == 0 { second = cause }
        }
        return second
    }

    static func offsets(_ slack: Int) -> [Int] { [0] + (0..<max(0, slack)).flatMap { [$0 + 1, -$0 - 1] } }

    /// One slip of the pen between two figures, with their signs alike.
    static func edit(from correct: Int, to printed: Int) -> Kind? {
        guard (correct < 0) == (printed < 0) || printed == 0 || correct == 0 else { return nil }
        let a = Array(String(correct.magnitude)), b = Array(String(printed.magnitude))
        guard max(a.count, b.count) > 2 else { return nil }
        if a.count == b.count {
            let differing = a.indices.filter { a[$0] != b[$0] }
            if differing.count == 2, a[differing[0]] == b[differing[1]], a[differing[1]] == b[differing[0]],
                differing[1] - differing[0] <= 2
            {
                return .digitsSwapped
            }
            return differing.count == 1 ? .digitWrong : nil
        }
        // A leading digit that goes takes the zeros behind it along.
        if b.count < a.count {
            if b.count == a.count - 1, a.indices.contains(where: { removing(a, at: $0) == b }) { return .digitLost }
            let tail = a.dropFirst().drop { $0 == "0" }
            return Array(tail) == b ? .digitLost : nil
        }
        guard b.count == a.count + 1, let place = b.indices.first(where: { removing(b, at: $0) == a }) else {
            return nil
        }
        let isDouble = place > 0 && b[place - 1] == b[place] || place + 1 < b.count && b[place + 1] == b[place]
        return isDouble ? .digitDoubled : .digitAdded
    }

    private static func removing(_ digits: [Character], at index: Int) -> [Character] {
        var rest = digits
        rest.remove(at: index)
        return rest
    }
}
