internal import Sterling
internal import Findings
internal import Sheets

/// Reads an amount's cell, exactly, or says why not.
enum AmountCell {
    enum Outcome {
        case amount(Money)
        case blank
        /// A finding says why.
        case refused
    }

    /// - Parameter isCreditPositive: whether more than zero in this column is a credit, which `CR` then keeps.
    static func read(
        _ row: RowTexts, _ column: Int, isCreditPositive: Bool, _ map: ImportMap, _ findings: inout [Finding]
    ) -> Outcome {
        guard let (cell, text) = row.cell(column) else { return .blank }
        func report(_ fault: ImportFault) {
            findings.append(
                fault.finding(
                    at: row.place(column), found: text.isEmpty ? nil : text, excerpt: row.excerpt(column)))
        }
        func refuse(_ fault: ImportFault) -> Outcome {
            report(fault)
            return .refused
        }
        if cell.isMerged { return refuse(.amountMerged) }
        let isTyped = row.sheet.isTyped
        let reading: AmountReader.Reading
        switch cell.kind {
        // In a file without types even a plain number is only text, unless it is a double's long tail.
        case .number where !isTyped && text.drop(while: { $0 != "." }).count <= 4: reading = AmountReader.read(text)
        case .number: reading = AmountReader.readNumber(text)
        case .text: reading = AmountReader.read(text)
        case .error:
            return refuse(.amountIsError)
        case .valueless:
            return refuse(.amountIsFormula)
        case .date, .boolean:
            return refuse(.amountIsOfKind(cell.kind == .date ? "date" : "yes or no"))
        }
        switch reading {
        case .amount(let amount, let marker):
            if cell.kind == .text, isTyped { report(.amountIsText(amount, marker)) }
            switch marker {
            case .none: return .amount(amount)
            case .credit, .debit:
                let isCredit = (marker == .credit) == map.crMeansCredit
                return .amount(isCredit == isCreditPositive ? amount : -amount)
            }
        case .blank, .dash: return .blank
        case .notAvailable:
            return refuse(.amountNotAvailable)
        case .unreadable(let reason):
            return refuse(.amountUnreadable(reason: reason))
        }
    }
}

extension ImportMap.Unit {
    /// A figure that makes no whole pence is no amount, and the row that it totals tells so.
    func inPounds(_ outcome: AmountCell.Outcome) -> AmountCell.Outcome {
        guard case .amount(let figure) = outcome else { return outcome }
        return inPounds(figure).map { .amount($0) } ?? .refused
    }
}
