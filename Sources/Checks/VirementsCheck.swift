internal import Agreements
internal import Findings
internal import Ledger
internal import Statements
internal import Sterling

/// Budget moved within the year, against the sum that needs no agreement of the members.
enum VirementsCheck: Check {
    static let title = "Virements are within the limit"

    static func run(_ year: CheckedYear) -> CheckResult {
        let virements = year.ledger.virements
        guard !virements.isEmpty else { return .notRun("no virements") }
        let beyond = beyondBudget(year)
        guard let limit = year.outturn.agreement.virementLimit else {
            return CheckResult("\(CheckResult.count(virements.count, "virement")), and no limit agreed", beyond)
        }
        let findings = virements.filter { $0.amount > limit && !isAgreedByMembers($0) }.map { virement in
            Finding(
                .virementOverLimit, at: virement.place, found: "\(virement.amount)",
                "virement \(virement.number) moves more than \(limit), and was agreed by "
                    + "\(virement.agreedBy.isEmpty ? "nobody" : virement.agreedBy)",
                hint: "have the members agree it, and say so in the column \"agreed by\": members")
        }
        return CheckResult(CheckResult.count(virements.count, "virement"), findings + beyond)
    }

    /// `members`, and their minute may follow: `members (Executive, 12 December 2026)`.
    private static func isAgreedByMembers(_ virement: Virement) -> Bool {
        let written = virement.agreedBy.lowercased()
        return ["members", "the members", "all members", "board", "the board"].contains { who in
            guard written.hasPrefix(who) else { return false }
            // "Board secretary" is somebody else.
            let minute = written.dropFirst(who.count).drop { $0.isWhitespace }
            return minute.first.map { !$0.isLetter } ?? true || ["at ", "on ", "in "].contains { minute.hasPrefix($0) }
        }
    }

    private static func label(_ line: BudgetLine, _ year: CheckedYear) -> String {
        year.outturn.agreement.layout.rows.first { $0.content == .line(line) }?.label ?? "\(line)"
    }

    /// Lines whose budget virements bring below zero.
    private static func beyondBudget(_ year: CheckedYear) -> [Finding] {
        let ledger = year.ledger
        let lines = Set(ledger.virements.flatMap { [$0.from, $0.to] })
        return lines.compactMap { line -> Finding? in
            guard let original = ledger.budget.total(line, of: year.outturn.members), !original.isNegative,
                let revised = ledger.revisedBudget(line), revised.isNegative,
                let last = ledger.virements.last(where: { $0.from == line || $0.to == line })
            else { return nil }
            return Finding(
                .virementBeyondBudget, at: last.place, found: last.number,
                "virements leave \(Self.label(line, year)) with a budget of \(revised)",
                hint: "a line can give what it has: see whether the amount or the direction is wrong")
        }.sorted { ($0.place?.row ?? 0) < ($1.place?.row ?? 0) }
    }
}
