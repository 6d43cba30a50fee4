public import Findings

/// Findings for people and for programs.
public enum FindingsRendering {
    /// Worst first; repeats of one kind in one column are grouped, and the first twenty cells named.
    public static func text(_ findings: [Finding], style: Style = .plain) -> String {
        groups(findings).map { group in
            let first = group[0]
            var text = ""
            if let place = first.place { text += "\(place.description.visibleLine): " }
            text += style.severity(first.severity) + ": \(first.code.rawValue) \(first.message.visibleLine)"
            if let value = first.value { text += " - found \"\(value.visibleLine)\"" }
            text += "\n"
            if let excerpt = first.excerpt, !excerpt.line.isEmpty {
                // What is shown of a control is longer than it, and the caret stands under what is shown.
                let before = String(excerpt.line.prefix(excerpt.offset)).visibleLine
                let found = String(excerpt.line.dropFirst(excerpt.offset).prefix(excerpt.length)).visibleLine
                let length = excerpt.length + found.count - min(excerpt.length, excerpt.line.count - excerpt.offset)
                text +=
                    "    \(excerpt.line.visibleLine)\n"
                    + "    \(String(repeating: " ", count: max(before.count, excerpt.offset)))"
                    + "\(style.caret(String(repeating: "^", count: max(length, excerpt.length))))\n"
            }
            if group.count > 1 {
                let cells = group.dropFirst().compactMap { $0.place?.cell }
                text +=
                    "    and \(group.count - 1) more\(column(first)): "
                    + "\(cells.prefix(20).joined(separator: " "))\(cells.count > 20 ? " ..." : "")\n"
            }
            return text + "    hint: \(first.hint.visibleLine)\n"
        }.joined()
    }

    private static func column(_ finding: Finding) -> String {
        guard let place = finding.place, place.sheet != nil, place.column > 0 else { return "" }
        return " in column \(Place.letters(Int(place.column)))"
    }

    private struct Key: Hashable {
        let code: Finding.Code
        let source: Place.Source
        let column: Int32
        let hint: String
        /// Empty where a row's own figures stand in it.
        let message: String
    }

    /// Codes whose messages tell figures of the row; repeats of any other say the same.
    private static let rowCodes: Set<Finding.Code> = [
        .amountUnreadable, .amountIsError, .amountMerged, .amountIsText, .codeUnknown, .periodUnreadable,
        .dateUnreadable, .formulaWithoutValue,
        .debitAndCredit, .grossDiffers, .memberConcernedUnknown, .rowWithoutAmount, .periodOutsideYear, .cutOff,
        .likelyDuplicate, .amountMoved, .totalPosted, .balanceBreaks, .subtotalDiffers, .controlTotalDiffers,
    ]

    /// More unknown codes are told together; the import says what each adds up to.
    private static let mostCodes = 20

    static func groups(_ findings: [Finding]) -> [[Finding]] {
        var groups: [[Finding]] = []
        var index: [Key: Int] = [:]
        // A first look at an export whose codes are not yet given has a hint for each.
        let hints = Set(findings.lazy.filter { $0.code == .codeUnknown }.map(\.hint))
        let foldsCodes = hints.count > mostCodes
        for finding in findings.inOrder() {
            guard let place = finding.place, place.sheet != nil, place.row > 0 else {
                groups.append([finding])
                continue
            }
            let key = Key(
                code: finding.code, source: place.source, column: place.column,
                hint: foldsCodes && finding.code == .codeUnknown ? "" : finding.hint,
                message: rowCodes.contains(finding.code) ? "" : finding.message)
            if let at = index[key] {
                groups[at].append(finding)
            } else {
                index[key] = groups.count
                groups.append([finding])
            }
        }
        return groups
    }

    /// Worst first, each on its own; the excerpt is left to the text.
    public static func json(_ findings: [Finding]) -> JSONValue {
        .array(
            findings.inOrder().map { finding in
                .object([
                    ("code", .string(finding.code.rawValue)), ("severity", .string(finding.severity.rawValue)),
                    ("file", .optional(finding.place?.file)), ("sheet", .optional(finding.place?.sheet)),
                    ("cell", .optional(finding.place?.cell)),
                    ("value", .optional(finding.value)), ("message", .string(finding.message)),
                    ("hint", .string(finding.hint)),
                ])
            })
    }

    /// `2 errors, 1 warning, 5 notes`.
    public static func counts(_ findings: [Finding]) -> String {
        Severity.allCases.map { severity in
            let count = findings.count { $0.severity == severity }
            return "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }.joined(separator: ", ")
    }
}

/// Colour on a terminal; plain text elsewhere. Colour never carries a meaning alone.
public enum Style: Sendable {
    case plain, colour

    func severity(_ severity: Severity) -> String {
        guard self == .colour else { return severity.rawValue }
        let code =
            switch severity {
            case .error: "31"
            case .warning: "33"
            case .note: "36"
            }
        return "\u{1B}[1;\(code)m\(severity.rawValue)\u{1B}[0m"
    }

    func caret(_ text: String) -> String { self == .colour ? "\u{1B}[1;32m\(text)\u{1B}[0m" : text }
}
