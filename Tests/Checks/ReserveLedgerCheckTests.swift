import Findings
import Testing

/// The reserve's own code, 50 brought forward, and the journal of 93 still to be posted.
@Suite struct ReserveLedgerCheckTests {
    @Test("A ledger that holds another balance than the statement") func first() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,600.00", "3,1,2018-04-10,A2,,-100.00", "7,0,2018-04-01,B1,,-50.00",
                    "7,12,2019-03-31,B2,,-7.00", "6,12,2019-03-31,T1,,7.00")
            ], only: [.reserveDiffersFromLedger])
        #expect(found == [])
    }

    @Test("A ledger that brings forward another balance") func second() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,600.00", "3,1,2018-04-10,A2,,-100.00", "7,0,2018-04-01,B1,,-49.00")
            ], only: [.reserveDiffersFromLedger])
        #expect(found == ["E0405 -", "E0405 2018-19/opening.csv!B2"])
    }
}
