import Books
import Foundation
import Glibc
import Synchronization

/// What Ctrl-C and its like do: half-made files are taken away, and the program ends as the signal would have it.
///
/// The signal's handler may do next to nothing, so it only writes into a pipe; a thread that waits there does the
/// rest. What must not be cut in two, a commit, holds that thread up until it is done.
enum Interruption {
    private static let shielded = Mutex(())
    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    /// Runs a body that an interruption waits for.
    static func shield<Value>(_ body: () throws -> Value) rethrows -> Value {
        try shielded.withLock { _ in try body() }
    }

    /// Called once, before anything is written.
    static func install() {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        interruptionPipe.store(ends[1], ordering: .sequentiallyConsistent)
        let reader = ends[0]
        Thread.detachNewThread {
            var number: UInt8 = 0
            while read(reader, &number, 1) != 1 {}
            shielded.withLock { _ in
                OutputFile.removeUnfinished()
                signal(Int32(number), SIG_DFL)
                kill(getpid(), Int32(number))
                pause()
            }
        }
        for number in signals where !isIgnored(number) {
            signal(number) { number in
                var byte = UInt8(truncatingIfNeeded: number)
                _ = write(interruptionPipe.load(ordering: .sequentiallyConsistent), &byte, 1)
            }
        }
    }

    /// `nohup` has the signal ignored, and so it stays.
    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        return sigaction(number, nil, &action) == 0
            && unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
                == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}

/// Where the signals' handler writes.
private let interruptionPipe = Atomic<Int32>(-1)
