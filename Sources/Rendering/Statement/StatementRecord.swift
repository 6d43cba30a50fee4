public import Sterling

/// A statement as JSON has it: what `outturn statement --format json` writes, and what `compare` reads again.
///
/// Its schema is Templates/schemas/statement.schema.json.
///
/// Amounts are exact decimals as texts, with the statement's signs in `sections`; in `variances`, `contributions`,
/// `reserves` they are natural: more than zero is more of what the key names. In `imports` a debit is above zero.
public struct StatementRecord: Codable {
    /// The name of the shape that this program writes; a file of any other is not read.
    public static let schema = "outturn-statement-1"

    /// The name that the file gives.
    public let schema: String
    let partnership: String
    /// `2018-19`
    public let year: String
    /// `P9`; `nil` for the whole year.
    public let upTo: String?
    /// Whether an error was open.
    public let draft: Bool
    let status: String
    let illustrative: [String]
    let books: String
    public let signs: Signs
    public let sections: [Section]
    let variances: [Variance]
    let contributions: [Contribution]
    let reserves: [Reserve]
    let tables: [JSONValue]
    let settlement: JSONValue
    let imports: [Import]
    let notes: [String]
    let agreement: [JSONValue]
    let checks: JSONValue
    let findings: JSONValue

    /// `positive` or `negative`: how amounts above zero of either side stand in `sections`.
    public struct Signs: Codable {
        public let funding: String
        public let expenditure: String
    }

    /// A section of the statement and its rows, in the order in which they are printed.
    public struct Section: Codable {
        public let title: String
        public let rows: [Row]
    }

    /// A printed row; `total` says whether it is a total.
    public struct Row: Codable {
        public let label: String
        public let total: Bool
        public let amounts: Amounts
    }

    /// A figure for each member by its name, and their total.
    public struct Amounts: Codable {
        /// The total last.
        public let columns: [(name: String, amount: Exact)]

        private struct Column: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }

            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(_ columns: [(name: String, amount: Exact)]) { self.columns = columns }

        /// JSON's objects have no order, so members come by name, and the total last.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Column.self)
            let members = container.allKeys.map(\.stringValue).filter { $0 != "total" }.sorted()
            columns = try (members + ["total"]).map {
                ($0, try container.decode(Exact.self, forKey: Column(stringValue: $0)))
            }
        }

        /// An object with a key for each column, in their order.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Column.self)
            for (name, amount) in columns { try container.encode(amount, forKey: Column(stringValue: name)) }
        }
    }

    /// `"-1234.50"`
    public struct Exact: Codable {
        public let amount: Money

        init(_ amount: Money) { self.amount = amount }

        /// - Throws: `DecodingError` for anything but a text that is an amount.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            guard case .amount(let amount, marker: .none) = AmountReader.read(try container.decode(String.self)) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "an amount was expected")
            }
            self.amount = amount
        }

        /// A text, so that no reader takes it for a floating-point number.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(AmountFormat.exact(amount))
        }
    }

    struct Variance: Codable {
        let label: String
        let budget, actual, variance: Exact
        let direction: String
        let explanation: String?
    }

    struct Contribution: Codable {
        let label: String
        let years: [Year]

        struct Year: Codable {
            let year: String
            let agreed, posted: Exact?
        }
    }

    struct Reserve: Codable {
        let member: String
        let broughtForward, adjustment, appropriations, spent, fromFunds, contribution, carriedForward: Exact
        let ledgerBalance: Exact?
        let journalToPost: Exact
    }

    struct Import: Codable {
        let file, ledgerOf: String
        let map: String?
        let rows: Int
        let sum: Exact
        let posted: Int
        let postedSum: Exact
        let suspense: Int
        let suspenseSum: Exact
        let refused: Int
        let leftOut: [Excluded]
        let controlTotal: Exact?

        /// The schema's name for it is older than the word that is used now.
        struct Excluded: Codable {
            let reason: String
            let rows: Int
            let sum: Exact
        }
    }
}
