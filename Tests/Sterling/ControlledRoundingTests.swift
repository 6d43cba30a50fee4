import Sterling
import Testing

@Suite struct ControlledRoundingTests {
    private func round(_ rows: [[(Int, Int)]]) -> [[Int]] {
        ControlledRounding.round(rows.map { $0.map { Fraction($0.0) / Fraction($0.1) } }).map { $0.map(\.pence) }
    }

    @Test("A penny over goes to the earlier of equals") func thirds() {
        #expect(round([[(100, 3), (100, 3), (100, 3)]]) == [[34, 33, 33]])
        #expect(round([[(200, 3), (200, 3), (200, 3)]]) == [[67, 67, 66]])
    }

    @Test("The largest remainder comes before the first in the list") func largestRemainder() {
        // 75 to 25 of 99.99 is 7499.25 and 2499.75 pence.
        #expect(round([[(29_997, 4), (9_999, 4)]]) == [[7_499, 2_500]])
    }

    @Test("A refund mirrors its charge") func mirrors() {
        #expect(round([[(35, 10), (15, 10)]]) == [[4, 1]])
        #expect(round([[(-35, 10), (-15, 10)]]) == [[-4, -1]])
    }

    @Test("Rows keep their totals while columns stay nearest to theirs") func twoRows() {
        // Three headings of a penny in thirds: each payer's exact total is one penny.
        let third = [(1, 3), (1, 3), (1, 3)]
        #expect(round([third, third, third]) == [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    }

    @Test("Zeros and whole cells stay") func noughtsStay() {
        #expect(round([[(1, 2), (0, 1), (1, 2)], [(5, 1), (0, 1), (0, 1)]]) == [[1, 0, 0], [5, 0, 0]])
    }

    @Test("The published table's costs give the odd penny to the first borough") func triBorough() {
        let rows = [19_800_900, 1_723_500, 372_000, 263_200].map { total in Array(repeating: (total, 3), count: 3) }
        #expect(
            round(rows) == [
                [6_600_300, 6_600_300, 6_600_300], [574_500, 574_500, 574_500], [124_000, 124_000, 124_000],
                [87_734, 87_733, 87_733],
            ])
    }

    @Test("A table of 40 headings and 33 payers is rounded") func large() {
        let weights = (1...33).map { $0 * 7 + 3 }
        let sum = weights.reduce(0, +)
        let rows = (1...40).map { h in weights.map { (Fraction(h * 100_003) * Fraction($0)) / Fraction(sum) } }
        let rounded = ControlledRounding.round(rows)
        for (row, exact) in zip(rounded, rows) {
            #expect(Fraction(pence: row.sum()) == exact.sum())
            #expect(zip(row, exact).allSatisfy { (Fraction(pence: $0) - $1).magnitude < .one })
        }
        for column in weights.indices {
            let exact = rows.map { $0[column] }.sum()
            #expect((Fraction(pence: rounded.map { $0[column] }.sum()) - exact).magnitude < .one)
        }
    }

    /// What a rounding moves: of the columns' totals, and of the cells.
    private func movement(_ rounded: [[Int]], _ exact: [[Fraction]]) -> (columns: Fraction, cells: Fraction) {
        let moved = zip(rounded, exact).map { zip($0, $1).map { Fraction($0) - $1 } }
        return (
            moved[0].indices.map { c in moved.map { $0[c] }.sum().magnitude }.sum(),
            moved.joined().map(\.magnitude).sum()
        )
    }

    /// The least that any table moves which rounds each cell down or up and keeps the rows' totals; by trying all.
    private func leastMovement(_ exact: [[Fraction]]) -> (columns: Fraction, cells: Fraction) {
        let floors = exact.map { $0.map { $0.wholePart } }, columns = exact[0].count
        let choices = zip(exact, floors).map { row, floors -> [[Int]] in
            let whole = row.sum().wholePart
            return (0..<(1 << columns)).map { bits in
                floors.indices.map { floors[$0] + (bits >> $0 & 1) }
            }.filter { table in
                table.reduce(0, +) == whole && zip(table, row).allSatisfy { (Fraction($0) - $1).magnitude < .one }
            }
        }
        var tables: [[[Int]]] = [[]]
        for rows in choices { tables = tables.flatMap { table in rows.map { table + [$0] } } }
        return tables.filter { table in
            (0..<columns).allSatisfy { c in
                (Fraction(table.map { $0[c] }.reduce(0, +)) - exact.map { $0[c] }.sum()).magnitude < .one
            }
        }.map { movement($0, exact) }.min { $0 < $1 }!
    }

    /// With weights of 32 bits the smallest part of a penny takes more than 64, with 62 more than 120.
    @Test("Tables of fractions of any width move as little as any", arguments: [16, 32, 33, 62])
    func widths(bits: UInt64) {
        var random = Seeded(seed: bits)
        for _ in 0..<15 {
            // Weights of its own for each row make the denominators multiply.
            let exact = (0..<2).map { _ -> [Fraction] in
                let weights = (0..<5).map { _ in Fraction(Int(random.next() >> (64 - bits)) + 1) }
                let cost = Fraction(Int(random.next() % 900_000) + 1), sum = weights.sum()
                return weights.map { $0 * cost / sum }
            }
            let rounded = ControlledRounding.round(exact).map { $0.map(\.pence) }
            #expect(movement(rounded, exact) == leastMovement(exact), "\(exact)")
        }
    }

    @Test("A table whose smallest part of a penny takes 66 bits") func wide() {
        // Found by comparing random agreements with Tests/Oracle: two payers' cells were a penny astray each.
        let exact = [
            [
                "1728894539139258205/25386686771976", "6387727488342512994910745/37335464021628715896",
                "724481623827513277/12693343385988", "226859545/7272", "226859545/7272", "386598498264/1470671",
            ],
            [
                "393669108257494355/4231114461996", "1454484890315876174843095/6222577336938119316",
                "164964391028217587/2115557230998", "51655895/1212", "51655895/1212", "528170629104/1470671",
            ],
        ].map { $0.map(fraction) }
        #expect(
            ControlledRounding.round(exact).map { $0.map(\.pence) } == [
                [68103, 171090, 57075, 31197, 31196, 262872], [93041, 233743, 77977, 42620, 42621, 359136],
            ])
    }

    private func fraction(_ text: String) -> Fraction {
        let parts = text.split(separator: "/").map { digits in
            digits.reduce(Fraction(0)) { $0 * Fraction(10) + Fraction($1.wholeNumberValue!) }
        }
        return parts[0] / parts[1]
    }
}

/// The same numbers in every run.
private struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
