import Findings
import Rendering
import Sheets
import Workflow

import Glibc
import Sterling
import Synchronization

/// Standard output for data, standard error for everything else. What strangers wrote, in cells and in the names of
/// files, is shown and never obeyed.
enum Terminal {
    /// Words for people.
    static func write(_ text: String) { send(text.visible) }

    /// Words whose colours are this program's own; whoever made them has shown what data they hold.
    static func write(styled text: String) { send(text) }

    /// A form that programs read: as it is, but on a terminal.
    static func write(data text: String) { send(isatty(1) == 1 ? text.visible : text) }

    private static func send(_ text: String) {
        ProgressLine.clear()
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

    static func error(_ text: String) { error(styled: text.visible) }

    /// As `write(styled:)`.
    static func error(styled text: String) {
        ProgressLine.clear()
        raw(text + "\n")
    }

    /// To standard error as it is.
    static func raw(_ text: String) {
        let line = Array(text.utf8)
        _ = line.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
    }

    /// So that `| head` ends the program quietly, by the write that fails; and that a limit of the size of files is
    /// an error to be reported, with what was half written taken away.
    static func ignoreSignalsOfWriting() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }

    static func exit(_ status: Int32) -> Never { Glibc.exit(status) }

    /// Colour only on a terminal, and only if the reader hasn't asked for none.
    static func style(_ descriptor: Int32) -> Style {
        isatty(descriptor) == 1 && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true) ? .colour : .plain
    }

    static func report(_ circumstance: Circumstance) {
        switch circumstance {
        case .findings(let findings):
            error(styled: String(FindingsRendering.text(findings, style: style(2)).dropLast()))
        case .missing(let text), .unreadable(let text), .badData(let text), .cannotWrite(let text), .busy(let text),
            .usage(let text):
            error("outturn: \(text)")
        }
    }
}

/// Runs a command's body; what the rooms below throw becomes a circumstance with its exit status.
func withCircumstances(_ body: () throws -> Void) throws {
    if let line = ProgressLine() { SheetReader.observe { line.show($0) } }
    defer { ProgressLine.clear() }
    do { try body() } catch let failure as FileFailure { throw failure.circumstance }
}

/// `412 of 794 MB, 520,000 rows, 3 s left`, on a terminal alone, once a reading takes longer than half a second.
///
/// Whatever else is written to the terminal first takes the line away.
final class ProgressLine: Sendable {
    private struct State {
        let start = ContinuousClock.now
        var shown = ContinuousClock.now
        var isShowing = false
        var total = 0
        var fileStart = ContinuousClock.now
        var lastBytes = 0
    }
    private let state = Mutex(State())
    private static let current = Mutex<ProgressLine?>(nil)

    /// `nil` where standard error is no terminal.
    init?() {
        guard isatty(2) == 1 else { return nil }
        Self.current.withLock { $0 = self }
    }

    func show(_ progress: Progress) {
        state.withLock { state in
            let now = ContinuousClock.now
            // Another file has begun.
            if progress.totalBytes != state.total || progress.bytes < state.lastBytes {
                (state.total, state.fileStart) = (progress.totalBytes, now)
            }
            state.lastBytes = progress.bytes
            guard now - state.start > .milliseconds(500), now - state.shown > .milliseconds(100) || !state.isShowing
            else { return }
            (state.shown, state.isShowing) = (now, true)
            let seconds =
                Double((now - state.fileStart).components.seconds) + Double(
                    (now - state.fileStart).components.attoseconds) / 1e18
            var text =
                "\r\u{1B}[K\(progress.bytes / 1_000_000) of \(progress.totalBytes / 1_000_000) MB, "
                + "\(AmountFormat.grouped(progress.rows)) rows"
            if progress.bytes > 0, seconds > 0.5 {
                let left = seconds * Double(max(0, progress.totalBytes - progress.bytes)) / Double(progress.bytes)
                text += ", \(Int(left.rounded(.up))) s left"
            }
            Terminal.raw(text)
        }
    }

    func clear() {
        state.withLock { state in
            if state.isShowing { Terminal.raw("\r\u{1B}[K") }
            state.isShowing = false
        }
    }

    static func clear() { current.withLock { $0 }?.clear() }
}

/// `[########------------]  4 of 10 years, 3 s left`, on a terminal alone, once the work takes longer than half a
/// second.
final class StepProgress {
    private let what: String
    private let count: Int
    private let start = ContinuousClock.now
    private var done = 0
    private var isShowing = false

    init(_ what: String, of count: Int) {
        self.what = what
        self.count = count
    }

    func step() {
        done += 1
        let spent = ContinuousClock.now - start
        guard isatty(2) == 1, spent > .milliseconds(500) else { return }
        isShowing = true
        let width = 20, filled = done * width / max(1, count)
        let left = Int((spent / done * (count - done)).components.seconds) + (done < count ? 1 : 0)
        Terminal.raw(
            "\r\u{1B}[K[" + String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
                + "] \(done) of \(count) \(what)\(left > 0 ? ", \(left) s left" : "")")
    }

    func clear() {
        if isShowing { Terminal.raw("\r\u{1B}[K") }
        isShowing = false
    }
}
