public import Findings
public import Sterling

/// `2.5%`, as commands take it.
public enum Percentage {
    public static func read(_ text: String) throws(Circumstance) -> Fraction {
        let isNegative = text.hasPrefix("-")
        let digits = text.hasSuffix("%") ? text.dropFirst(isNegative ? 1 : 0).dropLast() : ""
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            parts.allSatisfy({ !$0.isEmpty && $0.count < 7 && $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let number = Int(parts.joined())
        else {
            throw Circumstance.usage("\"\(text)\" is no percentage; write it as 2% or 2.5%")
        }
        var scale = 100
        for _ in 0..<(parts.count == 2 ? parts[1].count : 0) { scale *= 10 }
        let share = Fraction(isNegative ? -number : number) / Fraction(scale)
        guard share.magnitude <= .one else {
            throw Circumstance.usage(
                "\(text) a year is beyond what a forecast can say; write a percentage between -100% and 100%")
        }
        return share
    }
}
