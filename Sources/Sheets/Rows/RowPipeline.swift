internal import Glibc

/// Blocks on their way: filled one after another, read by all threads, taken in order.
///
/// The thread that calls `run` takes the blocks, and fills and reads too while none is ready; so with
/// two threads neither waits for the other's kind of work.
final class RowPipeline: @unchecked Sendable {
    /// Everything below is read and written under `lock` alone, but for a block's contents, which
    /// belong to the thread that fills or reads it.
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var helpers: [pthread_t] = []
    private let helperCount: Int
    private let slots: [Slot]

    private var work: Work?
    private var filled = 0
    private var begun = 0
    private var taken = 0
    private var isFilling = false
    private var isAtEnd = true
    private var busy = 0
    private var isClosing = false
    private var failure: (any Error)?

    private final class Slot {
        /// Made when first filled: a small file needs one of them.
        lazy var block = RowBlock()
        var result: StretchReader.Result?
    }

    /// What a run does with blocks.
    struct Work {
        /// One thread at a time; `false` where there is nothing more.
        let fill: (RowBlock) throws -> Bool
        /// A reader for each thread, made when it first needs one.
        let makeReader: () -> StretchReader
        var readers: [StretchReader?]
    }

    init(threads: Int) {
        helperCount = max(1, threads) - 1
        slots = (0..<(helperCount == 0 ? 1 : 3 * threads)).map { _ in Slot() }
        pthread_mutex_init(lock, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_mutex_destroy(lock)
        pthread_cond_destroy(changed)
        lock.deallocate()
        changed.deallocate()
    }

    /// Ends the helpers; they hold the pipeline, so this must be called.
    func close() {
        pthread_mutex_lock(lock)
        isClosing = true
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(lock)
        for helper in helpers { pthread_join(helper, nil) }
        helpers = []
    }

    /// - Parameter take: a block in its order, and what its reading came to; `false` to stop.
    /// - Returns: the texts of the blocks that were filled and not taken, in order.
    func run(
        fill: @escaping (RowBlock) throws -> Bool, makeReader: @escaping () -> StretchReader,
        take: (RowBlock, StretchReader.Result) throws -> Bool
    ) throws -> [[UInt8]] {
        pthread_mutex_lock(lock)
        work = Work(fill: fill, makeReader: makeReader, readers: Array(repeating: nil, count: helperCount + 1))
        (filled, begun, taken, isAtEnd, failure) = (0, 0, 0, false, nil)
        defer {
            // Nobody may still be at work on what the caller is about to take away.
            isAtEnd = true
            begun = filled
            while busy > 0 { pthread_cond_wait(changed, lock) }
            work = nil
            pthread_mutex_unlock(lock)
        }
        var goOn = true
        while goOn {
            let slot = slots[taken % slots.count]
            if taken < filled, let result = slot.result {
                pthread_mutex_unlock(lock)
                do { goOn = try take(slot.block, result) } catch {
                    pthread_mutex_lock(lock)
                    throw error
                }
                pthread_mutex_lock(lock)
                slot.result = nil
                taken += 1
                pthread_cond_broadcast(changed)
            } else if let failure, taken == filled {
                throw failure
            } else if step(worker: 0) {
                // A second stretch shows that there is enough to share.
                if filled > 1, helpers.isEmpty, helperCount > 0 { startHelpers() }
            } else if isAtEnd, taken == filled, !isFilling {
                break
            } else {
                pthread_cond_wait(changed, lock)
            }
        }
        isAtEnd = true
        while isFilling { pthread_cond_wait(changed, lock) }
        begun = filled
        while busy > 0 { pthread_cond_wait(changed, lock) }
        return (taken..<filled).map { number in
            slots[number % slots.count].result = nil
            return Array(slots[number % slots.count].block.text)
        }
    }

    /// Reads a block or fills one, under the lock but for the work itself.
    /// - Returns: whether there was anything to do.
    private func step(worker: Int) -> Bool {
        guard work != nil else { return false }
        if begun < filled {
            let slot = slots[begun % slots.count]
            begun += 1
            busy += 1
            let reader = reader(worker)
            pthread_mutex_unlock(lock)
            let result = reader.read(slot.block)
            pthread_mutex_lock(lock)
            slot.result = result
            busy -= 1
            pthread_cond_broadcast(changed)
            return true
        }
        if !isFilling, !isAtEnd, filled - taken < slots.count {
            isFilling = true
            busy += 1
            let slot = slots[filled % slots.count]
            let fill = work!.fill
            pthread_mutex_unlock(lock)
            var hasMore = false
            var thrown: (any Error)?
            do { hasMore = try fill(slot.block) } catch { thrown = error }
            pthread_mutex_lock(lock)
            isFilling = false
            busy -= 1
            if hasMore { filled += 1 } else { isAtEnd = true }
            if let thrown { (failure, isAtEnd) = (thrown, true) }
            pthread_cond_broadcast(changed)
            return true
        }
        return false
    }

    private func reader(_ worker: Int) -> StretchReader {
        if let reader = work!.readers[worker] { return reader }
        let reader = work!.makeReader()
        work!.readers[worker] = reader
        return reader
    }

    private func startHelpers() {
        for number in 1...helperCount {
            let start = Unmanaged.passRetained(Start(pipeline: self, worker: number))
            var thread = pthread_t()
            let code = pthread_create(
                &thread, nil,
                { argument in
                    let start = Unmanaged<Start>.fromOpaque(argument!).takeRetainedValue()
                    start.pipeline.help(start.worker)
                    return nil
                }, start.toOpaque())
            // Without a helper the caller does all the work.
            if code == 0 { helpers.append(thread) } else { start.release() }
        }
    }

    private func help(_ worker: Int) {
        pthread_mutex_lock(lock)
        while !isClosing {
            if !step(worker: worker) { pthread_cond_wait(changed, lock) }
        }
        pthread_mutex_unlock(lock)
    }

    private final class Start {
        let pipeline: RowPipeline
        let worker: Int

        init(pipeline: RowPipeline, worker: Int) {
            self.pipeline = pipeline
            self.worker = worker
        }
    }
}
