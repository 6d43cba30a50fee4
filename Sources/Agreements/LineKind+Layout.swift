internal import Findings
internal import Ledger

/// What the statement prints, in which order and with which signs.
extension LineKind {
    static let signs = LineKind(
        "signs", at: .top,
        help: "signs funding SIGN, expenditure SIGN how amounts print: positive or negative",
        example: "signs funding negative, expenditure positive",
        read: { parser, reader, keyword throws(LineFault) in try parser.parseSigns(&reader, keyword) },
        resolve: { analyser in
            if !analyser.draft.attempted.contains("signs") {
                analyser.missing("the statement's signs", "signs funding negative, expenditure positive")
            }
        },
        print: { agreement in
            let signs = agreement.layout.signs
            return ["signs funding \(signs.funding.rawValue), expenditure \(signs.expenditure.rawValue)"]
        },
        clauses: nil)

    /// It prints the rows below it, too, because their order is the section's.
    static let section = LineKind(
        "section", at: .top,
        help: "\nsection \"TITLE\"                      a part of the statement; below it, in printing order:",
        example: #"section "Funding""#,
        read: { parser, reader, _ throws(LineFault) in
            let title = try reader.quoted("the section's title", hint: "section \"Expenditure\"")
            try reader.expectEnd(hint: "the title stands alone")
            parser.draft.sections.append((title, []))
            parser.context = .section
        },
        resolve: { analyser in
            analyser.resolveHeadings()
            analyser.resolveLayout()
            analyser.checkContributionsArePrinted()
            analyser.checkRollForward()
            if analyser.draft.sections.isEmpty {
                analyser.missing("the statement's sections", "section \"Expenditure\" and its rows")
            }
        },
        print: { agreement in
            agreement.layout.sections.flatMap { section in
                ["", "section \"\(section.title)\""] + section.rows.map { "  " + agreement.printed($0) }
            }
        },
        clauses: nil)

    static let rows: [LineKind] =
        [
            row(
                "approved budget", help: "each member's own contribution, from the budget table",
                example: #"approved budget "General fund""#
            ) { _, _ in .approvedBudget },
            row(
                "from", written: #"from CONTRIBUTOR "LABEL""#, help: "what the contributor paid in",
                example: "from police \"Police\"\n  from ccg \"CCG\"\n  from icb \"ICB\""
            ) { reader, _ throws(LineFault) in
                .from(try reader.word("a contributor", hint: "from police \"Metropolitan Police\""))
            },
            row(
                "income", written: #"income NAME "LABEL""#, help: "a heading for earned income",
                example: #"income fees "Course fees""#
            ) { reader, _ throws(LineFault) in
                .heading(try reader.word("the heading's name", hint: "income fees \"Course fees\""), .income)
            },
            row(
                "cost", written: #"cost NAME "LABEL""#, help: "a heading for costs",
                example:
                    "section \"Expenditure\"\n  cost equipment \"Equipment\"\n  cost training \"Training\"\n"
                    + "  cost hosting \"Hosting\""
            ) { reader, _ throws(LineFault) in
                .heading(try reader.word("the heading's name", hint: "cost training \"Training\""), .cost)
            },
            row(
                "total", written: #"total "LABEL" [of NAME ...]"#,
                help: "of the lines named, or of all above in the section",
                example: "total \"Total expenditure\" of equipment training\nsection \"Result\""
            ) { _, _ in .total([]) },
        ]
        + StatementLayout.Content.worked.map { row in
            LineKind.row(
                row.words, written: row.help.isEmpty ? nil : "\(row.words) \"LABEL\"", help: row.help,
                example: "\(row.words) \"\(row.words.prefix(1).uppercased() + row.words.dropFirst())\""
            ) { _, _ in .fixed(row.content) }
        }

    /// - Parameters:
    ///   - written: how help writes it; the words and a label unless given, `nil` together with an empty help where
    ///     another row's help names it.
    ///   - content: what stands between the words and the label.
    private static func row(
        _ words: String, written: String? = nil, help: String, example: String,
        content: @escaping @Sendable (inout LineReader, Token) throws(LineFault) -> AgreementDraft.RowDraft.Content
    ) -> LineKind {
        let syntax = "  " + (written ?? "\(words) \"LABEL\"")
        let padded = syntax + String(repeating: " ", count: max(1, 37 - syntax.count))
        return LineKind(
            words, at: .section, help: help.isEmpty ? "" : padded + help, example: "  " + example,
            read: { parser, reader, keyword throws(LineFault) in
                var row = AgreementDraft.RowDraft(
                    content: try content(&reader, keyword), keyword: keyword, reader: reader)
                row.label = try reader.quoted("the printed label", hint: "the label stands last, as \"Salaries\"")
                if case .total = row.content, reader.take(words: "of") { row.content = .total(reader.words()) }
                try reader.expectEnd(hint: "the label stands last")
                parser.draft.sections[parser.draft.sections.count - 1].rows.append(row)
            },
            resolve: nil, print: nil, clauses: nil)
    }

    static let statutory = LineKind(
        "statutory", at: .top,
        help: """

            statutory ITEM in HEADING ...        where child-death-reviews, case-reviews, training stand
            statutory ITEM nil                   none in this partnership
            """,
        example: "statutory training in training\nstatutory child-death-reviews nil",
        read: { parser, reader, _ throws(LineFault) in try parser.parseStatutory(&reader) },
        resolve: { $0.resolveStatutory() },
        print: { agreement in
            [""]
                + agreement.statutory.map { line in
                    let names = line.headings.map(\.text).joined(separator: " ")
                    return "statutory \(line.item.rawValue) \(names.isEmpty ? "nil" : "in " + names)"
                }
        },
        clauses: nil)

    static let virements = LineKind(
        "virements", at: .top,
        help: "virements up to £5,000               a larger one needs the members",
        example: "virements up to £5,000",
        read: { parser, reader, keyword throws(LineFault) in try parser.parseVirements(&reader, keyword) },
        resolve: nil,
        print: { agreement in agreement.virementLimit.map { ["virements up to \(pounds($0))"] } ?? [] },
        clauses: { $0.virementClauses })

    static let threshold = LineKind(
        "threshold", at: .top,
        help: "threshold £1,000 or 10%              variances above it need an explanation (or: and)",
        example: "threshold £1,000 or 10%",
        read: { parser, reader, keyword throws(LineFault) in try parser.parseThreshold(&reader, keyword) },
        resolve: nil,
        print: { agreement in agreement.threshold.map { [$0.description] } ?? [] },
        clauses: { $0.thresholdClauses })
}
