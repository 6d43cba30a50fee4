import Findings
import Testing

/// The list around 31 March.
@Suite struct CutOffCheckTests {
    @Test("A posting of this year that is dated in the next") func first() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,600.00", "3,1,2018-04-10,A2,,-100.00", "1,12,2019-04-02,A3,,1.00")
            ], only: [.cutOff])
        #expect(found == ["N0412 2018-19/exports/ash/a.csv!F4"])
    }

    @Test("The last day of March is in the year") func second() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,600.00", "3,1,2018-04-10,A2,,-100.00", "1,12,2019-03-31,A3,,1.00")
            ], only: [.cutOff])
        #expect(found == [])
    }
}
