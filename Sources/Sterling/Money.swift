/// A sum of money in whole pence.
///
/// `£1,234.50` is `Money(pence: 123_450)`. There is no other way to hold an amount in this program:
/// no floating point, no fractions of a penny. What is not yet whole pence is a `Fraction`.
///
/// Invariant: amounts read from data are at most `Money.largest` in size, so that five million of
/// them (the most cells a sheet may hold) add up without overflow.
public struct Money: Hashable, Sendable {
    public let pence: Int

    public init(pence: Int) { self.pence = pence }

    public static let zero = Money(pence: 0)

    /// Ten thousand million pounds: anything beyond is a slip of the source, not an amount.
    public static let largest = Money(pence: 1_000_000_000_000)

    public var isZero: Bool { pence == 0 }
    public var isNegative: Bool { pence < 0 }
    public var magnitude: Money { Money(pence: abs(pence)) }
}

extension Money: Comparable {
    public static func < (a: Money, b: Money) -> Bool { a.pence < b.pence }
}

extension Money: AdditiveArithmetic {
    public static func + (a: Money, b: Money) -> Money { Money(pence: a.pence + b.pence) }
    public static func - (a: Money, b: Money) -> Money { Money(pence: a.pence - b.pence) }
    public static prefix func - (a: Money) -> Money { Money(pence: -a.pence) }
}

extension Money: CustomStringConvertible {
    /// `1,234.50`, `-1,234.50`: in pounds and pence, without a currency sign.
    public var description: String { AmountFormat.pence.string(self) }
}

extension Sequence where Element == Money {
    public func sum() -> Money { reduce(.zero, +) }
}
