internal import Agreements
public import Findings
internal import Ledger
internal import Sheets
public import Statements
internal import Sterling

/// A year, or all years of a partnership, under other terms.
public struct WhatIfWork {
    public let partnership: Partnership
    /// The years asked about, ascending, as they are.
    public let base: [Outturn]

    /// - Parameters:
    ///   - allYears: every year of the folder up to the one meant, instead of that one alone.
    ///   - upTo: a period of the last year.
    public init(_ partnership: Partnership, allYears: Bool, upTo period: String? = nil) throws(Circumstance) {
        var upTo: Period?
        if let period {
            guard let parsed = Period(written: period), parsed.number > 0, !allYears else {
                throw Circumstance.usage(
                    allYears
                        ? "a period can't be given for all years"
                        : "\"\(period)\" is no accounting period; write P1 to P16, April being P1")
            }
            upTo = parsed
        }
        self.partnership = partnership
        let years = allYears ? partnership.years.filter { $0 <= partnership.year } : [partnership.year]
        base = try years.map { year throws(Circumstance) in
            try partnership.states.state(of: year, upTo: upTo).outturn
        }
    }

    /// What a change would have made of the years; a reserve that ends a year otherwise begins the next so.
    ///
    /// - Parameter text: changes that hold together, with `+` between them.
    /// - Throws: `Circumstance.findings` where the change can't be understood, or can't stand.
    public func differences(_ text: String) throws(Circumstance) -> [StatementDifference] {
        let (whatIf, faults) = WhatIf.parse(text, agreement: partnership.agreement)
        guard let whatIf else { throw Circumstance.findings(faults) }
        var moved: [Name<Member>: Money] = [:]
        return try base.map { before throws(Circumstance) in
            var ledger = before.ledger
            for (member, amount) in moved where !amount.isZero {
                let opening = ledger.openings[member]
                let place = opening?.place ?? Place(file: "what-if")
                ledger.openings[member] = OpeningBalance(
                    broughtForward: (opening?.broughtForward ?? .zero) + amount,
                    adjustment: opening?.adjustment ?? .zero, reason: opening?.reason ?? "",
                    place: place, adjustmentPlace: opening?.adjustmentPlace ?? place)
            }
            let (agreement, changed, faults) = whatIf.applied(to: before.agreement, ledger, upTo: before.upTo)
            guard let agreement else { throw Circumstance.findings(faults) }
            let unfit = agreement.faults(in: ledger.year, file: "what-if")
            if !unfit.isEmpty { throw Circumstance.findings(unfit.map(WhatIf.ofChange)) }
            let after = Outturn(agreement: agreement, ledger: changed, upTo: before.upTo)
            for (was, now) in zip(before.reserves, after.reserves) {
                moved[was.member] = now.carriedForward - was.carriedForward
            }
            return StatementDifference(before: before, after: after)
        }
    }

    /// - Throws: `Circumstance.findings` where the agreement is unfit for a year to come.
    public func reserveForecast(_ outturn: Outturn, _ assumptions: ReserveForecast.Assumptions) throws(Circumstance)
        -> ReserveForecast
    {
        guard assumptions.years > 0 else { throw Circumstance.usage("a forecast is of one year at least") }
        let last = outturn.ledger.year.startYear + assumptions.years
        guard last <= FinancialYear.latest.startYear else {
            throw Circumstance.usage("a forecast ends with \(FinancialYear.latest) at the latest: ask for fewer years")
        }
        for ahead in 1...assumptions.years {
            let faults = outturn.agreement.faults(
                in: FinancialYear(startYear: outturn.ledger.year.startYear + ahead), file: "agreement")
            if !faults.isEmpty { throw Circumstance.findings(faults) }
        }
        return ReserveForecast(outturn, assumptions)
    }

    private static func text(_ path: String) throws(Circumstance) -> String {
        let bytes = try FileFailure.asCircumstance { () throws(FileFailure) in try FileContent(path: path).bytes() }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Circumstance.badData("\(path) is not in UTF-8: save it as UTF-8")
        }
        return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    }

    /// The lines of a file of variants; `#` begins a comment.
    public static func variants(in path: String) throws(Circumstance) -> [String] {
        let lines = try Self.text(path).split(whereSeparator: \.isNewline)
            .map { String($0).trimmingBlanks }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
        guard !lines.isEmpty else {
            throw Circumstance.badData(
                "\(path) lists no variant: write one a line, such as: everything by child-population")
        }
        return lines
    }
}
