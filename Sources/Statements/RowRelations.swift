internal import Agreements
internal import Sterling
internal import Ledger

/// What a row of the statement is of others: `Total Funding = Sovereign Borough General Fund + Total Partner
/// Income + Training income`, with the signs that the rows are printed with.
///
/// A workbook's formulas, a table that casts and a chart's parts all come from here.
public struct RowRelation: Sendable {
    /// Indices into the statement's rows, all sections after each other.
    public let target: Int
    /// What is added up to the target, by row, ascending.
    public let terms: [Term]

    /// A row, by its index as `target` has it, and whether its printed figure is added, 1, or taken away, -1.
    public struct Term: Sendable {
        public let row: Int
        public let sign: Int
    }
}

extension Outturn {
    /// The rows that a row is the sum of, as its content says: of a total the lines that it names, of a row that is
    /// worked out its parts in `StatementLayout.Content.worked`.
    ///
    /// - Parameter index: among the rows of all sections, as those returned are.
    /// - Returns: whether each is taken away; empty for a row that is no sum of rows.
    public func parts(of index: Int) -> [(row: Int, isTaken: Bool)] {
        let rows = rows
        if case .total(let lines) = rows[index].content {
            return section(of: index).prefix { $0 < index }.filter { above in
                guard case .line(let line) = rows[above].content else { return false }
                return lines?.contains(line) ?? true
            }.map { ($0, false) }
        }
        let parts = rows[index].content.worked?.parts ?? []
        return rows.indices.compactMap { row in
            for part in parts {
                switch part {
                case .lines(let side, let isTaken):
                    if case .line = rows[row].content, rows[row].side == side { return (row, isTaken) }
                case .row(let content, let isTaken):
                    if rows[row].content == content { return (row, isTaken) }
                }
            }
            return nil
        }
    }

    /// The rows of the section that a row stands in.
    private func section(of index: Int) -> Range<Int> {
        var start = 0
        for section in sections {
            let range = start..<(start + section.rows.count)
            if range.contains(index) { return range }
            start = range.upperBound
        }
        preconditionFailure("there is no such row")
    }

    /// The relations that hold to the penny in every column; sums of lines go by the totals of those lines.
    public var rowRelations: [RowRelation] {
        /// Of each total: the lines that it is made of in the end, all added.
        var covers: [Int: Set<Int>] = [:]
        var relations: [RowRelation] = []
        for index in rows.indices {
            let parts = parts(of: index)
            let terms = terms(parts, covers)
            guard !terms.isEmpty, let relation = relation(index, terms) else { continue }
            relations.append(relation)
            if case .total = rows[index].content { covers[index] = Set(parts.map(\.row)) }
        }
        return relations
    }

    /// Totals in the place of their lines, the largest first, where those are added alike; and what is left over.
    private func terms(_ parts: [(row: Int, isTaken: Bool)], _ covers: [Int: Set<Int>]) -> [(row: Int, isTaken: Bool)] {
        let isTaken = Dictionary(uniqueKeysWithValues: parts.map { ($0.row, $0.isTaken) })
        var left = Set(isTaken.keys)
        var terms: [(row: Int, isTaken: Bool)] = []
        for (total, cover) in covers.sorted(by: { ($0.value.count, $1.key) > ($1.value.count, $0.key) })
        where !cover.isEmpty && cover.isSubset(of: left) && Set(cover.map { isTaken[$0]! }).count == 1 {
            terms.append((total, isTaken[cover.first!]!))
            left.subtract(cover)
        }
        return (terms + left.map { ($0, isTaken[$0]!) }).sorted { $0.row < $1.row }
    }

    /// - Returns: `nil` where the terms don't add up to the row in every column.
    private func relation(_ target: Int, _ parts: [(row: Int, isTaken: Bool)]) -> RowRelation? {
        let rows = rows
        func turn(_ row: Int) -> Int { printed(Money(pence: 1), rows[row].side).pence }
        let terms = parts.map { part in
            RowRelation.Term(row: part.row, sign: (part.isTaken ? -1 : 1) * turn(part.row) * turn(target))
        }
        let figures = terms.map { (printed(rows[$0.row]), $0.sign) }
        let wanted = printed(rows[target])
        let holds = wanted.indices.allSatisfy { column in
            figures.map { $0.1 < 0 ? -$0.0[column] : $0.0[column] }.sum() == wanted[column]
        }
        return holds ? RowRelation(target: target, terms: terms) : nil
    }
}
