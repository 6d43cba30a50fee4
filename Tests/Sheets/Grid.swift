import Findings
import Foundation
@testable import Sheets

/// Reads a file's bytes through the public way in, and keeps what comes out.
final class Grid: SheetReceiver {
    private(set) var sheets: [String] = []
    /// `S!B3` to `number 12.5`.
    private(set) var cells: [String: String] = [:]
    private(set) var merges: [String: String] = [:]
    private(set) var report: SheetReader.Report!

    init(_ bytes: [UInt8]) throws {
        let path = NSTemporaryDirectory() + UUID().uuidString
        try Data(bytes).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        report = try SheetReader.read(path: path, name: "f", into: self)
    }

    convenience init(_ text: String) throws { try self.init(Array(text.utf8)) }

    /// A workbook of one sheet with these rows.
    convenience init(rows: String) throws { try self.init(Self.workbook(rows)) }

    static func workbook(_ rows: String) -> String {
        """
        <?xml version="1.0"?>
        <?mso-application progid="Excel.Sheet"?>
        <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
        <Worksheet ss:Name="S"><Table>\(rows)</Table></Worksheet></Workbook>
        """
    }

    func beginSheet(_ sheet: Sheet) { sheets.append(sheet.name) }

    func receive(_ row: RowBuffer) {
        for cell in row.cells {
            let key = "\(sheets.last!)!\(Place.letters(cell.column))\(row.number)"
            cells[key] = "\(cell.kind) \(row.text(cell))"
            if cell.isMerged { merges[key] = "\(cell.mergeAcross)x\(cell.mergeDown)" }
        }
    }

    var codes: [String] { report.findings.map(\.code.rawValue) }
}
