internal import Agreements
internal import Findings
internal import Importing
internal import Sterling
internal import Ledger
internal import Statements

/// A balance does not change between 31 March and 1 April: neither a reserve's nor a fund's, nor what of a grant has
/// been used.
enum BroughtForwardCheck: Check {
    static let title = "Brought forward is last year's carried forward"

    static func run(_ year: CheckedYear) -> CheckResult {
        let hasReserves = year.outturn.agreement.layout.rows.contains { $0.content == .broughtForward }
        // What rules draw on binds, whether the statement prints it or not.
        let isDrawnOn = year.outturn.agreement.drawsOnReserves || !year.ledger.openings.isEmpty
        guard hasReserves || isDrawnOn || !year.outturn.agreement.funds.isEmpty else {
            return .notRun("the statement shows no reserves")
        }
        var findings = hasReserves ? missing(year) : isDrawnOn ? missing(year).filter { $0.severity == .error } : []
        findings += overused(year) + overreceived(year) + usedOfFunds(year)
        guard let lastYear = year.lastYear else {
            if let earlier = year.latestEarlierYear {
                findings.append(
                    Finding(
                        .yearMissing, found: year.ledger.year.previous.description,
                        "the folder has \(earlier) and no \(year.ledger.year.previous), so brought forward was "
                            + "compared with nothing",
                        hint: "add the folder of \(year.ledger.year.previous)"))
                return .notRun("no last year", findings + fundsMissing(year))
            }
            findings.append(
                Finding(
                    .noLastYear,
                    "the folder has no \(year.ledger.year.previous), so brought forward was not compared with it",
                    hint: "nothing to do in a partnership's first year; else add last year's folder"))
            findings += fundsMissing(year)
            return .notRun("no last year", findings)
        }
        findings += moved(year, lastYear)
        findings += year.outturn.funds.flatMap { fund in
            lastYear.funds.first { $0.fund == fund.term.name }.map { moved(fund, since: $0, year) } ?? []
        }
        let reserves = hasReserves ? [CheckResult.count(lastYear.reserves.count, "reserve")] : []
        let funds = lastYear.funds.isEmpty ? [] : [CheckResult.count(lastYear.funds.count, "fund")]
        return CheckResult((reserves + funds).joined(separator: ", "), findings)
    }

    /// Members without an opening balance.
    private static func missing(_ year: CheckedYear) -> [Finding] {
        year.outturn.members.filter { year.ledger.openings[$0.name] == nil }.map { member in
            if let last = year.lastYear?.reserves.first(where: { $0.member == member.name }),
                !last.carriedForward.isZero
            {
                return Finding(
                    .broughtForwardMoved, found: member.label,
                    "nothing is brought forward for \(member.label), and \(year.ledger.year.previous) carried "
                        + "forward \(last.carriedForward)",
                    hint: "add to the year's `opening` table a row for \(member.name): brought forward: "
                        + "\(AmountFormat.exact(last.carriedForward))\(columnsToWrite(year))")
            }
            return Finding(
                .openingMissing, found: member.label,
                "no opening balance is given for the reserve of \(member.label): it starts from zero",
                hint: "add a row to the year's `opening` table; a reserve that held nothing has 0.00"
                    + columnsToWrite(year))
        }
    }

    /// What the table has, for who has none yet.
    private static func columnsToWrite(_ year: CheckedYear) -> String {
        guard year.ledger.openings.isEmpty, year.ledger.fundOpenings.isEmpty else { return "" }
        let columns = YearTable.all.first { $0.name == "opening" }?.columns.map(\.title) ?? []
        return " (the year has no such table: its columns are \(columns.joined(separator: ", ")))"
    }

    /// Funds and grants without an opening balance, in books that go back no further.
    private static func fundsMissing(_ year: CheckedYear) -> [Finding] {
        year.outturn.funds.filter { fund in
            // A grant whose life begins within the year can bring nothing forward.
            year.ledger.fundOpenings[fund.term.name] == nil
                && !(fund.term.isGrant && fund.term.life.from.map { $0 >= year.ledger.year.firstDay } ?? false)
        }.map { fund in
            let label = year.outturn.agreement.chart.label(fund.term.name)
            return Finding(
                .openingMissing, found: label, "no opening balance is given for \(label): it starts from zero",
                hint: "add a row for \(fund.term.name) to the year's `opening` table; one that held nothing has 0.00"
                    + columnsToWrite(year))
        }
    }

    private static func moved(_ year: CheckedYear, _ lastYear: YearClose) -> [Finding] {
        lastYear.reserves.compactMap { last in
            guard let opening = year.ledger.openings[last.member], opening.broughtForward != last.carriedForward else {
                return nil
            }
            return Finding(
                .broughtForwardMoved, at: opening.place, found: "\(opening.broughtForward)",
                "\(lastYear.year) carried forward \(last.carriedForward) for "
                    + "\(year.outturn.agreement.chart.label(last.member)): "
                    + "\(opening.broughtForward - last.carriedForward) apart",
                hint: "bring forward what was carried forward, and give any change a line of its own under "
                    + "adjustment, with its reason")
        }
    }

    /// A fund or grant against what last year left of it.
    private static func moved(_ fund: FundRollForward, since last: YearClose.FundBalance, _ year: CheckedYear)
        -> [Finding]
    {
        let opening = year.ledger.fundOpenings[last.fund], previous = year.ledger.year.previous
        let label = year.outturn.agreement.chart.label(last.fund)
        // What was used of a grant that has ended binds nothing any more.
        let isUsable = fund.term.isGrant && fund.term.life.to.map { $0 >= year.ledger.year.firstDay } ?? true
        let isForwardRight = fund.broughtForward == last.carriedForward
        let isUseRight = !isUsable || (opening?.usedBefore ?? .zero) == last.usedToDate
        guard !isForwardRight || !isUseRight else { return [] }
        let used = isUsable ? "; used before: \(AmountFormat.exact(last.usedToDate))" : ""
        let row = "brought forward: \(AmountFormat.exact(last.carriedForward))\(used)"
        guard let opening else {
            return [
                Finding(
                    .broughtForwardMoved, found: label,
                    "nothing is brought forward for \(label), and \(previous) carried forward "
                        + "\(last.carriedForward)\(isUsable ? ", with \(last.usedToDate) used to date" : "")",
                    hint: "add to the year's `opening` table a row for \(last.fund): \(row)\(columnsToWrite(year))")
            ]
        }
        var findings: [Finding] = []
        if !isForwardRight {
            findings.append(
                Finding(
                    .broughtForwardMoved, at: opening.place, found: "\(fund.broughtForward)",
                    "\(previous) carried forward \(last.carriedForward) for \(label): "
                        + "\(fund.broughtForward - last.carriedForward) apart",
                    hint: "bring forward what was carried forward, and give any change a line of its own under "
                        + "adjustment, with its reason"))
        }
        if !isUseRight {
            findings.append(
                Finding(
                    .broughtForwardMoved, at: opening.place, found: "\(opening.usedBefore)",
                    "\(last.usedToDate) of \(label) was used up to \(previous), and the column \"used "
                        + "before\" says \(opening.usedBefore)",
                    hint: "write under \"used before\": \(AmountFormat.exact(last.usedToDate))"))
        }
        return findings
    }

    /// Only a grant's use runs over several years.
    private static func usedOfFunds(_ year: CheckedYear) -> [Finding] {
        year.outturn.funds.compactMap { fund in
            guard !fund.term.isGrant, let opening = year.ledger.fundOpenings[fund.term.name],
                !opening.usedBefore.isZero
            else { return nil }
            return Finding(
                .usedBeforeOfReserve, at: opening.place, found: "\(opening.usedBefore)",
                "only a grant is used over several years, and "
                    + "\(year.outturn.agreement.chart.label(fund.term.name)) is a fund",
                hint: "leave the column \"used before\" blank for it")
        }
    }

    /// Grants of which more came than was awarded.
    private static func overreceived(_ year: CheckedYear) -> [Finding] {
        year.outturn.funds.compactMap { fund in
            guard fund.term.isGrant, let award = fund.term.award, fund.receivedToDate > award, fund.received > .zero
            else {
                return nil
            }
            let label = year.outturn.agreement.chart.label(fund.term.name)
            return Finding(
                .receivedBeyondAward, at: year.ledger.fundOpenings[fund.term.name]?.place,
                found: "\(fund.receivedToDate)",
                "\(fund.receivedToDate) came of \(label) to date, and its award is \(award)",
                hint: "see whether a receipt was posted twice; or mend the award in the agreement")
        }
    }

    /// Grants of which more was used than was awarded.
    private static func overused(_ year: CheckedYear) -> [Finding] {
        year.outturn.funds.compactMap { fund -> Finding? in
            guard let award = fund.term.award, fund.usedToDate > award else { return nil }
            return Finding(
                .awardExceeded, at: year.ledger.fundOpenings[fund.term.name]?.place, found: "\(fund.usedToDate)",
                "\(fund.usedToDate) of \(year.outturn.agreement.chart.label(fund.term.name)) is used to date, and "
                    + "\(award) was awarded",
                hint: "see what \"used before\" says in the `opening` table, and what was claimed")
        }
    }
}
