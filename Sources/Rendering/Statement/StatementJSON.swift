internal import Agreements
internal import Sterling
internal import Findings
internal import Importing
internal import Ledger
internal import Statements
internal import Checks

extension StatementDocument {
    /// Amounts are exact decimal strings with the statement's signs; in `variances`, `reserves`,
    /// `settlement` and `imports` they are natural: more than zero is more of what the key names.
    public var json: JSONValue {
        func exact(_ amount: Money) -> JSONValue { .string(AmountFormat.exact(amount)) }
        func optional(_ amount: Money?) -> JSONValue { amount.map(exact) ?? .null }
        let names = outturn.members.map(\.name.text) + ["total"]
        let sections = outturn.sections.map { section in
            JSONValue.object([
                ("title", .string(section.title)),
                (
                    "rows",
                    .array(
                        section.rows.map { row in
                            .object([
                                ("label", .string(row.label)), ("total", .bool(row.isTotal)),
                                ("amounts", .object(Array(zip(names, outturn.printed(row).map(exact))))),
                            ])
                        })
                ),
            ])
        }
        let varianceRows = variances.rows.map { row in
            JSONValue.object([
                ("label", .string(row.label)), ("budget", exact(row.budget)), ("actual", exact(row.actual)),
                ("variance", exact(row.variance)),
                ("direction", .string(row.direction.rawValue)), ("explanation", .optional(row.explanation)),
            ])
        }
        let contributionRows = contributions.rows.map { row in
            JSONValue.object([
                ("label", .string(row.label)),
                (
                    "years",
                    .array(
                        contributions.years.enumerated().map { index, year in
                            .object([
                                ("year", .string("\(year)")), ("agreed", optional(row.agreed[index])),
                                ("posted", optional(row.posted[index])),
                            ])
                        })
                ),
            ])
        }
        let reserves = outturn.reserves.map { reserve in
            JSONValue.object([
                ("member", .string(reserve.member.text)), ("broughtForward", exact(reserve.broughtForward)),
                ("adjustment", exact(reserve.adjustment)),
                ("appropriations", exact(reserve.appropriations)), ("spent", exact(reserve.spent)),
                ("fromFunds", exact(reserve.fromFunds)), ("contribution", exact(reserve.contribution)),
                ("carriedForward", exact(reserve.carriedForward)), ("ledgerBalance", optional(reserve.ledgerBalance)),
                ("journalToPost", exact(reserve.journalToPost)),
            ])
        }
        let importsJSON = imports.map { file in
            JSONValue.object([
                ("file", .string(file.file)), ("ledgerOf", .string(file.ledgerOf.text)), ("map", .optional(file.map)),
                ("rows", .int(file.all.rows)), ("sum", exact(file.all.sum)), ("posted", .int(file.posted.rows)),
                ("postedSum", exact(file.posted.sum)),
                ("suspense", .int(file.suspense.rows)), ("suspenseSum", exact(file.suspense.sum)),
                ("refused", .int(file.refused)),
                (
                    "leftOut",
                    .array(
                        file.excluded.map {
                            .object([
                                ("reason", .string($0.reason)), ("rows", .int($0.tally.rows)),
                                ("sum", exact($0.tally.sum)),
                            ])
                        })
                ),
                ("controlTotal", optional(file.controlTotal)),
            ])
        }
        return .object([
            ("schema", .string("outturn-statement-1")), ("partnership", .string(partnership)),
            ("year", .string("\(year)")),
            ("upTo", .optional(outturn.upTo.map { "\($0)" })), ("draft", .bool(isDraft)), ("status", .string(status)),
            ("illustrative", .array(illustrative.map(JSONValue.string))), ("books", .string(digest)),
            (
                "signs",
                .object([
                    ("funding", .string(outturn.agreement.layout.signs.funding.rawValue)),
                    ("expenditure", .string(outturn.agreement.layout.signs.expenditure.rawValue)),
                ])
            ),
            ("sections", .array(sections)), ("variances", .array(varianceRows)),
            ("contributions", .array(contributionRows)),
            ("reserves", .array(reserves)), ("tables", .array(sideTables.map(\.json))),
            ("settlement", outturn.settlement.json), ("imports", .array(importsJSON)),
            ("notes", .array(notes.map(JSONValue.string))),
            ("agreement", .array(outturn.agreement.clauses.map(Self.json))), ("checks", ChecksRendering.json(checks)),
            ("findings", FindingsRendering.json(findings)),
        ])
    }

    static func json(_ clause: Clause) -> JSONValue {
        .object([("text", .string(clause.text)), ("parts", .array(clause.parts.map(JSONValue.string)))])
    }
}
