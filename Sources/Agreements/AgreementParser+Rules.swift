internal import Findings
internal import Sterling
internal import Ledger

/// Rules and their lines, and what becomes of a surplus or a deficit.
extension AgreementParser {
    mutating func parseRule(_ reader: inout LineReader, _ keyword: Token) throws(LineFault) {
        let hint = "rule \"Training\", or: rule \"Training\" from 2018-10-01"
        let title = try reader.quoted("the rule's title", hint: hint)
        context = .rule
        draft.rules.append(AgreementDraft.RuleDraft(title: title, reader: reader, keyword: keyword))
        let span = try parseSpan(&reader, hint: hint)
        draft.rules[draft.rules.count - 1].span = span
        try reader.expectEnd(hint: "what the rule is for stands on the next line")
    }

    /// `from 2018-10-01 to 2019-03-31`, or either half, or nothing.
    func parseSpan(_ reader: inout LineReader, hint: String) throws(LineFault) -> Span {
        var from: CalendarDate?, to: CalendarDate?
        if reader.take(words: "from") { from = try reader.date(hint: hint) }
        let last = reader.next
        if reader.take(words: "to") { to = try reader.date(hint: hint) }
        if let from, let to, to < from {
            throw LineFault(
                finding: reader.fault(
                    .dateWrong, at: last, "the time ends before it begins", hint: "write the earlier day first"))
        }
        return Span(from: from, to: to)
    }

    mutating func parseFor(_ reader: inout LineReader) throws(LineFault) {
        let hint = "for training website, or for anything else, or for scr, split by member concerned"
        var rule = draft.rules.removeLast()
        defer { draft.rules.append(rule) }
        guard rule.subject == nil else {
            throw LineFault(
                finding: reader.fault(
                    .declaredTwice, at: reader.next, "the rule says twice what it is for",
                    hint: "name all headings on one line"))
        }
        rule.forReader = reader
        if ["everything", "all"].contains(reader.next?.text) {
            draft.attempted.insert("anything else")
            throw reader.unexpected("\"anything else\", \"scheme\" or a heading", hint: "for anything else")
        }
        if reader.take(words: "anything", "else") {
            rule.subject = .anythingElse
        } else if reader.take(words: "scheme") {
            rule.subject = .scheme(try reader.word("a scheme", hint: "for scheme equipment"))
        } else {
            let headings = reader.words(before: ["split", "net"])
            if headings.isEmpty { throw reader.unexpected("a heading", hint: hint) }
            rule.subject = .headings(headings)
        }
        var said = ClausesSaid()
        while reader.comma() {
            let token = reader.next
            if reader.take(words: "net") {
                try said.say("that it is net", at: token, reader)
                rule.isNet = true
            } else {
                try said.say("that it is split", at: token, reader)
                try reader.expect(words: "split", "by", "member", "concerned", hint: hint)
                rule.isSplit = true
            }
        }
        try reader.expectEnd(hint: hint)
    }

    mutating func parseTake(_ reader: inout LineReader) throws(LineFault) {
        let hint = "take rest from members equally"
        // A line that fails still counts as one, so that its rule isn't also called unfinished.
        draft.rules[draft.rules.count - 1].hasBrokenLine = true
        var take = AgreementDraft.TakeDraft(reader: reader)
        guard let token = reader.next else { throw reader.unexpected("what to take", hint: hint) }
        take.amountToken = token
        switch token.kind {
        case _ where reader.take(words: "rest"): take.amount = .rest
        case _ where reader.take(words: "up", "to", "budget"): take.amount = .budget(.one, written: nil)
        case _ where reader.take(words: "up", "to"): take.amount = try parseUpTo(&reader)
        case .amount(let amount):
            _ = reader.take()
            take.amount = .fixed(amount)
        case .share: take.amount = parseShare(&reader)!
        case .number(let days):
            guard reader.isFollowed(by: "of") else {
                throw reader.unexpected(
                    "\"£\(token.text)\", the percentage \"\(token.text)%\" or \"\(token.text) of 80 days\"", hint: hint)
            }
            take.amount = try parseDays(&reader, days)
        default:
            throw reader.unexpected(
                "\"rest\", \"up to £...\", \"up to budget\", an amount, a percentage or \"35 of 80 days\"", hint: hint)
        }
        let unit = try parseUnit(&reader, &take)
        try reader.expect(words: "from", hint: hint)
        try parsePayer(&reader, &take, per: unit, hint: hint)
        try parseTail(&reader, &take)
        try reader.expectEnd(hint: hint)
        draft.rules[draft.rules.count - 1].hasBrokenLine = false
        draft.rules[draft.rules.count - 1].takes.append(take)
    }

    /// `80%`, or `50% of the rest`; `nil` where no percentage stands.
    private func parseShare(_ reader: inout LineReader) -> Take.Amount? {
        guard let token = reader.next, case .share(let share) = token.kind else { return nil }
        _ = reader.take()
        return reader.take(words: "of", "the", "rest") || reader.take(words: "of", "rest")
            ? .shareOfRest(share, written: token.text) : .share(share, written: token.text)
    }

    /// `up to £15,000`, `up to 105% of budget`
    private func parseUpTo(_ reader: inout LineReader) throws(LineFault) -> Take.Amount {
        if let token = reader.next, case .share(let share) = token.kind {
            _ = reader.take()
            try reader.expect(words: "of", "budget", hint: "take up to 105% of budget from icb")
            return .budget(share, written: token.text)
        }
        return .fixed(try reader.amount(hint: "take up to £15,000 from police"))
    }

    /// `£12.50 per case`: the sum is the price of each.
    private func parseUnit(_ reader: inout LineReader, _ take: inout AgreementDraft.TakeDraft) throws(LineFault)
        -> Token?
    {
        guard case .fixed(let price) = take.amount, reader.take(words: "per") else { return nil }
        let unit = try reader.word("what is counted", hint: "take £12.50 per case from members")
        take.amount = .perUnit(price, of: Name(unit.text))
        return unit
    }

    /// `35 of 80 days`
    private func parseDays(_ reader: inout LineReader, _ days: Int) throws(LineFault) -> Take.Amount {
        let hint = "take 35 of 80 days from rbkc"
        _ = reader.take()
        try reader.expect(words: "of", hint: hint)
        guard let token = reader.next, case .number(let all) = token.kind, all > 0 else {
            throw reader.unexpected("a number of days", hint: hint)
        }
        _ = reader.take()
        try reader.expect(words: "days", hint: hint)
        guard days <= all else {
            throw LineFault(
                finding: reader.fault(
                    .amountWrong, at: token, "more days are taken than there are",
                    hint: "write the part first: 35 of 80 days"))
        }
        return .share(Fraction(days) / Fraction(all), written: "\(days) of \(all) days")
    }

    /// Who pays, up to the first comma.
    ///
    /// - Parameter unit: what each of a group pays a price for; such a group has no other key.
    private func parsePayer(
        _ reader: inout LineReader, _ take: inout AgreementDraft.TakeDraft, per unit: Token? = nil, hint: String
    ) throws(LineFault) {
        func key(_ reader: inout LineReader) throws(LineFault) -> AgreementDraft.KeyDraft {
            guard let unit else { return try parseKey(&reader) }
            guard !["equally", "by"].contains(reader.next?.text) else {
                throw reader.unexpected(
                    "the end of the payers", hint: "each pays the price of its own: take £12.50 per case from members")
            }
            return AgreementDraft.KeyDraft(basis: .byActivity(unit), token: unit)
        }
        if reader.take(words: "reserve") {
            try reader.expect(words: "of", hint: "take rest from reserve of lbhf, at most balance")
            if reader.take(words: "member", "concerned") {
                take.payer = .reserveOfMemberConcerned
            } else {
                take.payer = .reserve(try reader.word("a member", hint: "reserve of lbhf"))
            }
        } else if reader.take(words: "reserves", "of", "members") {
            take.payer = .reserves([], try key(&reader))
        } else if reader.take(words: "reserves", "of") {
            let names = namesBeforeKey(&reader)
            if names.isEmpty {
                throw reader.unexpected("a member", hint: "reserves of lbhf rbkc equally, at most balance")
            }
            take.payer = .reserves(names, try key(&reader))
        } else if reader.take(words: "member", "concerned") {
            take.payer = .memberConcerned
        } else if reader.take(words: "lead") {
            take.payer = reader.take(words: "directly") ? .leadDirectly : .lead
        } else if reader.take(words: "members") {
            take.payer = .group([], try key(&reader))
        } else if reader.take(words: "contributors") {
            take.payer = .contributors(try key(&reader))
        } else {
            let names = namesBeforeKey(&reader)
            if names.isEmpty { throw reader.unexpected("a payer", hint: hint) }
            if names.count == 1, reader.take(words: "directly") {
                take.payer = .directly(names[0])
            } else if names.count == 1, reader.next?.text != "equally", reader.next?.text != "by" {
                take.payer = .name(names[0])
            } else {
                take.payer = .group(names, try key(&reader))
            }
        }
    }

    /// What follows the payer: how changes are reckoned, floors and caps.
    private func parseTail(_ reader: inout LineReader, _ take: inout AgreementDraft.TakeDraft) throws(LineFault) {
        var said = ClausesSaid()
        while reader.comma() {
            let token = reader.next
            take.tailToken = take.tailToken ?? token
            if reader.take(words: "each", "at", "least") {
                try said.say("the least of each", at: token, reader)
                take.eachAtLeast = try parseEach(&reader, "each at least £2,000")
            } else if reader.take(words: "each", "at", "most") {
                try said.say("the most of each", at: token, reader)
                take.eachAtMost = try parseEach(&reader, "each at most £9,000")
            } else if reader.take(words: "at", "least") {
                try said.say("the least that it takes", at: token, reader)
                take.atLeast = try reader.amount(hint: "take 25% from police, at least £10,000, at most £40,000")
            } else if reader.take(words: "excess") {
                try said.say("what becomes of the excess", at: token, reader)
                take.excess = try parseExcess(&reader)
            } else if take.limit == nil {
                take.limit = try parseLimit(
                    &reader, hint: "at most £12,000, or at most balance, or at most balance above £20,000")
            } else {
                throw reader.unexpected("the end of the line", hint: "one limit a line")
            }
        }
    }

    /// `£9,000`, `lbhf £9,000 rbkc £12,000`, or `5% above last year`.
    private func parseEach(_ reader: inout LineReader, _ hint: String) throws(LineFault) -> AgreementDraft.EachDraft {
        if case .share? = reader.next?.kind {
            let hint = "each at most 5% above last year"
            let (share, written) = try reader.percentage(hint: hint)
            let isAbove = reader.take(words: "above")
            if !isAbove { try reader.expect(words: "below", hint: hint) }
            try reader.expect(words: "last", "year", hint: hint)
            let side = isAbove ? "above" : "below"
            return .ofLastYear(isAbove ? .one + share : .one - share, written: "\(written) \(side) last year")
        }
        guard reader.next?.kind == .word else { return .same(try reader.amount(hint: hint)) }
        var named: [(Token, Money)] = []
        while reader.next?.kind == .word {
            let name = try reader.word("a name", hint: hint)
            named.append((name, try reader.amount(hint: "each at most lbhf £9,000 rbkc £12,000")))
            reader.passListed(before: ["each", "at", "excess"])
        }
        return .named(named)
    }

    /// `by the same key`, or `passed on`.
    private func parseExcess(_ reader: inout LineReader) throws(LineFault) -> Take.Excess {
        if reader.take(words: "passed", "on") { return .passedOn }
        try reader.expect(words: "by", "the", "same", "key", hint: "excess by the same key, or excess passed on")
        return .sharedAgain
    }

    private func namesBeforeKey(_ reader: inout LineReader) -> [Token] {
        reader.words(upTo: ["equally", "by", "directly"], before: ["each", "at", "by", "as", "excess"])
    }

    /// `equally`, `by child-population`, `by contribution`, and after a comma `by days` or `as costs fall`.
    ///
    /// - Parameter isTimed: whether what follows the comma can be the key's.
    func parseKey(_ reader: inout LineReader, isTimed: Bool = true) throws(LineFault) -> AgreementDraft.KeyDraft {
        var key = AgreementDraft.KeyDraft(basis: .equally, token: reader.next)
        if !reader.take(words: "equally") {
            guard reader.next?.text == "by" else {
                throw reader.unexpected(
                    "\"equally\" or \"by\" and the name of weights", hint: "equally, or by child-population")
            }
            _ = reader.take()
            key.basis = try parseBasis(&reader)
        }
        for timing in isTimed ? [SplitKey.Timing.byDays, .asCostsFall] : [] {
            let words = timing.rawValue.split(separator: " ").map(String.init)
            if reader.takeAfterComma(words) { key.timing = timing }
        }
        return key
    }

    /// What follows `by`.
    private func parseBasis(_ reader: inout LineReader) throws(LineFault) -> AgreementDraft.KeyDraft.Basis {
        if reader.take(words: "activity", "of") {
            return .byActivity(try reader.word("what is counted", hint: "by activity of case"))
        }
        if reader.take(words: "average", "of") {
            let hint = "by average of caseload-2016 caseload-2017"
            let names = reader.words(
                upTo: ["in"],
                before: ["by", "as", "each", "at", "excess", "stays", "pooled", "rising", "monthly", "quarterly"])
            if names.count < 2 { throw reader.unexpected("the names of two weights", hint: hint) }
            return .average(names)
        }
        var parts: [AgreementDraft.KeyDraft.Part] = []
        while let token = reader.next, case .share(let share) = token.kind {
            _ = reader.take()
            let name =
                reader.take(words: "equally") ? nil : try reader.word("weights", hint: "by 50% population 50% need")
            parts.append(AgreementDraft.KeyDraft.Part(share: share, written: token.text, name: name))
            reader.passBetweenShares()
        }
        if !parts.isEmpty { return .mix(parts) }
        let name = try reader.word("the name of weights", hint: "by child-population")
        guard reader.takeAfterComma(["unless", "within"]) else { return .by(name) }
        let hint = "by caseload, unless within 3% of population"
        let tolerance = try reader.percentage(hint: hint)
        try reader.expect(words: "of", hint: hint)
        _ = reader.take(words: "the")
        return .unless(
            name, within: tolerance.share, written: tolerance.written,
            of: try reader.word("the name of weights", hint: hint))
    }

    func parseLimit(_ reader: inout LineReader, hint: String) throws(LineFault) -> Take.Limit {
        try reader.expect(words: "at", "most", hint: hint)
        if let token = reader.next, case .share(let share) = token.kind {
            _ = reader.take()
            try reader.expect(words: "of", "budget", hint: "at most 5% of budget")
            return .budget(share, written: token.text)
        }
        if reader.take(words: "balance", "above") {
            return .balanceAbove(try reader.amount(hint: "at most balance above £20,000"))
        }
        if reader.take(words: "balance") { return .balance }
        return .money(try reader.amount(hint: hint))
    }

    mutating func parseDisposal(_ reader: inout LineReader, isSurplus: Bool) throws(LineFault) {
        let hint =
            isSurplus
            ? "surplus of each member to its reserve"
            : "deficit of each member from its reserve, at most balance; rest from its general fund"
        var disposal = AgreementDraft.DisposalDraft(isSurplus: isSurplus, reader: reader)
        try reader.expect(words: "of", hint: hint)
        if !reader.take(words: "each", "member") {
            disposal.member = try reader.word("\"each member\", \"the partnership\" or a member", hint: hint)
        }
        repeat {
            if !disposal.steps.isEmpty { try reader.expect(words: "rest", hint: hint) }
            try reader.expect(words: isSurplus ? "to" : "from", "its", hint: hint)
            let target: Disposal.Target
            if reader.take(words: "reserve") {
                target = .reserve
            } else if reader.take(words: "general", "fund") {
                target = .generalFund
            } else {
                throw reader.unexpected("\"reserve\" or \"general fund\"", hint: hint)
            }
            var limit: Take.Limit?
            if reader.comma() { limit = try parseLimit(&reader, hint: hint) }
            disposal.steps.append(Disposal.Step(target: target, limit: limit))
        } while reader.semicolon()
        try reader.expectEnd(hint: hint)
        draft.disposals.append(disposal)
    }

    /// `deficit of the partnership from risk-pool, at most £50,000; rest from members by contribution`
    mutating func parseSharedDisposal(_ reader: inout LineReader, isSurplus: Bool) throws(LineFault) {
        let way = isSurplus ? "to" : "from"
        let hint = "\(isSurplus ? "surplus" : "deficit") of the partnership \(way) members by contribution"
        let start = reader
        var takes: [AgreementDraft.TakeDraft] = []
        repeat {
            var take = AgreementDraft.TakeDraft(reader: start)
            take.amountToken = reader.next
            if let share = parseShare(&reader) {
                take.amount = share
            } else if !takes.isEmpty {
                try reader.expect(words: "rest", hint: hint)
            }
            try reader.expect(words: way, hint: hint)
            try parsePayer(&reader, &take, hint: hint)
            try parseTail(&reader, &take)
            takes.append(take)
        } while reader.semicolon()
        try reader.expectEnd(hint: hint)
        draft.sharedDisposals.append(AgreementDraft.SharedDraft(isSurplus: isSurplus, takes: takes, reader: start))
    }
}
