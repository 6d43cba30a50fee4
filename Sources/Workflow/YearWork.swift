internal import Agreements
internal import Books
public import Checks
public import Findings
public import Importing
internal import Ledger
internal import Sheets
public import Statements
public import Sterling

/// What a user does with a year, once for every way of asking: state, check, compare, explain.
public struct YearWork: Sendable {
    public let partnership: Partnership
    public let state: YearState
    public let imports: [FileImport]

    public var outturn: Outturn { state.outturn }
    public var checks: [(title: String, result: CheckResult)] { state.checks }
    /// Of reading and checking, worst first.
    public var findings: [Finding] { state.findings }

    /// - Parameter upTo: a period by name, such as `P9`; `nil` is the whole year.
    /// - Throws: `Circumstance`.
    public init(_ partnership: Partnership, upTo period: String? = nil) throws(Circumstance) {
        var upTo: Period?
        if let period {
            guard let parsed = Period(written: period), parsed.number > 0 else {
                throw Circumstance.usage("\"\(period)\" is no accounting period; write P1 to P16, April being P1")
            }
            upTo = parsed
        }
        state = try partnership.states.state(of: partnership.year, upTo: upTo)
        imports = partnership.loader.inputs(of: partnership.year).imports
        self.partnership = partnership
    }

    /// What earlier years left, and this one as it stands.
    public var years: [YearClose] { state.earlier + [state.close] }

    public var contributions: ContributionTable { ContributionTable(years, outturn.agreement.layout) }

    /// What last year left: the profile by which a forecast may go.
    public var lastYear: YearClose? { state.earlier.last { $0.year == partnership.year.previous } }

    /// What the year's members are billed by quarter.
    public var bills: QuarterlyBills { QuarterlyBills(agreement: outturn.agreement, ledger: state.ledger) }

    /// The statement's rows of all years up to this one, side by side.
    public var yearsSideBySide: YearsSideBySide { YearsSideBySide(years) }

    /// - Parameter figure: `Salary expenditure/LBHF`.
    /// - Throws: `Circumstance.usage` where the statement has no such figure.
    public func trail(_ figure: String) throws(Circumstance) -> Trail {
        let slashes = figure.indices.filter { figure[$0] == "/" }
        guard !slashes.isEmpty else {
            throw Circumstance.usage(
                "a figure is written as ROW/COLUMN, such as \"\(outturn.figureNames.first ?? "")\"")
        }
        // Labels may hold a slash, too.
        for slash in slashes.reversed() {
            let row = String(figure[..<slash]).trimmingBlanks
            let column = String(figure[figure.index(after: slash)...]).trimmingBlanks
            if let trail = outturn.trail(row, column) { return trail }
        }
        throw Circumstance.usage(
            "the statement has no figure \"\(figure)\"; \(Nearest.hint(figure, in: outturn.figureNames))")
    }

    /// Compares the statement, or the contributions by year, with a published table.
    ///
    /// - Throws: `Circumstance` where the table can't be opened.
    public func compare(_ path: String, format: AmountFormat) throws(Circumstance)
        -> (comparison: Comparison?, findings: [Finding])
    {
        let (tables, findings) = try FileFailure.asCircumstance { () throws(FileFailure) in
            try Table.readAll(FileContent(path: path), file: path)
        }
        guard !tables.isEmpty else { return (nil, findings) }
        return (PublishedTable.compare(tables, with: self, format: format), findings)
    }
}

extension String {
    var trimmingBlanks: String {
        var slice = self[...]
        while slice.first?.isWhitespace == true { slice.removeFirst() }
        while slice.last?.isWhitespace == true { slice.removeLast() }
        return String(slice)
    }
}
