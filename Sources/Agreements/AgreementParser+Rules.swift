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
            throw reader.unexpected("\"anything else\", \"scheme\" or a heading", hint: "for anything else")
        }
        if reader.take(words: "anything", "else") {
            rule.subject = .anythingElse
        } else if reader.take(words: "scheme") {
            rule.subject = .scheme(try reader.word("a scheme", hint: "for scheme equipment"))
        } else {
            let headings = reader.words(before: ["split"])
            if headings.isEmpty { throw reader.unexpected("a heading", hint: hint) }
            rule.subject = .headings(headings)
        }
        if reader.comma() {
            try reader.expect(words: "split", "by", "member", "concerned", hint: hint)
            rule.isSplit = true
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
        case _ where reader.take(words: "up", "to", "budget"): take.amount = .budget
        case _ where reader.take(words: "up", "to"):
            take.amount = .fixed(try reader.amount(hint: "take up to £15,000 from police"))
        case .amount(let amount):
            take.amount = .fixed(amount)
            _ = reader.take()
        case .share(let share):
            take.amount = .share(share, written: token.text)
            _ = reader.take()
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
        try reader.expect(words: "from", hint: hint)
        try parsePayer(&reader, &take, hint: hint)
        try parseTail(&reader, &take)
        try reader.expectEnd(hint: hint)
        draft.rules[draft.rules.count - 1].hasBrokenLine = false
        draft.rules[draft.rules.count - 1].takes.append(take)
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
    private func parsePayer(_ reader: inout LineReader, _ take: inout AgreementDraft.TakeDraft, hint: String)
        throws(LineFault)
    {
        if reader.take(words: "reserve") {
            try reader.expect(words: "of", hint: "take rest from reserve of lbhf, at most balance")
            if reader.take(words: "member", "concerned") {
                take.payer = .reserveOfMemberConcerned
            } else {
                take.payer = .reserve(try reader.word("a member", hint: "reserve of lbhf"))
            }
        } else if reader.take(words: "reserves", "of", "members") {
            take.payer = .reserves([], try parseKey(&reader))
        } else if reader.take(words: "reserves", "of") {
            let names = namesBeforeKey(&reader)
            if names.isEmpty {
                throw reader.unexpected("a member", hint: "reserves of lbhf rbkc equally, at most balance")
            }
            take.payer = .reserves(names, try parseKey(&reader))
        } else if reader.take(words: "member", "concerned") {
            take.payer = .memberConcerned
        } else if reader.take(words: "lead") {
            take.payer = reader.take(words: "directly") ? .leadDirectly : .lead
        } else if reader.take(words: "members") {
            take.payer = .group([], try parseKey(&reader))
        } else {
            let names = namesBeforeKey(&reader)
            if names.isEmpty { throw reader.unexpected("a payer", hint: hint) }
            if names.count == 1, reader.take(words: "directly") {
                take.payer = .directly(names[0])
            } else if names.count == 1, reader.next?.text != "equally", reader.next?.text != "by" {
                take.payer = .name(names[0])
            } else {
                take.payer = .group(names, try parseKey(&reader))
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
                take.eachAtLeast = try reader.amount(hint: "each at least £2,000")
            } else if reader.take(words: "each", "at", "most") {
                try said.say("the most of each", at: token, reader)
                take.eachAtMost = try reader.amount(hint: "each at most £9,000")
            } else if take.limit == nil {
                take.limit = try parseLimit(
                    &reader, hint: "at most £12,000, or at most balance, or at most balance above £20,000")
            } else {
                throw reader.unexpected("the end of the line", hint: "one limit a line")
            }
        }
    }

    private func namesBeforeKey(_ reader: inout LineReader) -> [Token] {
        reader.words(upTo: ["equally", "by", "directly"], before: ["each", "at", "by", "as"])
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
            key.basis = .by(try reader.word("the name of weights", hint: "by child-population"))
        }
        for timing in isTimed ? [SplitKey.Timing.byDays, .asCostsFall] : [] {
            let words = timing.rawValue.split(separator: " ").map(String.init)
            if reader.takeAfterComma(words) { key.timing = timing }
        }
        return key
    }

    func parseLimit(_ reader: inout LineReader, hint: String) throws(LineFault) -> Take.Limit {
        try reader.expect(words: "at", "most", hint: hint)
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
            if let token = reader.next, case .share(let share) = token.kind {
                take.amount = .share(share, written: token.text)
                _ = reader.take()
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
