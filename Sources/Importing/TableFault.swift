internal import Findings
internal import Ledger
internal import Sterling

/// What can be wrong with a table of the year: each fault with its data, worded in this file alone.
///
/// A code stands for one fault, whichever table has it; `Finding.Code` says what each means.
enum TableFault: Fault {
    // The table
    case empty
    case tooLong(mostRows: Int)
    case columnTwice
    case memberColumnTwice
    case columnUnknown(known: [String])
    case columnMissing(String, all: [String])
    case notText(isError: Bool)
    case formulaWithoutValue
    case sheetNotRead(String)

    // What a cell says
    case nameUnknown(Named, known: [String])
    case wordUnknown([String], mayBeBlank: Bool)
    case amountCut
    /// - Parameter reason: `nil` where it is something else than an amount.
    case amountUnreadable(reason: String?)
    case amountMissing(of: Sum)
    case nothingBroughtForward
    case amountNegative
    /// - Parameter mayBeForward: whether a balance brought forward might be meant.
    case periodUnreadable(mayBeForward: Bool)
    case dateUnreadable

    // What a row says
    case incomplete(Entry)
    case entryTwice(OnlyEntry)
    /// - Parameter first: where the same row stands before.
    case rowTwice(first: Place)
    case movesNowhere(Movement)
    /// - Parameter count: how many of the table's journals have a minus.
    case journalsTurned(count: Int)
    case headingNeeded
    case movesOnlyCash(Movable)
    case virementWithoutBudget
    case yearEndEntryWrong(isCost: Bool)
    case approvedBudgetPosted
    case inKindTooLarge
    case inKindValueDiffers(product: Money)
    case inKindHalfReckoned
    case usedBeforeOfReserve
    case vatUnexplained
    case invoiceToItself
    case receivedTooMuch
    /// - Parameter severity: an error is mended, and a note needs no answer.
    case answeredNoWarning(Severity)

    /// Whom or what a cell names.
    enum Named: String {
        case member, contributor, grant, account, line, code
        case memberOrContributor = "member or contributor"
        case memberOrFund = "member or fund"
    }

    /// What has an amount.
    enum Sum: String {
        case row, journal, gift, invoice
        case typedForecast = "typed forecast"
    }

    /// What stands in a table once.
    enum OnlyEntry {
        case budget, forecast, openingOfFund, openingOfMember, invoiceNumber
    }

    enum Movement: String {
        case journal, virement
    }

    /// What a journal moves to or from cash alone.
    enum Movable: String {
        case reserve, fund, contributor
    }

    /// A row that must say more than its amount.
    enum Entry {
        case journal, yearEndEntry, inKind, virement, typedForecast, carryForwardRequest, adjustment, invoiceDates,
            answer
    }
}

extension TableFault {
    var code: Finding.Code {
        switch self {
        case .empty: .tableEmpty
        case .tooLong: .tableTooLong
        case .columnTwice, .memberColumnTwice: .tableColumnTwice
        case .columnUnknown: .tableColumnUnknown
        case .columnMissing: .tableColumnMissing
        case .notText: .tableCellWrong
        case .formulaWithoutValue: .formulaWithoutValue
        case .sheetNotRead: .sheetNotRead
        case .nameUnknown: .tableNameUnknown
        case .wordUnknown: .tableWordUnknown
        case .amountCut, .amountUnreadable: .tableAmountUnreadable
        case .amountMissing, .nothingBroughtForward: .tableAmountMissing
        case .amountNegative: .tableAmountNegative
        case .periodUnreadable: .tablePeriodUnreadable
        case .dateUnreadable: .tableDateUnreadable
        case .incomplete: .entryIncomplete
        case .entryTwice: .entryTwice
        case .rowTwice: .rowTwice
        case .movesNowhere: .movesNowhere
        case .journalsTurned: .signUnexpected
        case .headingNeeded: .headingNeeded
        case .movesOnlyCash: .movesOnlyCash
        case .virementWithoutBudget: .virementWithoutBudget
        case .yearEndEntryWrong, .approvedBudgetPosted: .yearEndEntryWrong
        case .inKindTooLarge, .inKindValueDiffers, .inKindHalfReckoned: .inKindValueWrong
        case .usedBeforeOfReserve: .usedBeforeOfReserve
        case .vatUnexplained: .vatUnexplained
        case .invoiceToItself: .rechargeWithItself
        case .receivedTooMuch: .receivedTooMuch
        case .answeredNoWarning: .answeredNoWarning
        }
    }

    var message: String {
        switch self {
        case .empty: "the table is empty"
        case .tooLong(let mostRows): "the table has more than \(mostRows) rows"
        case .columnTwice: "two columns have one header"
        case .memberColumnTwice: "the member has two columns"
        case .columnUnknown: "the table has no such column"
        case .columnMissing(let title, _): "the table has no column \"\(title)\""
        case .notText(let isError): "the cell is \(isError ? "an error value" : "a yes or no")"
        case .formulaWithoutValue: "the cell is a formula without its value"
        case .sheetNotRead(let sheet): "the sheet \"\(sheet)\" has none of the table's columns"
        case .nameUnknown(.line, _): "the agreement has no such line"
        case .nameUnknown(let named, _): "no \(named.rawValue) has this name"
        case .wordUnknown: "the column doesn't know this word"
        case .amountCut: "an amount doesn't begin with zeros: a comma may have cut it in two"
        case .amountUnreadable(nil): "an amount was expected"
        case .amountUnreadable(let reason?): "the amount can't be read: \(reason)"
        case .amountMissing(let sum): "the \(sum.rawValue) has no amount"
        case .nothingBroughtForward: "nothing is said to be brought forward"
        case .amountNegative: "the amount is less than zero"
        case .periodUnreadable: "the period can't be read"
        case .dateUnreadable: "the date can't be read"
        case .incomplete(let entry): entry.message
        case .entryTwice(let entry): entry.message
        case .rowTwice(let first): "the same row stands at \(first) already, so it counts twice"
        case .journalsTurned(1): "the journal's amount has a minus, so it was read from its `to` to its `from`"
        case .journalsTurned(let count):
            "\(count) journals have amounts with a minus, so each was read from its `to` to its `from`"
        case .headingNeeded: "an order is of a heading"
        case .movesNowhere(.virement): "the virement moves budget from a line to itself"
        case .movesNowhere(.journal): "the journal moves an amount from an account to itself"
        case .movesOnlyCash(let movable): "a \(movable.rawValue) moves money only to or from cash"
        case .virementWithoutBudget: "the line has no budget to move"
        case .yearEndEntryWrong(let isCost): "this is no year-end entry for \(isCost ? "a cost" : "an income")"
        case .approvedBudgetPosted: "an approved budget is no posting"
        case .inKindTooLarge: "days times rate is more than any gift is worth"
        case .inKindValueDiffers(let product): "the value is not days times rate, which is \(product)"
        case .inKindHalfReckoned: "days and a rate go together"
        case .usedBeforeOfReserve: "only a grant is used over several years"
        case .invoiceToItself: "the member invoices itself"
        case .vatUnexplained: "the invoice charges VAT and doesn't say why"
        case .receivedTooMuch: "more was received and written off than was invoiced"
        case .answeredNoWarning(let severity): "\(severity == .error ? "an error" : "a note") can't be answered"
        }
    }

    func hint(_ found: String) -> String {
        switch self {
        case .empty: "its first row names the columns"
        case .tooLong: "it is probably an export: put it under exports/"
        case .columnTwice: "give them different headers, or take one away"
        case .memberColumnTwice: "take one of the two away"
        case .columnUnknown(let known), .nameUnknown(_, let known): Nearest.hint(found, in: known)
        case .columnMissing(_, let all): "its columns are: \(all.joined(separator: ", "))"
        case .notText: "mend the cell"
        case .formulaWithoutValue: "open the table in a spreadsheet program, recalculate and save it"
        case .sheetNotRead:
            "nothing of it was read: give it the table's header, or take the sheet out of the workbook"
        case .wordUnknown(let words, let mayBeBlank):
            "write \(words.joined(separator: ", or "))\(mayBeBlank ? ", or leave the cell blank" : "")"
        case .amountCut: "put quotation marks around amounts with commas"
        case .amountUnreadable: "write it as 1234.50"
        case .amountMissing(.typedForecast): "give the year's whole, not what is still to come"
        case .amountMissing(.gift): "give the value, or days and a rate"
        case .amountMissing: "give the amount"
        case .nothingBroughtForward: "a reserve or a fund that held nothing has 0.00"
        case .amountNegative: "write it without a minus; what it is, another column says"
        case .periodUnreadable(let mayBeForward):
            "P1 to P16, April being P1\(mayBeForward ? "; a balance brought forward belongs into `opening`" : "")"
        case .dateUnreadable: "write it as 2018-04-30 or 30/04/2018"
        case .incomplete(let entry): entry.hint
        case .entryTwice(.invoiceNumber): "give each invoice a number of its own"
        case .entryTwice: "remove one of the two rows"
        case .rowTwice: "remove one of the two; if both are meant, give each a number or a reason of its own"
        case .journalsTurned: "write amounts without a minus, with the accounts as the money goes"
        case .headingNeeded: "name the heading that will be charged"
        case .movesNowhere(.virement): "name two lines"
        case .movesNowhere(.journal): "name two accounts"
        case .movesOnlyCash: "make two journals: one with cash, and one from cash to where it goes"
        case .virementWithoutBudget: "give it one in `budget`; a line that begins with nothing has 0.00"
        case .yearEndEntryWrong(isCost: true): "write: accrual, or prepayment"
        case .yearEndEntryWrong(isCost: false): "write: debtor, or receipt in advance"
        case .approvedBudgetPosted: "name a heading or a contributor"
        case .inKindTooLarge: "mend the days or the rate"
        case .inKindValueDiffers: "mend one of the three"
        case .inKindHalfReckoned: "give both, such as 12.5 and 180.00, or the value alone"
        case .usedBeforeOfReserve: "leave the cell blank for a reserve"
        case .invoiceToItself: "name who is to pay"
        case .vatUnexplained:
            "say in the column \"vat treatment\" how the supply is treated, such as standard-rated"
        case .receivedTooMuch:
            "write here what was due, and enter what was overpaid in `closing` as a receipt in advance"
        case .answeredNoWarning(let severity):
            severity == .error ? "mend what it says; only a warning can stand for a reason" : "take the row away"
        }
    }
}

extension TableFault.OnlyEntry {
    fileprivate var message: String {
        switch self {
        case .budget: "the line has two budgets"
        case .forecast: "the line has two forecasts"
        case .openingOfFund: "the fund has two opening balances"
        case .openingOfMember: "the member has two opening balances"
        case .invoiceNumber: "two invoices have one number"
        }
    }
}

extension TableFault.Entry {
    fileprivate var message: String {
        switch self {
        case .journal: "a journal has a number and a reason"
        case .yearEndEntry: "a year-end entry has a document and a reason"
        case .inKind: "nothing says how it was valued"
        case .virement: "a virement says who agreed it, and why"
        case .typedForecast: "a typed forecast has a reason"
        case .carryForwardRequest: "a request has a reason"
        case .adjustment: "the adjustment has no reason"
        case .invoiceDates: "an invoice has a date, and a day on which it is due"
        case .answer: "an answer says what it is about, the reason, by whom and when"
        }
    }

    fileprivate var hint: String {
        switch self {
        case .journal, .yearEndEntry: "number it, and say why it is made"
        case .inKind: "name the basis, such as: the hall's hire rate"
        case .virement: "name a role, such as business manager or members, and the reason"
        case .typedForecast: "say what it rests on"
        case .carryForwardRequest: "say what it is for"
        case .adjustment: "say in the column \"reason\" why the certified balance changed"
        case .invoiceDates: "write it as 2018-04-30"
        case .answer: "fill all five cells; by whom is a role, such as finance officer"
        }
    }
}

extension YearTables {
    mutating func report(_ fault: TableFault, at place: Place, found: String? = nil) {
        findings.append(fault.finding(at: place, found: found))
    }
}
