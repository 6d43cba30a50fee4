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
        var walk = TemplateWalk(source: Place.Source(file: file))
        walk.read(text)
        // A page that doesn't say whether it is a draft could be taken for final.
        for name in ["status", "digest"] where !text.contains("{{\(name)}}") && !text.contains("{{ \(name) }}") {
            walk.fault(
                "the page doesn't print {{\(name)}}", "statement.html",
                "print {{status}} where it is seen, and {{digest}} at the foot", line: 1)
        }
        return walk.findings
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

    fileprivate static func find(_ name: String, _ scopes: [[String: Shape]]) -> Shape? {
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

    fileprivate static func hint(_ name: String, _ scopes: [[String: Shape]]) -> String {
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

/// Goes over a template tag by tag, with the names that hold at each.
private struct TemplateWalk {
    let source: Place.Source
    private(set) var findings: [Finding] = []
    private var line = 1
    /// Innermost last.
    private var scopes: [[String: TemplateCheck.Shape]] = [TemplateCheck.statement]
    private var open: [(name: String, line: Int)] = []

    init(source: Place.Source) { self.source = source }

    mutating func fault(_ what: String, _ found: String, _ hint: String, line: Int) {
        findings.append(
            Finding(.templateBroken, at: Place(source, row: line, column: 1), found: found, what, hint: hint))
    }

    mutating func read(_ text: String) {
        var rest = text[...]
        while let start = rest.firstRange(of: "{{") {
            line += rest[..<start.lowerBound].count { $0 == "\n" }
            let isRaw = rest[start.upperBound...].hasPrefix("{")
            let body = rest[start.upperBound...].dropFirst(isRaw ? 1 : 0)
            guard let end = body.firstRange(of: isRaw ? "}}}" : "}}") else {
                return fault(
                    "a tag is not closed", String(rest[start.lowerBound...].prefix(30)),
                    "close it with \(isRaw ? "}}}" : "}}")", line: line)
            }
            let tag = body[..<end.lowerBound], here = line
            line += tag.count { $0 == "\n" }
            rest = body[end.upperBound...]
            read(tag: tag.split(whereSeparator: \.isWhitespace).joined(separator: " "), at: here)
        }
        for (name, line) in open {
            fault("a section is not closed", "{{#\(name)}}", "close it with {{/\(name)}}", line: line)
        }
    }

    private mutating func read(tag: String, at line: Int) {
        let sign = tag.first ?? " "
        let name = "#^/&!>=".contains(sign) ? String(tag.dropFirst().drop { $0 == " " }) : tag
        switch sign {
        case "!": break
        case ">", "=":
            fault(
                "the page has no such tags", "{{\(tag)}}", "write the part out, and keep {{ and }} as they are",
                line: line)
        case "/":
            guard let last = open.last, last.name == name else {
                return fault(
                    "no section of that name is open here", "{{\(tag)}}",
                    open.last.map { "{{#\($0.name)}} of line \($0.line) is open; close it first" }
                        ?? "take the tag away",
                    line: line)
            }
            open.removeLast()
            scopes.removeLast()
        case "#", "^":
            let shape = TemplateCheck.find(name, scopes)
            if shape == nil { unknown(name, tag, line) }
            open.append((name, line))
            if case .list(let inner) = shape, sign == "#" { scopes.append(inner) } else { scopes.append([:]) }
        default: read(name: name, tag, line)
        }
    }

    /// A tag that prints something.
    private mutating func read(name: String, _ tag: String, _ line: Int) {
        // The thing itself, of a list of plain texts.
        if name == ".", !open.isEmpty { return }
        switch TemplateCheck.find(name, scopes) {
        case .text, .flag: break
        case .list:
            fault(
                "the name is a list", "{{\(tag)}}", "open it with {{#\(name)}} and close it with {{/\(name)}}",
                line: line)
        case .group:
            fault("the name has parts", "{{\(tag)}}", "name one of them, such as \(name).notes", line: line)
        case nil: unknown(name, tag, line)
        }
    }

    private mutating func unknown(_ name: String, _ tag: String, _ line: Int) {
        fault("the page has nothing of that name", "{{\(tag)}}", TemplateCheck.hint(name, scopes), line: line)
    }
}
