internal import Findings
internal import Sterling
internal import Ledger

/// Signs, thresholds, and the statement's statutory lines.
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
}
