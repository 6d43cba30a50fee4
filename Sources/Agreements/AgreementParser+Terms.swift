internal import Findings
internal import Sterling
internal import Ledger

/// Who takes part and when, weights, contributions, funds and grants.
extension AgreementParser {
    /// `membership wcc from 2018-10-01 to 2020-03-31`
    mutating func parseMembership(_ reader: inout LineReader) throws(LineFault) {
        let hint = "membership wcc from 2018-10-01, or to 2020-03-31, or both"
        let name = try reader.word("a member or contributor", hint: hint)
        let span = try parseSpan(&reader, hint: hint)
        if span == .always { throw reader.unexpected("\"from\" or \"to\" and a day", hint: hint) }
        try reader.expectEnd(hint: hint)
        draft.memberships.append((name, span, reader))
    }

    /// `icb succeeds ccg from 2022-07-01`
    mutating func parseSuccession(_ reader: inout LineReader, _ successor: Token) throws(LineFault) {
        let hint = "icb succeeds ccg from 2022-07-01"
        let predecessor = try reader.word("the body that it succeeds", hint: hint)
        try reader.expect(words: "from", hint: hint)
        let date = try reader.date(hint: hint)
        try reader.expectEnd(hint: hint)
        draft.successions.append((successor, predecessor, date, reader))
    }

    /// `scheme equipment "Community equipment", led by icb, for equipment adaptations`
    mutating func parseScheme(_ reader: inout LineReader) throws(LineFault) {
        let hint = "scheme equipment \"Community equipment\", led by icb, for equipment adaptations"
        let name = try reader.word("the scheme's name", hint: hint)
        let title = try reader.quoted("the scheme's title", hint: hint)
        guard reader.comma() else { throw reader.unexpected("a comma and \"led by\"", hint: hint) }
        try reader.expect(words: "led", "by", hint: hint)
        let lead = try reader.word("the lead member", hint: hint)
        guard reader.comma() else { throw reader.unexpected("a comma and \"for\"", hint: hint) }
        try reader.expect(words: "for", hint: hint)
        let headings = reader.words()
        if headings.isEmpty { throw reader.unexpected("a heading", hint: hint) }
        try reader.expectEnd(hint: hint)
        draft.schemes.append(
            AgreementDraft.SchemeDraft(name: name, title: title, lead: lead, headings: headings, reader: reader))
    }

    /// `grant dfe £120,000, 2016-03-01 to 2017-02-28, for training, match 20%, in kind up to £5,000, unspent returned`
    mutating func parseGrant(_ reader: inout LineReader) throws(LineFault) {
        let hint = "grant dfe £120,000, 2016-03-01 to 2017-02-28, for project training, unspent returned"
        var fund = AgreementDraft.FundDraft(name: try reader.word("the grant's name", hint: hint), reader: reader)
        fund.holdsAs = .receiptInAdvance
        fund.award = try reader.amount(hint: hint)
        guard reader.comma() else { throw reader.unexpected("a comma and the grant's life", hint: hint) }
        let from = try reader.date(hint: hint)
        try reader.expect(words: "to", hint: hint)
        let last = reader.next
        let to = try reader.date(hint: hint)
        guard from <= to else {
            throw LineFault(
                finding: reader.fault(
                    .dateWrong, at: last, "the grant's life ends before it begins", hint: "write the earlier day first")
            )
        }
        fund.life = Span(from: from, to: to)
        try parseFundTail(&reader, &fund, hint: hint)
    }

    /// `fund risk-pool, held by icb, as earmarked reserve, unspent carried forward`
    mutating func parseFund(_ reader: inout LineReader) throws(LineFault) {
        let hint = "fund risk-pool, held by icb, unspent carried forward"
        var fund = AgreementDraft.FundDraft(name: try reader.word("the fund's name", hint: hint), reader: reader)
        try parseFundTail(&reader, &fund, hint: hint)
    }

    private mutating func parseFundTail(
        _ reader: inout LineReader, _ fund: inout AgreementDraft.FundDraft, hint: String
    ) throws(LineFault) {
        let isGrant = fund.award != nil
        var said = ClausesSaid()
        while reader.comma() {
            let token = reader.next
            if let word = token?.text {
                try said.say(word == "as" ? "how it is held" : "\"\(word)\"", at: token, reader)
            }
            if reader.take(words: "for") {
                let names = reader.words(
                    before: ["for", "held", "owned", "unconditional", "match", "in", "as", "unspent"])
                if names.isEmpty { throw reader.unexpected("a heading", hint: hint) }
                fund.ringFence = names
            } else if reader.take(words: "held", "by") {
                fund.holder = try reader.word("a member", hint: "held by rbkc")
            } else if reader.take(words: "owned", "by") {
                fund.owner = try reader.word("a member or contributor", hint: "owned by hackney")
            } else if isGrant, reader.take(words: "unconditional") {
                (fund.isConditional, fund.holdsAs) = (false, .earmarkedReserve)
            } else if isGrant, reader.take(words: "match") {
                (fund.match, fund.matchWritten) = try reader.percentage(hint: "match 20%")
            } else if isGrant, reader.take(words: "in", "kind", "up", "to") {
                fund.inKindMost = try reader.amount(hint: "in kind up to £5,000")
            } else if !isGrant, reader.take(words: "as") {
                guard let held = FundTerm.HeldAs.allCases.first(where: { reader.take(all: $0.rawValue) }) else {
                    throw reader.unexpected("\"earmarked reserve\", \"receipt in advance\" or \"creditor\"", hint: hint)
                }
                fund.holdsAs = held
            } else if reader.take(words: "unspent") {
                if reader.take(words: "returned") {
                    fund.unspent = .returned
                } else if reader.take(words: "carried", "forward") {
                    fund.unspent = .carriedForward
                } else if reader.take(words: "shared") {
                    fund.unspent = .shared(try parseKey(&reader))
                } else {
                    throw reader.unexpected("\"returned\", \"carried forward\" or \"shared\" and a key", hint: hint)
                }
            } else {
                throw reader.unexpected(
                    isGrant
                        ? "\"for\", \"held by\", \"owned by\", \"unconditional\", \"match\", \"in kind up to\" or "
                            + "\"unspent\""
                        : "\"for\", \"held by\", \"owned by\", \"as\" or \"unspent\"", hint: hint)
            }
        }
        try reader.expectEnd(hint: hint)
        guard fund.unspent != nil else {
            throw LineFault(
                finding: reader.fault(
                    .fundWrong, "the line doesn't say what becomes of what is left",
                    hint: "end it with: , unspent returned; or carried forward; or shared equally"))
        }
        draft.funds.append(fund)
    }

    mutating func parseWeights(_ reader: inout LineReader) throws(LineFault) {
        let hint = "weights child-population lbhf 35,150 rbkc 29,801, source \"ONS\", at 2017-06-30"
        let name = try reader.word("the name of the weights", hint: hint)
        var values: [(name: Token, weight: Fraction, written: String)] = []
        while let member = reader.next, member.kind == .word {
            _ = reader.take()
            let token = reader.next
            switch token?.kind {
            case .number(let weight)?: values.append((member, Fraction(weight), AmountFormat.grouped(weight)))
            case .decimal(let weight)?: values.append((member, weight, token!.text))
            case .share(let share)? where token!.text.hasSuffix("%"): values.append((member, share, token!.text))
            default: throw reader.unexpected("a weight (35,150, or 45.76, or 45.76%)", hint: hint)
            }
            _ = reader.take()
            reader.passListed(before: ["source", "at", "from"])
        }
        guard reader.comma(), reader.take(words: "source") else {
            throw LineFault(
                finding: reader.fault(.weightsWrong, at: reader.next, "the weights' source is missing", hint: hint))
        }
        let origin = try reader.quoted("the source", hint: hint)
        guard reader.comma(), reader.take(words: "at"), let token = reader.next, case .date(let date) = token.kind
        else {
            throw LineFault(
                finding: reader.fault(.weightsWrong, at: reader.next, "the weights' date is missing", hint: hint))
        }
        _ = reader.take()
        var from: CalendarDate?
        if reader.comma() {
            try reader.expect(words: "from", hint: hint + ", from 2018-10-01")
            from = try reader.date(hint: hint + ", from 2018-10-01")
        }
        try reader.expectEnd(hint: hint)
        draft.weights.append(
            AgreementDraft.WeightsDraft(
                name: name, values: values, source: origin, date: date, from: from, reader: reader))
    }

    mutating func parseContribution(_ reader: inout LineReader) throws(LineFault) {
        let hint = "contribution £10,000 from police to rbkc, stays"
        var term = AgreementDraft.ContributionDraft(reader: reader)
        if reader.take(words: "approved") {
            try reader.expect(
                words: "budget", "of", "each", "member", hint: "contribution approved budget of each member, stays")
        } else {
            term.amountToken = reader.next
            term.amount = try reader.amount(hint: hint)
            try reader.expect(words: "from", hint: hint)
            term.from = try reader.word("a contributor", hint: hint)
            try reader.expect(words: "to", hint: hint)
            if reader.take(words: "members") {
                term.receiver = .group([], try parseKey(&reader, isTimed: false))
            } else {
                let names = reader.words(
                    upTo: ["equally", "by", "in"],
                    before: ["stays", "pooled", "rising", "monthly", "quarterly", "by"], isLastCommaOfList: false)
                if names.isEmpty { throw reader.unexpected("a member", hint: hint) }
                if ["equally", "by"].contains(reader.next?.text) {
                    term.receiver = .group(names, try parseKey(&reader, isTimed: false))
                } else if names.count == 1 {
                    term.receiver = .member(names[0])
                } else {
                    throw reader.unexpected(
                        "\"equally\" or \"by\" and the name of weights",
                        hint: "contribution £9,000 from police to lbhf rbkc equally, stays")
                }
            }
            if reader.take(words: "in") {
                guard let token = reader.next, case .year(let year) = token.kind else {
                    throw reader.unexpected("a year", hint: "in 2018-19")
                }
                _ = reader.take()
                term.year = year
            }
        }
        guard reader.comma() else { throw reader.unexpected("a comma and \"stays\" or \"pooled\"", hint: hint) }
        var said = ClausesSaid()
        repeat {
            let token = reader.next
            if term.amount != nil, reader.take(words: "rising") {
                try said.say("how the sum rises", at: token, reader)
                term.uplift = try parseUplift(&reader)
            } else if term.amount != nil, reader.take(words: "monthly") {
                try said.say("when the sum is due", at: token, reader)
                term.instalments = .monthly
            } else if term.amount != nil, reader.take(words: "quarterly") {
                try said.say("when the sum is due", at: token, reader)
                term.instalments = .quarterly
            } else if term.amount != nil, reader.take(words: "by", "days") {
                try said.say("that it goes by days", at: token, reader)
                term.isByDays = true
            } else if reader.take(words: "pooled") {
                term.key = try parseKey(&reader); term.hasUse = true; break
            } else if reader.take(words: "stays") {
                term.hasUse = true; break
            } else {
                throw reader.unexpected(
                    "\"stays\", \"pooled\", \"rising\", \"monthly\", \"quarterly\" or \"by days\"", hint: hint)
            }
        } while reader.comma()
        if !term.hasUse { throw reader.unexpected("a comma and \"stays\" or \"pooled\"", hint: hint) }
        try reader.expectEnd(hint: hint)
        draft.contributions.append(term)
    }

    /// `rising 2% a year from 2019-20`, or `rising 6.7% in 2022-23, 3.9% in 2023-24`
    private func parseUplift(_ reader: inout LineReader) throws(LineFault) -> ContributionTerm.Uplift {
        let hint = "rising 2% a year from 2019-20, or rising 6.7% in 2022-23, 3.9% in 2023-24"
        func rate(_ reader: inout LineReader) throws(LineFault) -> ContributionTerm.Uplift.Rate {
            let rate = try reader.percentage(hint: hint)
            return ContributionTerm.Uplift.Rate(share: rate.share, written: rate.written)
        }
        func year(_ reader: inout LineReader) throws(LineFault) -> FinancialYear {
            guard let token = reader.next, case .year(let year) = token.kind else {
                throw reader.unexpected("a year", hint: hint)
            }
            _ = reader.take()
            return year
        }
        let first = try rate(&reader)
        if reader.take(words: "a", "year") {
            try reader.expect(words: "from", hint: hint)
            return .yearly(first, from: try year(&reader))
        }
        try reader.expect(words: "in", hint: hint)
        var steps = [ContributionTerm.Uplift.Step(rate: first, year: try year(&reader))]
        while true {
            reader.passBetweenShares()
            guard let token = reader.next, case .share = token.kind else { break }
            let next = try rate(&reader)
            try reader.expect(words: "in", hint: hint)
            let of = reader.next
            let step = ContributionTerm.Uplift.Step(rate: next, year: try year(&reader))
            guard steps.last!.year < step.year else {
                throw LineFault(
                    finding: reader.fault(
                        .dateWrong, at: of, "the years don't follow each other", hint: "write each year once, in order")
                )
            }
            steps.append(step)
        }
        return .inYears(steps)
    }

    /// `police at most £10,000 in all`
    mutating func parseCapInAll(_ reader: inout LineReader, _ name: Token) throws(LineFault) {
        let hint = "police at most £10,000 in all"
        try reader.expect(words: "most", hint: hint)
        let amount = try reader.amount(hint: hint)
        try reader.expect(words: "in", "all", hint: hint)
        try reader.expectEnd(hint: hint)
        draft.capsInAll.append((name, amount, reader))
    }

    /// `fee hosting 7% of costs`, or `fee hosting 7% of training website`
    mutating func parseFee(_ reader: inout LineReader) throws(LineFault) {
        let hint = "fee hosting 7% of costs, or: fee hosting 7% of training website"
        let heading = try reader.word("the fee's heading", hint: hint)
        let rate = try reader.percentage(hint: hint)
        try reader.expect(words: "of", hint: hint)
        let names = reader.take(words: "costs") ? nil : reader.words()
        if names?.isEmpty == true { throw reader.unexpected("\"costs\" or a heading", hint: hint) }
        try reader.expectEnd(hint: hint)
        draft.fees.append(
            AgreementDraft.FeeDraft(
                heading: heading, share: rate.share, written: rate.written, of: names, reader: reader))
    }

    /// `settle through rbkc`
    mutating func parseSettle(_ reader: inout LineReader, _ keyword: Token) throws(LineFault) {
        let hint = "settle through rbkc"
        let name = try reader.word("a member", hint: hint)
        try reader.expectEnd(hint: hint)
        if draft.settlesThrough != nil { throw twice(reader, keyword) }
        draft.settlesThrough = (name, reader)
    }

    /// `clause "Notice" "A member may leave at a year's end."`
    mutating func parseText(_ reader: inout LineReader) throws(LineFault) {
        let hint = "clause \"Notice\" \"A member may leave at a year's end.\""
        let at = reader.next
        let title = try reader.quoted("the clause's title", hint: hint)
        let text = try reader.quoted("the clause's text", hint: hint)
        try reader.expectEnd(hint: hint)
        if draft.texts.contains(where: { $0.title.lowercased() == title.lowercased() }) {
            throw LineFault(
                finding: reader.fault(
                    .declaredTwice, at: at, "two clauses have the title \"\(title)\"",
                    hint: "give each a title of its own"))
        }
        draft.texts.append(TextClause(title: title, text: text, line: reader.line))
    }

    /// `floor £20,000 of reserve of each member`
    mutating func parseFloor(_ reader: inout LineReader) throws(LineFault) {
        let hint = "floor £20,000 of reserve of each member"
        let amount = try reader.amount(hint: hint)
        try reader.expect(words: "of", "reserve", "of", hint: hint)
        let member =
            reader.take(words: "each", "member") ? nil : try reader.word("\"each member\" or a member", hint: hint)
        try reader.expectEnd(hint: hint)
        draft.floors.append((amount, member, reader))
    }

    /// `virements up to £5,000`
    mutating func parseVirements(_ reader: inout LineReader, _ keyword: Token) throws(LineFault) {
        let hint = "virements up to £5,000"
        try reader.expect(words: "up", "to", hint: hint)
        let amount = try reader.amount(hint: hint)
        try reader.expectEnd(hint: hint)
        if draft.virementLimit != nil { throw twice(reader, keyword) }
        draft.virementLimit = amount
    }
}
