public import Sterling
public import Findings

/// Our statement against a table that was published, cell by cell.
public struct Comparison: Sendable {
    public let cells: [Cell]
    /// Rows and columns of the published table that ours has no name for.
    public let unknown: [(place: Place, label: String)]

    public struct Cell: Sendable {
        public let row: String
        public let column: String
        public let place: Place
        public let published: String
        /// `nil` where ours has no amount (not available).
        public let ours: Money?
        public let format: AmountFormat
        public let verdict: Verdict

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

    public enum Verdict: String, Sendable, CaseIterable {
        case agrees
        /// Less than one printed unit apart.
        case withinRounding = "within rounding"
        case differs
    }

    public init(cells: [Cell], unknown: [(place: Place, label: String)]) {
        self.cells = cells
        self.unknown = unknown
    }

    public func count(_ verdict: Verdict) -> Int { cells.count { $0.verdict == verdict } }

    /// Judges one cell.
    ///
    /// - Returns: `nil` for a cell without an amount.
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
