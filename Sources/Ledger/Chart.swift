/// A name of a declared thing, such as `lbhf` or `training-income`; `Kind` keeps a member's name
/// from standing where a heading's is meant.
public struct Name<Kind>: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// As the agreement writes it; names that differ in small and capital letters alone are two.
    public let text: String

    /// - Parameter text: any text; whether anything of this name is declared is for its reader to check.
    public init(_ text: String) { self.text = text }

    public var description: String { text }
    /// By the characters of the texts, which is one order on every machine.
    public static func < (a: Name, b: Name) -> Bool { a.text < b.text }
}

extension Name: Codable {
    /// From a bare text, `"lbhf"`.
    ///
    /// - Throws: where the value is no text.
    public init(from decoder: any Decoder) throws { self.init(try decoder.singleValueContainer().decode(String.self)) }

    /// As a bare text, `"lbhf"`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// A body that bears a share: a column of the statement.
public struct Member: Hashable, Sendable {
    public let name: Name<Member>
    /// What heads its column, `LBHF`; its name where the agreement gives it no label.
    public let label: String

    /// A member with what is printed for it.
    public init(name: Name<Member>, label: String) {
        self.name = name
        self.label = label
    }
}

/// A body that pays in and has no column.
public struct Contributor: Hashable, Sendable {
    public let name: Name<Contributor>
    /// How it is printed; its name where the agreement gives it no label.
    public let label: String

    /// A contributor with what is printed for it.
    public init(name: Name<Contributor>, label: String) {
        self.name = name
        self.label = label
    }
}

/// A line of the statement that costs or earned income are posted to.
public struct Heading: Hashable, Sendable {
    public let name: Name<Heading>
    /// What its row of the statement prints.
    public let label: String
    public let kind: Kind

    /// Whether what is posted to a heading is spent or earned.
    public enum Kind: String, Sendable { case cost, income }

    /// A heading with what its row prints.
    public init(name: Name<Heading>, label: String, kind: Kind) {
        self.name = name
        self.label = label
        self.kind = kind
    }
}

/// Money kept apart from the members' reserves: a grant, a risk pool, a common reserve.
public struct Fund: Hashable, Sendable {
    public let name: Name<Fund>
    /// How it is printed; its name where the agreement gives it no label.
    public let label: String
    /// The member that holds its money, and in whose column stands what it meets.
    public let holder: Name<Member>

    /// - Parameter holder: the host, where the agreement names no other.
    public init(name: Name<Fund>, label: String, holder: Name<Member>) {
        self.name = name
        self.label = label
        self.holder = holder
    }
}

/// Either of those who pay: a member or a contributor.
public enum Party: Hashable, Sendable, Comparable, Codable {
    case member(Name<Member>)
    case contributor(Name<Contributor>)

    /// The body's name, whichever of the two it is.
    public var text: String {
        switch self {
        case .member(let name): name.text
        case .contributor(let name): name.text
        }
    }

    /// `nil` for a contributor.
    public var asMember: Name<Member>? { if case .member(let name) = self { name } else { nil } }
}

/// Who takes part, and under which names: all that a posting may refer to.
///
/// Names are unique within their kind, which the agreement's reader sees to, and the host is a member.
public struct Chart: Hashable, Sendable {
    /// The partnership's title, as it is printed.
    public let partnership: String
    /// In the order of the statement's columns.
    public let members: [Member]
    /// In whose column stands what contributors meet, because it holds their money.
    public let host: Name<Member>
    /// In the order in which the agreement declares them; so are `funds`.
    public let contributors: [Contributor]
    /// In the order of the statement's rows.
    public let headings: [Heading]
    public let funds: [Fund]

    /// - Precondition: the members' names are unique, and so are the headings'; the host is one of the members.
    public init(
        partnership: String, members: [Member], host: Name<Member>, contributors: [Contributor], headings: [Heading],
        funds: [Fund] = []
    ) {
        precondition(Set(members.map(\.name)).count == members.count && members.contains { $0.name == host })
        precondition(Set(headings.map(\.name)).count == headings.count)
        self.partnership = partnership
        self.members = members
        self.host = host
        self.contributors = contributors
        self.headings = headings
        self.funds = funds
    }

    /// `nil` where no heading has the name.
    public func heading(_ name: Name<Heading>) -> Heading? { headings.first { $0.name == name } }
    /// What is printed for a member; its name where the chart hasn't got it.
    public func label(_ name: Name<Member>) -> String { members.first { $0.name == name }?.label ?? name.text }
    /// What is printed for a contributor; its name where the chart hasn't got it.
    public func label(_ name: Name<Contributor>) -> String {
        contributors.first { $0.name == name }?.label ?? name.text
    }

    /// What is printed for a body, whichever it is.
    public func label(_ party: Party) -> String {
        switch party {
        case .member(let name): label(name)
        case .contributor(let name): label(name)
        }
    }

    /// A member by its name or its printed label, in any case, as people write them in tables.
    public func member(written text: String) -> Name<Member>? {
        let wanted = text.lowercased()
        return members.first { $0.name.text.lowercased() == wanted || $0.label.lowercased() == wanted }?.name
    }

    /// A contributor by its name or its printed label, in any case.
    public func contributor(written text: String) -> Name<Contributor>? {
        let wanted = text.lowercased()
        return contributors.first { $0.name.text.lowercased() == wanted || $0.label.lowercased() == wanted }?.name
    }

    /// What is printed for a fund or grant; its name where the chart hasn't got it.
    public func label(_ name: Name<Fund>) -> String { funds.first { $0.name == name }?.label ?? name.text }

    /// A fund or grant by its name or its printed label, in any case.
    public func fund(written text: String) -> Fund? {
        let wanted = text.lowercased()
        return funds.first { $0.name.text.lowercased() == wanted || $0.label.lowercased() == wanted }
    }

    /// A heading by its name or its printed label, in any case.
    public func heading(written text: String) -> Heading? {
        let wanted = text.lowercased()
        return headings.first { $0.name.text.lowercased() == wanted || $0.label.lowercased() == wanted }
    }
}
