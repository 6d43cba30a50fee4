/// A header of several rows as one, as a map with `header rows` sees it.
enum HeaderRows {
    /// - Parameter rows: from above to below, each cell's text by its column.
    /// - Returns: by column, the texts above it and its own; an upper text stands for the empty cells to its right as
    ///   well, as one that is merged over them does.
    static func join(_ rows: [[Int: String]]) -> [Int: String] {
        guard rows.count > 1, let last = rows.last else { return rows.last ?? [:] }
        let columns = Set(rows.flatMap(\.keys)).sorted()
        let upper = rows.dropLast().map { row in row.sorted { $0.key < $1.key } }
        var joined: [Int: String] = [:]
        for column in columns {
            let above = upper.compactMap { row in row.last { $0.key <= column }?.value }
            joined[column] = (above + [last[column]].compactMap { $0 }).joined(separator: " ")
        }
        return joined
    }
}
