/// Holds a scanner against libxml2 on one stretch of rows: the same cells, or handed over.
///
/// The proof is here and not among the tests because a scanner may be trusted only as far as it goes.
package final class StretchProof {
    package enum Dialect: String, CaseIterable, Sendable {
        case spreadsheetML, prefixedSpreadsheetML, worksheet, prefixedWorksheet, openDocument, texts
    }

    package enum Verdict: Equatable {
        /// Both read the same, with so many cells.
        case equal(cells: Int)
        /// The scanner left it to libxml2.
        case handedOver
        case differs(String)
    }

    private let scanner: any RowScanner
    private let reader: StretchReader
    private let scanned = RowBlock()
    private let parsed = RowBlock()
    private let texts: SharedTexts?

    package init(_ dialect: Dialect) {
        let format: RowFormat
        let wrapper: SAXParser.Wrapper
        var texts: SharedTexts?
        switch dialect {
        case .spreadsheetML:
            format = SpreadsheetML.format
            wrapper = Self.wrapper(
                ["Workbook", "Worksheet", "Table"],
                [
                    "": SpreadsheetML.namespace, "ss": SpreadsheetML.namespace,
                    "x": "urn:schemas-microsoft-com:office:excel",
                ])
        case .prefixedSpreadsheetML:
            format = SpreadsheetML.format
            wrapper = Self.wrapper(["ss:Workbook", "ss:Worksheet", "ss:Table"], ["ss": SpreadsheetML.namespace])
        case .worksheet, .prefixedWorksheet:
            let table = SharedTexts()
            for number in 0..<40 {
                _ = Array((number % 7 == 0 ? "" : "text \(number)").utf8).withUnsafeBufferPointer { table.append($0) }
            }
            texts = table
            format = Worksheet.format(
                WorkbookContext(
                    texts: table, formats: [.number, .date, .elapsed, .otherCurrency],
                    is1904: dialect == .prefixedWorksheet))
            wrapper =
                dialect == .worksheet
                ? Self.wrapper(
                    ["worksheet", "sheetData"],
                    [
                        "": Worksheet.namespaces[0],
                        "x14ac": "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac",
                    ])
                : Self.wrapper(["x:worksheet", "x:sheetData"], ["x": Worksheet.namespaces[1]])
        case .openDocument:
            format = OpenDocument.format
            wrapper = Self.wrapper(
                ["office:document-content", "office:body", "office:spreadsheet", "table:table"],
                [
                    "office": OpenDocument.officeNamespace, "table": OpenDocument.tableNamespace,
                    "text": OpenDocument.textNamespace, "calcext": OpenDocument.calcNamespace,
                ])
        case .texts:
            format = TextTable.format
            wrapper = Self.wrapper(["sst"], ["": Worksheet.namespaces[0]])
        }
        self.texts = texts
        scanner = format.makeScanner(wrapper.namespaces)!
        reader = StretchReader(format, in: wrapper, useScanner: false)
    }

    private static func wrapper(_ names: [String], _ namespaces: [String: String]) -> SAXParser.Wrapper {
        let bound = namespaces.keys.sorted().map { " xmlns\($0.isEmpty ? "" : ":" + $0)=\"\(namespaces[$0]!)\"" }
            .joined()
        return SAXParser.Wrapper(
            start: Array(names.enumerated().map { "<\($1)\($0 == 0 ? bound : "")>" }.joined().utf8),
            end: Array(names.reversed().map { "</\($0)>" }.joined().utf8),
            namespaces: namespaces)
    }

    package func compare(_ text: UnsafeBufferPointer<UInt8>) -> Verdict {
        scanned.clear()
        scanned.append(text)
        scanned.clearRows()
        let end: Int
        switch scanner.scan(scanned) {
        case .whole: end = text.count
        case .stopped(let offset): end = offset
        case .unsure: return .handedOver
        }
        parsed.clear()
        parsed.append(UnsafeBufferPointer(rebasing: text[..<end]))
        switch reader.read(parsed) {
        case .rows: break
        case .stopped(let offset): return .differs("libxml2 stops at \(offset), the scanner at \(end)")
        case .document: return .differs("libxml2 can't read it alone, the scanner did")
        }
        return difference()
    }

    private func difference() -> Verdict {
        guard scanned.rowCount == parsed.rowCount else {
            return .differs("\(scanned.rowCount) rows, libxml2 \(parsed.rowCount)")
        }
        guard scanned.faults.count == parsed.faults.count else {
            return .differs("\(scanned.faults.count) faults, libxml2 \(parsed.faults.count)")
        }
        for index in 0..<scanned.rowCount {
            let (a, b) = (scanned.rows[index], parsed.rows[index])
            guard a.given == b.given, a.repeats == b.repeats, a.emptyRowsAfter == b.emptyRowsAfter,
                a.firstCell == b.firstCell, a.cellCount == b.cellCount,
                a.isHidden == b.isHidden, a.hasRepeats == b.hasRepeats
            else { return .differs("row \(index): \(a), libxml2 \(b)") }
        }
        for index in 0..<scanned.cellCount {
            let (a, b) = (scanned.cells[index], parsed.cells[index])
            guard a.kind == b.kind, a.flags == b.flags, a.column == b.column, a.repeats == b.repeats,
                a.mergeAcross == b.mergeAcross, a.mergeDown == b.mergeDown,
                bytes(a, scanned).elementsEqual(bytes(b, parsed))
            else {
                return .differs(
                    "cell \(index): \(a) \"\(String(decoding: bytes(a, scanned), as: UTF8.self))\", libxml2 \(b) "
                        + "\"\(String(decoding: bytes(b, parsed), as: UTF8.self))\""
                )
            }
        }
        return .equal(cells: scanned.cellCount)
    }

    private func bytes(_ cell: RowBuffer.Cell, _ block: RowBlock) -> UnsafeBufferPointer<UInt8> {
        let isShared = cell.flags & RowBuffer.Cell.shared != 0
        return UnsafeBufferPointer(
            start: isShared ? texts!.pointer(at: Int(cell.offset)) : UnsafePointer(block.base + Int(cell.offset)),
            count: Int(cell.length))
    }
}
