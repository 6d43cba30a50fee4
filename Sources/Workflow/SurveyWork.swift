internal import Findings
public import Ledger
internal import Sharing
public import Statements
public import Sterling

/// Gathers the boards of a survey; what it gives back names none of them.
public enum SurveyWork {
    /// - Returns: the survey, its year, and the folders left out because their statement is a draft.
    public static func gather(_ dirs: [String], year wanted: String?) throws -> (
        survey: Survey, year: FinancialYear, leftOut: [String]
    ) {
        var outturns: [Outturn] = []
        var leftOut: [String] = []
        var years: Set<FinancialYear> = []
        // The shell may name a folder twice, or with a stroke at its end.
        var seen: Set<String> = []
        for dir in dirs {
            var path = dir
            while path.count > 1, path.hasSuffix("/") { path.removeLast() }
            guard seen.insert(path).inserted else { continue }
            let work = try YearWork(try Partnership(path: dir, year: wanted))
            if work.findings.hasErrors { leftOut.append(dir) } else { outturns.append(work.outturn) }
            years.insert(work.partnership.year)
        }
        guard years.count == 1, let year = years.first else {
            throw Circumstance.usage(
                "the folders' latest years differ (\(years.sorted().map(\.description).joined(separator: ", "))): "
                    + "name one by --year"
            )
        }
        return (Survey(outturns), year, leftOut)
    }
}

/// `2.5%`, as commands take it.
public enum Percentage {
    public static func read(_ text: String) throws -> Fraction {
        let isNegative = text.hasPrefix("-")
        let digits = text.hasSuffix("%") ? text.dropFirst(isNegative ? 1 : 0).dropLast() : ""
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            parts.allSatisfy({ !$0.isEmpty && $0.count < 7 && $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let number = Int(parts.joined())
        else {
            throw Circumstance.usage("\"\(text)\" is no percentage; write it as 2% or 2.5%")
        }
        var scale = 100
        for _ in 0..<(parts.count == 2 ? parts[1].count : 0) { scale *= 10 }
        let share = Fraction(isNegative ? -number : number) / Fraction(scale)
        guard share.magnitude <= .one else {
            throw Circumstance.usage(
                "\(text) a year is beyond what a forecast can say; write a percentage between -100% and 100%")
        }
        return share
    }
}
