import Agreements
import Findings
import Ledger
import Sterling
import Testing

/// What Word and people write, beside what the language prints: one agreement.
@Suite struct SpellingTests {
    private func agreement(_ text: String) throws -> Agreement {
        let (agreement, faults) = Agreement.parse(text, file: "agreement")
        return try #require(agreement, "\(faults.map { "\($0.place?.description ?? "") \($0.message)" })")
    }

    private static let plain = """
        partnership "Two"
        members ash elm oak
        host ash
        books ash elm
        contributors police health
        signs funding positive, expenditure positive
        section "Costs"
          from police "Police"
          from health "Health"
          cost pay "Pay"
          cost training "Training"
          total "Total" of pay training
          net outturn "Net"
        weights heads ash 10 elm 20 oak 30, source "counted", at 2019-03-31
        contribution £30,000 from police to ash, stays
        contribution £1,500,000 from health to ash elm equally, stays
        rule "Pay" from 2018-10-01
          for pay training
          take 40% from police
          take 12.5% from ash elm equally, each at most £9,000
          take rest from ash elm oak by heads
        rule "Everything else"
          for anything else
          take rest from members equally
        surplus of each member to its general fund
        deficit of each member from its general fund
        """

    @Test(
        "Commas and an \"and\" in lists, Word's quotation marks, blanks before per cent, thousands and long dates",
        arguments: [
            ("members ash elm oak", "members ash, elm and oak"), ("members ash elm oak", "members ash, elm, and oak"),
            ("books ash elm", "books ash and elm"), ("contributors police health", "contributors police, health"),
            ("total \"Total\" of pay training", "total \"Total\" of pay, training"),
            ("for pay training", "for pay, training"), ("for pay training", "for pay and training"),
            ("from ash elm equally, each", "from ash, elm equally, each"),
            ("from ash elm oak by heads", "from ash, elm and oak by heads"),
            ("to ash elm equally, stays", "to ash and elm equally, stays"),
            ("to ash elm equally, stays", "to ash, elm equally, stays"),
            ("ash 10 elm 20 oak 30", "ash 10, elm 20 and oak 30"),
            ("partnership \"Two\"", "partnership \u{201C}Two\u{201D}"), ("take 40%", "take 40 %"),
            ("take 12.5%", "take 12.5 %"), ("£30,000", "£30k"), ("£1,500,000", "£1.5m"),
            ("at 2019-03-31", "at 31 March 2019"), ("at 2019-03-31", "at 31/03/2019"),
            ("from 2018-10-01", "from 1st Oct 2018"), ("from 2018-10-01", "from 01/10/2018"),
        ])
    func alike(plain: String, other: String) throws {
        let text = Self.plain.replacing(plain, with: other)
        #expect(text != Self.plain)
        #expect(try agreement(text).description == agreement(Self.plain).description)
    }

    @Test(
        "What is said otherwise names the language's words",
        arguments: [
            ("for anything else", "for everything else", "anything else"),
            ("for anything else", "for all other costs", "anything else"), ("take 40%", "take 40", "percentage"),
            ("£30,000", "£30thousand", "amount"),
        ])
    func suggested(plain: String, other: String, word: String) throws {
        let faults = Agreement.parse(Self.plain.replacing(plain, with: other), file: "agreement").faults
        #expect(
            faults.contains { ($0.message + $0.hint).contains(word) }, "\(faults.map { $0.message + " | " + $0.hint })")
    }

    @Test("A heading may be called as a line of the agreement is; a body may not") func names() throws {
        let renamed = Self.plain.replacing("cost training \"Training\"", with: "cost books \"Books\"")
            .replacing("of pay training", with: "of pay books").replacing("for pay training", with: "for pay books")
        #expect(try agreement(renamed).chart.headings.map(\.name.text) == ["pay", "books"])
        let faults = Agreement.parse(Self.plain.replacing("oak", with: "books"), file: "agreement").faults
        #expect(faults.contains { $0.code == .declaredTwice })
    }

    @Test(
        "What people write otherwise is named in the language's own words",
        arguments: [
            ("by heads", "in proportion to heads", "by"), ("by heads", "pro rata", "by"),
            ("members equally\n", "members in equal shares\n", "equally"),
            ("take rest from ash elm oak", "take remainder from ash", "rest"),
            (", each at most £9,000", ", capped at £9,000", "at most"),
            ("for anything else", "for everything else", "anything else"),
            ("surplus of each", "underspend of each", "surplus"), ("deficit of each", "overspend of each", "deficit"),
            ("to ash, stays", "to ash, retained", "stays"),
            ("members ash elm oak\n", "boroughs ash elm oak\n", "members"),
        ])
    func synonyms(words: String, written: String, meant: String) throws {
        let (agreement, faults) = Agreement.parse(
            Self.plain.replacing(words, with: written, maxReplacements: 1), file: "agreement")
        #expect(agreement == nil)
        #expect(faults.contains { $0.hint.contains("write \"\(meant)\" for") }, "\(faults.map(\.hint))")
    }

    @Test("Weights are whole, decimal or percentages of a whole, and share alike")
    func weights() throws {
        func shares(_ written: String) throws -> [Fraction] {
            let text = Self.plain.replacing("ash 10 elm 20 oak 30", with: written)
            let weights = try agreement(text).weights[0].values.map(\.weight)
            return weights.map { $0 / weights.sum() }
        }
        let decimals = [4576, 3000, 2424].map { Fraction($0) / Fraction(10_000) }
        for written in ["ash 45.76 elm 30 oak 24.24", "ash 45.76% elm 30% oak 24.24%", "ash 4576 elm 3000 oak 2424"] {
            #expect(try shares(written) == decimals, "\(written)")
        }
        let thirds = Array(repeating: Fraction(1) / Fraction(3), count: 3)
        for written in ["ash 33.33% elm 33.33% oak 33.33%", "ash 33% elm 33% oak 33%", "ash 7 elm 7 oak 7"] {
            #expect(try shares(written) == thirds, "\(written)")
        }
    }

    @Test(
        "Percentages that are no whole are a slip",
        arguments: [
            "ash 54.76% elm 30% oak 24.24%", "ash 30% elm 30% oak 39%", "ash 33% elm 33% oak 33.5%",
            "ash 50% elm 30% oak 20",
        ])
    func percentages(written: String) {
        let (mistyped, faults) = Agreement.parse(
            Self.plain.replacing("ash 10 elm 20 oak 30", with: written), file: "agreement")
        #expect(mistyped == nil && faults.contains { $0.code == .weightsWrong })
    }

    @Test(
        "A rate above the whole is refused",
        arguments: [
            "contribution £12,000 from police to ash, rising 600% a year from 2018-19, stays",
            "fee pay 600% of costs",
        ])
    func rates(line: String) {
        let (_, faults) = Agreement.parse(Self.plain + "\n" + line + "\n", file: "agreement")
        #expect(faults.contains { $0.code == .amountWrong && $0.hint.contains("100%") }, "\(faults)")
    }
}
