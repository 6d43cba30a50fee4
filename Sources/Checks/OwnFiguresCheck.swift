internal import Sharing
internal import Findings
internal import Sterling
internal import Ledger
internal import Statements

/// The statement recomputed from its own printed parts, another way than it was made.
public enum OwnFiguresCheck: Check {
    public static let title = "The statement casts, cross-casts and rolls forward"

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
        for section in outturn.sections {
            var lines: [(BudgetLine, [Money])] = []
            for row in section.rows {
                switch row.content {
                case .line(let line): lines.append((line, row.amounts))
                case .total(let of):
                    for column in row.amounts.indices {
                        let sum = lines.filter { of?.contains($0.0) ?? true }.map { $0.1[column] }.sum()
                        expect(
                            "the column \(outturn.members[column].label) of \"\(row.label)\"", row.amounts[column], sum)
                    }
                default: break
                }
            }
        }
        // Across the members, a heading is what the ledgers posted to it.
        let unassigned = outturn.sharing.withoutMemberConcerned
        for row in outturn.rows {
            guard case .line(.heading(let name)) = row.content else { continue }
            let posted =
                outturn.sharing.movements.flatMap(\.flows).filter { $0.account == .heading(name) }.map(\.amount).sum()
                - unassigned.filter { $0.heading == name }.map { $0.posting.flow(into: .heading(name)) }.sum()
            expect("the ledgers' postings to \"\(row.label)\"", row.total, row.side == .expenditure ? posted : -posted)
        }
        expect("what members owe and are owed, together,", outturn.settlement.members.map(\.owes).sum(), .zero)
        func row(_ content: StatementLayout.Content) -> Outturn.Row? { outturn.rows.first { $0.content == content } }
        if let net = row(.netOutturn) {
            for column in net.amounts.indices {
                let sum = outturn.rows.map { row -> Money in
                    switch row.content {
                    case .line: row.side == .funding ? row.amounts[column] : -row.amounts[column]
                    case .metFromReserves, .metFromPartners, .metFromFunds: row.amounts[column]
                    default: .zero
                    }
                }.sum()
                expect("\"\(net.label)\" of \(outturn.members[column].label)", net.amounts[column], sum)
            }
        }
        if let carried = row(.carriedForward) {
            for column in carried.amounts.indices {
                let sum = [
                    StatementLayout.Content.broughtForward, .adjustment, .appropriations, .spentFromReserves,
                    .sharedFromFunds, .contributionToReserves,
                ]
                .compactMap { row($0)?.amounts[column] }.sum()
                expect("\"\(carried.label)\" of \(outturn.members[column].label)", carried.amounts[column], sum)
            }
        }
        return CheckResult(CheckResult.count(looked, "sum"), findings)
    }
}
