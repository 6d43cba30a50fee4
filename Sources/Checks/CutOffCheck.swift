internal import Findings
internal import Ledger

/// The list around 31 March: in this year by its period, in another by its date.
enum CutOffCheck: Check {
    static let title = "Cut-off around 31 March"

    static func run(_ year: CheckedYear) -> CheckResult {
        guard year.ledger.postings.contains(where: { $0.date != nil }) else { return .notRun("no posting has a date") }
        let across = year.ledger.postings.datedOutside(year.ledger.year)
        let findings = across.map { posting in
            Finding(
                .cutOff, at: posting.place, found: posting.date?.description,
                "\(posting.period) of \(year.ledger.year) by its period, and dated outside the year: \(posting.amount)",
                hint: "see that it belongs to \(year.ledger.year)")
        }
        return CheckResult("\(CheckResult.count(across.count, "posting")) dated outside the year", findings)
    }
}
