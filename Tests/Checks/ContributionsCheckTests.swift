import Findings
import Testing

/// Police agreed 100.
@Suite struct ContributionsCheckTests {
    @Test("A contribution agreed and not posted") func first() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export("1,1,2018-04-10,A1,,600.00")
            ], only: [.contributionNotPosted])
        #expect(found == ["W0417 -"])
    }

    @Test("A contribution posted in two parts") func second() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,600.00", "3,1,2018-04-10,A2,,-40.00", "3,7,2018-10-10,A3,,-60.00")
            ], only: [.contributionNotPosted])
        #expect(found == [])
    }
}
