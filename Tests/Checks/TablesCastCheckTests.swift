import Findings
import Testing

/// Totals typed into the year's tables are the sums of their figures.
@Suite struct TablesCastCheckTests {
    @Test("A total at a column's foot") func first() throws {
        let found = try Small.findings(
            [
                "2018-19/opening.csv": "reserve of,brought forward\nash,50.00\nelm,0.00\nTotal,51.00\n"
            ], only: [.tableDoesNotCast])
        #expect(found == ["E0401 2018-19/opening.csv!B4"])
    }

    @Test("A total at a row's end") func second() throws {
        let found = try Small.findings(
            [
                "2018-19/budget.csv": "line,ash,elm,total\napproved budget,300.00,250.00,551.00\npay,,,600.00\n"
            ], only: [.tableDoesNotCrossCast])
        #expect(found == ["E0402 2018-19/budget.csv!D2"])
    }
}
