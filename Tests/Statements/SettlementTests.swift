import Ledger
import Agreements
import Sharing
import Sterling
import Testing
@testable import Statements

@Suite struct SettlementTests {
    private func net(_ pence: [Int]) -> [String] {
        Settlement.net(pence.enumerated().map { (Name<Member>("m\($0.offset)"), Money(pence: $0.element)) }).map {
            "\($0.from)>\($0.to) \($0.amount.pence)"
        }
    }

    @Test("Members whose positions cancel settle among themselves") func fewest() {
        // The greatest debtor and the greatest creditor would have needed four.
        #expect(net([7, -5, 5, -3, -4]) == ["m0>m3 3", "m0>m4 4", "m2>m1 5"])
        #expect(net([10, -10]) == ["m0>m1 10"])
        #expect(net([0, 0, 0]).isEmpty)
    }

    @Test("Whatever is owed, payments settle it, and are fewer than members", arguments: 0..<200) func settles(
        seed: Int
    ) {
        var random = SeededRandom(seed: UInt64(seed))
        let count = Int.random(in: 2...20, using: &random)
        var pence = (0..<count).map { _ in Int.random(in: -50...50, using: &random) }
        pence[0] -= pence.reduce(0, +)
        var open = pence
        let payments = Settlement.net(
            pence.enumerated().map { (Name<Member>("\($0.offset)"), Money(pence: $0.element)) })
        for payment in payments {
            #expect(payment.amount > .zero)
            open[Int(payment.from.text)!] -= payment.amount.pence
            open[Int(payment.to.text)!] += payment.amount.pence
        }
        #expect(open.allSatisfy { $0 == 0 } && payments.count < count)
    }
}

struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

@Suite struct SurveyTests {
    @Test(
        "A cell with few boards is refused, and so is one that leaves few",
        arguments: [
            ([12, 20, 0], [true, true, false, true]), ([4, 20, 8], [false, true, false, true]),
            ([5, 5, 5], [true, true, true, true]),
            ([4, 1, 27], [false, false, true, true]), ([1, 2, 29], [false, false, false, true]),
            ([2, 1, 1], [false, false, false, false]), ([0, 4, 0], [false, false, false, false]),
            ([4, 0, 28], [false, false, false, true]),
        ])
    func refuses(counts: [Int], shown: [Bool]) { #expect(Survey.shown(counts) == shown) }

    @Test("Of any counts, no board's figures can be had by taking one cell from another") func differences() {
        for a in 0...12 {
            for b in 0...12 {
                for c in 0...12 {
                    let counts = [a, b, c], shown = Survey.shown(counts), all = a + b + c
                    guard shown[3] else { #expect(!shown.contains(true)); continue }
                    #expect(all >= 5)
                    for index in 0..<3 where shown[index] { #expect(counts[index] >= 5) }
                    let hidden = zip(counts, shown).map { $1 ? 0 : $0 }.reduce(0, +)
                    #expect(hidden == 0 || hidden >= 5, "\(counts) \(shown)")
                }
            }
        }
    }

    @Test("Quartiles lie between the boards around their place") func quartiles() {
        let amounts = [100, 200, 300, 400, 500, 600, 700].map { Money(pence: $0 * 100_000) }
        #expect(
            [1, 2, 3].map { Survey.quantile(amounts, Fraction($0) / Fraction(4)).pence / 100_000 } == [200, 400, 600])
        #expect(Survey.quantile(Array(amounts.prefix(6)), Fraction(1) / Fraction(4)).pence == 17_500_000)
    }
}
