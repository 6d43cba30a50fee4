import Findings
import Foundation
import Testing

/// Pay of 500 against a budget of 600.
@Suite struct VariancesCheckTests {
    @Test("A variance beyond the threshold and without a word") func first() throws {
        let found = try Small.findings(
            [
                "agreement": Small.agreement
                    .replacing("host ash", with: "host ash\nthreshold £20 or 10%"),
                "2018-19/exports/ash/a.csv": Small.export("1,1,2018-04-10,A1,,500.00", "3,1,2018-04-10,A2,,-100.00"),
            ], only: [.varianceUnexplained])
        #expect(found == ["W0419 -"])
    }

    @Test("The same, explained") func second() throws {
        let found = try Small.findings(
            [
                "agreement": Small.agreement
                    .replacing("host ash", with: "host ash\nthreshold £20 or 10%"),
                "2018-19/exports/ash/a.csv": Small.export("1,1,2018-04-10,A1,,500.00", "3,1,2018-04-10,A2,,-100.00"),
                "2018-19/explanations.csv": "line,explanation\npay,Vacant since June\n",
            ], only: [.varianceUnexplained])
        #expect(found == [])
    }
}
