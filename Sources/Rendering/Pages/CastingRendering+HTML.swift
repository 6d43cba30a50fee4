public import Casting
public import Findings
internal import Mustache
internal import Templates

extension CastingRendering {
    /// One self-contained page: each table as it was printed, errors framed, and what was found of it.
    public static func html(_ tables: [TableCheck], _ findings: [Finding]) -> String {
        let errors = tables.map(\.errors.count).reduce(0, +)
        return Page.render(
            .checkTable,
            [
                "title": "Tables checked", "style": EmbeddedFile.style.text,
                "summary": tables.isEmpty
                    ? "No table of figures was found."
                    : "\(tables.count) table\(tables.count == 1 ? "" : "s"), \(errors) error\(errors == 1 ? "" : "s").",
                "tables": tables.map(model),
                "findings": findings.map { finding in
                    [
                        "severity": finding.severity.rawValue, "code": finding.code.rawValue,
                        "message": finding.message, "hint": finding.hint, "place": finding.place?.description ?? "",
                    ]
                },
            ])
    }

    private static func model(_ check: TableCheck) -> [String: Any] {
        var marks: [Place: Verdict] = [:]
        for slip in check.findings.reversed() { marks[slip.place] = slip.verdict }
        let width = check.printed.first?.cells.count ?? 0
        let roundings = check.findings.filter { $0.verdict == .rounding }
        return [
            "heading":
                "\(check.place.file)\(check.place.sheet.map { $0.isEmpty ? "" : ", \($0)" } ?? "")"
                + "\(check.place.row > 1 ? ", from row \(check.place.row)" : "")",
            "counts": heading(check), "hasErrors": !check.errors.isEmpty, "errors": check.errors.map(model),
            "hasRoundings": !roundings.isEmpty, "roundings": roundings.map(model),
            "letters": (0..<width).map { Place.letters($0 + 1) },
            "rows": check.printed.map { row -> [String: Any] in
                [
                    "number": "\(row.number)",
                    "cells": row.cells.enumerated().map { column, printed -> [String: Any] in
                        let verdict = marks[check.place.source.place(row: row.number, column: column + 1)]
                        var cell: [String: Any] = [
                            "text": printed.text,
                            "class": verdict == .error
                                ? "wrong" : verdict == .rounding ? "near" : printed.isFigure ? "figure" : "text",
                        ]
                        if verdict == .error { cell["mark"] = "error" }
                        return cell
                    },
                ]
            },
            "relations": check.relations.map { ["text": "\($0.description): \(tally($0))"] },
        ]
    }

    private static func model(_ slip: TableCheck.Slip) -> [String: Any] {
        [
            "subject": subject(slip), "printed": slip.printed, "computed": slip.computed, "difference": slip.difference,
            "cause": cause(slip), "confidence": slip.confidence.rawValue, "evidence": slip.evidence,
            "place": slip.place.description,
        ]
    }
}

extension Place.Source {
    fileprivate func place(row: Int, column: Int) -> Place { Place(self, row: row, column: column) }
}
