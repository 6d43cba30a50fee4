public import Findings
public import Ledger
public import Sheets
public import Sterling

/// A guess at the map of an export: its header row, what each column holds, and why.
///
/// Names are looked at first and values second; what is only a guess says so in the map's comments. A
/// guess never decides what a code means: that is for a person.
public struct MapSuggestion: Sendable {
    public let file: String
    /// Empty for a file that is one grid.
    public let sheet: String
    /// Counts from 1.
    public let headerRow: Int
    /// How many rows the header has, that one the last of them.
    public let headerRows: Int
    /// What columns hold, in the order of the roles, and why it is thought so.
    public internal(set) var columns: [(role: ImportMap.Role, title: String, why: String)] = []
    /// Columns of amounts that each belong to a period, `P1` with `Apr`, by period; empty in most layouts.
    public internal(set) var periodColumns: [(period: String, title: String)] = []
    /// `nil` where each period has a column, or nothing could be told from the values.
    public internal(set) var periodFormat: (format: ImportMap.PeriodFormat, why: String)?
    /// `nil` where debits and credits have columns of their own, or no amount could be read.
    public internal(set) var isCreditPositive: (value: Bool, why: String)?
    /// The column that says which way each amount goes, with its marks; `nil` where the amounts say it.
    public internal(set) var sign: (column: String, credits: [String], debits: [String], why: String)?
    /// The period of the whole file, where no column tells it: `P12` and what says so; the map lacks it where nothing
    /// does.
    public internal(set) var wholePeriod: (period: String, why: String)?
    /// Whether dates have the month before the day, which days above the 12th show.
    public internal(set) var isMonthFirst = false
    /// Why it can't be told which way amounts go; the map lacks it until a person says so. `nil` where it can.
    public internal(set) var signInQuestion: String?
    /// Sheets with the same header whose rows stand on the others too.
    public internal(set) var repeatingSheets: [String] = []
    /// Whether the figures of two columns, debits and credits, come to the same over the whole file.
    public internal(set) var balanced: Money?
    /// Columns any of which may be the amount; the map lacks it until a person says which.
    public internal(set) var amountsInQuestion: [String] = []
    /// Whether every figure of the credit column is below zero, so that the minus says credit once more.
    public internal(set) var areCreditsNegative = false
    /// Rows that are no postings by what they say of themselves: the column's header, its value, how many rows have it,
    /// and the reason.
    public internal(set) var exclusions: [(column: String, value: String, rows: Int, why: String)] = []
    /// Whether amounts end in `CR` or `DR`, at least one in a hundred.
    public internal(set) var hasMarkers = false
    /// What finds the rows that are the sum of rows above them; `nil` where there are none.
    public internal(set) var subtotals: ImportMap.RowTest?
    /// The same of the total at the file's end.
    public internal(set) var controlTotal: ImportMap.RowTest?
    /// How many rows read like a total and are the sum of no rows above them: postings, as it seems.
    public internal(set) var notTotals = 0
    /// Each code with its rows and what they add up to, the largest sums first, and the account's name where a column
    /// holds that.
    public internal(set) var codes: [(code: String, rows: Int, sum: Money, example: String)] = []
    /// What the partnership's other maps, or its headings' names, say of a code: the class as a map writes it, and
    /// where it stands; `nil` for a map where a name alone says so, which proves nothing.
    public private(set) var proposals: [String: (meaning: String, map: String?)] = [:]
    /// Other sheets with the same header, and sheets with another or none.
    public internal(set) var otherSheets: [(name: String, isAlike: Bool)] = []
    /// How often the header comes again, as at the top of a page, among the first rows.
    public internal(set) var repeatedHeaders = 0
    /// The header and the first rows below it.
    public internal(set) var firstRows: [[String]] = []
    /// The header's texts, from left to right.
    public let titles: [String]

    /// - Throws: `FileFailure` where the file can't be opened.
    /// - Returns: `nil` where no header could be found, or the file can't be read.
    public static func of(_ content: FileContent, file: String) throws(FileFailure) -> (
        suggestion: MapSuggestion?, findings: [Finding]
    ) {
        let sample = SheetSample()
        let report = try SheetReader.read(content, name: file, into: sample)
        guard report.format != nil else { return (nil, report.findings) }
        let guess = MapGuess(file: file, sheets: sample.sheets)
        guard var suggestion = guess.suggestion, var layout = guess.layout else {
            return (
                nil,
                report.findings + [
                    ImportFault.noHeader.finding(at: Place(file: file))
                ]
            )
        }
        var proof = try MapProof.of(content, file, layout)
        let areAllBelow = proof.hasCreditsBelow && !proof.hasCreditsAbove && !layout.areCreditsNegative
        if proof.balancesRun.turned || areAllBelow && !proof.balancesRun.asTaken {
            // The balances, or rows beyond the sample, say how the credit column is to be taken.
            layout.areCreditsNegative.toggle()
            suggestion.areCreditsNegative.toggle()
            proof = try MapProof.of(content, file, layout)
        }
        for found in proof.stopped { layout.stopped[found.column, default: []].insert(found.word) }
        if !layout.stopped.isEmpty { proof = try MapProof.of(content, file, layout) }
        suggestion.take(proof, layout)
        return (suggestion, report.findings)
    }

    private mutating func take(_ proof: MapProof, _ layout: SuggestedLayout) {
        let totals = proof.totals
        if let balance = layout.balance, proof.balancesRun.asTaken {
            let title = layout.columns.first { $0.column == balance }!.title
            columns.append((.balance, title, "every balance is the one before it and the row's amount"))
        }
        repeatingSheets = proof.repeatingSheets
        if !proof.debits.isZero, proof.debits == proof.credits.magnitude { balanced = proof.debits }
        (subtotals, controlTotal, notTotals) = (totals.sub, totals.control, totals.others)
        exclusions += proof.stopped.map { ($0.title, $0.word, $0.rows, $0.word.lowercased() + ", and no posting") }
        exclusions += proof.balances.map { ($0.title, $0.text, $0.rows, "a balance, and no posting") }
        codes = proof.codes.sorted { a, b in
            (b.value.sum.magnitude, a.key.count, a.key) < (a.value.sum.magnitude, b.key.count, b.key)
        }.map { ($0.key, $0.value.rows, $0.value.sum, String($0.value.example.prefix(50))) }
    }

    /// Takes the classes of a partnership's other maps for the codes that they know and agree on; of the others a
    /// heading of the account's name is named, and no more.
    public mutating func propose(from maps: [ImportMap], _ chart: Chart) {
        let headings = chart.headings.flatMap { heading in
            [heading.label.folded, heading.name.text.folded].map { ($0, heading) }
        }
        for code in codes {
            let known = maps.compactMap { map in map.meaning(costCentre: "", code: code.code).map { (map.name, $0) } }
            if let first = known.first {
                if known.allSatisfy({ $0.1 == first.1 }) { proposals[code.code] = (first.1.written, first.0) }
                continue
            }
            let name = code.example.folded, named = headings.filter { $0.0 == name && !name.isEmpty }.map(\.1)
            guard let heading = named.first, named.allSatisfy({ $0.name == heading.name }) else { continue }
            let meaning = heading.kind == .income ? CodeClass.income(heading.name) : .expenditure(heading.name)
            proposals[code.code] = (meaning.written, nil)
        }
    }
}
