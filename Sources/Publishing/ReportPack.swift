internal import Books
public import Findings
internal import FoundationEssentials
internal import Ledger
public import Rendering
internal import Sheets
public import Sterling
internal import Workflow

/// The pack that an annual report is made from: for each year the statement and its parts in all forms, an
/// index page, and the checksums of all files.
///
///     FOLDER/index.html, checksums.sha256
///     FOLDER/years.pdf .xlsx .ods .html .csv .json .txt
///     FOLDER/2018-19/statement.pdf ... and contributions, variances, reserves, notes, in as many
public struct ReportPack {
    private let partnership: Partnership
    private let years: [FinancialYear]
    private let format: AmountFormat
    private let rounding: StatementDocument.Rounding
    private let forms: [StatementForm]

    /// - Parameters:
    ///   - path: a partnership's folder, or a year's.
    ///   - count: how many years up to that one; fewer where there are fewer.
    public init(
        _ path: String, year: String?, years count: Int, format: AmountFormat, rounding: StatementDocument.Rounding,
        forms: [StatementForm]
    ) throws(Circumstance) {
        let partnership = try Partnership(path: path, year: year)
        self.partnership = partnership
        years = partnership.years.filter { $0 <= partnership.year }.suffix(count)
        self.format = format
        self.rounding = rounding
        self.forms = forms
    }

    public var steps: Int { years.count }

    /// - Parameter done: called after each year.
    /// - Returns: how many files were written, and whether a statement has errors.
    public func write(to path: String, done: () -> Void) throws(Circumstance) -> (files: Int, hasErrors: Bool) {
        var folder = path
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        let earlier = try earlierPack(in: folder)
        if forms.contains(.pdf) { try PDFEngine.check() }
        let parent = folder.contains("/") ? String(folder[..<folder.lastIndex(of: "/")!]) + "/" : "."
        // Made beside the folder and moved there when it is whole: a pack is never half of one and half of another.
        do { try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true) } catch {
            throw Circumstance.cannotWrite("\(folder) can't be written")
        }
        return try OutputFile.withPrivateFolder(in: parent) { partial throws(Circumstance) in
            let (files, hasErrors) = try make(in: partial, done)
            try move(files, from: partial, to: folder, insteadOf: earlier)
            return (files.count, hasErrors)
        }
    }

    private func move(_ files: [String], from partial: String, to folder: String, insteadOf earlier: [String])
        throws(Circumstance)
    {
        for path in earlier { try? FileManager.default.removeItem(atPath: "\(folder)/\(path)") }
        for path in files {
            do {
                let target = URL(filePath: "\(folder)/\(path)")
                try FileManager.default.createDirectory(
                    at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
                try FileManager.default.moveItem(at: URL(filePath: "\(partial)/\(path)"), to: target)
            } catch { throw Circumstance.cannotWrite("\(folder)/\(path) can't be written") }
        }
    }

    /// The files of a pack that is there already, as its checksums list them; nothing else is ever taken away.
    private func earlierPack(in folder: String) throws(Circumstance) -> [String] {
        if FolderStore.isEmpty(folder) { return [] }
        let sums = try? FileContent(path: folder + "/checksums.sha256").bytes()
        let listed = String(decoding: sums ?? [], as: UTF8.self).split(separator: "\n").map {
            String($0.drop { $0 != " " }.drop { $0 == " " })
        }
        guard listed.contains("index.html"), listed.allSatisfy(isOfPack) else {
            throw Circumstance.cannotWrite("\(folder) is not empty, and no earlier pack; name another folder")
        }
        return listed + ["checksums.sha256"]
    }

    /// `index.html`, `years.csv`, `2018-19/statement.pdf`
    private func isOfPack(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let name = parts.last, name.filter({ $0 == "." }).count == 1,
            name.allSatisfy({ $0.isLetter || $0 == "." })
        else { return false }
        return parts.count == 1 || parts.count == 2 && FinancialYear(written: parts[0]) != nil
    }

    /// - Returns: the files by their paths in the folder, the checksums last.
    private func make(in folder: String, _ done: () -> Void) throws(Circumstance) -> (files: [String], hasErrors: Bool)
    {
        var packed: [(document: StatementDocument, files: [ReportIndex.File])] = [], further: [ReportIndex.File] = [],
            hasErrors = false
        for year in years {
            let work = try YearWork(partnership.with(year: year))
            let layout = try work.partnership.layout()
            let document = work.document(format, rounding: rounding)
            hasErrors = hasErrors || work.findings.hasErrors
            var files: [ReportIndex.File] = []
            for form in forms {
                let path = "\(year)/statement.\(form.ending)"
                try form.write(document, layout, to: "\(folder)/\(path)")
                files.append(ReportIndex.File(title: "Statement", form: form.ending, path: path))
            }
            for part in document.reportParts { files += try write(part, "\(year)/", in: folder) }
            packed.append((document, files))
            if year == years.last, years.count > 1 {
                further = try write(document.part(work.yearsSideBySide), "", in: folder)
            }
            done()
        }
        try OutputFile.write(ReportIndex.html(packed, further: further), to: "\(folder)/index.html")
        let all = ["index.html"] + (further + packed.flatMap(\.files)).map(\.path)
        let sums = try FileFailure.asCircumstance { () throws(FileFailure) in
            try all.map { path throws(FileFailure) in
                "\(try Digest(of: FileContent(path: "\(folder)/\(path)")))  \(path)\n"
            }
        }
        try OutputFile.write(sums.joined(), to: "\(folder)/checksums.sha256")
        return (all + ["checksums.sha256"], hasErrors)
    }

    private func write(_ part: ReportPart, _ prefix: String, in folder: String) throws(Circumstance) -> [ReportIndex
        .File]
    {
        try forms.map { form throws(Circumstance) in
            let path = "\(prefix)\(part.key).\(form.ending)"
            try form.write(part, to: "\(folder)/\(path)")
            return ReportIndex.File(title: part.title, form: form.ending, path: path)
        }
    }
}
