import Findings
import Agreements
import Sharing
import Testing

@Suite struct LanguageTests {
    @Test(
        "Printed and parsed again, an agreement is the same",
        arguments: [
            (Example.equally, "", ""),
            (
                "rule \"All\"\n for anything else\n take 12.5% from elm\n"
                    + " take 1/3 from ash oak equally, at most £12,000.50\n"
                    + " take up to £5 from reserve of oak, at most balance\n take rest from members by heads",
                "contribution £10,000 from police to elm in 2017-18, pooled by heads\n"
                    + "contribution £1.05 from police to elm in 2018-19, stays",
                "weights heads ash 35,150 elm 0 oak 7, source \"a, b; c # d\", at 2018-01-01"
            ),
        ])
    func roundTrip(rules: String, contributions: String, weights: String) {
        let agreement = Example.agreement(rules, contributions: contributions, weights: weights)
        let printed = agreement.description
        let (again, faults) = Agreement.parse(printed, file: "agreement")
        #expect(faults.isEmpty, "\(faults.map(\.message))")
        #expect(again == agreement)
        #expect(again?.description == printed)
    }

    @Test("Every fault is told at once, each with its line and column") func allFaults() {
        let text = Example.text(
            "rule \"All\"\n  for nothing\n  tale rest from ash\nrule \"Else\"\n  for anything else\n"
                + "  take £1,00 from elm\n  take rest from nobody"
        )
        let faults = Example.faults(text)
        #expect(faults.count == 4, "\(faults)")
        #expect(faults.contains { $0.hasPrefix("E0303@") && $0.hasSuffix(":7") })
        #expect(faults.contains { $0.hasPrefix("E0301@") && $0.hasSuffix(":3") })
        #expect(faults.contains { $0.hasPrefix("E0311@") && $0.hasSuffix(":8") })
        #expect(faults.contains { $0.hasPrefix("E0303@") && $0.hasSuffix(":18") })
    }

    @Test(
        "Lines with funds, times and gifts print as they are read",
        arguments: [
            "grant dfe £5, 2018-04-01 to 2019-03-31, for pay training, held by elm, match 20%, in kind up to £1, "
                + "unspent returned",
            "grant dfe £5, 2018-04-01 to 2019-03-31, unconditional, unspent shared equally",
            "fund pool, held by elm, owned by police, as creditor, unspent carried forward",
            "fund pool, unspent shared by contribution, by days",
            "membership oak from 2018-04-01\nmembership police from 2018-10-01 to 2019-03-31",
            "floor £5 of reserve of each member", "virements up to £500", "books in journals",
            "scheme one \"One\", led by elm, for pay training",
            "contribution £5.01 from police to ash elm equally, rising 2.5% a year from 2019-20, monthly, by days, "
                + "pooled by contribution",
            "contribution £5 from police to members equally in 2018-19, quarterly, stays",
            "surplus of the partnership 20% to ash; rest to elm oak equally, at most £5; rest to oak",
            "deficit of the partnership from reserve of ash, at most balance above £5; rest from members by "
                + "contribution",
            "weights w ash 1 elm 2 oak 3, source \"s\", at 2018-01-01\n"
                + "weights w ash 3 elm 2 oak 1, source \"t\", at 2018-02-01, from 2019-04-01",
        ])
    func roundTrip(line: String) throws {
        let text = Example.text(
            """
            rule "Dated" from 2018-10-01 to 2018-12-31
              for pay
              take 35 of 80 days from ash
              take up to budget from elm oak equally, each at least £5, each at most £50
              take 1/3 from reserves of members equally, at most balance above £5
              take rest from elm directly
            \(Example.equally)
            """, contributions: line)
        let (agreement, faults) = Agreement.parse(text, file: "agreement")
        #expect(agreement != nil, "\(faults.map(\.message))")
        guard let agreement else { return }
        #expect(
            Agreement.parse(agreement.description, file: "agreement").agreement == agreement, "\(agreement.description)"
        )
        for word in line.split(whereSeparator: \.isNewline) {
            #expect(agreement.description.contains(word), "\(agreement.description)")
        }
    }

    @Test(
        "A gap is found before any figure is run",
        arguments: [
            ("for anything else", "E0308"), ("for anything else\n take 99% from ash", "E0308"),
            ("for anything else\n take rest from ash, at most £5", "E0308"),
            ("for anything else\n take rest from reserve of ash, at most balance", "E0308"),
            ("for pay\n take rest from ash", "E0305"),
            ("for anything else\n take rest from ash\n take rest from elm", "E0309"),
            ("for anything else\n take 60% from ash\n take 60% from elm\n take rest from oak", "E0316"),
            ("for pay pay\n take rest from ash\nrule \"B\"\n for anything else\n take rest from ash", "E0307"),
            ("for anything else\n take rest from ash\nrule \"B\"\n for pay\n take rest from ash", "E0307"),
            ("for anything else\n take rest from member concerned", "E0312"),
            ("for anything else\n take rest from reserve of ash\n take rest from ash", "E0302"),
            ("for anything else\n take 3/2 from ash\n take rest from elm", "E0311"),
            ("for anything else\n take rest from members by heads", "E0303"),
        ])
    func gaps(lines: String, code: String) {
        let faults = Example.faults(Example.text("rule \"A\"\n " + lines))
        #expect(faults.contains { $0.hasPrefix(code) }, "\(faults)")
    }
}
