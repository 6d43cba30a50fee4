internal import Agreements
internal import Findings
internal import Ledger
internal import Statements
internal import Sterling

/// What is asked to be carried forward is there to be carried.
enum CarryForwardCheck: Check {
    static let title = "Requests to carry forward are covered"

    static func run(_ year: CheckedYear) -> CheckResult {
        let outturn = year.outturn
        let requests = year.ledger.carryForwardRequests
        guard !requests.isEmpty else { return .notRun("no requests") }
        var asked: [BudgetLine: Money] = [:]
        let findings = requests.compactMap { request -> Finding? in
            guard request.decision != "refused" else { return nil }
            let budget = year.ledger.revisedBudget(request.line) ?? .zero
            let spent = outturn.rows.first { $0.content == .line(request.line) }?.total ?? .zero
            let left = budget - spent - (asked[request.line] ?? .zero)
            asked[request.line, default: .zero] += request.amount
            guard request.amount > left else { return nil }
            return Finding(
                .carryForwardTooMuch, at: request.place, found: "\(request.amount)",
                "\(max(.zero, left)) is left of the line's budget of \(budget), and \(request.amount) is asked for",
                hint: "lower the request, or refuse it")
        }
        return CheckResult(CheckResult.count(requests.count, "request"), findings)
    }
}
