public import Findings
public import Ledger
public import Sterling

/// A partnership's own example of its agreement, run by `outturn check`.
///
///     example "The grant first, then the members"
///       given cost training £41,237.50
///       given reserve of lbhf £10,000
///       expect dfe £30,000.00
///       expect lbhf £3,745.84
public struct AgreementExample: Sendable {
    public let title: String
    /// The year it plays in; `nil` is the one that is checked.
    public let year: FinancialYear?
    /// In the file's order; so are `expectations`.
    public let givens: [Given]
    public let expectations: [Expectation]

    /// A line of what stands in the books: natural amounts, never below zero.
    public enum Given: Sendable {
        /// What was spent on a heading, or earned; `nil` for `ledgerOf` is the host's ledger.
        case heading(Name<Heading>, Money, concerning: Name<Member>?, period: Period, ledgerOf: Name<Member>?)
        /// From a contributor's cash, or put to a fund, in P1; `nil` for `ledgerOf` is the host's ledger.
        case received(Account, Money, ledgerOf: Name<Member>?)
        /// Brought forward.
        case reserve(Name<Member>, Money)
        /// Brought forward.
        case fund(Name<Fund>, Money)
        /// What earlier years used of a grant.
        case usedBefore(Name<Fund>, Money)
        case approvedBudget(Name<Member>, Money)
        /// For the partnership as a whole.
        case budget(Name<Heading>, Money)
        case inKind(Name<Fund>, Money)
        /// What the `activity` table counts, in P1.
        case activity(Name<Activity>, Party, Fraction)
        /// What a body bore last year under a rule.
        case lastYear(rule: String, Party, Money)
    }

    /// `expect lbhf £3,745.84`: a figure that must come out to the penny.
    public struct Expectation: Sendable {
        public let what: What
        /// Never below zero: a deficit is expected as a deficit, not as a surplus below zero.
        public let amount: Money
        /// The line and column of the amount.
        public let place: Place
        public let excerpt: Finding.Excerpt

        /// Which figure of the year is meant.
        public enum What: Hashable, Sendable {
            /// What a payer bears of the costs, less its share of income; of one heading, if one is named.
            case bears(Payer, Name<Heading>?)
            /// The net outturn, with what sharing the partnership's moves.
            case surplus(Name<Member>)
            /// The same with the other sign.
            case deficit(Name<Member>)
            /// Carried forward.
            case reserve(Name<Member>)
            /// Carried forward.
            case fund(Name<Fund>)
            /// What a contributor owes for the year by its declared sums.
            case agreed(Name<Contributor>)
        }
    }

    /// - Returns: the examples that could be read, and every fault.
    public static func parse(_ text: String, file: String, chart: Chart) -> (
        examples: [AgreementExample], faults: [Finding]
    ) {
        var parser = ExampleParser(chart: chart, source: Place.Source(file: file))
        parser.parse(text)
        return (parser.examples, parser.faults)
    }
}

private struct ExampleParser {
    let chart: Chart
    let source: Place.Source
    var examples: [AgreementExample] = []
    var faults: [Finding] = []
    private var title: String?
    private var year: FinancialYear?
    private var givens: [AgreementExample.Given] = []
    private var expectations: [AgreementExample.Expectation] = []
    private var isBroken = false

    init(chart: Chart, source: Place.Source) {
        self.chart = chart
        self.source = source
    }

    mutating func parse(_ text: String) {
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            var reader = LineReader(source: source, number: index + 1, text: String(line))
            guard !reader.isEmpty else { continue }
            do throws(LineFault) { try parse(&reader) } catch {
                faults.append(error.finding)
                isBroken = true
            }
        }
        finish()
    }

    private mutating func finish() {
        if let title, !isBroken {
            examples.append(AgreementExample(title: title, year: year, givens: givens, expectations: expectations))
        }
        (title, year, givens, expectations, isBroken) = (nil, nil, [], [], false)
    }

    private mutating func parse(_ reader: inout LineReader) throws(LineFault) {
        let keyword = reader.take()!
        switch keyword.text {
        case "example":
            finish()
            title = try reader.quoted("the example's title", hint: "example \"A year with one case review\"")
            if reader.take(words: "in") {
                guard let token = reader.next, case .year(let named) = token.kind else {
                    throw reader.unexpected("a year", hint: "in 2018-19")
                }
                _ = reader.take()
                year = named
            }
            try reader.expectEnd(hint: "what is given stands on the lines below")
        case "given" where title != nil: givens.append(try parseGiven(&reader))
        case "expect" where title != nil: expectations.append(try parseExpectation(&reader))
        default:
            throw LineFault(
                finding: reader.fault(
                    .keywordUnknown, at: keyword,
                    title == nil ? "an example begins with its title" : "no line of an example begins so",
                    hint: title == nil
                        ? "example \"A year with one case review\""
                        : Nearest.hint(keyword.text, in: ["example", "given", "expect"])))
        }
    }

    private func name<Kind>(_ reader: inout LineReader, _ known: [Name<Kind>], _ what: String) throws(LineFault)
        -> Name<Kind>
    {
        let token = try reader.word(what, hint: "a name of the agreement")
        guard known.contains(Name(token.text)) else {
            throw LineFault(
                finding: reader.fault(
                    .nameUnknown, at: token, "the agreement has no such name",
                    hint: Nearest.hint(token.text, in: known.map(\.text))))
        }
        return Name(token.text)
    }

    private var members: [Name<Member>] { chart.members.map(\.name) }
    private var headings: [Name<Heading>] { chart.headings.map(\.name) }
    private var funds: [Name<Fund>] { chart.funds.map(\.name) }

    private func parseGiven(_ reader: inout LineReader) throws(LineFault) -> AgreementExample.Given {
        let hint = "given cost training £41,237.50, given reserve of lbhf £10,000, given received police £5,000"
        if reader.take(words: "cost") || reader.take(words: "income") {
            let heading = try name(&reader, headings, "a heading")
            let amount = try reader.amount(hint: hint)
            var concerning: Name<Member>?, ledgerOf: Name<Member>?, period = Period(1)!
            while !reader.isEmpty {
                if reader.take(words: "concerning") {
                    concerning = try name(&reader, members, "a member")
                } else if reader.take(words: "ledger", "of") {
                    ledgerOf = try name(&reader, members, "a member")
                } else if reader.take(words: "in") {
                    let token = try reader.word("a period", hint: "in P9")
                    guard let parsed = Period(written: token.text), parsed.number > 0 else {
                        throw LineFault(
                            finding: reader.fault(
                                .wordUnexpected, at: token, "a period was expected here", hint: "in P9"))
                    }
                    period = parsed
                } else {
                    throw reader.unexpected("\"concerning\", \"in\" or \"ledger of\"", hint: hint)
                }
            }
            return .heading(heading, amount, concerning: concerning, period: period, ledgerOf: ledgerOf)
        }
        if reader.take(words: "reserve", "of") {
            return .reserve(try name(&reader, members, "a member"), try end(&reader, hint))
        }
        if reader.take(words: "balance", "of") {
            return .fund(try name(&reader, funds, "a fund"), try end(&reader, hint))
        }
        if reader.take(words: "used", "before", "of") {
            return .usedBefore(try name(&reader, funds, "a grant"), try end(&reader, hint))
        }
        if reader.take(words: "approved", "budget", "of") {
            return .approvedBudget(try name(&reader, members, "a member"), try end(&reader, hint))
        }
        if reader.take(words: "budget", "of") {
            return .budget(try name(&reader, headings, "a heading"), try end(&reader, hint))
        }
        if reader.take(words: "in", "kind", "for") {
            return .inKind(try name(&reader, funds, "a grant"), try end(&reader, hint))
        }
        if reader.take(words: "activity") {
            let unit = try reader.word("what is counted", hint: "given activity case of lbhf 120")
            try reader.expect(words: "of", hint: "given activity case of lbhf 120")
            let party = try party(&reader)
            let quantity: Fraction
            switch reader.next?.kind {
            case .number(let number)?: quantity = Fraction(number)
            case .decimal(let number)?: quantity = number
            default: throw reader.unexpected("a quantity", hint: "given activity case of lbhf 120")
            }
            _ = reader.take()
            try reader.expectEnd(hint: "given activity case of lbhf 120")
            return .activity(Name(unit.text), party, quantity)
        }
        if reader.take(words: "last", "year") {
            let hint = "given last year \"Training\" of lbhf £1,000"
            let title = try reader.quoted("the rule's title", hint: hint)
            try reader.expect(words: "of", hint: hint)
            return .lastYear(rule: title, try party(&reader), try end(&reader, hint))
        }
        if reader.take(words: "received") {
            let known = chart.contributors.map(\.name.text) + funds.map(\.text)
            let token = try reader.word("a contributor or a fund", hint: hint)
            guard known.contains(token.text) else {
                throw LineFault(
                    finding: reader.fault(
                        .nameUnknown, at: token, "no contributor or fund has this name",
                        hint: Nearest.hint(token.text, in: known)))
            }
            let amount = try reader.amount(hint: hint)
            let ledgerOf = reader.take(words: "ledger", "of") ? try name(&reader, members, "a member") : nil
            try reader.expectEnd(hint: hint)
            return .received(
                funds.contains(Name(token.text)) ? .fund(Name(token.text)) : .cash(.contributor(Name(token.text))),
                amount, ledgerOf: ledgerOf)
        }
        throw reader.unexpected("what is given", hint: hint)
    }

    /// A member or a contributor.
    private func party(_ reader: inout LineReader) throws(LineFault) -> Party {
        let token = try reader.word("a member or a contributor", hint: "a name of the agreement")
        if members.contains(Name(token.text)) { return .member(Name(token.text)) }
        guard chart.contributors.contains(where: { $0.name.text == token.text }) else {
            throw LineFault(
                finding: reader.fault(
                    .nameUnknown, at: token, "the agreement has no such name",
                    hint: Nearest.hint(token.text, in: members.map(\.text) + chart.contributors.map(\.name.text))))
        }
        return .contributor(Name(token.text))
    }

    private func end(_ reader: inout LineReader, _ hint: String) throws(LineFault) -> Money {
        let amount = try reader.amount(hint: hint)
        try reader.expectEnd(hint: hint)
        return amount
    }

    private func parseExpectation(_ reader: inout LineReader) throws(LineFault) -> AgreementExample.Expectation {
        let hint =
            "expect lbhf £3,745.84, expect reserve of lbhf £1,000, expect surplus of lbhf £40,309.13, expect carried "
            + "forward of lbhf £85,525.00"
        let start = reader
        let what: AgreementExample.Expectation.What
        var payer: Payer?
        if reader.take(words: "agreed", "of") {
            what = .agreed(try name(&reader, chart.contributors.map(\.name), "a contributor"))
        } else if reader.take(words: "surplus", "of") {
            what = .surplus(try name(&reader, members, "a member"))
        } else if reader.take(words: "deficit", "of") {
            what = .deficit(try name(&reader, members, "a member"))
        } else if reader.take(words: "carried", "forward", "of") {
            if let token = reader.next, funds.contains(Name(token.text)) {
                _ = reader.take(); what = .fund(Name(token.text))
            } else {
                what = .reserve(try name(&reader, members, "a member or a fund"))
            }
        } else {
            if reader.take(words: "reserve", "of") {
                payer = .reserve(try name(&reader, members, "a member"))
            } else {
                let token = try reader.word("a payer", hint: hint)
                if members.contains(Name(token.text)) {
                    payer = reader.take(words: "directly") ? .direct(Name(token.text)) : .member(Name(token.text))
                } else if chart.contributors.contains(where: { $0.name.text == token.text }) {
                    payer = .contributor(Name(token.text))
                } else if funds.contains(Name(token.text)) {
                    payer = .fund(Name(token.text))
                } else {
                    throw LineFault(
                        finding: reader.fault(
                            .nameUnknown, at: token, "nobody of this name pays",
                            hint: Nearest.hint(
                                token.text,
                                in: members.map(\.text) + chart.contributors.map(\.name.text) + funds.map(\.text))))
                }
            }
            what = .bears(payer!, nil)
        }
        let token = reader.next
        let amount = try reader.amount(hint: hint)
        var heading: Name<Heading>?
        if payer != nil, reader.take(words: "for") { heading = try name(&reader, headings, "a heading") }
        try reader.expectEnd(hint: hint)
        return AgreementExample.Expectation(
            what: payer.map { .bears($0, heading) } ?? what, amount: amount,
            place: Place(source, row: start.number, column: token?.column ?? 1),
            excerpt: Finding.Excerpt(line: start.text, offset: (token?.column ?? 1) - 1, length: token?.length ?? 1))
    }
}
