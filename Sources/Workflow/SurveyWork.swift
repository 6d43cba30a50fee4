public import Findings
public import Ledger
public import Statements

/// Gathers the boards of a survey; what it gives back names none of them.
public enum SurveyWork {
    /// - Returns: the survey, its year, and the folders excluded because their statement is a draft.
    public static func gather(_ dirs: [String], year wanted: String?) throws(Circumstance) -> (
        survey: Survey, year: FinancialYear, excluded: [String]
    ) {
        var outturns: [Outturn] = []
        var excluded: [String] = []
        var years: Set<FinancialYear> = []
        // The shell may name a folder twice, or with a stroke at its end.
        var seen: Set<String> = []
        for dir in dirs {
            var path = dir
            while path.count > 1, path.hasSuffix("/") { path.removeLast() }
            guard seen.insert(path).inserted else { continue }
            let work = try YearWork(try Partnership(path: dir, year: wanted))
            if work.findings.hasErrors { excluded.append(dir) } else { outturns.append(work.outturn) }
            years.insert(work.partnership.year)
        }
        guard years.count == 1, let year = years.first else {
            throw Circumstance.usage(
                "the folders' latest years differ (\(years.sorted().map(\.description).joined(separator: ", "))): "
                    + "name one by --year"
            )
        }
        return (Survey(outturns), year, excluded)
    }
}
