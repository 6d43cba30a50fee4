public import Casting
public import Findings

/// What `check-table` found, for people and for programs.
public enum CastingRendering {
    /// - Parameter tables: each file's tables in order.
    public static func text(_ tables: [TableCheck], style: Style) -> String {
        tables.map { text($0, style) }.joined(separator: "\n")
    }

    private static func text(_ check: TableCheck, _ style: Style) -> String {
        var text = heading(check).visibleLine + "\n"
        if check.relations.isEmpty {
            return text + "  No total, balance or difference was found among its \(check.rows) rows.\n"
        }
        for claim in check.relations { text += "  \(claim.description.visibleLine): \(tally(claim))\n" }
        for slip in check.errors {
            text +=
                "\n\(slip.place.description.visibleLine): \(style.severity(.error)): \(subject(slip).visibleLine): "
                + "printed \(slip.printed), comes to "
                + "\(slip.computed), difference \(slip.difference)\n"
            text += "    likely cause: \(cause(slip).visibleLine) (confidence: \(slip.confidence.rawValue))\n"
            text += "    because \(slip.evidence.visibleLine)\n"
        }
        let roundings = check.findings.filter { $0.verdict == .rounding }
        if !roundings.isEmpty {
            text += "\n  Within rounding, and no error:\n"
            for slip in roundings {
                text +=
                    "    \(slip.place.cell ?? ""): \(subject(slip).visibleLine): printed \(slip.printed), parts "
                    + "come to \(slip.computed) (\(slip.difference))\n"
            }
        }
        return text
    }

    static func heading(_ check: TableCheck) -> String {
        let errors = check.errors.count, roundings = check.findings.count - errors
        return
            "\(check.place.file)\(check.place.sheet.map { $0.isEmpty ? "" : ":" + $0 } ?? "") from "
            + "\(check.place.cell ?? "A1"): \(check.rows) rows, "
            + "\(check.relations.count) relation\(check.relations.count == 1 ? "" : "s"), \(errors) "
            + "error\(errors == 1 ? "" : "s"), \(roundings) within rounding"
    }

    static func tally(_ claim: TableCheck.Claim) -> String {
        var parts: [String] = []
        if claim.exact > 0 { parts.append("exact in \(claim.exact)") }
        if claim.rounding > 0 { parts.append("within rounding in \(claim.rounding)") }
        if claim.errors > 0 { parts.append("fails in \(claim.errors)") }
        return parts.joined(separator: ", ") + (claim.isLabelled ? "" : " (from the figures alone)")
    }

    static func subject(_ slip: TableCheck.Slip) -> String {
        slip.row + (slip.column.isEmpty ? "" : " / \(slip.column)")
    }

    static func cause(_ slip: TableCheck.Slip) -> String {
        guard let cause = slip.cause else { return "no likely cause found" }
        return cause.kind.rawValue + (cause.line.isEmpty ? "" : ": \(cause.line)")
    }

    /// - Parameter findings: of what couldn't be read; the key `unread`.
    public static func json(_ tables: [TableCheck], _ findings: [Finding]) -> JSONValue {
        .object([
            ("schema", .string("outturn-check-table-1")),
            (
                "tables",
                .array(
                    tables.map { check in
                        .object([
                            ("file", .string(check.place.file)), ("sheet", .optional(check.place.sheet)),
                            ("cell", .optional(check.place.cell)), ("title", .string(check.title)),
                            ("rows", .int(check.rows)),
                            (
                                "relations",
                                .array(
                                    check.relations.map { claim in
                                        .object([
                                            ("kind", .string(claim.kind)), ("relation", .string(claim.description)),
                                            ("exact", .int(claim.exact)), ("rounding", .int(claim.rounding)),
                                            ("errors", .int(claim.errors)), ("labelled", .bool(claim.isLabelled)),
                                        ])
                                    })
                            ),
                            ("findings", .array(check.findings.map(json))),
                        ])
                    })
            ),
            ("unread", FindingsRendering.json(findings)),
        ])
    }

    private static func json(_ slip: TableCheck.Slip) -> JSONValue {
        .object([
            ("kind", .string(slip.kind)), ("relation", .string(slip.relation)), ("cell", .optional(slip.place.cell)),
            ("cells", .array(slip.cells.map { .optional($0.cell) })),
            ("row", .string(slip.row)), ("column", .string(slip.column)), ("printed", .string(slip.printed)),
            ("computed", .string(slip.computed)), ("difference", .string(slip.difference)),
            ("verdict", .string(slip.verdict.rawValue)), ("cause", .optional(slip.cause?.kind.rawValue)),
            ("line", .optional(slip.cause.flatMap { $0.line.isEmpty ? nil : $0.line })),
            ("confidence", .string(slip.confidence.rawValue)), ("evidence", .string(slip.evidence)),
        ])
    }
}
