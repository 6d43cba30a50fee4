import Findings
import Testing

/// Suspense is in no heading and in no share.
@Suite struct SuspenseCheckTests {
    @Test("A row that the map doesn't know") func first() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,600.00", "3,1,2018-04-10,A2,,-100.00", "99,1,2018-04-10,A3,,10.00")
            ], only: [.suspenseOpen])
        #expect(found == ["W0410 2018-19/exports/ash/a.csv!F4"])
    }

    @Test("The same, cleared by a journal") func second() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,600.00", "3,1,2018-04-10,A2,,-100.00", "99,1,2018-04-10,A3,,10.00"),
                "2018-19/journals.csv":
                    "journal,period,ledger of,from,to,amount,reason\nJ1,P2,ash,suspense,pay,10.00,Pay after all\n",
            ], only: [.suspenseOpen])
        #expect(found == [])
    }
}
