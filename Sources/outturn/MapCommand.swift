import Agreements
import Books
import ArgumentParser
import Findings
import Importing
import Rendering
import Sheets
import Workflow

struct MapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Maps: how an export's rows become postings.",
        discussion: """
              outturn map suggest ledger.xlsx > maps/our-ledger.yaml
              outturn map list Ledgers/tri-borough
              outturn map show sap-alv
            """,
        subcommands: [Suggest.self, List.self, Show.self])

    struct Suggest: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "suggest",
            abstract: "Guess an export's map, and say why.",
            discussion: """
                Finds the header row and what each column holds, by its name and by its values, and writes a \
                commented map. What a code means is left to you: until the codes are filled in, every row goes to \
                suspense.

                With --of, or where --output lies in a partnership's maps, codes that its other maps know have their \
                class already.

                  outturn map suggest ledger.xlsx --output Ledgers/ours/maps/our-ledger.yaml
                """)

        @Argument(help: "The export.", completion: .file())
        var file: String

        @Option(
            name: .shortAndLong,
            help: "A file to write the map to, which mustn't be there yet; standard output if not given.",
            completion: .file())
        var output: String?

        @Option(
            name: .customLong("of"), help: "A partnership's folder, whose other maps say what codes are.",
            completion: .directory)
        var partnership: String?

        /// The folder that the output's `maps` lies in.
        private var home: String? {
            let parts = (output ?? "").split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count > 1, parts[parts.count - 2] == "maps" else { return nil }
            let path = parts.dropLast(2).joined(separator: "/")
            return path.isEmpty ? (output!.hasPrefix("/") ? "/" : ".") : path
        }

        func run() throws {
            try withCircumstances {
                let (suggested, findings) = try MapSuggestion.of(FileContent(path: file), file: file)
                if !findings.isEmpty {
                    Terminal.error(
                        styled: String(FindingsRendering.text(findings.inOrder(), style: Terminal.style(2)).dropLast()))
                }
                guard var suggestion = suggested else { throw ExitCode(65) }
                if let partnership {
                    let known = try Partnership(path: partnership, needsYear: false)
                    suggestion.propose(from: known.maps, known.agreement.chart)
                } else if let home, let known = try? Partnership(path: home, needsYear: false) {
                    suggestion.propose(from: known.maps, known.agreement.chart)
                }
                if let output {
                    try OutputFile.write(suggestion.yaml, toNew: output)
                    Terminal.write(
                        "wrote \(output)\nNext: fill in its codes, then outturn import DIR \(file) --dry-run\n")
                } else {
                    Terminal.write(data: suggestion.yaml)
                }
                if findings.hasErrors { throw ExitCode(1) }
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List a partnership's maps, and the common layouts that come with the program.")

        @Argument(help: "A partnership's folder.", completion: .directory)
        var dir: String?

        func run() throws {
            try withCircumstances {
                if let dir {
                    let partnership = try Partnership(path: dir)
                    for map in partnership.maps.sorted(by: { $0.name < $1.name }) {
                        Terminal.write(
                            "\(map.name): \(map.layout); recognises \(map.recognise.joined(separator: ", "))\n")
                    }
                    return
                }
                for (name, layout) in CommonMaps.all { Terminal.write("\(name): \(layout)\n") }
                Terminal.write("Next: outturn map show NAME\n")
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print the map of a common layout, to copy into maps/.")

        @Argument(help: "Its name, as `map list` gives it.", completion: .list(CommonMaps.all.map { $0.name }))
        var name: String

        func run() throws {
            try withCircumstances {
                Terminal.write(try CommonMaps.text(name))
            }
        }
    }
}
