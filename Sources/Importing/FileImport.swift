public import Sterling
public import Ledger
public import Findings
public import Sheets

/// What one export became. Every data row is a posting, excluded with its reason, in suspense, or
/// refused with a finding; counts and sums of all of them add up to the file's.
///
/// Sums are as a ledger has them: debits above zero.
public struct FileImport: Sendable {
    public let file: String
    public let ledgerOf: Name<Member>
    /// The name of the map that fits; `nil` where none does.
    public internal(set) var map: String?
    /// Those in suspense, too; empty once `takePostings` has handed them over.
    public internal(set) var postings = Postings()
    /// Of its rows the first 10,000, and of each code the first hundred; then for each code that has further ones a
    /// finding that counts them; and what was found in reading its cells.
    public internal(set) var findings: [Finding] = []
    /// How many further ones there are of a code.
    public internal(set) var further: [Finding.Code: Int] = [:]

    /// Rows and the sum of their amounts. Where each period has a column, a row counts once for each that holds an
    /// amount.
    public struct Tally: Sendable {
        public internal(set) var rows = 0
        public internal(set) var sum = Money.zero

        mutating func add(_ amount: Money) {
            rows += 1
            sum += amount
        }
    }

    /// The rows that were excluded for one reason.
    public struct Excluded: Sendable {
        public let reason: String
        public internal(set) var tally: Tally
    }

    /// Rows posted to what their codes stand for.
    public internal(set) var posted = Tally()
    /// Rows posted to suspense, because their code or member concerned isn't known.
    public internal(set) var suspense = Tally()
    /// In the order first met.
    public internal(set) var excluded: [Excluded] = []
    /// Rows with a finding instead of an amount.
    public internal(set) var refused = 0
    /// Titles, page headings and other rows of text that hold no amount.
    public internal(set) var withoutAmount = 0
    /// Rows posted, in suspense and excluded; those refused are counted beside them.
    public internal(set) var all = Tally()
    /// Rows that are the header again, as at the top of a page.
    public internal(set) var pageHeaders = 0
    /// Sub-totals that are what the rows above them add up to.
    public internal(set) var subtotalsAgreed = 0
    /// Those that are not; each has a finding.
    public internal(set) var subtotalsDiffering = 0
    /// Rows whose running balance is the one before it and their amount; each that isn't has a finding.
    public internal(set) var balancesAgreed = 0
    /// What the file prints as its total; `nil` where the map names none or none was found.
    public internal(set) var controlTotal: Money?
    /// The reserve's own balance-sheet code: what was brought forward in P0, and the balance.
    public internal(set) var reserveBroughtForward: Money?
    /// The same code over all periods; either is credit as above zero, and `nil` where the file has no such row.
    public internal(set) var reserveBalance: Money?

    /// Whether the file was read from end to end by one map, as whoever read it says.
    public internal(set) var isReadWhole = false

    init(file: String, ledgerOf: Name<Member>) {
        self.file = file
        self.ledgerOf = ledgerOf
    }

    /// Hands the postings over to the ledger, so that a large year is held once.
    public mutating func takePostings() -> Postings {
        defer { postings = Postings() }
        return postings
    }

    /// A file that could not be read whole stands in no figure and in no count.
    mutating func withdraw() {
        (postings, excluded) = (Postings(), [])
        (posted, suspense, all) = (Tally(), Tally(), Tally())
        (reserveBalance, reserveBroughtForward, controlTotal) = (nil, nil, nil)
        (refused, withoutAmount, pageHeaders, subtotalsAgreed, subtotalsDiffering) = (0, 0, 0, 0, 0)
    }

    mutating func exclude(_ reason: String, _ amount: Money) {
        let index =
            excluded.firstIndex { $0.reason == reason }
            ?? {
                excluded.append(Excluded(reason: reason, tally: Tally()))
                return excluded.count - 1
            }()
        excluded[index].tally.add(amount)
    }

    /// Imports a file by the one map that fits it.
    ///
    /// - Parameter preferred: the name of the map that decides where several fit.
    /// - Throws: `FileFailure` where the file can't be opened.
    public static func run(
        _ content: FileContent, file: String, ledgerOf: Name<Member>, maps: [ImportMap], chart: Chart,
        year: FinancialYear, preferred: String? = nil
    ) throws(FileFailure) -> FileImport {
        let importer = Importer(
            FileImport(file: file, ledgerOf: ledgerOf), maps: maps, chart: chart, year: year, preferred: preferred)
        let report = try SheetReader.read(content, name: file, into: importer)
        return importer.finish(report)
    }
}
