import Findings
import Testing

/// Told and never removed: standing charges are often equal.
@Suite struct DuplicatesCheckTests {
    @Test("One document, code, amount and date twice") func first() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,300.00", "1,1,2018-04-10,A1,,300.00", "3,1,2018-04-10,A2,,-100.00")
            ], only: [.likelyDuplicate])
        #expect(found == ["W0414 2018-19/exports/ash/a.csv!F3"])
    }

    @Test("The same with another document") func second() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,300.00", "1,1,2018-04-10,A9,,300.00", "3,1,2018-04-10,A2,,-100.00")
            ], only: [.likelyDuplicate])
        #expect(found == [])
    }

    @Test("Ten lines of one document, and the third again") func third() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,51.00", "1,1,2018-04-10,A1,,52.00", "1,1,2018-04-10,A1,,53.00",
                    "1,1,2018-04-10,A1,,54.00", "1,1,2018-04-10,A1,,55.00", "1,1,2018-04-10,A1,,56.00",
                    "1,1,2018-04-10,A1,,57.00", "1,1,2018-04-10,A1,,58.00", "1,1,2018-04-10,A1,,59.00",
                    "1,1,2018-04-10,A1,,60.00", "1,1,2018-04-10,A1,,53.00", "3,1,2018-04-10,A2,,-100.00")
            ], only: [.likelyDuplicate])
        #expect(found == ["W0414 2018-19/exports/ash/a.csv!F12"])
    }

    @Test("Ten lines of one document, and the last again") func fourth() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,51.00", "1,1,2018-04-10,A1,,52.00", "1,1,2018-04-10,A1,,53.00",
                    "1,1,2018-04-10,A1,,54.00", "1,1,2018-04-10,A1,,55.00", "1,1,2018-04-10,A1,,56.00",
                    "1,1,2018-04-10,A1,,57.00", "1,1,2018-04-10,A1,,58.00", "1,1,2018-04-10,A1,,59.00",
                    "1,1,2018-04-10,A1,,60.00", "1,1,2018-04-10,A1,,61.00", "1,1,2018-04-10,A1,,61.00",
                    "3,1,2018-04-10,A2,,-100.00")
            ], only: [.likelyDuplicate])
        #expect(found == ["W0414 2018-19/exports/ash/a.csv!F13"])
    }
}
