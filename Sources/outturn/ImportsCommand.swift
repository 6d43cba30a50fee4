import ArgumentParser
import Books
import Findings
import FoundationEssentials
import Rendering
import Workflow

struct ImportsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "imports",
        abstract: "List a year's imports: when each came and why, and what took whose place.",
        discussion: """
              outturn imports Ledgers/ours
            """)

    @Argument(help: "A partnership's folder, or a year's folder.", completion: .directory)
    var dir: String

    @Option(help: "The year, such as 2018-19; the latest if not given.")
    var year: String?

    func run() throws {
        try withCircumstances {
            let lines = try ImportUndo.lines(try Partnership(path: dir, year: year))
            if lines.isEmpty { return Terminal.write("nothing was imported yet\n") }
            Terminal.write(ImportText.list(lines))
        }
    }
}

struct UndoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Take an import back as a whole.",
        discussion: """
            The export moves to exports/superseded/, and what it took the place of counts again. Nothing is lost: \
            `outturn imports` lists both.

              outturn undo Ledgers/ours ledger-p9.xlsx
            """)

    @Argument(help: "A partnership's folder, or a year's folder.", completion: .directory)
    var dir: String

    @Argument(help: "The export, by its name or its path in the year's folder; the last import if not given.")
    var file: String?

    @Option(help: "The year, such as 2018-19; the latest if not given.")
    var year: String?

    @Flag(help: "Only show what would be done.")
    var dryRun = false

    func run() throws {
        try withCircumstances {
            let undo = try ImportUndo(try Partnership(path: dir, year: year), file: file)
            let back = undo.restored.isEmpty ? "" : ", and puts back \(undo.restored.joined(separator: ", "))"
            if dryRun { return Terminal.write("would take back \(undo.file)\(back)\n") }
            let kept = try Interruption.shield { try undo.perform() }
            Terminal.write("took back \(undo.file), which is kept as \(kept)\(back)\nNext: outturn check \(dir)\n")
        }
    }
}

/// The minute it is, in UTC, as the list of imports has it.
enum Minute {
    /// `SOURCE_DATE_EPOCH` decides where it is set, so that the same command gives the same bytes.
    static var now: String {
        let set = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap { Double($0) }
        let date = set.map { Date(timeIntervalSince1970: $0) } ?? Date()
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
        func two(_ number: Int?) -> String { ((number ?? 0) < 10 ? "0" : "") + "\(number ?? 0)" }
        return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))T\(two(parts.hour)):\(two(parts.minute))Z"
    }
}
