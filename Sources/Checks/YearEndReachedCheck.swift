internal import Agreements
internal import Findings
internal import Importing
internal import Ledger
internal import Sharing
internal import Statements
internal import Sterling

/// A ledger whose postings stop, though they came period after period, may not have been sent again.
enum YearEndReachedCheck: Check {
    static let title = "Every ledger reaches the year's end"

    /// Fewer periods than these are no habit.
    private static let leastPeriods = 3

    static func run(_ year: CheckedYear) -> CheckResult {
        guard year.outturn.upTo == nil else { return .notRun("part of the year") }
        guard !year.imports.isEmpty else { return .notRun("no exports") }
        var periods: [Name<Member>: Set<Int>] = [:]
        for movement in year.outturn.sharing.movements where !movement.isJournal && !movement.amount.isZero {
            periods[movement.ledgerOf, default: []].insert(movement.period.number)
        }
        let findings = year.outturn.members.compactMap { member -> Finding? in
            guard let found = periods[member.name]?.sorted(), found.count >= leastPeriods, let last = found.last,
                last < 12, isOverdue(found)
            else { return nil }
            return Finding(
                .ledgerStops, at: year.imports.first { $0.ledgerOf == member.name }.map { Place(file: $0.file) },
                found: "P\(last)",
                "the ledger of \(member.label) has postings up to P\(last), and the statement is of the whole year",
                hint: "import the whole year's export, or state the year with --to P\(last)")
        }
        return CheckResult(CheckResult.count(periods.count, "ledger"), findings)
    }

    /// Whether the last postings came period after period, or none has come for twice as long as ever before.
    private static func isOverdue(_ periods: [Int]) -> Bool {
        let gaps = zip(periods.dropFirst(), periods).map { $0 - $1 }
        return gaps.suffix(leastPeriods - 1).allSatisfy { $0 == 1 } || 12 - periods.last! > 2 * gaps.max()!
    }
}
