/// Values that take time to make, each made once however many ask for it at the same time; the least recently
/// used are forgotten.
public final class SharedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// One value, made under its own lock, so that others can be made meanwhile.
    private final class Entry: Sendable {
        let value = Locked<Value?>(nil)
    }

    private struct State: Sendable {
        var entries: [Key: Entry] = [:]
        /// The least recently used first.
        var order: [Key] = []
    }

    private let state = Locked(State())
    private let limit: Int

    /// - Precondition: at least one value can be held.
    public init(limit: Int) {
        precondition(limit > 0, "a cache holds something")
        self.limit = limit
    }

    /// - Parameter make: called where the value isn't held; what it throws is thrown to every one that asked, and
    ///   nothing is held.
    public func value<Failure>(for key: Key, make: () throws(Failure) -> Value) throws(Failure) -> Value {
        let entry = state.withLock { state in
            state.order.removeAll { $0 == key }
            state.order.append(key)
            if let entry = state.entries[key] { return entry }
            while state.order.count > limit { state.entries[state.order.removeFirst()] = nil }
            let entry = Entry()
            state.entries[key] = entry
            return entry
        }
        return try entry.value.withLock { value throws(Failure) in
            if let value { return value }
            let made = try make()
            value = made
            return made
        }
    }
}
