import Findings
import Foundation
import Testing

/// What one ledger paid the other received.
@Suite struct RechargesCheckTests {
    @Test("A recharge that only one of two ledgers has") func first() throws {
        let found = try Small.findings(
            [
                "agreement": Small.agreement
                    .replacing("books ash", with: "books ash elm"),
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,600.00", "3,1,2018-04-10,A2,,-100.00", "5,1,2018-04-10,A3,,20.00"),
                "2018-19/exports/elm/b.csv": Small.export("1,1,2018-04-10,B1,,1.00"),
            ], only: [.rechargesUnequal])
        #expect(found == ["E0408 2018-19/exports/ash/a.csv!F4"])
    }
}
