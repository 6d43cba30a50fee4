import Sterling
import Testing

@Suite struct DecimalSumTests {
    private func sum(_ literals: String...) -> String {
        var sum = DecimalSum()
        for literal in literals { _ = Array(literal.utf8).withUnsafeBufferPointer { sum.add($0) } }
        return sum.string
    }

    @Test("A column's sum is exact, whatever the decimals") func exact() {
        #expect(sum() == "0")
        #expect(sum("0.1", "0.2") == "0.3")
        #expect(sum("1234.4999999999", "0.0000000001") == "1234.5")
        #expect(sum("1E3", "-1E-3") == "999.999")
        #expect(sum("-5", "5") == "0")
        #expect(sum("-0.05", "0.04") == "-0.01")
        #expect(sum("12345678901234567890", "0.5") == "12345678901234567890.5")
        #expect(sum("1.7976931348623157E308", "-1.7976931348623157E308", "1") == "1")
    }

    @Test("What is no number adds nothing") func refuses() {
        var sum = DecimalSum()
        for text in ["", "-", "abc", "1,000", "NaN", "1E", "1E999"] {
            #expect(Array(text.utf8).withUnsafeBufferPointer { sum.add($0) } == false)
        }
        #expect(sum.string == "0")
    }
}
