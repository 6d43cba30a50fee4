import Findings
import Testing

/// Of pay's 600 nothing is left, or 10.
@Suite struct CarryForwardCheckTests {
    @Test("A request beyond what its line has left") func first() throws {
        let found = try Small.findings(
            [
                "2018-19/carry-forward.csv": "line,amount,reason,decision\npay,0.01,Course,\n"
            ], only: [.carryForwardTooMuch])
        #expect(found == ["W0427 2018-19/carry-forward.csv!B2"])
    }

    @Test("A request within it") func second() throws {
        let found = try Small.findings(
            [
                "2018-19/carry-forward.csv": "line,amount,reason,decision\npay,10.00,Course,agreed\n",
                "2018-19/exports/ash/a.csv": Small.export("1,1,2018-04-10,A1,,590.00", "3,1,2018-04-10,A2,,-100.00"),
            ], only: [.carryForwardTooMuch])
        #expect(found == [])
    }
}
