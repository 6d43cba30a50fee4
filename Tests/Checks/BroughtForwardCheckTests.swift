import Findings
import Testing

/// A balance does not change between 31 March and 1 April: ash's 10 and the year's 100 are 110.
@Suite struct BroughtForwardCheckTests {
    @Test("Brought forward must be what last year carried forward") func first() throws {
        let found = try Small.findings(
            [
                "2017-18/opening.csv": "reserve of,brought forward\nash,10.00\nelm,0.00\n",
                "2017-18/budget.csv": "line,ash,elm\napproved budget,300.00,300.00\n",
                "2017-18/exports/ash/a.csv": Small.export("1,1,2017-04-10,A1,,600.00", "3,1,2017-04-10,A2,,-100.00"),
            ], only: [.broughtForwardMoved])
        #expect(found == ["E0406 2018-19/opening.csv!B2"])
    }

    @Test("A member without a row begins from zero, and is told") func second() throws {
        let found = try Small.findings(
            [
                "2018-19/opening.csv": "reserve of,brought forward\nash,50.00\n"
            ], only: [.openingMissing])
        #expect(found == ["W0424 -"])
    }

    @Test("What last year carried forward is in its place") func third() throws {
        let found = try Small.findings(
            [
                "2018-19/opening.csv": "reserve of,brought forward\nash,110.00\nelm,0.00\n",
                "2017-18/opening.csv": "reserve of,brought forward\nash,10.00\nelm,0.00\n",
                "2017-18/budget.csv": "line,ash,elm\napproved budget,300.00,300.00\n",
                "2017-18/exports/ash/a.csv": Small.export("1,1,2017-04-10,A1,,600.00", "3,1,2017-04-10,A2,,-100.00"),
            ], only: [.broughtForwardMoved])
        #expect(found == [])
    }
}
