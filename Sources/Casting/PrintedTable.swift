public import Findings

/// A table as somebody printed it: texts in rows and columns, each with its place in the file.
public struct PrintedTable: Sendable {
    public let source: Place.Source
    /// What tells it from others of its file: a page's caption, a sheet's name; may be empty.
    public let title: String
    /// Headers included, and all of one width: the short ones end in blank cells.
    public internal(set) var rows: [Row]

    /// A row as it is printed, with its number in the file.
    public struct Row: Sendable {
        /// Counts from 1, as the file's reader shows it.
        public let number: Int
        /// From the first column on, blank ones included.
        public internal(set) var cells: [Cell]

        /// Takes its parts as they are; a table gives its rows one width.
        public init(number: Int, cells: [Cell]) {
            self.number = number
            self.cells = cells
        }

        /// `Line 2017 2018 2019 £`: years one after the other, and no other figure.
        var namesYears: Bool {
            // Words may stand beside them: `Code`, `Line`, `Note`.
            guard cells.allSatisfy({ !$0.isFigure || $0.looksLikeYear }), cells.contains(where: \.looksLikeYear) else {
                return false
            }
            let years = cells.compactMap {
                $0.looksLikeYear ? $0.number?.mantissa : $0.reading == .text ? Vocabulary.year(of: $0.text) : nil
            }
            guard years.count > 1 else { return false }
            let steps = zip(years.dropFirst(), years).map { $0 - $1 }
            return steps.allSatisfy { $0 == 1 || $0 == 0 } || steps.allSatisfy { $0 == -1 || $0 == 0 }
        }
    }

    /// A cell's text, and what it says if it is a figure.
    public struct Cell: Sendable {
        public let text: String
        public let reading: PrintedNumber.Reading
        /// Whether it is a workbook's own number, whose decimals say nothing of how it is printed.
        let isLiteral: Bool

        /// A text as it is printed.
        public init(_ text: String) {
            self.text = text
            reading = PrintedNumber.read(text)
            isLiteral = false
        }

        /// A workbook's own number.
        public init(literal: String) {
            reading = PrintedNumber.read(literal: literal)
            text = literal
            isLiteral = true
        }

        /// What is no figure, whatever it looks like: a date, an error.
        init(word: String) {
            reading = word.isEmpty ? .blank : .text
            text = word
            isLiteral = false
        }

        static let blank = Cell("")

        var isBlank: Bool { reading == .blank }
        var number: PrintedNumber? { if case .number(let number) = reading { number } else { nil } }
        /// A number or a dash: what stands in a column of figures.
        var isFigure: Bool { number != nil || reading == .dash }
        /// `2018`, or `2018.`: a year that heads a column.
        var looksLikeYear: Bool {
            number.map {
                $0.decimals == 0 && !$0.isPercentage && (1900...2100).contains($0.mantissa) && !text.contains(",")
            } ?? false
        }
    }

    /// - Parameter rows: of any width, ascending by number.
    public init(source: Place.Source, title: String, rows: [Row]) {
        self.source = source
        self.title = title
        let width = rows.map(\.cells.count).max() ?? 0
        self.rows = rows.map { row in
            Row(number: row.number, cells: row.cells + Array(repeating: .blank, count: width - row.cells.count))
        }
    }

    var width: Int { rows.first?.cells.count ?? 0 }
}
