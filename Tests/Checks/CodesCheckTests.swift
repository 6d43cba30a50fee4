import Findings
import Testing

/// A code is judged as a whole.
@Suite struct CodesCheckTests {
    @Test("Fees that stand in debit as a whole") func first() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,600.00", "3,1,2018-04-10,A2,,-100.00", "2,1,2018-04-10,A3,,5.00")
            ], only: [.expenditureOnIncomeCode])
        #expect(found == ["W0416 2018-19/exports/ash/a.csv!F4"])
    }

    @Test("A refund among fees is no cost") func second() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,600.00", "3,1,2018-04-10,A2,,-100.00", "2,1,2018-04-10,A3,,5.00",
                    "2,1,2018-04-11,A4,,-9.00")
            ], only: [.expenditureOnIncomeCode])
        #expect(found == [])
    }
}
