import Findings
import Sharing
import Testing

@Suite struct LanguageTests {
    @Test("Printed and parsed again, an agreement is the same", arguments: [
        (Example.equally, "", ""),
        ("rule \"All\"\n for anything else\n take 12.5% from elm\n take 1/3 from ash oak equally, at most £12,000.50\n take up to £5 from reserve of oak, at most balance\n take rest from members by heads",
         "contribution £10,000 from police to elm in 2017-18, pooled by heads\ncontribution £1.05 from police to elm in 2018-19, stays",
         "weights heads ash 35,150 elm 0 oak 7, source \"a, b; c # d\", at 2018-01-01"),
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
        let text = Example.text("rule \"All\"\n  for nothing\n  tale rest from ash\nrule \"Else\"\n  for anything else\n  take £1,00 from elm\n  take rest from nobody")
        let faults = Example.faults(text)
        #expect(faults.count == 4, "\(faults)")
        #expect(faults.contains { $0.hasPrefix("E0303@") && $0.hasSuffix(":7") })
        #expect(faults.contains { $0.hasPrefix("E0301@") && $0.hasSuffix(":3") })
        #expect(faults.contains { $0.hasPrefix("E0311@") && $0.hasSuffix(":8") })
        #expect(faults.contains { $0.hasPrefix("E0303@") && $0.hasSuffix(":18") })
    }

    @Test("What this version can't compute is a fault, never a figure", arguments: [
        "rule \"A\"\n for anything else\n take rest from members equally, by days",
        "rule \"A\"\n for anything else\n take rest from members equally, as costs fall",
        "rule \"A\" from 2018-04-01\n for anything else\n take rest from members equally",
        "rule \"A\"\n for anything else\n take rest from members equally, from 2018-10-01",
        "grant dfe £5\nrule \"A\"\n for anything else\n take rest from members equally",
        "icb succeeds ccg from 2022-07-01\nrule \"A\"\n for anything else\n take rest from members equally",
    ])
    func notYet(rules: String) { #expect(Example.faults(Example.text(rules)).contains { $0.hasPrefix("E0313") }) }

    @Test("A gap is found before any figure is run", arguments: [
        ("for anything else", "E0308"), ("for anything else\n take 99% from ash", "E0308"), ("for anything else\n take rest from ash, at most £5", "E0308"),
        ("for anything else\n take rest from reserve of ash, at most balance", "E0308"), ("for pay\n take rest from ash", "E0305"),
        ("for anything else\n take rest from ash\n take rest from elm", "E0309"), ("for anything else\n take 60% from ash\n take 60% from elm\n take rest from oak", "E0316"),
        ("for pay pay\n take rest from ash\nrule \"B\"\n for anything else\n take rest from ash", "E0307"),
        ("for anything else\n take rest from ash\nrule \"B\"\n for pay\n take rest from ash", "E0307"),
        ("for anything else\n take rest from member concerned", "E0312"), ("for anything else\n take rest from reserve of ash\n take rest from ash", "E0302"),
        ("for anything else\n take 3/2 from ash\n take rest from elm", "E0311"), ("for anything else\n take rest from members by heads", "E0303"),
    ])
    func gaps(lines: String, code: String) {
        let faults = Example.faults(Example.text("rule \"A\"\n " + lines))
        #expect(faults.contains { $0.hasPrefix(code) }, "\(faults)")
    }
}
