internal import Findings
internal import Ledger
public import Importing
public import Checks
internal import Sterling

/// The checks' answers, and what each file became.
public enum ChecksRendering {
    /// What each file became, then a line a check: its result, its title, and what it looked at.
    public static func text(_ checks: [(title: String, result: CheckResult)], imports: [FileImport]) -> String {
        var table = TextTable(leftColumns: 3)
        for (title, result) in checks {
            table.add(.cells([result.outcome, title, result.scope]))
        }
        return files(imports) + "\n" + table.text
    }

    /// `Checks: 17 of 17 passed, 9 not run`: one that had nothing to look at has passed nothing.
    static func count(_ checks: [(title: String, result: CheckResult)]) -> String {
        let run = checks.count { $0.result.isRun }, passed = checks.count { $0.result.isPassed }
        return "Checks: \(passed) of \(run) passed" + (run < checks.count ? ", \(checks.count - run) not run" : "")
    }

    /// `posted + excluded + in suspense = the file's`, in rows and in sums.
    public static func files(_ imports: [FileImport]) -> String {
        var table = TextTable(leftColumns: 3)
        table.add(.cells(["File", "Map", "", "rows", "sum (debits positive)"]))
        for file in imports {
            table.add(
                .cells([
                    file.file, file.map ?? "-", "in the file", AmountFormat.grouped(file.all.rows), "\(file.all.sum)",
                ]))
            table.add(.cells(["", "", "posted", AmountFormat.grouped(file.posted.rows), "\(file.posted.sum)"]))
            for left in file.excluded {
                table.add(
                    .cells([
                        "", "", "excluded, \(left.reason)", AmountFormat.grouped(left.tally.rows), "\(left.tally.sum)",
                    ]))
            }
            table.add(
                .cells(["", "", "in suspense", AmountFormat.grouped(file.suspense.rows), "\(file.suspense.sum)"]))
            if file.refused > 0 {
                table.add(.cells(["", "", "refused with a finding", AmountFormat.grouped(file.refused), ""]))
            }
            if file.withoutAmount + file.pageHeaders > 0 {
                table.add(
                    .cells([
                        "", "", "text without an amount", AmountFormat.grouped(file.withoutAmount + file.pageHeaders),
                        "",
                    ]))
            }
            if let total = file.controlTotal {
                table.add(
                    .cells([
                        "", "",
                        total == file.all.sum ? "the file's control total: equal" : "the file's control total: DIFFERS",
                        "", "\(total)",
                    ]))
            }
            if file.subtotalsAgreed + file.subtotalsDiffering > 0 {
                table.add(
                    .cells([
                        "", "", "sub-totals that agree, of \(file.subtotalsAgreed + file.subtotalsDiffering)",
                        "\(file.subtotalsAgreed)", "",
                    ]))
            }
        }
        return table.text
    }

    /// A check an object; its findings are its own, without those of reading that answer the same question.
    public static func json(_ checks: [(title: String, result: CheckResult)]) -> JSONValue {
        .array(
            checks.map { title, result in
                .object([
                    ("title", .string(title)), ("scope", .string(result.scope)),
                    ("result", .string(result.outcome)),
                    ("findings", FindingsRendering.json(result.findings)),
                ])
            })
    }
}
