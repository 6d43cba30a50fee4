/// Finds what the words of a table promise: `50/50`, `split equally`, `Health (40%)`, adverse and favourable.
struct ShareFinder {
    private(set) var relations: [Relation] = []

    init(_ rows: Lines, rowTotals: [Relation]) {
        equalShares(rows, rowTotals)
        statedShares(rows)
    }

    /// A row said to be shared equally: the parts of its cross-cast are alike, but for a unit of rounding.
    private mutating func equalShares(_ rows: Lines, _ rowTotals: [Relation]) {
        let grid = rows.grid
        for (line, words) in rows.words.enumerated() {
            let row = rows.lines[line]
            let note = grid.columns.first {
                $0.kind == .words
                    && Vocabulary.saysEqualShare(grid.table.rows[grid.rows[row].index].cells[$0.index].text)
            }
            guard words.isEqualShare || note != nil else { continue }
            guard
                let cast = rowTotals.flatMap(\.evaluations).first(where: {
                    $0.target.row == row && $0.terms.count > 1
                        && $0.terms.allSatisfy { $0.cell.row == row && $0.sign > 0 }
                })
            else { continue }
            let values = cast.terms.compactMap { grid.value(row, $0.cell.column) }
            guard values.count == cast.terms.count,
                let common = values.max(by: { a, b in values.count { $0 == a } < values.count { $0 == b } })
            else { continue }
            let evaluations = cast.terms.map { term in
                let unit = grid.columns[term.cell.column].unit
                return Evaluation(
                    target: term.cell, terms: cast.terms.filter { $0.cell != term.cell }.map { ($0.cell, 1) },
                    printed: grid.value(row, term.cell.column)!, computed: common, tolerance: unit, forced: nil,
                    weight: 1)
            }
            relations.append(
                Relation(
                    kind: .share, description: "\(rows.name(line)): equal shares, as its words say",
                    evaluations: evaluations, weight: 1, isLabelled: true))
        }
    }

    /// `Health (40%)` is 40% of another line: of which one, the figures say.
    private mutating func statedShares(_ rows: Lines) {
        for (line, words) in rows.words.enumerated() {
            guard let share = words.share else { continue }
            var best: (base: Int, fit: Fit)?
            for base in 0..<rows.count where base != line {
                let fit = Fit([], rows.positions.indices.compactMap { evaluate(rows, line, share, base, $0) })
                guard fit.fails == 0 && fit.weight > 3 || fit.holds > fit.fails && fit.weight > 5,
                    fit.score > best?.fit.score ?? 0
                else { continue }
                best = (base, fit)
            }
            guard let best else { continue }
            relations.append(
                Relation(
                    kind: .share, description: "\(rows.name(line)) = its stated share of \(rows.name(best.base))",
                    evaluations: best.fit.evaluations, weight: best.fit.weight, isLabelled: true))
        }
    }

    /// - Parameter share: in hundredths of a percent.
    private func evaluate(_ rows: Lines, _ line: Int, _ share: Int, _ base: Int, _ position: Int) -> Evaluation? {
        guard let printed = rows.value(line, position), let whole = rows.value(base, position), whole != 0,
            whole.magnitude < 100_000_000_000_000
        else { return nil }
        let unit = rows.unit(line, position)
        let (quotient, rest) = (whole.magnitude * UInt(share)).quotientAndRemainder(dividingBy: 10_000 * UInt(unit))
        let rounded = Int(quotient + (2 * rest >= 10_000 * UInt(unit) ? 1 : 0)) * unit
        // A share printed as taken off carries the other sign.
        let sign = (whole < 0) == (printed < 0) || printed == 0 ? (whole < 0 ? -1 : 1) : (printed < 0 ? -1 : 1)
        let computed = sign * rounded
        return Evaluation(
            target: rows.cell(line, position), terms: [(rows.cell(base, position), 1)], printed: printed,
            computed: computed, tolerance: unit, forced: nil,
            weight: Lines.weight(
                tolerance: unit, unit: unit, largest: Int(printed.magnitude), difference: printed - computed))
    }
}
