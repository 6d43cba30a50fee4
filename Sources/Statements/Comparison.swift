public import Sterling
public import Findings

/// Our statement against a table that was published, cell by cell.
public struct Comparison: Sendable {
    /// In the order of the published table, row by row; cells without an amount, and unknown rows, have none.
    public let cells: [Cell]
    /// Rows and columns of the published table that ours has no name for.
    public let unknown: [(place: Place, label: String)]

    /// A published amount and ours, under the published labels of its row and column.
    public struct Cell: Sendable {
        public let row: String
        public let column: String
        public let place: Place
        /// The text as it stands in the table.
        public let published: String
        /// `nil` where ours has no amount (not available).
        public let ours: Money?
        /// The unit that the published amount is printed in.
        public let format: AmountFormat
        public let verdict: Verdict

        /// Takes its parts as they are; `judge` says the verdict.
        public init(
            row: String, column: String, place: Place, published: String, ours: Money?, format: AmountFormat,
            verdict: Verdict
        ) {
            self.row = row
            self.column = column
            self.place = place
            self.published = published
            self.ours = ours
            self.format = format
            self.verdict = verdict
        }
    }

    /// How a published amount stands to ours.
    public enum Verdict: String, Sendable, CaseIterable {
        case agrees
        /// Less than one printed unit apart.
        case withinRounding = "within rounding"
        case differs
    }

    /// Takes its parts as they are, unchecked.
    public init(cells: [Cell], unknown: [(place: Place, label: String)]) {
        self.cells = cells
        self.unknown = unknown
    }

    /// How many cells have the verdict.
    public func count(_ verdict: Verdict) -> Int { cells.count { $0.verdict == verdict } }

    /// Judges one cell.
    ///
    /// - Returns: `nil` for a blank cell; a word differs from any amount.
    public static func judge(_ text: String, ours: Money?, format: AmountFormat) -> Verdict? {
        let published: Money?
        switch AmountReader.read(text) {
        case .blank: return nil
        case .dash: published = .zero
        case .notAvailable: return ours == nil ? .agrees : .differs
        case .amount(let amount, marker: .none):
            published = format == .pence ? amount : Money(pence: amount.pence * (format.unitPence / 100))
        case .amount, .unreadable: return .differs
        }
        guard let ours, let published else { return .differs }
        if format.units(ours) * format.unitPence == published.pence { return .agrees }
        return (ours - published).magnitude.pence < format.unitPence ? .withinRounding : .differs
    }
}
