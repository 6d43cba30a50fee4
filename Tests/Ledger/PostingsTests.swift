import Findings
import Ledger
import Sterling
import Testing

@Suite struct PostingsTests {
    private let place = Place(Place.Source(file: "journals.csv", sheet: ""), row: 7, column: 6)

    private func posting(
        _ pence: Int, to heading: String, period: Int = 1, document: String = "J1", journal: String? = nil
    ) -> Posting {
        Posting(
            amount: Money(pence: pence), from: .cash(.member(Name("ash"))), to: .heading(Name(heading)),
            ledgerOf: Name("ash"), concerning: period == 2 ? Name("elm") : nil,
            period: Period(period)!, date: CalendarDate(year: 2019, month: 2, day: 28), document: document,
            code: "4000", description: "Hire of hall – April",
            isAccrual: period == 3, journal: journal, place: place)
    }

    @Test("What is put in comes out") func roundTrip() {
        let postings: Postings = [
            posting(1_01, to: "pay"), posting(2_02, to: "training", period: 2),
            posting(3_03, to: "pay", period: 3, journal: "BR1"),
        ]
        #expect(postings.map(\.amount.pence) == [101, 202, 303])
        #expect(
            postings[0].document == "J1" && postings[0].journal == nil && postings[0].code == "4000"
                && postings[0].description == "Hire of hall – April")
        #expect(postings[0].date == CalendarDate(year: 2019, month: 2, day: 28) && postings[0].place == place)
        #expect(postings[1].concerning == Name("elm") && postings[0].concerning == nil)
        #expect(postings[2].isAccrual && postings[2].journal == "BR1" && postings[2].document == "BR1")
        #expect(
            postings[2].flow(into: .heading(Name("pay"))) == Money(pence: 303)
                && postings[2].flow(into: .cash(.member(Name("ash")))) == Money(pence: -303))
    }

    @Test("Sums are kept by accounts, case, period and whether a journal made them") func movements() {
        var postings = Postings(
            (0..<1_000).map {
                posting(100 + $0, to: $0.isMultiple(of: 2) ? "pay" : "training", period: $0 % 5 + 1, document: "D\($0)")
            })
        #expect(postings.movements.count == 10)
        #expect(postings.movements.map(\.amount).sum() == postings.map(\.amount).sum())
        #expect(postings.movements.map(\.postings).reduce(0, +) == 1_000)
        postings.append(posting(5, to: "pay", journal: "X"))
        #expect(postings.movements.count == 11)
        #expect(
            postings.upTo(Period(2)!).movements.map(\.amount).sum()
                == postings.filter { $0.period.number <= 2 }.map(\.amount).sum())
    }

    @Test("A copy that is added to leaves the other as it was") func copies() {
        let one: Postings = [posting(100, to: "pay")]
        var two = one
        two.append(posting(200, to: "training", document: "another"))
        #expect(one.count == 1 && two.count == 2)
        #expect(one.movements.count == 1 && two.movements.count == 2)
        var three = Postings()
        three.append(one)
        three.append(two)
        #expect(three.map(\.amount.pence) == [100, 100, 200] && one.count == 1)
        #expect(three[2].document == "another")
    }

    @Test("Ten thousand different texts come out as they went in") func texts() {
        let postings = Postings((0..<10_000).map { posting(1, to: "pay", document: "Belege № \($0) ü\($0 * 7)") })
        #expect(postings.enumerated().allSatisfy { $0.element.document == "Belege № \($0.offset) ü\($0.offset * 7)" })
    }

    @Test(
        "Days between two dates",
        arguments: [
            ("2018-04-01", "2019-03-31", 364), ("2019-04-01", "2020-03-31", 365), ("2000-02-28", "2000-03-01", 2),
            ("1900-02-28", "1900-03-01", 1), ("2099-12-31", "2100-03-01", 60),
        ])
    func days(from: String, to: String, days: Int) {
        #expect(CalendarDate(written: to)!.dayNumber - CalendarDate(written: from)!.dayNumber == days)
    }

    @Test("Every day of two hundred years has the next day after it") func calendar() {
        var day = CalendarDate(year: 1950, month: 1, day: 1)!
        while day < CalendarDate(year: 2150, month: 1, day: 1)! {
            let next = CalendarDate(dayAfter: day)
            #expect(next.dayNumber == day.dayNumber + 1 && CalendarDate(dayBefore: next) == day)
            if next.dayNumber != day.dayNumber + 1 { break }
            day = next
        }
    }
}
