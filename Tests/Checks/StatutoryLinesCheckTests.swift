import Findings
import Foundation
import Testing

/// Working Together 2015, chapter 3.
@Suite struct StatutoryLinesCheckTests {
    @Test("A line that a board's report must show") func first() throws {
        let found = try Small.findings(
            [
                "agreement": Small.agreement
                    .replacing("statutory training nil\n", with: "")
            ], only: [.statutoryLineMissing])
        #expect(found == ["W0420 -"])
    }

    @Test("All three lines said") func second() throws {
        let found = try Small.findings(
            [:], only: [.statutoryLineMissing])
        #expect(found == [])
    }
}
