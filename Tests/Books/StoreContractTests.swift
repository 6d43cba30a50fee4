@testable import Books
import Findings
import Foundation
import Sheets
import Testing

/// What every store that can be written to promises, tried on each of them.
@Suite struct StoreContractTests {
    enum Kind: String, CaseIterable { case memory, folder }

    private let root = FileManager.default.temporaryDirectory.appending(path: "outturn-" + UUID().uuidString)

    /// A new store of the kind with these documents in it.
    private func withStore(_ kind: Kind, _ texts: [String: String], _ body: (any WritableBookStore) throws -> Void)
        throws
    {
        switch kind {
        case .memory: try body(MemoryStore(texts))
        case .folder:
            defer { try? FileManager.default.removeItem(at: root) }
            for (path, text) in texts {
                let file = root.appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
            try body(FolderStore(path: root.path))
            let left = try FileManager.default.contentsOfDirectory(atPath: root.path).filter { $0.hasPrefix(".") }
            #expect(left.isEmpty, "nothing of the store's own is left behind: \(left)")
        }
    }

    private func name(_ path: String) throws -> DocumentName { try #require(DocumentName(path)) }

    private func texts(_ store: some BookStore) throws -> [String: String] {
        var texts: [String: String] = [:]
        for document in try store.snapshot().documents { texts[document.name.path] = try document.text() }
        return texts
    }

    private func put(_ text: String, _ path: String, seen: String?) throws -> BookChange {
        var change = BookChange()
        try change.put(
            FileContent(Array(text.utf8), name: path), at: name(path), seen: seen.map { Digest(text: $0) })
        return change
    }

    @Test(
        "A snapshot gives every document with its length and digest, and any part of its bytes",
        arguments: Kind.allCases)
    func snapshot(kind: Kind) throws {
        try withStore(kind, ["agreement": "a", "2018-19/exports/ash/x.csv": "Code,Amount\n"]) { store in
            let snapshot = try store.snapshot()
            #expect(snapshot.documents.map(\.name.path) == ["2018-19/exports/ash/x.csv", "agreement"])
            let export = try #require(snapshot["2018-19/exports/ash/x.csv"])
            #expect(export.byteCount == 12)
            #expect(try export.digest() == Digest(text: "Code,Amount\n"))
            #expect(try export.content().bytes() == Array("Code,Amount\n".utf8))
        }
    }

    @Test("A change is made whole: documents put, replaced and dropped", arguments: Kind.allCases)
    func change(kind: Kind) throws {
        try withStore(kind, ["agreement": "a", "maps/m.yaml": "old", "2018-19/exports/ash/x.csv": "x"]) { store in
            let before = try store.snapshot()
            var change = try put("new", "maps/m.yaml", seen: "old")
            try change.put(
                FileContent([1, 2, 3], name: "y"), at: name("2018-19/exports/elm/y.csv"), seen: nil)
            change.drop(try name("2018-19/exports/ash/x.csv"), seen: Digest(text: "x"))
            let receipt = try store.commit(change, expecting: before.revision, key: CommitKey("1"))
            let after = try store.snapshot()
            #expect(after.revision != before.revision)
            #expect(receipt.change == change.digest)
            #expect(
                try texts(store) == [
                    "agreement": "a", "maps/m.yaml": "new", "2018-19/exports/elm/y.csv": "\u{1}\u{2}\u{3}",
                ])
        }
    }

    @Test(
        "A document that isn't as its writer saw it is a conflict that names it, and nothing changes",
        arguments: Kind.allCases)
    func conflict(kind: Kind) throws {
        try withStore(kind, ["agreement": "a", "maps/m.yaml": "theirs"]) { store in
            let revision = try store.snapshot().revision
            for seen in ["what I saw", nil] {
                var change = try put("mine", "maps/m.yaml", seen: seen)
                try change.put(FileContent([], name: "b"), at: name("2018-19/budget.csv"), seen: nil)
                let failure = #expect(throws: CommitFailure.self) {
                    _ = try store.commit(change, expecting: revision, key: CommitKey("\(seen ?? "-")"))
                }
                guard case .conflict(let names)? = failure else {
                    Issue.record("no conflict but \(String(describing: failure))")
                    continue
                }
                #expect(names.map(\.path) == ["maps/m.yaml"])
            }
            #expect(try texts(store) == ["agreement": "a", "maps/m.yaml": "theirs"])
        }
    }

    @Test("Two changes of different documents merge, whatever revision they were made from", arguments: Kind.allCases)
    func merge(kind: Kind) throws {
        try withStore(kind, ["agreement": "a"]) { store in
            let revision = try store.snapshot().revision
            try store.commit(put("1", "2018-19/budget.csv", seen: nil), expecting: revision, key: CommitKey("1"))
            try store.commit(put("2", "2018-19/opening.csv", seen: nil), expecting: revision, key: CommitKey("2"))
            #expect(try texts(store) == ["agreement": "a", "2018-19/budget.csv": "1", "2018-19/opening.csv": "2"])
        }
    }

    @Test("A change sent again changes nothing and gives a receipt for the same change", arguments: Kind.allCases)
    func retry(kind: Kind) throws {
        try withStore(kind, ["agreement": "a"]) { store in
            let revision = try store.snapshot().revision, change = try put("1", "2018-19/budget.csv", seen: nil)
            let first = try store.commit(change, expecting: revision, key: CommitKey("1"))
            #expect(try store.commit(change, expecting: revision, key: CommitKey("1")) == first)
            #expect(try store.snapshot().revision == first.revision)
        }
    }

    @Test("A key that stands for another change is refused where keys are kept") func keyUsed() throws {
        let store = MemoryStore(["agreement": "a"]), revision = try store.snapshot().revision
        try store.commit(put("1", "2018-19/budget.csv", seen: nil), expecting: revision, key: CommitKey("k"))
        #expect(throws: CommitFailure.self) {
            try store.commit(put("2", "2018-19/opening.csv", seen: nil), expecting: revision, key: CommitKey("k"))
        }
        #expect(try texts(store) == ["agreement": "a", "2018-19/budget.csv": "1"])
    }

    /// Writers with snapshots of different age, against a dictionary that does what the protocol says.
    @Test("A thousand interleavings of commits end as the protocol says", arguments: Kind.allCases)
    func interleavings(kind: Kind) throws {
        let paths = ["agreement", "maps/m.yaml", "2018-19/budget.csv", "2018-19/exports/ash/x.csv"]
        var random = SeededGenerator(seed: 20_261_126)
        // A folder writes through to the disk each time; its thousand are made of fewer steps.
        for round in 0..<(kind == .memory ? 1_000 : 60) {
            var model = ["agreement": "a"]
            try withStore(kind, model) { store in
                // What each of three writers saw last.
                var seen = Array(repeating: (revision: try store.snapshot().revision, texts: model), count: 3)
                for step in 0..<12 {
                    let writer = Int.random(in: 0..<3, using: &random)
                    guard Int.random(in: 0..<3, using: &random) > 0 else {
                        seen[writer] = (try store.snapshot().revision, model)
                        continue
                    }
                    var change = BookChange(), next = model, stale: Set<String> = [], isDone = true
                    for path in Set((0..<2).map { _ in paths.randomElement(using: &random)! }) {
                        let was = seen[writer].texts[path]
                        let text: String? = was != nil && Bool.random(using: &random) ? nil : "\(round) \(step)"
                        if let text {
                            try change.put(
                                FileContent(Array(text.utf8), name: path), at: name(path),
                                seen: was.map { Digest(text: $0) })
                        } else {
                            change.drop(try name(path), seen: Digest(text: was!))
                        }
                        if model[path] != was { stale.insert(path) }
                        if model[path] != text { isDone = false }
                        next[path] = text
                    }
                    do throws(CommitFailure) {
                        _ = try store.commit(change, expecting: seen[writer].revision, key: CommitKey("\(step)"))
                        #expect(stale.isEmpty || isDone, "round \(round), step \(step)")
                        model = next
                    } catch {
                        guard case .conflict(let names) = error else { throw error }
                        #expect(Set(names.map(\.path)) == stale && !isDone, "round \(round), step \(step)")
                    }
                    #expect(try texts(store) == model, "round \(round), step \(step)")
                }
            }
        }
    }

    @Test("Eight writers at once lose nothing, and each list holds what all before it wrote") func manyAtOnce()
        async throws
    {
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        try Data("a".utf8).write(to: root.appending(path: "agreement"))
        let store = FolderStore(path: root.path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    for _ in 0..<1_000 {
                        let snapshot = try store.snapshot()
                        let list = try snapshot["2018-19/imports.csv"].map { try $0.text() }
                        var change = BookChange()
                        try change.put(
                            FileContent(Array("\(writer)".utf8), name: "f"),
                            at: #require(DocumentName("2018-19/exports/ash/\(writer).csv")), seen: nil)
                        try change.put(
                            FileContent(Array(((list ?? "") + "\(writer)\n").utf8), name: "l"),
                            at: #require(DocumentName("2018-19/imports.csv")), seen: list.map { Digest(text: $0) })
                        do throws(CommitFailure) {
                            try store.commit(change, expecting: snapshot.revision, key: CommitKey("\(writer)"))
                            return
                        } catch {
                            guard case .conflict = error else { throw error }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let list = try #require(try store.snapshot()["2018-19/imports.csv"]).text()
        #expect(list.split(separator: "\n").sorted() == (0..<8).map { "\($0)" })
    }
}

/// The same numbers for the same seed, on any machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
