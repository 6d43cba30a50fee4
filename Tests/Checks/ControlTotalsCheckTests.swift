import Findings
import Testing

/// The rows are held against what the file prints.
@Suite struct ControlTotalsCheckTests {
    @Test("A total that the rows don't come to") func first() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.header
                    + "1,1,2018-04-10,A1,,600.00\n3,1,2018-04-10,A2,,-100.00\n,,,Total,,501.00\n"
            ], only: [.controlTotalDiffers])
        #expect(found == ["E0214 2018-19/exports/ash/a.csv!F4"])
    }

    @Test("A file without the total that its map describes") func second() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.header + "1,1,2018-04-10,A1,,600.00\n3,1,2018-04-10,A2,,-100.00\n"
            ], only: [.controlTotalMissing])
        #expect(found == ["W0222 2018-19/exports/ash/a.csv"])
    }
}
