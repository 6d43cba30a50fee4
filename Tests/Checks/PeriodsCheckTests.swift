import Findings
import Testing

/// A file is in the year's folder by its periods; its dates should agree.
@Suite struct PeriodsCheckTests {
    @Test("Most rows of a file are dated in another year") func first() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2017-04-10,A1,,600.00", "3,1,2018-04-10,A2,,-100.00", "1,1,2017-04-11,A3,,1.00")
            ], only: [.datesOutsideYear])
        #expect(found == ["E0425 2018-19/exports/ash/a.csv!F2"])
    }

    @Test("Half of them may be") func second() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export("1,1,2017-04-10,A1,,600.00", "3,1,2018-04-10,A2,,-100.00")
            ], only: [.datesOutsideYear])
        #expect(found == [])
    }
}
