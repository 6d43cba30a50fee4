/// Something a person must know: what, where, and what to do next.
///
///     exports/lbhf/ledger.xml:Ledger!F214: error: E0207 the amount is an error value - found "#REF!"
///         2018-11-03 | 5100 | Training venue | #REF!
///                                              ^^^^^
///     hint: mend the formula in the finance system's export and import the file again
///
/// Bad data is a finding and never a crash: the reader collects it and goes on.
public struct Finding: Hashable, Sendable, Codable {
    /// Says what kind of fault it is, and how grave.
    public let code: Code
    /// `nil` where it is about no one place.
    public let place: Place?
    /// What was found there, as it stands; never a person's name.
    public let value: String?
    /// What is wrong, as a sentence without its full stop.
    public let message: String
    /// What to do next.
    public let hint: String
    /// The row or line around the value.
    public let excerpt: Excerpt?

    /// The code's.
    public var severity: Severity { code.severity }

    /// - Parameter value: cut where it is longer than 80 characters.
    public init(
        _ code: Code, at place: Place? = nil, found value: String? = nil, _ message: String, hint: String,
        excerpt: Excerpt? = nil
    ) {
        self.code = code
        self.place = place
        self.value = value.map { $0.count > 80 ? $0.prefix(77) + "..." : $0 }
        self.message = message
        self.hint = hint
        self.excerpt = excerpt
    }

    /// A line of source, and the characters of it that are meant (counted from zero).
    public struct Excerpt: Hashable, Sendable, Codable {
        public let line: String
        public let offset: Int
        public let length: Int

        /// - Parameter length: at least one character is always meant, whatever is given.
        public init(line: String, offset: Int, length: Int) {
            self.line = line
            self.offset = offset
            self.length = max(1, length)
        }
    }
}

/// How much a finding matters, the worst first.
public enum Severity: String, Sendable, CaseIterable, Comparable {
    /// A figure may be wrong; the statement is a draft.
    case error
    /// A person should look.
    case warning
    /// Normal, and worth knowing.
    case note

    /// The worse is the smaller, so that sorting puts it first.
    public static func < (a: Severity, b: Severity) -> Bool {
        allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
    }
}

extension Sequence where Element == Finding {
    /// Worst first, then roots before consequences, then by place, so that the same findings always stand in the
    /// same order.
    public func inOrder() -> [Finding] {
        enumerated().sorted { a, b in
            if a.element.severity != b.element.severity { return a.element.severity < b.element.severity }
            let stages = (a.element.code.stage, b.element.code.stage)
            if stages.0 != stages.1 { return stages.0 < stages.1 }
            switch (a.element.place, b.element.place) {
            case (let x?, let y?) where x != y: return x < y
            case (nil, _?): return true
            case (_?, nil): return false
            default:
                return (a.element.code.rawValue, a.element.message, a.offset)
                    < (b.element.code.rawValue, b.element.message, b.offset)
            }
        }.map(\.element)
    }

    /// Whether any of them is an error, which makes a draft of a statement.
    public var hasErrors: Bool { contains { $0.severity == .error } }
}
