internal import Glibc

/// Finds totals, sub-totals, balances and nets among the lines of a table, from its first line to its last.
///
/// Lines that no total has taken yet stand on a stack. A line that is the sum of the last few of them takes
/// them off and stands there in their place, so that a total of totals is found as one.
struct TotalFinder {
    let lines: Lines
    private(set) var relations: [Relation] = []
    /// Lines that a relation explains.
    private(set) var explained: Set<Int> = []
    /// Totals that no relation explains, though their label says that they are.
    private(set) var unresolved: [Int] = []

    private let differences: Set<Int>

    private struct Item {
        let line: Int
        let isTotal: Bool
    }
    private var stack: [Item] = []
    /// Totals in order, whether or not another has taken them.
    private var totals: [Int] = []
    /// Lines that a total passed over within its own section, until another takes them.
    private var passedOver: [(line: Int, by: Int, index: Int)] = []

    /// More lines than this are not tried without a label.
    static let mostUnlabelled = 60
    static let mostGuessed = 250

    /// - Parameter differences: lines that are known to be the difference of two others.
    init(_ lines: Lines, differences: Set<Int> = []) {
        self.lines = lines
        self.differences = differences
        for line in 0..<lines.count { visit(line) }
        settlePassedOver()
        for line in unresolved { tryBelow(line) }
    }

    private mutating func visit(_ line: Int) {
        let words = lines.words[line]
        if words.isAside { return }
        let best = candidates(line).compactMap { candidate -> (Candidate, Fit, Double)? in
            let fit = Fit(candidate.terms, lines.evaluations(line, candidate.terms, needsAll: candidate.isPair))
            guard !fit.evaluations.isEmpty else { return nil }
            return (candidate, fit, fit.score + candidate.prior)
        }.filter { isCredible($0.0, $0.1, line) }.max { a, b in
            // Of equally good ones the one that reaches to the section's start, then the longest.
            (a.2, a.0.terms.count) < (b.2, b.0.terms.count)
        }
        if let (candidate, fit, _) = best {
            accept(line, candidate, fit)
        } else {
            if words.isTotal || words.isDifference || words.isBalance || words.isPlus || words.isResult
                || ladder != nil, lines.areRows || words.isTotal
            {
                guess(line)
            }
            stack.append(Item(line: line, isTotal: explained.contains(line)))
        }
    }

    // MARK: What a line may be

    private struct Candidate {
        let terms: [Lines.Term]
        let kind: Relation.Kind
        /// How many lines of the stack it takes off; a pair takes none.
        let taken: Int
        let prior: Double
        let isLabelled: Bool
        let isPair: Bool
        /// How many such were tried, as a power of ten.
        let tries: Double
    }

    private func candidates(_ line: Int) -> [Candidate] {
        var found = runs(line) + totalsAlone(line) + signedFew(line) + signedSection(line)
        if let ladder {
            found.append(
                Candidate(
                    terms: ladder, kind: .difference, taken: ladder.count, prior: Tuning.ladder, isLabelled: true,
                    isPair: true,
                    tries: Tuning.triesOfTotal))
        }
        return found + pairsOfTotals(line)
    }

    private func isNet(_ line: Int) -> Bool {
        let words = lines.words[line]
        return words.isDifference || words.isBalance || words.isPlus
    }

    /// Sums of the last few lines, as many as come near somewhere.
    private func runs(_ line: Int) -> [Candidate] {
        let isSum = lines.words[line].isTotal
        var found: [Candidate] = []
        let depth = isSum ? stack.count : min(stack.count, Self.mostUnlabelled)
        let starts = Set(
            stack.indices.filter { $0 == 0 || lines.sections[stack[$0].line] != lines.sections[stack[$0 - 1].line] })
        if depth > 0 {
            // What the last few come to, place by place; only sums that come near somewhere are looked at closely.
            let wanted = lines.positions.indices.map { lines.value(line, $0) }
            var sums = [Int](repeating: 0, count: wanted.count)
            for taken in 1...depth {
                let added = stack[stack.count - taken].line
                for position in sums.indices { sums[position] += lines.value(added, position) ?? 0 }
                guard taken > 1 || isSum else { continue }
                let atStart = starts.contains(stack.count - taken)
                guard
                    wanted.indices.contains(where: { position in
                        wanted[position].map { abs($0 - sums[position]) <= (taken + 1) * lines.unit(line, position) }
                            ?? false
                    })
                else { continue }
                let items = stack.suffix(taken)
                found.append(
                    Candidate(
                        terms: items.map { ($0.line, 1) }, kind: .total, taken: taken,
                        prior: (atStart ? Tuning.atSectionStart : 0) + (isSum ? Tuning.calledTotal : 0),
                        isLabelled: isSum, isPair: false,
                        tries: (isSum ? Tuning.triesOfTotal : Tuning.triesOfUnlabelledRun)
                            + (atStart || taken < stack.count && stack[stack.count - taken - 1].isTotal
                                ? 0 : log10(Double(taken)))))
            }
        }
        return found
    }

    /// Totals alone, past lines that stand between them.
    private func totalsAlone(_ line: Int) -> [Candidate] {
        let isSum = lines.words[line].isTotal
        var found: [Candidate] = []
        let onStack = stack.filter(\.isTotal).map(\.line)
        if onStack.count > 1, onStack.count < stack.count {
            for taken in 2...onStack.count {
                let first = onStack[onStack.count - taken]
                found.append(
                    Candidate(
                        terms: onStack.suffix(taken).map { ($0, 1) }, kind: .total,
                        taken: stack.count - stack.firstIndex { $0.line == first }!, prior: 0,
                        isLabelled: isSum, isPair: false, tries: Tuning.triesOfTotalsAlone))
            }
        }
        return found
    }

    /// Plus and minus among the last few, each sign tried; the words say which is likeliest.
    private func signedFew(_ line: Int) -> [Candidate] {
        let words = lines.words[line]
        let isSum = words.isTotal
        let isNet = isNet(line)
        var found: [Candidate] = []
        if !differences.contains(line), isNet || isSum || lines.positions.count > 1 {
            for taken in 2...5 where taken <= stack.count {
                let items = stack.suffix(taken).map(\.line)
                for pattern in (isNet ? 0 : 1)..<(1 << taken) {
                    let signs = items.indices.map { pattern & (1 << $0) == 0 ? 1 : -1 }
                    let fits = zip(items, signs).allSatisfy {
                        ($0.1 < 0) == (lines.words[$0.0].isTakenOff && !lines.words[$0.0].isDifference)
                    }
                    // What calls itself a total takes off only what its words take off.
                    if isSum, !isNet, !fits { continue }
                    // Three and more without a word for it are too many to try.
                    if taken > 2, !isNet, !isSum { continue }
                    found.append(
                        Candidate(
                            terms: Array(zip(items, signs)), kind: words.isClosing ? .balance : .difference,
                            taken: taken,
                            prior: (fits ? Tuning.signsByWords : Tuning.signsAgainstWords)
                                + Tuning.eachSignedLine * Double(taken),
                            isLabelled: isNet
                                && (fits
                                    || signs[0] > 0 && signs.dropFirst().allSatisfy { $0 < 0 }
                                        && !items.dropFirst().contains { lines.words[$0].isOpening }),
                            isPair: true,
                            tries: fits ? Tuning.triesOfSignsByWords : 1 + Double(taken) * Tuning.triesOfEachSign))
                }
            }
        }
        return found
    }

    /// All of the section with the signs that its words give, however many: `(+)`, `(-)`, `(=)`.
    private func signedSection(_ line: Int) -> [Candidate] {
        let words = lines.words[line]
        let isNet = isNet(line)
        var found: [Candidate] = []
        let section = stack.filter { lines.sections[$0.line] == lines.sections[line] }.map(\.line)
        if words.isResult || isNet && section.count > 5, section.count > 2, section.count <= 40 {
            let terms =
                section.map {
                    ($0, lines.words[$0].sign ?? (lines.words[$0].isTakenOff && !lines.words[$0].isDifference ? -1 : 1))
                } as [Lines.Term]
            found.append(
                Candidate(
                    terms: terms, kind: .balance, taken: 0, prior: Tuning.signedSection, isLabelled: true, isPair: true,
                    tries: Tuning.triesOfTotal))
        }
        return found
    }

    /// Two totals anywhere above: income less expenditure.
    private func pairsOfTotals(_ line: Int) -> [Candidate] {
        let isNet = isNet(line)
        var found: [Candidate] = []
        if !differences.contains(line), isNet || lines.positions.count > 1 {
            let last = Array(totals.suffix(8))
            for (i, a) in last.enumerated() {
                for b in last[(i + 1)...] {
                    for (x, y) in [(1, 1), (1, -1), (-1, 1)] {
                        found.append(
                            Candidate(
                                terms: [(a, x), (b, y)], kind: .difference, taken: 0,
                                prior: x == y ? Tuning.totalsAdded : 0,
                                isLabelled: isNet, isPair: true, tries: Tuning.triesOfPairs))
                    }
                }
            }
        }
        return found
    }

    /// `Net budget`, then lines that say `Less ...` one after the other: what is left is the next line.
    private var ladder: [Lines.Term]? {
        let run = Array(
            stack.reversed().prefix { item in
                lines.words[item.line].isLess
                    && lines.positions.indices.allSatisfy { (lines.value(item.line, $0) ?? 0) >= 0 }
            }.reversed())
        guard !run.isEmpty, run.count < stack.count, run.count <= 20 else { return nil }
        return [(stack[stack.count - run.count - 1].line, 1)] + run.map { ($0.line, -1) }
    }

    /// Whether the figures bear it out well enough to be claimed.
    private func isCredible(_ candidate: Candidate, _ fit: Fit, _ line: Int) -> Bool {
        let isSum = candidate.kind == .total
        let needed =
            (!candidate.isLabelled
                ? Tuning.neededUnlabelled
                : isSum
                    ? Tuning.neededTotal
                    : lines.positions.count == 1 ? Tuning.neededInOneColumn : Tuning.neededLabelled)
            + candidate.tries
        if candidate.terms.count == 1 {
            return fit.fails == 0 && fit.evaluations.allSatisfy { $0.difference == 0 } && fit.weight > 0
        }
        // A section with one line that isn't zero tells little, but what else should its total be?
        if fit.fails == 0, candidate.isLabelled, isSum, candidate.prior >= Tuning.atSectionStart, fit.weight > 0 {
            return true
        }
        if fit.fails == 0 { return fit.weight >= needed && fit.holds > 0 }
        guard fit.holds > 0 else { return false }
        // Some places fail: the others must speak for it.
        let isNatural = candidate.prior >= Tuning.atSectionStart
        if candidate.isLabelled {
            return fit.weight >= needed + 1
                && (fit.holds >= fit.fails || isNatural && fit.holds * 3 >= fit.fails && fit.weight >= 4)
        }
        return fit.holds >= 2 * fit.fails && fit.holds > 1
            && fit.weight - Tuning.failingPlace * Double(fit.fails) >= needed
    }

    // MARK: What follows from it

    private mutating func accept(_ line: Int, _ candidate: Candidate, _ fit: Fit) {
        if acceptWithoutPassedOver(line, candidate) { return }
        relations.append(
            Relation(
                kind: candidate.kind, description: description(line, candidate.terms, candidate.kind),
                evaluations: fit.evaluations, weight: fit.weight, isLabelled: candidate.isLabelled))
        explained.insert(line)
        let taken = Set(candidate.terms.map(\.line))
        passedOver.removeAll { taken.contains($0.line) }
        if candidate.taken > 0 {
            let start = stack.count - candidate.taken
            // What is left of the same section has been passed over.
            if candidate.kind == .total, let lowest = candidate.terms.map(\.line).min() {
                for item in stack[..<start].reversed() {
                    guard lines.sections[item.line] == lines.sections[lowest], !item.isTotal else { break }
                    passedOver.append((item.line, line, relations.count - 1))
                }
            }
            // A difference that no word speaks of takes nothing away: its parts may have a total of their own.
            if candidate.isPair, !candidate.isLabelled {
                stack.append(Item(line: line, isTotal: false))
                return
            }
            stack.removeSubrange(start...)
        }
        totals.append(line)
        stack.append(Item(line: line, isTotal: true))
    }

    /// `Surplus = College + Total income - Total costs`, where College stands right above what Total income
    /// sums: the total was meant to hold it, so the line was left out of the total.
    private mutating func acceptWithoutPassedOver(_ line: Int, _ candidate: Candidate) -> Bool {
        let taken = candidate.terms
        let left = passedOver.filter { left in taken.contains { $0.line == left.line } }
        guard left.count == 1, let term = taken.first(where: { $0.line == left[0].line }),
            let total = taken.first(where: { $0.line == left[0].by }), term.sign == total.sign,
            lines.words[total.line].isTotal, taken.allSatisfy({ $0.line == term.line || explained.contains($0.line) }),
            !lines.words[line].isTotal || lines.words[total.line].isTotalOf(lines.sectionTitles[total.line]),
            widen(left[0])
        else { return false }
        let terms = taken.filter { $0.line != term.line }
        let evaluations = lines.evaluations(line, terms)
        relations.append(
            Relation(
                kind: candidate.kind, description: description(line, terms, candidate.kind), evaluations: evaluations,
                weight: 3, isLabelled: candidate.isLabelled))
        explained.insert(line)
        passedOver.removeAll { $0.line == left[0].line }
        if candidate.taken > 0 { stack.removeSubrange((stack.count - candidate.taken)...) }
        totals.append(line)
        stack.append(Item(line: line, isTotal: true))
        return true
    }

    /// Puts a line that a total passed over into its sum.
    private mutating func widen(_ left: (line: Int, by: Int, index: Int)) -> Bool {
        let relation = relations[left.index]
        let known = Set(relation.evaluations.flatMap { $0.terms.map(\.cell) })
        let scope = (0..<lines.count).filter { line in
            lines.positions.indices.contains { known.contains(lines.cell(line, $0)) }
        }
        // Only where the line stands right above what is summed.
        guard let first = scope.min(), left.line < first, scope.count > 1, !lines.words[left.line].isOpening,
            !lines.words[left.line].isClosing,
            !((left.line + 1)..<first).contains(where: {
                !lines.words[$0].isAside && lines.sections[$0] == lines.sections[left.by] && !explained.contains($0)
            })
        else { return false }
        let terms = ([left.line] + scope).map { ($0, 1) } as [Lines.Term]
        let evaluations = lines.evaluations(left.by, terms)
        guard evaluations.contains(where: { $0.verdict == .error }) else { return false }
        relations[left.index] = Relation(
            kind: .total, description: description(left.by, terms, .total), evaluations: evaluations,
            weight: relation.weight, isLabelled: true)
        return true
    }

    private func description(_ line: Int, _ terms: [Lines.Term], _ kind: Relation.Kind) -> String {
        if kind == .total, terms.count > 3, let first = terms.first, let last = terms.last {
            return
                "\(lines.name(line)) = the sum of \(terms.count) \(lines.areRows ? "lines" : "columns"), "
                + "\(lines.name(first.line)) to \(lines.name(last.line))"
        }
        var text = lines.name(line) + " ="
        // A positive term first reads best.
        for (index, term) in terms.sorted(by: { $0.sign > $1.sign }).enumerated() {
            text += term.sign < 0 ? " - \(lines.name(term.line))" : (index > 0 ? " + " : " ") + lines.name(term.line)
        }
        return text
    }

    /// A total or balance whose label says so, and that holds nowhere: it is claimed only where a slip explains
    /// it, or where a total comes so near that nothing else can be meant.
    private mutating func guess(_ line: Int) {
        let words = lines.words[line]
        var best: (terms: [Lines.Term], evaluations: [Evaluation], score: Double)?
        for (index, terms) in scopes(of: line).enumerated() {
            // A guess over hundreds of lines is none.
            if terms.count > (words.isTotal ? Self.mostGuessed : 40) { continue }
            let evaluations = lines.evaluations(line, terms, needsAll: !words.isTotal)
            guard !evaluations.isEmpty else { continue }
            // Brought forward and what came to it is the balance, whatever is printed.
            let isMeant = words.isTotal || words.isBalance && terms.contains { lines.words[$0.line].isOpening }
            let score = score(of: evaluations, line, terms, isMeant: isMeant) - Tuning.eachScopeTried * Double(index)
            if score > (isMeant ? Tuning.guessMeant : Tuning.guessOther) * Double(evaluations.count),
                score > best?.score ?? 0
            {
                best = (terms, evaluations, score)
            }
        }
        guard let best else {
            if words.isTotal { unresolved.append(line) }
            return
        }
        let kind: Relation.Kind =
            best.terms.allSatisfy { $0.sign > 0 } && words.isTotal ? .total : words.isBalance ? .balance : .difference
        relations.append(
            Relation(
                kind: kind, description: description(line, best.terms, kind), evaluations: best.evaluations, weight: 1,
                isLabelled: true))
        explained.insert(line)
        totals.append(line)
        let taken = Set(best.terms.map(\.line))
        stack.removeAll { taken.contains($0.line) }
    }

    /// What a line whose label says that it is a total or a balance may be meant to be of.
    private func scopes(of line: Int) -> [[Lines.Term]] {
        let words = lines.words[line]
        let inSection = stack.filter {
            lines.sections[$0.line] == lines.sections[line] && lines.sectionTitles[$0.line] == lines.sectionTitles[line]
        }.map(\.line)
        let onStack = stack.filter(\.isTotal).map(\.line)
        var scopes: [[Lines.Term]] = []
        func add(_ scope: [Lines.Term]) {
            if scope.count > 1,
                !scopes.contains(where: { $0.map(\.line) == scope.map(\.line) && $0.map(\.sign) == scope.map(\.sign) })
            {
                scopes.append(scope)
            }
        }
        // What its words take off is taken off, unless it is printed with its minus already.
        func isPositive(_ line: Int) -> Bool {
            lines.positions.indices.allSatisfy { (lines.value(line, $0) ?? 0) >= 0 }
        }
        func bySign(_ scope: [Int]) -> [Lines.Term] {
            scope.map { ($0, lines.words[$0].isTakenOff && !lines.words[$0].isDifference && isPositive($0) ? -1 : 1) }
        }
        let two = stack.suffix(2).map(\.line), lastTotals = Array(totals.suffix(2))
        // The lines since the last total.
        let run = Array(stack.reversed().prefix { !$0.isTotal && !lines.words[$0.line].isOpening }.reversed()).map(
            \.line)
        if words.isTotal {
            for scope in [inSection, run, stack.map(\.line), onStack] {
                add(scope.map { ($0, lines.words[$0].isLess ? -1 : 1) })
            }
        }
        // Two lines above are only meant where they are totals, what was brought forward or what is taken off.
        let isPlain =
            two.allSatisfy { explained.contains($0) || lines.words[$0].isOpening || lines.words[$0].isLess }
            || words.isPlus || inSection.count == 2
        if !words.isTotal || two.contains(where: { lines.words[$0].isTakenOff }) {
            for scope in (isPlain ? [two] : []) + [lastTotals, stack.map(\.line)] {
                add(bySign(scope))
                if scope.count == 2 { add([(scope[0], 1), (scope[1], 1)]); add([(scope[0], 1), (scope[1], -1)]) }
            }
        }
        if let ladder { add(ladder) }
        return scopes
    }

    /// How likely a sum is meant, by where it holds and by the slips that explain where it doesn't.
    private func score(of evaluations: [Evaluation], _ line: Int, _ terms: [Lines.Term], isMeant: Bool) -> Double {
        let words = lines.words[line]
        let others = (0..<min(lines.count, 2_000)).filter { other in
            other != line && lines.words[other].isTotal && !terms.contains { $0.line == other }
        }
        var score = 0.0
        for evaluation in evaluations {
            let position = lines.positions.indices.first { lines.cell(line, $0) == evaluation.target }!
            let elsewhere = others.compactMap { other in
                lines.value(other, position).map { ($0, lines.name(other)) }
            }
            let cause = Cause.of(
                evaluation, unit: lines.unit(line, position), otherTotals: elsewhere, names: { _ in "" }
            ) { lines.grid.value($0.row, $0.column) }
            let isNear = evaluation.difference.magnitude * 25 <= evaluation.computed.magnitude
            if evaluation.verdict != .error {
                score += 1
            } else if !words.isTotal, let cause, [.countedTwice, .leftOut, .otherSection].contains(cause.kind) {
                score -= 2
            } else if let cause {
                score += cause.isSpecific ? 2 : isMeant || isNear ? 1 : -1
            } else if words.isTotal ? words.isTotalOf("") : isMeant, isNear, evaluations.count == 1 {
                score += Tuning.guessNear
            } else if words.isTotal, let corrected = Cause.ofTerms(evaluation, grid: lines.grid),
                corrected.isSpecific
            {
                score += Tuning.guessCorrected
            } else {
                score -= 2
            }
        }
        return score
    }

    /// A total of all that leaves out the first line of its own section, which no other total takes.
    private mutating func settlePassedOver() {
        for (by, group) in Dictionary(grouping: passedOver, by: \.by).sorted(by: { $0.key < $1.key })
        where group.count == 1 {
            // Columns before a total are often no part of it: `Approved`, `Prior years`. And a total of all may
            // well leave out last year's figure above it; that of a titled section may not.
            guard lines.areRows, !lines.sectionTitles[by].isEmpty, lines.words[by].isTotalOf(lines.sectionTitles[by])
            else { continue }
            _ = widen(group[0])
        }
    }

    /// A total that stands above its parts.
    private mutating func tryBelow(_ line: Int) {
        var terms: [Lines.Term] = []
        var best: Fit?
        let taken = Set(relations.flatMap(\.evaluations).flatMap { $0.terms.map(\.cell) })
        for next in line + 1..<max(line + 1, lines.count) where !lines.words[next].isAside {
            // Lines of another total are none of this one's.
            if lines.words[next].isTotal
                || lines.positions.indices.contains(where: { taken.contains(lines.cell(next, $0)) })
            {
                break
            }
            terms.append((next, 1))
            let fit = Fit(terms, lines.evaluations(line, terms))
            if terms.count > 1, fit.fails == 0 || fit.holds > fit.fails && fit.holds > 1, fit.weight >= 3,
                fit.score > best?.score ?? 0
            {
                best = fit
            }
        }
        guard let best else { return }
        relations.append(
            Relation(
                kind: .total, description: description(line, best.terms, .total), evaluations: best.evaluations,
                weight: best.weight, isLabelled: true))
        explained.insert(line)
        unresolved.removeAll { $0 == line }
    }
}
