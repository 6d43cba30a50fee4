internal import Findings
internal import Ledger

/// How costs are shared: contributions, weights, schemes, funds, rules, and what becomes of a surplus or a deficit.
extension LineKind {
    static let contribution = LineKind(
        "contribution", at: .top,
        help: """

            contribution approved budget of each member, stays
            contribution £10,000 from CONTRIBUTOR to MEMBER [in 2018-19] [, rising 2% a year from 2019-20]
                  [, monthly] [, by days], stays (to: MEMBER; or: members equally)
            contribution ..., rising 6.7% in 2022-23, 3.9% in 2023-24, stays
            contribution ..., pooled equally     it reduces what members owe (or: pooled by WEIGHTS)
            """,
        example: """
            contribution approved budget of each member, stays
            contribution £10,000 from police to rbkc in 2018-19, rising 2% a year from 2018-19, monthly, stays
            contribution £6,000 from ccg to members equally, quarterly, by days, pooled equally
            contribution £800 from icb to rbkc, rising 6.7% in 2022-23, 3.9% in 2023-24, stays
            """,
        read: { parser, reader, _ throws(LineFault) in try parser.parseContribution(&reader) },
        resolve: { $0.resolveContributions() },
        print: { $0.contributions.map(\.description) },
        clauses: { $0.contributionClauses })

    static let weights = LineKind(
        "weights", at: .top,
        help: """
            weights NAME MEMBER 35,150 ..., source "SOURCE", at 2017-06-30 [, from 2018-10-01]
                  whole numbers, decimals (45.76) or percentages (45.76%); contributors may have weights, too
            """,
        example: """
            weights child-population lbhf 35,150 rbkc 29,801 wcc 44,465, source "ONS", at 2017-06-30
            weights agreed lbhf 32.12% rbkc 27.24% wcc 40.64%, source "The board", at 2018-04-01
            weights referrals lbhf 1,668 rbkc 2,234 wcc 2,239, source "The board", at 2018-03-31
            weights size police 3 ccg 1.5 icb 1.5, source "The board", at 2018-04-01
            """,
        read: { parser, reader, _ throws(LineFault) in try parser.parseWeights(&reader) },
        resolve: { $0.resolveWeights() },
        print: { $0.weights.map(\.description) },
        clauses: { $0.weightClauses })

    static let scheme = LineKind(
        "scheme", at: .top,
        help: #"scheme NAME "TITLE", led by MEMBER, for HEADING ..."#,
        example: #"scheme equipment "Community equipment", led by rbkc, for equipment"#,
        read: { parser, reader, _ throws(LineFault) in try parser.parseScheme(&reader) },
        resolve: { $0.resolveSchemes() },
        print: { agreement in
            agreement.schemes.map { scheme in
                "scheme \(scheme.name) \"\(scheme.title)\", led by \(scheme.lead), for "
                    + scheme.headings.map(\.text).joined(separator: " ")
            }
        },
        clauses: { $0.schemeClauses })

    /// It resolves and prints funds, too, because both stand in one list, in the order of their lines.
    static let grant = LineKind(
        "grant", at: .top,
        help: """
            grant NAME £120,000, 2016-03-01 to 2017-02-28 [, for HEADING ...] [, held by MEMBER]
                  [, unconditional] [, match 20%] [, in kind up to £5,000], unspent returned
                  (or: carried forward, or: shared equally); its cap runs over its life
            """,
        example: "grant dfe £120,000, 2016-03-01 to 2029-02-28, for equipment training, match 20%, "
            + "in kind up to £5,000, unspent returned",
        read: { parser, reader, _ throws(LineFault) in try parser.parseGrant(&reader) },
        resolve: { $0.resolveFunds() },
        print: { agreement in
            agreement.funds.map { fund in
                let holder = agreement.chart.funds.first { $0.name == fund.name }!.holder
                return fund.print(holder: holder, host: agreement.chart.host)
            }
        },
        clauses: { $0.fundClauses })

    static let fund = LineKind(
        "fund", at: .top,
        help: """
            fund NAME [, for HEADING ...] [, held by MEMBER] [, owned by NAME] [, as creditor],
                  unspent carried forward        money kept apart: a risk pool, a common reserve
            """,
        example: "fund risk-pool, held by lbhf, owned by police, as creditor, unspent carried forward",
        read: { parser, reader, _ throws(LineFault) in try parser.parseFund(&reader) },
        resolve: nil, print: nil, clauses: nil)

    /// It prints the rule's lines, too, because their order is the rule's.
    static let rule = LineKind(
        "rule", at: .top,
        help: "\nrule \"TITLE\" [from DAY] [to DAY]     the first rule that matches a heading takes it",
        example: #"rule "Equipment" from 2018-04-01"#,
        read: { parser, reader, keyword throws(LineFault) in try parser.parseRule(&reader, keyword) },
        resolve: { $0.resolveRules() },
        print: { $0.rules.flatMap { ["", $0.description] } + [""] },
        clauses: { agreement in agreement.sharingClauses + agreement.rules.map { agreement.clause($0) } })

    static let ruleSubject = LineKind(
        "for", at: .rule,
        help: """
              for HEADING ...                    or: for scheme NAME; for anything else (the last rule)
              for HEADING ..., split by member concerned
              for HEADING ..., net               its costs less its income are one pool
            """,
        example: "  for scheme equipment",
        read: { parser, reader, _ throws(LineFault) in try parser.parseFor(&reader) },
        resolve: nil, print: nil, clauses: nil)

    static let take = LineKind(
        "take", at: .rule,
        help: """
              take AMOUNT from PAYER [, at least £N] [, at most £12,000, or 5% of budget]
                  [, each at least £N] [, each at most £N [, excess by the same key]]
                  AMOUNT: rest, 80%, 80% of the rest, 1/3, 35 of 80 days, up to £15,000, up to budget,
                         up to 105% of budget, £12.50 per UNIT (of the activity table; no key)
                  PAYER: members equally; members by WEIGHTS; NAME; NAME NAME equally;
                         members by contribution (as they fund the budget); member concerned;
                         contributors equally; contributors by WEIGHTS;
                         NAME directly (outside its contributions); lead (of the
                         scheme), or lead directly;
                         FUND, at most balance; reserve of NAME, at most balance above £20,000;
                         reserves of members equally, at most balance;
                         reserve of member concerned, at most balance
                  WEIGHTS: a name; activity of UNIT; average of NAME NAME; 50% NAME 50% NAME;
                         NAME, unless within 3% of NAME
                  each at most: £N; NAME £N NAME £N; 5% above last year
                  Where members or weights change within the year, the key says how it is reckoned:
                  members equally, by days; or: members equally, as costs fall
            """,
        example: """
              take up to £500 from reserve of lbhf, at most balance above £20,000
              take 10% from lead
              take rest from members by child-population
            rule "Fees and training"
              for training hosting fees, net
              take £12.50 per case from lbhf rbkc
              take 10% from contributors by size, by days, at most 5% of budget
              take 5% from police, at least £100, at most £400
              take 20% of the rest from members by 50% child-population 50% agreed, each at most £900, \
            excess by the same key
              take up to 105% of budget from members by activity of case, each at most lbhf £9 rbkc £8
              take up to £5 from members by average of child-population referrals, each at most 5% above last year
              take rest from members by child-population, unless within 3% of agreed
            rule "Everything else"
              for anything else
              take 80% from dfe, at most balance
              take rest from members equally, each at least £5
            """,
        read: { parser, reader, _ throws(LineFault) in try parser.parseTake(&reader) },
        resolve: nil, print: nil, clauses: nil)

    static let sharedSurplus = shared(
        isSurplus: true,
        help: "\nsurplus of the partnership to FUND, at most £50,000; rest to members by contribution",
        example: "surplus of the partnership to risk-pool, at most £50,000; rest to members by contribution")

    static let sharedDeficit = shared(
        isSurplus: false,
        help: "deficit of the partnership from FUND, at most balance; rest from members by contribution",
        example: "deficit of the partnership from risk-pool, at most balance; rest from members by contribution")

    static let surplus = disposal(
        isSurplus: true,
        help: "surplus of each member to its reserve [, at most £N; rest to its general fund]",
        example: "surplus of each member to its reserve, at most £9,000; rest to its general fund")

    static let deficit = disposal(
        isSurplus: false,
        help: "deficit of each member from its reserve, at most balance; rest from its general fund",
        example: "deficit of each member from its reserve, at most balance; rest from its general fund")

    private static func shared(isSurplus: Bool, help: String, example: String) -> LineKind {
        LineKind(
            isSurplus ? "surplus of the partnership" : "deficit of the partnership", at: .top, help: help,
            example: example,
            read: { parser, reader, _ throws(LineFault) in
                try parser.parseSharedDisposal(&reader, isSurplus: isSurplus)
            },
            resolve: { $0.resolveShared(isSurplus: isSurplus) },
            print: { agreement in
                let shared = isSurplus ? agreement.sharedSurplus : agreement.sharedDeficit
                return shared.map { shared in
                    isSurplus
                        ? ["surplus of the partnership \(shared.print("to"))"]
                        : ["deficit of the partnership \(shared.print("from"))"]
                } ?? []
            },
            clauses: { $0.sharedDisposalClauses(isSurplus: isSurplus) })
    }

    private static func disposal(isSurplus: Bool, help: String, example: String) -> LineKind {
        LineKind(
            isSurplus ? "surplus" : "deficit", at: .top, help: help, example: example,
            read: { parser, reader, _ throws(LineFault) in
                try parser.parseDisposal(&reader, isSurplus: isSurplus)
            },
            resolve: { $0.resolveDisposals(isSurplus: isSurplus) },
            print: { agreement in
                (isSurplus ? agreement.surplus : agreement.deficit).map { $0.print(isSurplus: isSurplus) }
            },
            clauses: { $0.disposalClauses(isSurplus: isSurplus) })
    }

    static let capInAll = LineKind(
        "at", followsName: true, at: .top,
        help: "NAME at most £10,000 in all          what it bears of all rules' costs of a year",
        example: "police at most £10,000 in all",
        read: { parser, reader, name throws(LineFault) in try parser.parseCapInAll(&reader, name) },
        resolve: { $0.resolveCapsInAll() },
        print: { $0.capsInAll.map { "\($0.party.text) at most \(pounds($0.amount)) in all" } },
        clauses: { $0.capInAllClauses })

    static let fee = LineKind(
        "fee", at: .top,
        help: "fee HEADING 7% of costs              what the host charges, a cost of the heading (or: of HEADING ...)",
        example: "fee hosting 7% of costs",
        read: { parser, reader, _ throws(LineFault) in try parser.parseFee(&reader) },
        resolve: { $0.resolveFees() },
        print: { agreement in
            agreement.fees.map { fee in
                let of = fee.of.map { $0.map(\.text).joined(separator: " ") } ?? "costs"
                return "fee \(fee.heading) \(fee.written) of \(of)"
            }
        },
        clauses: { $0.feeClauses })

    static let settle = LineKind(
        "settle through", at: .top,
        help: "settle through MEMBER                all others pay it, or are paid by it (else: the fewest payments)",
        example: "settle through rbkc",
        read: { parser, reader, keyword throws(LineFault) in try parser.parseSettle(&reader, keyword) },
        resolve: { $0.resolveSettle() },
        print: { agreement in agreement.settlesThrough.map { ["settle through \($0)"] } ?? [] },
        clauses: { $0.settleClauses })

    static let text = LineKind(
        "clause", at: .top,
        help: #"clause "TITLE" "TEXT"                printed among the clauses, and never reckoned"#,
        example: #"clause "Notice" "A member may leave at the end of a year, with six months' notice.""#,
        read: { parser, reader, _ throws(LineFault) in try parser.parseText(&reader) },
        resolve: nil,
        print: { agreement in agreement.texts.map { "clause \"\($0.title)\" \"\($0.text)\"" } },
        // They stand last, after all that is reckoned.
        clauses: nil)

    static let floor = LineKind(
        "floor", at: .top,
        help: "floor £20,000 of reserve of each member",
        example: "floor £20,000 of reserve of each member",
        read: { parser, reader, _ throws(LineFault) in try parser.parseFloor(&reader) },
        resolve: { $0.resolveFloors() },
        print: { agreement in
            agreement.floors.map { "floor \(pounds($0.amount)) of reserve of \($0.member?.text ?? "each member")" }
        },
        clauses: { $0.floorClauses })
}
