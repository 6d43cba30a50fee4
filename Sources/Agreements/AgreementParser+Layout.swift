internal import Findings
internal import Sterling
internal import Ledger

/// Signs, thresholds, and the rows of the statement's sections.
extension AgreementParser {
    mutating func parseSigns(_ reader: inout LineReader, _ keyword: Token) throws(LineFault) {
        let hint = "signs funding negative, expenditure positive"
        func sign(_ token: Token, _ reader: LineReader) throws(LineFault) -> StatementLayout.Sign {
            guard let sign = StatementLayout.Sign(rawValue: token.text) else {
                throw LineFault(
                    finding: reader.fault(
                        .wordUnexpected, at: token, "\"positive\" or \"negative\" was expected here", hint: hint))
            }
            return sign
        }
        try reader.expect(words: "funding", hint: hint)
        let funding = try sign(try reader.word("\"positive\" or \"negative\"", hint: hint), reader)
        guard reader.comma() else { throw reader.unexpected("a comma", hint: hint) }
        try reader.expect(words: "expenditure", hint: hint)
        let expenditure = try sign(try reader.word("\"positive\" or \"negative\"", hint: hint), reader)
        try reader.expectEnd(hint: hint)
        if draft.signs != nil { throw twice(reader, keyword) }
        draft.signs = StatementLayout.Signs(funding: funding, expenditure: expenditure)
    }

    mutating func parseThreshold(_ reader: inout LineReader, _ keyword: Token) throws(LineFault) {
        let hint = "threshold £1,000 or 10%"
        var amount: Money?
        var share: (Fraction, String)?
        var needsBoth = false
        var parts = 0
        repeat {
            guard let token = reader.next else { throw reader.unexpected("an amount or a percentage", hint: hint) }
            switch token.kind {
            case .amount(let value) where amount == nil: amount = value
            case .share(let value) where share == nil: share = (value, token.text)
            default: throw reader.unexpected("an amount or a percentage", hint: hint)
            }
            _ = reader.take()
            parts += 1
            if reader.take(words: "and") { needsBoth = true } else if !reader.take(words: "or") { break }
        } while parts < 2
        try reader.expectEnd(hint: hint)
        if draft.threshold != nil { throw twice(reader, keyword) }
        draft.threshold = Threshold(
            amount: amount, percentage: share?.0, percentageWritten: share?.1, needsBoth: needsBoth)
    }

    mutating func parseStatutory(_ reader: inout LineReader) throws(LineFault) {
        let hint = "statutory case-reviews in scr, or statutory child-death-reviews nil"
        let word = try reader.word("what a report must show", hint: hint)
        guard let item = StatutoryLine.Item(rawValue: word.text) else {
            throw LineFault(
                finding: reader.fault(
                    .nameUnknown, at: word, "no report must show this",
                    hint: Nearest.hint(word.text, in: StatutoryLine.Item.allCases.map(\.rawValue))))
        }
        if draft.statutory.contains(where: { $0.item == item }) { throw twice(reader, word) }
        if reader.take(words: "nil") {
            draft.statutory.append((item, [], reader))
        } else {
            try reader.expect(words: "in", hint: hint)
            let headings = reader.words()
            if headings.isEmpty { throw reader.unexpected("a heading", hint: hint) }
            draft.statutory.append((item, headings, reader))
        }
        try reader.expectEnd(hint: hint)
    }

    mutating func parseRow(_ reader: inout LineReader, _ keyword: Token) throws(LineFault) -> AgreementDraft.RowDraft {
        var row = AgreementDraft.RowDraft(content: .fixed(.netOutturn), keyword: keyword, reader: reader)
        switch keyword.text {
        case "approved":
            try reader.expect(words: "budget", hint: "approved budget \"General fund\"")
            row.content = .approvedBudget
        case "from":
            if reader.take(words: "general", "fund") {
                row.content = .fixed(.metFromGeneralFund)
            } else {
                row.content = .from(try reader.word("a contributor", hint: "from police \"Metropolitan Police\""))
            }
        case "cost", "income":
            let name = try reader.word("the heading's name", hint: "\(keyword.text) training \"Training\"")
            row.content = .heading(name, keyword.text == "cost" ? .cost : .income)
        case "met":
            try reader.expect(words: "from", hint: "met from reserves \"Transfer from reserves\"")
            if reader.take(words: "reserves") {
                row.content = .fixed(.metFromReserves)
            } else if reader.take(words: "grants") {
                row.content = .fixed(.metFromFunds)
            } else {
                try reader.expect(words: "partners", hint: "met from reserves, met from grants, or met from partners")
                row.content = .fixed(.metFromPartners)
            }
        case "net":
            try reader.expect(words: "outturn", hint: "net outturn \"Net outturn\"")
            row.content = .fixed(.netOutturn)
        case "brought":
            try reader.expect(words: "forward", hint: "brought forward \"Reserves brought forward\"")
            row.content = .fixed(.broughtForward)
        case "adjustment": row.content = .fixed(.adjustment)
        case "appropriations": row.content = .fixed(.appropriations)
        case "spent":
            try reader.expect(words: "from", "reserves", hint: "spent from reserves \"Case reviews met\"")
            row.content = .fixed(.spentFromReserves)
        case "to":
            if reader.take(words: "reserves") {
                row.content = .fixed(.contributionToReserves)
            } else {
                try reader.expect(words: "general", "fund", hint: "to reserves, or to general fund")
                row.content = .fixed(.returnedToGeneralFund)
            }
        case "shared":
            if reader.take(words: "from", "funds") {
                row.content = .fixed(.sharedFromFunds)
            } else {
                try reader.expect(
                    words: "net", "outturn",
                    hint: "shared net outturn \"Shared by the agreement\", or shared from funds \"Left of funds\"")
                row.content = .fixed(.sharedNetOutturn)
            }
        case "carried":
            try reader.expect(words: "forward", hint: "carried forward \"Reserves carried forward\"")
            row.content = .fixed(.carriedForward)
        default:
            row.content = .total([])
        }
        row.label = try reader.quoted("the printed label", hint: "the label stands last, as \"Salaries\"")
        if case .total = row.content, reader.take(words: "of") { row.content = .total(reader.words()) }
        try reader.expectEnd(hint: "the label stands last")
        return row
    }
}
