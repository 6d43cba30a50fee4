internal import Findings

/// Words what went wrong in an XML document.
struct XMLTrouble {
    let file: String
    /// The part of an archive, or `nil` where the document is the file itself.
    let part: String?
    /// How many line ends lie in these stretches of the file.
    let lineEnds: ([Range<Int>]) -> Int

    func findings(_ outcome: XMLDocument.Outcome, at place: Place) -> [Finding] {
        var findings = replaced(outcome.replaced)
        if let failure = outcome.failure { findings.append(finding(failure, outcome, at: place)) }
        return findings
    }

    func replaced(_ count: Int) -> [Finding] {
        guard count > 0 else { return [] }
        return [
            Finding(
                .charactersReplaced, at: Place(file: file),
                "\(count) character\(count == 1 ? "" : "s") that XML forbids replaced",
                hint:
                    "have them mended where they come from, or answer it in the year's `answers` table; amounts with "
                    + "one are reported, too"
            )
        ]
    }

    private func finding(_ failure: XMLDocument.Failure, _ outcome: XMLDocument.Outcome, at place: Place) -> Finding {
        switch failure {
        case .parser(let failure): finding(failure, cutOut: outcome.cutOut, at: place)
        case .cleaner(let failure): limit(Self.words(failure))
        case .encoding(let declared):
            Finding(
                .encodingUnknown, at: Place(file: file), found: declared,
                "the file declares an encoding that this program doesn't know",
                hint: "save the file as UTF-8 and import it again")
        }
    }

    func finding(_ failure: SAXFailure, cutOut: [Range<Int>] = [], at place: Place) -> Finding {
        switch failure {
        case .doctype:
            return Finding(
                .doctypeRefused, at: Place(file: file), "the file declares a document type (DOCTYPE), and is refused",
                hint:
                    "open it in a spreadsheet program and save it again; if nobody did that on purpose, ask where the "
                    + "file came from"
            )
        case .notWellFormed(let line, let reason):
            // In an archive a line says nothing to anybody, and the last row that was read does.
            let at = part == nil ? Place(Place.Source(file: file), row: line + lineEnds(cutOut)) : place
            if reason.contains("proper UTF-8") {
                return Finding(
                    .encodingUnknown, at: at,
                    "the file says that it is UTF-8, and \(part == nil ? "at this line" : "here") it isn't",
                    hint: "save the file as UTF-8, or let it declare its true encoding (windows-1252?)")
            }
            return Finding(
                .xmlBroken, at: at,
                "the XML\(part.map { " of the part \"\($0)\"" } ?? "") is broken, or the file was cut short "
                    + "(\(reason)); nothing after this \(part == nil ? "line" : "place") was read",
                hint: "export the file again and copy it whole")
        case .limit(let what): return limit(what)
        case .outOfPlace(let what):
            return Finding(
                .cellOutOfPlace, at: place, "\(what); nothing from this row on was read",
                hint:
                    "export the file again, or open it in a spreadsheet program and save it: such a program never "
                    + "writes this"
            )
        case .refused(let what, let hint):
            return Finding(.formatRefused, at: Place(file: file), what, hint: hint)
        }
    }

    func limit(_ what: String) -> Finding { .limitPassed(what, at: Place(file: file)) }

    private static func words(_ failure: XMLCleaner.Failure) -> String {
        switch failure {
        case .tagTooLong: "\(Limits.tagBytes) bytes in one tag"
        case .runTooLong: "\(Limits.runBytes >> 20) MB in one comment or CDATA section"
        case .referenceTooLong: "\(Limits.referenceBytes) bytes in one reference"
        case .notPlain: "elements and text"
        }
    }
}
