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
    /// Whether another year of the partnership has a list of its imports.
    private let hasOtherLists: Bool
    private var read: [ReadDocument] = []
    private var findings: [Finding] = []

    private var agreement: Agreement { book.agreement }
    private var chart: Chart { book.agreement.chart }

    init(_ book: PartnershipBook, _ year: FinancialYear, _ snapshot: BookSnapshot) {
        self.book = book
        self.year = year
        documents = snapshot.documents.filter { $0.name.year == year }
        hasOtherLists = snapshot.documents.contains { document in
            if case .imports(let other) = document.name.role { other != year } else { false }
        }
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
            report(.postingsBeyondSum, at: Place(file: prefix))
        }
        findings += tables.findings + imports.flatMap(\.findings)
        return YearInputs(
            year: year, ledger: tables.ledger, imports: imports, printedTotals: tables.printedTotals,
            findings: findings, documents: read)
    }

    private mutating func report(_ fault: DocumentFault, at place: Place, found: String? = nil) {
        findings.append(fault.finding(at: place, found: found))
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
        report(.tableTwice(name, files: found.map(\.name.file)), at: Place(file: found[0].name.path))
        return nil
    }

    // MARK: Exports

    private mutating func importExports() -> [FileImport] {
        var imports: [FileImport] = []
        var found: [(name: DocumentName, digest: Digest)] = []
        let listing = readList()
        let listed = listing?.list?.entries ?? []
        for document in documents {
            guard case .export(_, let folder) = document.name.role, let member = chart.member(written: folder) else {
                continue
            }
            let file = document.name.path
            var imported: FileImport?
            let map = listed.first { $0.file == document.name.inYear }?.map
            let reading = Self.reading(document) { content throws(FileFailure) in
                imported = try FileImport.run(
                    content, file: file, ledgerOf: member, maps: book.maps, chart: chart, year: year,
                    preferred: map)
            }
            guard let digest = take(reading)?.digest, let imported else { continue }
            if let twin = found.first(where: { $0.digest == digest })?.name {
                report(.fileTwice(twin), at: Place(file: file))
            }
            found.append((document.name, digest))
            imports.append(imported)
        }
        guard let listing else {
            tellListMissing(found.count)
            return imports
        }
        if take(listing.reading) != nil, let list = listing.list { compare(list, found, imports) }
        return imports
    }

    /// What says which map reads an export, and which exports there are.
    ///
    /// - Returns: `nil` where there is none, and no list where it can't be read.
    private mutating func readList() -> (reading: Reading, list: ImportList?)? {
        guard let document = only("imports", .imports(year)) else { return nil }
        var list: ImportList?
        var faults: [Finding] = []
        let reading = Self.reading(document) { content throws(FileFailure) in
            (list, faults) = try ImportList.read(content, file: document.name.path)
        }
        findings += faults
        return (reading, list)
    }

    /// Where `imports.csv` is kept, the files must be the ones it lists.
    private mutating func compare(
        _ list: ImportList, _ found: [(name: DocumentName, digest: Digest)], _ imports: [FileImport]
    ) {
        for entry in list.entries {
            guard let actual = found.first(where: { $0.name.inYear == entry.file })?.digest else {
                report(.importGone, at: entry.place, found: entry.file)
                continue
            }
            if actual.text != entry.digest {
                report(.importChanged(actual), at: entry.digestPlace, found: entry.file)
            }
            if !entry.map.isEmpty, let mapPlace = entry.mapPlace,
                let used = imports.first(where: { $0.file == prefix + entry.file })?.map, used != entry.map
            {
                report(.importByOtherMap(used), at: mapPlace, found: entry.map)
            }
        }
        for (name, _) in found where !list.entries.contains(where: { $0.file == name.inYear }) {
            report(.importUnlisted, at: Place(file: name.path))
        }
    }

    /// Where exports were replaced, or other years keep a list, this one had a list, too.
    private mutating func tellListMissing(_ exports: Int) {
        let isReplaced = documents.contains { $0.name.role == .superseded(year) }
        guard exports > 0, hasOtherLists || isReplaced else { return }
        report(.listMissing(exports: exports), at: Place(file: prefix + "imports.csv"))
    }

    // MARK: What is missing or astray

    private mutating func tellStrays() {
        var reported: Set<String> = []
        func tell(_ fault: DocumentFault, of path: String, found: String? = nil) {
            if reported.insert(path).inserted { report(fault, at: Place(file: prefix + path), found: found) }
        }
        for document in documents {
            let parts = document.name.inYear.split(separator: "/").map(String.init)
            switch document.name.role {
            case .exportOfNobody:
                tell(.exportOfNobody, of: document.name.inYear)
            case .export(_, let folder), .nestedExport(_, let folder):
                guard chart.member(written: folder) != nil else {
                    tell(
                        .exportOfStranger(members: chart.members.map(\.name.text)), of: "exports/" + folder,
                        found: folder)
                    continue
                }
                guard case .nestedExport = document.name.role else { continue }
                tell(.exportNested(folder: folder), of: parts.prefix(3).joined(separator: "/"))
            case .unknown(_, let entry):
                let known = YearTable.all.map(\.name) + ["imports", "exports", "published", "readme"]
                tell(.nameUnknown(entry, known: known), of: entry)
            case .agreement, .examples, .map, .template, .table, .imports, .superseded, .aside, .other: continue
            }
        }
    }

    private mutating func tellMissingLedgers(_ imports: [FileImport]) {
        for member in agreement.keepsBooks where !imports.contains(where: { $0.ledgerOf == member }) {
            report(
                .ledgerMissing(member: chart.label(member), host: chart.host.text),
                at: Place(file: prefix + "exports/\(member)"))
        }
    }

    private mutating func tellApprovedBudgets(_ budget: Budget) {
        guard agreement.contributions.contains(where: { $0.source == .approvedBudget }) else {
            let stray = budget.figures.filter { $0.key.line == .approvedBudget }.map(\.value)
            guard let figure = stray.min(by: { $0.place < $1.place }) else { return }
            report(.approvedBudgetUndeclared, at: figure.place, found: "\(figure.amount)")
            return
        }
        for member in chart.members where budget.figure(.approvedBudget, member.name) == nil {
            report(.approvedBudgetMissing(member: member.label), at: Place(file: prefix + "budget"))
        }
    }
}
