internal import Ledger
internal import Sterling

/// Writes a workbook as an OpenDocument spreadsheet, version 1.2: by libxml2's writer and libzip.
enum OpenDocumentWriter {
    private static let namespaces: [(String, String)] = [
        ("xmlns:office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
        ("xmlns:table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
        ("xmlns:text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
        ("xmlns:style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
        ("xmlns:fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
        ("xmlns:number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"),
        ("xmlns:of", "urn:oasis:names:tc:opendocument:xmlns:of:1.2"),
        ("xmlns:draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"),
        ("xmlns:svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"),
        ("xmlns:xlink", "http://www.w3.org/1999/xlink"), ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
        ("xmlns:chart", "urn:oasis:names:tc:opendocument:xmlns:chart:1.0"),
        ("xmlns:config", "urn:oasis:names:tc:opendocument:xmlns:config:1.0"),
    ]

    static func write(_ workbook: Workbook, to path: String) throws(ZipWriter.Failure) {
        var parts: [(name: String, bytes: [UInt8], isStored: Bool)] = [
            ("mimetype", Array("application/vnd.oasis.opendocument.spreadsheet".utf8), true),
            ("content.xml", content(workbook), false), ("styles.xml", styles(workbook.foot), false),
            ("meta.xml", meta(workbook), false), ("settings.xml", settings(workbook), false),
        ]
        var objects: [String] = []
        for sheet in workbook.sheets {
            guard let chart = sheet.chart else { continue }
            let name = "Object \(objects.count + 1)"
            objects.append(name)
            parts.append((name + "/content.xml", OpenDocumentChart.content(chart, namespaces), false))
        }
        let entries =
            ["content.xml", "styles.xml", "meta.xml", "settings.xml"].map { ($0, "text/xml") }
            + objects.flatMap {
                [($0 + "/", "application/vnd.oasis.opendocument.chart"), ($0 + "/content.xml", "text/xml")]
            }
        parts.append(
            ("META-INF/manifest.xml", manifest("application/vnd.oasis.opendocument.spreadsheet", entries), false))
        try ZipWriter.write(parts, to: path)
    }

    static func document(_ root: String, _ xml: XMLWriter, _ body: () -> Void) {
        xml.start(root, namespaces + [("office:version", "1.2")], body)
    }

    private static func content(_ workbook: Workbook) -> [UInt8] {
        let xml = XMLWriter()
        document("office:document-content", xml) {
            automaticStyles(workbook, xml)
            xml.element("office:body") {
                xml.element("office:spreadsheet") {
                    // Texts are compared as they stand, never as patterns.
                    xml.element(
                        "table:calculation-settings",
                        [
                            "table:use-regular-expressions": "false",
                            "table:search-criteria-must-apply-to-whole-cell": "true",
                        ])
                    var object = 0
                    for (index, sheet) in workbook.sheets.enumerated() {
                        if sheet.chart != nil { object += 1 }
                        write(sheet, index, sheet.chart == nil ? nil : "Object \(object)", xml)
                    }
                    xml.element("table:named-expressions") {
                        for (name, cell) in workbook.names {
                            let address =
                                "$\(Formula.quoted(cell.sheet)).$\(Formula.letters(cell.column))$\(cell.row + 1)"
                            xml.element(
                                "table:named-range",
                                [
                                    "table:name": name, "table:base-cell-address": address,
                                    "table:cell-range-address": address,
                                ])
                        }
                    }
                }
            }
        }
        return xml.bytes()
    }

    // MARK: Styles

    private static func automaticStyles(_ workbook: Workbook, _ xml: XMLWriter) {
        xml.element("office:automatic-styles") {
            for (index, sheet) in workbook.sheets.enumerated() {
                for (column, shape) in sheet.columns.enumerated() {
                    xml.element("style:style", ["style:name": "co\(index)-\(column)", "style:family": "table-column"]) {
                        xml.element(
                            "style:table-column-properties",
                            ["style:column-width": "\(shape.width * 21 / 10).\(shape.width * 21 % 10)mm"])
                    }
                }
            }
            xml.element(
                "style:style", ["style:name": "ta", "style:family": "table", "style:master-page-name": "Default"]
            ) { xml.element("style:table-properties", ["table:display": "true"]) }
            number(
                "N1", decimals: workbook.format == .pence ? 2 : 0, factor: workbook.format == .thousands ? 1_000 : 1,
                nil: "-", xml)
            number("N2", decimals: 2, factor: 1, nil: nil, xml)
            for style in Workbook.Style.allCases {
                cellStyle("t\(style.rawValue)", data: nil, style, xml)
                cellStyle("a\(style.rawValue)", data: "N1", style, xml)
            }
            cellStyle("exact", data: "N2", .plain, xml)
            cellStyle("wrap", data: nil, .plain, xml)
            for style in Workbook.Style.allCases {
                cellStyle("w\(style.rawValue)", data: nil, style, align: "center", xml)
                // `N/A` where amounts stand.
                cellStyle("r\(style.rawValue)", data: nil, style, align: "end", xml)
            }
            xml.element(
                "style:style",
                ["style:name": "title", "style:family": "table-cell", "style:parent-style-name": "Default"]
            ) { xml.element("style:text-properties", ["fo:font-size": "14pt", "fo:font-weight": "bold"]) }
            xml.element(
                "style:style",
                ["style:name": "basis", "style:family": "table-cell", "style:parent-style-name": "Default"]
            ) { xml.element("style:text-properties", ["fo:color": "#444444"]) }
            for (name, align) in [("header", "start"), ("amountHeader", "end")] {
                xml.element(
                    "style:style",
                    ["style:name": name, "style:family": "table-cell", "style:parent-style-name": "Default"]
                ) {
                    xml.element(
                        "style:table-cell-properties",
                        [
                            "fo:border-bottom": "1.5pt solid #000000", "fo:wrap-option": "wrap",
                            "style:vertical-align": "bottom",
                        ])
                    xml.element("style:paragraph-properties", ["fo:text-align": align])
                    xml.element("style:text-properties", ["fo:font-weight": "bold"])
                }
            }
            xml.element("style:style", ["style:name": "gr", "style:family": "graphic"]) {
                xml.element("style:graphic-properties", ["draw:stroke": "none"])
            }
        }
    }

    /// A number with thousands grouped; zero is printed as `nil` says.
    private static func number(_ name: String, decimals: Int, factor: Int, nil zero: String?, _ xml: XMLWriter) {
        func digits() {
            let shape: KeyValuePairs = [
                "number:decimal-places": "\(decimals)", "number:min-integer-digits": "1", "number:grouping": "true",
            ]
            if factor == 1 {
                xml.element("number:number", shape)
            } else {
                xml.element(
                    "number:number",
                    [
                        "number:decimal-places": "\(decimals)", "number:min-integer-digits": "1",
                        "number:grouping": "true", "number:display-factor": "\(factor)",
                    ])
            }
        }
        guard let zero else {
            xml.element("number:number-style", ["style:name": name], digits)
            return
        }
        xml.element("number:number-style", ["style:name": name + "P0", "style:volatile": "true"], digits)
        xml.element("number:number-style", ["style:name": name + "P1", "style:volatile": "true"]) {
            xml.element("number:text") { xml.text("-") }; digits()
        }
        xml.element("number:number-style", ["style:name": name]) {
            xml.element("number:text") { xml.text(zero) }
            xml.element("style:map", ["style:condition": "value()>0", "style:apply-style-name": name + "P0"])
            xml.element("style:map", ["style:condition": "value()<0", "style:apply-style-name": name + "P1"])
        }
    }

    private static func cellStyle(
        _ name: String, data: String?, _ style: Workbook.Style, align: String? = nil, _ xml: XMLWriter
    ) {
        let attributes: [(String, String)] =
            [("style:name", name), ("style:family", "table-cell"), ("style:parent-style-name", "Default")]
            + (data.map { [("style:data-style-name", $0)] } ?? [])
        xml.start("style:style", attributes) {
            var cell: [(String, String)] = []
            if style == .total || style == .double { cell.append(("fo:border-top", "0.75pt solid #000000")) }
            if style == .double {
                cell += [
                    ("fo:border-bottom", "2.5pt double #000000"),
                    ("style:border-line-width-bottom", "0.018cm 0.035cm 0.018cm"),
                ]
            }
            cell.append(("style:vertical-align", "top"))
            if name == "wrap" { cell.append(("fo:wrap-option", "wrap")) }
            xml.start("style:table-cell-properties", cell) {}
            if let align { xml.element("style:paragraph-properties", ["fo:text-align": align]) }
            if style != .plain { xml.element("style:text-properties", ["fo:font-weight": "bold"]) }
        }
    }

    private static func styles(_ foot: String) -> [UInt8] {
        let xml = XMLWriter()
        document("office:document-styles", xml) {
            xml.element("office:styles") {
                xml.element("style:default-style", ["style:family": "table-cell"]) {
                    xml.element(
                        "style:text-properties",
                        [
                            "style:font-name": "Liberation Sans",
                            "fo:font-family": "'Liberation Sans', Arial, sans-serif", "fo:font-size": "10pt",
                            "fo:language": "en", "fo:country": "GB",
                        ])
                }
                xml.element("style:style", ["style:name": "Default", "style:family": "table-cell"])
            }
            xml.element("office:automatic-styles") {
                xml.element("style:page-layout", ["style:name": "page"]) {
                    xml.element(
                        "style:page-layout-properties",
                        [
                            "fo:page-width": "297mm", "fo:page-height": "210mm", "style:print-orientation": "landscape",
                            "fo:margin-top": "14mm", "fo:margin-bottom": "14mm", "fo:margin-left": "14mm",
                            "fo:margin-right": "14mm",
                        ])
                }
            }
            xml.element("office:master-styles") {
                xml.element("style:master-page", ["style:name": "Default", "style:page-layout-name": "page"]) {
                    xml.element("style:footer") {
                        xml.element("text:p") {
                            xml.text(foot + ", page "); xml.element("text:page-number"); xml.text(" of ");
                            xml.element("text:page-count")
                        }
                    }
                }
            }
        }
        return xml.bytes()
    }

    // MARK: Cells

    private static func write(_ sheet: Workbook.Sheet, _ index: Int, _ object: String?, _ xml: XMLWriter) {
        xml.element("table:table", ["table:name": sheet.name, "table:style-name": "ta"]) {
            if let chart = sheet.chart, let object {
                xml.element("table:shapes") { frame(chart, object, sheet, xml) }
            }
            for column in sheet.columns.indices {
                xml.element(
                    "table:table-column",
                    ["table:style-name": "co\(index)-\(column)", "table:default-cell-style-name": "Default"])
            }
            row(xml) { text(sheet.title, "title", xml) }
            row(xml) { text(sheet.basis, "basis", xml) }
            xml.element("table:table-header-rows") {
                row(xml) {
                    for column in sheet.columns { text(column.title, column.isAmount ? "amountHeader" : "header", xml) }
                }
            }
            for cells in sheet.rows {
                row(xml) { for (cell, column) in zip(cells, sheet.columns) { write(cell, sheet.name, column, xml) } }
            }
        }
    }

    private static func row(_ xml: XMLWriter, _ cells: () -> Void) { xml.element("table:table-row", [:], cells) }

    private static func text(_ text: String, _ style: String, _ xml: XMLWriter) {
        xml.element("table:table-cell", ["table:style-name": style, "office:value-type": "string"]) {
            xml.element("text:p") { xml.text(text) }
        }
    }

    private static func write(_ cell: Workbook.Cell, _ sheet: String, _ column: Workbook.Sheet.Column, _ xml: XMLWriter)
    {
        func value(_ amount: Money, _ style: String, _ formula: Formula? = nil) {
            let exact = AmountFormat.exact(amount)
            var attributes = [("table:style-name", style), ("office:value-type", "float"), ("office:value", exact)]
            if let formula { attributes.insert(("table:formula", "of:=" + formula.text(.open, on: sheet)), at: 1) }
            xml.start("table:table-cell", attributes) { xml.element("text:p") { xml.text(exact) } }
        }
        switch cell {
        case .blank: xml.element("table:table-cell")
        case .text(let text, let style):
            text.isEmpty && style == .plain
                ? xml.element("table:table-cell")
                : self.text(text, column.wraps ? "wrap" : "\(column.isAmount ? "r" : "t")\(style.rawValue)", xml)
        case .amount(let amount, let style): value(amount, "a\(style.rawValue)")
        case .exact(let amount): value(amount, "exact")
        case .count(let count):
            xml.element("table:table-cell", ["office:value-type": "float", "office:value": "\(count)"]) {
                xml.element("text:p") { xml.text("\(count)") }
            }
        case .formula(let formula, let amount, let style): value(amount, "a\(style.rawValue)", formula)
        case .exactFormula(let formula, let amount): value(amount, "exact", formula)
        case .word(let formula, let word, let style):
            xml.element(
                "table:table-cell",
                [
                    "table:style-name": "w\(style.rawValue)", "table:formula": "of:=" + formula.text(.open, on: sheet),
                    "office:value-type": "string", "office:string-value": word,
                ]
            ) {
                xml.element("text:p") { xml.text(word) }
            }
        }
    }

    private static func frame(_ chart: Workbook.Chart, _ object: String, _ sheet: Workbook.Sheet, _ xml: XMLWriter) {
        let left = sheet.columns.prefix(chart.column).map(\.width).reduce(0, +) * 21 / 10 + 2
        let height = max(70, chart.labels.rows.count * chart.series.count * 6 + 40)
        // Rows are some 5 mm high; a row more leaves room for taller ones.
        let top = (chart.row + 1) * 5
        xml.element(
            "draw:frame",
            [
                "draw:name": object, "draw:style-name": "gr", "svg:x": "\(left)mm", "svg:y": "\(top)mm",
                "svg:width": "170mm", "svg:height": "\(height)mm",
            ]
        ) {
            xml.element(
                "draw:object",
                ["xlink:href": "./" + object, "xlink:type": "simple", "xlink:show": "embed", "xlink:actuate": "onLoad"])
            xml.element("svg:title") { xml.text(chart.title) }
            xml.element("svg:desc") { xml.text(chart.description) }
        }
    }

    // MARK: What goes with it

    private static func meta(_ workbook: Workbook) -> [UInt8] {
        let xml = XMLWriter()
        document("office:document-meta", xml) {
            xml.element("office:meta") {
                xml.element("meta:generator") { xml.text("Outturn") }
                xml.element("dc:title") { xml.text(workbook.title) }
                xml.element("dc:subject") { xml.text(workbook.subject) }
                xml.element("meta:creation-date") { xml.text("\(workbook.created)T00:00:00") }
                xml.element("dc:language") { xml.text("en-GB") }
            }
        }
        return xml.bytes()
    }

    /// The headers of every sheet stay in sight.
    private static func settings(_ workbook: Workbook) -> [UInt8] {
        let xml = XMLWriter()
        func item(_ name: String, _ type: String, _ value: String) {
            xml.element("config:config-item", ["config:name": name, "config:type": type]) { xml.text(value) }
        }
        document("office:document-settings", xml) {
            xml.element("office:settings") {
                xml.element("config:config-item-set", ["config:name": "ooo:view-settings"]) {
                    xml.element("config:config-item-map-indexed", ["config:name": "Views"]) {
                        xml.element("config:config-item-map-entry") {
                            item("ViewId", "string", "view1")
                            xml.element("config:config-item-map-named", ["config:name": "Tables"]) {
                                for sheet in workbook.sheets {
                                    xml.element("config:config-item-map-entry", ["config:name": sheet.name]) {
                                        item("HorizontalSplitMode", "short", "2")
                                        item("VerticalSplitMode", "short", "2")
                                        item("HorizontalSplitPosition", "int", "\(sheet.frozenColumns)")
                                        item("VerticalSplitPosition", "int", "\(Workbook.headerRow + 1)")
                                        item("PositionRight", "int", "\(sheet.frozenColumns)")
                                        item("PositionBottom", "int", "\(Workbook.headerRow + 1)")
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        return xml.bytes()
    }

    /// What an OpenDocument file of any type holds.
    ///
    /// - Parameter parts: each part's path, and its media type.
    static func manifest(_ type: String, _ parts: [(path: String, type: String)]) -> [UInt8] {
        let xml = XMLWriter()
        xml.element(
            "manifest:manifest",
            ["xmlns:manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", "manifest:version": "1.2"]
        ) {
            func entry(_ path: String, _ type: String) {
                xml.element("manifest:file-entry", ["manifest:full-path": path, "manifest:media-type": type])
            }
            entry("/", type)
            for part in parts { entry(part.path, part.type) }
        }
        return xml.bytes()
    }
}
