internal import BigInt

/// A decimal number exactly as a file spells it: `-1.20E3` is `-120 x 10^1`.
///
/// A spreadsheet writes doubles, but what it writes is text; held so, a column's sum is exact and
/// nothing is rounded twice.
public struct Decimal10: Sendable {
    let mantissa: BigInt
    let exponent: Int

    /// Exponents beyond this are no figure of anybody's finance system; a double ends at 308.
    static let exponentLimit = 400

    /// `nil` unless the text is a plain number: optional sign, digits, at most one point, optional exponent.
    public init?(_ literal: some StringProtocol) {
        guard let parts = Parts(literal.utf8) else { return nil }
        mantissa = BigInt(parts.digits, radix: 10)! * (parts.isNegative ? -1 : 1)
        exponent = parts.exponent
    }

    /// Whole pence, where this number of pounds is within `limit` millionths of them and in range.
    func pence(withinMillionths limit: Int) -> Int? {
        guard !isBeyond(Money.largest) else { return nil }
        // In hundred-millionths of a pound per unit: pence are 10^-2, the tolerance 10^-6.
        let value =
            Fraction(mantissa)
            * (exponent >= 0
                ? Fraction(BigInt(10).power(exponent)) : Fraction(1, BigInt(10).power(-exponent)))
        let pence = value * Fraction(100)
        let nearest = (pence + Fraction(1, 2)).floor
        guard ((pence - Fraction(nearest)) / Fraction(100)).magnitude <= Fraction(BigInt(limit), 1_000_000) else {
            return nil
        }
        return Int(exactly: nearest)
    }

    func isBeyond(_ limit: Money) -> Bool {
        guard !mantissa.isZero else { return false }
        // A cheap bound first, so that 1E400 never builds a large number.
        let digits = mantissa.magnitude.description.count + exponent
        if digits > 13 { return true }
        if digits < 10 { return false }
        let size =
            Fraction(BigInt(mantissa.magnitude))
            * (exponent >= 0
                ? Fraction(BigInt(10).power(exponent)) : Fraction(1, BigInt(10).power(-exponent)))
        return size * Fraction(100) > Fraction(pence: limit)
    }

    /// The parts of a literal: `digits` has no sign and no point.
    struct Parts {
        var isNegative = false
        var digits = ""
        var exponent = 0

        init?(_ bytes: some Collection<UInt8>) {
            var bytes = bytes[...]
            if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
                isNegative = sign == UInt8(ascii: "-")
                bytes.removeFirst()
            }
            var sawPoint = false
            while let byte = bytes.first {
                if (48...57).contains(byte) {
                    digits.unicodeScalars.append(Unicode.Scalar(byte))
                    if sawPoint { exponent -= 1 }
                } else if byte == UInt8(ascii: "."), !sawPoint {
                    sawPoint = true
                } else {
                    break
                }
                bytes.removeFirst()
            }
            guard !digits.isEmpty else { return nil }
            if let mark = bytes.first {
                guard mark == UInt8(ascii: "E") || mark == UInt8(ascii: "e") else { return nil }
                bytes.removeFirst()
                guard let power = Int(String(decoding: bytes, as: UTF8.self)), abs(power) <= Decimal10.exponentLimit
                else { return nil }
                exponent += power
            }
            guard digits.count <= 1_000 else { return nil }
        }
    }
}

/// The exact sum of a column of decimals, held per power of ten so that adding stays cheap.
public struct DecimalSum: Sendable {
    /// Sums of short numbers, the common case, by number of decimals (0 to 18).
    private var short = InlineArray<19, Int128>(repeating: 0)
    private var long: [Int: BigInt] = [:]

    /// The sum of no numbers: zero.
    public init() {}

    /// Adds a number as spelled; `false`, and nothing added, where it isn't one.
    public mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var mantissa = 0
        var digits = 0
        var decimals = 0
        var sawPoint = false
        var index = 0
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { index = 1 }
        while index < bytes.count, digits < 18 {
            let byte = bytes[index]
            if byte &- 48 < 10 {
                mantissa = mantissa &* 10 &+ Int(byte &- 48)
                digits += 1
                if sawPoint { decimals += 1 }
            } else if byte == UInt8(ascii: "."), !sawPoint {
                sawPoint = true
            } else {
                break
            }
            index += 1
        }
        if index == bytes.count, digits > 0 {
            short[decimals] += Int128(isNegative ? -mantissa : mantissa)
            return true
        }
        guard let value = Decimal10(String(decoding: bytes, as: UTF8.self)) else { return false }
        long[value.exponent, default: 0] += value.mantissa
        return true
    }

    /// Plain digits, with no trailing zeros after the point: `-1234.5`, `0`.
    public var string: String {
        var parts = long
        for decimals in short.indices where short[decimals] != 0 {
            parts[-decimals, default: 0] += BigInt(short[decimals])
        }
        let lowest = min(parts.keys.min() ?? 0, 0)
        let total = parts.reduce(BigInt(0)) { $0 + $1.value * BigInt(10).power($1.key - lowest) }
        var digits = String(total.magnitude)
        if lowest < 0 {
            digits = String(repeating: "0", count: max(0, 1 - lowest - digits.count)) + digits
            digits.insert(".", at: digits.index(digits.endIndex, offsetBy: lowest))
            while digits.last == "0" { digits.removeLast() }
            if digits.last == "." { digits.removeLast() }
        }
        return (total.sign == .minus && !total.isZero ? "-" : "") + digits
    }
}
