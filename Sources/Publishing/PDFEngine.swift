internal import Findings
internal import Foundation
internal import Glibc
internal import Synchronization

/// Makes a tagged PDF (PDF/UA-1) of a page by WeasyPrint, a program of its own: it stays away from the
/// network, and the same page gives the same bytes.
enum PDFEngine {
    static let install = "pipx install weasyprint==70.0"
    /// Earlier ones write the mark of PDF/UA without its tags.
    static let leastVersion = 66

    /// - Parameters:
    ///   - path: in a folder where nothing else is; the page is put beside it.
    ///   - identifier: of the document, in hexadecimal.
    ///   - created: seconds since 1970.
    /// - Throws: `Circumstance.cannotWrite` where the engine is missing, too old or fails.
    static func write(_ page: String, to path: String, identifier: String, created: Int) throws(Circumstance) {
        let engine = try find()
        let input = path + ".html"
        defer { try? FileManager.default.removeItem(atPath: input) }
        do { try Data(page.utf8).write(to: URL(filePath: input)) } catch {
            throw .cannotWrite("\(path) can't be written")
        }
        let result = run(
            engine,
            [
                "--pdf-variant", "pdf/ua-1", "--pdf-identifier", String(identifier.prefix(32)), "--allowed-protocols",
                "data", "--encoding", "utf-8", "--quiet", "-", path,
            ], input: input, environment: ["SOURCE_DATE_EPOCH": "\(created)"])
        guard result.status == 0, FileManager.default.fileExists(atPath: path) else {
            let reason = result.errors.split(separator: "\n").last.map(String.init) ?? "it ended with \(result.status)"
            throw .cannotWrite("the PDF can't be made: \(engine) says: \(reason)")
        }
    }

    /// Tells before any work is done whether there is an engine.
    static func check() throws(Circumstance) { _ = try find() }

    /// The program named by OUTTURN_WEASYPRINT, or the one on the path.
    private static func find() throws(Circumstance) -> String {
        let environment = ProcessInfo.processInfo.environment
        let candidates =
            environment["OUTTURN_WEASYPRINT"].map { [$0] }
            ?? (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/weasyprint" }
        guard let engine = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw .cannotWrite(
                "a PDF needs WeasyPrint \(leastVersion) or later, which is not installed; install it with: \(install) "
                    + " (or write .html and print that)"
            )
        }
        // WeasyPrint version 70.0
        let answer = run(engine, ["--version"], input: nil, environment: [:]).output
        guard let version = answer.split(separator: " ").last?.split(separator: ".").first.flatMap({ Int($0) }),
            version >= leastVersion
        else {
            throw .cannotWrite(
                "\(engine) is too old for tagged PDFs (\(answer.isEmpty ? "it tells no version" : answer)); install a "
                    + "newer one with: \(install)"
            )
        }
        return engine
    }

    /// A page takes seconds, a long one minutes; what takes longer never ends.
    private static let limit: DispatchTimeInterval = .seconds(600)

    private static func run(_ program: String, _ arguments: [String], input: String?, environment: [String: String])
        -> (status: Int32, output: String, errors: String)
    {
        let process = Process(), output = Pipe(), errors = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = input.flatMap { FileHandle(forReadingAtPath: $0) } ?? FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        do { try process.run() } catch { return (-1, "", "\(error)") }
        // Both are read at the same time: whichever fills its pipe while the other is read would stop the program.
        let reading = DispatchGroup()
        let answer = Stream(output, reading), complaint = Stream(errors, reading)
        guard reading.wait(timeout: .now() + limit) == .success else {
            kill(process.processIdentifier, SIGKILL)
            return (-1, "", "it didn't end within ten minutes")
        }
        process.waitUntilExit()
        return (process.terminationStatus, answer.text, complaint.text)
    }

    /// One of a program's streams, read to its end beside whatever else is done.
    private final class Stream: Sendable {
        private let bytes = Mutex(Data())

        init(_ pipe: Pipe, _ group: DispatchGroup) {
            let handle = pipe.fileHandleForReading
            DispatchQueue.global().async(group: group) {
                let all = handle.readDataToEndOfFile()
                self.bytes.withLock { $0 = all }
            }
        }

        var text: String {
            String(decoding: bytes.withLock { $0 }, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }
}
