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
        func refuse(_ code: Finding.Code, _ message: String, _ hint: String) -> Outcome {
            findings.append(
                Finding(
                    code, at: row.place(column), found: text.isEmpty ? nil : text, message, hint: hint,
                    excerpt: row.excerpt(column)))
            return .refused
        }
        if cell.isMerged {
            findings.append(merged(row.place(column), found: text, excerpt: row.excerpt(column)))
            return .refused
        }
        let isTyped = row.sheet.isTyped
        let reading: AmountReader.Reading
        switch cell.kind {
        // In a file without types even a plain number is only text, unless it is a double's long tail.
        case .number where !isTyped && text.drop(while: { $0 != "." }).count <= 4: reading = AmountReader.read(text)
        case .number: reading = AmountReader.readNumber(text)
        case .text: reading = AmountReader.read(text)
        case .error:
            return refuse(
                .amountIsError, "the amount is an error value", "mend the formula in the source and export again")
        case .valueless:
            return refuse(
                .formulaWithoutValue, "the amount is a formula without its value",
                "open the file in a spreadsheet program, recalculate and save it")
        case .date, .boolean:
            return refuse(
                .amountUnreadable, "the amount is a \(cell.kind == .date ? "date" : "yes or no")",
                "mend the cell's type at its source")
        }
        switch reading {
        case .amount(let amount, let marker):
            if cell.kind == .text, isTyped {
                findings.append(
                    Finding(
                        .amountIsText, at: row.place(column), found: text,
                        "the amount is stored as text; read as "
                            + "\(amount)\(marker == .none ? "" : marker == .credit ? " CR" : " DR")",
                        hint: "nothing to do, if that is the amount", excerpt: row.excerpt(column)))
            }
            switch marker {
            case .none: return .amount(amount)
            case .credit, .debit:
                let isCredit = (marker == .credit) == map.crMeansCredit
                return .amount(isCredit == isCreditPositive ? amount : -amount)
            }
        case .blank, .dash: return .blank
        case .notAvailable:
            return refuse(
                .amountUnreadable, "the amount says \"not available\", which is not zero",
                "give the amount at its source")
        case .unreadable(let reason):
            return refuse(
                .amountUnreadable, "the amount can't be read: \(reason)", "mend the cell at its source and export again"
            )
        }
    }

    static func merged(_ place: Place, found: String? = nil, excerpt: Finding.Excerpt? = nil) -> Finding {
        Finding(
            .amountMerged, at: place, found: found,
            "the amount's cell is merged, so which cells it stands for is unclear",
            hint: "unmerge the cells and export again",
            excerpt: excerpt)
    }
}
