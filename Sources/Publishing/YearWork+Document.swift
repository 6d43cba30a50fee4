public import Rendering
internal import Statements
public import Sterling
public import Workflow

extension YearWork {
    /// The year's statement with all that is printed beside it, for every form.
    ///
    /// - Parameters:
    ///   - format: the unit that figures are printed in.
    ///   - rounding: whether each figure is rounded on its own, or so that the statement casts.
    public func document(
        _ format: AmountFormat, rounding: StatementDocument.Rounding = .independent
    ) -> StatementDocument {
        StatementDocument(
            outturn: outturn, variances: BudgetVariances(outturn), contributions: contributions, imports: imports,
            checks: checks, findings: findings, answered: state.answered, illustrative: state.illustrative,
            digest: state.digest, years: years,
            format: format, rounding: rounding)
    }
}
