import Agreements
import Findings
import Foundation
import Testing

/// The language's lines are one list; each of its lines is read, printed, explained and tried by it.
@Suite struct LineKindTests {
    @Test("An agreement with a line of each kind is read, printed and read again as the same") func roundTrip() throws {
        let (agreement, faults) = Agreement.parse(Agreement.languageExample, file: "agreement")
        #expect(!faults.hasErrors, "\(faults.map { "\($0.place?.description ?? "") \($0.message)" })")
        let printed = try #require(agreement).description
        let (again, ofPrinted) = Agreement.parse(printed, file: "agreement")
        #expect(!ofPrinted.hasErrors, "\(printed)")
        #expect(again == agreement)
        #expect(again?.description == printed)
        #expect(again?.clauses == agreement?.clauses)
    }

    @Test("Each kind of line is printed, and what it says is missed where it is taken out")
    func eachIsPrinted() throws {
        let whole = try #require(Agreement.parse(Agreement.languageExample, file: "agreement").agreement)
        for words in Agreement.languageKeywords {
            #expect(whole.description.split(separator: "\n").contains { Self.begins($0, words) }, "\(words)")
            let rest = Agreement.languageExample.split(separator: "\n").filter { !Self.begins($0, words) }
            let without = Agreement.parse(rest.joined(separator: "\n"), file: "agreement").agreement
            #expect(without != whole, "without its lines that begin with \(words) the agreement is the same")
        }
    }

    @Test("Help shows each kind of line") func help() {
        let lines = Agreement.languageHelp.split(separator: "\n")
        for words in Agreement.languageKeywords {
            #expect(lines.contains { Self.begins($0, words) }, "\(words)")
        }
    }

    @Test("The fuzzer's dictionary has a line of each kind") func dictionary() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fuzz/dictionaries/agreement.dict")
        let tokens = Agreement.languageExample.split(separator: "\n").map { "\($0)\n" } + ["1/3", "33.33%", "# ", "\n"]
        let wanted =
            "# Tokens for libFuzzer: a line of each kind that the language has.\n"
            + tokens.map { "\"\(Self.escaped($0))\"\n" }.joined()
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try wanted.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("the dictionary was written")
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == wanted)
    }

    private static func escaped(_ token: String) -> String {
        token.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "\""): "\\\""
            case 0x20..<0x7F: String(UnicodeScalar(byte))
            default: "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }

    @Test("An agreement that shares its surplus alone is told what else it needs") func sharedAlone() {
        let text = Agreement.languageExample.split(separator: "\n").filter { !$0.hasPrefix("surplus of each") }
            .joined(separator: "\n")
        let (agreement, faults) = Agreement.parse(text, file: "agreement")
        #expect(agreement == nil)
        #expect(faults.contains { $0.code == .declarationMissing && $0.message.contains("surplus") }, "\(faults)")
    }

    /// `surplus` begins `surplus of each member`, and not `surplus of the partnership`, which is a kind of its own;
    /// `succeeds` and `at` stand after a name.
    private static func begins(_ line: Substring, _ words: String) -> Bool {
        let line = line.drop { $0 == " " }
        if ["succeeds", "at"].contains(words) {
            return line.split(separator: " ").dropFirst().first == Substring(words)
        }
        guard line == words || line.hasPrefix(words + " ") else { return false }
        return !Agreement.languageKeywords.contains { other in
            other != words && other.hasPrefix(words + " ") && line.hasPrefix(other + " ")
        }
    }
}
