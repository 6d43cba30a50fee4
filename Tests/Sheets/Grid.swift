import Findings
import Proof
@testable import Sheets

/// Reads a file's bytes through the public way in, and keeps what comes out.
final class Grid: SheetReceiver {
    private(set) var sheets: [String] = []
    /// `S!B3` to `number 12.5`.
    private(set) var cells: [String: String] = [:]
    private(set) var merges: [String: String] = [:]
    private(set) var report: SheetReader.Report!

    private(set) var hiddenRows: [Int] = []
    private(set) var ends: [SheetEnd] = []

    init(_ bytes: [UInt8], options: SheetReader.Options = SheetReader.Options()) throws {
        report = try SheetReader.read(bytes: bytes, name: "f", options: options, into: self)
    }

    convenience init(zip entries: [Zip.Entry]) throws { try self.init(Zip.archive(entries)) }

    /// An xlsx workbook of one sheet with these rows.
    convenience init(
        xlsx rows: String, texts: String? = nil, formats: String = "", codes: String = "", workbook: String = "",
        after: String = ""
    ) throws {
        try self.init(
            zip: Parts.xlsx(rows: rows, texts: texts, formats: formats, codes: codes, workbook: workbook, after: after))
    }

    convenience init(ods rows: String) throws { try self.init(zip: Parts.ods(rows: rows)) }

    convenience init(_ text: String) throws { try self.init(Array(text.utf8)) }

    /// A workbook of one sheet with these rows.
    convenience init(rows: String) throws { try self.init(Self.workbook(rows)) }

    static func workbook(_ rows: String) -> String {
        """
        <?xml version="1.0"?>
        <?mso-application progid="Excel.Sheet"?>
        <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" \
        xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
        <Worksheet ss:Name="S"><Table>\(rows)</Table></Worksheet></Workbook>
        """
    }

    func beginSheet(_ sheet: Sheet) { sheets.append(sheet.name) }

    func endSheet(_ end: SheetEnd) { ends.append(end) }

    func receive(_ row: RowBuffer) {
        if row.isHidden { hiddenRows.append(row.number) }
        for cell in row.cells {
            let key = "\(sheets.last!)!\(Place.letters(cell.column))\(row.number)"
            cells[key] = "\(cell.kind) \(row.text(cell))"
            if cell.isMerged { merges[key] = "\(cell.mergeAcross)x\(cell.mergeDown)" }
        }
    }

    var codes: [String] { report.findings.map(\.code.rawValue) }
}
