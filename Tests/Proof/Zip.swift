/// Writes small ZIP archives byte by byte, soundly or with one chosen fault.
package struct Zip {
    package struct Entry {
        package var name: String
        package var bytes: [UInt8]
        /// What the header before the data says, where it isn't the truth.
        package var localName: String?
        package var localMethod: UInt16 = 0
        package var method: UInt16 = 0
        package var flags: UInt16 = 0
        package var crc: UInt32?
        package var size: UInt32?
        package var localSize: UInt32?
        package var offset: UInt32?
        package var hasDescriptor = false
        package var isZip64 = false

        package init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }

        package init(_ name: String, _ bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    package static func archive(
        _ entries: [Entry], isZip64: Bool = false, comment: String = "", countSaid: UInt16? = nil
    ) -> [UInt8] {
        var output: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let start = UInt32(output.count)
            let crc = entry.crc ?? Self.crc(entry.bytes)
            let size = UInt32(entry.bytes.count)
            let flags = entry.flags | (entry.hasDescriptor ? 8 : 0)
            let localName = Array((entry.localName ?? entry.name).utf8)
            let wide: [UInt8] = entry.isZip64 ? two(1) + two(16) + eight(UInt64(size)) + eight(UInt64(size)) : []
            let localSize = entry.isZip64 ? .max : entry.hasDescriptor ? 0 : entry.localSize ?? entry.size ?? size
            output +=
                four(0x0403_4B50) + two(20) + two(flags) + two(entry.localMethod) + four(0)
                + four(entry.hasDescriptor ? 0 : crc)
            output +=
                four(entry.localMethod == 8 && !entry.isZip64 ? size : localSize) + four(localSize)
                + two(UInt16(localName.count)) + two(UInt16(wide.count)) + localName + wide + entry.bytes
            if entry.hasDescriptor { output += four(0x0807_4B50) + four(crc) + four(size) + four(size) }
            let said = entry.isZip64 ? .max : entry.size ?? size
            directory +=
                four(0x0201_4B50) + two(20) + two(20) + two(flags) + two(entry.method) + four(0) + four(crc)
                + four(entry.method == 8 && !entry.isZip64 ? size : said) + four(said)
            directory +=
                two(UInt16(entry.name.utf8.count)) + two(UInt16(wide.count)) + two(0) + two(0) + two(0) + four(0)
                + four(entry.offset ?? start)
            directory += Array(entry.name.utf8) + wide
        }
        let start = output.count
        output += directory
        let count = countSaid ?? UInt16(entries.count)
        if isZip64 {
            let record = output.count
            output +=
                four(0x0606_4B50) + eight(44) + two(45) + two(45) + four(0) + four(0) + eight(UInt64(count))
                + eight(UInt64(count))
            output += eight(UInt64(directory.count)) + eight(UInt64(start))
            output += four(0x0706_4B50) + four(0) + eight(UInt64(record)) + four(1)
            output += four(0x0605_4B50) + two(0) + two(0) + two(.max) + two(.max) + four(.max) + four(.max)
        } else {
            output +=
                four(0x0605_4B50) + two(0) + two(0) + two(count) + two(count) + four(UInt32(directory.count))
                + four(UInt32(start))
        }
        return output + two(UInt16(comment.utf8.count)) + Array(comment.utf8)
    }

    package static func two(_ number: UInt16) -> [UInt8] { bytes(UInt64(number), 2) }
    package static func four(_ number: UInt32) -> [UInt8] { bytes(UInt64(number), 4) }
    package static func eight(_ number: UInt64) -> [UInt8] { bytes(number, 8) }
    private static func bytes(_ number: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64($0 * 8)) }
    }

    /// ISO 3309, bit by bit.
    package static func crc(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { crc, _ in crc & 1 == 1 ? 0xEDB8_8320 ^ crc >> 1 : crc >> 1 }
        }
    }
}

/// Workbooks as their parts, to change one at a time.
package enum Parts {
    package static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    /// An xlsx workbook of one sheet named S with these rows.
    package static func xlsx(
        rows: String, texts: String? = nil, formats: String = "", codes: String = "", workbook: String = "",
        after: String = "", state: String = "",
        namespace: String = main, relations: String = relations, target: String = "worksheets/sheet1.xml",
        sheetPart: String = "xl/worksheets/sheet1.xml"
    ) -> [Zip.Entry] {
        var entries = [
            Zip.Entry(
                "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
            ),
            Zip.Entry(
                "_rels/.rels",
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
                    + "Id=\"r1\" Type=\"\(relations)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
            Zip.Entry(
                "xl/workbook.xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                    + "<workbook xmlns=\"\(namespace)\" xmlns:r=\"\(relations)\">\(workbook)<sheets><sheet name=\"S\" "
                    + "sheetId=\"1\"\(state) r:id=\"rId1\"/></sheets></workbook>"
            ),
            Zip.Entry(
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
                    + "Id=\"rId1\" Type=\"\(relations)/worksheet\" Target=\"\(target)\"/><Relationship Id=\"rId2\" "
                    + "Type=\"\(relations)/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId3\" "
                    + "Type=\"\(relations)/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
            Zip.Entry(
                "xl/styles.xml",
                "<styleSheet xmlns=\"\(namespace)\"><numFmts>\(codes)</numFmts><cellStyleXfs><xf "
                    + "numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>\(formats)</cellXfs></styleSheet>"
            ),
            Zip.Entry(sheetPart, sheet(rows, after: after, namespace: namespace)),
        ]
        if let texts { entries.append(Zip.Entry("xl/sharedStrings.xml", "<sst xmlns=\"\(namespace)\">\(texts)</sst>")) }
        return entries
    }

    package static func sheet(_ rows: String, after: String = "", namespace: String = main) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
            + "<worksheet xmlns=\"\(namespace)\"><sheetData>\(rows)</sheetData>\(after)</worksheet>"
    }

    package static let scope =
        ["office", "table", "text", "style"].map { "xmlns:\($0)=\"urn:oasis:names:tc:opendocument:xmlns:\($0):1.0\"" }
        .joined(separator: " ")
        + " xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\""

    /// An OpenDocument sheet named S with these rows.
    package static func content(
        _ rows: String, root: String = "document-content", styles: String = "", table: String = "", around: String = ""
    ) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:\(root) "
            + "\(scope)><office:automatic-styles>\(styles)</office:automatic-styles><office:body><office:spreadsheet>"
            + "\(around)<table:table "
            + "table:name=\"S\"\(table)>\(rows)</table:table></office:spreadsheet></office:body></office:\(root)>"
    }

    package static func ods(rows: String, styles: String = "", table: String = "", around: String = "") -> [Zip.Entry] {
        [
            Zip.Entry("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            Zip.Entry("content.xml", content(rows, styles: styles, table: table, around: around)),
            Zip.Entry(
                "META-INF/manifest.xml",
                "<m:manifest "
                    + "xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>"),
        ]
    }
}
