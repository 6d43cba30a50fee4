public import Ledger

/// Who bears a part of a pool.
public enum Payer: Hashable, Sendable {
    case member(Name<Member>)
    case reserve(Name<Member>)
    case contributor(Name<Contributor>)

    /// The member in whose column the part stands: a reserve's owner, and for a contributor the host,
    /// which holds its money.
    public func column(host: Name<Member>) -> Name<Member> {
        switch self {
        case .member(let name), .reserve(let name): name
        case .contributor: host
        }
    }

    public func label(_ chart: Chart) -> String {
        switch self {
        case .member(let name): chart.label(name)
        case .reserve(let name): "reserve of \(chart.label(name))"
        case .contributor(let name): chart.label(name)
        }
    }
}
