/// A bad circumstance, as against bad data: it ends the command with its own exit status.
public enum Circumstance: Error, Sendable {
    case missing(String)
    case unreadable(String)
    case badData(String)
    case cannotWrite(String)
    /// Somebody else is writing, or has written what this writer hadn't seen.
    case busy(String)
    case usage(String)
    /// Findings that leave nothing to work with.
    case findings([Finding])

    /// As `sysexits.h` numbers them: 64 for usage, 65 for data, 66 for input, 73 for output, 75 for another try.
    public var exitStatus: Int32 {
        switch self {
        case .usage: 64
        case .badData, .findings: 65
        case .missing, .unreadable: 66
        case .cannotWrite: 73
        case .busy: 75
        }
    }
}
