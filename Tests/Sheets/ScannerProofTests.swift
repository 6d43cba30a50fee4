import Proof
import Sheets
import Testing

/// The slice of the long proof that runs with every test; `Scripts/test --long` runs a million and more.
@Suite struct ScannerProofTests {
    @Test("A scanner reads what libxml2 reads, or leaves it to libxml2", arguments: StretchProof.Dialect.allCases)
    func equalOrHandedOver(dialect: StretchProof.Dialect) {
        let run = StretchRun(dialect, seed: 31, count: 2_500)
        #expect(
            run.differing.isEmpty,
            "\(run.differing.first?.how ?? "") in \(run.differing.first?.text.debugDescription ?? "")")
        // A scanner that hands everything over would agree too.
        #expect(run.equal > 250)
        #expect(run.handedOver > 250)
    }
}
