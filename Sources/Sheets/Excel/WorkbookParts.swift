/// `<sheet name="Ledger" r:id="rId1" state="hidden"/>`, and the date system.
final class WorkbookEvents: SAXEvents {
    struct Sheet {
        let name: String
        let relation: String
        let visibility: SheetEnd.Visibility
    }

    private(set) var sheets: [Sheet] = []
    private(set) var is1904 = false
    private(set) var hasWorkbook = false
    private struct Names { var workbook, sheet, properties, name, id, state, date1904, sheets: SAXName }
    private var names: Names!
    private var isInSheets = false

    func intern(_ name: (String) -> SAXName) {
        names = Names(
            workbook: name("workbook"), sheet: name("sheet"), properties: name("workbookPr"), name: name("name"),
            id: name("id"),
            state: name("state"), date1904: name("date1904"), sheets: name("sheets"))
    }

    func start(_ name: SAXName, namespace: SAXName, _ attributes: SAXAttributes) -> SAXFailure? {
        if name == names.workbook {
            hasWorkbook = true
        } else if name == names.sheets {
            isInSheets = true
        } else if name == names.sheet, isInSheets {
            var title = "", relation = ""
            var visibility = SheetEnd.Visibility.visible
            attributes.forEach { name, namespace, value in
                // The relation's `id` has a namespace; the sheet's own number is `sheetId`.
                if name == names.name {
                    title = String(decoding: EscapedText.decoded(Array(value.attributeText.utf8)), as: UTF8.self)
                } else if name == names.id, !namespace.isNone {
                    relation = value.attributeText
                } else if name == names.state {
                    visibility = value.reads("hidden") ? .hidden : value.reads("veryHidden") ? .veryHidden : .visible
                }
            }
            sheets.append(Sheet(name: title, relation: relation, visibility: visibility))
            if sheets.count > Limits.sheets { return .limit("\(Limits.sheets) sheets") }
        } else if name == names.properties {
            attributes.forEach { name, _, value in
                if name == names.date1904 { is1904 = value.reads("1") || value.reads("true") }
            }
        }
        return nil
    }

    func end(_ name: SAXName, namespace: SAXName) -> SAXFailure? {
        if name == names.sheets { isInSheets = false }
        return nil
    }

    func characters(_ bytes: UnsafeBufferPointer<UInt8>) -> SAXFailure? { nil }
}

/// `<Relationship Id="rId1" Type=".../worksheet" Target="worksheets/sheet1.xml"/>`
final class RelationEvents: SAXEvents {
    private(set) var targets: [(id: String, type: String, target: String, isExternal: Bool)] = []
    private struct Names { var relationship, id, type, target, mode: SAXName }
    private var names: Names!

    func intern(_ name: (String) -> SAXName) {
        names = Names(
            relationship: name("Relationship"), id: name("Id"), type: name("Type"), target: name("Target"),
            mode: name("TargetMode"))
    }

    func start(_ name: SAXName, namespace: SAXName, _ attributes: SAXAttributes) -> SAXFailure? {
        guard name == names.relationship else { return nil }
        if targets.count >= 2 * Limits.sheets { return .limit("\(2 * Limits.sheets) relations") }
        var relation = (id: "", type: "", target: "", isExternal: false)
        attributes.forEach { name, _, value in
            if name == names.id {
                relation.id = value.attributeText
            } else if name == names.type {
                relation.type = value.attributeText
            } else if name == names.target {
                relation.target = value.attributeText
            } else if name == names.mode {
                relation.isExternal = value.reads("External")
            }
        }
        targets.append(relation)
        return nil
    }

    func end(_ name: SAXName, namespace: SAXName) -> SAXFailure? { nil }

    func characters(_ bytes: UnsafeBufferPointer<UInt8>) -> SAXFailure? { nil }
}

/// The formats of cells, by their number: `<xf numFmtId="14"/>`, with the workbook's own format codes.
final class StyleEvents: SAXEvents {
    private var codes: [Int: NumberFormat] = [:]
    private var ids: [Int] = []
    private var isInCellFormats = false
    private struct Names { var format, cellFormats, cellFormat, id, code: SAXName }
    private var names: Names!

    var formats: [NumberFormat] { ids.map { codes[$0] ?? NumberFormat(builtIn: $0) } }

    func intern(_ name: (String) -> SAXName) {
        names = Names(
            format: name("numFmt"), cellFormats: name("cellXfs"), cellFormat: name("xf"), id: name("numFmtId"),
            code: name("formatCode"))
    }

    func start(_ name: SAXName, namespace: SAXName, _ attributes: SAXAttributes) -> SAXFailure? {
        if name == names.cellFormats { isInCellFormats = true }
        guard name == names.format || (name == names.cellFormat && isInCellFormats) else { return nil }
        var id = 0
        var code: String?
        attributes.forEach { name, namespace, value in
            guard namespace.isNone else { return }
            if name == names.id {
                id = value.smallInteger ?? 0
            } else if name == names.code {
                code = value.attributeText
            }
        }
        if name == names.format {
            if let code { codes[id] = NumberFormat(code: code) }
        } else {
            ids.append(id)
        }
        return codes.count > Limits.formats || ids.count > Limits.formats
            ? .limit("\(Limits.formats) cell formats") : nil
    }

    func end(_ name: SAXName, namespace: SAXName) -> SAXFailure? {
        if name == names.cellFormats { isInCellFormats = false }
        return nil
    }

    func characters(_ bytes: UnsafeBufferPointer<UInt8>) -> SAXFailure? { nil }
}
