internal import Findings

/// A printed table with its parts kept apart: headers, labels, sections, and the figures as
/// whole numbers on one scale.
struct FigureGrid {
    let table: PrintedTable
    let columns: [Column]
    let rows: [Row]
    /// How many decimals the scale has: figures are whole numbers of `10^-decimals`.
    let decimals: Int
    private let values: [[Int?]]

    enum Kind {
        case amount, percentage, words, label, section, reference

        var isFigures: Bool {
            switch self {
            case .amount, .percentage: true
            case .words, .label, .section, .reference: false
            }
        }
    }

    struct Column {
        let index: Int
        let title: String
        let kind: Kind
        /// The size of one printed unit on the grid's scale.
        let unit: Int
    }

    struct Row {
        /// Its index in the table.
        let index: Int
        let label: String
        /// Counts from zero; the section's title beside it.
        let section: Int
        let sectionTitle: String
    }

    /// A cell by the grid's own row and column.
    struct Cell: Hashable, Comparable {
        let row: Int
        let column: Int

        static func < (a: Cell, b: Cell) -> Bool { (a.row, a.column) < (b.row, b.column) }
    }

    func value(_ row: Int, _ column: Int) -> Int? { values[row][column] }
    /// The size of one printed unit of a cell: its column's, or a larger one where it is printed with fewer decimals.
    func unit(_ row: Int, _ column: Int) -> Int {
        let cell = table.rows[rows[row].index].cells[columns[column].index]
        guard !cell.isLiteral, let number = cell.number else { return columns[column].unit }
        return max(
            columns[column].unit, PrintedNumber.power(min(12, max(0, decimals - number.decimals + number.exponent))))
    }

    func reading(_ row: Int, _ column: Int) -> PrintedNumber.Reading {
        table.rows[rows[row].index].cells[columns[column].index].reading
    }

    func text(_ cell: Cell) -> String { table.rows[rows[cell.row].index].cells[columns[cell.column].index].text }
    func place(_ cell: Cell) -> Place {
        Place(table.source, row: table.rows[rows[cell.row].index].number, column: columns[cell.column].index + 1)
    }

    /// - Returns: `nil` where the table holds no figures in rows and columns.
    init?(_ table: PrintedTable) {
        let body = Self.headerRows(table)
        let kinds = Self.kinds(table, body)
        guard kinds.contains(.amount) else { return nil }
        self.table = table
        let titles = Self.titles(table, headerRows: body.lowerBound)

        let scale = FigureScale(table, body, kinds)
        decimals = scale.decimals
        columns = kinds.indices.map { c in
            let finest = body.compactMap { table.rows[$0].cells[c].number }.map { $0.decimals - $0.exponent }.max() ?? 0
            return Column(
                index: c, title: titles[c], kind: kinds[c],
                unit: PrintedNumber.power(min(12, max(0, scale.decimals - finest))))
        }

        let firstAmount = kinds.firstIndex { $0 == .amount || $0 == .percentage }!
        let before = kinds.indices.filter { ($0 < firstAmount) && kinds[$0] == .words }
        let labelColumn =
            before.last {
                !["ref", "note", "notes", "ratio", "band ratio", "method", "type", "paid by"].contains(
                    titles[$0].lowercased())
            } ?? before.last ?? kinds.firstIndex(of: .words)
        var rows: [Row] = [], values: [[Int?]] = []
        var lines = SectionedLines(before: before, labelColumn: labelColumn)
        for index in body {
            let cells = table.rows[index].cells
            let isFigures = kinds.indices.contains { kinds[$0].isFigures && cells[$0].isFigure }
            guard let row = lines.row(cells, index, isFigures: isFigures) else { continue }
            rows.append(row)
            values.append(
                kinds.indices.map { c in
                    guard kinds[c].isFigures else { return nil }
                    if case .dash = cells[c].reading { return 0 }
                    return cells[c].number.flatMap(scale.scaled)
                })
        }
        guard rows.count > 1 else { return nil }
        self.rows = rows
        self.values = values
    }

    /// The rows below the headers: headers hold words, or years alone.
    private static func headerRows(_ table: PrintedTable) -> Range<Int> {
        let first =
            table.rows.firstIndex { row in
                let figures = row.cells.filter(\.isFigure)
                if figures.isEmpty || row.namesYears { return false }
                // A year alone heads its column where nothing stands before it.
                return !(figures.count == 1 && figures[0].looksLikeYear && row.cells.first!.isBlank)
            } ?? table.rows.count
        // A heading of a section just above the first figures belongs to the body; the last row of several words is
        // the header.
        var start = first
        while start > 0, table.rows[start - 1].cells.count(where: { !$0.isBlank }) == 1,
            table.rows[..<(start - 1)].contains(where: { $0.cells.count { !$0.isBlank } > 1 })
        { start -= 1 }
        return start..<table.rows.count
    }

    private static func kinds(_ table: PrintedTable, _ body: Range<Int>) -> [Kind] {
        let titles = titles(table, headerRows: body.lowerBound)
        var kinds: [Kind] = (0..<table.width).map { c in
            let cells = body.map { table.rows[$0].cells[c] }
            let numbers = cells.compactMap(\.number)
            let texts = cells.count { $0.reading == .text }
            guard !numbers.isEmpty || cells.contains(where: { $0.reading == .dash }),
                numbers.count + cells.count(where: { $0.reading == .dash }) >= texts
            else { return .words }
            let words = Vocabulary(titles[c])
            if words.isRate, !words.isPercentage { return .reference }
            if words.isReference, numbers.allSatisfy({ $0.decimals == 0 && $0.mantissa >= 0 }) { return .reference }
            if numbers.count(where: \.isPercentage) * 2 > numbers.count
                || words.isPercentage && !numbers.isEmpty
                    && numbers.allSatisfy({
                        $0.isPercentage || $0.mantissa.magnitude < PrintedNumber.power($0.decimals + 4)
                    })
            {
                return .percentage
            }
            return .amount
        }
        // Whole numbers before the first words are codes or years, not amounts.
        if let words = kinds.firstIndex(of: .words) {
            for c in 0..<words where kinds[c] == .amount && kinds[(words + 1)...].contains(.amount) {
                if body.allSatisfy({ r in
                    table.rows[r].cells[c].number.map {
                        $0.decimals == 0 && $0.mantissa >= 0 && !table.rows[r].cells[c].text.contains(",")
                    } ?? true
                }) {
                    kinds[c] = .reference
                }
            }
        } else if kinds.count > 1, let first = kinds.first, first == .amount || first == .reference {
            // No words at all: a first column of years labels the rows.
            if body.allSatisfy({ table.rows[$0].cells[0].looksLikeYear || table.rows[$0].cells[0].isBlank }) {
                kinds[0] = .words
            }
        }
        return kinds
    }

    /// A column's title, its group's before it: `ACTUAL TO DATE Budget £'000`.
    private static func titles(_ table: PrintedTable, headerRows: Int) -> [String] {
        var titles = [String](repeating: "", count: table.width)
        for (index, row) in table.rows[..<headerRows].enumerated() where row.cells.filter({ !$0.isBlank }).count > 1 {
            var group = ""
            // Titles of groups stand in few cells of their row; a row of single titles leaves blank what has none.
            let isGroups = row.cells.count { !$0.isBlank } * 2 <= table.width
            for c in 0..<table.width {
                let text = row.cells[c].text.trimmedLine
                if !text.isEmpty { group = text }
                // A group's title reaches to the next one, where rows of single titles follow.
                let own = text.isEmpty && isGroups && index < headerRows - 1 && c > 0 ? group : text
                if !own.isEmpty, !titles[c].hasSuffix(own) { titles[c] += (titles[c].isEmpty ? "" : " ") + own }
            }
        }
        return titles
    }

    /// `1,234.5` on the grid's scale, with as many decimals as the unit needs.
    func printed(_ value: Int, unit: Int = 1) -> String {
        var shown = decimals
        var rest = unit
        while shown > 0, rest > 1, rest.isMultiple(of: 10) { rest /= 10; shown -= 1 }
        let scale = PrintedNumber.power(decimals - shown)
        let digits = String(value.magnitude / UInt(scale))
        let padded = String(repeating: "0", count: max(0, shown + 1 - digits.count)) + digits
        let whole = padded.dropLast(shown)
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index).isMultiple(of: 3) { grouped.append(",") }
            grouped.append(digit)
        }
        return (value < 0 ? "-" : "") + grouped + (shown > 0 ? "." + padded.suffix(shown) : "")
    }
}

extension String {
    /// Without blanks at its ends, and on one line.
    var trimmedLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

extension PrintedTable {
    /// The sheet's tables apart: a row of several words over columns of figures begins another.
    var parts: [PrintedTable] {
        func isHeader(_ row: Row) -> Bool {
            let filled = row.cells.filter { !$0.isBlank }
            return filled.count > 1
                && (filled.allSatisfy {
                    $0.reading == .text
                        && ($0.text.contains(where: \.isLetter) || Vocabulary.year(of: $0.text) != nil
                            || $0.text.contains("£"))
                } || row.namesYears && filled.allSatisfy { $0.reading == .text || $0.looksLikeYear })
        }
        let figureColumns = (0..<width).filter { c in
            rows.count { $0.cells[c].isFigure && !$0.cells[c].looksLikeYear }
                > rows.count { $0.cells[c].reading == .text }
        }
        var parts: [[Row]] = [[]]
        var hasFigures = false
        for row in rows {
            let words = figureColumns.count { row.cells[$0].reading == .text || row.cells[$0].looksLikeYear }
            if hasFigures, isHeader(row), words >= max(1, min(2, figureColumns.count)) {
                // Its title, alone on the line above, goes with it.
                var moved: [Row] = []
                while let last = parts[parts.count - 1].last, last.cells.allSatisfy({ !$0.isFigure }) {
                    moved.insert(last, at: 0)
                    parts[parts.count - 1].removeLast()
                }
                parts.append(moved)
                hasFigures = false
            }
            parts[parts.count - 1].append(row)
            hasFigures = hasFigures || row.cells.contains(where: \.isFigure) && !row.namesYears
        }
        return parts.count == 1 ? [self] : parts.map { PrintedTable(source: source, title: title, rows: $0) }
    }
}

/// One scale for all figures of a table: the finest printed unit.
private struct FigureScale {
    let decimals: Int
    private let largest: UInt

    init(_ table: PrintedTable, _ body: Range<Int>, _ kinds: [FigureGrid.Kind]) {
        var decimals = 0
        for r in body {
            for c in kinds.indices where kinds[c].isFigures {
                if let number = table.rows[r].cells[c].number {
                    decimals = max(decimals, number.decimals - number.exponent)
                }
            }
        }
        self.decimals = decimals
        // What all figures of a table add up to, twenty-five times over, still fits.
        largest = UInt(300_000_000_000_000_000 / max(1, body.count + table.width))
    }

    /// - Returns: `nil` for a figure beyond all sums.
    func scaled(_ number: PrintedNumber) -> Int? {
        let (value, overflow) = number.mantissa.multipliedReportingOverflow(
            by: PrintedNumber.power(min(12, max(0, decimals - number.decimals + number.exponent))))
        return overflow || value.magnitude > largest ? nil : value
    }
}

/// Gives each row of figures its label and its section, which rows of words alone, and columns before the label, name.
private struct SectionedLines {
    let before: [Int]
    let labelColumn: Int?
    private var filled: [String]
    private var section = 0
    private var heading = ""
    private var current: [String] = []

    init(before: [Int], labelColumn: Int?) {
        self.before = before
        self.labelColumn = labelColumn
        filled = [String](repeating: "", count: before.count)
    }

    /// - Returns: `nil` for a row without figures.
    mutating func row(_ cells: [PrintedTable.Cell], _ index: Int, isFigures: Bool) -> FigureGrid.Row? {
        var label = labelColumn.map { cells[$0].text.trimmedLine } ?? ""
        guard isFigures else {
            // A line of words alone heads what follows.
            if let text = (before.map { cells[$0].text.trimmedLine } + [label]).first(where: { !$0.isEmpty }) {
                heading = text
                section += 1
                current = []
            }
            return nil
        }
        let others = before.dropLast().map { cells[$0].text.trimmedLine }
        for (index, text) in others.enumerated() where !text.isEmpty {
            filled[index] = text
            // An outer section that begins anew clears the inner ones.
            for inner in index + 1..<max(index + 1, others.count) where others[inner].isEmpty { filled[inner] = "" }
        }
        if label.isEmpty { label = others.last { !$0.isEmpty } ?? "" }
        let now = Array(filled.prefix(others.count))
        if now != current, !current.isEmpty { section += 1 }
        current = now
        return FigureGrid.Row(
            index: index, label: label, section: section, sectionTitle: now.last { !$0.isEmpty } ?? heading)
    }
}
