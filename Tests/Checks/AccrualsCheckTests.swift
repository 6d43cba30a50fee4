import Findings
import Testing

/// What last year accrued is reversed, and its invoice came.
@Suite struct AccrualsCheckTests {
    @Test("An accrual of last year that nobody reversed counts twice") func first() throws {
        let found = try Small.findings(
            [
                "2018-19/accruals.csv": "ledger of,document,code,amount\nash,ACR1,1,200.00\n"
            ], only: [.accrualNotReversed])
        #expect(found == ["W0413 2018-19/accruals.csv!D2"])
    }

    @Test("Reversed and met by its invoice, it is quiet") func second() throws {
        let found = try Small.findings(
            [
                "2018-19/accruals.csv": "ledger of,document,code,amount\nash,ACR1,1,200.00\n",
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-01,ACR1,,-200.00", "1,2,2018-05-09,INV9,,200.00", "1,1,2018-04-10,A1,,600.00",
                    "3,1,2018-04-10,A2,,-100.00"),
            ], only: [.accrualNotReversed])
        #expect(found == [])
    }
}
