import Ledger
import Agreements
import Sharing
import Sterling
import Testing

/// The laws by their own examples; random cases against an independent calculator are in Tests/Oracle.
@Suite(.serialized) struct LawsTests {
    @Test("Four hundred invoices of £10.01 in thirds are one pool, not four hundred roundings") func poolsNotInvoices()
    {
        let postings = (0..<400).map { _ in Example.posting("pay", 1_001) }
        #expect(Example.totals(Example.agreement(), postings) == ["ash": 133_467, "elm": 133_467, "oak": 133_466])
    }

    @Test("A fixed sum comes first and the rest goes to the payer without limit") func fixedSum() {
        let agreement = Example.agreement(
            "rule \"All\"\n for anything else\n take up to £15,000 from police\n take rest from elm")
        #expect(
            Example.totals(agreement, [Example.posting("pay", 1_800_000)]) == ["police": 1_500_000, "elm": 300_000])
        #expect(Example.totals(agreement, [Example.posting("pay", 900_000)]) == ["police": 900_000])
    }

    @Test("A percentage is of the pool's total, and its shortfall passes on") func percentages() {
        let agreement = Example.agreement(
            "rule \"All\"\n for anything else\n take 80% from police, at most £100\n take 50% from elm\n"
                + " take rest from oak"
        )
        #expect(Example.totals(agreement, [Example.posting("pay", 10_000)]) == ["police": 8_000, "elm": 2_000])
        #expect(
            Example.totals(agreement, [Example.posting("pay", 100_000)]) == [
                "police": 10_000, "elm": 50_000, "oak": 40_000,
            ])
    }

    @Test("A case review is met by the reserve of the member concerned, as far as it goes") func caseReview() {
        let postings = [Example.posting("scr", 1_234_567, in: "oak", concerning: "ash")]
        #expect(
            Example.totals(Example.agreement(), postings, openings: ["ash": 5_000_000]) == ["reserve of ash": 1_234_567]
        )
        #expect(
            Example.totals(Example.agreement(), postings, openings: ["ash": 1_000_000]) == [
                "reserve of ash": 1_000_000, "ash": 234_567,
            ])
        #expect(Example.totals(Example.agreement(), postings) == ["ash": 1_234_567])
    }

    @Test("A pool in credit, and income, go by shares alone and never to fixed sums or reserves") func mirrored() {
        let rules =
            "rule \"All\"\n for anything else\n take up to £5 from police\n take 1/2 from elm\n"
            + " take rest from members equally"
        let agreement = Example.agreement(rules)
        #expect(Example.totals(agreement, [Example.posting("pay", -1_000)]) == ["ash": -167, "elm": -667, "oak": -166])
        #expect(Example.totals(agreement, [Example.posting("fees", 1_000)]) == ["ash": -167, "elm": -667, "oak": -166])
    }

    @Test("A pool whose rows cancel goes wholly to its last line") func netsToNought() {
        let agreement = Example.agreement("rule \"All\"\n for anything else\n take 50% from elm\n take rest from oak")
        let sharing = CostSharing(
            agreement: agreement,
            ledger: Example.ledger(agreement, [Example.posting("pay", 500), Example.posting("training", -500)]))
        #expect(sharing.allocations[0].shares == [[Money(pence: 500)], [Money(pence: -500)]])
        #expect(sharing.allocations[0].payers == [.member(Name("oak"))])
    }

    @Test("Weights share as weights; a member without weight bears nothing") func weights() {
        let agreement = Example.agreement(
            "rule \"All\"\n for anything else\n take rest from members by heads",
            weights: "weights heads ash 35,150 elm 0 oak 29,801, source \"counted\", at 2018-01-01")
        #expect(Example.totals(agreement, [Example.posting("pay", 6_495_100)]) == ["ash": 3_515_000, "oak": 2_980_100])
    }

    @Test("A reserve drawn on by two rules is never overdrawn") func twoRules() {
        let agreement = Example.agreement(
            """
            rule "First"
              for training
              take rest from reserve of elm, at most balance
              take rest from oak
            rule "Rest"
              for anything else
              take rest from reserve of elm, at most balance
              take rest from ash
            """)
        let postings = [Example.posting("training", 700), Example.posting("pay", 600)]
        #expect(Example.totals(agreement, postings, openings: ["elm": 1_000]) == ["reserve of elm": 1_000, "ash": 300])
    }

    @Test("Moving a posting changes nothing; splitting a heading changes no member's total") func order() {
        let postings = (1...30).map { Example.posting($0.isMultiple(of: 2) ? "pay" : "training", $0 * 1_009) }
        let totals = Example.totals(Example.agreement(), postings)
        #expect(Example.totals(Example.agreement(), postings.reversed()) == totals)
        let together = postings.map { Example.posting("pay", $0.amount.pence) }
        #expect(Example.totals(Example.agreement(), together) == totals)
    }

    @Test("A case review without a member concerned is in no pool, and is told") func withoutMember() {
        let agreement = Example.agreement()
        let sharing = CostSharing(
            agreement: agreement, ledger: Example.ledger(agreement, [Example.posting("scr", 500)]))
        #expect(sharing.allocations.isEmpty)
        #expect(sharing.withoutMemberConcerned.count == 1)
    }
}
