internal import Sharing
internal import Agreements
public import Sterling
public import Findings
public import Ledger

/// The way of one printed figure, down to the cells of the exports. The parts add up to the figure.
public struct Trail: Sendable {
    public let label: String
    /// A member's label, or `Total`.
    public let column: String
    /// As printed, with the statement's sign.
    public let printed: Money
    /// Empty where a figure of nil is made of nothing.
    public let parts: [Part]

    /// One of the amounts that a figure is made of: what it is, and what it rests on.
    public struct Part: Sendable {
        /// `RBKC's share`, `reserve as certified`
        public let what: String
        /// With the statement's sign.
        public let amount: Money
        public let source: Source
    }

    /// What an amount rests on.
    public indirect enum Source: Sendable {
        /// A share of a pool's row, with the postings that make the row.
        case share(Share)
        case postings(Postings)
        case document(Place, reason: String)
        case parts([Part])
    }

    /// A payer's share of a row of a pool. Amounts have the statement's signs.
    public struct Share: Sendable {
        /// The words for the rule or the key by which the pool is shared: `rule "Training"`, `contributions pooled by
        /// caseload`.
        public let rule: String
        /// Its line in the agreement, counted from 1; 0 where no line says it.
        public let ruleLine: Int
        /// The allocation steps in which the payer takes something: `line 83: take rest from members equally`.
        public let takes: [String]
        /// The pool's row, of which this is a share.
        public let rowTotal: Money
        /// The share in pence before the one rounding.
        public let exact: Fraction
        /// Those that make the pool's row, not the share alone.
        public let postings: Postings
    }

    /// The postings behind a figure: every one, or no more than how many there are and where the first stands.
    public struct Postings: Sendable {
        /// Empty where the figure is explained briefly.
        public let lines: [Line]
        /// How many there are, whether `lines` has them or not.
        public let count: Int
        /// The earliest place among them; `nil` where there are none.
        public let first: Place?
        /// With the signs that they have in the row.
        public let sum: Money
    }

    /// A posting behind a figure.
    public struct Line: Sendable {
        public let posting: Posting
        /// With the sign that it has in the row.
        public let amount: Money
    }
}

extension Outturn {
    /// The figures that `explain` knows: `label/column`, for finding what was meant.
    public var figureNames: [String] {
        rows.flatMap { row in (members.map(\.label) + ["Total"]).map { "\(row.label)/\($0)" } }
    }

    /// - Parameters:
    ///   - label: a row's printed label, or the name of its heading or contributor, in any case.
    ///   - column: a member's name or label, or `total`.
    /// - Returns: `nil` where there is no such figure.
    public func trail(_ label: String, _ column: String) -> Trail? {
        let explainer = FigureExplainer(self, depth: .everyPosting)
        guard let index = row(label) else { return nil }
        let row = rows[index]
        if column.lowercased() == "total" {
            let parts = members.enumerated().map { column, member in
                Trail.Part(
                    what: member.label, amount: printed(row)[column], source: .parts(explainer.parts(index, column)))
            }
            return Trail(
                label: row.label, column: "Total", printed: printed(row).last!,
                parts: parts.filter { !$0.amount.isZero })
        }
        guard let member = agreement.chart.member(written: column),
            let column = members.firstIndex(where: { $0.name == member })
        else { return nil }
        return Trail(
            label: row.label, column: members[column].label, printed: printed(row)[column],
            parts: explainer.parts(index, column))
    }

    /// By its label, its name, or SECTION/LABEL where two sections have one label.
    private func row(_ label: String) -> Int? {
        let wanted = label.lowercased()
        let rows = rows
        if let row = rows.firstIndex(where: { $0.label.lowercased() == wanted })
            ?? rows.firstIndex(where: { name($0.content) == wanted })
        {
            return row
        }
        var start = 0
        for section in sections {
            if wanted.hasPrefix(section.title.lowercased() + "/") {
                let rest = wanted.dropFirst(section.title.count + 1)
                if let row = section.rows.firstIndex(where: { $0.label.lowercased() == rest }) { return start + row }
            }
            start += section.rows.count
        }
        return nil
    }

    private func name(_ content: StatementLayout.Content) -> String? {
        switch content {
        case .line(.heading(let name)): name.text
        case .line(.contribution(let name)): name.text
        case .line(.approvedBudget): "approved-budget"
        default: nil
        }
    }
}
