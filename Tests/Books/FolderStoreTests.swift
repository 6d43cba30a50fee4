@testable import Books
import Findings
import Foundation
import Glibc
import Sheets
import Testing

/// What only a folder on disk can come across.
@Suite struct FolderStoreTests {
    private let root = FileManager.default.temporaryDirectory.appending(path: "outturn-" + UUID().uuidString)

    private func withFolder(_ body: (FolderStore) throws -> Void) throws {
        try FileManager.default.createDirectory(
            at: root.appending(path: "2018-19/exports/ash"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        try write("a", "agreement")
        try body(FolderStore(path: root.path))
    }

    private func write(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: root.appending(path: path))
    }
    private func read(_ path: String) -> String? {
        try? String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    private func put(_ text: String, _ path: String, seen: String? = nil) throws -> BookChange {
        var change = BookChange()
        try change.put(
            FileContent(Array(text.utf8), name: path), at: #require(DocumentName(path)),
            seen: seen.map { Digest(text: $0) })
        return change
    }

    @Test("Pipes, dangling links and unreadable files are named, and nobody waits for them") func obstacles() throws {
        try withFolder { store in
            #expect(mkfifo(root.appending(path: "2018-19/budget.csv").path, 0o600) == 0)
            try FileManager.default.createSymbolicLink(
                atPath: root.appending(path: "2018-19/exports/ash/gone.csv").path, withDestinationPath: "nowhere")
            let snapshot = try store.snapshot()
            #expect(snapshot["2018-19/budget.csv"]?.obstacle == "it is a pipe or a device, not a file")
            #expect(snapshot["2018-19/exports/ash/gone.csv"]?.obstacle == "it is a link that leads nowhere")
            #expect(throws: FileFailure.self) { try snapshot["2018-19/budget.csv"]?.content() }
        }
    }

    @Test("What people and programs leave lying about is no document") func hidden() throws {
        try withFolder { store in
            for path in [".hidden", "2018-19/~$budget.xlsx", "2018-19/Thumbs.db", "2018-19/exports/.x.csv"] {
                try write("x", path)
            }
            #expect(try store.snapshot().documents.map(\.name.path) == ["agreement"])
        }
    }

    @Test("A document that is replaced after the snapshot is refused, not read as the other") func replaced() throws {
        try withFolder { store in
            try write("one", "2018-19/budget.csv")
            let document = try #require(try store.snapshot()["2018-19/budget.csv"])
            try write("another", "2018-19/budget.csv")
            #expect(throws: FileFailure.self) { try document.content() }
        }
    }

    @Test("No link is followed on the way to a document, and a link in its place is replaced") func links() throws {
        try withFolder { store in
            let outside = root.appending(path: "../outside-" + UUID().uuidString).standardizedFileURL
            try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: outside) }
            try FileManager.default.createSymbolicLink(
                atPath: root.appending(path: "2018-19/exports/elm").path, withDestinationPath: outside.path)
            let revision = try store.snapshot().revision
            #expect(throws: CommitFailure.self) {
                try store.commit(put("x", "2018-19/exports/elm/x.csv"), expecting: revision, key: CommitKey("1"))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path).isEmpty)
            // A link to somebody's file, in the place of a table.
            try Data("theirs".utf8).write(to: outside.appending(path: "victim"))
            try FileManager.default.createSymbolicLink(
                atPath: root.appending(path: "2018-19/budget.csv").path,
                withDestinationPath: outside.appending(path: "victim").path)
            try store.commit(
                put("mine", "2018-19/budget.csv", seen: "theirs"), expecting: revision, key: CommitKey("2"))
            #expect(try String(contentsOf: outside.appending(path: "victim"), encoding: .utf8) == "theirs")
            #expect(read("2018-19/budget.csv") == "mine")
        }
    }

    @Test("A change that was decided and not carried out is carried out by whoever comes next") func recovery() throws {
        try withFolder { store in
            try write("old", "2018-19/budget.csv")
            let staging = ".outturn-abcdefghijkl"
            try FileManager.default.createDirectory(
                at: root.appending(path: staging), withIntermediateDirectories: true)
            try write("new", staging + "/0")
            try write("list", staging + "/1")
            let plan = "put 0 2018-19/budget.csv\0put 1 2018-19/imports.csv\0drop 2018-19/gone.csv\0"
            try write(plan + "put 2 ../../outside\0put 0 /etc/outside\0", staging + "/plan")
            #expect(try store.snapshot()["2018-19/budget.csv"]?.text() == "new")
            #expect(read("2018-19/imports.csv") == "list")
            #expect(!FileManager.default.fileExists(atPath: root.appending(path: staging).path))
        }
    }

    @Test("A change that was stopped before it was decided leaves nothing") func undecided() throws {
        try withFolder { store in
            let staging = ".outturn-abcdefghijkl"
            try FileManager.default.createDirectory(
                at: root.appending(path: staging), withIntermediateDirectories: true)
            try write("new", staging + "/0")
            try write("put 0 2018-19/budget.csv\0", staging + "/draft")
            #expect(try store.snapshot()["2018-19/budget.csv"] == nil)
            try store.commit(
                put("1", "2018-19/opening.csv"), expecting: store.snapshot().revision, key: CommitKey("1"))
            #expect(read("2018-19/budget.csv") == nil)
            #expect(!FileManager.default.fileExists(atPath: root.appending(path: staging).path))
        }
    }

    @Test("An output is written whole, replaces a link by a file, and leaves a folder or a pipe alone") func outputs()
        throws
    {
        try withFolder { _ in
            let path = root.appending(path: "out.txt").path
            try write("theirs", "victim")
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "victim")
            try OutputFile.write("mine", to: path)
            #expect(read("victim") == "theirs" && read("out.txt") == "mine")
            #expect(mkfifo(path + ".pipe", 0o600) == 0)
            for special in [path + ".pipe", root.appending(path: "2018-19").path] {
                #expect(throws: Circumstance.self) { try OutputFile.write("x", to: special) }
            }
            #expect(throws: Circumstance.self) {
                try OutputFile.write(to: path) { _ throws(Circumstance) in throw .cannotWrite("no") }
            }
            #expect(read("out.txt") == "mine")
            let left = try FileManager.default.contentsOfDirectory(atPath: root.path).filter { $0.hasPrefix(".") }
            #expect(left.isEmpty)
        }
    }
}
