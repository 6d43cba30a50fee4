public import Findings
internal import Importing
public import Ledger
public import Sheets

/// Reads one snapshot of a partnership's documents, each year at most once.
///
/// Safe to share: who asks for a year that another is reading waits for that reading (single flight). At most
/// `mostYears` years are held; a year's close is small, and is kept elsewhere.
public final class BookLoader: Sendable {
    /// The documents as they were when the loader was made; whatever changes later is not in it.
    public let snapshot: BookSnapshot
    public let book: PartnershipBook
    /// The years there are, ascending.
    public let years: [FinancialYear]
    /// Their folders' names.
    private let folders: [FinancialYear: String]
    private let inputs: SharedCache<FinancialYear, YearInputs>

    /// A pack of ten years needs one at a time; a web server two or three.
    private static let mostYears = 3

    /// - Parameter name: what messages call the book.
    /// - Throws: `Circumstance`; `.findings` where the agreement can't be used.
    public init(_ store: some BookStore, name: String = "the book") throws(Circumstance) {
        snapshot = try store.snapshot()
        book = try PartnershipBook(snapshot)
        var folders: [FinancialYear: String] = [:]
        for folder in snapshot.documents.map(\.name.folder) + snapshot.folders {
            guard let year = FinancialYear(written: folder) else { continue }
            if let other = folders[year], other != folder {
                let two = [other, folder].sorted().joined(separator: " and ")
                throw .badData("\(name) has two folders for one year: \(two)")
            }
            folders[year] = folder
        }
        years = folders.keys.sorted()
        self.folders = folders
        inputs = SharedCache(limit: Self.mostYears)
    }

    /// A year's documents, read. What can't be read is among its findings.
    public func inputs(of year: FinancialYear) -> YearInputs {
        inputs.value(for: year) {
            var reader = YearInputsReader(book, year, snapshot)
            return reader.inputs()
        }
    }

    /// The name of a year's folder, as it is or would be: `2018-19`.
    public func folder(of year: FinancialYear) -> String { folders[year] ?? year.description }

    /// SHA-256 over the names and digests of all that the partnership has decided and all that lies in a year's
    /// folder: two years with the same key read the same.
    ///
    /// - Throws: `FileFailure` where a document can't be read.
    public func key(of year: FinancialYear) throws(FileFailure) -> Digest {
        let own = snapshot.documents.filter { $0.name.year == year }
        let lines =
            try book.documents.map { "\($0.name) \($0.digest)" }
            + own.map { document throws(FileFailure) in
                if let obstacle = document.obstacle { return "\(document.name) \(obstacle)" }
                return "\(document.name) \(try document.digest())"
            }
        return Digest(text: (["\(year)"] + lines).joined(separator: "\n"))
    }
}
