internal import Agreements
internal import Findings
internal import Importing
internal import Ledger
internal import Sharing
internal import Statements
internal import Sterling

/// A ledger with postings period after period, and then none, was not sent again.
enum YearEndReachedCheck: Check {
    static let title = "Every ledger reaches the year's end"

    /// Fewer periods in a row than these are no habit.
    private static let leastPeriods = 3

    static func run(_ year: CheckedYear) -> CheckResult {
        guard year.outturn.upTo == nil else { return .notRun("part of the year") }
        guard !year.imports.isEmpty else { return .notRun("no exports") }
        var periods: [Name<Member>: Set<Int>] = [:]
        for movement in year.outturn.sharing.movements where !movement.isJournal && !movement.amount.isZero {
            periods[movement.ledgerOf, default: []].insert(movement.period.number)
        }
        let findings = year.outturn.members.compactMap { member -> Finding? in
            guard let found = periods[member.name], let last = found.max(), last < 12,
                (0..<leastPeriods).allSatisfy({ found.contains(last - $0) })
            else { return nil }
            return Finding(
                .ledgerStops, at: year.imports.first { $0.ledgerOf == member.name }.map { Place(file: $0.file) },
                found: "P\(last)",
                "the ledger of \(member.label) has postings up to P\(last), and the statement is of the whole year",
                hint: "import the whole year's export, or state the year with --to P\(last)")
        }
        return CheckResult(CheckResult.count(periods.count, "ledger"), findings)
    }
}
