public import Ledger
internal import Sterling
public import Findings

/// How a layout's rows become postings; read from `maps/NAME.yaml`.
///
///     layout: Unit4 transaction listing
///     recognise: [Account, Period, Amount]
///     columns: {code: Account, period: Period, amount: Amount}
///     amounts: debits positive
///     codes:
///       4000-4099: expenditure salaries
///       "5001": contribution from police
///       7000-7999: excluded, corporate overheads
public struct ImportMap: Sendable {
    /// The name of its file without the ending: `unit4` for `maps/unit4.yaml`.
    public let name: String
    /// What a person calls the layout: `Unit4 transaction listing`; the map's name where it says nothing.
    public let layout: String
    /// The map fits a sheet where all of these stand in one row, its header.
    public let recognise: [String]
    /// How many rows the header has; with more than one, a column's header is the texts of all of them, from above to
    /// below, and an upper text counts for the empty cells to its right.
    public let headerRows: Int
    /// Which sheets with such a header are read.
    public let sheets: SheetNames
    /// The member whose books the layout is of; `nil` for any.
    public let ledgerOf: Name<Member>?
    /// The header of the column that holds each thing; what the layout hasn't got is missing.
    public let columns: [Role: String]
    /// The period of every row, where the file is of one; `nil` where the rows say theirs.
    public let wholePeriod: Period?
    /// Whether dates are written as in the United States, the month before the day.
    public let isMonthFirst: Bool
    /// Where each period has an amount column of its own, their headers: `P1: Apr-18`. A row is then as
    /// many postings as it has amounts.
    public let periodColumns: [(period: Period, title: String)]
    /// Whether an amount above zero in the export is a credit; `false` where debits and credits have columns of their
    /// own.
    public let isCreditPositive: Bool
    /// What an amount's figure counts: pounds, where the map says nothing.
    public let unit: Unit?
    /// Whether the credit column prints its figures below zero; `nil` where the map doesn't say.
    public let areCreditsNegative: Bool?
    /// The column that tells debits from credits; `nil` where the amounts do.
    public let sign: SignColumn?
    /// Whether `CR` beside an amount means a credit (the ledger's view) or a debit (the bank's).
    public let crMeansCredit: Bool
    /// How a period is written; `number` where each period has a column.
    public let periodFormat: PeriodFormat
    /// Rows that print the sum since the last such row; `nil` where the layout has none.
    public let subtotals: RowTest?
    /// Rows that print the sum of their sheet; `nil` where the layout has none.
    public let controlTotal: RowTest?
    /// Rows that are accruals; `nil` where the layout doesn't tell.
    public let accruals: RowTest?
    /// Rows that become no postings, and why; the first that matches gives the reason.
    public let exclusions: [(test: RowTest, reason: String)]
    /// In the order of the map. Of several that match a code the more exact one wins, and one with a cost centre first.
    public let codes: [CodeEntry]
    /// Which member the export means, by what it writes in lower case; a member's own name and label needn't be listed.
    public let membersConcerned: [String: Name<Member>]
    /// The whole file of the map.
    public let place: Place

    /// What a column holds.
    public enum Role: String, Sendable, CaseIterable {
        case code, period, year, date, document, description, amount, debit, credit, net, vat, gross, balance
        case costCentre = "cost centre"
        case memberConcerned = "member concerned"
    }

    /// Sheets by name; `P*` is every one whose name begins so, `*Detail` every one whose name ends so.
    public struct SheetNames: Sendable {
        /// `nil` is every sheet.
        public let read: [String]?
        /// What is left unread on purpose, though it has the header.
        public let notRead: [String]

        func reads(_ name: String) -> Bool {
            !isPassedOver(name) && (read?.contains { Self.matches(name, $0) } ?? true)
        }

        func isPassedOver(_ name: String) -> Bool { notRead.contains { Self.matches(name, $0) } }

        static func matches(_ name: String, _ pattern: String) -> Bool {
            if pattern.hasSuffix("*") { return name.hasPrefix(pattern.dropLast()) }
            if pattern.hasPrefix("*") { return name.hasSuffix(pattern.dropFirst()) }
            return name == pattern
        }
    }

    /// What a figure counts; the raw value is how a map writes it.
    public enum Unit: String, Sendable, CaseIterable {
        case pounds, pence, thousands

        /// What a header says: `Amount £000`, `Amount (pence)`; `nil` where it says nothing.
        init?(header title: String) {
            let words = title.lowercased().split { !$0.isLetter && !$0.isNumber && !"£'".contains($0) }.map(String.init)
            let joined = words.joined(separator: " ")
            if words.contains("pence") || words.contains("pennies") || title.folded.hasSuffix("pence") {
                self = .pence
            } else if ["£000", "£'000", "£k", "000s", "'000", "£000s", "£'000s"].contains(where: words.contains)
                || joined.contains("thousands")
            {
                self = .thousands
            } else {
                return nil
            }
        }

        /// - Returns: `nil` where no whole pence come of it.
        func inPounds(_ figure: Money) -> Money? {
            switch self {
            case .pounds: figure
            case .pence: figure.pence.isMultiple(of: 100) ? Money(pence: figure.pence / 100) : nil
            case .thousands:
                figure.magnitude.pence > 1_000_000_000 ? nil : Money(pence: figure.pence * 1_000)
            }
        }
    }

    /// How a cell says the accounting period; the raw value is how a map writes it.
    public enum PeriodFormat: String, Sendable, CaseIterable {
        /// `9`, `P09`.
        case number = "pp"
        /// `201809`: the year in which the financial year starts, then the period.
        case startYear = "yyyypp from the year's start"
        /// `201909` for P9 of 2018-19.
        case endYear = "yyyypp from the year's end"
        /// `2018-09` for September, whatever period that is.
        case calendarMonth = "yyyymm of the calendar"
        /// `Apr` and `April`, without a year.
        case monthName = "mmm"
        /// The transaction's month: April is P1.
        case fromDate = "from date"

        /// Whether a year is written beside the period, in its cell or in a column of its own.
        var hasYear: Bool {
            switch self {
            case .number, .monthName, .fromDate: false
            case .startYear, .endYear, .calendarMonth: true
            }
        }
    }

    /// A column beside the amounts that says which way each goes: `sign: {column: D/C, credit: [H, C, CR]}`.
    public struct SignColumn: Sendable {
        /// The header of the column.
        public let column: String
        /// Marks of a credit, in lower case.
        public let credits: Set<String>
        /// Marks of a debit, in lower case; empty where every other mark is one.
        public let debits: Set<String>

        /// - Returns: `nil` for a blank cell, and for a mark that the map doesn't know.
        func isCredit(_ mark: String) -> Bool? {
            let mark = mark.trimmed.lowercased()
            if mark.isEmpty { return nil }
            if credits.contains(mark) { return true }
            return debits.isEmpty || debits.contains(mark) ? false : nil
        }
    }

    /// `{column: Account, begins: Total}`
    public struct RowTest: Sendable {
        /// The header of the column that is looked at.
        public let column: String
        public let kind: Kind
        /// In lower case, as a cell's text is put before it is compared.
        public let text: String

        /// Whether a cell begins or ends with the text, is it, or holds it; blanks around it and case don't matter.
        public enum Kind: String, Sendable, CaseIterable { case begins, ends, equals = "is", contains }

        func matches(_ value: String) -> Bool {
            let value = value.trimmed.lowercased()
            return switch kind {
            case .begins: value.hasPrefix(text)
            case .ends: value.hasSuffix(text)
            case .equals: value == text
            case .contains: value.contains(text)
            }
        }
    }

    /// A code, a range of codes, or all that begin alike; with a cost centre, only there.
    public struct CodeEntry: Sendable {
        /// `nil` for any cost centre.
        public let costCentre: String?
        public let pattern: Pattern
        public let meaning: CodeClass

        /// Which codes an entry is about: `4000`, `4000-4099` with both ends, `40*`; `=40-10` is the code `40-10`
        /// itself. Only whole numbers lie in a range.
        public enum Pattern: Sendable, Equatable {
            case exact(String)
            case range(Int, Int)
            case prefix(String)
        }

        func matches(costCentre wanted: String, code: String) -> Bool {
            if let costCentre, costCentre != wanted { return false }
            switch pattern {
            case .exact(let text): return text == code
            case .prefix(let text): return code.hasPrefix(text)
            case .range(let low, let high): return Int(code).map { (low...high).contains($0) } ?? false
            }
        }

        /// The more exact entry wins.
        var rank: Int {
            // A narrower range before a wider one, a longer beginning before a shorter.
            let pattern =
                switch pattern {
                case .exact: 3 << 40
                case .range(let low, let high): (2 << 40) - min(high - low, 1 << 40)
                case .prefix(let text): text.count
                }
            return pattern + (costCentre == nil ? 0 : 4 << 40)
        }
    }

    /// The entry for a code, `nil` where the map doesn't know it.
    public func meaning(costCentre: String, code: String) -> CodeClass? {
        codes.filter { $0.matches(costCentre: costCentre, code: code) }.max { $0.rank < $1.rank }?.meaning
    }

    /// The code that stands for a class, as a journal needs it; `nil` where the map gives none alone.
    public func code(for meaning: CodeClass) -> String? {
        codes.lazy.compactMap { entry in
            guard entry.meaning == meaning, case .exact(let code) = entry.pattern else { return nil }
            return code
        }.first
    }
}

/// The class of a code: what its rows are.
public enum CodeClass: Hashable, Sendable {
    case expenditure(Name<Heading>)
    case income(Name<Heading>)
    case contribution(Name<Contributor>)
    /// Paid to (a debit) or received from (a credit) another member.
    case recharge(Name<Member>)
    /// Received for a fund or grant (a credit), or paid back (a debit).
    case fundReceipt(Name<Fund>)
    /// Moved to a fund (a debit) or from it (a credit).
    case fundTransfer(Name<Fund>)
    /// To (a debit) or from (a credit) the member's reserve.
    case reserveTransfer
    /// The reserve's own balance-sheet code: compared, never posted.
    case reserveBalance
    case excluded(String)
}

extension CodeClass {
    /// As a map writes it.
    var written: String {
        switch self {
        case .expenditure(let heading): "expenditure \(heading)"
        case .income(let heading): "income \(heading)"
        case .contribution(let contributor): "contribution from \(contributor)"
        case .recharge(let member): "recharge with \(member)"
        case .fundReceipt(let fund): "receipt of \(fund)"
        case .fundTransfer(let fund): "transfer to \(fund)"
        case .reserveTransfer: "reserve transfer"
        case .reserveBalance: "reserve balance"
        case .excluded(let reason): "excluded, \(reason)"
        }
    }
}

extension String {
    var trimmed: String {
        var slice = self[...]
        while let first = slice.first, first.isWhitespace { slice.removeFirst() }
        while let last = slice.last, last.isWhitespace { slice.removeLast() }
        return String(slice)
    }
}
