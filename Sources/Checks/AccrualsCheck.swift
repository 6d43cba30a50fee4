internal import Findings
internal import Sterling
internal import Ledger

/// What last year accrued was reversed this year, and the invoice came.
enum AccrualsCheck: Check {
    static let title = "Last year's accruals are reversed and used"

    static func run(_ year: CheckedYear) -> CheckResult {
        let accruals = year.ledger.accrualsBroughtForward
        var findings: [Finding] = []
        for accrual in accruals {
            let ofCode = year.ledger.postings.filter { $0.ledgerOf == accrual.ledgerOf && $0.code == accrual.code }
            let isReversed = ofCode.contains { posting in
                posting.document == accrual.document && posting.amount == accrual.amount.magnitude
                    && (posting.to == .cash(.member(accrual.ledgerOf))) == !accrual.amount.isNegative
            }
            let isUsed = ofCode.contains {
                $0.document != accrual.document && !$0.isAccrual && $0.to != .cash(.member(accrual.ledgerOf))
                    && $0.amount >= accrual.amount.magnitude
            }
            guard !isReversed || !isUsed else { continue }
            findings.append(
                Finding(
                    .accrualNotReversed, at: accrual.place, found: accrual.document,
                    isReversed
                        ? "the accrual was reversed, and no invoice of its size came on code \(accrual.code)"
                        : "the accrual of \(accrual.amount) on code \(accrual.code) is not reversed",
                    hint: isReversed
                        ? "ask whether the cost was ever due; if it is still expected, accrue it again"
                        : "post the reversal in P1, or the cost counts twice"))
        }
        return CheckResult(
            accruals.isEmpty ? "no `accruals` table" : CheckResult.count(accruals.count, "accrual"), findings)
    }
}
