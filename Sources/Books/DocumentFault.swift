internal import Agreements
internal import Findings
internal import Ledger

/// What can be wrong with a partnership's documents as they lie there: each fault with its data, worded in this file
/// alone.
enum DocumentFault: Fault {
    // A document
    case unreadable(reason: String)
    case tableTwice(String, files: [String])
    case fileTwice(DocumentName)
    case nameUnknown(String, known: [String])

    // Where exports lie
    case exportOfNobody
    case exportOfStranger(members: [String])
    case exportNested(folder: String)
    case ledgerMissing(member: String, host: String)

    // The list of imports
    case listWithoutColumns
    case importGone
    case importChanged(Digest)
    case importByOtherMap(String)
    case importUnlisted
    /// - Parameter exports: how many lie there.
    case listMissing(exports: Int)

    // The year as a whole
    case postingsBeyondSum
    case approvedBudgetUndeclared
    case approvedBudgetMissing(member: String)
}

extension DocumentFault {
    var code: Finding.Code {
        switch self {
        case .unreadable: .documentUnreadable
        case .tableTwice: .tableTwice
        case .fileTwice: .fileTwice
        case .nameUnknown: .fileNotRead
        case .exportOfNobody, .exportOfStranger: .exportWithoutMember
        case .exportNested: .exportNested
        case .ledgerMissing: .ledgerMissing
        case .listWithoutColumns: .tableColumnMissing
        case .importGone, .importChanged, .importByOtherMap, .importUnlisted: .sourceChanged
        case .listMissing: .importListMissing
        case .postingsBeyondSum: .limitPassed
        case .approvedBudgetUndeclared: .approvedBudgetUndeclared
        case .approvedBudgetMissing: .approvedBudgetMissing
        }
    }

    var message: String {
        switch self {
        case .unreadable(let reason): "the document can't be read: \(reason)"
        case .tableTwice(let name, let files):
            "there are two tables named \"\(name)\": \(files.joined(separator: ", "))"
        case .fileTwice(let twin): "the file is the same as \(twin.inYear), so everything in it counts twice"
        case .nameUnknown: "this name is none that the program reads"
        case .exportOfNobody: "the file is under no member, so whose books it is is unclear"
        case .exportOfStranger: "the agreement has no such member"
        case .exportNested: "a folder inside a member's exports is not read"
        case .ledgerMissing(let member, _):
            "there is no export of \(member)'s books, so nothing of them is in the statement"
        case .listWithoutColumns: "the table has no columns \"file\" and \"sha-256\""
        case .importGone: "the file was imported, and is gone"
        case .importChanged(let digest): "the file is not the one that was imported: its SHA-256 is \(digest)"
        case .importByOtherMap(let map): "the file was imported by another map: now \"\(map)\" fits it"
        case .importUnlisted: "the file is not listed in imports.csv"
        case .listMissing(let exports):
            "the year has \(exports) export\(exports == 1 ? "" : "s") and no imports.csv that says what came"
        case .postingsBeyondSum: "the year's postings add up to more than can be added"
        case .approvedBudgetUndeclared:
            "the budget gives an approved budget, and the agreement doesn't call it a contribution"
        case .approvedBudgetMissing(let member):
            "the budget gives no approved budget of \(member), which the agreement calls a contribution"
        }
    }

    func hint(_ found: String) -> String {
        switch self {
        case .unreadable: "put the file itself in its place, or take it away"
        case .tableTwice: "keep one of them"
        case .fileTwice: "take one of the two away"
        case .nameUnknown(let name, let known): Nearest.hint(String(name.prefix { $0 != "." }), in: known)
        case .exportOfNobody: "move it to exports/MEMBER/"
        case .exportOfStranger(let members): Nearest.hint(found, in: members)
        case .exportNested(let folder): "move its files up to exports/\(folder)/, or out of exports"
        case .ledgerMissing(_, let host):
            "put its export there; if it keeps no books for the partnership, say in the agreement who does: books "
                + host
        case .listWithoutColumns: "its columns are: file, sha-256, map"
        case .importGone: "put it back; a corrected file moves the old one to exports/superseded"
        case .importChanged: "put the imported file back, or import the new one"
        case .importByOtherMap: "see which of the two is right"
        case .importUnlisted: "list it with its SHA-256, or take it away"
        case .listMissing: "put it back, or import the exports again: outturn import"
        case .postingsBeyondSum: "those beyond it are in no figure: see whether amounts are in the wrong unit"
        case .approvedBudgetUndeclared: "add to the agreement: contribution approved budget of each member, stays"
        case .approvedBudgetMissing:
            "add it to the line \"approved budget\"; a member that contributes nothing has 0.00"
        }
    }
}
