internal import Importing
internal import Findings
internal import Ledger

/// Rows of another year were told and left out when their file was read; here is how many periods
/// the rest spans.
enum PeriodsCheck: Check {
    static let title = "Every posting's period is in the year"

    static func run(_ year: CheckedYear) -> CheckResult {
        let periods = year.ledger.postings.map(\.period)
        let told = year.told(.periodOutsideYear, .periodUnreadable)
        guard let first = periods.min(), let last = periods.max() else { return CheckResult("no postings", told: told) }
        var findings: [Finding] = []
        for file in year.imports {
            let dated = file.postings.filter { $0.date != nil }
            let outside = dated.filter { !year.ledger.year.contains($0.date!) }
            guard outside.count * 2 > dated.count else { continue }
            findings.append(Finding(
                .datesOutsideYear, at: outside[0].place, found: outside[0].date?.description, "\(outside.count) of the file's \(CheckResult.count(dated.count, "dated posting")) are dated outside \(year.ledger.year)",
                hint: "see whether the export belongs into another year's folder"))
        }
        return CheckResult("\(CheckResult.count(periods.count, "posting")), \(first) to \(last)", findings, told: told)
    }
}
