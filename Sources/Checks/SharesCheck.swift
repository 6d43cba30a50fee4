internal import Sharing
internal import Findings
internal import Sterling
internal import Statements

/// The shares of each pool add up to the pool and to each of its rows, and lie within a penny of exact.
enum SharesCheck: Check {
    static let title = "Shares add up to each pool"

    static func run(_ year: CheckedYear) -> CheckResult {
        let allocations = year.outturn.sharing.allocations
        var findings: [Finding] = []
        for allocation in allocations {
            for (index, row) in allocation.pool.rows.enumerated() {
                let isWhole = allocation.shares[index].sum() == row.total
                let isNear = zip(allocation.shares[index], allocation.exact[index]).allSatisfy {
                    (Fraction(pence: $0) - $1).magnitude < .one
                }
                guard !isWhole || !isNear else { continue }
                findings.append(
                    Finding(
                        .ownFiguresDisagree, found: "\(allocation.shares[index].sum())",
                        "the shares of a row don't add up to its total of \(row.total)",
                        hint: "don't use this statement, and report the fault with the folder that shows it"))
            }
        }
        return CheckResult(CheckResult.count(allocations.count, "pool"), findings)
    }
}
