/// Finds balances that roll forward along a table: this year's is last year's with the year's movements, and
/// what is brought forward is what was carried forward.
struct RollForwardFinder {
    private(set) var relations: [Relation] = []

    init(_ lines: Lines) {
        guard lines.positions.count > 1 else { return }
        if lines.areRows { broughtForward(lines) }
        movements(lines)
    }

    /// The positions in order of time: as they stand, or the newest first.
    private func orders(_ lines: Lines) -> [[Int]] {
        let all = Array(lines.positions.indices)
        // Down a cash book, from its first row to its last.
        guard lines.areRows else { return [all] }
        let years = lines.positions.map { Vocabulary.year(of: lines.grid.columns[$0].title) }
        let known = years.compactMap { $0 }
        if known.count == years.count, known.count > 1 {
            if known == known.sorted(), Set(known).count == known.count { return [all] }
            if known == known.sorted(by: >), Set(known).count == known.count { return [all.reversed()] }
            return []
        }
        return known.isEmpty ? [all, all.reversed()] : []
    }

    private func evaluate(
        _ lines: Lines, _ target: Int, _ from: Int, _ flows: [Lines.Term], at position: Int, before: Int
    ) -> Evaluation? {
        guard let printed = lines.value(target, position), let start = lines.value(from, before) else { return nil }
        // A line of a cash book fills one of its columns.
        let isBook = !lines.areRows
        var computed = start, cells = [(lines.cell(from, before), 1)],
            halves = lines.unit(target, position) + lines.unit(from, before),
            largest = max(printed.magnitude, start.magnitude)
        for (line, sign) in flows {
            guard let value = lines.value(line, position) ?? (isBook ? 0 : nil) else { return nil }
            computed += sign * value
            if lines.value(line, position) != nil { cells.append((lines.cell(line, position), sign)) }
            if value != 0 { halves += lines.unit(line, position) }
            largest = max(largest, value.magnitude)
        }
        if flows.isEmpty { halves = 0 }
        let unit = lines.unit(target, position)
        let isTrivial =
            printed == 0 && start == 0 || !flows.isEmpty && flows.allSatisfy { lines.value($0.line, position) == 0 }
        return Evaluation(
            target: lines.cell(target, position), terms: cells, printed: printed, computed: computed,
            tolerance: halves / 2, forced: nil,
            weight: isTrivial
                ? Tuning.onePartAlone
                : Lines.weight(tolerance: halves / 2, unit: unit, largest: Int(largest), difference: printed - computed)
        )
    }

    private func steps(_ order: [Int]) -> [(Int, Int)] { Array(zip(order, order.dropFirst())) }

    /// Opening lines against the closing line of the same section, a column earlier.
    private mutating func broughtForward(_ lines: Lines) {
        for opening in 0..<lines.count where lines.words[opening].isOpening {
            var best: (closing: Int, fit: Fit)?
            for closing in opening + 1..<max(opening + 1, min(lines.count, opening + 60))
            where lines.words[closing].isClosing {
                if lines.words[closing].isOpening { break }
                for order in orders(lines) {
                    let evaluations = steps(order).compactMap {
                        evaluate(lines, opening, closing, [], at: $0.1, before: $0.0)
                    }
                    let fit = Fit([], evaluations)
                    let isDated = order.allSatisfy {
                        Vocabulary.year(of: lines.grid.columns[lines.positions[$0]].title) != nil
                    }
                    // With one step alone, only years and plain words make it a claim.
                    let isClaim =
                        fit.fails == 0
                        ? fit.weight > 2
                        : fit.holds >= fit.fails && fit.weight > (isDated ? 2 : 3)
                            || isDated && evaluations.count == 1 && lines.words[closing].isCarriedForward
                    if isClaim, fit.score > best?.fit.score ?? -10 { best = (closing, fit) }
                }
            }
            guard let best else { continue }
            relations.append(
                Relation(
                    kind: .broughtForward,
                    description: "\(lines.name(opening)) = \(lines.name(best.closing)) of the period before",
                    evaluations: best.fit.evaluations, weight: best.fit.weight, isLabelled: true))
        }
    }

    /// A balance in each column that is the column before with one or two movements; or down the rows, as a
    /// cash book has it.
    private mutating func movements(_ lines: Lines) {
        guard lines.positions.count > 2, lines.count <= DifferenceFinder.mostLines else { return }
        for balance in 0..<lines.count {
            let isLabelled = lines.words[balance].isClosing
            // A running balance down the rows is only looked for where a column says that it is one.
            if !lines.areRows, !lines.words[balance].isBalance { continue }
            var best: (terms: [Lines.Term], fit: Fit)?
            func consider(_ flows: [Lines.Term], tries: Double) {
                for order in orders(lines) {
                    let fit = Fit(
                        flows,
                        steps(order).compactMap { evaluate(lines, balance, balance, flows, at: $0.1, before: $0.0) })
                    guard fit.holds > 1, fit.fails * 3 <= fit.holds || isLabelled && fit.fails <= 2,
                        fit.weight >= (isLabelled ? 3 : 6) + tries, fit.score > best?.fit.score ?? 0
                    else { continue }
                    best = (flows, fit)
                }
            }
            for a in 0..<lines.count where a != balance {
                for sign in [1, -1] { consider([(a, sign)], tries: Tuning.triesOfOneFlow) }
                guard isLabelled, lines.count <= 16 else { continue }
                for b in a + 1..<max(a + 1, lines.count) where b != balance {
                    for signs in [(1, 1), (1, -1), (-1, 1), (-1, -1)] {
                        consider([(a, signs.0), (b, signs.1)], tries: Tuning.triesOfTwoFlows)
                    }
                }
            }
            guard let best else { continue }
            let flows = best.terms.map { ($0.sign < 0 ? " - " : " + ") + lines.name($0.line) }.joined()
            relations.append(
                Relation(
                    kind: .rollForward,
                    description:
                        "\(lines.name(balance)) = that of the \(lines.areRows ? "column" : "row") before\(flows)",
                    evaluations: best.fit.evaluations, weight: best.fit.weight, isLabelled: isLabelled))
        }
    }
}
