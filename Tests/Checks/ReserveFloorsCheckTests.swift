import Findings
import Foundation
import Testing

/// Ash ends with 150, elm with nothing.
@Suite struct ReserveFloorsCheckTests {
    @Test("A reserve that ends below its floor") func first() throws {
        let found = try Small.findings(
            [
                "agreement": Small.agreement
                    .replacing("host ash", with: "host ash\nfloor £200 of reserve of each member")
            ], only: [.reserveBelowFloor])
        #expect(found == ["W0429 2018-19/opening.csv!B2", "W0429 2018-19/opening.csv!B3"])
    }

    @Test("A reserve that ends at its floor") func second() throws {
        let found = try Small.findings(
            [
                "agreement": Small.agreement
                    .replacing("host ash", with: "host ash\nfloor £150 of reserve of ash")
            ], only: [.reserveBelowFloor])
        #expect(found == [])
    }
}
