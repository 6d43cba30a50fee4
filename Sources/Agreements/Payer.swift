public import Ledger

/// Who bears a part of a pool.
public enum Payer: Hashable, Sendable {
    case member(Name<Member>)
    /// A member that meets a cost itself, outside its contributions.
    case direct(Name<Member>)
    case reserve(Name<Member>)
    case contributor(Name<Contributor>)
    case fund(Name<Fund>)

    /// A body that bears its part itself.
    public init(_ party: Party) {
        self =
            switch party {
            case .member(let name): .member(name)
            case .contributor(let name): .contributor(name)
            }
    }

    /// The body that bears its part itself, or directly; `nil` for a reserve or a fund.
    package var party: Party? {
        switch self {
        case .member(let name), .direct(let name): .member(name)
        case .contributor(let name): .contributor(name)
        case .reserve, .fund: nil
        }
    }

    /// The same, and the member whose reserve it is; `nil` for a fund.
    package var owner: Party? {
        if case .reserve(let name) = self { return .member(name) }
        return party
    }

    /// The member in whose column the part stands: a reserve's owner, a fund's holder, and for a
    /// contributor the host, which holds its money.
    public func column(_ chart: Chart) -> Name<Member> {
        switch self {
        case .member(let name), .direct(let name), .reserve(let name): name
        case .contributor: chart.host
        case .fund(let name): chart.funds.first { $0.name == name }?.holder ?? chart.host
        }
    }

    /// How it is printed: `LBHF`, `LBHF directly`, `reserve of LBHF`.
    public func label(_ chart: Chart) -> String {
        switch self {
        case .member(let name): chart.label(name)
        case .direct(let name): "\(chart.label(name)) directly"
        case .reserve(let name): "reserve of \(chart.label(name))"
        case .contributor(let name): chart.label(name)
        case .fund(let name): chart.label(name)
        }
    }

    /// All there can be, in the order in which they are columns of a pool: on a tie the earlier one
    /// bears the odd penny.
    package static func all(_ chart: Chart) -> [Payer] {
        let members = chart.members.map(\.name)
        return members.map { .member($0) } + members.map { .direct($0) } + members.map { .reserve($0) }
            + chart.contributors.map { .contributor($0.name) } + chart.funds.map { .fund($0.name) }
    }
}
