import Findings
import Importing
import Ledger
import Sterling
import Testing

@Suite struct ImportDifferenceTests {
    private func posting(_ document: String, _ pence: Int, row: Int) -> Posting {
        let cash = Account.cash(.member(Name("ash"))), heading = Account.heading(Name("pay"))
        let amount = Money(pence: pence)
        return Posting(
            amount: amount.magnitude, from: amount.isNegative ? heading : cash, to: amount.isNegative ? cash : heading,
            ledgerOf: Name("ash"), period: Period(1)!,
            document: document, code: "1", description: "charge",
            place: Place(Place.Source(file: "f", sheet: "S"), row: row, column: 1))
    }

    @Test("Equal rows are counted: four standing charges against three make one new, wherever they stand") func twins()
    {
        let before = (1...3).map { posting("SO", 5_000, row: $0) }
        let now = (11...14).map { posting("SO", 5_000, row: $0) }
        let difference = ImportDifference(from: before, to: now)
        #expect(difference.unchanged == 3)
        #expect(difference.new.map(\.place.row) == [14])
        #expect(difference.changed.isEmpty && difference.vanished.isEmpty)
        #expect(ImportDifference(from: now, to: before).vanished.count == 1)
    }

    @Test("Another amount on the same document is a change, a refund is no charge, and a row without a document is new")
    func changes() {
        let difference = ImportDifference(
            from: [posting("A", 100, row: 1), posting("B", 200, row: 2), posting("", 300, row: 3)],
            to: [posting("A", 150, row: 1), posting("B", -200, row: 2), posting("", 350, row: 3)])
        #expect(
            difference.changed.map { "\($0.before.amount) \(ImportDifference.signed($0.now))" } == [
                "1.00 1.50", "2.00 -2.00",
            ])
        #expect(difference.new.map(\.place.row) == [3])
        #expect(difference.vanished.map(\.place.row) == [3])
        #expect(difference.unchanged == 0)
    }
}
