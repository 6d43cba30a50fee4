import Findings
import Testing

/// Ninety days after its day an open invoice is old.
@Suite struct DebtsCheckTests {
    private static let header = "invoice,from,to,date,due,net,vat,received\n"

    @Test("An invoice that is open a hundred days after its day") func first() throws {
        let found = try Small.findings(
            [
                "2018-19/invoices.csv":
                    Self.header + "I1,police,ash,2018-11-01,2018-12-01,100.00,0.00,0.00\n"
            ], only: [.debtOld])
        #expect(found == ["W0431 2018-19/invoices.csv!F2"])
    }

    @Test("An invoice that was paid") func second() throws {
        let found = try Small.findings(
            [
                "2018-19/invoices.csv":
                    Self.header + "I1,police,ash,2018-11-01,2018-12-01,100.00,0.00,100.00\n"
            ], only: [.debtOld])
        #expect(found == [])
    }

    @Test("A credit note settles what the same body owes") func credited() throws {
        func found(_ credit: String) throws -> [String] {
            try Small.findings(
                [
                    "2018-19/invoices.csv":
                        Self.header + "I1,police,ash,2018-11-01,2018-12-01,1200.00,0.00,1000.00\n"
                        + "C1,police,ash,2018-11-10,2018-11-10,\(credit),0.00,\n"
                ], only: [.debtOld])
        }
        #expect(try found("-200.00") == [])
        #expect(try found("-150.00").count == 1)
    }
}
