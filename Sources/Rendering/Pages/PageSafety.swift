internal import Findings
internal import Sheets

/// Whether a partnership's own template and style stay within the page: nothing is fetched from elsewhere and nothing
/// runs.
///
/// What a page may hold is listed; everything else is refused. The template is looked at as the elements that it makes
/// and the style as the words that it means, so that entities, escapes and split names hide nothing.
enum PageSafety {
    private static let elements: Set = [
        "html", "head", "title", "style", "body", "meta", "main", "header", "footer", "nav", "section", "article",
        "aside", "div", "span", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table",
        "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "col", "colgroup", "a", "abbr", "address", "b",
        "strong",
        "i", "em", "u", "s", "small", "sub", "sup", "br", "hr", "wbr", "img", "figure", "figcaption", "blockquote",
        "pre", "code", "details", "summary", "time", "mark", "q", "cite", "svg", "g", "path", "rect", "circle",
        "ellipse", "line", "polyline", "polygon", "text", "tspan", "desc",
    ]
    private static let attributes: Set = [
        "class", "id", "lang", "dir", "title", "scope", "colspan", "rowspan", "headers", "alt", "role", "tabindex",
        "style", "src", "href", "width", "height", "charset", "name", "content", "datetime", "open", "span", "start",
        "type", "hidden", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "d", "points", "viewbox",
        "fill", "stroke", "stroke-width", "transform", "text-anchor", "font-size", "xmlns", "preserveaspectratio",
    ]
    /// What a comment or another parser's reading could still let through.
    private static let names = [
        "script", "iframe", "frame", "object", "embed", "applet", "link", "base", "form", "input", "button", "video",
        "audio", "source", "portal", "template", "noscript", "textarea", "foreignobject", "animate", "set", "use",
        "image", "math", "xml", "plaintext", "xmp", "marquee", "svg:script",
    ]

    static func faults(template text: String, file: String) -> [Finding] {
        var found: [(what: String, near: String)] = []
        let page = withoutTags(text), lower = page.lowercased()
        for name in names where lower.firstMatch(of: elementNamed(name)) != nil {
            found.append(("the element \(name)", "<" + name))
        }
        // Browsers end such comments where other readers go on.
        for mark in ["<!-->", "<!--->", "--!>", "<![", "<?"] where lower.contains(mark) {
            found.append(("a comment or a declaration that programs read in several ways", mark))
        }
        guard let tree = HTMLTree(Array(page.utf8)) else {
            return [finding("text that is no page", "", text, file)]
        }
        var isStyle = false
        for node in tree.nodes {
            switch node.content {
            case .text(let css): if isStyle { found += style(css).map { ($0, "<style") } }
            case .element(let name, let given):
                isStyle = name == "style"
                guard elements.contains(name) else {
                    found.append(("the element \(name)", "<" + name))
                    continue
                }
                for (attribute, value) in given.sorted(by: { $0.key < $1.key }) {
                    if let what = fault(attribute, value, of: name) { found.append((what, attribute)) }
                }
            }
        }
        return unique(found, text, file)
    }

    static func faults(style text: String, file: String) -> [Finding] {
        var found = style(text)
        if text.contains("<") { found.append("a tag's bracket, which could end the style") }
        // What names a fault begins with the word that stands in the style, unless that is hidden by escapes.
        return unique(
            found.map { ($0, $0.hasPrefix("an address") ? "url" : String($0.prefix { $0 != " " })) }, text, file)
    }

    private static func elementNamed(_ name: String) -> Regex<Substring> {
        // A name that stands in the source as it is, with blanks or a slash before it.
        try! Regex("<[\\s/]*" + name.replacing(":", with: "[:]") + "(?![a-z0-9-])", as: Substring.self)
    }

    /// The page without the template language's tags: sections leave nothing, a value leaves a word.
    private static func withoutTags(_ text: String) -> String {
        text.replacing(/\{\{\{?\s*[#\/^!][^}]*\}\}\}?/, with: "")
            .replacing(/\{\{\{?\s*logo\s*\}\}\}?/, with: "data:image/png,logo")
            .replacing(/\{\{\{?[^}]*\}\}\}?/, with: "x")
    }

    private static func fault(_ attribute: String, _ value: String, of element: String) -> String? {
        let isKnown = attributes.contains(attribute) || attribute.hasPrefix("aria-") || attribute.hasPrefix("data-")
        guard isKnown else { return "the attribute \(attribute)" }
        // Browsers pass over blanks and controls in an address.
        let address = String(value.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F }).lowercased()
        switch attribute {
        case "src": return isPicture(address) ? nil : "a picture that lies elsewhere"
        case "href":
            let isSafe =
                element == "a"
                && (address.hasPrefix("#") || address.hasPrefix("https://") || address.hasPrefix("http://")
                    || address.hasPrefix("mailto:") || address == "x")
            return isSafe ? nil : "an address that runs or fetches"
        case "style", "fill", "stroke", "transform": return style(value).first
        case "content": return address.contains("url=") ? "a page that moves on to another" : nil
        default: return nil
        }
    }

    private static func isPicture(_ address: String) -> Bool {
        ["png", "jpeg", "jpg", "gif", "svg+xml", "webp"].contains {
            address.hasPrefix("data:image/\($0);") || address.hasPrefix("data:image/\($0),")
        }
    }

    // MARK: Style

    /// What a style would fetch or run.
    private static func style(_ text: String) -> [String] {
        let css = plain(withoutTags(text)).lowercased()
        var found: [String] = []
        for word in [
            "@import", "@namespace", "expression(", "behavior:", "-moz-binding", "image-set(", "cross-fade(",
            "image(", "src(", "javascript:", "paint(", "element(",
        ] where css.contains(word) {
            found.append("\(word.filter { $0 != "(" && $0 != ":" }) in a style")
        }
        for address in css.matches(of: /url\(\s*["']?\s*([^"')]*)/) where !isPicture(String(address.1)) {
            let isFont = address.1.hasPrefix("data:font/") || address.1.hasPrefix("data:application/font")
            if !isFont { found.append("an address in a style") }
        }
        return found
    }

    /// A style as it is meant: without comments, and with escapes (`\75 rl`) as what they stand for.
    private static func plain(_ css: String) -> String {
        let bare = css.replacing(/\/\*.*?(\*\/|$)/.dotMatchesNewlines(), with: "")
        return bare.replacing(/\\([0-9A-Fa-f]{1,6})[ \t\n\r\f]?|\\(.)/) { match in
            if let digits = match.1, let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) {
                return String(Character(scalar))
            }
            return match.2.map(String.init) ?? ""
        }
    }

    // MARK: Findings

    private static func unique(_ found: [(what: String, near: String)], _ text: String, _ file: String) -> [Finding] {
        var seen: Set<String> = []
        return found.filter { seen.insert($0.what).inserted }.map { finding($0.what, $0.near, text, file) }
    }

    /// - Parameter near: what stands where the fault is, in the source.
    private static func finding(_ what: String, _ near: String, _ text: String, _ file: String) -> Finding {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let index = near.isEmpty ? 0 : lines.firstIndex { $0.lowercased().contains(near) } ?? 0
        return Finding(
            .templateBroken, at: Place(Place.Source(file: file), row: index + 1, column: 1), found: what,
            "the page would fetch something from elsewhere, or run something, or holds what it may not",
            hint:
                "take it out, or put it into the page itself; a logo is a file named logo.svg, logo.png or logo.jpg "
                + "beside the template")
    }
}
