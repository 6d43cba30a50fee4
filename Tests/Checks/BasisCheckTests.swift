import Findings
import Foundation
import Testing

/// Keys that go by contributions find some.
@Suite struct BasisCheckTests {
    @Test("A share by contributions needs contributions") func first() throws {
        let found = try Small.findings(
            [
                "agreement": Small.agreement
                    .replacing("take rest from members equally", with: "take rest from members by contribution"),
                "2018-19/budget.csv": "line,ash,elm\napproved budget,0.00,0.00\n",
            ], only: [.noContributionsToGoBy])
        #expect(found == ["E0428 agreement:39"])
    }

    @Test("With approved budgets there is something to go by") func second() throws {
        let found = try Small.findings(
            [
                "agreement": Small.agreement
                    .replacing("take rest from members equally", with: "take rest from members by contribution")
            ], only: [.noContributionsToGoBy])
        #expect(found == [])
    }
}
