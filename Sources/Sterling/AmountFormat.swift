/// How an amount is printed: `1,234.50`, `1,235` or `1`.
///
/// Amounts are held in pence and rounded once, here, half away from zero, as treasurers do.
public enum AmountFormat: String, Sendable, CaseIterable {
    case pence, pounds, thousands

    /// The size of one printed unit, in pence.
    public var unitPence: Int {
        switch self {
        case .pence: 1
        case .pounds: 100
        case .thousands: 100_000
        }
    }

    /// The words that a table's heading prints: `£`, `£000`.
    public var caption: String {
        switch self {
        case .pence: "£ and pence"
        case .pounds: "£"
        case .thousands: "£000"
        }
    }

    /// The amount in whole printed units, half away from zero.
    public func units(_ amount: Money) -> Int {
        let (whole, rest) = amount.pence.quotientAndRemainder(dividingBy: unitPence)
        guard 2 * abs(rest) >= unitPence, unitPence > 1 else { return whole }
        return whole + rest.signum()
    }

    /// Digits grouped in threes by commas; a leading `-` for less than zero.
    public func string(_ amount: Money) -> String { string(units: units(amount)) }

    /// - Parameter units: whole printed units.
    public func string(units: Int) -> String {
        let sign = units < 0 ? "-" : ""
        guard self == .pence else { return sign + Self.grouped(units.magnitude) }
        let (pounds, pence) = units.magnitude.quotientAndRemainder(dividingBy: 100)
        return sign + Self.grouped(pounds) + (pence < 10 ? ".0\(pence)" : ".\(pence)")
    }

    /// As a statement prints it: nil is a dash, and what rounds to zero is 0.
    public func statementString(_ amount: Money) -> String {
        amount.isZero ? "-" : string(amount)
    }

    /// The exact amount for machines: `-1234.50`, never grouped, never rounded.
    public static func exact(_ amount: Money) -> String {
        let (pounds, pence) = amount.pence.magnitude.quotientAndRemainder(dividingBy: 100)
        return (amount.isNegative ? "-" : "") + "\(pounds)" + (pence < 10 ? ".0\(pence)" : ".\(pence)")
    }

    /// `1,234,567`.
    public static func grouped(_ value: some BinaryInteger) -> String {
        let digits = Array(String(value.magnitude))
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }
}
