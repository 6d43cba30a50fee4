public import Ledger
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
    public let name: String
    public let layout: String
    /// The map fits a sheet where all of these stand in one row, its header.
    public let recognise: [String]
    /// `nil` is every sheet with such a header.
    public let sheets: [String]?
    public let columns: [Role: String]
    /// Where each period has an amount column of its own, their headers: `P1: Apr-18`. A row is then as
    /// many postings as it has amounts.
    public let periodColumns: [(period: Period, title: String)]
    public let isCreditPositive: Bool
    /// Whether `CR` beside an amount means a credit (the ledger's view) or a debit (the bank's).
    public let crMeansCredit: Bool
    public let periodFormat: PeriodFormat
    public let subtotals: RowTest?
    public let controlTotal: RowTest?
    public let accruals: RowTest?
    public let exclusions: [(test: RowTest, reason: String)]
    public let codes: [CodeEntry]
    public let membersConcerned: [String: Name<Member>]
    public let place: Place

    /// What a column holds.
    public enum Role: String, Sendable, CaseIterable {
        case code, period, date, document, description, amount, debit, credit, net, vat, gross
        case costCentre = "cost centre"
        case memberConcerned = "member concerned"
    }

    public enum PeriodFormat: String, Sendable, CaseIterable {
        /// `9`, `P09`.
        case number = "pp"
        /// `201809`: the year in which the financial year starts, then the period.
        case startYear = "yyyypp from the year's start"
        /// `201909` for P9 of 2018-19.
        case endYear = "yyyypp from the year's end"
        /// The transaction's month: April is P1.
        case fromDate = "from date"
    }

    /// `{column: Account, begins: Total}`
    public struct RowTest: Sendable {
        public let column: String
        public let kind: Kind
        public let text: String

        public enum Kind: String, Sendable, CaseIterable { case begins, equals = "is", contains }

        func matches(_ value: String) -> Bool {
            let value = value.trimmed.lowercased()
            return switch kind {
            case .begins: value.hasPrefix(text)
            case .equals: value == text
            case .contains: value.contains(text)
            }
        }
    }

    /// A code, a range of codes, or all that begin alike; with a cost centre, only there.
    public struct CodeEntry: Sendable {
        public let costCentre: String?
        public let pattern: Pattern
        public let meaning: CodeClass

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

extension String {
    var trimmed: String {
        var slice = self[...]
        while let first = slice.first, first.isWhitespace { slice.removeFirst() }
        while let last = slice.last, last.isWhitespace { slice.removeLast() }
        return String(slice)
    }
}
