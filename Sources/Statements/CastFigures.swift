public import Sterling

/// The statement's figures in whole printed units such that the table casts.
public struct CastFigures: Sendable {
    /// A row of the statement, a column a member and the total last.
    public let units: [[Int]]
    /// Cells that stand elsewhere than rounding each on its own would put them.
    public let moved: [(row: Int, column: Int)]

    /// The figures that cast, or why there are none.
    public enum Outcome: Sendable {
        case cast(CastFigures)
        /// Why the table is printed with each figure rounded on its own.
        case fallsBack(String)
    }

    /// Rounds the figures as they are printed, so that rows, columns and balances add up in whole units of the format.
    public static func round(_ outturn: Outturn, _ format: AmountFormat) -> Outcome {
        let rows = outturn.rows, width = outturn.members.count + 1
        let exact = rows.flatMap { outturn.printed($0) }
        let relations = outturn.rowRelations
        let targets = Set(relations.map(\.target))
        var all: [CastRounding.Relation] = []
        for relation in relations {
            for column in 0..<width {
                all.append(
                    relation.terms.map { ($0.row * width + column, $0.sign) } + [(relation.target * width + column, -1)]
                )
            }
        }
        // What sub-totals are across follows from their lines.
        for row in rows.indices where !targets.contains(row) {
            all.append((0..<width).map { (row * width + $0, $0 == width - 1 ? -1 : 1) })
        }
        switch CastRounding.round(exact, unit: format.unitPence, relations: all) {
        case .cast(let cells):
            let units = rows.indices.map { row in Array(cells[(row * width)..<((row + 1) * width)]) }
            var moved: [(row: Int, column: Int)] = []
            for row in rows.indices {
                for column in 0..<width where units[row][column] != format.units(exact[row * width + column]) {
                    moved.append((row, column))
                }
            }
            return .cast(CastFigures(units: units, moved: moved))
        case .impossible: return .fallsBack("no rounding of this table to whole units adds up everywhere")
        case .tooHard: return .fallsBack("no rounding of this table that adds up everywhere was found")
        }
    }

    /// Where printed figures, each rounded on its own, don't add up to what they make, in units.
    public static func differences(_ outturn: Outturn, _ format: AmountFormat) -> [(
        row: Int, column: Int, difference: Int
    )] {
        let rows = outturn.rows, width = outturn.members.count + 1
        let units = rows.map { outturn.printed($0).map(format.units) }
        let relations = outturn.rowRelations
        var found: [(row: Int, column: Int, difference: Int)] = []
        for relation in relations {
            for column in 0..<width {
                let difference =
                    units[relation.target][column] - relation.terms.map { $0.sign * units[$0.row][column] }.reduce(0, +)
                if difference != 0 { found.append((relation.target, column, difference)) }
            }
        }
        for row in rows.indices {
            let difference = units[row][width - 1] - units[row].dropLast().reduce(0, +)
            if difference != 0 { found.append((row, width - 1, difference)) }
        }
        return found
    }

    /// Budget, actual and variance of a line whose actual is printed already: the budget rounded so that they add up.
    public static func variance(budget: Money, actual: Money, actualUnits: Int, _ format: AmountFormat) -> (
        budget: Int, variance: Int
    ) {
        let unit = format.unitPence, variance = actual - budget
        let near = budget.pence / unit
        let choices = [near - 1, near, near + 1].filter {
            abs($0 * unit - budget.pence) < unit && abs((actualUnits - $0) * unit - variance.pence) < unit
        }
        let best = choices.min { a, b in
            func moved(_ units: Int) -> (Int, Int) {
                (
                    abs(units * unit - budget.pence) + abs((actualUnits - units) * unit - variance.pence),
                    units == format.units(budget) ? 0 : 1
                )
            }
            return moved(a) < moved(b)
        }
        // One always fits: the budget goes the way that the actual went.
        let chosen = best ?? format.units(budget)
        return (chosen, actualUnits - chosen)
    }
}
