import Sterling
import Testing

/// Rounding that casts; the large counts and the brute force are `Tests/Oracle/casting.py`'s.
@Suite struct CastRoundingTests {
    private func round(_ pence: [Int], _ relations: [CastRounding.Relation], unit: Int = 100) -> CastRounding.Outcome {
        CastRounding.round(pence.map(Money.init(pence:)), unit: unit, relations: relations)
    }

    @Test("Three thirds of 2,632 pounds print as 878, 877 and 877") func thirds() {
        #expect(
            round([87_734, 87_733, 87_733, 263_200], [[(0, 1), (1, 1), (2, 1), (3, -1)]])
                == .cast([878, 877, 877, 2_632]))
    }

    @Test("A cell that is whole stays, and a zero stays zero") func whole() {
        #expect(
            round([0, 5_000, 150, 5_150], [[(0, 1), (1, 1), (2, 1), (3, -1)]]) == .cast([0, 50, 1, 51])
                || round([0, 5_000, 150, 5_150], [[(0, 1), (1, 1), (2, 1), (3, -1)]]) == .cast([0, 50, 2, 52]))
    }

    @Test("A figure that prints twice prints alike, turned or not") func twice() {
        guard case .cast(let cells) = round([12_345, -12_345, 12_345], [[(0, 1), (1, 1)], [(0, 1), (2, -1)]]) else {
            Issue.record("no solution"); return
        }
        #expect(cells[0] == -cells[1] && cells[0] == cells[2])
    }

    @Test("A structure without a solution is told as such: three halves, each two of which make a whole")
    func impossible() {
        // a + b, b + c and a + c are one pound each: of every two exactly one goes up, which three can't do.
        #expect(
            round(
                [50, 50, 50, 100, 100, 100],
                [[(0, 1), (1, 1), (3, -1)], [(1, 1), (2, 1), (4, -1)], [(0, 1), (2, 1), (5, -1)]]) == .impossible)
    }

    @Test("A cell that stands in three relations is tried both ways") func threeUses() {
        guard
            case .cast(let cells) = round(
                [50, 50, 30, 20, 100, 80, 70],
                [[(0, 1), (1, 1), (4, -1)], [(0, 1), (2, 1), (5, -1)], [(0, 1), (3, 1), (6, -1)]])
        else { Issue.record("no solution"); return }
        #expect(cells[0] + cells[1] == cells[4] && cells[0] + cells[2] == cells[5] && cells[0] + cells[3] == cells[6])
    }

    @Test("A table of every small size casts, whatever its pence") func small() {
        var random = SeededGenerator(seed: 4)
        for rows in 1...4 {
            for columns in 1...4 {
                let leaves = (0..<rows).map { _ in (0..<columns).map { _ in Int.random(in: -500...900, using: &random) }
                }
                let width = columns + 1
                var cells: [Int] = [], relations: [CastRounding.Relation] = []
                for row in leaves { cells += row + [row.reduce(0, +)] }
                cells += (0...columns).map { column in (0..<rows).map { cells[$0 * width + column] }.reduce(0, +) }
                for row in 0..<rows {
                    relations.append((0..<columns).map { (row * width + $0, 1) } + [(row * width + columns, -1)])
                }
                for column in 0...columns {
                    relations.append((0..<rows).map { ($0 * width + column, 1) } + [(rows * width + column, -1)])
                }
                guard case .cast(let units) = round(cells, relations) else { Issue.record("no solution"); return }
                for relation in relations { #expect(relation.map { units[$0.cell] * $0.sign }.reduce(0, +) == 0) }
                for (unit, exact) in zip(units, cells) { #expect(abs(unit * 100 - exact) < 100) }
                #expect((0..<columns).map { units[rows * width + $0] }.reduce(0, +) == units.last!)
            }
        }
    }
}

/// The same numbers on every run.
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
