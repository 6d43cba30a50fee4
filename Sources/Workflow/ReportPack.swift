internal import Findings
internal import FoundationEssentials
internal import Ledger
public import Rendering
internal import Statements
public import Sterling

/// The pack that an annual report is made from: for each year the statement and its parts in all forms, an
/// index page, and the checksums of all files.
///
///     FOLDER/index.html, checksums.sha256
///     FOLDER/2018-19/statement.pdf .xlsx .ods .html .csv .json .txt
///     FOLDER/2018-19/contributions.html .csv .json .txt   and variances, reserves, notes
public struct ReportPack {
    private let partnership: String
    private let years: [String]
    private let format: AmountFormat
    private let rounding: StatementDocument.Rounding
    private let forms: [StatementForm]

    /// - Parameters:
    ///   - path: a partnership's folder, or a year's.
    ///   - count: how many years up to that one; fewer where there are fewer.
    public init(_ path: String, year: String?, years count: Int, format: AmountFormat, rounding: StatementDocument.Rounding, forms: [StatementForm]) throws {
        let partnership = try Partnership(path: path, year: year)
        self.partnership = path
        years = partnership.years.filter { $0 <= partnership.year }.suffix(count).map(\.description)
        self.format = format
        self.rounding = rounding
        self.forms = forms
    }

    /// An earlier pack's files, as its checksums list them, so that none of them outlives it.
    private func removeEarlier(_ existing: [String], _ folder: String) throws {
        guard existing.contains("checksums.sha256") else { return }
        for line in try Folder.text(folder + "/checksums.sha256").split(separator: "\n") {
            let path = String(line.drop { $0 != " " }.drop { $0 == " " })
            guard !path.isEmpty, !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else { continue }
            try? FileManager.default.removeItem(atPath: "\(folder)/\(path)")
        }
        try? FileManager.default.removeItem(atPath: folder + "/checksums.sha256")
    }

    public var steps: Int { years.count }

    /// - Parameter done: told after each year.
    /// - Returns: how many files were written, and whether a statement has errors.
    public func write(to folder: String, done: () -> Void) throws -> (files: Int, hasErrors: Bool) {
        let existing = try Folder(path: folder).names()
        guard existing.isEmpty || existing.contains("checksums.sha256") else { throw Circumstance.cannotWrite("\(folder) is not empty, and no earlier pack; name another folder") }
        if forms.contains(.pdf) { try PDFEngine.check() }
        try removeEarlier(existing, folder)
        var packed: [(document: StatementDocument, files: [ReportIndex.File])] = [], hasErrors = false, last: YearWork?
        for year in years {
            let work = try YearWork(try Partnership(path: partnership, year: year))
            let layout = try work.partnership.layout()
            let document = work.document(format, rounding: rounding)
            hasErrors = hasErrors || work.findings.hasErrors
            var files: [ReportIndex.File] = []
            for form in forms {
                let path = "\(year)/statement.\(form.ending)"
                try form.write(document, layout, to: "\(folder)/\(path)")
                files.append(ReportIndex.File(title: "Statement", form: form.ending, path: path))
            }
            for part in ReportPart.allCases {
                guard let own = document.part(part) else { continue }
                for form in forms {
                    let text: String
                    switch form {
                    case .text: text = own.text
                    case .csv: text = own.csv
                    case .json: text = own.json.text
                    case .html: text = own.html
                    // Those of the statement hold every part on a sheet or under a heading of its own.
                    case .pdf, .xlsx, .ods: continue
                    }
                    let path = "\(year)/\(part.rawValue).\(form.ending)"
                    try Output.write(text, to: "\(folder)/\(path)")
                    files.append(ReportIndex.File(title: part.title, form: form.ending, path: path))
                }
            }
            packed.append((document, files))
            last = work
            done()
        }
        guard let last else { return (0, false) }
        var further: [String] = []
        if packed.count > 1 {
            let table = PaperTables.years(last.yearsSideBySide, unit: format)
            for (ending, text) in [("txt", table.text(format)), ("csv", table.csv), ("json", table.json.text)] where forms.contains(where: { $0.ending == ending }) {
                try Output.write(text, to: "\(folder)/years.\(ending)")
                further.append("years.\(ending)")
            }
        }
        try Output.write(ReportIndex.html(packed, sideBySide: last.yearsSideBySide), to: "\(folder)/index.html")
        let all = ["index.html"] + further + packed.flatMap(\.files).map(\.path)
        let sums = try all.map { "\(try Folder.digest(of: "\(folder)/\($0)"))  \($0)\n" }
        try Output.write(sums.joined(), to: "\(folder)/checksums.sha256")
        return (all.count + 1, hasErrors)
    }
}
