internal import Agreements
internal import Sharing
internal import Findings
internal import Sterling
internal import Ledger
internal import Statements

/// The statement recomputed from its own printed parts, another way than it was made.
public enum OwnFiguresCheck: Check {
    public static let title = "The statement casts, cross-casts and rolls forward"

    /// Adds up the exact amounts behind the printed rows; each sum that comes out otherwise is an error.
    public static func run(_ year: CheckedYear) -> CheckResult {
        var findings: [Finding] = []
        var looked = 0
        func expect(_ what: String, _ printed: Money, _ computed: Money) {
            looked += 1
            guard printed != computed else { return }
            findings.append(
                Finding(
                    .ownFiguresDisagree, found: "\(printed)", "\(what) comes to \(computed)",
                    hint: "don't use this statement, and report the fault with the folder that shows it"))
        }
        let outturn = year.outturn
        let rows = outturn.rows
        for (index, row) in rows.enumerated() where row.content.isSum {
            let parts = outturn.parts(of: index)
            for column in row.amounts.indices {
                let sum = parts.map { $0.isTaken ? -rows[$0.row].amounts[column] : rows[$0.row].amounts[column] }.sum()
                expect(
                    "the column \(outturn.members[column].label) of \"\(row.label)\"", row.amounts[column], sum)
            }
        }
        // Across the members, a heading is what the ledgers posted to it.
        let unassigned = outturn.sharing.withoutMemberConcerned
        for row in rows {
            guard case .line(.heading(let name)) = row.content else { continue }
            let posted =
                outturn.sharing.movements.flatMap(\.flows).filter { $0.account == .heading(name) }.map(\.amount).sum()
                - unassigned.filter { $0.heading == name }.map { $0.posting.flow(into: .heading(name)) }.sum()
            expect("the ledgers' postings to \"\(row.label)\"", row.total, row.side == .expenditure ? posted : -posted)
        }
        // Recharges posted on one side alone are a fault of the books, which another check tells.
        expect(
            "what members owe and are owed, together, before recharges",
            outturn.settlement.members.map { $0.owes + $0.rechargesPaid }.sum(), .zero)
        return CheckResult(CheckResult.count(looked, "sum"), findings)
    }
}

extension StatementLayout.Content {
    /// Whether it is always the sum of its parts.
    fileprivate var isSum: Bool { if case .total = self { true } else { worked?.isSumOfParts ?? false } }
}
