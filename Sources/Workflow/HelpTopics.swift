internal import Findings

/// What `outturn help TOPIC` prints besides the commands' own help.
public enum HelpTopics {
    public static let names = ["agreement", "map", "folder"]

    public static func text(_ topic: String) -> String? {
        if let code = Finding.Code(rawValue: topic.uppercased()) {
            return "\(code.rawValue) (\(code.severity.rawValue)): \(code.title)\n\n\(code.explanation)\n"
        }
        switch topic.lowercased() {
        case "agreement": return agreement
        case "map": return map
        case "folder": return folder
        default: return nil
        }
    }

    static let agreement = """
        The agreement: small, line by line, every line starts with a keyword; # begins a comment.

          partnership "NAME"
          members NAME ...                     who bears a share: a column each, in this order
          host NAME                            the member that keeps the books
          books NAME ...                       the members whose exports must be there (else: all)
          contributors NAME ...                who pays in and has no column
          label NAME "LABEL"                   how a member or contributor is printed
          signs funding SIGN, expenditure SIGN how amounts print: positive or negative
          threshold £1,000 or 10%              variances above it need an explanation (or: and)
          statutory ITEM in HEADING ...        where child-death-reviews, case-reviews, training stand
          statutory ITEM nil                   none in this partnership

          section "TITLE"                      a part of the statement; below it, in printing order:
            approved budget "LABEL"            each member's own contribution, from the budget table
            from CONTRIBUTOR "LABEL"           what the contributor paid in
            income NAME "LABEL"                a heading for earned income
            cost NAME "LABEL"                  a heading for costs
            total "LABEL" [of NAME ...]        of the lines named, or of all above in the section
            met from reserves "LABEL"          costs that a reserve met; also: met from partners
            net outturn "LABEL"
            brought forward "LABEL"            also: adjustment, appropriations, spent from reserves,
            carried forward "LABEL"            to reserves, to general fund, from general fund

          weights NAME MEMBER 35,150 ..., source "SOURCE", at 2017-06-30
          contribution approved budget of each member, stays
          contribution £10,000 from CONTRIBUTOR to MEMBER [in 2018-19], stays
          contribution ..., pooled equally     it reduces what members owe (or: pooled by WEIGHTS)

          rule "TITLE"                         the first rule that matches a heading takes it
            for HEADING ...                    or: for anything else (the last rule)
            for HEADING ..., split by member concerned
            take AMOUNT from PAYER [, at most £12,000]
                AMOUNT: rest, 80%, 1/3, up to £15,000
                PAYER: members equally; members by WEIGHTS; NAME; NAME NAME equally;
                       member concerned; reserve of NAME, at most balance;
                       reserve of member concerned, at most balance

          surplus of each member to its reserve [, at most £N; rest to its general fund]
          deficit of each member from its reserve, at most balance; rest from its general fund

        """

    static let map = """
        A map says how the rows of one export layout become postings: maps/NAME.yaml.
        `outturn map suggest FILE` writes one for an export; `outturn map list` names common layouts.

          layout: NAME                         for people
          recognise: [HEADER, ...]             the map fits where all of these stand in one row
          sheets: all, or [NAME, ...]
          columns: {ROLE: HEADER, ...}         roles: code, cost centre, period, date, document,
                                               description, amount, debit, credit, net, vat, gross,
                                               member concerned
          period columns: {P1: HEADER, ...}    where each period has an amount column of its own:
                                               instead of period and amount
          amounts: debits positive             or: credits positive
          cr means: credit                     or: debit, where CR is the bank's view
          period format: pp                    9 or P09; yyyypp from the year's start (201809);
                                               yyyypp from the year's end (201909 for P9 of 2018-19);
                                               from date
          rows:
            sub-totals: {column: HEADER, begins: TEXT}      or is: or contains:
            control total: {column: HEADER, is: TEXT}
            accruals: {column: HEADER, begins: TEXT}
            leave out:
              - {column: HEADER, begins: TEXT, because: REASON}
          codes:                               a code, a range (4000-4099), all that begin alike
            "4000": expenditure HEADING        (40*), or any of them in one cost centre (LSCB/4000)
            "5000": income HEADING
            "5100": contribution from CONTRIBUTOR
            "6000": recharge with MEMBER
            "6100": reserve transfer
            "6200": reserve balance
            "9*": left out, REASON
          members concerned: {TEXT: MEMBER}

        """

    static let folder = """
        A partnership's folder:

          agreement                            outturn help agreement
          maps/NAME.yaml                       outturn help map
          2018-19/
            opening.csv                        reserve of, brought forward, adjustment, reason
            budget.csv                         line, a column for each member, total
            explanations.csv                   line, explanation
            accruals.csv                       ledger of, document, code, amount (of last year)
            journals.csv                       journal, period, ledger of, from, to, amount, reason, and if
                                               need be: date, concerning (the member concerned). From and
                                               to: cash, suspense, reserve, a heading or a contributor
            exports/MEMBER/FILE                as the finance system wrote it
            imports.csv                        file, sha-256, map

        Tables may be in any readable format.

        """
}
