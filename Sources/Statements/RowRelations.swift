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
    public let terms: [Term]

    public struct Term: Sendable {
        public let row: Int
        public let sign: Int
    }
}

extension Outturn {
    /// The relations that hold to the penny in every column; totals of totals go by the totals.
    public var rowRelations: [RowRelation] {
        let rows = rows
        /// Of each total: the lines that it is made of in the end.
        var covers: [Int: Set<Int>] = [:]
        var relations: [RowRelation] = []

        func isLine(_ index: Int) -> Bool { if case .line = rows[index].content { true } else { false } }
        /// Totals that hold all of their lines in `lines`, the largest first, and the lines left over.
        func parts(_ lines: Set<Int>, within range: Range<Int>) -> [Int] {
            var left = lines, parts: [Int] = []
            for (total, cover) in covers.sorted(by: { ($0.value.count, $1.key) > ($1.value.count, $0.key) })
            where range.contains(total) && !cover.isEmpty && cover.isSubset(of: left) {
                parts.append(total)
                left.subtract(cover)
            }
            return (parts + left).sorted()
        }
        /// - Parameter sign: of a row's natural amount in the target's.
        func add(_ target: Int, _ parts: [Int], _ sign: (Int) -> Int) -> Bool {
            func turn(_ row: Int) -> Int { agreement.layout.signs.printed(Money(pence: 1), rows[row].side).pence }
            let terms = parts.map { RowRelation.Term(row: $0, sign: sign($0) * turn($0) * turn(target)) }
            let figures = terms.map { (printed(rows[$0.row]), $0.sign) }
            let wanted = printed(rows[target])
            guard !terms.isEmpty,
                wanted.indices.allSatisfy({ column in
                    figures.map { $0.1 < 0 ? -$0.0[column] : $0.0[column] }.sum() == wanted[column]
                })
            else { return false }
            relations.append(RowRelation(target: target, terms: terms))
            return true
        }

        var start = 0
        for section in sections {
            let range = start..<(start + section.rows.count)
            for index in range {
                switch rows[index].content {
                case .total(let lines):
                    let own = Set(
                        range.prefix(index - start).filter { above in
                            guard case .line(let line) = rows[above].content else { return false }
                            return lines?.contains(line) ?? true
                        })
                    if add(index, parts(own, within: range), { _ in 1 }) { covers[index] = own }
                case .netOutturn:
                    let all = rows.indices.filter(isLine)
                    let met = rows.indices.filter {
                        [.metFromReserves, .metFromFunds, .metFromPartners].contains(rows[$0].content)
                    }
                    // A total of both sides is no part of what is over.
                    let mixed = covers.filter { total in
                        Set(total.value.map { rows[$0].side }).count > 1
                            || total.value.contains { rows[$0].side != rows[total.key].side }
                    }
                    let kept = covers
                    for key in mixed.keys { covers[key] = nil }
                    _ = add(index, (parts(Set(all), within: rows.indices) + met).sorted()) {
                        rows[$0].side == .funding ? 1 : -1
                    }
                    covers = kept
                case .spentFromReserves:
                    if let met = rows.indices.first(where: { rows[$0].content == .metFromReserves }) {
                        _ = add(index, [met]) { _ in -1 }
                    }
                case .contributionToReserves:
                    _ = add(
                        index,
                        rows.indices.filter {
                            [.netOutturn, .sharedNetOutturn, .metFromGeneralFund, .returnedToGeneralFund].contains(
                                rows[$0].content)
                        }
                    ) { _ in 1 }
                case .carriedForward:
                    let parts = rows.indices.filter { part in
                        switch rows[part].content {
                        case .broughtForward, .adjustment, .appropriations, .spentFromReserves, .sharedFromFunds,
                            .contributionToReserves:
                            true
                        default: false
                        }
                    }
                    _ = add(index, parts) { _ in 1 }
                case .line, .metFromReserves, .metFromPartners, .metFromFunds, .sharedNetOutturn, .broughtForward,
                    .adjustment, .appropriations, .sharedFromFunds, .metFromGeneralFund, .returnedToGeneralFund:
                    break
                }
            }
            start = range.upperBound
        }
        return relations
    }
}
