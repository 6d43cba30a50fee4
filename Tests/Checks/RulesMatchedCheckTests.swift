import Findings
import Testing

/// A year without a case review is normal.
@Suite struct RulesMatchedCheckTests {
    @Test("A rule without a cost this year is noted") func first() throws {
        let found = try Small.findings(
            [:], only: [.ruleMatchedNothing])
        #expect(found == ["N0317 -"])
    }

    @Test("A rule with a cost matched") func second() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,600.00", "3,1,2018-04-10,A2,,-100.00", "4,1,2018-04-10,A3,ash,10.00")
            ], only: [.ruleMatchedNothing])
        #expect(found == [])
    }
}
