internal import Findings
internal import Ledger
public import Statements
internal import Sterling

extension Trail {
    /// Indented by depth; every level adds up to the one above it, but for its sign where a line says that
    /// it is taken away or turned.
    public var text: String {
        var output = "\("\(label) / \(column)".visibleLine): \(printed)\n"
        Self.write(parts, to: &output, indent: "  ")
        return output
    }

    private static func write(_ parts: [Part], to output: inout String, indent: String) {
        for part in parts {
            output += "\(indent)\(part.amount)  \(part.what.visibleLine)\n"
            let inner = indent + "    "
            switch part.source {
            case .document(let place, let reason):
                output += "\(inner)\("\(place)\(reason.isEmpty ? "" : " (\(reason))")".visibleLine)\n"
            case .parts(let parts): write(parts, to: &output, indent: inner)
            case .postings(let postings): write(postings.lines, to: &output, indent: inner)
            case .share(let share):
                output +=
                    "\(inner)\(share.rule) (agreement, line \(share.ruleLine))"
                    + "\(share.takes.isEmpty ? "" : ": " + share.takes.joined(separator: "; "))\n"
                output += "\(inner)exact share \(share.exact.poundsDescription), of \(share.rowTotal) made up of:\n"
                write(share.postings.lines, to: &output, indent: inner)
                output +=
                    "\(inner)\(share.postings.sum)  the pool's row, \(share.postings.count) "
                    + "posting\(share.postings.count == 1 ? "" : "s")\n"
            }
        }
    }

    private static func write(_ lines: [Line], to output: inout String, indent: String) {
        var table = TextTable(leftColumns: 0)
        for line in lines.sorted(by: { $0.posting.place < $1.posting.place }) {
            let posting = line.posting
            let about = [
                posting.period.description, posting.date?.description,
                posting.journal.map { "journal \($0): \(posting.description)" } ?? posting.document, posting.code,
            ].compactMap { $0 }.filter { !$0.isEmpty }
            table.add(.cells(["\(line.amount)", "\(posting.place)"] + [about.joined(separator: " ")]))
        }
        for line in table.text.split(separator: "\n") { output += indent + line + "\n" }
    }
}
