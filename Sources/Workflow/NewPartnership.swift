internal import Books
public import Findings
public import Ledger
internal import Sheets
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
    public static func write(to path: String, year: FinancialYear) throws(Circumstance) {
        guard FolderStore.isEmpty(path) else {
            throw Circumstance.cannotWrite("\(path) is not empty; name a folder that isn't there yet")
        }
        let isNew = !FolderStore.exists(path)
        do throws(Circumstance) {
            let store = try FolderStore.make(at: path), revision = try store.snapshot().revision
            var change = BookChange()
            for (file, text) in files(year: year) {
                guard let name = DocumentName(file) else { preconditionFailure("\(file) is a document") }
                try FileFailure.asCircumstance { () throws(FileFailure) in
                    try change.put(FileContent(Array(text.utf8), name: file), at: name, seen: nil)
                }
            }
            do throws(CommitFailure) { try store.commit(change, expecting: revision, key: CommitKey("new")) } catch {
                throw error.circumstance
            }
        } catch {
            if isNew { FolderStore.removeIfEmpty(path) }
            throw error
        }
    }
}
