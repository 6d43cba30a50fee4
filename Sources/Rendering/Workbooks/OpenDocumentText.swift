internal import Agreements

/// Writes the agreement as an OpenDocument text: by libxml2's writer and libzip.
enum OpenDocumentText {
    static func write(_ document: AgreementDocument, foot: String, to path: String) throws(ZipWriter.Failure) {
        let type = "application/vnd.oasis.opendocument.text"
        try ZipWriter.write(
            [
                ("mimetype", Array(type.utf8), true), ("content.xml", content(document), false),
                ("styles.xml", styles(foot: foot), false),
                (
                    "META-INF/manifest.xml",
                    OpenDocumentWriter.manifest(type, ["content.xml", "styles.xml"].map { ($0, "text/xml") }), false
                ),
            ], to: path)
    }

    private static func content(_ document: AgreementDocument) -> [UInt8] {
        let xml = XMLWriter()
        OpenDocumentWriter.document("office:document-content", xml) {
            xml.element("office:automatic-styles") { automaticStyles(xml) }
            xml.element("office:body") {
                xml.element("office:text") {
                    heading(document.title, level: 1, xml)
                    paragraph("The agreement", xml)
                    paragraph("Dated ____________________", xml)
                    heading("Parties", level: 2, xml)
                    list(document.parties.map { $0.role.isEmpty ? $0.name : "\($0.name), \($0.role)" }, "Parties", xml)
                    heading("Clauses", level: 2, xml)
                    clauses(document.clauses.map { ($0.text, $0.writtenParts) }, xml)
                    heading("Signatures", level: 2, xml)
                    paragraph(AgreementDocument.signatureCaption, xml, style: "Caption")
                    signatures(document.parties.map(\.name), xml)
                }
            }
        }
        return xml.bytes()
    }

    private static func heading(_ text: String, level: Int, _ xml: XMLWriter) {
        xml.element("text:h", ["text:style-name": "Heading\(level)", "text:outline-level": "\(level)"]) {
            xml.text(text)
        }
    }

    private static func paragraph(_ text: String, _ xml: XMLWriter, style: String = "Body") {
        xml.element("text:p", ["text:style-name": style]) { xml.text(text) }
    }

    private static func list(_ items: [String], _ style: String, _ xml: XMLWriter) {
        xml.element("text:list", ["text:style-name": style]) {
            for item in items { xml.element("text:list-item") { paragraph(item, xml) } }
        }
    }

    /// Clauses are numbered by the list, so that one put between them moves the others on.
    private static func clauses(_ clauses: [(text: String, parts: [String])], _ xml: XMLWriter) {
        xml.element("text:list", ["text:style-name": "Clauses"]) {
            for clause in clauses {
                xml.element("text:list-item") {
                    paragraph(clause.text, xml)
                    if !clause.parts.isEmpty {
                        xml.element("text:list") {
                            for part in clause.parts { xml.element("text:list-item") { paragraph(part, xml) } }
                        }
                    }
                }
            }
        }
    }

    private static func signatures(_ parties: [String], _ xml: XMLWriter) {
        func row(_ cells: [String], _ style: String = "Body") {
            xml.element("table:table-row", ["table:style-name": "Row"]) {
                for cell in cells {
                    xml.element("table:table-cell", ["table:style-name": "Cell", "office:value-type": "string"]) {
                        paragraph(cell, xml, style: style)
                    }
                }
            }
        }
        xml.element("table:table", ["table:name": "Signatures", "table:style-name": "Signatures"]) {
            xml.element("table:table-column", ["table:number-columns-repeated": "4"])
            xml.element("table:table-header-rows") {
                row(["For", "Signature", "Name and office", "Date"], "TableHeading")
            }
            for party in parties { row([party, "", "", ""]) }
        }
    }

    private static func automaticStyles(_ xml: XMLWriter) {
        func level(_ number: Int, _ format: String, prefix: String, suffix: String, indent: String) {
            xml.element(
                "text:list-level-style-number",
                [
                    "text:level": "\(number)", "style:num-format": format, "style:num-prefix": prefix,
                    "style:num-suffix": suffix,
                ]
            ) {
                xml.element(
                    "style:list-level-properties", ["text:space-before": indent, "text:min-label-width": "8mm"])
            }
        }
        xml.element("text:list-style", ["style:name": "Clauses"]) {
            level(1, "1", prefix: "", suffix: ".", indent: "0mm")
            level(2, "a", prefix: "(", suffix: ")", indent: "8mm")
        }
        xml.element("text:list-style", ["style:name": "Parties"]) {
            level(1, "1", prefix: "(", suffix: ")", indent: "0mm")
        }
        // A party never signs on another page than its fellows.
        xml.element("style:style", ["style:name": "Signatures", "style:family": "table"]) {
            xml.element(
                "style:table-properties",
                ["style:width": "174mm", "table:align": "margins", "style:may-break-between-rows": "false"])
        }
        xml.element("style:style", ["style:name": "Row", "style:family": "table-row"]) {
            xml.element("style:table-row-properties", ["style:min-row-height": "12mm", "fo:keep-together": "always"])
        }
        xml.element("style:style", ["style:name": "Cell", "style:family": "table-cell"]) {
            xml.element(
                "style:table-cell-properties", ["fo:border-bottom": "0.5pt solid #4a545e", "fo:padding": "1mm"])
        }
    }

    private static func styles(foot: String) -> [UInt8] {
        let xml = XMLWriter()
        func style(
            _ name: String, _ size: String, bold: Bool, before: String, after: String, leads: Bool = false
        ) {
            xml.element("style:style", ["style:name": name, "style:family": "paragraph"]) {
                xml.element(
                    "style:paragraph-properties",
                    [
                        "fo:margin-top": before, "fo:margin-bottom": after,
                        "fo:keep-with-next": leads ? "always" : "auto",
                    ])
                xml.element(
                    "style:text-properties",
                    [
                        "fo:font-size": size, "fo:font-weight": bold ? "bold" : "normal",
                        "fo:font-family": "Liberation Sans", "fo:language": "en", "fo:country": "GB",
                    ])
            }
        }
        OpenDocumentWriter.document("office:document-styles", xml) {
            xml.element("office:styles") {
                style("Heading1", "18pt", bold: true, before: "0mm", after: "2mm", leads: true)
                style("Heading2", "13pt", bold: true, before: "6mm", after: "2mm", leads: true)
                style("Body", "10.5pt", bold: false, before: "0mm", after: "2mm")
                style("Caption", "10.5pt", bold: false, before: "0mm", after: "2mm", leads: true)
                style("TableHeading", "10.5pt", bold: true, before: "0mm", after: "0mm")
                style("Foot", "8pt", bold: false, before: "3mm", after: "0mm")
            }
            xml.element("office:automatic-styles") {
                xml.element("style:page-layout", ["style:name": "A4"]) {
                    xml.element(
                        "style:page-layout-properties",
                        [
                            "fo:page-width": "210mm", "fo:page-height": "297mm", "fo:margin-top": "20mm",
                            "fo:margin-bottom": "20mm", "fo:margin-left": "18mm", "fo:margin-right": "18mm",
                        ])
                    xml.element("style:footer-style") {
                        xml.element("style:header-footer-properties", ["fo:min-height": "8mm"])
                    }
                }
            }
            xml.element("office:master-styles") {
                xml.element("style:master-page", ["style:name": "Standard", "style:page-layout-name": "A4"]) {
                    // Which text was signed, on each page.
                    xml.element("style:footer") {
                        xml.element("text:p", ["text:style-name": "Foot"]) {
                            xml.text(foot + " ")
                            xml.element("text:page-number", ["text:select-page": "current"])
                            xml.text(" of ")
                            xml.element("text:page-count")
                        }
                    }
                }
            }
        }
        return xml.bytes()
    }
}
