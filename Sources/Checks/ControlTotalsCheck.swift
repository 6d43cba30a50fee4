internal import Findings
internal import Sterling
internal import Importing

/// Every row of every file is a posting, excluded or in suspense, and the three add up to the file's.
/// A total in a file that differs was reported when the file was read.
enum ControlTotalsCheck: Check {
    static let title = "Control totals and cost-centre totals agree"

    static func run(_ year: CheckedYear) -> CheckResult {
        var findings: [Finding] = []
        for file in year.imports {
            let tallies = [file.posted, file.suspense] + file.excluded.map(\.tally)
            guard tallies.map(\.rows).reduce(0, +) != file.all.rows || tallies.map(\.sum).sum() != file.all.sum else {
                continue
            }
            findings.append(
                Finding(
                    .ownFiguresDisagree, at: Place(file: file.file), found: "\(file.all.sum)",
                    "the rows taken up don't add up to the rows read",
                    hint: "don't use this statement, and report the fault with the folder that shows it"))
        }
        let totals = year.imports.count { $0.controlTotal != nil }
        let subtotals = year.imports.map { $0.subtotalsAgreed + $0.subtotalsDiffering }.reduce(0, +)
        let reported = year.reported(.controlTotalDiffers, .subtotalDiffers, .controlTotalMissing)
        if totals + subtotals == 0, findings.isEmpty, reported.isEmpty {
            return .notRun("no file has a control total or a sub-total")
        }
        return CheckResult(
            "\(CheckResult.count(year.imports.count, "file")), \(CheckResult.count(totals, "control total")), "
                + "\(CheckResult.count(subtotals, "sub-total"))",
            findings, reported: reported)
    }
}
