internal import Ledger
internal import Sterling

/// Why each figure of a statement is what it is, in a few lines, for printing beside every figure: what the explaining
/// engine finds, at its lesser depth.
public struct FigureReasons {
    private let outturn: Outturn
    private let rows: [Outturn.Row]
    private let relations: [Int: RowRelation]
    private let explainer: FigureExplainer

    /// Goes once over the statement's postings, so that each figure's lines are then made quickly.
    public init(_ outturn: Outturn) {
        self.outturn = outturn
        rows = outturn.rows
        relations = Dictionary(uniqueKeysWithValues: outturn.rowRelations.map { ($0.target, $0) })
        explainer = FigureExplainer(outturn, depth: .count)
    }

    /// - Parameters:
    ///   - row: its index among all rows of the statement.
    ///   - column: a member, or the total after the last of them.
    public func lines(_ row: Int, _ column: Int) -> [String] {
        if column == outturn.members.count {
            // Of one member alone its own reasons are the total's.
            if column == 1 { return lines(row, 0) }
            let figures = outturn.printed(rows[row])
            let terms = outturn.members.indices.map { (outturn.members[$0].label, figures[$0], 1) }
            return ["The members' figures added: \(sum(terms))."]
        }
        if rows[row].amounts[column].isZero { return [] }
        if let relation = relations[row] {
            return [
                sum(
                    relation.terms.map { term in
                        (rows[term.row].label, outturn.printed(rows[term.row])[column], term.sign)
                    }) + "."
            ]
        }
        return explainer.parts(row, column).map(sentence)
    }

    /// `Training: RBKC's share: 12.00 of 36.00 by rule "Training", line 34 of the agreement; made of 2 postings, the
    /// first at ...`
    private func sentence(_ part: Trail.Part) -> String {
        let what = part.what.prefix(1).uppercased() + part.what.dropFirst()
        switch part.source {
        case .share(let share):
            return
                "\(what): \(part.amount) of \(share.rowTotal) by \(share.rule), line \(share.ruleLine) of the agreement"
                + "\(share.postings.count == 0 ? "" : "; made of \(counted(share.postings))")."
        case .postings(let postings): return "\(what): \(part.amount); \(counted(postings))."
        case .document(let place, let reason): return "\(what): \(reason.isEmpty ? "" : reason + ", ")\(place)."
        case .parts: return "\(what): \(part.amount)."
        }
    }

    private func counted(_ postings: Trail.Postings) -> String {
        let one = postings.count == 1
        let place = postings.first.map { ", \(one ? "at" : "the first at") \($0)" } ?? ""
        return "\(postings.count) posting\(one ? "" : "s")\(place)"
    }

    /// `LBHF -6,955.66 + RBKC -6,955.67`
    private func sum(_ parts: [(label: String, amount: Money, sign: Int)]) -> String {
        var text = ""
        for part in parts where !part.amount.isZero {
            text +=
                (text.isEmpty ? (part.sign < 0 ? "- " : "") : part.sign < 0 ? " - " : " + ")
                + "\(part.label) \(part.amount)"
        }
        return text.isEmpty ? "nil" : text
    }
}
