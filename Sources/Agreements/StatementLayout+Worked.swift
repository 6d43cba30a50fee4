/// The rows that a statement works out, as data: what the agreement calls them, where they stand, and of which other
/// rows they are the sum. Totals, checks, formulas, explanations and the agreement's own lines go by this list.
extension StatementLayout {
    /// A row that is reckoned from others rather than posted to.
    public struct WorkedRow: Sendable {
        public let content: Content
        /// How a line of the agreement begins that gives it a place: `met from reserves`.
        public let words: String
        /// What help says of it.
        public let help: String
        /// Where it stands, with which label, if the agreement gives it no line: no amount may be invisible.
        public let unplaced: Unplaced?
        /// The rows that it is the sum of, where it is one; parts that a statement hasn't got are nil.
        public let parts: [Part]
        /// Whether `parts` always add up to it. A row of which they are only one way to it isn't checked by them.
        public let isSumOfParts: Bool
    }

    /// A place beside another row, and what is printed there.
    public struct Unplaced: Sendable {
        public let label: String
        /// Whether it stands before that row, or after it.
        public let isBefore: Bool
        /// The row that it stands before or after.
        public let row: Content
    }

    /// What a sum is made of; `isTaken` is what is taken off.
    public enum Part: Sendable {
        /// Every line of a side.
        case lines(Side, isTaken: Bool)
        case row(Content, isTaken: Bool)
    }
}

extension StatementLayout.Content {
    /// In the order of a statement.
    public static let worked: [StatementLayout.WorkedRow] = [
        worked("met from reserves", "costs that the members' reserves met", .metFromReserves)
            .before(.netOutturn, "Met from reserves"),
        worked("met from grants", "costs that grants and funds met", .metFromFunds)
            .before(.netOutturn, "Met from grants and funds"),
        worked("met from partners", "costs that contributors met", .metFromPartners)
            .before(.netOutturn, "Met by partners"),
        worked("net outturn", "funding less expenditure, with what others met", .netOutturn)
            .sum(
                .lines(.funding, isTaken: false), .lines(.expenditure, isTaken: true),
                .row(.metFromReserves, isTaken: false), .row(.metFromFunds, isTaken: false),
                .row(.metFromPartners, isTaken: false)),
        worked("shared net outturn", "what sharing the partnership's net outturn moves", .sharedNetOutturn)
            .after(.netOutturn, "Net outturn shared by the agreement"),
        worked("from general fund", "what a member's general fund adds to a deficit", .metFromGeneralFund)
            .after(.netOutturn, "Deficit met from general fund"),
        worked("to general fund", "what goes back of a surplus", .returnedToGeneralFund)
            .after(.netOutturn, "Surplus returned to general fund"),
        worked("brought forward", "reserves as last year closed with them", .broughtForward),
        worked("adjustment", "of what was brought forward, with its reason", .adjustment)
            .after(.broughtForward, "Adjustment to brought forward"),
        worked("appropriations", "transfers to and from reserves by journal", .appropriations)
            .after(.broughtForward, "Transfers by journal"),
        worked("spent from reserves", "what costs took from reserves", .spentFromReserves)
            .after(.broughtForward, "Transfers from reserves")
            .oftenSum(.row(.metFromReserves, isTaken: true)),
        worked("shared from funds", "what ended funds left, shared among reserves", .sharedFromFunds)
            .after(.broughtForward, "Left of funds, shared"),
        worked("to reserves", "the net outturn's part for reserves", .contributionToReserves)
            .before(.carriedForward, "Net outturn to reserves")
            .oftenSum(
                .row(.netOutturn, isTaken: false), .row(.sharedNetOutturn, isTaken: false),
                .row(.metFromGeneralFund, isTaken: false), .row(.returnedToGeneralFund, isTaken: false)),
        worked("carried forward", "reserves at the year's end", .carriedForward)
            .sum(
                .row(.broughtForward, isTaken: false), .row(.adjustment, isTaken: false),
                .row(.appropriations, isTaken: false), .row(.spentFromReserves, isTaken: false),
                .row(.sharedFromFunds, isTaken: false), .row(.contributionToReserves, isTaken: false)),
    ]

    /// `nil` for a line and for a total, which the agreement declares.
    public var worked: StatementLayout.WorkedRow? { Self.worked.first { $0.content == self } }

    private static func worked(_ words: String, _ help: String, _ content: Self) -> StatementLayout.WorkedRow {
        StatementLayout.WorkedRow(
            content: content, words: words, help: help, unplaced: nil, parts: [], isSumOfParts: false)
    }
}

extension StatementLayout.WorkedRow {
    fileprivate func before(_ row: StatementLayout.Content, _ label: String) -> Self {
        with(StatementLayout.Unplaced(label: label, isBefore: true, row: row))
    }

    fileprivate func after(_ row: StatementLayout.Content, _ label: String) -> Self {
        with(StatementLayout.Unplaced(label: label, isBefore: false, row: row))
    }

    private func with(_ unplaced: StatementLayout.Unplaced) -> Self {
        Self(
            content: content, words: words, help: help, unplaced: unplaced, parts: parts, isSumOfParts: isSumOfParts)
    }

    fileprivate func sum(_ parts: StatementLayout.Part...) -> Self {
        Self(content: content, words: words, help: help, unplaced: unplaced, parts: parts, isSumOfParts: true)
    }

    fileprivate func oftenSum(_ parts: StatementLayout.Part...) -> Self {
        Self(content: content, words: words, help: help, unplaced: unplaced, parts: parts, isSumOfParts: false)
    }
}
