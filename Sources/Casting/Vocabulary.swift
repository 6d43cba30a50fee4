/// What the words of a label say of the figures beside it, looked up once. Words only make a relation likelier;
/// the figures must bear it out.
struct Vocabulary {
    let isTotal: Bool
    let isDifference: Bool
    let isDirected: Bool
    let isClosing: Bool
    let isOpening: Bool
    let isBalance: Bool
    let isCarriedForward: Bool
    let isPlus: Bool
    let isTakenOff: Bool
    let isLess: Bool
    let isAside: Bool
    let isReference: Bool
    let isRate: Bool
    let isResult: Bool
    let sign: Int?
    let isPercentage: Bool
    let isEqualShare: Bool
    let share: Int?
    let year: Int?
    private let words: LabelWords

    init(_ label: String) {
        words = LabelWords(label)
        isTotal = words.isTotal
        isDifference = words.isDifference
        isDirected = words.isDirected
        isClosing = words.isClosing
        isOpening = words.isOpening
        isBalance = words.isBalance
        isCarriedForward = words.isCarriedForward
        isPlus = words.isPlus
        isTakenOff = words.isTakenOff
        isLess = words.isLess
        isAside = words.isAside
        isReference = words.isReference
        isRate = words.isRate
        isResult = words.isResult
        sign = words.sign
        isPercentage = words.isPercentage
        isEqualShare = words.isEqualShare
        share = words.share
        year = words.year
    }

    func isTotalOf(_ title: String) -> Bool { words.isTotalOf(title) }

    static func direction(_ text: String) -> Int? { LabelWords.direction(text) }

    /// For texts of which nothing else is asked.
    static func year(of text: String) -> Int? { LabelWords(text).year }
    static func saysEqualShare(_ text: String) -> Bool { LabelWords(text).isEqualShare }
}

/// The words of a label, and what each means.
private struct LabelWords {
    private let text: String
    private let words: [Substring]

    init(_ label: String) {
        text = label.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        words = text.split { !$0.isLetter && !$0.isNumber && $0 != "%" && $0 != "/" }
    }

    private func has(_ any: String...) -> Bool { any.contains { words.contains(Substring($0)) } }
    private func says(_ any: String...) -> Bool { any.contains(where: text.contains) }

    /// `Total expenditure`, `Sub-total`, `Sum of lines`.
    var isTotal: Bool { has("total", "totals", "subtotal", "subtotals", "sum", "overall", "aggregate") }
    /// `Net cost`, `Surplus/(deficit)`, `Over or (under) spend`.
    var isDifference: Bool {
        has(
            "net", "variance", "variances", "variation", "difference", "surplus", "deficit", "minus", "outturn",
            "remaining", "unspent", "underspend", "overspend", "change", "movement", "increase", "decrease", "profit",
            "loss", "margin")
            || words.dropFirst().contains("less")
            || says(
                "over or", "over/", "(under)", "under)", "(over)", "over)", "less than", "more than", "surplus/",
                "/(deficit)")
    }
    /// `Variance fav/(adv)`, `(Adverse)/favourable`: the sign tells which is good.
    var isDirected: Bool { says("adv") && says("fav") || has("better") && has("worse") }
    /// A stock of money after movements: `Balance carried forward`, `Closing balance`, `Income plus bank balance b/f`.
    var isClosing: Bool {
        !isOpening
            && (has("closing", "c/f", "c/fwd", "cfwd", "balance", "balances", "reserve", "reserves")
                || says(
                    "carried forward", "carry forward", "take forward", "carried fwd", "at end", "year end", "31 march",
                    "31st march", "end of year"))
    }
    /// `Balance brought forward`, `Reserves at 1 April`.
    var isOpening: Bool {
        has("opening", "b/f", "b/fwd", "bfwd") && !says("plus")
            || says(
                "brought forward", "brought fwd", "1 april", "1st april", "at start", "start of year",
                "beginning of year")
    }
    /// A balance of what stands above it, whichever its words.
    var isBalance: Bool { isCarriedForward || !isOpening && has("balance", "balances") }
    /// Exactly a stock at the end, whose next beginning must be the same.
    var isCarriedForward: Bool {
        !isOpening
            && (has("closing", "c/f", "c/fwd", "cfwd")
                || says(
                    "carried forward", "carry forward", "take forward", "carried fwd", "at end", "end of year",
                    "31 march", "31st march"))
    }
    /// `Income plus balance b/f`.
    var isPlus: Bool { has("plus", "add") }
    /// Something that is taken off: `Less cheques`, `Payments`, `Use of reserves`.
    var isTakenOff: Bool {
        has(
            "less", "expenditure", "payments", "payment", "out", "use", "used", "drawdown", "spent", "spend", "costs",
            "cost", "withdrawals", "deduct", "minus")
    }
    /// `Less cheques not presented`: printed positive, taken off.
    var isLess: Bool { words.first == "less" || words.first == "deduct" }
    /// A line that is part of another or no money at all: it enters no sum.
    var isAside: Bool {
        text.hasPrefix("of which") || text.hasPrefix("including") || text.hasPrefix("memo") || text.hasPrefix("average")
            || text.hasPrefix("number of") || text.hasPrefix("per ")
            || has("fte", "headcount", "population") || says("funded separately", "not included", "excluded from")
    }
    /// A column of numbers that are no amounts.
    var isReference: Bool {
        has(
            "note", "notes", "ref", "refs", "reference", "code", "codes", "no", "account", "line", "rank", "page", "id",
            "centre", "year", "row", "item", "date")
            && !has("total", "budget", "actual", "variance", "amount", "£", "net")
            && !says(
                "£", "to date", "year to", "full year", "year end", "last year", "this year", "previous year",
                "prior year", "current year")
    }
    /// A column that no sum goes down: `£ per head`, `Average award`, `Ratio`, `Unit cost`.
    var isRate: Bool {
        has("average", "ratio", "rate", "avg", "mean") || words.contains("per") && !says("per cent")
            || says("unit cost", "unit price")
    }
    var isPercentage: Bool { text.contains("%") || says("per cent", "percent") }
    var isEqualShare: Bool { says("50/50", "50:50", "equally", "equal share", "equal split", "split equal") }

    /// `7. (=) Balances carried forward`
    var isResult: Bool { says("(=)") }
    /// `(+)` and `(-)` as forms print them.
    var sign: Int? { says("(+)") ? 1 : says("(-)", "(\u{2013})", "(\u{2212})") ? -1 : nil }
    /// `40%` in `Health share (40%)`, in hundredths of a percent.
    var share: Int? {
        guard let end = text.firstIndex(of: "%"), text[text.index(after: end)...].firstIndex(of: "%") == nil else {
            return nil
        }
        let digits = text[..<end].reversed().prefix { $0.isASCIIDigit || $0 == "." }
        guard case .number(let number) = PrintedNumber.read(String(digits.reversed())), number.decimals <= 2,
            number.mantissa > 0
        else { return nil }
        let hundredths = number.mantissa * PrintedNumber.power(2 - number.decimals)
        return hundredths < 10_000 ? hundredths : nil
    }

    /// The first year in it: 2018 for `2018/19`, `2018-19`, `FY18/19`, `31 March 2019`.
    var year: Int? {
        var digits = "", found: Int?
        for character in text + " " {
            if character.isASCIIDigit { digits.append(character); continue }
            if digits.count == 4, let year = Int(digits), (1900...2100).contains(year) { found = found ?? year }
            digits = ""
        }
        return found
    }

    /// `adverse`, `FAV`, `overspend`: which side of zero the word means, as two classes.
    static func direction(_ text: String) -> Int? {
        let word = text.lowercased().filter(\.isLetter)
        if ["adv", "adverse", "a", "over", "overspend", "overspent", "deficit", "unfavourable"].contains(word) {
            return 1
        }
        if ["fav", "favourable", "f", "under", "underspend", "underspent", "surplus"].contains(word) { return -1 }
        return nil
    }

    /// Whether nothing but the idea of a total is said, or a total of what `title` names: `Total`, `Total
    /// expenditure` under `Expenditure`.
    func isTotalOf(_ title: String) -> Bool {
        let own = LabelWords(title)
        return isTotal
            && words.allSatisfy {
                ["total", "totals", "subtotal", "sub", "grand", "sum", "overall", "of", "for", "the", "all"].contains(
                    $0) || own.words.contains($0)
            }
    }
}
