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
        findings += yearAway(year) + apart(year)
        return CheckResult(
            "\(CheckResult.count(year.ledger.postings.count, "posting")), \(first) to \(last)", findings,
            reported: reported)
    }

    /// Rows dated about a year from their period: no cut-off, which is a month or two.
    private static func yearAway(_ year: CheckedYear) -> [Finding] {
        let this = year.ledger.year
        let away = year.ledger.postings.datedOutside(this).filter { posting in
            guard let date = posting.date else { return false }
            let month = this.firstDay(ofMonth: posting.period.month)
            return abs((date.year - month.year) * 12 + date.month - month.month) >= 11
        }
        let files = Dictionary(grouping: away) { $0.place.file }
        return files.values.sorted { $0[0].place < $1[0].place }.map { rows in
            Finding(
                .dateYearAway, at: rows[0].place, found: rows[0].date?.description,
                "\(CheckResult.count(rows.count, "row is", "rows are")) dated about a year from their period, the "
                    + "first \(rows[0].date!) in \(rows[0].period) of \(this)",
                hint: "see whether they belong into another year, or the date or the period is mistyped")
        }
    }

    /// Files whose dates and periods disagree: most of their rows, or rows dated after the period was closed.
    private static func apart(_ year: CheckedYear) -> [Finding] {
        year.ledger.postings.datesApart(in: year.ledger.year).compactMap { file in
            if file.apart * 2 > file.dated, file.apart > 1, let first = file.firstApart {
                return Finding(
                    .periodsAndDatesApart, at: first.place, found: first.date?.description,
                    "\(file.apart) of \(CheckResult.count(file.dated, "dated row")) are dated two months or more "
                        + "from their period, the first \(first.date!) in \(first.period)",
                    hint: "where the map takes months of the calendar for periods, say in it: period format: from date")
            }
            guard let first = file.firstAfter else { return nil }
            return Finding(
                .dateAfterPeriod, at: first.place, found: first.date?.description,
                "\(CheckResult.count(file.after, "row is", "rows are")) dated after the period was closed, the first "
                    + "\(first.date!) in \(first.period)",
                hint: "mend the period or the date; the period decides in which quarter the cost is billed")
        }
    }
}
