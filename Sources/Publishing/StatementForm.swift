internal import Books
public import Findings
internal import FoundationEssentials
public import Rendering

/// The forms that a statement is written in.
public enum StatementForm: String, Sendable, CaseIterable {
    case text, csv, json, html, pdf, xlsx, ods

    public var ending: String { self == .text ? "txt" : rawValue }

    /// Whether it is text, which may go to the terminal.
    public var isText: Bool {
        switch self {
        case .text, .csv, .json, .html: true
        case .pdf, .xlsx, .ods: false
        }
    }

    /// By the ending of a file's name.
    public init?(path: String) {
        guard let form = Self.allCases.first(where: { path.lowercased().hasSuffix("." + $0.ending) }) else {
            return nil
        }
        self = form
    }

    public static var endings: String { allCases.map { "." + $0.ending }.joined(separator: ", ") }

    /// - Returns: `nil` for a form that is no text.
    public func text(_ document: StatementDocument, _ layout: PageLayout) -> String? {
        switch self {
        case .text: document.text.visible
        case .csv: document.csv
        case .json: document.json.text
        case .html: document.html(layout)
        case .pdf, .xlsx, .ods: nil
        }
    }

    /// Writes the file whole or not at all.
    public func write(_ document: StatementDocument, _ layout: PageLayout, to path: String) throws(Circumstance) {
        if let text = text(document, layout) { return try OutputFile.write(text, to: path) }
        try write(
            to: path, page: { document.html(layout, provenance: false) }, book: { document.workbook },
            identifier: document.digest, created: document.created)
    }

    /// One part of a report, or the tables that a command prints, as the whole statement.
    public func write(_ part: ReportPart, to path: String) throws(Circumstance) {
        switch self {
        case .text: try OutputFile.write(part.text, to: path)
        case .csv: try OutputFile.write(part.csv, to: path)
        case .json: try OutputFile.write(part.json.text, to: path)
        case .html: try OutputFile.write(part.html, to: path)
        case .pdf, .xlsx, .ods:
            try write(
                to: path, page: { part.html }, book: { part.workbook }, identifier: part.identifier,
                created: part.created)
        }
    }

    private func write(to path: String, page: () -> String, book: () -> Workbook, identifier: String, created: Int)
        throws(Circumstance)
    {
        try OutputFile.write(to: path) { partial throws(Circumstance) in
            if self == .pdf {
                return try PDFEngine.write(page(), to: partial, identifier: identifier, created: created)
            }
            do throws(WorkbookFailure) { try book().write(self == .xlsx ? .xlsx : .ods, to: partial) } catch {
                throw .cannotWrite("\(path) can't be written: \(error.reason)")
            }
        }
    }
}
