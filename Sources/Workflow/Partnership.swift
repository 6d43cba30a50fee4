public import Agreements
public import Books
public import Findings
public import Importing
public import Ledger

/// What a command works on: a partnership's documents, and the year that is meant.
public struct Partnership: Sendable {
    public let loader: BookLoader
    /// The year that the command means: the one named, or the folder's own, or the latest.
    public let year: FinancialYear
    let store: any WritableBookStore
    let states: YearStates

    public var agreement: Agreement { loader.book.agreement }
    /// Of the file that the agreement was read from: what an auditor's own sum of it comes to.
    public var agreementDigest: Digest { loader.book.documents.first { $0.name.role == .agreement }!.digest }
    public var maps: [ImportMap] { loader.book.maps }
    /// Errors of maps, which are then not among `maps`.
    public var mapFaults: [Finding] {
        loader.book.findings.filter { $0.severity == .error && $0.place?.file.hasPrefix("maps/") ?? false }
    }
    public var examples: [AgreementExample] { loader.book.examples }
    /// Of the agreement alone: notes and warnings, for with an error there is no partnership.
    public var agreementFindings: [Finding] { loader.book.agreementFindings }
    /// The years there are, ascending.
    public var years: [FinancialYear] { loader.years }

    /// - Parameters:
    ///   - path: a partnership's folder, or a year's folder inside one.
    ///   - wanted: a year by name.
    ///   - needsYear: whether a partnership without any year is of no use.
    /// - Throws: `Circumstance`; `.findings` where the agreement can't be used.
    public init(path: String, year wanted: String? = nil, needsYear: Bool = true) throws(Circumstance) {
        let (store, own) = try FolderStore.locate(path)
        try self.init(
            store, name: path, year: wanted, own: own.flatMap { FinancialYear(written: $0) }, needsYear: needsYear)
    }

    /// - Parameters:
    ///   - store: any store of documents.
    ///   - name: what messages call it.
    public init(_ store: some WritableBookStore, name: String = "the book", year wanted: String? = nil)
        throws(Circumstance)
    {
        try self.init(store, name: name, year: wanted, own: nil, needsYear: true)
    }

    private init(
        _ store: some WritableBookStore, name: String, year wanted: String?, own: FinancialYear?, needsYear: Bool
    ) throws(Circumstance) {
        self.store = store
        loader = try BookLoader(store, name: name)
        states = YearStates(loader)
        guard let latest = loader.years.last ?? (needsYear ? nil : FinancialYear(startYear: 2000)) else {
            throw Circumstance.missing("\(name) has no year's folder, such as 2018-19")
        }
        guard let wanted else {
            year = own ?? latest
            return
        }
        guard let year = FinancialYear(written: wanted) else {
            throw Circumstance.usage("\"\(wanted)\" is no year; write it as 2018-19")
        }
        guard loader.years.contains(year) else {
            let names = loader.years.map(\.description).joined(separator: ", ")
            throw Circumstance.missing("\(name) has no folder for \(year); there are: \(names)")
        }
        self.year = year
    }

    private init(_ other: Partnership, year: FinancialYear) {
        (loader, store, states) = (other.loader, other.store, other.states)
        self.year = year
    }

    /// The same documents, another of their years; what was read of them is kept.
    ///
    /// - Precondition: the partnership has that year.
    public func with(year: FinancialYear) -> Partnership {
        precondition(years.contains(year), "a year that is there")
        return Partnership(self, year: year)
    }
}
