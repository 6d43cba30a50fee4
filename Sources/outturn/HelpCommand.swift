import Publishing
import ArgumentParser
import Findings
import Workflow

struct HelpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "help",
        abstract: "Explain a command, a topic or a finding's code.",
        discussion: """
            Topics: agreement, examples, what-if, map, folder, forms, templates, template-statement, template-style, \
            schema-statement, schema-check-table.

              outturn help statement
              outturn help agreement
              outturn help E0207
            """)

    @Argument(help: "A command, a topic or a code.")
    var topic: String?

    func run() throws {
        guard let topic else { throw CleanExit.helpRequest(OutturnCommand.self) }
        if let text = HelpTopics.text(topic) {
            Terminal.write(text)
            return
        }
        for command in OutturnCommand.configuration.subcommands where command.configuration.commandName == topic {
            throw CleanExit.helpRequest(command)
        }
        let commands = OutturnCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
        let known: [String] = commands + HelpTopics.names + Finding.Code.allCases.map { $0.rawValue }
        let near = Nearest.match(topic, in: known)
        let hint = near == nil ? "`outturn help` lists the commands" : "did you mean \"\(near!)\"?"
        throw Circumstance.usage("there is no help on \"\(topic)\"; \(hint)")
    }
}
