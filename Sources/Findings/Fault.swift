/// What can be wrong with something that a room reads: each fault a case with its data, all of a kind worded in one
/// file.
public protocol Fault {
    /// A code stands for one fault, wherever it is found.
    var code: Finding.Code { get }
    /// What is wrong, as a sentence without its full stop.
    var message: String { get }
    /// What to do.
    ///
    /// - Parameter found: what stands at the place, for the nearest name.
    func hint(_ found: String) -> String
}

extension Fault {
    /// - Parameters:
    ///   - found: what stands at the place.
    ///   - excerpt: the line of source that holds it.
    public func finding(at place: Place?, found: String? = nil, excerpt: Finding.Excerpt? = nil) -> Finding {
        Finding(code, at: place, found: found, message, hint: hint(found ?? ""), excerpt: excerpt)
    }
}
