import Findings
import ArgumentParser
import FoundationEssentials
import Ledger
import Workflow

struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Write a commented partnership folder that runs as it is.",
        discussion: """
              outturn new Ledgers/our-partnership
              outturn new Ledgers/our-partnership --year 2026-27 --dry-run
            """)

    @Argument(help: "A folder that isn't there yet.", completion: .directory)
    var dir: String

    @Option(help: "The financial year; this one if not given.")
    var year: String?

    @Flag(help: "Only name the files that would be written.")
    var dryRun = false

    func run() throws {
        try withCircumstances {
            let financialYear: FinancialYear
            if let year {
                guard let parsed = FinancialYear(written: year) else {
                    throw Circumstance.usage("\"\(year)\" is no year; write it as 2026-27")
                }
                financialYear = parsed
            } else {
                // The one place that asks the clock; everything below is given the year.
                let today = Calendar(identifier: .gregorian).dateComponents([.year, .month], from: Date())
                financialYear = FinancialYear(startYear: today.month! >= 4 ? today.year! : today.year! - 1)
            }
            if dryRun {
                for (path, _) in NewPartnership.files(year: financialYear) { Terminal.write("\(dir)/\(path)\n") }
                return
            }
            try NewPartnership.write(to: dir, year: financialYear)
            Terminal.write("wrote \(dir)\nNext: outturn statement \(dir)\n")
        }
    }
}
