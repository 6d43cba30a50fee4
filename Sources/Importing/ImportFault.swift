internal import Findings
internal import Ledger
internal import Sheets
internal import Sterling

/// What can be wrong with an export: each fault with its data, worded in this file alone.
enum ImportFault: Fault {
    // The file
    case noMapFits(nearest: (map: String, header: String, missing: [String])?, maps: [String])
    case noHeader
    case severalMapsFit([String])
    case tooManyRows
    case further(Finding.Code, Int)
    case nothingRead
    case controlTotalMissing

    // Its header
    case columnMissing(String, titles: [String])
    case columnTwice(String)
    case ledgerOfOther(map: String, owner: String)
    case periodColumnOfYear(FinancialYear, not: FinancialYear)
    case sheetOutsideTable(String)
    case sheetMissing(map: String, has: [String])
    case sheetNotNamed(map: String)
    case periodColumnUnnamed
    case rowAboveHeader
    case columnHidden

    // A row's cells
    case rowTooLong
    case amountIsError
    case amountIsFormula
    case amountIsOfKind(String)
    case amountIsText(Money, AmountReader.Marker)
    case amountNotAvailable
    case amountUnreadable(reason: String)
    case amountMerged
    case periodUnreadable(ImportMap.PeriodFormat)
    case periodOfYear(FinancialYear, not: FinancialYear)
    case periodBroughtForward
    case dateUnreadable
    case dateNearMidnight
    case markUnknown(credits: [String])
    case markAndMinus(mark: String)
    case amountMoved(beside: String)
    case currencyOfFormat
    case blockBeside
    case numberRewritten

    // What a row says
    case rowWithoutAmount
    case rowWithoutCode
    case codeUnknown(map: String)
    case debitAndCredit
    case grossDiffers(net: Money, vat: Money)
    case rechargeWithItself
    case memberConcernedUnknown(members: [String])
    /// - Parameter gap: what the balance is above what it should be.
    case balanceBreaks(gap: Money)
    case balanceNeverRuns
    case subtotalDiffers(computed: Money, printed: Money)
    case controlTotalDiffers(computed: Money, printed: Money)
    case rowAfterControlTotal
    case otherCurrency
    case unitOfHeader(ImportMap.Unit)
    case creditsNegative
    case marksUnused
    case totalPosted(rows: Int, isFormula: Bool)
    case balancePosted
    case postingLikeTotal(isSum: Bool)
}

extension ImportFault {
    var code: Finding.Code {
        switch self {
        case .noMapFits, .noHeader: .noMapFits
        case .severalMapsFit: .severalMapsFit
        case .tooManyRows: .limitPassed
        case .further(let code, _): code
        case .nothingRead: .nothingRead
        case .controlTotalMissing: .controlTotalMissing
        case .columnMissing, .columnTwice: .columnMissing
        case .ledgerOfOther: .ledgerOfOther
        case .periodColumnOfYear: .periodColumnOfYear
        case .balanceBreaks, .balanceNeverRuns: .balanceBreaks
        case .sheetOutsideTable, .rowAboveHeader: .rowsOutsideTable
        case .sheetMissing: .sheetMissing
        case .columnHidden: .hiddenRead
        case .sheetNotNamed: .sheetNotNamed
        case .periodColumnUnnamed: .periodColumnUnnamed
        case .markUnknown: .markUnknown
        case .markAndMinus: .markAndMinus
        case .amountMoved: .amountMoved
        case .currencyOfFormat: .currencyOfFormat
        case .blockBeside: .blockBeside
        case .numberRewritten: .numberRewritten
        case .rowTooLong: .rowTooLong
        case .amountIsError: .amountIsError
        case .amountIsFormula: .formulaWithoutValue
        case .amountIsOfKind, .amountNotAvailable, .amountUnreadable: .amountUnreadable
        case .amountIsText: .amountIsText
        case .amountMerged: .amountMerged
        case .periodUnreadable: .periodUnreadable
        case .periodOfYear, .periodBroughtForward: .periodOutsideYear
        case .dateUnreadable: .dateUnreadable
        case .dateNearMidnight: .dateNearMidnight
        case .rowWithoutAmount: .rowWithoutAmount
        case .rowWithoutCode, .codeUnknown: .codeUnknown
        case .debitAndCredit: .debitAndCredit
        case .grossDiffers: .grossDiffers
        case .rechargeWithItself: .rechargeWithItself
        case .memberConcernedUnknown: .memberConcernedUnknown
        case .subtotalDiffers: .subtotalDiffers
        case .controlTotalDiffers, .rowAfterControlTotal: .controlTotalDiffers
        case .otherCurrency: .otherCurrency
        case .unitOfHeader: .unitOfHeader
        case .creditsNegative: .creditsNegative
        case .marksUnused: .marksUnused
        case .totalPosted, .balancePosted: .totalPosted
        case .postingLikeTotal: .postingLikeTotal
        }
    }

    var message: String {
        switch self {
        case .noMapFits: "no map fits this file"
        case .noHeader: "no row looks like a header: a row of names with rows of figures below it"
        case .severalMapsFit(let maps): "more than one map fits: \(maps.joined(separator: ", "))"
        case .tooManyRows: "the file has more than \(Limits.importedRows) rows with an amount"
        case .further(_, let count): "\(count) further row\(count == 1 ? " is" : "s are") like those listed"
        case .nothingRead: "no row became a posting"
        case .controlTotalMissing: "the control total that the map describes was not found"
        case .columnMissing(let title, _): "the header has no column \"\(title)\""
        case .columnTwice(let title): "two columns are headed \"\(title)\", and which is meant is unclear"
        case .ledgerOfOther(let map, let owner):
            "the map \"\(map)\" reads the ledger of \(owner), and the file lies in another's"
        case .periodColumnOfYear(let other, let year):
            "the map's column is headed for \(other), and the file is read for \(year)"
        case .balanceBreaks(let gap):
            "the balance before and the row's amount don't come to the balance here: \(gap) apart"
        case .balanceNeverRuns: "the balances don't run with the amounts, in whatever order"
        case .sheetOutsideTable(let sheet):
            "the sheet \"\(sheet)\" holds numbers and no header that the map knows, so nothing of it was read"
        case .sheetMissing(let map, _): "the map \"\(map)\" names a sheet that the file hasn't got"
        case .sheetNotNamed(let map):
            "the sheet has the header of the map \"\(map)\" and is not among its sheets, so nothing of it was read"
        case .periodColumnUnnamed: "a column of a period that the map doesn't name holds an amount, which was not read"
        case .markUnknown: "the mark beside the amount is none that the map knows, so its side is unclear"
        case .markAndMinus(let mark):
            "the amount is below zero and is marked \(mark), so its side is unclear"
        case .amountMoved(let beside):
            "beside the amount stands \(beside), in a column where other rows have no figure: a comma may have cut it"
        case .currencyOfFormat: "the workbook shows the amount in another currency, and it is read as pounds"
        case .blockBeside: "an amount stands beside the table, under a heading of its own, and was not read"
        case .numberRewritten: "a spreadsheet has written the number in another form, and its last digits may be gone"
        case .columnHidden: "the map reads a column that the spreadsheet hides"
        case .rowAboveHeader: "a row above the header holds a number in a column of amounts, and was not read"
        case .rowTooLong: "the row has more fields than the header, so its amount may be cut in two"
        case .amountIsError: "the amount is an error value"
        case .amountIsFormula: "the amount is a formula without its value"
        case .amountIsOfKind(let kind): "the amount is a \(kind)"
        case .amountIsText(let amount, let marker):
            "the amount is stored as text; read as "
                + "\(amount)\(marker == .none ? "" : marker == .credit ? " CR" : " DR")"
        case .amountNotAvailable: "the amount says \"not available\", which is not zero"
        case .amountUnreadable(let reason): "the amount can't be read: \(reason)"
        case .amountMerged: "the amount's cell is merged, so which cells it stands for is unclear"
        case .periodUnreadable: "the accounting period can't be read"
        case .periodOfYear(let other, let year): "the period belongs to \(other), not to \(year)"
        case .periodBroughtForward: "P0 holds what was brought forward, and the code is one of the year's own"
        case .dateUnreadable: "the date can't be read"
        case .dateNearMidnight: "the time is within an hour of midnight, so the day may be the next one here"
        case .rowWithoutAmount: "the row has a code and no amount"
        case .rowWithoutCode: "an amount stands in a row without a code"
        case .codeUnknown(let map): "the map \"\(map)\" doesn't know this code"
        case .debitAndCredit: "the row has a debit and a credit"
        case .grossDiffers(let net, let vat): "net \(net) and VAT \(vat) add up to \(net + vat), not to the gross"
        case .rechargeWithItself: "the map calls this code a recharge with the member whose own ledger this is"
        case .memberConcernedUnknown: "no member has this name; the row is in suspense"
        case .subtotalDiffers(let computed, let printed):
            "the rows above add up to \(computed), and the sub-total is \(printed): \(printed - computed) apart "
                + "(debits positive)"
        case .controlTotalDiffers(let computed, let printed):
            "the rows read add up to \(computed), and the control total is \(printed): \(printed - computed) apart "
                + "(debits positive)"
        case .otherCurrency: "the amount is in another currency, and was not read as pounds"
        case .unitOfHeader(let unit):
            "the header says that amounts are in \(unit.rawValue), and they are read as pounds"
        case .creditsNegative: "every figure in the credit column is below zero, and is read as a debit"
        case .marksUnused: "a column marks credits, no amount is below zero, and the map reads all as debits"
        case .totalPosted(let rows, let isFormula):
            (isFormula ? "the row's amount is worked out by a formula" : "the row reads like a total")
                + (rows > 0 ? ", is the sum of the \(rows) rows above it" : "")
                + " and is posted with them"
        case .balancePosted: "the row calls itself a balance, and is posted as what was paid"
        case .postingLikeTotal(isSum: false):
            "the map takes the row for a total, but it has all that a posting has and is no sum of the rows above: it "
                + "is posted"
        case .postingLikeTotal(isSum: true):
            "the map takes the row for a total of the one row above, and it has all that a posting has"
        case .rowAfterControlTotal: "a transaction comes after the control total, which doesn't cover it"
        }
    }

    func hint(_ found: String) -> String {
        switch self {
        case .noMapFits(let nearest?, _):
            "the nearest is \"\(nearest.map)\": the header at \(nearest.header) lacks "
                + nearest.missing.map { "\"\($0)\"" }.joined(separator: ", ")
        case .noMapFits(nil, maps: []): "there is no map in maps/ that could be read: mend or write one"
        case .noMapFits(nil, let maps):
            "none of \(maps.sorted().joined(separator: ", ")) finds its header: compare their `recognise` with the "
                + "file's header row"
        case .noHeader:
            "see what the program reads with `outturn read`; write the map by hand from `outturn map show plain-list`"
        case .severalMapsFit: "give one of them a further header name to recognise"
        case .tooManyRows: "export a year at a time"
        case .further: "mend what is listed, and import the file again"
        case .nothingRead: "check the period and the cost centre that the export was run for"
        case .controlTotalMissing:
            "see whether the file is cut short; if its total is printed otherwise now, mend the map's `control total`"
        case .columnMissing(let title, let titles): Nearest.hint(title, in: titles)
        case .columnTwice(let title):
            "name the one that is meant: \"\(title) (1)\" or \"\(title) (2)\", or by its letter: column B"
        case .ledgerOfOther(_, let owner):
            "import it for \(owner), or write a map for this member's ledger"
        case .periodColumnOfYear(_, let year):
            "name the columns of \(year) in the map's `period columns`, or import the file into its own year"
        case .balanceBreaks:
            "export the file again: rows are missing, or were changed by hand; if the column is no running balance, "
                + "take `balance` out of the map"
        case .balanceNeverRuns: "take `balance` out of the map, if the column is no running balance"
        case .sheetOutsideTable: "name the sheets to read in the map's `sheets`, or give this one the header"
        case .sheetMissing(_, let has):
            "the file has: \(has.joined(separator: ", ")); mend the map's `sheets`, or the sheet's name"
        case .sheetNotNamed: "add it to the map's `sheets`, or give it another header"
        case .periodColumnUnnamed: "add the column to the map's `period columns`"
        case .markUnknown(let credits):
            "the map's credits are \(credits.joined(separator: ", ")); add the mark to `credit` or `debit` in `sign`"
        case .markAndMinus:
            "if the minus says what the mark says, take `sign` out of the map and say: amounts: debits positive"
        case .amountMoved: "put quotation marks around fields that hold a comma; if the row is right, answer it"
        case .currencyOfFormat:
            "convert the amounts at their source; if they are pounds, mend the number format or answer it"
        case .blockBeside: "put the blocks below each other, or on sheets of their own, under one header"
        case .numberRewritten: "export the file again with the column as text"
        case .columnHidden: "look whether it is the column that is meant: show it in a spreadsheet program"
        case .rowAboveHeader: "move the header above all transactions"
        case .rowTooLong: "put quotation marks around fields that hold the separator"
        case .amountIsError: "mend the formula in the source and export again"
        case .amountIsFormula: "open the file in a spreadsheet program, recalculate and save it"
        case .amountIsOfKind: "mend the cell's type at its source"
        case .amountIsText: "nothing to do, if that is the amount"
        case .amountNotAvailable: "give the amount at its source"
        case .amountUnreadable: "mend the cell at its source and export again"
        case .amountMerged: "unmerge the cells and export again"
        case .periodUnreadable(let format): "the map says: period format: \(format.rawValue)"
        case .periodOfYear: "put the row into that year's export, or mend its period"
        case .periodBroughtForward: "give the row its period, or let the map exclude it"
        case .dateUnreadable: "write it as 2018-04-30 or 30/04/2018"
        case .dateNearMidnight:
            "have days exported without a time; this is the first such row of the file"
        case .rowWithoutAmount: "mend the row at its source, or let the map exclude it"
        case .rowWithoutCode: "if it is a sub-total, describe it in the map's `rows`; else mend the row"
        case .codeUnknown:
            "add to the map's codes: \(Self.quoted(found)): and its class; until then the row is in suspense"
        case .debitAndCredit: "mend the row at its source: it moves an amount one way"
        case .grossDiffers: "mend the row at its source"
        case .rechargeWithItself:
            "say what the code is in this ledger, or let the map exclude it; until then the row is in suspense"
        case .memberConcernedUnknown(let members):
            "add to the map's `members concerned`, or: " + Nearest.hint(found, in: members)
        case .subtotalDiffers, .controlTotalDiffers:
            "export the file again: rows are missing, or were changed by hand"
        case .otherCurrency:
            "name the column of amounts in pounds, if there is one; else convert the row at its source"
        case .creditsNegative:
            "if the minus only says credit again, add to the map: credits: negative; else: credits: positive"
        case .marksUnused: "add to the map: sign: and the column with its marks of a credit"
        case .unitOfHeader(let unit): "add to the map: unit: \(unit.rawValue)"
        case .totalPosted, .balancePosted: "describe such rows in the map's `rows`; if it is a posting, answer it"
        case .postingLikeTotal: "let the map's test find totals alone; if the row is what it was taken for, answer it"
        case .rowAfterControlTotal: "export the file again; a control total stands last on its sheet"
        }
    }
}

extension Importer {
    /// Reports a fault of a row at one of its cells.
    ///
    /// - Parameter found: `nil` says what the cell holds.
    func report(_ fault: ImportFault, _ row: RowTexts, _ column: Int, found: String? = nil) {
        result.findings.append(
            fault.finding(at: row.place(column), found: found ?? row.text(column), excerpt: row.excerpt(column)))
    }
}

extension ImportFault {
    /// A code as a map writes it: in YAML's quotation marks.
    fileprivate static func quoted(_ code: String) -> String {
        "\"\(code.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}
