internal import Sterling
internal import Sharing
public import Findings
public import Importing
public import Ledger
internal import Sheets

/// A year's books as its folder holds them.
public struct Books {
    public let ledger: GeneralLedger
    public let imports: [FileImport]
    public let printedTotals: [YearTables.PrintedTotal]
    public let findings: [Finding]
    /// Files whose names say that their figures are invented.
    public let illustrative: [String]
    /// SHA-256 over the names and digests of all files read.
    public let digest: String
}

/// Reads a year's folder. Places are named from the partnership's folder, so that output is the same
/// wherever that folder lies.
struct BooksReader {
    let partnership: Partnership
    let folder: Folder
    let prefix: String
    let year: FinancialYear
    var digests: [String]
    private var findings: [Finding] = []

    init(partnership: Partnership, folder: Folder, prefix: String, year: FinancialYear, digests: [String]) {
        self.partnership = partnership
        self.folder = folder
        self.prefix = prefix
        self.year = year
        self.digests = digests
    }

    private static let tables = [
        "opening", "budget", "virements", "commitments", "forecast", "carry-forward", "explanations", "accruals",
        "in-kind", "invoices", "closing", "journals",
    ]

    mutating func read() throws -> Books {
        var imports = try importExports()
        var ledger = GeneralLedger(chart: partnership.agreement.chart, year: year)
        for index in imports.indices {
            ledger.postings.append(imports[index].takePostings())
            let file = imports[index]
            if let balance = file.reserveBalance { ledger.reserveBalances[file.ledgerOf, default: .zero] += balance }
            if let balance = file.reserveBroughtForward {
                ledger.reserveBalancesBroughtForward[file.ledgerOf, default: .zero] += balance
            }
        }
        var tables = YearTables(ledger: ledger)
        for name in Self.tables {
            if name == "journals" {
                guard let file = try tableFile(name) else { continue }
                try tables.readJournals(path: folder.file(file), file: prefix + file)
                continue
            }
            guard let table = try readTable(name) else { continue }
            switch name {
            case "opening": tables.readOpening(table)
            case "budget": tables.readBudget(table)
            case "explanations": tables.readExplanations(table)
            case "accruals": tables.readAccruals(table)
            case "virements": tables.readVirements(table)
            case "commitments": tables.readCommitments(table)
            case "forecast": tables.readForecast(table)
            case "carry-forward": tables.readCarryForward(table)
            case "invoices": tables.readInvoices(table)
            case "closing": tables.readClosing(table, isReversal: false)
            default: tables.readInKind(table)
            }
        }
        if let before = try lastYearsClosing() { tables.readClosing(before, isReversal: true) }
        for member in partnership.agreement.keepsBooks where !imports.contains(where: { $0.ledgerOf == member }) {
            findings.append(
                Finding(
                    .ledgerMissing, at: Place(file: prefix + "exports/\(member)"),
                    "there is no export of \(partnership.agreement.chart.label(member))'s books, so nothing of them "
                        + "is in the statement",
                    hint:
                        "put its export there; if it keeps no books for the partnership, say in the agreement who "
                        + "does: books \(partnership.agreement.chart.host)"
                ))
        }
        let declaresBudget = partnership.agreement.contributions.contains { $0.source == .approvedBudget }
        if !declaresBudget,
            let figure = tables.ledger.budget.figures.filter({ $0.key.line == .approvedBudget }).map(\.value).min(by: {
                $0.place < $1.place
            })
        {
            findings.append(
                Finding(
                    .tableBroken, at: figure.place, found: "\(figure.amount)",
                    "the budget gives an approved budget, and the agreement doesn't call it a contribution",
                    hint: "add to the agreement: contribution approved budget of each member, stays"))
        }
        if declaresBudget {
            for member in partnership.agreement.chart.members
            where tables.ledger.budget.figure(.approvedBudget, member.name) == nil {
                findings.append(
                    Finding(
                        .approvedBudgetMissing, at: Place(file: prefix + "budget"),
                        "the budget gives no approved budget of \(member.label), which the agreement calls a "
                            + "contribution",
                        hint: "add it to the line \"approved budget\"; a member that contributes nothing has 0.00"))
            }
        }
        let known = Self.tables + ["imports", "exports", "published", "readme"]
        for name in try folder.names()
        where !known.contains(where: {
            name == $0 || name.hasPrefix($0 + ".") || ($0 == "readme" && name.lowercased().hasPrefix("readme"))
        }) {
            findings.append(
                Finding(
                    .fileNotRead, at: Place(file: prefix + name), "this name is none that the program reads",
                    hint: Nearest.hint(String(name.prefix { $0 != "." }), in: known)))
        }
        findings += tables.findings + imports.flatMap(\.findings)
        return Books(
            ledger: tables.ledger, imports: imports, printedTotals: tables.printedTotals,
            findings: partnership.findings + findings,
            illustrative: digests.map { String($0.prefix { $0 != " " }) }.filter {
                $0.lowercased().contains("illustrative")
            }, digest: Folder.digest(text: digests.joined(separator: "\n")))
    }

    /// The table of that name, whatever its format.
    private mutating func readTable(_ name: String) throws -> Table? {
        guard let file = try tableFile(name) else { return nil }
        let (table, faults) = try Table.read(path: folder.file(file), file: prefix + file)
        findings += faults
        return table
    }

    /// Last year's year-end entries, which this year's first period takes back.
    private mutating func lastYearsClosing() throws -> Table? {
        guard let (before, name) = partnership.folder(of: year.previous) else { return nil }
        let files = try before.names().filter { $0 == "closing" || $0.hasPrefix("closing.") }
        guard files.count == 1, let file = files.first else { return nil }
        digests.append("\(name)/\(file) " + (try Folder.digest(of: before.file(file))))
        // What is wrong with it, last year's own reading tells.
        return try Table.read(path: before.file(file), file: "\(name)/\(file)").table
    }

    /// The one file of that name.
    private mutating func tableFile(_ name: String) throws -> String? {
        let files = try folder.names().filter { $0 == name || $0.hasPrefix(name + ".") }
        guard let file = files.first else { return nil }
        if files.count > 1 {
            findings.append(
                Finding(
                    .tableBroken, at: Place(file: prefix + file),
                    "there are two tables named \"\(name)\": \(files.joined(separator: ", "))", hint: "keep one of them"
                ))
            return nil
        }
        digests.append(prefix + file + " " + (try Folder.digest(of: folder.file(file))))
        return file
    }

    private mutating func importExports() throws -> [FileImport] {
        let exports = folder.folder("exports")
        var imports: [FileImport] = []
        var found: [String: String] = [:]
        for name in try exports.names() where name != "superseded" {
            guard Folder.isFolder(exports.file(name)) else {
                findings.append(
                    Finding(
                        .tableBroken, at: Place(file: prefix + "exports/" + name),
                        "the file is under no member, so whose books it is can't be told",
                        hint: "move it to exports/MEMBER/"))
                continue
            }
            guard let member = partnership.agreement.chart.member(written: name) else {
                findings.append(
                    Finding(
                        .tableBroken, at: Place(file: prefix + "exports/" + name), found: name,
                        "the agreement has no such member",
                        hint: Nearest.hint(name, in: partnership.agreement.chart.members.map(\.name.text))))
                continue
            }
            let memberFolder = exports.folder(name)
            for file in try memberFolder.names() {
                if Folder.isFolder(memberFolder.file(file)) {
                    findings.append(
                        Finding(
                            .tableBroken, at: Place(file: prefix + "exports/\(name)/\(file)"),
                            "a folder inside a member's exports is not read",
                            hint: "move its files up to exports/\(name)/, or out of exports"))
                    continue
                }
                let relative = "exports/\(name)/\(file)"
                let digest = try Folder.digest(of: memberFolder.file(file))
                if let twin = found.first(where: { $0.value == digest })?.key {
                    findings.append(
                        Finding(
                            .fileTwice, at: Place(file: prefix + relative),
                            "the file is the same as \(twin), so everything in it counts twice",
                            hint: "take one of the two away"))
                }
                found[relative] = digest
                digests.append(prefix + relative + " " + digest)
                imports.append(
                    try FileImport.run(
                        path: memberFolder.file(file), file: prefix + relative, ledgerOf: member,
                        maps: partnership.maps, chart: partnership.agreement.chart, year: year))
            }
        }
        try compareWithImported(found, imports)
        return imports
    }

    /// Where `imports.csv` is kept, the files must be the ones it lists.
    private mutating func compareWithImported(_ found: [String: String], _ imports: [FileImport]) throws {
        guard let table = try readTable("imports") else { return }
        guard let file = table.column("file"), let digest = table.column("sha-256") else {
            findings.append(
                Finding(
                    .tableBroken, at: Place(table.source, row: 1), "the table has no columns \"file\" and \"sha-256\"",
                    hint: "its columns are: file, sha-256, map"))
            return
        }
        let map = table.column("map")
        var listed: Set<String> = []
        for row in table.rows {
            let name = row.fields[file]
            listed.insert(name)
            guard let actual = found[name] else {
                findings.append(
                    Finding(
                        .sourceChanged, at: row.place(file), found: name, "the file was imported, and is gone",
                        hint: "put it back; a corrected file moves the old one to exports/superseded"))
                continue
            }
            if actual != row.fields[digest].lowercased() {
                findings.append(
                    Finding(
                        .sourceChanged, at: row.place(digest), found: name,
                        "the file is not the one that was imported: its SHA-256 is \(actual)",
                        hint: "put the imported file back, or import the new one"))
            }
            if let map, !row.fields[map].isEmpty, let used = imports.first(where: { $0.file == prefix + name })?.map,
                used != row.fields[map]
            {
                findings.append(
                    Finding(
                        .sourceChanged, at: row.place(map), found: row.fields[map],
                        "the file was imported by another map: now \"\(used)\" fits it",
                        hint: "see which of the two is right"))
            }
        }
        for name in found.keys.sorted() where !listed.contains(name) {
            findings.append(
                Finding(
                    .sourceChanged, at: Place(file: prefix + name), "the file is not listed in imports.csv",
                    hint: "list it with its SHA-256, or take it away"))
        }
    }
}
