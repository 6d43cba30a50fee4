import Ledger
import Testing

@Suite struct YearTests {
    @Test("A financial year is written in each usual way", arguments: ["2018-19", "2018/19", "2018-2019", "2018/2019"])
    func written(text: String) { #expect(FinancialYear(written: text)?.description == "2018-19") }

    @Test(
        "What isn't one isn't read",
        arguments: ["2018-20", "2018", "18-19", "2018-19-20", "2018/2020", "exports", "2099-99"])
    func refused(text: String) { #expect(FinancialYear(written: text) == nil) }

    @Test("April is P1 and March is P12, of its own year") func periods() {
        let year = FinancialYear(startYear: 2018)
        #expect(year.period(of: CalendarDate(year: 2018, month: 4, day: 1)!)?.number == 1)
        #expect(year.period(of: CalendarDate(year: 2019, month: 3, day: 31)!)?.number == 12)
        #expect(year.period(of: CalendarDate(year: 2019, month: 4, day: 1)!) == nil)
        #expect(FinancialYear(written: "1999-00")?.description == "1999-00")
    }
}
