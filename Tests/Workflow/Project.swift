import Foundation

/// The checkout, and the program built from it.
enum Project {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let program: URL = {
        if let path = ProcessInfo.processInfo.environment["OUTTURN_PROGRAM"] { return URL(filePath: path) }
        // The test bundle and the program are built into one folder.
        return URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "outturn")
    }()

    struct Run: Equatable {
        let output: String
        let error: String
        let status: Int32

        /// As the goldens keep it.
        var text: String {
            output + (error.isEmpty ? "" : "--- standard error\n" + error) + "--- exit status \(status)\n"
        }
    }

    static func run(_ arguments: [String], in folder: URL = root) throws -> Run {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "NO_COLOR": "1"]
        let scratch = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let paths = (scratch.appendingPathExtension("out"), scratch.appendingPathExtension("err"))
        for path in [paths.0, paths.1] { _ = FileManager.default.createFile(atPath: path.path, contents: nil) }
        defer { for path in [paths.0, paths.1] { try? FileManager.default.removeItem(at: path) } }
        process.standardOutput = try FileHandle(forWritingTo: paths.0)
        process.standardError = try FileHandle(forWritingTo: paths.1)
        try process.run()
        process.waitUntilExit()
        return Run(
            output: try String(contentsOf: paths.0, encoding: .utf8),
            error: try String(contentsOf: paths.1, encoding: .utf8), status: process.terminationStatus)
    }

    /// A command's line, cut at blanks outside quotation marks.
    static func words(_ line: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
            } else if character.isWhitespace, !isQuoted {
                if !word.isEmpty { words.append(word); word = "" }
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }

    static func folders(in folder: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: root.appending(path: folder), includingPropertiesForKeys: [.isDirectoryKey]
        )
        .filter { (try? $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true }.sorted {
            $0.path < $1.path
        }
    }

    /// Compares with the file kept; `UPDATE_GOLDEN=1` rewrites it, and fails so that nobody takes a
    /// rewriting for a pass.
    static func matches(_ text: String, _ golden: URL) throws -> String? {
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try FileManager.default.createDirectory(
                at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: golden, atomically: true, encoding: .utf8)
            return
                "rewrote \(golden.lastPathComponent): look through the difference, and run again without UPDATE_GOLDEN"
        }
        guard let kept = try? String(contentsOf: golden, encoding: .utf8) else { return "there is no \(golden.path)" }
        if kept == text { return nil }
        let (a, b) = (
            kept.split(separator: "\n", omittingEmptySubsequences: false),
            text.split(separator: "\n", omittingEmptySubsequences: false)
        )
        let line = zip(a, b).prefix { $0 == $1 }.count
        return
            "line \(line + 1) differs\n kept: \(line < a.count ? a[line] : "(end)")\n"
            + " now:  \(line < b.count ? b[line] : "(end)")"
    }
}
