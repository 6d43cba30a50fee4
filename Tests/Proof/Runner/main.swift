import Glibc
import Proof
import Sheets

// scanner-proof COUNT [SEED]: so many stretches, shared out among the dialects; exit status 1 where one differs.
let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 60_000
let seed = CommandLine.arguments.dropFirst(2).first.flatMap { UInt64($0) } ?? 2003
var total = 0, differing = 0
for dialect in StretchProof.Dialect.allCases {
    let run = StretchRun(dialect, seed: seed, count: count / StretchProof.Dialect.allCases.count)
    print(
        "\(dialect.rawValue): \(run.count) stretches, \(run.equal) equal with \(run.cells) cells, \(run.handedOver) "
            + "handed over, \(run.differing.count) differing"
    )
    for (text, how) in run.differing { print("  \(how)\n    \(text.debugDescription)") }
    total += run.count
    differing += run.differing.count
}
print("\(total) stretches, \(differing) differing")
exit(differing == 0 ? 0 : 1)
