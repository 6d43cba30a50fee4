public import Findings
internal import Mustache
internal import Templates

/// How a page looks: its template, the partnership's own style, words and logo.
public struct PageLayout: Sendable {
    /// In the template language: `{{name}}`, `{{#list}}...{{/list}}`.
    public let template: String
    /// Style rules after the program's own.
    public let style: String
    /// The headings, by key.
    public let words: [String: String]
    /// A `data:` address.
    public let logo: String?

    /// The headings as the program prints them.
    public static let defaultWords = [
        "statement": "Outturn statement", "charts": "Charts", "variances": "Budget and variance",
        "contributions": "Contributions", "notes": "Notes",
        "agreement": "The agreement", "checks": "Checks",
    ]

    /// What a template may name, in lines of a hundred characters.
    public static var names: String {
        var lines = [""]
        for word in TemplateCheck.describe(TemplateCheck.statement).split(separator: " ") {
            if lines[lines.count - 1].count + word.count > 96 { lines.append("") }
            lines[lines.count - 1] += (lines.last!.isEmpty ? "  " : " ") + word
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The program's own, for a partnership that has given nothing of it.
    public static let own = PageLayout(template: EmbeddedFile.statement.text, style: "", words: defaultWords, logo: nil)

    /// A partnership's own layout: whatever of it is given.
    ///
    /// - Parameters:
    ///   - template: the text of `statement.html` and how findings call the file.
    ///   - style: the text of `style.css`.
    ///   - words: lines of `key: text`.
    ///   - logo: a `data:` address.
    /// - Returns: the layout; `nil` with findings where something in it is wrong.
    public static func read(
        template: (text: String, file: String)?, style: (text: String, file: String)?,
        words: (text: String, file: String)?, logo: String?
    ) -> (layout: PageLayout?, findings: [Finding]) {
        var findings: [Finding] = [], own = defaultWords
        if let template {
            findings += TemplateCheck.faults(template.text, file: template.file)
            findings += PageSafety.faults(template: template.text, file: template.file)
        }
        // What the tags' own check lets pass, the engine must take too.
        if let template, findings.isEmpty {
            do { _ = try MustacheTemplate(string: template.text) } catch {
                findings.append(
                    Finding(
                        .templateBroken, at: Place(file: template.file), "the template can't be read: \(error)",
                        hint: "`outturn help template-statement` prints one that can"))
            }
        }
        if let style { findings += PageSafety.faults(style: style.text, file: style.file) }
        if let words {
            for (index, line) in words.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let trimmed = line.drop { $0.isWhitespace }
                if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
                let place = Place(Place.Source(file: words.file), row: index + 1, column: 1)
                let key = String(trimmed.prefix { $0 != ":" })
                let text = trimmed.dropFirst(key.count + 1).split(whereSeparator: \.isWhitespace).joined(separator: " ")
                if defaultWords[key] == nil {
                    findings.append(
                        Finding(
                            .templateBroken, at: place, found: key, "there is no wording of that name",
                            hint: Nearest.hint(key, in: defaultWords.keys.sorted())))
                } else if text.isEmpty {
                    findings.append(
                        Finding(
                            .templateBroken, at: place, found: String(trimmed), "the wording is empty",
                            hint: "write it as `\(key): text`, or take the line away"))
                } else {
                    own[key] = text
                }
            }
        }
        guard findings.isEmpty else { return (nil, findings) }
        return (
            PageLayout(
                template: template?.text ?? EmbeddedFile.statement.text, style: style?.text ?? "", words: own,
                logo: logo), []
        )
    }
}
