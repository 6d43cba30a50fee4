import Findings
import Testing

/// The year adds 100 to ash's reserve.
@Suite struct ReservesNotOverdrawnCheckTests {
    @Test("A reserve that carries less than nothing forward") func first() throws {
        let found = try Small.findings(
            [
                "2018-19/opening.csv": "reserve of,brought forward\nash,-300.00\nelm,0.00\n"
            ], only: [.reserveOverdrawn])
        #expect(found == ["E0404 2018-19/opening.csv!B2"])
    }

    @Test("A reserve that is used up") func second() throws {
        let found = try Small.findings(
            [
                "2018-19/opening.csv": "reserve of,brought forward\nash,-100.00\nelm,0.00\n"
            ], only: [.reserveOverdrawn])
        #expect(found == [])
    }
}
