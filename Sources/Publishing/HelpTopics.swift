internal import Agreements
internal import Findings
internal import Importing
internal import Rendering
internal import Templates

/// What `outturn help TOPIC` prints besides the commands' own help.
public enum HelpTopics {
    public static let names = [
        "agreement", "examples", "what-if", "map", "folder", "forms", "templates", "template-statement",
        "template-style", "schema-statement", "schema-check-table",
    ]

    public static func text(_ topic: String) -> String? {
        if let code = Finding.Code(rawValue: topic.uppercased()) {
            return "\(code.rawValue) (\(code.severity.rawValue)): \(code.title)\n\n\(code.explanation)\n"
        }
        switch topic.lowercased() {
        case "agreement": return agreement
        case "examples": return examples
        case "what-if": return whatIf
        case "map": return map
        case "folder": return folder
        case "forms": return forms
        case "templates": return templates
        case "template-statement": return EmbeddedFile.statement.text
        case "template-style": return EmbeddedFile.style.text
        case "schema-statement": return EmbeddedFile.statementSchema.text
        case "schema-check-table": return EmbeddedFile.checkTableSchema.text
        default: return nil
        }
    }

    /// The lines stand here as the language knows them.
    static var agreement: String {
        """
        The agreement: small, line by line, every line starts with a keyword; # begins a comment.

        \(Agreement.languageHelp.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n"))
        `outturn agreement DIR` prints it as clauses in plain English.

        """
    }

    static let examples = """
        The partnership's own examples stand in a file named `examples` beside the agreement, and run
        with `outturn check`. Nothing else of the books takes part in them.

          example "TITLE" [in 2018-19]
            given cost HEADING £41,237.50 [concerning MEMBER] [in P9] [ledger of MEMBER]
            given income HEADING £500
            given received NAME £5,000         from a contributor, or for a fund
            given reserve of MEMBER £10,000    brought forward; also: balance of FUND, used before of GRANT
            given approved budget of MEMBER £90,000; budget of HEADING £50,000
            given in kind for GRANT £3,000
            given activity UNIT of NAME 120; last year "RULE" of NAME £1,000
            expect MEMBER £3,745.84 [for HEADING]     what it bears of costs, less its part of income;
                                               also: NAME directly, reserve of MEMBER, a contributor, a fund
            expect surplus of MEMBER £N        also: deficit of MEMBER
            expect carried forward of NAME £N  a member's reserve, or a fund
            expect agreed of CONTRIBUTOR £N    its declared sums of the year

        """

    static let forms = """
        The forms of `outturn statement --output FILE`, recognised by the file's ending.

          .txt    as on the terminal
          .html   one page that needs nothing else; each figure opens to say where it comes from
          .pdf    tagged (PDF/UA-1), with bookmarks; made by WeasyPrint, which is a program of its own:
                  pipx install weasyprint==70.0; OUTTURN_WEASYPRINT names one that is not on the path
          .xlsx   live formulas: a sheet each for cover, statement, variance, contributions, reserves,
          .ods    funds and the like, postings with the cell each came from, and checks that recompute
          .csv    section, row, a column each member by its label, Total: exact pounds and pence with the
                  statement's signs; a text that begins with = + - @ has an apostrophe before it
          .json   all of it, amounts as exact decimal strings; `outturn help schema-statement`

        --units pounds, pence or thousands says how figures print; csv and json are always exact.
        --rounding cast prints whole units that add up everywhere, and lists the figures it moved.
        Files of the same books are the same to the byte.

        """

    static let templates = """
        A partnership's own page, in the folder `templates` beside the agreement; each file if it is there.

          statement.html   the layout of .html and .pdf; without it the program's own
          style.css        rules after the program's own: :root { --ink: #003366; --bar0: #7a003c; }
          words            headings, a line each `key: text`; keys: \
          \(PageLayout.defaultWords.keys.sorted().joined(separator: ", "))
          logo.svg         or logo.png, logo.jpg: printed above the partnership's name

        In statement.html {{name}} prints a text, {{#name}}...{{/name}} repeats for a list, or shows where
        something is so, {{^name}}...{{/name}} where it is not; {{{name}}} prints without escaping, for
        style, svg and logo. A name that the page hasn't got is an error with its line.
        `outturn help template-statement` prints the program's own layout to begin with, `template-style`
        its style. The names:

        \(PageLayout.names)
        """

    static let whatIf = """
        Changes for `outturn what-if` and `outturn forecast --reserves`; several hold together with a
        plus between them.

          everything equally                   every rule's groups share so; or: everything by WEIGHTS
          rule "TITLE" by WEIGHTS              one rule's groups
          rule "TITLE": take ...; take ...     a rule's lines replaced
          weights NAME MEMBER 35,150 ...       weights declared, or replaced
          without NAME                         a member, contributor, fund or grant is gone
          cut NAME by 10%                      a contributor's sums, or a member's approved budget; or: by £500
          cost HEADING up 5%                   or down, or £5,000; also: income HEADING down £1,000

        A file for --variants has one variant a line; # begins a comment.

        """

    static let map = """
        A map says how the rows of one export layout become postings: maps/NAME.yaml.
        `outturn map suggest FILE` writes one for an export; `outturn map list` names common layouts.

          layout: NAME                         for people
          recognise: [HEADER, ...]             the map fits where all of these stand in one row
          header rows: 2                       a header is the texts of both: "Apr Actual"; 1 if not said
          sheets: all, or [NAME, ...]          or a pattern: P*
          sheets not read: [NAME, ...]         with the header, and left on purpose
          ledger of: MEMBER                    whose books only it reads
          columns: {ROLE: HEADER, ...}         roles: code, cost centre, period, year, date, document,
                                               description, amount, debit, credit, net, vat, gross,
                                               balance (each the one before and the row's amount),
                                               member concerned; of two alike "Actual (2)", or column B
          period: P12                          instead of a column, where the whole file is of one period
          dates: month first                   04/13/2025 is 13 April; day first if not said
          period columns: {P1: HEADER, ...}    where each period has an amount column of its own:
                                               instead of period and amount
          amounts: debits positive             or: credits positive
          credits: positive                    or: negative, where the credit column prints a minus
          unit: pence                          or: thousands; pounds where nothing is said
          sign: {column: HEADER, credit: [MARK, ...]}   instead of amounts, where a column says D or C;
                                               with debit: [MARK, ...] any other mark is an error
          cr means: credit                     or: debit, where CR is the bank's view
          period format: pp                    9 or P09; yyyypp from the year's start (201809, 009/2018,
                                               1819/09); yyyypp from the year's end (201909 for P9
                                               of 2018-19); yyyymm of the calendar (2018-12 or DEC-18
                                               for P9 of 2018-19); mmm (DEC); from date
          rows:
            sub-totals: {column: HEADER, begins: TEXT}      or ends:, is:, contains:
            control total: {column: HEADER, is: TEXT}
            accruals: {column: HEADER, begins: TEXT}
            exclude:
              - {column: HEADER, begins: TEXT, because: REASON}
          codes:                               a code, a range (4000-4099), all that begin alike
            "4000": expenditure HEADING        (40*), or any of them in one cost centre (LSCB/4000);
                                               =40-10 is the code 40-10 itself
            "5000": income HEADING
            "5100": contribution from CONTRIBUTOR
            "6000": recharge with MEMBER
            "5200": receipt of FUND            a grant's money as it comes; also: transfer to FUND
            "6100": reserve transfer
            "6200": reserve balance
            "9*": excluded, REASON
          members concerned: {TEXT: MEMBER}

        """

    /// The tables stand here as the program knows them.
    static var folder: String {
        """
        A partnership's folder:

          agreement                            outturn help agreement
          examples                             outturn help examples
          maps/NAME.yaml                       outturn help map
          2018-19/
        \(YearTable.all.map(described).joined())\
            exports/MEMBER/FILE                as the finance system wrote it
            imports.csv                        file, sha-256, map, imported, superseded by, was, reason

        Tables may be in any readable format; of a workbook all sheets are read, each by a header of its own.

        """
    }

    /// `opening.csv   balances brought forward ...: reserve of (a member or a fund), brought forward, ...`
    private static func described(_ table: YearTable) -> String {
        let members = table.hasMemberColumns ? ["a column for each member"] : []
        let required = table.columns.filter(\.isRequired).map(described) + members
        let optional = table.columns.filter { !$0.isRequired }.map(described)
        let columns =
            required.joined(separator: ", ") + (optional.isEmpty ? "" : ", and if need be: ")
            + optional.joined(separator: ", ")
        let words = "\(table.purpose); \(columns)".split(separator: " ").map(String.init)
        var lines: [String] = [], line = "    \(table.name).csv"
        line += String(repeating: " ", count: max(1, 39 - line.count))
        for word in words {
            if line.count + word.count > 110 {
                lines.append(line)
                line = String(repeating: " ", count: 39)
            }
            line += (line.hasSuffix(" ") ? "" : " ") + word
        }
        return (lines + [line]).joined(separator: "\n") + "\n"
    }

    private static func described(_ column: YearTable.Column) -> String {
        var notes = column.note.isEmpty ? [] : [column.note]
        switch column.kind {
        case .oneOf(let words): notes.insert(words.joined(separator: ", "), at: 0)
        case .amount(let sign) where sign != .natural: notes.append(sign.rawValue)
        case .period: notes.append("P1 to P16")
        case .quantity: notes.append("never below zero")
        case .amount, .member, .memberOrFund, .memberOrContributor, .contributor, .fund, .line, .account, .days, .date,
            .reference, .words:
            break
        }
        return column.title + (notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))")
    }
}
