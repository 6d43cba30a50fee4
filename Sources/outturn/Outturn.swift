import ArgumentParser
import Findings
import Workflow

@main
struct OutturnCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outturn",
        abstract:
            "Budgets and funding of a partnership, reconciled: exports and an agreement in, a statement that "
            + "casts out.",
        discussion: """
            DIR is a partnership's folder (its latest year is meant) or a year's folder.

              outturn statement Ledgers/tri-borough
              outturn check Ledgers/tri-borough/2018-19
              outturn explain Ledgers/tri-borough "Salary expenditure/LBHF"
              outturn help E0207

            Exit status: 0 fine; 1 findings of error severity; 64 usage; 65 bad data; 66 file missing; 73 cannot \
            write; 75 busy.
            """,
        version: "0.1.0",
        subcommands: [
            NewCommand.self, StatementCommand.self, CheckCommand.self, CompareCommand.self, ExplainCommand.self,
            RechargesCommand.self, AgreementCommand.self, WhatIfCommand.self, ForecastCommand.self,
            ContributionsCommand.self, SurveyCommand.self, CheckTableCommand.self, ReportCommand.self,
            ImportCommand.self, ImportsCommand.self, UndoCommand.self, MapCommand.self,
            ReadCommand.self, HelpCommand.self,
        ])

    static func main() {
        Terminal.ignoreSignalsOfWriting()
        Interruption.install()
        let arguments = Array(CommandLine.arguments.dropFirst())
        // The parser's own message for a mistyped command names no near one.
        let names = configuration.subcommands.compactMap { $0.configuration.commandName }
        if let first = arguments.first, !first.hasPrefix("-"), !names.contains(first) {
            Terminal.error("outturn: there is no command \"\(first)\"; \(Nearest.hint(first, in: names))")
            Terminal.exit(64)
        }
        do {
            var command = try parseAsRoot(arguments)
            try command.run()
        } catch let circumstance as Circumstance {
            Terminal.report(circumstance)
            Terminal.exit(circumstance.exitStatus)
        } catch {
            let code = exitCode(for: error)
            let text = fullMessage(for: error)
            if code == .success { Terminal.write(text + "\n") } else if !text.isEmpty { Terminal.error(text) }
            Terminal.exit(code.rawValue)
        }
    }
}
