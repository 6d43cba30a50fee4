import Findings
import Testing

/// The year adds 100 to ash's reserve.
@Suite struct ReservesNotOverdrawnCheckTests {
    @Test("A reserve that carries less than nothing forward") func first() throws {
        let found = try Small.findings(
            [
                "2018-19/opening.csv": "reserve of,brought forward\nash,-300.00\nelm,0.00\n"
            ], only: [.reserveOverdrawn])
        #expect(found == ["E0404 2018-19/opening.csv!B2"])
    }

    @Test("A reserve that is used up") func second() throws {
        let found = try Small.findings(
            [
                "2018-19/opening.csv": "reserve of,brought forward\nash,-100.00\nelm,0.00\n"
            ], only: [.reserveOverdrawn])
        #expect(found == [])
    }

    /// A grant whose time ended two years ago, of which 60 are still to be received; 30 more are paid out of its
    /// account.
    private static func ended(usedBefore: String) throws -> [String] {
        try Small.findings(
            [
                "agreement": Small.agreement.replacing(
                    "contribution approved budget",
                    with: "grant dfe £100.00, 2015-04-01 to 2017-03-31, held by ash, unspent returned\n"
                        + "contribution approved budget"),
                "2018-19/opening.csv":
                    "reserve of,brought forward,used before\nash,50.00,\nelm,0.00,\ndfe,-60.00,\(usedBefore)\n",
                "2018-19/journals.csv": "journal,period,ledger of,from,to,amount,reason\n"
                    + "J001,P12,ash,dfe,cash,30.00,Paid back\n",
            ], only: [.reserveOverdrawn])
    }

    @Test("A grant that ended two years ago is owed no more than was used of it") func grantEndedLongAgo() throws {
        #expect(try Self.ended(usedBefore: "60.00") == ["E0404 2018-19/opening.csv!B4"])
        #expect(try Self.ended(usedBefore: "90.00") == [])
    }

    @Test("What is owed of a grant that ended two years ago grows no more where nothing says what was used")
    func grantEndedLongAgoUnsaid() throws {
        #expect(try Self.ended(usedBefore: "") == ["E0404 2018-19/opening.csv!B4"])
    }
}
