import Findings
import Testing

/// The odd penny of 101.01 is the first member's.
@Suite struct ExamplesCheckTests {
    @Test("An example that comes out otherwise") func first() throws {
        let found = try Small.findings(
            [
                "examples": "example \"Pay\"\n  given cost pay £101.01\n  expect ash £50.51\n  expect elm £50.51\n"
            ], only: [.exampleDiffers])
        #expect(found == ["E0326 examples:4:14"])
    }

    @Test("An example as the agreement has it") func second() throws {
        let found = try Small.findings(
            [
                "examples": "example \"Pay\"\n  given cost pay £101.01\n  expect ash £50.51\n  expect elm £50.50\n"
            ], only: [.exampleDiffers])
        #expect(found == [])
    }
}
