/// A sum of money in whole pence.
///
/// `£1,234.50` is `Money(pence: 123_450)`. There is no other way to hold an amount in this program:
/// no floating point, no fractions of a penny. What is not yet whole pence is a `Fraction`.
///
/// Invariant: amounts read from data are at most `Money.largest` in size, so that five million of
/// them (the most cells a sheet may hold) add up without overflow.
public struct Money: Hashable, Sendable {
    /// May be below zero; what the sign means, whoever holds the amount says.
    public let pence: Int

    /// - Parameter pence: any number; that an amount is at most `largest` is checked where it is read.
    public init(pence: Int) { self.pence = pence }

    public static let zero = Money(pence: 0)

    /// Ten thousand million pounds: anything beyond is a slip of the source, not an amount.
    public static let largest = Money(pence: 1_000_000_000_000)

    public var isZero: Bool { pence == 0 }
    public var isNegative: Bool { pence < 0 }
    public var magnitude: Money { Money(pence: abs(pence)) }
}

extension Money {
    /// A rate times a quantity in hundredths, such as 12.5 days as 1,250; rounded once, half a penny upwards.
    ///
    /// - Returns: `nil` where the product is larger in size than `largest`.
    public func timesHundredths(_ quantity: Int) -> Money? {
        let (product, overflow) = pence.multipliedReportingOverflow(by: quantity)
        guard !overflow, product.magnitude <= Money.largest.pence.magnitude * 100 else { return nil }
        let raised = product + 50
        return Money(pence: raised >= 0 ? raised / 100 : -((99 - raised) / 100))
    }
}

extension Money: Comparable {
    /// Amounts below zero come first, whatever their size.
    public static func < (a: Money, b: Money) -> Bool { a.pence < b.pence }
}

extension Money: AdditiveArithmetic {
    /// Traps beyond 64 bits, which sums of amounts within the invariant don't reach.
    public static func + (a: Money, b: Money) -> Money { Money(pence: a.pence + b.pence) }
    /// Traps as `+` does.
    public static func - (a: Money, b: Money) -> Money { Money(pence: a.pence - b.pence) }
    /// The same size with the other sign.
    public static prefix func - (a: Money) -> Money { Money(pence: -a.pence) }
}

extension Money: CustomStringConvertible {
    /// `1,234.50`, `-1,234.50`: in pounds and pence, without a currency sign.
    public var description: String { AmountFormat.pence.string(self) }
}

extension Sequence where Element == Money {
    /// The sum of all, zero where there are none. Traps as `+` does.
    public func sum() -> Money { reduce(.zero, +) }
}

extension Money: Codable {
    /// In whole pence.
    public init(from decoder: any Decoder) throws {
        self.init(pence: try decoder.singleValueContainer().decode(Int.self))
    }

    /// A bare number: `123450` for £1,234.50.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(pence)
    }
}
