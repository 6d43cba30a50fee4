internal import Agreements
internal import Findings
internal import Importing
internal import Ledger
internal import Sharing
internal import Statements
internal import Sterling

/// What the agreement counts is in the year's `activity` table, of every body and to the end, and the table names
/// nothing else.
extension BasisCheck {
    static func ofActivity(_ year: CheckedYear) -> [Finding] {
        let agreement = year.outturn.agreement
        let takes = agreement.rules.flatMap(\.takes).filter { $0.activity != nil }
        let missing = year.outturn.sharing.activitiesMissing.map { line, unit in
            Finding(
                .activityMissing, at: .agreement(line: line.number), found: unit.text,
                "the line goes by each \(unit), and the year's `activity` table counts none",
                hint: "add rows to it: \(unit), of whom, the period, the quantity")
        }
        let units = Set(takes.compactMap(\.activity))
        var seen: Set<Name<Activity>> = []
        let unused = year.ledger.activity.filter { !units.contains($0.activity) && seen.insert($0.activity).inserted }
            .map {
                Finding(
                    .activityUnused, at: $0.place, found: $0.activity.text,
                    "no line of the agreement counts \"\($0.activity)\"",
                    hint: Nearest.hint($0.activity.text, in: units.map(\.text).sorted()))
            }
        let isMissing = Set(year.outturn.sharing.activitiesMissing.map(\.unit))
        return missing + unused
            + units.subtracting(isMissing).sorted { $0.text < $1.text }.flatMap { unit in
                incomplete(unit, takes.filter { $0.activity == unit }, year)
            }
    }

    /// Bodies that a unit isn't counted of, counts that stop before the year does, and counts of bodies that no line
    /// counts, or that weren't there.
    private static func incomplete(_ unit: Name<Activity>, _ takes: [Take], _ year: CheckedYear) -> [Finding] {
        let agreement = year.outturn.agreement, this = year.ledger.year
        let counts = year.ledger.activity.filter { $0.activity == unit }
        func finding(_ place: Place?, _ found: String, _ message: String, _ hint: String) -> Finding {
            Finding(.activityIncomplete, at: place, found: found, message, hint: hint)
        }
        let ofTakes = takes.map { agreement.parties(of: $0.payer) }
        let parties = Set(ofTakes.compactMap { $0 }.flatMap { $0 })
        let given = Set(counts.map(\.party))
        let absent = parties.subtracting(given).filter { agreement.takesPart($0, in: this) }
        var findings = absent.map(agreement.chart.label).sorted().map { label in
            finding(
                counts.first?.place, label, "no \(unit) is counted of \(label), whose part goes by it",
                "add a row for it, with 0 if there was none")
        }
        if year.outturn.upTo == nil, let last = counts.map(\.period).max(), last.number < 12 {
            findings.append(
                finding(
                    counts.first { $0.period == last }?.place, last.description,
                    "each \(unit) is counted to \(last) alone, and the year is whole",
                    "add the rest of the year, with 0 in P12 if there was none"))
        }
        let isOfAll = ofTakes.contains { $0 == nil }
        for count in counts {
            if !isOfAll, !parties.contains(count.party) {
                let label = agreement.chart.label(count.party)
                findings.append(
                    finding(
                        count.place, label, "no line of the agreement counts a \(unit) of \(label)",
                        "take the row out, or name \(label) in the line"))
            } else if !count.quantity.isZero, agreement.days(of: count.party, month: count.period.month, of: this) == 0
            {
                findings.append(
                    finding(
                        count.place, count.period.description,
                        "\(agreement.chart.label(count.party)) takes no part in \(count.period), and is charged for "
                            + "what is counted of it then",
                        "take the row out, or mend its period; what was agreed for the time after is a line's own"))
            }
        }
        return findings
    }
}
