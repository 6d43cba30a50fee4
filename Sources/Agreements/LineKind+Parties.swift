internal import Findings
internal import Ledger

/// Who takes part, by which name, and when.
extension LineKind {
    static let partnership = LineKind(
        "partnership", at: .top,
        help: #"partnership "NAME""#,
        example: #"partnership "Our Safeguarding Partnership""#,
        read: { parser, reader, keyword throws(LineFault) in
            let name = try reader.quoted("the partnership's name", hint: "partnership \"Tri-borough LSCB\"")
            try reader.expectEnd(hint: "the name stands alone")
            if parser.draft.partnership != nil { throw parser.twice(reader, keyword) }
            parser.draft.partnership = name
        },
        resolve: { analyser in
            if !analyser.draft.attempted.contains("partnership") {
                analyser.missing("the partnership's name", "partnership \"Our Safeguarding Partnership\"")
            }
        },
        print: { ["partnership \"\($0.chart.partnership)\""] },
        clauses: { [$0.partnershipClause] })

    static let kind = LineKind(
        "kind", at: .top,
        help: """
            kind safeguarding children           what it is for, which decides what its report must show (or:
                                                 safeguarding adults, youth justice, community safety,
                                                 pooled budget, other)
            """,
        example: "kind safeguarding children",
        read: { parser, reader, keyword throws(LineFault) in
            let words = PartnershipKind.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            guard let kind = PartnershipKind.allCases.first(where: { reader.take(all: $0.rawValue) }) else {
                throw reader.unexpected("one of \(words)", hint: "kind safeguarding children")
            }
            try reader.expectEnd(hint: "kind \(kind.rawValue)")
            if parser.draft.kind != nil { throw parser.twice(reader, keyword) }
            parser.draft.kind = kind
        },
        resolve: nil,
        print: { agreement in agreement.kind.map { ["kind \($0.rawValue)"] } ?? [] },
        clauses: nil)

    static let members = LineKind(
        "members", at: .top,
        help: "members NAME ...                     who bears a share: a column each, in this order",
        example: "members lbhf rbkc wcc",
        read: { parser, reader, keyword throws(LineFault) in
            if parser.draft.members != nil { throw parser.twice(reader, keyword) }
            parser.draft.members = reader.words()
            parser.draft.membersReader = reader
            try reader.expectEnd(hint: "members lbhf rbkc wcc")
        },
        resolve: { $0.resolveMembers() },
        print: { ["members \($0.chart.members.map(\.name.text).joined(separator: " "))"] },
        clauses: nil)

    static let contributors = LineKind(
        "contributors", at: .top,
        help: "contributors NAME ...                who pays in and has no column",
        example: "contributors police ccg icb",
        read: { parser, reader, _ throws(LineFault) in
            for name in reader.words() { parser.draft.contributors.append((name, reader)) }
            try reader.expectEnd(hint: "contributors police probation")
        },
        resolve: { $0.resolveContributors() },
        print: { agreement in
            let names = agreement.chart.contributors.map(\.name.text)
            return names.isEmpty ? [] : ["contributors \(names.joined(separator: " "))"]
        },
        clauses: { $0.contributorsClauses })

    static let host = LineKind(
        "host", at: .top,
        help: "host NAME                            the member that keeps the books",
        example: "host rbkc",
        read: { parser, reader, keyword throws(LineFault) in
            if parser.draft.host != nil { throw parser.twice(reader, keyword) }
            parser.draft.host = try reader.word("the host's name", hint: "host rbkc")
            try reader.expectEnd(hint: "one host keeps the books")
            parser.draft.hostReader = reader
        },
        resolve: { $0.resolveHost() },
        print: { ["host \($0.chart.host)"] },
        clauses: nil)

    static let books = LineKind(
        "books", at: .top,
        help: """
            books NAME ...                       the members whose exports must be there (else: all);
                                                 or: books in journals, where no export is read
            """,
        example: "books lbhf rbkc",
        read: { parser, reader, keyword throws(LineFault) in
            if parser.draft.books != nil { throw parser.twice(reader, keyword) }
            let isInJournals = reader.take(words: "in", "journals")
            let names = isInJournals ? [] : reader.words()
            if names.isEmpty, !isInJournals {
                throw reader.unexpected("a member, or \"in journals\"", hint: "books rbkc wcc")
            }
            parser.draft.books = (names, reader)
            try reader.expectEnd(hint: "books rbkc wcc")
        },
        resolve: { $0.resolveBooks() },
        print: { agreement in
            guard agreement.keepsBooks != agreement.chart.members.map(\.name) else { return [] }
            let names = agreement.keepsBooks.map(\.text).joined(separator: " ")
            return ["books \(names.isEmpty ? "in journals" : names)"]
        },
        clauses: { $0.booksClauses })

    static let label = LineKind(
        "label", at: .top,
        help: #"label NAME "LABEL"                   how a member or contributor is printed"#,
        example: #"label police "Metropolitan Police""#,
        read: { parser, reader, _ throws(LineFault) in
            let name = try reader.word("a name", hint: "label lbhf \"LBHF\"")
            let label = try reader.quoted("the label", hint: "label lbhf \"LBHF\"")
            try reader.expectEnd(hint: "one label a line")
            parser.draft.labels.append((name, label, reader))
        },
        resolve: { $0.checkLabels() },
        print: { agreement in
            let chart = agreement.chart
            let named =
                chart.members.map { ($0.name.text, $0.label) } + chart.contributors.map { ($0.name.text, $0.label) }
                + chart.funds.map { ($0.name.text, $0.label) }
            return named.filter { $0.0 != $0.1 }.map { "label \($0.0) \"\($0.1)\"" }
        },
        clauses: nil)

    static let membership = LineKind(
        "membership", at: .top,
        help: "membership NAME from 2018-10-01      it takes part for a time (or: to DAY, or both); it may come back",
        example: "membership wcc from 2016-04-01",
        read: { parser, reader, _ throws(LineFault) in try parser.parseMembership(&reader) },
        resolve: { $0.resolveMemberships() },
        print: { $0.memberships.map { "membership \($0.party.text) \($0.span)" } },
        clauses: { $0.membershipClauses })

    static let succession = LineKind(
        "succeeds", followsName: true, at: .top,
        help: """
            NAME succeeds NAME from 2022-07-01   it takes the other's place, with its weight and contributions; a line
                                                 that names the one names the other too
            """,
        example: "icb succeeds ccg from 2022-07-01",
        read: { parser, reader, keyword throws(LineFault) in try parser.parseSuccession(&reader, keyword) },
        resolve: { $0.resolveSuccessions() },
        print: { $0.successions.map { "\($0.successor.text) succeeds \($0.predecessor.text) from \($0.from)" } },
        clauses: { $0.successionClauses })
}
