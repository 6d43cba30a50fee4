internal import Findings
public import Statements
internal import Sterling

extension Comparison {
    /// What doesn't agree, cell by cell, and in the last line the three counts.
    public var text: String {
        var output = ""
        for cell in cells where cell.verdict != .agrees {
            let ours = cell.ours.map { "\(cell.format.string($0)) (exactly \($0))" } ?? "not available"
            output +=
                "\(cell.place): \(cell.verdict.rawValue): \(cell.row) / \(cell.column): published \(cell.published), "
                + "ours \(ours)\n"
        }
        for (place, label) in unknown {
            output += "\(place): \"\(label)\" is not in our statement; it was not compared\n"
        }
        return output
            + "\(count(.agrees)) agree, \(count(.withinRounding)) within rounding, \(count(.differs)) differ\n"
    }

    /// Every cell that was compared, exact where it is ours and as published where it isn't, and the three counts.
    public var json: JSONValue {
        .object([
            ("agreeing", .int(count(.agrees))), ("withinRounding", .int(count(.withinRounding))),
            ("differing", .int(count(.differs))),
            (
                "cells",
                .array(
                    cells.map { cell in
                        .object([
                            ("row", .string(cell.row)), ("column", .string(cell.column)),
                            ("cell", .optional(cell.place.cell)), ("published", .string(cell.published)),
                            ("ours", .optional(cell.ours.map(AmountFormat.exact))),
                            ("verdict", .string(cell.verdict.rawValue)),
                        ])
                    })
            ),
            ("notCompared", .array(unknown.map { .string($0.label) })),
        ])
    }
}
