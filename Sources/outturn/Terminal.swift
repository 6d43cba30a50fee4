import Findings
import Rendering
import Sheets
import Workflow

import Glibc

/// Standard output for data, standard error for everything else.
enum Terminal {
    static func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                // The reader has gone, as with `| head`.
                Glibc.exit(errno == EPIPE ? 0 : 73)
            }
            bytes = bytes.dropFirst(count)
        }
    }

    static func error(_ text: String) {
        let line = Array((text + "\n").utf8)
        _ = line.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
    }

    /// So that `| head` ends the program quietly, by the write that fails.
    static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

    static func exit(_ status: Int32) -> Never { Glibc.exit(status) }

    /// Colour only on a terminal, and only if the reader hasn't asked for none.
    static func style(_ descriptor: Int32) -> Style {
        isatty(descriptor) == 1 && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true) ? .colour : .plain
    }

    static func report(_ circumstance: Circumstance) {
        switch circumstance {
        case .findings(let findings): error(String(FindingsRendering.text(findings, style: style(2)).dropLast()))
        case .missing(let text), .unreadable(let text), .badData(let text), .cannotWrite(let text), .usage(let text): error("outturn: \(text)")
        }
    }
}

/// Runs a command's body; what the rooms below throw becomes a circumstance with its exit status.
func withCircumstances(_ body: () throws -> Void) throws {
    do { try body() } catch let failure as FileFailure {
        throw failure.isMissing ? Circumstance.missing("\(failure)") : Circumstance.unreadable("\(failure)")
    }
}
