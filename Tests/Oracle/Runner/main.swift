import Findings
import Glibc
import Ledger
import Agreements
import Sharing
import Statements
import Sterling

// Reads cases from standard input and writes what the program makes of each. The calculators in
// Python, which share no code with it, make the cases and judge the answers.
//
//     table 2 3                            then rows of n/d; answers rows of pence
//     cast UNIT CELLS RELATIONS            then cells in pence and relations; answers whole units
//     kinds                                answers the kinds of lines that an agreement has
// year [2018 [P6]] ... / end           an agreement, openings and postings; answers pools, positions, reserves, funds

func fields(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

func answerTable(_ head: [String]) {
    let rows = (0..<Int(head[1])!).map { _ in
        fields(readLine()!).map { cell -> Fraction in
            let parts = cell.split(separator: "/").map { Int($0)! }
            return Fraction(parts[0]) / Fraction(parts.count > 1 ? parts[1] : 1)
        }
    }
    for row in ControlledRounding.round(rows) { print(row.map { "\($0.pence)" }.joined(separator: " ")) }
}

/// `cast UNIT CELLS RELATIONS`, then the cells in pence, then a line a relation, `+0 +1 -2`.
func answerCast(_ head: [String]) {
    let exact = fields(readLine()!).map { Money(pence: Int($0)!) }
    let relations = (0..<Int(head[3])!).map { _ in
        fields(readLine()!).map { term -> (cell: Int, sign: Int) in
            (Int(term.dropFirst())!, term.hasPrefix("-") ? -1 : 1)
        }
    }
    switch CastRounding.round(exact, unit: Int(head[1])!, relations: relations) {
    case .cast(let cells): print(cells.map(String.init).joined(separator: " "))
    case .impossible: print("impossible")
    case .tooHard: print("too hard")
    }
}

func name(_ payer: Payer) -> String {
    switch payer {
    case .member(let name): "member:\(name)"
    case .reserve(let name): "reserve:\(name)"
    case .contributor(let name): "contributor:\(name)"
    case .direct(let name): "direct:\(name)"
    case .fund(let name): "fund:\(name)"
    }
}

func name(_ line: BudgetLine) -> String {
    switch line {
    case .approvedBudget: "approved-budget"
    case .contribution(let name): name.text
    case .heading(let name): name.text
    }
}

func party(_ name: String, _ agreement: Agreement) -> Party {
    let isMember = agreement.chart.members.contains { $0.name.text == name }
    return isMember ? .member(Name(name)) : .contributor(Name(name))
}

func answerYear(_ head: [String]) {
    let year = FinancialYear(startYear: head.count > 1 ? Int(head[1])! : 2018)
    let upTo = head.count > 2 ? Period(written: head[2]) : nil
    var text = ""
    while let line = readLine(), line != "books" { text += line + "\n" }
    let (agreement, faults) = Agreement.parse(text, file: "agreement")
    guard let agreement else {
        while let line = readLine(), line != "end" {}
        let told = faults.map { "\($0.code.rawValue) \($0.place?.description ?? "") \($0.message)" }
        print("fault \(told.joined(separator: "; "))")
        print("done")
        return
    }
    let again = Agreement.parse(agreement.description, file: "agreement").agreement
    print("roundtrip \(again == agreement ? "same" : "DIFFERENT")")
    for fault in agreement.faults(in: year, file: "agreement") { print("unfit \(fault.message)") }
    var ledger = GeneralLedger(chart: agreement.chart, year: year)
    let kinds = Dictionary(uniqueKeysWithValues: agreement.chart.headings.map { ($0.name.text, $0.kind) })
    var row = 0
    while let line = readLine(), line != "end" {
        let parts = fields(line)
        row += 1
        let place = Place(Place.Source(file: "case", sheet: ""), row: row, column: 1)
        switch parts[0] {
        case "fund":
            ledger.fundOpenings[Name(parts[1])] = FundOpening(
                broughtForward: Money(pence: Int(parts[2])!), adjustment: Money(pence: Int(parts[3])!),
                usedBefore: Money(pence: Int(parts[4])!), reason: "case", place: place)
        case "in-kind":
            ledger.inKind.append(
                InKind(
                    from: "case", what: "case", value: Money(pence: Int(parts[2])!), basis: "case",
                    countsFor: Name(parts[1]), cashInLieu: .zero, place: place))
        case "line":
            ledger.budget.totals[.heading(Name(parts[1]))] = Budget.Figure(
                amount: Money(pence: Int(parts[2])!), place: place)
        case "activity":
            // activity UNIT PARTY HUNDREDTHS PERIOD
            ledger.activity.append(
                ActivityCount(
                    activity: Name(parts[1]), party: party(parts[2], agreement), period: Period(Int(parts[4])!)!,
                    quantity: Fraction(Int(parts[3])!) / Fraction(100), place: place))
        case "last-year":
            // last-year PARTY PENCE RULE TITLE
            ledger.borneLastYear = ledger.borneLastYear ?? [:]
            let title = parts[3...].joined(separator: " ")
            ledger.borneLastYear![title, default: [:]][party(parts[1], agreement)] = Money(pence: Int(parts[2])!)
        case "opening":
            ledger.openings[Name(parts[1])] = OpeningBalance(
                broughtForward: Money(pence: Int(parts[2])!), adjustment: Money(pence: Int(parts[3])!), reason: "case",
                place: place, adjustmentPlace: place)
        case "budget":
            ledger.budget.figures[BudgetLineMember(line: .approvedBudget, member: Name(parts[1]))] = Budget.Figure(
                amount: Money(pence: Int(parts[2])!), place: place)
        default:
            // posting ACCOUNT LEDGER CONCERNING PENCE [PERIOD]: above zero is a cost, an income or a receipt by
            // its kind.
            let member = Name<Member>(parts[2])
            let pence = Int(parts[4])!
            let concerning: Name<Member>? = parts[3] == "-" ? nil : Name(parts[3])
            let cash = Account.cash(.member(member))
            var (from, to): (Account, Account)
            switch parts[1].split(separator: ":").map(String.init) {
            case let word where word[0] == "heading":
                let heading = Account.heading(Name(word[1]))
                (from, to) = kinds[word[1]] == .cost ? (cash, heading) : (heading, cash)
            case let word where word[0] == "contributor": (from, to) = (.cash(.contributor(Name(word[1]))), cash)
            case let word where word[0] == "fund": (from, to) = (cash, .fund(Name(word[1])))
            case let word where word[0] == "recharge": (from, to) = (cash, .cash(.member(Name(word[1]))))
            case let word: fatalError("no such account: \(word)")
            }
            if pence < 0 { (from, to) = (to, from) }
            ledger.postings.append(
                Posting(
                    amount: Money(pence: abs(pence)), from: from, to: to, ledgerOf: member, concerning: concerning,
                    period: Period(parts.count > 5 ? Int(parts[5])! : 1)!, place: place))
        }
    }
    let outturn = Outturn(agreement: agreement, ledger: ledger, upTo: upTo)
    for allocation in outturn.sharing.allocations + [outturn.sharedNet].compactMap({ $0 }) + outturn.sharedFromFunds {
        let source =
            switch allocation.pool.source {
            case .rule(let index): "rule\(index)"
            case .contributions(let key): "pooled-\(key)".replacing(" ", with: "-")
            case .net(let isSurplus): isSurplus ? "surplus" : "deficit"
            case .left(let fund): "left-\(fund)"
            }
        print("pool \(source) \(allocation.pool.kind.rawValue) \(allocation.pool.concerning?.text ?? "-")")
        print("payers \(allocation.payers.map(name).joined(separator: " "))")
        for (row, shares) in zip(allocation.pool.rows, allocation.shares) {
            print("row \(row.line.map(name) ?? "-") \(shares.map { "\($0.pence)" }.joined(separator: " "))")
        }
    }
    for position in outturn.settlement.members { print("owes \(position.member) \(position.owes.pence)") }
    for recharge in outturn.settlement.recharges {
        print("recharge \(recharge.from) \(recharge.to) \(recharge.amount.pence)")
    }
    for reserve in outturn.reserves {
        print(
            "reserve \(reserve.member) \(reserve.spent.pence) \(reserve.contribution.pence) "
                + "\(reserve.metFromGeneralFund.pence) \(reserve.returnedToGeneralFund.pence) "
                + "\(reserve.carriedForward.pence)"
        )
    }
    for row in outturn.rows where row.content == .sharedNetOutturn {
        print("moved \(row.amounts.map { "\($0.pence)" }.joined(separator: " "))")
    }
    for fund in outturn.funds {
        let sums = [
            fund.received, fund.used, fund.contribution, fund.returned, fund.shared, fund.carriedForward,
            fund.usedToDate,
        ]
        print("fund \(fund.term.name) \(sums.map { "\($0.pence)" }.joined(separator: " "))")
    }
    for contributor in agreement.chart.contributors {
        for sum in agreement.agreed(contributor.name, in: year) {
            print("agreed \(contributor.name) \(sum.to) \(sum.amount.pence)")
        }
    }
    if upTo == nil {
        for quarter in QuarterlyBills(agreement: agreement, ledger: ledger).quarters {
            print("bill \(quarter.bills.map { "\($0.pence)" }.joined(separator: " "))")
        }
    }
    // A change that changes nothing: the agreement printed, read and run again.
    if let heading = agreement.chart.headings.first(where: { $0.kind == .cost }),
        let nothing = WhatIf.parse("cost \(heading.name) up 0%", agreement: agreement).whatIf
    {
        let (same, books, faults) = nothing.applied(to: agreement, ledger)
        let after = same.map { Outturn(agreement: $0, ledger: books, upTo: upTo) }
        let isSame = after.map { StatementDifference(before: outturn, after: $0).isNothing } == true
        print("whatif \(isSame ? "same" : "DIFFERENT \(faults.map(\.message))")")
    }
    print("done")
}

while let line = readLine() {
    let head = fields(line)
    switch head.first {
    case "table": answerTable(head)
    case "cast": answerCast(head)
    case "year": answerYear(head)
    case "kinds":
        for words in Agreement.languageKeywords { print(words) }
        print("done")
    default: break
    }
    // The asker waits for the answer before it asks again.
    fflush(nil)
}
