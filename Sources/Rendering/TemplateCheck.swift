internal import Findings

/// Checks a template tag by tag: a name that the page hasn't got would print nothing, and nobody would see it.
enum TemplateCheck {
    /// What a name of the page's model is.
    indirect enum Shape {
        case text
        case flag
        /// Opened by `{{#name}}`, with names of its own inside.
        case list([String: Shape])
        /// Names behind a point: `{{words.notes}}`.
        case group([String: Shape])
    }

    /// The model of a statement's page. `StatementFormsTests` holds it against real statements.
    static let statement: [String: Shape] = {
        let figures = Shape.list(["text": .text, "sum": .flag, "opens": .flag, "why": .list([:]), "word": .text])
        let label: [String: Shape] = ["label": .text]
        let columns = Shape.list(["label": .text, "sum": .flag])
        let sections = Shape.list([
            "title": .text, "width": .text, "rows": .list(["label": .text, "total": .text, "figures": figures]),
        ])
        return [
            "title": .text, "partnership": .text, "year": .text, "span": .text, "status": .text, "draft": .flag,
            "signs": .text, "unit": .text, "digest": .text, "foot": .text, "footStyle": .text,
            "style": .text, "ownStyle": .text, "words": .group(PageLayout.defaultWords.mapValues { _ in .text }),
            "provenance": .flag, "pageSize": .text, "logo": .text,
            "columns": columns, "sections": sections, "hasPaper": .flag,
            "paper": .list(["caption": .text, "columns": columns, "sections": sections]),
            "hasCharts": .flag, "charts": .list(["title": .text, "svg": .text]), "budgetHead": .text,
            "hasVariances": .flag,
            "variances": .list([
                "label": .text, "budget": .text, "actual": .text, "variance": .text, "direction": .text,
                "explanation": .text,
            ]),
            "hasContributions": .flag, "contributionColumns": .list(label),
            "contributions": .list(["label": .text, "total": .text, "figures": figures]),
            "sideTables": .list([
                "title": .text, "caption": .text, "columns": .list(["label": .text, "word": .text]),
                "rows": .list(["label": .text, "total": .text, "figures": figures]),
            ]),
            "clauses": .list(["text": .text, "hasParts": .flag, "parts": .list(["text": .text])]),
            "notes": .list(["text": .text]),
            "checks": .list(["title": .text, "scope": .text, "result": .text]),
            "findings": .list([
                "severity": .text, "code": .text, "message": .text, "hint": .text, "place": .text, "value": .text,
                "more": .text,
            ]),
        ]
    }()

    static func faults(_ text: String, file: String) -> [Finding] {
        var findings: [Finding] = [], line = 1
        let source = Place.Source(file: file)
        /// The names that hold here, innermost last, and the sections that are open.
        var scopes: [[String: Shape]] = [statement], open: [(name: String, line: Int)] = []
        func fault(_ what: String, _ found: String, _ hint: String, line: Int) {
            findings.append(
                Finding(.templateBroken, at: Place(source, row: line, column: 1), found: found, what, hint: hint))
        }
        var rest = text[...]
        while let start = rest.firstRange(of: "{{") {
            line += rest[..<start.lowerBound].count { $0 == "\n" }
            let isRaw = rest[start.upperBound...].hasPrefix("{")
            let body = rest[start.upperBound...].dropFirst(isRaw ? 1 : 0)
            guard let end = body.firstRange(of: isRaw ? "}}}" : "}}") else {
                fault(
                    "a tag is not closed", String(rest[start.lowerBound...].prefix(30)),
                    "close it with \(isRaw ? "}}}" : "}}")", line: line)
                return findings
            }
            let tag = body[..<end.lowerBound], here = line
            line += tag.count { $0 == "\n" }
            rest = body[end.upperBound...]
            let trimmed = tag.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let sign = trimmed.first ?? " "
            let name = "#^/&!>=".contains(sign) ? String(trimmed.dropFirst().drop { $0 == " " }) : trimmed
            switch sign {
            case "!": continue
            case ">", "=":
                fault(
                    "the page has no such tags", "{{\(trimmed)}}", "write the part out, and keep {{ and }} as they are",
                    line: here)
            case "/":
                guard let last = open.last, last.name == name else {
                    fault(
                        "no section of that name is open here", "{{\(trimmed)}}",
                        open.last.map { "{{#\($0.name)}} of line \($0.line) is open; close it first" }
                            ?? "take the tag away", line: here)
                    continue
                }
                open.removeLast()
                scopes.removeLast()
            case "#", "^":
                let shape = find(name, scopes)
                if shape == nil {
                    fault("the page has nothing of that name", "{{\(trimmed)}}", hint(name, scopes), line: here)
                }
                open.append((name, here))
                if case .list(let inner) = shape, sign == "#" { scopes.append(inner) } else { scopes.append([:]) }
            default:
                // The thing itself, of a list of plain texts.
                if name == ".", !open.isEmpty { continue }
                switch find(name, scopes) {
                case .text, .flag: continue
                case .list:
                    fault(
                        "the name is a list", "{{\(trimmed)}}",
                        "open it with {{#\(name)}} and close it with {{/\(name)}}", line: here)
                case .group:
                    fault("the name has parts", "{{\(trimmed)}}", "name one of them, such as \(name).notes", line: here)
                case nil: fault("the page has nothing of that name", "{{\(trimmed)}}", hint(name, scopes), line: here)
                }
            }
        }
        for (name, line) in open {
            fault("a section is not closed", "{{#\(name)}}", "close it with {{/\(name)}}", line: line)
        }
        // A page that doesn't say whether it is a draft could be taken for final.
        for name in ["status", "digest"] where !text.contains("{{\(name)}}") && !text.contains("{{ \(name) }}") {
            fault(
                "the page doesn't print {{\(name)}}", "statement.html",
                "print {{status}} where it is seen, and {{digest}} at the foot", line: 1)
        }
        return findings
    }

    /// The names as a list to read: `sections (title, width, rows (label, total, figures (...)))`.
    static func describe(_ shapes: [String: Shape]) -> String {
        shapes.sorted { $0.key < $1.key }.map { name, shape in
            switch shape {
            case .text, .flag: name
            case .list(let inner): inner.isEmpty ? "\(name) (.)" : "\(name) (\(describe(inner)))"
            case .group(let inner): inner.keys.sorted().map { "\(name).\($0)" }.joined(separator: ", ")
            }
        }.joined(separator: ", ")
    }

    private static func find(_ name: String, _ scopes: [[String: Shape]]) -> Shape? {
        let parts = name.split(separator: ".").map(String.init)
        guard let first = parts.first, var shape = scopes.reversed().lazy.compactMap({ $0[first] }).first else {
            return nil
        }
        for part in parts.dropFirst() {
            guard case .group(let inner) = shape, let next = inner[part] else { return nil }
            shape = next
        }
        return shape
    }

    private static func hint(_ name: String, _ scopes: [[String: Shape]]) -> String {
        var names: [String] = []
        for scope in scopes {
            for (key, shape) in scope {
                names.append(key)
                if case .group(let inner) = shape { names += inner.keys.map { "\(key).\($0)" } }
            }
        }
        return Nearest.hint(name, in: names.sorted())
    }
}
