/// CSV by RFC 4180, with CRLF line ends.
enum CSVWriter {
    enum Field {
        case text(String)
        /// Digits that stay a number for the program that opens the file.
        case number(String)
    }

    static func text(_ rows: [[Field]]) -> String {
        rows.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
    }

    static func field(_ field: Field) -> String {
        switch field {
        case .number(let digits): return digits
        case .text(var text):
            // A spreadsheet program would run such a text as a formula.
            if let first = text.first, "=+-@\t\r".contains(first) { text = "'" + text }
            guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
            return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }
    }
}
