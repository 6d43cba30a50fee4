internal import Sterling
internal import Ledger

/// Prints an agreement in its own language, so that parsing it again gives an equal one.
extension Agreement: CustomStringConvertible {
    public var description: String {
        var lines = ["partnership \"\(chart.partnership)\"", "members \(chart.members.map(\.name.text).joined(separator: " "))", "host \(chart.host)"]
        if !chart.contributors.isEmpty { lines.append("contributors \(chart.contributors.map(\.name.text).joined(separator: " "))") }
        if keepsBooks != chart.members.map(\.name) { lines.append("books \(keepsBooks.map(\.text).joined(separator: " "))") }
        for member in chart.members where member.label != member.name.text { lines.append("label \(member.name) \"\(member.label)\"") }
        for contributor in chart.contributors where contributor.label != contributor.name.text {
            lines.append("label \(contributor.name) \"\(contributor.label)\"")
        }
        lines.append("signs funding \(layout.signs.funding.rawValue), expenditure \(layout.signs.expenditure.rawValue)")
        if let threshold { lines.append(threshold.description) }
        for line in statutory { lines.append("statutory \(line.item.rawValue) \(line.headings.isEmpty ? "nil" : "in " + line.headings.map(\.text).joined(separator: " "))") }
        for section in layout.sections {
            lines.append("")
            lines.append("section \"\(section.title)\"")
            for row in section.rows { lines.append("  " + print(row)) }
        }
        lines.append("")
        for set in weights { lines.append(set.description) }
        for term in contributions { lines.append(term.description) }
        for rule in rules {
            lines.append("")
            lines.append(rule.description)
        }
        lines.append("")
        for disposal in surplus { lines.append(disposal.print(isSurplus: true)) }
        for disposal in deficit { lines.append(disposal.print(isSurplus: false)) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func print(_ row: StatementLayout.Row) -> String {
        let label = "\"\(row.label)\""
        return switch row.content {
        case .line(.approvedBudget): "approved budget \(label)"
        case .line(.contribution(let name)): "from \(name) \(label)"
        case .line(.heading(let name)): "\(chart.heading(name)?.kind == .income ? "income" : "cost") \(name) \(label)"
        case .total(of: nil): "total \(label)"
        case .total(of: let lines?): "total \(label) of \(lines.map(Self.name).joined(separator: " "))"
        case .metFromReserves: "met from reserves \(label)"
        case .metFromPartners: "met from partners \(label)"
        case .netOutturn: "net outturn \(label)"
        case .broughtForward: "brought forward \(label)"
        case .adjustment: "adjustment \(label)"
        case .appropriations: "appropriations \(label)"
        case .spentFromReserves: "spent from reserves \(label)"
        case .contributionToReserves: "to reserves \(label)"
        case .metFromGeneralFund: "from general fund \(label)"
        case .returnedToGeneralFund: "to general fund \(label)"
        case .carriedForward: "carried forward \(label)"
        }
    }

    private static func name(_ line: BudgetLine) -> String {
        switch line {
        case .approvedBudget: "approved-budget"
        case .contribution(let name): name.text
        case .heading(let name): name.text
        }
    }
}

extension Threshold: CustomStringConvertible {
    public var description: String {
        let parts = [amount.map(pounds), percentageWritten].compactMap { $0 }
        return "threshold " + parts.joined(separator: needsBoth ? " and " : " or ")
    }
}

extension WeightSet: CustomStringConvertible {
    public var description: String {
        "weights \(name) " + values.map { "\($0.member) \(AmountFormat.grouped($0.weight))" }.joined(separator: " ")
            + ", source \"\(source)\", at \(date)"
    }
}

extension SplitKey: CustomStringConvertible {
    public var description: String {
        switch self {
        case .equally: "equally"
        case .by(let name): "by \(name)"
        }
    }
}

extension ContributionTerm: CustomStringConvertible {
    public var description: String {
        let what = switch source {
        case .approvedBudget: "approved budget of each member"
        case .fixed(let amount, let from, let to, let year): "\(pounds(amount)) from \(from) to \(to)" + (year.map { " in \($0)" } ?? "")
        }
        return switch use {
        case .stays: "contribution \(what), stays"
        case .pooled(let key): "contribution \(what), pooled \(key)"
        }
    }
}

extension Rule: CustomStringConvertible {
    public var description: String {
        let subject = switch subject {
        case .headings(let names): names.map(\.text).joined(separator: " ")
        case .anythingElse: "anything else"
        }
        let head = "rule \"\(title)\"\n  for \(subject)" + (isSplitByMemberConcerned ? ", split by member concerned" : "")
        return ([head] + takes.map { "  " + $0.description }).joined(separator: "\n")
    }
}

extension Take: CustomStringConvertible {
    public var description: String {
        let what = switch amount {
        case .rest: "rest"
        case .share(_, let written): written
        case .fixed(let amount): "up to \(pounds(amount))"
        }
        let who = switch payer {
        case .party(let party): party.text
        case .memberConcerned: "member concerned"
        case .reserveOfMemberConcerned: "reserve of member concerned"
        case .reserve(let name): "reserve of \(name)"
        case .group(nil, let key): "members \(key)"
        case .group(let names?, let key): "\(names.map(\.text).joined(separator: " ")) \(key)"
        }
        return "take \(what) from \(who)" + (limit.map { ", \($0)" } ?? "")
    }
}

extension Take.Limit: CustomStringConvertible {
    public var description: String {
        switch self {
        case .money(let amount): "at most \(pounds(amount))"
        case .balance: "at most balance"
        }
    }
}

extension Disposal {
    func print(isSurplus: Bool) -> String {
        let who = member.map(\.text) ?? "each member"
        let parts = steps.map { step in
            "\(isSurplus ? "to" : "from") its \(step.target == .reserve ? "reserve" : "general fund")" + (step.limit.map { ", \($0)" } ?? "")
        }
        return "\(isSurplus ? "surplus" : "deficit") of \(who) \(parts.joined(separator: "; rest "))"
    }
}

/// `£12,000`, or with pence where there are any.
private func pounds(_ amount: Money) -> String {
    "£" + (amount.pence.isMultiple(of: 100) ? AmountFormat.pounds : .pence).string(amount)
}
