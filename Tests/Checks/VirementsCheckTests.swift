import Findings
import Foundation
import Testing

/// Up to 50 the business manager may move.
@Suite struct VirementsCheckTests {
    @Test("A virement beyond the limit that members didn't agree") func first() throws {
        let found = try Small.findings(
            [
                "agreement": Small.agreement
                    .replacing("host ash", with: "host ash\nvirements up to £50"),
                "2018-19/budget.csv":
                    "line,ash,elm,total\napproved budget,300.00,250.00,550.00\npay,,,600.00\nscr,,,60.00\n",
                "2018-19/virements.csv":
                    "number,period,from,to,amount,agreed by,reason\nV1,P3,scr,pay,50.01,business manager,Cover\n",
            ], only: [.virementOverLimit])
        #expect(found == ["W0426 2018-19/virements.csv!E2"])
    }

    @Test("The same, agreed by the members") func second() throws {
        let found = try Small.findings(
            [
                "agreement": Small.agreement
                    .replacing("host ash", with: "host ash\nvirements up to £50"),
                "2018-19/budget.csv":
                    "line,ash,elm,total\napproved budget,300.00,250.00,550.00\npay,,,600.00\nscr,,,60.00\n",
                "2018-19/virements.csv":
                    "number,period,from,to,amount,agreed by,reason\nV1,P3,scr,pay,50.01,members,Cover\n",
            ], only: [.virementOverLimit])
        #expect(found == [])
    }
}
