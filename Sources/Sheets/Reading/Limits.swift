internal import Findings

/// What a file may hold. No export of a finance system comes near these; a hostile file does.
public enum Limits {
    // MARK: Sheets

    /// Excel's grid.
    public static let rows = 1_048_576
    public static let columns = 16_384
    /// Excel's longest text, in UTF-16 units.
    public static let cellCharacters = 32_767
    /// What repeats may add: an OpenDocument row of 172 bytes can claim 17,000,000,000 cells.
    public static let repeatedCells = 5_000_000
    /// A workbook's sheets. Each costs a name and a finding or two, and a person could not look at more.
    public static let sheets = 1_000
    /// The merged ranges of a sheet that are kept, at 32 bytes each.
    public static let merges = 100_000
    /// What a workbook's table of texts may take in memory: a million rows with a description of 50
    /// letters each need 60 MB.
    public static let sharedTextBytes = 128 << 20
    /// Cell formats of a workbook; Excel itself stops at 65,490.
    public static let formats = 65_536
    /// A kind of fault is reported so many times; what follows would bury the rest.
    static let findings = 1_000

    // MARK: XML

    /// libxml2's own cost grows with the square of a tag's length, so this is held before it sees one.
    public static let tagBytes = 8_192
    /// Elements inside one another.
    public static let depth = 64
    /// Of one element.
    public static let attributes = 256
    /// libxml2 keeps every distinct name for the life of a parse.
    public static let names = 20_000
    /// Pushed to it in pieces, libxml2 looks at the whole of a comment or a CDATA section again and again.
    public static let runBytes = 1 << 20
    /// What one row's cells may hold in all.
    public static let rowBytes = 16 << 20
    /// An entity or a character reference, from `&` to `;`.
    static let referenceBytes = 64

    // MARK: ZIP

    /// A workbook has some dozens; every entry is looked at before any is inflated.
    public static let entries = 1_000
    /// The directory of so many entries with the longest sensible names.
    public static let directoryBytes = 1 << 20
    /// Of a part that is read as a stream: a sheet of a million rows by twelve has 500 MB of XML as xlsx
    /// and 1,200 MB as OpenDocument.
    public static let entryBytes = 2 << 30
    /// Of all parts that are inflated, counted while they are.
    public static let inflatedBytes = 4 << 30
    /// A part inflates to so many times its size at most, once `freeInflatedBytes` have come out.
    /// Deflate's own bound is 1,032; rows of a ledger come to 10 to 30.
    public static let inflationRatio = 100
    /// What a part may inflate to, however small it is.
    public static let freeInflatedBytes = 10 << 20

    // MARK: Others

    /// A CSV field has no cell's limit of its own in any program, so a generous one.
    public static let fieldBytes = 1 << 20
    /// Rows with an amount in one import: as many of the largest amounts add up without overflow.
    public static let importedRows = 5_000_000
    /// What is read or inflated at a time.
    static let chunkBytes = 256 << 10
}

extension Finding {
    /// - Parameter what: what the file has more of than a limit allows: `16384 columns`.
    static func limitPassed(_ what: String, at place: Place) -> Finding {
        Finding(
            .limitPassed, at: place, "the file has more than \(what)",
            hint: "no export needs that: have it exported again")
    }
}
