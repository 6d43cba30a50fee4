internal import Books
internal import Foundation
internal import Sheets
internal import Statements

/// Closes of years that were worked out before, in a folder of the user's own; losing it costs time and nothing else.
///
/// `OUTTURN_CACHE` names the folder, or says `off`; without it, it is `outturn` in `XDG_CACHE_HOME` or `~/.cache`.
/// A file is named for the digest of all that the close depends on, this very program among it.
struct CloseCache: Sendable {
    private let folder: String
    private let program: String

    private static let mostFiles = 2_000

    static let standard: CloseCache? = {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["OUTTURN_CACHE"] { return named == "off" ? nil : CloseCache(folder: named) }
        if let home = environment["XDG_CACHE_HOME"], home.hasPrefix("/") {
            return CloseCache(folder: home + "/outturn")
        }
        return environment["HOME"].flatMap { $0.hasPrefix("/") ? CloseCache(folder: $0 + "/.cache/outturn") : nil }
    }()

    /// - Returns: `nil` where the program can't tell itself from another version of it.
    init?(folder: String) {
        guard let mark = try? FileContent(path: "/proc/self/exe").mark else { return nil }
        self.folder = folder
        program = mark
    }

    private func path(_ key: Digest) -> String { "\(folder)/\(Digest(text: "\(program)\n\(key)")).json" }

    func close(_ key: Digest) -> YearClose? {
        guard let bytes = try? FileContent(path: path(key)).bytes() else { return nil }
        return try? JSONDecoder().decode(YearClose.self, from: Data(bytes))
    }

    /// What can't be kept is worked out again.
    func keep(_ close: YearClose, _ key: Digest) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let data = try? encoder.encode(close), FileManager.default.fileExists(atPath: folder) || makeFolder()
        else {
            return
        }
        forgetOldest()
        try? OutputFile.write(String(decoding: data, as: UTF8.self), to: path(key))
    }

    private func makeFolder() -> Bool {
        (try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])) != nil
    }

    private func forgetOldest() {
        let manager = FileManager.default
        guard let names = try? manager.contentsOfDirectory(atPath: folder), names.count >= Self.mostFiles else {
            return
        }
        let dated = names.filter { $0.hasSuffix(".json") }.map { name -> (name: String, date: Date) in
            let attributes = try? manager.attributesOfItem(atPath: folder + "/" + name)
            return (name, attributes?[.modificationDate] as? Date ?? .distantPast)
        }
        for file in dated.sorted(by: { $0.date < $1.date }).prefix(Self.mostFiles / 2) {
            try? manager.removeItem(atPath: folder + "/" + file.name)
        }
    }
}
