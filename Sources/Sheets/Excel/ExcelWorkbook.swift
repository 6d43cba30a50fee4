internal import Findings

/// An xlsx workbook: its list of sheets, its table of texts and its formats first, then each sheet.
///
/// Source: ECMA-376, part 1 (SpreadsheetML) and part 2 (Open Packaging Conventions).
struct ExcelWorkbook {
    private let reading: Reading
    private let archive: ZipArchive
    private let parts: PartReader

    init(_ reading: Reading, _ archive: ZipArchive, _ parts: PartReader) {
        (self.reading, self.archive, self.parts) = (reading, archive, parts)
    }

    func read() throws -> SheetReader.Report {
        let package = RelationEvents()
        try parts.parse("_rels/.rels", package)
        let main =
            package.targets.first { $0.type.hasSuffix("/officeDocument") }.map { Self.resolve($0.target, from: "") }
            ?? "xl/workbook.xml"
        if main.lowercased().hasSuffix(".bin") {
            return refuse("a binary Excel workbook (.xlsb)", "open it in a spreadsheet program, \(Head.otherFormats)")
        }
        let workbook = WorkbookEvents()
        guard try parts.parse(main, workbook), workbook.hasWorkbook else {
            return refuse(
                "a ZIP archive, but no spreadsheet", "unpack it if it holds the export; import the export itself")
        }
        let relations = RelationEvents()
        let folder = main.lastIndex(of: "/").map { String(main[...$0]) } ?? ""
        try parts.parse(folder + "_rels/" + main.dropFirst(folder.count) + ".rels", relations)
        func target(_ kind: String) -> String? {
            relations.targets.first { $0.type.hasSuffix("/" + kind) && !$0.isExternal }.map {
                Self.resolve($0.target, from: folder)
            }
        }

        let (sheets, missing) = worksheets(of: workbook, relations, folder)
        var findings = missing
        let textsName = target("sharedStrings") ?? folder + "sharedStrings.xml"
        let textBytes = archive.part(textsName)?.entry.bytes ?? 0
        let progress = reading.progress(totalBytes: sheets.reduce(textBytes) { $0 + $1.part.entry.bytes })
        let texts = SharedTexts()
        let pipeline = RowPipeline(threads: reading.options.threads)
        defer { pipeline.close() }
        if let part = archive.part(textsName) {
            let document = XMLDocument(
                try archive.open(part), TextTable.format, TextTableConsumer(texts), pipeline, reading.options, progress)
            let outcome = try document.read()
            findings += XMLTrouble(file: reading.name, part: part.entry.name) { _ in 0 }.findings(
                outcome, at: Place(file: reading.name))
            // Without all the texts no sheet can be read, only its numbers.
            if outcome.failure != nil {
                return SheetReader.Report(format: nil, findings: findings, bytes: progress.count)
            }
        }
        let styles = StyleEvents()
        try parts.parse(target("styles") ?? folder + "styles.xml", styles)
        let context = WorkbookContext(texts: texts, formats: styles.formats, is1904: workbook.is1904)

        return try read(sheets, context, pipeline, progress, findings)
    }

    /// The sheets that hold cells, with their parts; and those that the workbook lists and doesn't hold.
    private func worksheets(of workbook: WorkbookEvents, _ relations: RelationEvents, _ folder: String) -> (
        sheets: [(sheet: WorkbookEvents.Sheet, part: ZipArchive.Part)], missing: [Finding]
    ) {
        var sheets: [(sheet: WorkbookEvents.Sheet, part: ZipArchive.Part)] = []
        var findings: [Finding] = []
        for sheet in workbook.sheets {
            // An old macro or dialogue sheet has an entry and no part of its own.
            if sheet.relation.isEmpty {
                findings.append(
                    Finding(
                        .sheetWithoutPart, at: Place(file: reading.name), found: sheet.name,
                        "the workbook lists a sheet without cells, such as an old macro sheet",
                        hint: "nothing to do, if the other sheets are what is wanted"))
                continue
            }
            guard let relation = relations.targets.first(where: { $0.id == sheet.relation }) else {
                findings.append(damaged(sheet.name))
                continue
            }
            // Sheets of charts and dialogues hold no cells.
            guard relation.type.hasSuffix("/worksheet") else { continue }
            if let part = archive.part(Self.resolve(relation.target, from: folder)) {
                sheets.append((sheet, part))
            } else {
                findings.append(damaged(sheet.name))
            }
        }
        return (sheets, findings)
    }

    /// - Parameter found: what is wrong with the workbook so far.
    private func read(
        _ sheets: [(sheet: WorkbookEvents.Sheet, part: ZipArchive.Part)], _ context: WorkbookContext,
        _ pipeline: RowPipeline, _ progress: ReadingProgress, _ found: [Finding]
    ) throws -> SheetReader.Report {
        var findings = found
        let consumer = RowConsumer(file: reading.name, receiver: reading.receiver, texts: context.texts) {
            progress.add(rows: $0)
        }
        reading: for (sheet, part) in sheets {
            consumer.beginSheet(name: sheet.name)
            do {
                let document = XMLDocument(
                    try archive.open(part), Worksheet.format(context), consumer, pipeline, reading.options, progress,
                    visibility: sheet.visibility)
                let outcome = try document.read()
                findings += XMLTrouble(file: reading.name, part: part.entry.name) { _ in 0 }.findings(
                    outcome, at: consumer.place)
                if outcome.failure != nil { break reading }
                if (document.grammar as? Worksheet)?.hasWorksheet != true { findings.append(damaged(sheet.name)) }
            } catch let failure as StreamFailure {
                findings.append(PartReader.finding(failure, reading.name, at: consumer.place))
                break reading
            }
        }
        return SheetReader.Report(format: .xlsx, findings: findings + consumer.findings, bytes: progress.count)
    }

    private func refuse(_ what: String, _ hint: String) -> SheetReader.Report {
        SheetReader.Report(
            format: nil,
            findings: [Finding(.formatRefused, at: Place(file: reading.name), "the file is \(what)", hint: hint)],
            bytes: 0)
    }

    private func damaged(_ sheet: String) -> Finding {
        Finding(
            .fileDamaged, at: Place(file: reading.name), found: sheet,
            "the workbook lists a sheet that it doesn't hold",
            hint: "open the file in a spreadsheet program and save it again, or export it anew")
    }

    /// A relation's target as a part's name: relative to the folder it is named in, or absolute.
    static func resolve(_ target: String, from folder: String) -> String {
        let path = target.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "/")
        var steps: [Substring] = []
        for step in (path.hasPrefix("/") ? path : folder + path).split(separator: "/") {
            if step == ".." { _ = steps.popLast() } else if step != "." { steps.append(step) }
        }
        return steps.joined(separator: "/")
    }
}
