internal import BigInt

/// An exact rational number: shares, percentages and weights before the one rounding.
///
/// A third of £100 is `Fraction(10_000, 3)` pence until `ControlledRounding` makes pence of it.
///
/// Invariant: the denominator is positive and shares no factor with the numerator.
public struct Fraction: Hashable, Sendable {
    let numerator: BigInt
    let denominator: BigInt

    /// - Precondition: `denominator` is not zero.
    init(_ numerator: BigInt, _ denominator: BigInt) {
        precondition(!denominator.isZero, "a fraction needs a denominator")
        let divisor = numerator.greatestCommonDivisor(with: denominator)
        let sign: BigInt = denominator.sign == .minus ? -1 : 1
        self.numerator = sign * numerator / divisor
        self.denominator = sign * denominator / divisor
    }

    /// A whole number: `Fraction(12)` is 12/1.
    public init(_ whole: some BinaryInteger) {
        numerator = BigInt(whole)
        denominator = 1
    }

    /// The amount in pence: a pound is 100.
    public init(pence amount: Money) { self.init(amount.pence) }

    public static let zero = Fraction(0)
    public static let one = Fraction(1)

    public var isZero: Bool { numerator.isZero }
    public var isNegative: Bool { numerator.sign == .minus && !numerator.isZero }
    public var isWhole: Bool { denominator == 1 }
    public var magnitude: Fraction { isNegative ? -self : self }

    /// The greatest whole number that is not above this one; one that no word holds comes to the nearest that it does.
    public var wholePart: Int { Int(clamping: floor) }

    /// Whether it can be written in at most so many parts of a whole.
    public func isInParts(upTo most: Int) -> Bool { denominator <= BigInt(most) }

    /// The greatest whole number that is not above this one.
    var floor: BigInt {
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        return remainder.sign == .minus && !remainder.isZero ? quotient - 1 : quotient
    }
}

extension Fraction: Comparable {
    /// Exact, however near the two are.
    public static func < (a: Fraction, b: Fraction) -> Bool {
        a.numerator * b.denominator < b.numerator * a.denominator
    }
}

extension Fraction {
    /// The exact sum; it can't overflow, because numerator and denominator have as many digits as they need.
    public static func + (a: Fraction, b: Fraction) -> Fraction {
        Fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
    }
    /// The exact difference.
    public static func - (a: Fraction, b: Fraction) -> Fraction { a + -b }
    /// The exact product.
    public static func * (a: Fraction, b: Fraction) -> Fraction {
        Fraction(a.numerator * b.numerator, a.denominator * b.denominator)
    }
    /// - Precondition: `b` is not zero.
    public static func / (a: Fraction, b: Fraction) -> Fraction {
        Fraction(a.numerator * b.denominator, a.denominator * b.numerator)
    }
    /// The same size with the other sign.
    public static prefix func - (a: Fraction) -> Fraction { Fraction(-a.numerator, a.denominator) }
    /// Adds exactly.
    public static func += (a: inout Fraction, b: Fraction) { a = a + b }
    /// Takes off exactly.
    public static func -= (a: inout Fraction, b: Fraction) { a = a - b }
}

extension Sequence where Element == Fraction {
    /// The exact sum of all; zero where there are none.
    public func sum() -> Fraction { reduce(.zero, +) }
}

extension Fraction: CustomStringConvertible {
    /// `1/3`, `35150/109416`, `12`.
    public var description: String { isWhole ? "\(numerator)" : "\(numerator)/\(denominator)" }

    /// Exact pence as pounds, for people: `877.33 1/3` is eight hundred and seventy-seven pounds, 33
    /// pence and a third of a penny.
    public var poundsDescription: String {
        let size = magnitude
        let whole = size.floor
        let part = size - Fraction(whole)
        let pounds = Int(exactly: whole).map { "\(Money(pence: $0))" } ?? "\(whole)p"
        return (isNegative ? "-" : "") + pounds + (part.isZero ? "" : " \(part)")
    }
}

extension Fraction {
    /// Half a penny goes away from zero. What is far beyond any amount stops at a thousand times the
    /// largest, so that nothing traps; whoever makes such a figure says so.
    public var roundedToPence: Money {
        let half = Fraction(1) / Fraction(2)
        let size = Money(pence: min(Int(clamping: (magnitude + half).floor), Money.largest.pence * 1_000))
        return isNegative ? -size : size
    }
}
