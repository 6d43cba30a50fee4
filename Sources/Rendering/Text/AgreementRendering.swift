public import Agreements
internal import Ledger

/// The agreement by itself, for a board to read and sign.
public enum AgreementRendering {
    /// The clauses, numbered, in lines of at most a hundred characters.
    public static func text(_ agreement: Agreement) -> String {
        "\(agreement.chart.partnership)\nThe agreement\n\n" + StatementDocument.text(agreement.clauses)
    }

    /// As the program understands it, in the agreement's own language.
    public static func source(_ agreement: Agreement) -> String { agreement.description }

    /// The clauses with the parts of each.
    public static func json(_ agreement: Agreement) -> JSONValue {
        .object([
            ("schema", .string("outturn-agreement-1")), ("partnership", .string(agreement.chart.partnership)),
            ("clauses", .array(agreement.clauses.map(StatementDocument.json))),
        ])
    }
}
