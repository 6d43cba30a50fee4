internal import Findings

/// What can be wrong with a map: each fault with its data, worded in this file alone.
enum MapFault: Fault {
    // The file
    case tooLargeOrAliased
    /// - Parameter problem: what the YAML reader says, with line and column, where it says something.
    case notYAML(_ problem: String?)
    case notKeys

    // Keys and their values
    case keyUnknown(known: [String])
    case roleUnknown(known: [String])
    case missing(_ key: String, add: String)
    case notAList(_ key: String, like: String)
    case notAName(like: String)
    case wordUnknown([String])

    // Columns
    case noColumn(_ what: String, add: String)
    case amountWays
    case amountAndPeriodTwice
    case periodSaidTwice
    case yearWithoutFormat([String])
    case periodUnknown
    case periodTwice
    case periodFormatUnknown([String])
    case noColumnForPeriodFormat(_ role: String)

    // Rows
    case testWithoutColumn
    case testWithoutText(column: String)
    case testOfSeveral([String])
    case signOfSides
    case markOfBothSides(String)
    case excludedWithoutReason

    // Codes and members
    case noCode(_ written: String)
    case rangeBackwards
    case codesClash
    case classUnknown
    case nameUnknown(_ what: String, _ name: String, known: [String])
    case kindDiffers(_ heading: String, isCost: Bool)
}

extension MapFault {
    var code: Finding.Code {
        switch self {
        case .tooLargeOrAliased, .notYAML, .notKeys: .mapNotYAML
        case .keyUnknown, .roleUnknown: .mapKeyUnknown
        case .missing: .mapKeyMissing
        case .notAList, .notAName: .mapValueWrong
        case .wordUnknown, .periodFormatUnknown, .yearWithoutFormat: .mapWordUnknown
        case .noColumn, .noColumnForPeriodFormat: .mapColumnMissing
        case .amountWays, .amountAndPeriodTwice, .periodSaidTwice, .signOfSides: .mapAmountWays
        case .periodUnknown: .mapPeriodUnknown
        case .testWithoutColumn, .testWithoutText, .testOfSeveral: .mapTestWrong
        case .excludedWithoutReason: .excludedWithoutReason
        case .noCode, .rangeBackwards: .mapCodeWrong
        case .codesClash, .periodTwice, .markOfBothSides: .mapClaimsTwice
        case .classUnknown: .mapClassUnknown
        case .nameUnknown: .mapNameUnknown
        case .kindDiffers: .mapKindDiffers
        }
    }

    var message: String {
        switch self {
        case .tooLargeOrAliased: "a map is at most 1 MB and uses no anchors or aliases (& and * before a name)"
        case .notYAML(nil): "the file is not valid YAML"
        case .notYAML(let problem?): "the file is not valid YAML: \(problem)"
        case .notKeys: "a map is a list of keys and values"
        case .keyUnknown: "no map has this key"
        case .roleUnknown: "no column has this role"
        case .missing("recognise", _): "`recognise` names no header"
        case .missing(let key, _): "`\(key)` is missing"
        case .notAList("rows", _): "`rows` is a list of keys and tests"
        case .notAList("period columns", _): "`period columns` is a list of periods and headers"
        case .notAList("sign", _): "`sign` names a column and its marks"
        case .notAList("members concerned", _): "`members concerned` is a list of texts and members"
        case .notAList(let key, _): "`\(key)` is a list"
        case .notAName: "a name was expected here"
        case .wordUnknown(let words): "one of \(words.map { "\"\($0)\"" }.joined(separator: ", ")) was expected"
        case .noColumn(let what, _): "no column holds the \(what)"
        case .amountWays:
            "the amount must come from one place: `amount`, or `debit` and `credit`, or `net` (with `vat` and "
                + "`gross`)"
        case .amountAndPeriodTwice: "with `period columns`, the amount and the period come from those"
        case .periodSaidTwice: "the period comes from a column, or is one for the whole file"
        case .yearWithoutFormat: "a column holds the year, and the period format doesn't say which year it means"
        case .periodUnknown: "this is no accounting period"
        case .periodTwice: "the period has two columns"
        case .periodFormatUnknown: "this is no period format"
        case .noColumnForPeriodFormat: "the map names no column for the period format"
        case .testWithoutColumn: "a test of rows names a column"
        case .testWithoutText: "a test of rows says what the column begins or ends with, is or contains"
        case .testOfSeveral(let kinds):
            "a test of rows asks one thing, and this one has \(kinds.map { "\"\($0)\"" }.joined(separator: " and "))"
        case .signOfSides: "debits and credits have columns of their own, so no other tells them apart"
        case .markOfBothSides(let mark): "\"\(mark)\" can't mark a credit and a debit"
        case .excludedWithoutReason: "rows are excluded only for a reason"
        case .noCode(let written): "\"\(written)\" names no code"
        case .rangeBackwards: "the range runs backwards"
        case .codesClash: "two lines of `codes` claim the same codes"
        case .classUnknown: "a code's class can't be understood"
        case .nameUnknown(let what, let name, _): "the agreement has no \(what) \"\(name)\""
        case .kindDiffers(let name, let isCost): "the agreement calls \"\(name)\" \(isCost ? "a cost" : "an income")"
        }
    }

    func hint(_ found: String) -> String {
        switch self {
        case .tooLargeOrAliased: "write each value out"
        case .notYAML(nil): "check the indentation and the quotation marks"
        case .notYAML: "check the indentation and the quotation marks of that line"
        case .notKeys: "`outturn new DIR` writes a commented one"
        case .keyUnknown(let known), .roleUnknown(let known): Nearest.hint(found, in: known)
        case .missing(_, let line): line
        case .notAList(_, let example), .notAName(let example): example
        case .wordUnknown(let words): Nearest.hint(found, in: words)
        case .noColumn("period or the date", _):
            "add: period: and the header's name; for a file of one period, beside `columns`: period: P12"
        case .noColumn(_, let role): "add: \(role): and the header's name"
        case .amountWays: "name the columns of one of the three ways"
        case .amountAndPeriodTwice: "take `amount` and `period` out of `columns`"
        case .periodSaidTwice: "take `period` out of `columns`, or the one beside them away"
        case .yearWithoutFormat(let known): "write period format: and one of: \(known.joined(separator: "; "))"
        case .periodUnknown: "write P1 to P16, April being P1"
        case .periodTwice: "keep one of them"
        case .periodFormatUnknown(let known): "write one of: \(known.joined(separator: "; "))"
        case .noColumnForPeriodFormat(let role): "add the \(role) to `columns`"
        case .testWithoutColumn: "{column: Account, begins: Total}"
        case .testWithoutText(let column): "{column: \(column), begins: Total}"
        case .testOfSeveral: "keep one of them; exclusions may be several, each with its own test"
        case .signOfSides: "take `sign` out, or name the one column of amounts"
        case .markOfBothSides: "name it once"
        case .excludedWithoutReason: "add: because: and the reason"
        case .noCode: "write a code, or a cost centre and a code: LSCB/4000"
        case .rangeBackwards: "write the lower code first"
        case .codesClash: "keep one, or let one be more exact than the other"
        case .classUnknown:
            "write one of: expenditure HEADING; income HEADING; contribution from CONTRIBUTOR; recharge with MEMBER; "
                + "receipt of FUND; transfer to FUND; reserve transfer; reserve balance; excluded, REASON"
        case .nameUnknown(_, let name, let known): Nearest.hint(name, in: known)
        case .kindDiffers(let name, let isCost): "write: \(isCost ? "expenditure" : "income") \(name)"
        }
    }
}
