internal import Ledger
internal import Statements
internal import Sterling

/// Bars as SVG: contributions by partner, budget against outturn, reserves over the years.
///
/// Every bar has its figure printed beside it, the table with all figures stands on the same page, and the
/// title and description are read out in the picture's place. Nothing is shown by colour alone.
struct BarChart {
    let id: String
    let title: String
    /// One sentence that says what the picture shows.
    let description: String
    /// The names of the bars of a group, in order: `Budget`, `Outturn`.
    let series: [String]
    let groups: [Group]

    struct Group {
        let label: String
        /// One a series; `nil` is no bar.
        let values: [Money?]
        let texts: [String]
    }

    /// Narrow enough that its letters stay readable on a telephone; labels stand above their bars, whole.
    private static let width = 480, figureWidth = 84, barHeight = 17, labelHeight = 19, gap = 7

    /// Dark enough on white; the page's own style has lighter ones for black. For a reader without styles.
    private static let fills = ["#1f5a8c", "#b3641a", "#5f7f2f", "#7a4a8c"]

    var svg: String {
        let values = groups.flatMap { $0.values.compactMap { $0 } }
        let most = max(0, values.map(\.pence).max() ?? 0), least = min(0, values.map(\.pence).min() ?? 0)
        let span = max(1, most - least)
        let left = least < 0 ? Self.figureWidth : 1
        let room = Self.width - left - Self.figureWidth
        // Pence to pixels in whole numbers; a bar that isn't zero has at least one.
        func pixels(_ pence: Int) -> Int { Int((Int128(pence) * Int128(room)) / Int128(span)) }
        let zero = left - pixels(least)
        let top = series.count > 1 ? 10 + 20 * legendLines : 2
        let groupHeight = Self.labelHeight + Self.barHeight * series.count + Self.gap
        let height = top + groupHeight * groups.count + 2
        var svg =
            "<svg class=\"chart\" role=\"img\" aria-labelledby=\"\(id)-title \(id)-desc\" viewBox=\"0 0 \(Self.width) "
            + "\(height)\" xmlns=\"http://www.w3.org/2000/svg\" font-size=\"13\" font-family=\"'Liberation Sans', "
            + "Arial, sans-serif\">"
        svg +=
            "<title id=\"\(id)-title\">\(Self.escaped(title))</title><desc "
            + "id=\"\(id)-desc\">\(Self.escaped(description))</desc>"
        if series.count > 1 {
            var x = 0, line = 0
            for (index, name) in series.enumerated() {
                if x > 0, x + 19 + name.count * 7 > Self.width { x = 0; line += 1 }
                svg +=
                    "<rect class=\"s\(index % 4)\" fill=\"\(Self.fills[index % 4])\" x=\"\(x)\" "
                    + "y=\"\(4 + 20 * line)\" width=\"13\" height=\"13\"/><text class=\"ink\" x=\"\(x + 19)\" "
                    + "y=\"\(15 + 20 * line)\">\(Self.escaped(name))</text>"
                x += 36 + name.count * 7
            }
        }
        for (row, group) in groups.enumerated() {
            let y = top + row * groupHeight
            svg += "<text class=\"ink\" x=\"\(zero < 8 ? 6 : 0)\" y=\"\(y + 14)\">\(Self.escaped(group.label))</text>"
            for (index, value) in group.values.enumerated() {
                guard let value else { continue }
                let size = max(value.isZero ? 0 : 1, abs(pixels(value.pence)))
                let isLeft = value.isNegative, barY = y + Self.labelHeight + index * Self.barHeight
                svg +=
                    "<rect class=\"s\(index % 4)\" fill=\"\(Self.fills[index % 4])\" "
                    + "x=\"\(isLeft ? zero - size : zero)\" y=\"\(barY)\" width=\"\(size)\" "
                    + "height=\"\(Self.barHeight - 3)\"/>"
                svg +=
                    "<text class=\"ink\" x=\"\(isLeft ? zero - size - 5 : zero + size + 5)\" "
                    + "y=\"\(barY + 12)\"\(isLeft ? " text-anchor=\"end\"" : "")>"
                    + "\(Self.escaped(group.texts[index]))</text>"
            }
        }
        svg +=
            "<line class=\"axis\" stroke=\"#555\" x1=\"\(zero)\" y1=\"\(top)\" x2=\"\(zero)\" "
            + "y2=\"\(height - 2)\"/></svg>"
        return svg
    }

    private var legendLines: Int {
        var lines = 1, x = 0
        for name in series {
            if x > 0, x + 19 + name.count * 7 > Self.width { x = 0; lines += 1 }
            x += 36 + name.count * 7
        }
        return lines
    }

    /// More bars than this are no picture any more, and run off a printed page.
    static let mostBars = 28

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing(
            "\"", with: "&quot;")
    }
}

extension StatementDocument {
    /// Those that have something to show.
    var charts: [BarChart] {
        [contributionChart, budgetChart, reserveChart].compactMap { $0 }
    }

    private func text(_ amount: Money) -> String { Self.typeset(figure(amount)) }

    /// The largest of a list in its own order, and words that say how many.
    private static func largest<Item>(_ items: [Item], _ most: Int, _ size: (Item) -> Money) -> ([Item], String) {
        guard items.count > most else { return (items, "") }
        let kept = Set(items.indices.sorted { (size(items[$1]), $0) < (size(items[$0]), $1) }.prefix(most))
        return (items.indices.filter(kept.contains).map { items[$0] }, ", the \(most) largest of \(items.count)")
    }

    private var contributionChart: BarChart? {
        let last = contributions.years.count - 1
        guard last >= 0 else { return nil }
        let rows = contributions.rows.compactMap { row in row.contributed(last).map { (row.label, $0) } }.filter {
            !$0.1.isZero
        }
        guard rows.count > 1, let largest = rows.max(by: { $0.1 < $1.1 }) else { return nil }
        let (shown, some) = Self.largest(rows, BarChart.mostBars) { $0.1 }
        return BarChart(
            id: "chart-contributions", title: "Contributions by partner, \(year), \(format.caption)\(some)",
            description:
                "\(rows.count) contributions; the largest is \(largest.0) with \(figure(largest.1)). The table "
                + "Contributions has all figures.",
            series: ["Posted"], groups: shown.map { BarChart.Group(label: $0.0, values: [$0.1], texts: [text($0.1)]) })
    }

    private var budgetChart: BarChart? {
        let rows = variances.rows
        guard rows.count > 1 else { return nil }
        let adverse = rows.filter { $0.direction == .adverse }
        let (shown, some) = Self.largest(rows, BarChart.mostBars / 2) { max($0.budget, $0.actual) }
        return BarChart(
            id: "chart-budget", title: "Budget against outturn, \(year), \(format.caption)\(some)",
            description:
                "\(rows.count) lines, of which \(adverse.count) "
                + "adverse\(adverse.isEmpty ? "" : ": " + adverse.map(\.label).joined(separator: ", ")). The "
                + "table Budget and variance has all figures.",
            series: ["Budget", "Outturn"],
            groups: shown.map {
                BarChart.Group(
                    label: $0.label, values: [$0.budget, $0.actual], texts: [text($0.budget), text($0.actual)])
            })
    }

    private var reserveChart: BarChart? {
        guard let first = reserveHistory.first,
            !outturn.reserves.allSatisfy({ $0.broughtForward.isZero && $0.carriedForward.isZero })
        else { return nil }
        let labels = ["Brought forward \(first.year)"] + reserveHistory.map { "Carried forward \($0.year)" }
        let balances = [first.broughtForward] + reserveHistory.map(\.carriedForward)
        let members = outturn.members
        let isByMember = labels.count <= 4 && members.count * labels.count <= BarChart.mostBars
        return BarChart(
            id: "chart-reserves", title: "Reserves by member, \(format.caption)",
            description:
                "The reserves of \(members.count) members at \(balances.count) points in time. The table Reserves "
                + "over the years has all figures.",
            series: isByMember ? labels : [],
            groups: isByMember
                ? members.enumerated().map { index, member in
                    BarChart.Group(
                        label: member.label, values: balances.map { $0[index] }, texts: balances.map { text($0[index]) }
                    )
                }
                : []
        )
        .byYears(labels, members.map(\.label), balances, text)
    }
}

extension BarChart {
    /// Many years: a group a year, a bar a member where they are few, else their total.
    fileprivate func byYears(_ labels: [String], _ members: [String], _ balances: [[Money]], _ text: (Money) -> String)
        -> BarChart
    {
        guard groups.isEmpty else { return self }
        let isFew = members.count <= 4
        return BarChart(
            id: id, title: title, description: description, series: isFew ? members : ["All members"],
            groups: zip(labels, balances).map { label, amounts in
                let shown = isFew ? amounts : [amounts.sum()]
                return Group(label: label, values: shown, texts: shown.map(text))
            })
    }
}
