internal import Findings
internal import Ledger
internal import Sterling

extension YearTable {
    static let activity = YearTable(
        "activity", "what rules count: cases, visits or bed-days of each member or contributor, by period",
        columns: [
            Column("activity", .words, note: "as the agreement calls it"), Column("of", .memberOrContributor),
            Column("period", .period), Column("quantity", .quantity),
        ],
        addsUp: true,
        reader: .whole { $0.readActivity($1, $2) })
}

extension YearTables {
    /// `activity, of, period, quantity`: what a price or a key of the agreement goes by.
    mutating func readActivity(_ table: Table, _ columns: TableColumns) {
        for row in table.rows {
            let name = row.fields[columns[0]], of = row.fields[columns[1]]
            guard let party = party(of) else {
                report(
                    .nameUnknown(
                        .memberOrContributor,
                        known: chart.members.map(\.name.text) + chart.contributors.map(\.name.text)),
                    at: row.place(columns[1]), found: of)
                continue
            }
            guard let period = Period(written: row.fields[columns[2]]), period.number > 0 else {
                report(
                    .periodUnreadable(mayBeForward: false), at: row.place(columns[2]), found: row.fields[columns[2]])
                continue
            }
            let place = row.place(columns[3])
            // Half days are counted as well, so a quantity is one of hundredths, as an amount is.
            guard let hundredths = amount(row.fields[columns[3]], place) else {
                if row.fields[columns[3]].isEmpty { report(.amountMissing(of: .row), at: place) }
                continue
            }
            guard !hundredths.isNegative else {
                report(.amountNegative, at: place, found: row.fields[columns[3]])
                continue
            }
            ledger.activity.append(
                ActivityCount(
                    activity: Name(name), party: party, period: period,
                    quantity: Fraction(hundredths.pence) / Fraction(100), place: place))
        }
    }

    /// A member or a contributor, by name or label.
    func party(_ written: String) -> Party? {
        chart.member(written: written).map { .member($0) }
            ?? chart.contributor(written: written).map { .contributor($0) }
    }
}
