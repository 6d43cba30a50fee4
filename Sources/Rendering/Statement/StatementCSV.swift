internal import Sterling
internal import Statements
internal import Ledger

extension StatementDocument {
    /// `section,row,LBHF,...,Total`: exact pounds and pence, with the statement's signs.
    public var csv: String {
        var rows: [[CSVWriter.Field]] = [(["section", "row"] + columns).map(CSVWriter.Field.text)]
        for section in outturn.sections {
            for row in section.rows {
                rows.append(
                    [.text(section.title), .text(row.label)]
                        + outturn.printed(row).map { .number(AmountFormat.exact($0)) })
            }
        }
        return CSVWriter.text(rows)
    }
}
