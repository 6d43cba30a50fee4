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
}
