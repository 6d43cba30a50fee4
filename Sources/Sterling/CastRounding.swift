/// Rounds a printed table to whole units so that it casts.
///
///                    LBHF     RBKC      WCC    Total            LBHF  RBKC   WCC  Total
///     Other costs  877.33   877.33   877.34  2,632.00    ->     877   877   878  2,632
///
/// No cell moves by a unit or more, cells that are whole stay, and every relation of the table (a row to
/// its total, lines to their sub-total, a balance to its movements) holds between the rounded cells. Of all
/// such tables it takes one whose cells move least in sum.
///
/// Where each cell stands in at most two relations, once on either side, the table is a network: a relation
/// is a node, a cell an arc between two, and a cell rounded up is a unit of flow. A two-way table whose rows
/// have sub-totals in sub-totals is such a network (Cox and Ernst 1982; Causey, Cox and Ernst 1985, for one
/// hierarchical dimension), and a network always has a solution, because the exact table is a fractional
/// one. Other structures may have none. A few cells that stand in the way are tried both ways, the rest
/// being a network each time; where there are many, a search is made that may give up.
public enum CastRounding {
    /// Relations say that the signed sum of cells is zero: `a + b - total`.
    public typealias Relation = [(cell: Int, sign: Int)]

    /// The rounded table, or why there is none.
    public enum Outcome: Equatable, Sendable {
        /// The cells in whole units.
        case cast([Int])
        /// There is no rounding of this table that casts.
        case impossible
        /// The structure is no network, and the search gave up.
        case tooHard
    }

    /// More cells than this are not tried both ways.
    static let mostObstacles = 9

    /// - Parameters:
    ///   - exact: the cells in pence; they keep every relation.
    ///   - unit: of a printed unit, in pence: 100 for whole pounds.
    public static func round(_ exact: [Money], unit: Int, relations: [Relation]) -> Outcome {
        precondition(
            relations.allSatisfy { $0.map { exact[$0.cell].pence * $0.sign }.reduce(0, +) == 0 },
            "the exact cells keep every relation")
        let problem = CastProblem(exact.map(\.pence), unit: unit, relations: relations)
        let obstacles = problem.obstacles
        guard obstacles.count <= mostObstacles else {
            var search = CastSearch(problem)
            switch search.run() {
            case .found(let ups): return .cast(problem.cells(ups))
            case .none: return .impossible
            case .gaveUp: return .tooHard
            }
        }
        var best: (ups: [Bool], cost: Int)?
        for choice in 0..<(1 << obstacles.count) {
            let fixed = Dictionary(
                uniqueKeysWithValues: obstacles.enumerated().map { ($0.element, choice & (1 << $0.offset) != 0) })
            guard let ups = problem.solveNetwork(fixed: fixed) else { continue }
            let cost = problem.cost(ups)
            if cost < best?.cost ?? .max { best = (ups, cost) }
        }
        return best.map { .cast(problem.cells($0.ups)) } ?? .impossible
    }
}
