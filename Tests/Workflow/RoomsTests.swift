import Foundation
import Testing

/// `Package.swift` declares the arrows between rooms, and the sources draw them: they are the same.
@Suite struct RoomsTests {
    /// What comes with the toolchain is nobody's room.
    private static let toolchain: Set = ["Foundation", "FoundationEssentials", "Glibc", "Synchronization", "Dispatch"]
    /// How the package names what products call themselves.
    private static let products = [
        "bigInt": "BigInt", "yams": "Yams", "crypto": "Crypto", "mustache": "Mustache",
        "argumentParser": "ArgumentParser",
    ]

    /// `room("Ledger", ["Sterling", "Findings"])`, and the program itself.
    static func declared() throws -> [String: Set<String>] {
        let package = try String(contentsOf: Project.root.appending(path: "Package.swift"), encoding: .utf8)
        var rooms: [String: Set<String>] = [:]
        for match in package.matches(of: #/room\(\s*"(\w+)"(?:,\s*\[([^\]]*)\])?\s*\)/#) {
            rooms[String(match.1)] = names(String(match.2 ?? ""))
        }
        if let match = package.firstMatch(of: #/name: "outturn",\s*dependencies: \[([^\]]*)\]/#) {
            rooms["outturn"] = names(String(match.1))
        }
        return rooms
    }

    private static func names(_ list: String) -> Set<String> {
        Set(
            list.split(separator: ",").map { word in
                let word = word.trimmingCharacters(in: .whitespacesAndNewlines.union(.init(charactersIn: "\"")))
                return products[word] ?? word
            }.filter { !$0.isEmpty })
    }

    private static func imported(by room: String) throws -> Set<String> {
        let folder = Project.root.appending(path: "Sources/\(room)")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap {
            $0 as? URL
        }
        var modules: Set<String> = []
        for file in files ?? [] where file.pathExtension == "swift" {
            let source = try String(contentsOf: file, encoding: .utf8)
            for match in source.matches(of: #/(?m)^(?:public |internal |package )?import (\w+)$/#) {
                modules.insert(String(match.1))
            }
        }
        return modules.subtracting(toolchain)
    }

    @Test("A room imports what the package says, and nothing else") func arrows() throws {
        let declared = try Self.declared()
        #expect(declared.count >= 14, "the package's rooms were found")
        for (room, imports) in declared.sorted(by: { $0.key < $1.key }) {
            let actual = try Self.imported(by: room)
            let undeclared = actual.subtracting(imports).sorted(), unused = imports.subtracting(actual).sorted()
            #expect(actual == imports, "\(room): undeclared \(undeclared), unused \(unused)")
        }
    }
}
