internal import Findings

/// A table of text for the terminal: the first column to the left, figures to the right.
struct TextTable {
    enum Line {
        case cells([String])
        /// A rule over the figures; double below totals.
        case rule(Character)
        case heading(String)
        case blank
    }

    private var lines: [Line] = []
    /// Columns of words, which begin where the column begins.
    private let words: Set<Int>

    init(leftColumns: Int = 1, words: Set<Int> = []) { self.words = words.union(0..<leftColumns) }

    /// What a cell or a heading holds stays in its line.
    mutating func add(_ line: Line) {
        switch line {
        case .cells(let cells): lines.append(.cells(cells.map(\.visibleLine)))
        case .heading(let title): lines.append(.heading(title.visibleLine))
        case .rule, .blank: lines.append(line)
        }
    }

    var text: String {
        var widths: [Int] = []
        for case .cells(let cells) in lines {
            while widths.count < cells.count { widths.append(0) }
            for (index, cell) in cells.enumerated() { widths[index] = max(widths[index], cell.count) }
        }
        return lines.map { line in
            let text: String
            switch line {
            case .cells(let cells):
                text = cells.enumerated().map { index, cell in
                    let pad = String(repeating: " ", count: widths[index] - cell.count)
                    return words.contains(index) ? cell + pad : pad + cell
                }.joined(separator: "  ")
            case .rule(let character):
                text = widths.enumerated().map { index, width in
                    String(repeating: words.contains(index) ? " " : character, count: width)
                }.joined(separator: "  ")
            case .heading(let title): text = title
            case .blank: text = ""
            }
            var trimmed = text[...]
            while trimmed.last == " " { trimmed.removeLast() }
            return trimmed + "\n"
        }.joined()
    }
}
