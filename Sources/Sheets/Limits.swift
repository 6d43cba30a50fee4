/// What a file may hold. No export of a finance system comes near these; a hostile file does.
public enum Limits {
    /// Excel's grid.
    public static let rows = 1_048_576
    public static let columns = 16_384
    /// Excel's longest text, in UTF-16 units.
    public static let cellCharacters = 32_767
    /// libxml2's own cost grows with the square of a tag's length, so this is held before it sees one.
    public static let tagBytes = 8_192
    public static let depth = 64
    public static let attributes = 256
    /// libxml2 keeps every distinct name for the life of a parse.
    public static let names = 20_000
    /// Pushed to it in pieces, libxml2 looks at the whole of a comment or a CDATA section again and again.
    public static let runBytes = 1 << 20
    /// What one row's cells may hold in all.
    public static let rowBytes = 16 << 20
    /// A CSV field has no cell's limit of its own in any program, so a generous one.
    public static let fieldBytes = 1 << 20
    /// Rows with an amount in one import: as many of the largest amounts add up without overflow.
    public static let importedRows = 5_000_000
    /// An entity or a character reference, from `&` to `;`.
    static let referenceBytes = 64
    /// What is read at a time.
    static let chunkBytes = 256 << 10
}
