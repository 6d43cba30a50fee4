internal import Mustache
internal import Templates

/// A page from one of the program's own templates.
enum Page {
    static func render(_ file: EmbeddedFile, _ model: [String: Any]) -> String {
        // The template is embedded and tested, so a fault in it is a fault of the program.
        guard let template = try? MustacheTemplate(string: file.text) else {
            preconditionFailure("the embedded template is valid")
        }
        return template.render(model)
    }
}
