internal import Findings
internal import Ledger
internal import Sterling

/// Sheets of cells with live formulas, for every workbook format: one table a sheet, its title in A1, what it
/// rests on in A2, headers in row 3, no merged cells, as the UK guidance on accessible spreadsheets asks.
public struct Workbook: Sendable {
    let title: String
    let subject: String
    /// What the file says of when it was made: the books' last day, so that the same books give the same bytes.
    let created: CalendarDate
    /// What each printed page says at its foot.
    let foot: String
    private(set) var sheets: [Sheet] = []
    private(set) var names: [(name: String, cell: CellReference)] = []
    let format: AmountFormat

    /// Of a row of headers: rows above it hold the title and the basis.
    static let headerRow = 2

    struct Sheet: Sendable {
        let name: String
        let title: String
        let basis: String
        let columns: [Column]
        var rows: [[Cell]] = []
        var chart: Chart?
        /// How many columns stay in sight when the table is moved sideways.
        var frozenColumns = 1

        struct Column: Sendable {
            let title: String
            /// In characters.
            let width: Int
            var isAmount = false
            /// Whether long texts break into lines.
            var wraps = false
        }
    }

    enum Cell: Sendable {
        case blank
        case text(String, Style = .plain)
        case amount(Money, Style = .plain)
        /// An amount printed to the penny, whatever the statement's unit.
        case exact(Money)
        case count(Int)
        /// `value` is what it comes to now.
        case formula(Formula, Money, Style = .plain)
        case word(Formula, String, Style = .plain)
        case exactFormula(Formula, Money)
    }

    enum Style: Int, Sendable, CaseIterable { case plain, total, double, sum }

    struct Chart: Sendable {
        let title: String
        let description: String
        /// The sheet's own rows and columns: labels, and one column a series.
        let labels: CellRange
        let series: [(name: String, values: CellRange)]
        /// Where its upper left corner stands.
        let row: Int
        let column: Int
    }

    init(title: String, subject: String, created: CalendarDate, foot: String, format: AmountFormat) {
        self.title = title
        self.subject = subject
        self.created = created
        self.foot = foot
        self.format = format
    }

    mutating func add(_ sheet: Sheet) {
        precondition(sheet.rows.allSatisfy { $0.count == sheet.columns.count }, "as many cells as columns")
        sheets.append(sheet)
    }

    /// The amounts that stand side by side in a row: where they are, and what they come to now.
    func runs(_ sheet: Sheet, row: Int) -> [(columns: Range<Int>, amounts: [Money])] {
        var runs: [(columns: Range<Int>, amounts: [Money])] = []
        for (column, cell) in sheet.rows[row].enumerated() {
            let amount: Money
            switch cell {
            case .amount(let value, _), .formula(_, let value, _): amount = value
            case .blank, .text, .exact, .count, .word, .exactFormula: continue
            }
            if let last = runs.last, last.columns.upperBound == column {
                runs[runs.count - 1] = (last.columns.lowerBound..<column + 1, last.amounts + [amount])
            } else {
                runs.append((column..<column + 1, [amount]))
            }
        }
        return runs
    }

    mutating func name(_ name: String, _ cell: CellReference) { names.append((name, cell)) }
}

/// Rows and columns count from zero.
struct CellReference: Sendable, Hashable {
    let sheet: String
    let row: Int
    let column: Int
}

struct CellRange: Sendable, Hashable {
    let sheet: String
    let rows: Range<Int>
    let columns: Range<Int>

    init(_ sheet: String, rows: Range<Int>, columns: Range<Int>) {
        self.sheet = sheet
        self.rows = rows
        self.columns = columns
    }
}

/// The few formulas that a statement needs, in both dialects that workbooks speak.
indirect enum Formula: Sendable {
    case sum(CellRange)
    case terms([(cell: CellReference, sign: Int)])
    /// What flows to an account in the postings less what flows from it.
    case flow(label: String, to: CellRange, from: CellRange, amounts: CellRange, sign: Int)
    case difference(CellReference, CellReference)
    /// How far a run of cells, side by side, is from what was stated: the sum of all distances.
    case distance(CellRange, from: [Money])
    /// The sum of the amounts beside a label.
    case sumBeside(label: String, labels: CellRange, amounts: CellRange)
    case count(CellRange)
    /// `pass` where a difference is zero to the penny.
    case verdict(CellReference)
    /// `all pass` where every cell says so; an error in one is no pass.
    case allPass(CellRange)

    enum Dialect { case excel, open }

    /// - Parameter sheet: where the formula stands; cells of the same sheet are named without it.
    func text(_ dialect: Dialect, on sheet: String) -> String {
        func cell(_ reference: CellReference) -> String {
            let place = Self.letters(reference.column) + "\(reference.row + 1)"
            let isHere = reference.sheet == sheet
            return dialect == .excel
                ? (isHere ? place : Self.quoted(reference.sheet) + "!" + place)
                : (isHere ? "[.\(place)]" : "[$\(Self.quoted(reference.sheet)).\(place)]")
        }
        func range(_ range: CellRange) -> String {
            let first = Self.letters(range.columns.lowerBound) + "\(range.rows.lowerBound + 1)",
                last = Self.letters(range.columns.upperBound - 1) + "\(range.rows.upperBound)"
            let isHere = range.sheet == sheet
            return dialect == .excel
                ? (isHere ? "" : Self.quoted(range.sheet) + "!") + first + ":" + last
                : "[\(isHere ? "" : "$" + Self.quoted(range.sheet)).\(first):.\(last)]"
        }
        let comma = dialect == .excel ? "," : ";"
        switch self {
        case .sum(let cells): return "SUM(\(range(cells)))"
        case .terms(let terms):
            // A positive one first reads best; one alone that is taken off needs its sign.
            var text = ""
            for (index, term) in terms.sorted(by: { $0.sign > $1.sign }).enumerated() {
                text += (term.sign < 0 ? "-" : index > 0 ? "+" : "") + cell(term.cell)
            }
            return text
        case .flow(let label, let to, let from, let amounts, let sign):
            // SUMIF would take a label for a pattern.
            let wanted = "\"\(label.replacing("\"", with: "\"\""))\""
            func sum(_ accounts: CellRange) -> String { "SUMPRODUCT((\(range(accounts))=\(wanted))*\(range(amounts)))" }
            return sign > 0 ? "\(sum(to))-\(sum(from))" : "\(sum(from))-\(sum(to))"
        case .distance(let cells, let stated):
            // A list of constants lies as the cells do: columns are separated by a comma, or by a semicolon.
            return
                "ROUND(SUMPRODUCT(ABS(\(range(cells))"
                + "-{\(stated.map { AmountFormat.exact($0) }.joined(separator: comma))}))\(comma)2)"
        case .sumBeside(let label, let labels, let amounts):
            return "SUMPRODUCT((\(range(labels))=\"\(label.replacing("\"", with: "\"\""))\")*\(range(amounts)))"
        case .count(let cells): return "COUNT(\(range(cells)))"
        case .difference(let a, let b): return "ROUND(\(cell(a))-\(cell(b))\(comma)2)"
        case .verdict(let difference): return "IF(\(cell(difference))=0\(comma)\"pass\"\(comma)\"FAIL\")"
        case .allPass(let cells):
            return
                "IF(COUNTIF(\(range(cells))\(comma)\"pass\")=ROWS(\(range(cells)))\(comma)\"all pass\"\(comma)\"FAIL\")"
        }
    }

    static func letters(_ column: Int) -> String { Place.letters(column + 1) }

    static func quoted(_ sheet: String) -> String {
        sheet.allSatisfy { $0.isLetter && $0.isASCII } ? sheet : "'" + sheet.replacing("'", with: "''") + "'"
    }
}
