import Sterling
import Testing

@Suite struct AmountFormatTests {
    @Test(
        "Half a pound is printed away from zero, as a treasurer does",
        arguments: [
            (50, "1"), (-50, "-1"), (49, "0"), (150, "2"), (250, "3"), (-250, "-3"), (12_134_933, "121,349"),
            (-12_134_950, "-121,350"), (87_733, "877"),
        ])
    func pounds(pence: Int, printed: String) { #expect(AmountFormat.pounds.string(Money(pence: pence)) == printed) }

    @Test(
        "Thousands are rounded once, from pence",
        arguments: [(36_390_500, "364"), (49_999, "0"), (50_000, "1"), (-1_049_999, "-10"), (-1_050_000, "-11")])
    func thousands(pence: Int, printed: String) {
        #expect(AmountFormat.thousands.string(Money(pence: pence)) == printed)
    }

    @Test("Nil is a dash in a statement") func nilIsADash() {
        #expect(AmountFormat.pounds.statementString(Money(pence: 49)) == "0")
        #expect(AmountFormat.pence.statementString(.zero) == "-")
        #expect(AmountFormat.pence.statementString(Money(pence: 1)) == "0.01")
    }

    @Test("Exact amounts have two decimals and no commas") func exact() {
        #expect(AmountFormat.exact(Money(pence: -123_405)) == "-1234.05")
        #expect(AmountFormat.exact(Money(pence: -5)) == "-0.05")
    }
}
