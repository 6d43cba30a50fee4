internal import Sharing
internal import Importing
internal import Findings
internal import Ledger
internal import Statements

/// Rows of another year were reported and excluded when their file was read; here is how many periods
/// the rest spans.
enum PeriodsCheck: Check {
    static let title = "Every posting's period is in the year"

    static func run(_ year: CheckedYear) -> CheckResult {
        let periods = year.outturn.sharing.movements.map(\.period)
        let reported = year.reported(.periodOutsideYear, .periodUnreadable)
        guard let first = periods.min(), let last = periods.max() else {
            return CheckResult("no postings", reported: reported, isRun: false)
        }
        var findings: [Finding] = []
        for file in year.ledger.postings.datedRows(outside: year.ledger.year) where file.outside * 2 > file.all {
            findings.append(
                Finding(
                    .datesOutsideYear, at: file.first.place, found: file.first.date?.description,
                    "\(file.outside) of the file's \(CheckResult.count(file.all, "dated posting")) are dated outside "
                        + "\(year.ledger.year)",
                    hint: "see whether the export belongs into another year's folder"))
        }
        return CheckResult(
            "\(CheckResult.count(year.ledger.postings.count, "posting")), \(first) to \(last)", findings,
            reported: reported)
    }
}
