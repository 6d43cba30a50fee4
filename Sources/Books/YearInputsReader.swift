internal import Agreements
internal import Findings
internal import Importing
internal import Ledger
internal import Sheets
internal import Sterling

/// Reads a year's documents. Places are named from the partnership's own folder, so that output is the same
/// wherever that lies.
struct YearInputsReader {
    private let book: PartnershipBook
    private let year: FinancialYear
    /// Of this year's folder, by their names.
    private let documents: [Document]
    /// `2018-19/`
    private let prefix: String
    private var read: [ReadDocument] = []
    private var findings: [Finding] = []

    private var agreement: Agreement { book.agreement }
    private var chart: Chart { book.agreement.chart }

    init(_ book: PartnershipBook, _ year: FinancialYear, _ snapshot: BookSnapshot) {
        self.book = book
        self.year = year
        documents = snapshot.documents.filter { $0.name.year == year }
        prefix = (documents.first?.name.folder ?? year.description) + "/"
    }

    mutating func inputs() -> YearInputs {
        tellStrays()
        var imports = importExports()
        var ledger = GeneralLedger(chart: chart, year: year)
        for index in imports.indices {
            ledger.postings.append(imports[index].takePostings())
            let file = imports[index]
            if let balance = file.reserveBalance { ledger.reserveBalances[file.ledgerOf, default: .zero] += balance }
            if let balance = file.reserveBroughtForward {
                ledger.reserveBalancesBroughtForward[file.ledgerOf, default: .zero] += balance
            }
        }
        var tables = YearTables(ledger: ledger)
        for table in YearTable.all {
            guard let document = theTable(table.name) else { continue }
            let file = document.name.path
            // What was read of a document that changed meanwhile stays, with the finding that makes a draft of it.
            _ = take(
                Self.reading(document) { content throws(FileFailure) in
                    try tables.read(table, content, file: file)
                })
        }
        tellMissingLedgers(imports)
        tellApprovedBudgets(tables.ledger.budget)
        if tables.ledger.postings.isFull {
            findings.append(
                Finding(
                    .limitPassed, at: Place(file: prefix), "the year's postings add up to more than can be added",
                    hint: "those beyond it are in no figure: see whether amounts are in the wrong unit"))
        }
        findings += tables.findings + imports.flatMap(\.findings)
        return YearInputs(
            year: year, ledger: tables.ledger, imports: imports, printedTotals: tables.printedTotals,
            findings: findings, documents: read)
    }

    private enum Reading {
        case read(ReadDocument)
        case refused(Finding)
    }

    /// Reads a document and hashes it in the same pass.
    ///
    /// - Returns: a finding where it can't be read, or isn't the one that was listed.
    private static func reading(_ document: Document, _ body: (FileContent) throws(FileFailure) -> Void) -> Reading {
        if let obstacle = document.obstacle { return .refused(.unreadable(document.name, obstacle)) }
        let running = RunningDigest()
        do throws(FileFailure) {
            let content = try document.content().observed { running.add($0) }
            try body(content)
            try content.finishObserving()
            let digest = running.digest
            guard document.isStill(digest) else {
                return .refused(.unreadable(document.name, "it changed while it was read"))
            }
            return .read(ReadDocument(name: document.name, digest: digest))
        } catch {
            return .refused(.unreadable(document.name, error.reason))
        }
    }

    /// - Returns: the document, where it was read.
    private mutating func take(_ reading: Reading) -> ReadDocument? {
        switch reading {
        case .read(let document):
            read.append(document)
            return document
        case .refused(let finding):
            findings.append(finding)
            return nil
        }
    }

    /// The one document of a table's name, whatever its format.
    private mutating func theTable(_ name: String) -> Document? { only(name, .table(year, name)) }

    private mutating func only(_ name: String, _ role: DocumentName.Role) -> Document? {
        let found = documents.filter { $0.name.role == role }
        guard found.count > 1 else { return found.first }
        findings.append(
            Finding(
                .tableTwice, at: Place(file: found[0].name.path),
                "there are two tables named \"\(name)\": \(found.map(\.name.file).joined(separator: ", "))",
                hint: "keep one of them"))
        return nil
    }

    // MARK: Exports

    private mutating func importExports() -> [FileImport] {
        var imports: [FileImport] = []
        var found: [(name: DocumentName, digest: Digest)] = []
        for document in documents {
            guard case .export(_, let folder) = document.name.role, let member = chart.member(written: folder) else {
                continue
            }
            let file = document.name.path
            var imported: FileImport?
            let reading = Self.reading(document) { content throws(FileFailure) in
                imported = try FileImport.run(
                    content, file: file, ledgerOf: member, maps: book.maps, chart: chart, year: year)
            }
            guard let digest = take(reading)?.digest, let imported else { continue }
            if let twin = found.first(where: { $0.digest == digest })?.name {
                findings.append(
                    Finding(
                        .fileTwice, at: Place(file: file),
                        "the file is the same as \(twin.inYear), so everything in it counts twice",
                        hint: "take one of the two away"))
            }
            found.append((document.name, digest))
            imports.append(imported)
        }
        compareWithList(found, imports)
        return imports
    }

    /// Where `imports.csv` is kept, the files must be the ones it lists.
    private mutating func compareWithList(
        _ found: [(name: DocumentName, digest: Digest)], _ imports: [FileImport]
    ) {
        guard let document = only("imports", .imports(year)) else { return }
        var list: ImportList?
        var faults: [Finding] = []
        let reading = Self.reading(document) { content throws(FileFailure) in
            (list, faults) = try ImportList.read(content, file: document.name.path)
        }
        findings += faults
        guard take(reading) != nil, let list else { return }
        for entry in list.entries {
            guard let actual = found.first(where: { $0.name.inYear == entry.file })?.digest else {
                findings.append(
                    Finding(
                        .sourceChanged, at: entry.place, found: entry.file, "the file was imported, and is gone",
                        hint: "put it back; a corrected file moves the old one to exports/superseded"))
                continue
            }
            if actual.text != entry.digest {
                findings.append(
                    Finding(
                        .sourceChanged, at: entry.digestPlace, found: entry.file,
                        "the file is not the one that was imported: its SHA-256 is \(actual)",
                        hint: "put the imported file back, or import the new one"))
            }
            if !entry.map.isEmpty, let mapPlace = entry.mapPlace,
                let used = imports.first(where: { $0.file == prefix + entry.file })?.map, used != entry.map
            {
                findings.append(
                    Finding(
                        .sourceChanged, at: mapPlace, found: entry.map,
                        "the file was imported by another map: now \"\(used)\" fits it",
                        hint: "see which of the two is right"))
            }
        }
        for (name, _) in found where !list.entries.contains(where: { $0.file == name.inYear }) {
            findings.append(
                Finding(
                    .sourceChanged, at: Place(file: name.path), "the file is not listed in imports.csv",
                    hint: "list it with its SHA-256, or take it away"))
        }
    }

    // MARK: What is missing or astray

    private mutating func tellStrays() {
        var reported: Set<String> = []
        func tell(_ path: String, _ finding: (Place) -> Finding) {
            if reported.insert(path).inserted { findings.append(finding(Place(file: prefix + path))) }
        }
        for document in documents {
            let parts = document.name.inYear.split(separator: "/").map(String.init)
            switch document.name.role {
            case .exportOfNobody:
                tell(document.name.inYear) {
                    Finding(
                        .exportWithoutMember, at: $0, "the file is under no member, so whose books it is is unclear",
                        hint: "move it to exports/MEMBER/")
                }
            case .export(_, let folder), .nestedExport(_, let folder):
                guard chart.member(written: folder) != nil else {
                    tell("exports/" + folder) {
                        Finding(
                            .exportWithoutMember, at: $0, found: folder, "the agreement has no such member",
                            hint: Nearest.hint(folder, in: chart.members.map(\.name.text)))
                    }
                    continue
                }
                guard case .nestedExport = document.name.role else { continue }
                tell(parts.prefix(3).joined(separator: "/")) {
                    Finding(
                        .exportNested, at: $0, "a folder inside a member's exports is not read",
                        hint: "move its files up to exports/\(folder)/, or out of exports")
                }
            case .unknown(_, let entry):
                let known = YearTable.all.map(\.name) + ["imports", "exports", "published", "readme"]
                tell(entry) {
                    Finding(
                        .fileNotRead, at: $0, "this name is none that the program reads",
                        hint: Nearest.hint(String(entry.prefix { $0 != "." }), in: known))
                }
            case .agreement, .examples, .map, .template, .table, .imports, .superseded, .aside, .other: continue
            }
        }
    }

    private mutating func tellMissingLedgers(_ imports: [FileImport]) {
        for member in agreement.keepsBooks where !imports.contains(where: { $0.ledgerOf == member }) {
            findings.append(
                Finding(
                    .ledgerMissing, at: Place(file: prefix + "exports/\(member)"),
                    "there is no export of \(chart.label(member))'s books, so nothing of them is in the statement",
                    hint: "put its export there; if it keeps no books for the partnership, say in the agreement who "
                        + "does: books \(chart.host)"))
        }
    }

    private mutating func tellApprovedBudgets(_ budget: Budget) {
        guard agreement.contributions.contains(where: { $0.source == .approvedBudget }) else {
            let stray = budget.figures.filter { $0.key.line == .approvedBudget }.map(\.value)
            guard let figure = stray.min(by: { $0.place < $1.place }) else { return }
            findings.append(
                Finding(
                    .approvedBudgetUndeclared, at: figure.place, found: "\(figure.amount)",
                    "the budget gives an approved budget, and the agreement doesn't call it a contribution",
                    hint: "add to the agreement: contribution approved budget of each member, stays"))
            return
        }
        for member in chart.members where budget.figure(.approvedBudget, member.name) == nil {
            findings.append(
                Finding(
                    .approvedBudgetMissing, at: Place(file: prefix + "budget"),
                    "the budget gives no approved budget of \(member.label), which the agreement calls a contribution",
                    hint: "add it to the line \"approved budget\"; a member that contributes nothing has 0.00"))
        }
    }
}
