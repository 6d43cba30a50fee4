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

    @Test("A unit that reserves share by is a unit that the agreement counts") func ofReserves() throws {
        let found = try Small.findings(
            [
                "agreement": Small.agreement
                    .replacing(
                        "take rest from members equally",
                        with: "take rest from reserves of ash elm by activity of case, at most balance\n"
                            + "  take rest from members equally"),
                "2018-19/activity.csv": "activity,of,period,quantity\ncase,ash,P12,3\ncase,elm,P12,4\n",
            ], only: [.activityUnused, .activityMissing, .activityIncomplete])
        #expect(found == [])
    }
}
