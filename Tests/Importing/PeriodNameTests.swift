import Ledger
import Testing

@testable import Importing

/// Periods and dates as finance systems write them.
@Suite struct PeriodNameTests {
    private static let year = FinancialYear(startYear: 2025)

    @Test(
        "Each format reads its systems' spellings, in either order",
        arguments: [
            ("pp", "9", 9), ("pp", "P09", 9),
            ("yyyypp from the year's start", "202509", 9), ("yyyypp from the year's start", "2025-09", 9),
            ("yyyypp from the year's start", "001/2025", 1), ("yyyypp from the year's start", "2025/013", 13),
            ("yyyypp from the year's start", "2025P9", 9), ("yyyypp from the year's start", "FY 2025 P9", 9),
            ("yyyypp from the year's start", "2526/01", 1), ("yyyypp from the year's start", "2025-26 P1", 1),
            ("yyyypp from the year's start", "2025/2026/12", 12),
            ("yyyypp from the year's end", "202609", 9), ("yyyypp from the year's end", "001/2026", 1),
            ("yyyypp from the year's end", "2526/01", 1),
            ("yyyymm of the calendar", "2025-06", 3), ("yyyymm of the calendar", "06/2025", 3),
            ("yyyymm of the calendar", "APR-25", 1), ("yyyymm of the calendar", "Mar 2026", 12),
            ("yyyymm of the calendar", "September 2025", 6), ("yyyymm of the calendar", "Jan-26", 10),
            ("from date", "20250410", 1), ("from date", "1/5/2025 09:30", 2), ("from date", "01/06/2025 00:00:00", 3),
            ("from date", "45757", 1),
        ])
    func reads(format: String, text: String, number: Int) throws {
        let format = try #require(ImportMap.PeriodFormat(rawValue: format))
        let (year, period) = try #require(format.period(written: text, in: Self.year))
        #expect(year == Self.year && period.number == number)
    }

    @Test(
        "What says another thing than the format is refused",
        arguments: [
            ("yyyypp from the year's start", "APR-25"), ("yyyypp from the year's start", "25/09"),
            ("yyyypp from the year's start", "2025"), ("yyyypp from the year's start", "9999/01"),
            ("yyyypp from the year's start", "2025-09-30"), ("yyyypp from the year's start", "2025*09"),
            ("yyyymm of the calendar", "2025P09"), ("yyyymm of the calendar", "2526/01"),
            ("yyyymm of the calendar", "2025-13"), ("yyyymm of the calendar", "April"),
            ("from date", "20251340"), ("from date", "4575"), ("from date", "1/5/2025 9"), ("from date", "APR-25"),
        ])
    func refuses(format: String, text: String) throws {
        let format = try #require(ImportMap.PeriodFormat(rawValue: format))
        #expect(format.period(written: text, in: Self.year) == nil)
    }

    @Test(
        "A spreadsheet's count of days is its date",
        arguments: [(20_000, "1954-10-03"), (43_189, "2018-03-30"), (45_748, "2025-04-01"), (60_000, "2064-04-08")])
    func serial(days: Int, date: String) {
        #expect(CalendarDate(exported: "\(days)")?.description == date)
    }

    @Test(
        "Headers of periods say what else they hold",
        arguments: [
            ("Apr", 1, ""), ("Apr-18", 1, ""), ("April 2018 Actual", 1, "actual"), ("Sept", 6, ""), ("P1", 1, ""),
            ("Period 12", 12, ""), ("Mar Budget", 12, "budget"),
        ])
    func titles(title: String, period: Int, rest: String) throws {
        let read = try #require(PeriodTitle(title))
        #expect(read.period == period && read.rest == rest)
    }

    @Test(
        "Other headers are none", arguments: ["Market", "Mayor", "Margin", "P13", "Payee", "Amount", "1", "Junction"])
    func noTitle(title: String) { #expect(PeriodTitle(title) == nil) }

    @Test(
        "A workbook's whole number is one however it is stored",
        arguments: [
            ("4000.0", "4000"), ("4.15E7", "41500000"), ("1.0", "1"), ("4.1500000E+07", "41500000"), ("-12.00", "-12"),
            ("0.0", "0"), ("1E3", "1000"),
        ])
    func wholeNumbers(stored: String, shown: String) { #expect(RowTexts.wholeNumber(stored) == shown) }

    @Test(
        "A fraction, a plain number and a text are left",
        arguments: ["4000", "4000.5", "1.25E1", "E10", "A.0", "1.5E-3", "1.2.3", "1234567890123456.0"])
    func leaves(text: String) { #expect(RowTexts.wholeNumber(text) == nil) }
}
