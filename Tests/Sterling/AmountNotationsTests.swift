import Foundation
import Sterling
import Testing

/// `amount-notations.txt`: what people and systems write, and what it is.
@Suite struct AmountNotationsTests {
    static let rows: [(text: String, expected: String)] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "amount-notations.txt")
        let lines = try! String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("# ") }
        return lines.map { line in
            let bar = line.lastIndex(of: "|")!
            return (unescaped(line[..<bar]), String(line[line.index(after: bar)...]))
        }
    }()

    /// `\u{a0}` is that character.
    private static func unescaped(_ text: Substring) -> String {
        String(text).replacing(/\\u\{([0-9a-f]+)\}/) { String(UnicodeScalar(UInt32($0.1, radix: 16)!)!) }
    }

    @Test("There are at least 150 of them") func count() { #expect(Self.rows.count >= 150) }

    @Test("Each notation is read as the table says", arguments: rows)
    func notation(text: String, expected: String) {
        let seen =
            switch AmountReader.read(text) {
            case .amount(let amount, let marker):
                AmountFormat.exact(amount) + (marker == .credit ? " CR" : marker == .debit ? " DR" : "")
            case .blank: "blank"
            case .dash: "dash"
            case .notAvailable: "n/a"
            case .unreadable: "unreadable"
            }
        #expect(seen == expected, "\(text.debugDescription)")
    }
}
