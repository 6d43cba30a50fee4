internal import Agreements
internal import Sterling
internal import Findings
internal import Importing
internal import Ledger
internal import Statements
internal import Checks

extension StatementDocument {
    /// The statement as `StatementRecord` describes it.
    public var json: JSONValue { JSONValue(encoding: record) }

    /// What the statement's JSON holds.
    var record: StatementRecord {
        let signs = outturn.agreement.layout.signs
        return StatementRecord(
            schema: StatementRecord.schema, partnership: partnership, year: "\(year)",
            upTo: outturn.upTo.map { "\($0)" }, draft: isDraft, status: status, illustrative: illustrative,
            books: digest,
            signs: StatementRecord.Signs(funding: signs.funding.rawValue, expenditure: signs.expenditure.rawValue),
            sections: outturn.sections.map(record), variances: variances.rows.map(record),
            contributions: contributionRecords, reserves: outturn.reserves.map(record), tables: sideTables.map(\.json),
            settlement: outturn.settlement.json, imports: imports.map(record), notes: notes,
            agreement: outturn.agreement.clauses.map(Self.json), checks: ChecksRendering.json(checks),
            findings: FindingsRendering.json(findings))
    }

    private func record(_ section: Outturn.Section) -> StatementRecord.Section {
        let names = outturn.members.map(\.name.text) + ["total"]
        return StatementRecord.Section(
            title: section.title,
            rows: section.rows.map { row in
                let amounts = zip(names, outturn.printed(row)).map { ($0, StatementRecord.Exact($1)) }
                return StatementRecord.Row(
                    label: row.label, total: row.isTotal, amounts: StatementRecord.Amounts(amounts))
            })
    }

    private func record(_ row: BudgetVariances.Row) -> StatementRecord.Variance {
        StatementRecord.Variance(
            label: row.label, budget: StatementRecord.Exact(row.budget), actual: StatementRecord.Exact(row.actual),
            variance: StatementRecord.Exact(row.variance), direction: row.direction.rawValue,
            explanation: row.explanation)
    }

    private var contributionRecords: [StatementRecord.Contribution] {
        contributions.rows.map { row in
            StatementRecord.Contribution(
                label: row.label,
                years: contributions.years.enumerated().map { index, year in
                    StatementRecord.Contribution.Year(
                        year: "\(year)", agreed: row.agreed[index].map(StatementRecord.Exact.init),
                        posted: row.posted[index].map(StatementRecord.Exact.init))
                })
        }
    }

    private func record(_ reserve: ReserveRollForward) -> StatementRecord.Reserve {
        StatementRecord.Reserve(
            member: reserve.member.text, broughtForward: StatementRecord.Exact(reserve.broughtForward),
            adjustment: StatementRecord.Exact(reserve.adjustment),
            appropriations: StatementRecord.Exact(reserve.appropriations), spent: StatementRecord.Exact(reserve.spent),
            fromFunds: StatementRecord.Exact(reserve.fromFunds),
            contribution: StatementRecord.Exact(reserve.contribution),
            carriedForward: StatementRecord.Exact(reserve.carriedForward),
            ledgerBalance: reserve.ledgerBalance.map(StatementRecord.Exact.init),
            journalToPost: StatementRecord.Exact(reserve.journalToPost))
    }

    private func record(_ file: FileImport) -> StatementRecord.Import {
        StatementRecord.Import(
            file: file.file, ledgerOf: file.ledgerOf.text, map: file.map, rows: file.all.rows,
            sum: StatementRecord.Exact(file.all.sum), posted: file.posted.rows,
            postedSum: StatementRecord.Exact(file.posted.sum), suspense: file.suspense.rows,
            suspenseSum: StatementRecord.Exact(file.suspense.sum), refused: file.refused,
            leftOut: file.excluded.map { excluded in
                StatementRecord.Import.Excluded(
                    reason: excluded.reason, rows: excluded.tally.rows, sum: StatementRecord.Exact(excluded.tally.sum))
            },
            controlTotal: file.controlTotal.map(StatementRecord.Exact.init))
    }

    static func json(_ clause: Clause) -> JSONValue {
        .object([("text", .string(clause.text)), ("parts", .array(clause.parts.map(JSONValue.string)))])
    }
}
