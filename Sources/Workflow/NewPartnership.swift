internal import FoundationEssentials
internal import Glibc
public import Ledger
internal import Templates

/// `outturn new`: a commented folder that runs as it is.
public enum NewPartnership {
    /// - Returns: the files to write, in order, by path inside the folder.
    public static func files(year: FinancialYear) -> [(path: String, text: String)] {
        func dated(_ file: EmbeddedFile) -> String {
            file.text.split(separator: "YYYY", omittingEmptySubsequences: false).joined(separator: "\(year.startYear)")
                .split(separator: "ZZZZ", omittingEmptySubsequences: false).joined(separator: "\(year.startYear + 1)")
        }
        return [
            ("agreement", EmbeddedFile.newAgreement.text),
            ("maps/plain-list.yaml", EmbeddedFile.newMap.text),
            ("\(year)/opening.csv", dated(.newOpening)),
            ("\(year)/budget.csv", dated(.newBudget)),
            ("\(year)/explanations.csv", dated(.newExplanations)),
            ("\(year)/exports/northshire/illustrative.csv", dated(.newNorth)),
            ("\(year)/exports/southshire/illustrative.csv", dated(.newSouth)),
        ]
    }

    /// - Throws: `Circumstance.cannotWrite`, also where the folder already holds something.
    public static func write(to path: String, year: FinancialYear) throws {
        let isEmpty = try Folder(path: path).names().isEmpty
        guard isEmpty else {
            throw Circumstance.cannotWrite("\(path) is not empty; name a folder that isn't there yet")
        }
        for (file, text) in files(year: year) { try Output.write(text, to: path + "/" + file) }
    }
}

/// Files written whole or not at all.
public enum Output {
    /// - Throws: `Circumstance.cannotWrite`, also where the file is already there.
    public static func write(_ text: String, toNew path: String) throws(Circumstance) {
        guard !Folder.exists(path) else {
            throw .cannotWrite("\(path) is already there; name another, or take it away")
        }
        try write(text, to: path)
    }

    /// - Parameter make: writes the file under the name it is given, which becomes `path` once it is whole.
    public static func write(to path: String, _ make: (String) throws(Circumstance) -> Void) throws(Circumstance) {
        let partial = path + ".partial"
        do { try makeFolder(of: path) } catch { throw .cannotWrite("\(path) can't be written") }
        do { try make(partial) } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
        guard rename(partial, path) == 0 else {
            try? FileManager.default.removeItem(atPath: partial)
            throw .cannotWrite("\(path) can't be written")
        }
    }

    private static func makeFolder(of path: String) throws {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
        try FileManager.default.createDirectory(atPath: String(path[..<slash]), withIntermediateDirectories: true)
    }

    public static func write(_ text: String, to path: String) throws(Circumstance) {
        do {
            try makeFolder(of: path)
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw .cannotWrite("\(path) can't be written")
        }
    }
}
