public import Checks
public import Findings
internal import Importing
internal import Ledger
public import Rendering
internal import Sharing
public import Statements
public import Sterling

/// What a user does with a year, once for every way of asking: state, check, compare, explain.
public struct YearWork {
    public let partnership: Partnership
    public let books: Books
    public let outturn: Outturn
    public let checks: [(title: String, result: CheckResult)]
    /// Of reading and checking, worst first.
    public let findings: [Finding]
    private let earlier: [Outturn]
    /// SHA-256 of the year's books, and of the earlier ones that the statement also shows.
    private let digest: String

    /// - Parameter upTo: a period by name, such as `P9`; `nil` is the whole year.
    public init(_ partnership: Partnership, upTo period: String? = nil) throws {
        var upTo: Period?
        if let period {
            guard let parsed = Period(written: period) else {
                throw Circumstance.usage("\"\(period)\" is no accounting period; write P1 to P16, April being P1")
            }
            upTo = parsed
        }
        for year in partnership.years where year <= partnership.year {
            let faults = partnership.agreement.faults(in: year, file: "agreement")
            if !faults.isEmpty { throw Circumstance.findings(faults) }
        }
        let books = try partnership.books(of: partnership.year)
        var earlierErrors: [Finding] = []
        var earlierDigests: [String] = []
        earlier = try partnership.years.filter { $0 < partnership.year }.map { year in
            let books = try partnership.books(of: year)
            // What can't be read of an earlier year makes the comparison with it wrong.
            earlierErrors += books.findings.filter {
                $0.severity == .error && $0.place?.file.hasPrefix("\(year)/") == true
            }
            earlierDigests.append("\(year) \(books.digest)")
            return Outturn(agreement: partnership.agreement, ledger: books.ledger)
        }
        digest =
            earlierDigests.isEmpty
            ? books.digest : Folder.digest(text: (earlierDigests + [books.digest]).joined(separator: "\n"))
        let outturn = Outturn(agreement: partnership.agreement, ledger: books.ledger, upTo: upTo)
        let lastYear = earlier.last { $0.ledger.year == partnership.year.previous }
        checks = Checks.run(
            CheckedYear(
                outturn: outturn, imports: books.imports, printedTotals: books.printedTotals, lastYear: lastYear,
                examples: partnership.examples))
        // A row without a known code is an error while it lies in suspense; a journal that clears it mends it.
        let cleared = Set(outturn.members.map(\.name).filter { outturn.sharing.isSuspenseClear(of: $0) })
        let mended = Set(books.imports.filter { cleared.contains($0.ledgerOf) && $0.suspense.rows > 0 }.map(\.file))
        let ofBooks = books.findings.filter { finding in
            !([.codeUnknown, .memberConcernedUnknown].contains(finding.code)
                && mended.contains(finding.place?.file ?? ""))
        }
        findings = (ofBooks + earlierErrors + checks.flatMap(\.result.findings)).inOrder()
        self.partnership = partnership
        self.books = books
        self.outturn = outturn
    }

    public var contributions: ContributionTable { ContributionTable(earlier + [outturn]) }

    /// Last year whole, and to the same period: the profile by which a forecast may go.
    public func lastYearToDate() throws -> (whole: Outturn, toDate: Outturn)? {
        guard let whole = earlier.last(where: { $0.ledger.year == partnership.year.previous }) else { return nil }
        return (whole, Outturn(agreement: partnership.agreement, ledger: whole.ledger, upTo: outturn.upTo))
    }

    /// What the year's members are billed by quarter.
    public var bills: QuarterlyBills { QuarterlyBills(agreement: partnership.agreement, ledger: books.ledger) }

    public func document(_ format: AmountFormat, rounding: StatementDocument.Rounding = .independent)
        -> StatementDocument
    {
        StatementDocument(
            outturn: outturn, variances: BudgetVariances(outturn), contributions: contributions, imports: books.imports,
            checks: checks,
            findings: findings, illustrative: books.illustrative, digest: digest, earlier: earlier, format: format,
            rounding: rounding)
    }

    /// The statement's rows of all years up to this one, side by side.
    public var yearsSideBySide: YearsSideBySide { YearsSideBySide(earlier + [outturn]) }

    /// - Parameter figure: `Salary expenditure/LBHF`.
    public func trail(_ figure: String) throws -> Trail {
        guard let slash = figure.lastIndex(of: "/") else {
            throw Circumstance.usage(
                "a figure is written as ROW/COLUMN, such as \"\(outturn.figureNames.first ?? "")\"")
        }
        let row = String(figure[..<slash]).trimmingBlanks,
            column = String(figure[figure.index(after: slash)...]).trimmingBlanks
        guard let trail = outturn.trail(row, column) else {
            throw Circumstance.usage(
                "the statement has no figure \"\(figure)\"; \(Nearest.hint(figure, in: outturn.figureNames))")
        }
        return trail
    }

    /// Compares the statement, or the contributions by year, with a published table.
    public func compare(_ path: String, format: AmountFormat) throws -> (comparison: Comparison?, findings: [Finding]) {
        let (table, findings) = try Table.read(path: path, file: path)
        guard let table else { return (nil, findings) }
        return (PublishedTable(table, format: format).compare(with: self), findings)
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
