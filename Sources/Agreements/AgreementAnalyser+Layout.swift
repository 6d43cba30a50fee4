internal import Findings
internal import Sterling
internal import Ledger

/// Sections, rows and totals, and what must have a line of its own.
extension AgreementAnalyser {
    mutating func resolveHeadings() {
        for row in draft.sections.flatMap(\.rows) {
            guard case .heading(let token, let kind) = row.content else { continue }
            let name = Name<Heading>(token.text)
            // A journal or a map names accounts of all kinds in one column.
            if Self.reserved.contains(token.text) || members.contains(Name(token.text))
                || contributors.contains(Name(token.text))
            {
                add(
                    row.reader, .declaredTwice, token, "\"\(token.text)\" already means something else",
                    "give the heading a name of its own")
            }
            if headings.contains(where: { $0.label.lowercased() == row.label.lowercased() }) {
                add(
                    row.reader, .declaredTwice, token, "two headings have the label \"\(row.label)\"",
                    "tables name headings by their labels too: tell them apart")
            }
            if headings.contains(where: { $0.name == name }) {
                add(
                    row.reader, .declaredTwice, token, "the heading \"\(token.text)\" is printed twice",
                    "a heading is one line of the statement: remove one of the two")
            } else {
                headings.append(Heading(name: name, label: row.label, kind: kind))
            }
        }
    }

    mutating func resolveLayout() {
        var printed: Set<StatementLayout.Content> = []
        sections = draft.sections.map { section in
            var above: [BudgetLine] = []
            var labels: Set<String> = []
            let rows = section.rows.compactMap { row -> StatementLayout.Row? in
                let content: StatementLayout.Content
                switch row.content {
                case .approvedBudget: content = .line(.approvedBudget)
                case .from(let token):
                    guard let name = contributor(token, row.reader) else { return nil }
                    content = .line(.contribution(name))
                case .heading(let token, _): content = .line(.heading(Name(token.text)))
                case .fixed(let fixed): content = fixed
                case .total(let tokens):
                    guard let total = resolveTotal(tokens, above: above, row) else { return nil }
                    content = total
                }
                if !labels.insert(row.label.lowercased()).inserted, !isHeading(content) {
                    add(
                        row.reader, .layoutWrong, row.keyword, "two rows of the section have one label",
                        "tell them apart: figures are named by their labels")
                }
                if case .total = content {
                } else if !printed.insert(content).inserted, !isHeading(content) {
                    add(row.reader, .declaredTwice, row.keyword, "this is printed twice", "remove one of the two lines")
                }
                if case .line(let line) = content { above.append(line) }
                return StatementLayout.Row(content: content, label: row.label)
            }
            return StatementLayout.Section(title: section.title, rows: rows)
        }
    }

    func isHeading(_ content: StatementLayout.Content) -> Bool {
        if case .line(.heading) = content { true } else { false }
    }

    mutating func resolveTotal(_ tokens: [Token], above: [BudgetLine], _ row: AgreementDraft.RowDraft)
        -> StatementLayout.Content?
    {
        var lines: [BudgetLine] = []
        for token in tokens {
            let candidates: [BudgetLine] =
                token.text == "approved-budget"
                ? [.approvedBudget] : [.heading(Name(token.text)), .contribution(Name(token.text))]
            guard let line = candidates.first(where: { above.contains($0) }) else {
                add(
                    row.reader, .layoutWrong, token, "no line above in this section has this name",
                    "a total adds lines of its own section that stand above it")
                continue
            }
            if lines.contains(line) {
                add(row.reader, .layoutWrong, token, "the total counts a line twice", "name each line once")
            }
            lines.append(line)
        }
        let all = tokens.isEmpty ? above : lines
        if all.isEmpty {
            add(
                row.reader, .layoutWrong, row.keyword, "the total has nothing to add",
                "put the total below the lines that it adds")
            return nil
        }
        if Set(all.map(side)).count > 1 {
            add(
                row.reader, .layoutWrong, row.keyword, "the total adds funding and expenditure together",
                "total each in a section of its own; \"net outturn\" takes one from the other")
        }
        return .total(of: tokens.isEmpty ? nil : lines)
    }

    func side(_ line: BudgetLine) -> StatementLayout.Side {
        guard case .heading(let name) = line else { return .funding }
        for row in draft.sections.flatMap(\.rows) {
            if case .heading(let token, let kind) = row.content, token.text == name.text {
                return kind == .cost ? .expenditure : .funding
            }
        }
        return .expenditure
    }

    /// A roll-forward has a beginning and an end.
    mutating func checkRollForward() {
        let rows = draft.sections.flatMap(\.rows)
        func row(_ content: StatementLayout.Content) -> AgreementDraft.RowDraft? {
            rows.first { if case .fixed(content) = $0.content { true } else { false } }
        }
        let (opening, closing) = (row(.broughtForward), row(.carriedForward))
        guard let one = opening ?? closing, opening == nil || closing == nil else { return }
        add(
            one.reader, .layoutWrong, one.keyword, "brought forward and carried forward go together",
            "add the line: \(opening == nil ? "brought" : "carried") forward \"its label\"")
    }

    /// No money may enter the net outturn without a line of its own.
    mutating func checkContributionsArePrinted() {
        let printed = Set(sections.flatMap(\.rows).map(\.content))
        let payUnderRule = Set(
            draft.rules.flatMap(\.takes).compactMap { take -> String? in
                if case .name(let token) = take.payer { token.text } else { nil }
            })
        let declared = Set(draft.contributions.compactMap(\.from?.text))
        for (token, reader) in draft.contributors
        where contributors.contains(Name(token.text)) && !payUnderRule.contains(token.text)
            && !declared.contains(token.text)
            && !printed.contains(.line(.contribution(Name(token.text))))
        {
            add(
                reader, .layoutWrong, token, "the contributor has no line in the statement",
                "add to a section: from \(token.text) \"its printed label\"")
        }
        for term in draft.contributions {
            if let from = term.from, contributors.contains(Name(from.text)),
                !printed.contains(.line(.contribution(Name(from.text))))
            {
                add(
                    term.reader, .layoutWrong, from, "the contribution has no line in the statement",
                    "add to a section: from \(from.text) \"its printed label\"")
            } else if term.amount == nil, !printed.contains(.line(.approvedBudget)) {
                add(
                    term.reader, .layoutWrong, nil, "the approved budget has no line in the statement",
                    "add to a section: approved budget \"General fund\"")
            }
        }
    }
}
